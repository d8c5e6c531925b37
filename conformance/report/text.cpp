// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/text.hpp"

#include <fmt/format.h>

namespace lockstep::report {

std::size_t display_width(std::string_view text) {
  std::size_t width = 0;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (text[i] == '\033' && i + 1 < text.size() && text[i + 1] == '[') {
      i = text.find('m', i);
      if (i == std::string_view::npos) break;
    } else if ((static_cast<unsigned char>(text[i]) & 0xC0U) != 0x80U) {
      ++width;  // not the continuation of a character
    }
  }
  return width;
}

std::string pad(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(text) + std::string(used < width ? width - used : 0, ' ');
}

std::string pad_left(std::string_view text, std::size_t width) {
  const std::size_t used = display_width(text);
  return std::string(used < width ? width - used : 0, ' ') + std::string(text);
}

std::string grouped(std::uint64_t number) {
  std::string digits = std::to_string(number);
  for (std::size_t i = digits.size(); i > 3; i -= 3) digits.insert(i - 3, ",");
  return digits;
}

std::string counted(std::uint64_t number, std::string_view what) {
  return grouped(number) + " " + std::string(what) + (number == 1 ? "" : "s");
}

std::string seconds(double value) {
  if (value < 1) return fmt::format("{:.2f} s", value);
  return value < 100 ? fmt::format("{:.1f} s", value) : fmt::format("{:.0f} s", value);
}

std::string printable(std::string_view text) {
  std::string out;
  for (const char c : text) {
    const auto byte = static_cast<unsigned char>(c);
    const bool steers = (byte < 0x20 && c != '\n') || byte == 0x7f;
    out += steers ? fmt::format("\\x{:02x}", byte) : std::string(1, c);
  }
  return out;
}

namespace {

/// Bytes of the first `columns` characters.
std::size_t bytes_of(std::string_view text, std::size_t columns) {
  std::size_t at = 0;
  while (at < text.size() && columns > 0) {
    ++at;
    while (at < text.size() && (static_cast<unsigned char>(text[at]) & 0xC0) == 0x80) ++at;
    --columns;
  }
  return at;
}

}  // namespace

std::vector<std::string> folded(std::string_view line, std::size_t width) {
  std::vector<std::string> out;
  const bool whole = width == 0 || line.find('\033') != std::string_view::npos;
  while (!whole && display_width(line) > width) {
    const std::size_t most = bytes_of(line, width);
    std::size_t cut = line.substr(0, most + 1).rfind(' ');
    if (cut == std::string_view::npos || cut == 0) {
      const std::size_t mark = line.substr(0, most).find_last_of("/,=");
      cut = mark == std::string_view::npos ? most : mark + 1;
    }
    out.emplace_back(line.substr(0, cut));
    line.remove_prefix(cut);
    line.remove_prefix(std::min(line.find_first_not_of(' '), line.size()));
  }
  out.emplace_back(line);
  return out;
}

std::string wrapped(std::string_view text, std::size_t width) {
  std::string out;
  while (!text.empty()) {
    const std::size_t end = std::min(text.find('\n'), text.size());
    const std::string_view line = text.substr(0, end);
    const std::size_t indent = std::min(line.find_first_not_of(' '), line.size());
    std::string before(indent, ' ');
    const std::size_t room =
        width == 0 ? 0 : std::max<std::size_t>(width, indent + 12) - indent - 2;
    const bool fits = width == 0 || display_width(line) <= width;
    for (const std::string& part : folded(line.substr(indent), fits ? 0 : room)) {
      out += before + part + "\n";
      before = std::string(indent + 2, ' ');
    }
    text.remove_prefix(std::min(end + 1, text.size()));
  }
  return out;
}

std::string join(const std::vector<std::string>& parts, std::string_view between) {
  std::string out;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    if (i > 0) out += between;
    out += parts[i];
  }
  return out;
}

std::string trim_lines(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\n') out.erase(out.find_last_not_of(' ') + 1);
    out += c;
  }
  out.erase(out.find_last_not_of(' ') + 1);
  return out;
}

}  // namespace lockstep::report
