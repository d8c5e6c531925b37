// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/protocol.hpp"

#include <algorithm>
#include <charconv>

#include "model/verdict.hpp"

namespace lockstep {

namespace {
std::vector<const Protocol*>& registered() {
  static std::vector<const Protocol*> all;
  return all;
}

std::uint32_t number(std::string_view text, std::string_view whole) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0 || value > 9) {
    throw InputError("size '" + std::string{whole} + "'", 0, 0,
                     "'" + std::string{text} + "' is no count; expected 1 to 9, as in 2x2x2");
  }
  return value;
}
}  // namespace

Size Size::parse(std::string_view text) {
  Size size;
  const std::size_t comma = std::min(text.find(','), text.size());
  for (std::size_t at = 0; at <= comma;) {
    const std::size_t end = std::min(text.find('x', at), comma);
    size.counts.push_back(number(text.substr(at, end - at), text));
    at = end + 1;
  }
  for (std::size_t at = comma; at < text.size();) {
    const std::size_t end = std::min(text.find(',', at + 1), text.size());
    const std::string_view option = text.substr(at + 1, end - at - 1);
    const std::size_t equals = std::min(option.find('='), option.size());
    const std::string_view value = option.substr(std::min(equals + 1, option.size()));
    if (option.substr(0, equals) == "limit") {
      size.limit = number(value, text);
    } else if (option.substr(0, equals) == "sections") {
      size.sections = value == "any" ? 0 : number(value, text);
    } else {
      throw InputError("size '" + std::string{text} + "'", 0, 0,
                       "'" + std::string{option} + "' is no option; expected limit=N or sections=N");
    }
    at = end;
  }
  return size;
}

std::string Size::text() const {
  std::string out;
  for (const std::uint32_t count : counts) out += (out.empty() ? "" : "x") + std::to_string(count);
  if (limit) out += ",limit=" + std::to_string(*limit);
  if (sections) out += ",sections=" + (*sections == 0 ? "any" : std::to_string(*sections));
  return out;
}

Protocol::Protocol() { registered().push_back(this); }

const std::vector<const Protocol*>& Protocol::all() { return registered(); }

const Protocol& Protocol::find(std::string_view name) {
  std::string known;
  for (const Protocol* protocol : all()) {
    if (protocol->name() == name) return *protocol;
    known += (known.empty() ? "" : ", ") + std::string{protocol->name()};
  }
  throw InputError("protocol '" + std::string{name} + "'", 0, 0, "unknown; expected one of: " + known);
}

}  // namespace lockstep
