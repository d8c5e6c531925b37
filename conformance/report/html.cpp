// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/html.hpp"

#include "report/page.hpp"

namespace lockstep::report {

Html plain(std::string_view text) {
  return {html_escaped(text)};
}

Html element(std::string_view name, const Attributes& attributes, const Html& inside) {
  std::string out = "<" + std::string{name};
  for (const auto& [attribute, value] : attributes) {
    if (value.empty()) continue;
    out += " " + std::string{attribute} + "=\"" + html_escaped(value) + "\"";
  }
  return {out + ">" + inside.text + "</" + std::string{name} + ">"};
}

Html link(std::string_view to, const Html& inside) {
  return element("a", {{"href", to}}, inside);
}

Html code(std::string_view text) {
  return element("code", text);
}

Html joined(const std::vector<Html>& parts, std::string_view between) {
  Html out;
  for (const Html& part : parts) {
    if (!out.empty()) out += plain(between);
    out += part;
  }
  return out;
}

HtmlTable::HtmlTable(std::string caption, std::vector<std::string> titles)
    : caption_(std::move(caption)), titles_(std::move(titles)) {}

void HtmlTable::row(const std::vector<Html>& cells, std::string_view id) {
  Html inside;
  for (std::size_t i = 0; i < titles_.size(); ++i) {
    const Html cell = i < cells.size() ? cells[i] : Html{};
    inside += i == 0 ? element("th", {{"scope", "row"}}, cell) : element("td", cell);
  }
  rows_ += element("tr", {{"id", id}}, inside);
  rows_.text += "\n";
}

Html HtmlTable::html() const {
  Html head;
  for (const std::string& title : titles_) {
    head += element("th", {{"scope", "col"}}, plain(title));
  }
  const Html table = element("caption", {{"class", "away"}}, plain(caption_)) +
                     element("thead", element("tr", head)) + Html{"\n"} + element("tbody", rows_);
  return element(
      "div", {{"class", "scroll"}, {"tabindex", "0"}, {"role", "region"}, {"aria-label", caption_}},
      element("table", table));
}

}  // namespace lockstep::report
