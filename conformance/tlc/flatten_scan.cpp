// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <string>

#include "tlc/flatten.hpp"

namespace lockstep::tlc {

/// The slow way: one state through the scanner, checked slot by slot, which yields the pattern.
class Flattener::Scan : public ValueEvents {
 public:
  Scan(Flattener& owner, std::string_view text, Origin origin, Atom* out)
      : owner_(owner),
        text_(text),
        scanner_(text, origin),
        out_(out),
        seen_(owner.layout_.size(), false) {}

  void state() {
    bool first = true;
    while (!scanner_.at_end()) {
      // A state of one variable is printed without the junction.
      if (!scanner_.accept("/\\") && !first) scanner_.expect("/\\");
      first = false;
      variable_ = scanner_.identifier();
      scanner_.expect("=");
      path_ = variable_;
      places_ = {};
      scanner_.value(*this);
    }
    for (std::size_t i = 0; i < seen_.size(); ++i) {
      if (!seen_[i]) scanner_.fail("the state has no " + owner_.layout_[i].text());
    }
    owner_.pattern_ = std::move(pattern_);
    owner_.tail_ = text_.substr(literal_start_);
  }

  void integer(std::int64_t value) override {
    if (in_key_) return key(std::to_string(value));
    if (sort() != Sort::integer) wrong("an integer");
    store(static_cast<Atom>(value));
  }
  void boolean(bool value) override {
    if (in_key_) return key(value ? "TRUE" : "FALSE");
    if (sort() != Sort::boolean) wrong(value ? "TRUE" : "FALSE");
    store(value ? 1 : 0);
  }
  void string(std::string_view text) override {
    if (in_key_) return key(text);
    if (sort() != Sort::string) wrong("the string \"" + std::string{text} + "\"");
    store(owner_.layout_.symbols.intern(text));
  }
  void model_value(std::string_view name) override {
    if (in_key_) return key(name);
    if (sort() != Sort::name && name != "Null") wrong("the name " + std::string{name});
    store(owner_.layout_.symbols.intern(name));
  }
  void begin(Bracket bracket) override {
    if (in_key_ || bracket == Bracket::set) {
      scanner_.fail(variable_ + ": a structure that a state of scalars cannot hold");
    }
    complete();
    places_.push_back({path_.size(), bracket == Bracket::tuple ? 1u : 0u});
  }
  void end(Bracket) override {
    path_.resize(places_.back().length);
    places_.pop_back();
  }
  void begin_key() override {
    in_key_ = true;
    path_.resize(places_.back().length);
  }
  void end_key() override { in_key_ = false; }

 private:
  struct Place {
    std::size_t length;    ///< of the path to this structure
    std::size_t position;  ///< the next index of a tuple; 0 for others
  };

  void key(std::string_view text) { path_.append("[").append(text).append("]"); }

  /// The sort of the slot that the scalar at hand belongs to; completes the path in a tuple.
  Sort sort() {
    complete();
    const auto found = owner_.slots_.find(path_);
    if (found == owner_.slots_.end()) {
      scanner_.fail("the state has " + path_ + ", which the protocol does not have");
    }
    slot_ = found->second;
    if (seen_[slot_]) scanner_.fail(path_ + " stands twice in the state");
    return owner_.layout_[slot_].sort;
  }

  void complete() {
    if (!places_.empty() && places_.back().position != 0) {
      path_.resize(places_.back().length);
      key(std::to_string(places_.back().position++));
    }
  }

  void wrong(const std::string& what) {
    constexpr std::string_view names[] = {"an integer", "TRUE or FALSE", "a model value",
                                          "a string"};
    const auto sort = static_cast<std::size_t>(owner_.layout_[slot_].sort);
    scanner_.fail(path_ + " is " + what + "; expected " + std::string{names[sort]});
  }

  void store(Atom atom) {
    out_[slot_] = atom;
    seen_[slot_] = true;
    const auto token = scanner_.token();
    const auto start = static_cast<std::size_t>(token.data() - text_.data());
    pattern_.push_back({std::string{text_.substr(literal_start_, start - literal_start_)},
                        slot_,
                        owner_.layout_[slot_].sort,
                        {},
                        null_atom});
    pattern_.back().last_text = "Null";
    literal_start_ = start + token.size();
  }

  Flattener& owner_;
  std::string_view text_;
  ValueScanner scanner_;
  Atom* out_;
  std::vector<bool> seen_;
  std::vector<Piece> pattern_;
  std::string variable_;
  std::string path_;
  std::vector<Place> places_;
  std::size_t slot_ = 0;
  std::size_t literal_start_ = 0;
  bool in_key_ = false;
};

void Flattener::scan(std::string_view text, Origin origin, Atom* out) {
  ++scanned_;
  Scan{*this, text, origin, out}.state();
  has_pattern_ = true;
}

}  // namespace lockstep::tlc
