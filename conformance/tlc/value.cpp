// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/value.hpp"

#include <utility>

namespace lockstep::tlc {

namespace {

/// Builds the tree: `open_` holds the values that are not finished, innermost last.
class Builder : public ValueEvents {
 public:
  void integer(std::int64_t value) override {
    place({.kind = Value::Kind::integer, .number = value, .name = {}, .keys = {}, .items = {}});
  }
  void boolean(bool value) override {
    place({.kind = Value::Kind::boolean, .number = value, .name = {}, .keys = {}, .items = {}});
  }
  void string(std::string_view text) override { named(Value::Kind::string, text); }
  void model_value(std::string_view name) override { named(Value::Kind::model_value, name); }
  void begin(Bracket bracket) override {
    constexpr Value::Kind kinds[] = {Value::Kind::set, Value::Kind::tuple, Value::Kind::record,
                                     Value::Kind::function};
    open_.push_back({{}, false});
    open_.back().value.kind = kinds[static_cast<int>(bracket)];
  }
  void end(Bracket) override {
    Value done = std::move(open_.back().value);
    open_.pop_back();
    place(std::move(done));
  }
  void begin_key() override { open_.back().in_key = true; }
  void end_key() override { open_.back().in_key = false; }

  Value result;

 private:
  struct Open {
    Value value;
    bool in_key;
  };
  void named(Value::Kind kind, std::string_view text) {
    place({.kind = kind, .number = 0, .name = std::string{text}, .keys = {}, .items = {}});
  }
  void place(Value value) {
    if (open_.empty()) {
      result = std::move(value);
    } else {
      auto& into = open_.back();
      (into.in_key ? into.value.keys : into.value.items).push_back(std::move(value));
    }
  }
  std::vector<Open> open_;
};

struct Style {
  std::string_view open, arrow, separator, close;
};

Style style_of(Value::Kind kind) {
  switch (kind) {
    case Value::Kind::set: return {"{", "", ", ", "}"};
    case Value::Kind::tuple: return {"<<", "", ", ", ">>"};
    case Value::Kind::record: return {"[", " |-> ", ", ", "]"};
    default: return {"(", " :> ", " @@ ", ")"};
  }
}

void print(const Value& value, std::string& out) {
  switch (value.kind) {
    case Value::Kind::integer: out += std::to_string(value.number); return;
    case Value::Kind::boolean: out += value.number != 0 ? "TRUE" : "FALSE"; return;
    case Value::Kind::string: out += tlc::quoted(value.name); return;
    case Value::Kind::model_value: out += value.name; return;
    default: break;
  }
  const Style style = style_of(value.kind);
  out += style.open;
  for (std::size_t i = 0; i < value.items.size(); ++i) {
    if (i != 0) out += style.separator;
    if (value.kind == Value::Kind::record) {
      out += value.keys[i].name;
    } else if (value.kind == Value::Kind::function) {
      print(value.keys[i], out);
    }
    out += style.arrow;
    print(value.items[i], out);
  }
  out += style.close;
}

}  // namespace

std::string Value::text() const {
  std::string out;
  print(*this, out);
  return out;
}

Value read_value(std::string_view text, Origin origin) {
  Builder builder;
  ValueScanner scanner{text, origin};
  scanner.value(builder);
  if (!scanner.at_end()) scanner.fail("text after the value; expected its end");
  return std::move(builder.result);
}

std::string quoted(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    constexpr std::string_view special = "\"\\\n\t\f\r";
    const std::size_t which = special.find(c);
    if (which != std::string_view::npos) {
      out += '\\';
      out += "\"\\ntfr"[which];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

}  // namespace lockstep::tlc
