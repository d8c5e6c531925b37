// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <initializer_list>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep::report {

/// HTML, which is never mixed up with a text: a text becomes one by plain(), which escapes it.
struct Html {
  std::string text;

  Html& operator+=(const Html& more) {
    text += more.text;
    return *this;
  }
  friend Html operator+(Html a, const Html& b) { return a += b; }
  bool empty() const { return text.empty(); }
};

using Attributes = std::initializer_list<std::pair<std::string_view, std::string_view>>;

Html plain(std::string_view text);
/// `<name a="...">inside</name>`; an attribute without a value is left out.
Html element(std::string_view name, const Attributes& attributes, const Html& inside);
inline Html element(std::string_view name, const Html& inside) {
  return element(name, {}, inside);
}
inline Html element(std::string_view name, std::string_view text) {
  return element(name, {}, plain(text));
}
Html link(std::string_view to, const Html& inside);
inline Html link(std::string_view to, std::string_view text) {
  return link(to, plain(text));
}
Html code(std::string_view text);
Html joined(const std::vector<Html>& parts, std::string_view between);

/// A table that scrolls by itself where it is too wide. `caption` is what it has, for who listens.
class HtmlTable {
 public:
  HtmlTable(std::string caption, std::vector<std::string> titles);
  /// The first cell is the head of its row.
  void row(const std::vector<Html>& cells, std::string_view id = "");
  bool empty() const { return rows_.empty(); }
  Html html() const;

 private:
  std::string caption_;
  std::vector<std::string> titles_;
  Html rows_;
};

}  // namespace lockstep::report
