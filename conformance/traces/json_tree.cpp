// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "traces/json_tree.hpp"

#include <algorithm>
#include <iterator>
#include <nlohmann/json.hpp>

#include "model/verdict.hpp"

namespace lockstep {

namespace {

/// Walks through the text and lets the events ask how far it has come: of themselves they do not
/// say where they were found.
class Cursor {
 public:
  using iterator_category = std::input_iterator_tag;
  using value_type = char;
  using difference_type = std::ptrdiff_t;
  using pointer = const char*;
  using reference = const char&;

  Cursor(const char* at, const char** watch) : at_(at), watch_(watch) {}
  reference operator*() const { return *at_; }
  Cursor& operator++() {
    *watch_ = ++at_;
    return *this;
  }
  Cursor operator++(int) {
    Cursor before = *this;
    ++*this;
    return before;
  }
  friend bool operator==(const Cursor& a, const Cursor& b) { return a.at_ == b.at_; }
  friend bool operator!=(const Cursor& a, const Cursor& b) { return a.at_ != b.at_; }

 private:
  const char* at_;
  const char** watch_;
};

/// Builds the tree from the parser's events; `false` stops the parser.
class Builder : public nlohmann::json_sax<nlohmann::json> {
 public:
  Builder(std::string_view text, std::string_view file, std::string_view document)
      : text_(text), file_(file), document_(document) {}

  bool null() override { return leaf(JsonTree::Kind::null, 0, {}); }
  bool boolean(bool value) override { return leaf(JsonTree::Kind::boolean, value, {}); }
  bool number_integer(std::int64_t value) override {
    return leaf(JsonTree::Kind::integer, value, {});
  }
  bool number_unsigned(std::uint64_t value) override {
    const bool fits = value <= static_cast<std::uint64_t>(INT64_MAX);
    return leaf(fits ? JsonTree::Kind::integer : JsonTree::Kind::other_number,
                static_cast<std::int64_t>(value), {});
  }
  bool number_float(double, const std::string&) override {
    return leaf(JsonTree::Kind::other_number, 0, {});
  }
  bool string(std::string& value) override {
    return leaf(JsonTree::Kind::string, 0, std::move(value));
  }
  bool binary(nlohmann::json::binary_t&) override { return false; }
  bool start_object(std::size_t) override { return open(JsonTree::Kind::object); }
  bool start_array(std::size_t) override { return open(JsonTree::Kind::array); }
  bool end_object() override { return close(); }
  bool end_array() override { return close(); }
  bool key(std::string& name) override {
    auto& keys = open_.back().keys;
    // Objects of a trace are small; only a hostile one is not.
    if (keys.size() >= max_keys) fail("an object with too many keys");
    if (std::ranges::find(keys, name) != keys.end()) fail("the key \"" + name + "\" stands twice");
    keys.push_back(std::move(name));
    last_ = offset();
    return true;
  }
  bool parse_error(std::size_t, const std::string&, const nlohmann::detail::exception&) override {
    if (offset() >= text_.size()) fail("the file ends here; expected the rest of it");
    fail("not JSON; expected " + document_);
  }

  const char* at = nullptr;  ///< set by the cursor
  JsonTree root;

 private:
  // `#map` in a list in a list in a variable in a state in the list of states, and some more.
  static constexpr std::size_t max_depth = 32;
  static constexpr std::size_t max_keys = 1000;
  static constexpr std::size_t max_items = 3'000'000;  // ten thousand states

  std::size_t offset() const { return static_cast<std::size_t>(at - text_.data()); }
  [[noreturn]] void fail(const std::string& what) const {
    fail_at(text_, file_, offset() == 0 ? 0 : offset() - 1, what);
  }

  /// Where the token at hand begins: the first since the last one that is not between tokens.
  std::size_t token_start() const {
    const std::size_t start = text_.find_first_not_of(" \t\r\n,:]}", last_);
    return std::min(start, offset());
  }

  bool leaf(JsonTree::Kind kind, std::int64_t number, std::string text) {
    if (open_.empty()) fail("not an object; expected " + document_);
    count();
    JsonTree tree;
    tree.kind = kind;
    tree.number = number;
    tree.offset = token_start();
    tree.text = std::move(text);
    open_.back().items.push_back(std::move(tree));
    last_ = offset();
    return true;
  }

  bool open(JsonTree::Kind kind) {
    if (open_.empty() && kind != JsonTree::Kind::object) {
      fail("not an object; expected " + document_);
    }
    if (open_.size() == max_depth) fail("brackets nested too deep");
    count();
    open_.emplace_back();
    open_.back().kind = kind;
    open_.back().offset = token_start();
    last_ = offset();
    return true;
  }

  bool close() {
    JsonTree done = std::move(open_.back());
    open_.pop_back();
    if (open_.empty()) {
      root = std::move(done);
    } else {
      open_.back().items.push_back(std::move(done));
    }
    return true;
  }

  void count() {
    if (++items_ > max_items) fail("the file is too large");
  }

  std::string_view text_;
  std::string_view file_;
  std::string document_;
  std::vector<JsonTree> open_;
  std::size_t items_ = 0;
  std::size_t last_ = 0;  ///< where the last token ended
};

}  // namespace

const JsonTree* JsonTree::find(std::string_view key) const {
  const auto found = std::ranges::find(keys, key);
  if (found == keys.end()) return nullptr;
  return &items[static_cast<std::size_t>(found - keys.begin())];
}

void fail_at(std::string_view text, std::string_view file, std::size_t offset,
             std::string_view what) {
  const std::string_view before = text.substr(0, offset);
  const auto line = 1 + static_cast<std::size_t>(std::ranges::count(before, '\n'));
  const std::size_t start = before.rfind('\n');
  const std::size_t column = start == std::string_view::npos ? offset + 1 : offset - start;
  throw InputError(file, line, column, what);
}

JsonTree read_json(std::string_view text, std::string_view file, std::string_view document) {
  const std::string expected = "; expected " + std::string{document};
  if (text.empty()) throw InputError(file, 1, 1, "empty" + expected);
  Builder builder{text, file, document};
  builder.at = text.data();
  const Cursor begin{text.data(), &builder.at};
  const Cursor end{text.data() + text.size(), &builder.at};
  if (!nlohmann::json::sax_parse(begin, end, &builder)) {
    fail_at(text, file, 0, "not JSON" + expected);
  }
  return std::move(builder.root);
}

}  // namespace lockstep
