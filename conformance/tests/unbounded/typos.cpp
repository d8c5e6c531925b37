// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "typos.hpp"

#include <array>
#include <cctype>
#include <map>
#include <stdexcept>

#include "harmless_typos.hpp"
#include "subject.hpp"
#include "tests/process.hpp"

namespace lockstep::testing {

namespace {

struct Change {
  std::string_view from, to;
};
// The longer symbols first: of "=>" no part is "=".
constexpr std::array symbols{
    Change{"<=>", "=>"},       Change{"=>", "<=>"},  Change{"<=", "<"},
    Change{"==", ""},          Change{"->", ""},     Change{"=", "#"},
    Change{"#", "="},          Change{"<", "<="},    Change{"\\notin", "\\in"},
    Change{"\\in", "\\notin"}, Change{"/\\", "\\/"}, Change{"\\/", "/\\"},
    Change{"\\A", "\\E"},      Change{"\\E", "\\A"}, Change{"+", "-"},
    Change{"-", "+"},          Change{"~", ""},
};
constexpr std::array words{
    Change{"THEN 1 ELSE 0", "THEN 0 ELSE 1"},
    Change{"\"used\"", "\"free\""},
    Change{"\"free\"", "\"used\""},
};
/// What is written for another.
std::vector<Change> names() {
  std::vector<Change> out;
  for (const auto& [from, to] : names_alike()) out.push_back({from, to});
  out.insert(out.end(), words.begin(), words.end());
  return out;
}

bool is_word(char c) {
  return std::isalnum(static_cast<unsigned char>(c)) != 0 || c == '_';
}

class Typist {
 public:
  explicit Typist(std::string conjunct)
      : conjunct_(std::move(conjunct)), text_(text_of_conjunct(conjunct_)) {}

  std::vector<Typo> run() {
    for (std::size_t at = 0; at < text_.size(); at += length_) {
      length_ = 1;
      if (text_[at] == '"' && !name(at)) {
        length_ = text_.find('"', at + 1) + 1 - at;
      } else if (text_[at] != '"' && is_word(text_[at])) {
        word(at);
      } else if (text_[at] != '"') {
        symbol(at);
      }
    }
    items();
    return std::move(out_);
  }

 private:
  void add(std::size_t at, std::size_t length, const std::string& to, const std::string& what) {
    std::string text = text_;
    text.replace(at, length, to);
    const int n = ++named_[what];
    out_.push_back({conjunct_,
                    conjunct_ + ": " + what + (n > 1 ? " (" + std::to_string(n) + ")" : ""),
                    std::move(text)});
  }
  void becomes(std::size_t at, const Change& change) {
    add(at, change.from.size(), std::string{change.to},
        std::string{change.from} +
            (change.to.empty() ? " left out" : " becomes " + std::string{change.to}));
  }

  /// One of the names that are like another; in a text of one word its quotes are part of it.
  bool name(std::size_t at) {
    for (const Change& change : names_) {
      const std::size_t end = at + change.from.size();
      if (text_.compare(at, change.from.size(), change.from) != 0) continue;
      if (is_word(text_[end - 1]) && end < text_.size() && is_word(text_[end])) continue;
      becomes(at, change);
      length_ = change.from.starts_with("THEN") ? 4 : change.from.size();
      return true;
    }
    return false;
  }
  void word(std::size_t at) {
    if (name(at)) return;
    while (at + length_ < text_.size() && is_word(text_[at + length_])) ++length_;
    const std::string here = text_.substr(at, length_);
    if (std::isdigit(static_cast<unsigned char>(here[0])) == 0) return;
    const std::string more = std::to_string(std::stoi(here) + 1);
    add(at, length_, more, here + " becomes " + more);
  }
  void symbol(std::size_t at) {
    for (const Change& change : symbols) {
      if (text_.compare(at, change.from.size(), change.from) != 0) continue;
      length_ = change.from.size();
      const bool bullet = change.from == "/\\" || change.from == "\\/";
      const bool membership = change.from == "\\in";
      if (change.from == "==" || change.from == "->" || (bullet && is_bullet(at)) ||
          (membership && binds(at)))
        return;
      becomes(at, change);
      return;
    }
  }

  /// The operator begins an item of a list: it is the first of its line, or no operand is before
  /// it.
  bool is_bullet(std::size_t at) const {
    const std::size_t before = text_.find_last_not_of(' ', at - 1);
    if (before == std::string::npos || text_[before] == '\n') return true;
    if (text_.substr(0, before + 1).ends_with(" IN")) return true;
    return !is_word(text_[before]) &&
           std::string_view("])}\"").find(text_[before]) == std::string::npos;
  }
  /// It binds a name: what is before it is a plain name.
  bool binds(std::size_t at) const {
    const std::size_t before = text_.find_last_not_of(' ', at - 1);
    return before != std::string::npos && is_word(text_[before]);
  }

  /// An item that has a line of its own is left out.
  void items() {
    for (std::size_t from = 0, to = 0; from < text_.size(); from = to + 1) {
      to = std::min(text_.find('\n', from), text_.size());
      const std::string line = text_.substr(from, to - from);
      const std::size_t first = line.find_first_not_of(' ');
      if (first == std::string::npos) continue;
      const std::string item = line.substr(first);
      if (item.starts_with("/\\ ") || item.starts_with("\\/ "))
        add(from, to - from, "", item + " left out");
    }
  }

  std::string conjunct_, text_;
  std::size_t length_ = 1;
  const std::vector<Change> names_ = names();
  std::map<std::string, int> named_;
  std::vector<Typo> out_;
};

}  // namespace

std::string text_of_conjunct(const std::string& name) {
  for (const std::string& module : {proved().proof->module, proved().module}) {
    const std::string text = text_of((proved().directories.front() / (module + ".tla")).string());
    const std::string head = "\n" + name + " ==";
    const std::size_t at = text.find(head);
    if (at == std::string::npos) continue;
    const std::size_t from = at + head.size();
    return std::string(head.size() - 1, ' ') + text.substr(from, text.find("\n\n", from) - from);
  }
  throw std::runtime_error("no definition of " + name);
}

std::vector<Typo> typos_of(const std::string& conjunct) {
  return Typist(conjunct).run();
}

}  // namespace lockstep::testing
