// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/page.hpp"

#include <nlohmann/json.hpp>
#include <stdexcept>

namespace lockstep::report {

/// Name, text, name, text, ..., null: written by cmake/embed.cmake.
extern const char* const embedded_pages[];

namespace {

std::string_view embedded(std::string_view name) {
  for (const char* const* at = embedded_pages; *at != nullptr; at += 2) {
    if (name == at[0]) return at[1];
  }
  throw std::logic_error("no part of a page is called " + std::string{name});
}

}  // namespace

std::string html_escaped(std::string_view text) {
  std::string out;
  for (const char c : text) {
    switch (c) {
      case '<': out += "&lt;"; break;
      case '>': out += "&gt;"; break;
      case '&': out += "&amp;"; break;
      case '"': out += "&quot;"; break;
      default: out += c;
    }
  }
  return out;
}

std::string script_json(const Json& document) {
  std::string out;
  for (const char c : document.dump(-1, ' ', false, Json::error_handler_t::replace)) {
    // `</script>` and `<!--` would end or change the element.
    if (c == '<') {
      out += "\\u003c";
    } else {
      out += c;
    }
  }
  return out;
}

std::string page(const std::string& name, const std::map<std::string, std::string>& values) {
  const std::string_view text = embedded(name);
  std::string out;
  for (std::size_t at = 0;;) {
    const std::size_t open = text.find("{{", at);
    out += text.substr(at, open - at);
    if (open == std::string_view::npos) return out;
    const std::size_t close = text.find("}}", open);
    if (close == std::string_view::npos) throw std::logic_error(name + ": {{ without }}");
    const std::string word{text.substr(open + 2, close - open - 2)};
    const auto value = values.find(word);
    out += value != values.end() ? std::string_view{value->second} : embedded(word);
    at = close + 2;
  }
}

}  // namespace lockstep::report
