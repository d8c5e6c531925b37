// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <array>
#include <map>

#include "model/verdict.hpp"
#include "orders/models/model.hpp"
#include "orders/program/event.hpp"
#include "orders/program/lexer.hpp"

namespace lockstep::orders {

namespace {

using Op = Expr::Op;

constexpr std::array base_sets{
    "E",        "M",          "R",       "W",         "F",           "RMW",        "init", "failed",
    "rcu_lock", "rcu_unlock", "grace",   "srcu_lock", "srcu_unlock", "srcu_grace", "none", "plain",
    "once",     "acquire",    "release", "acq_rel",   "full",        "rmb",        "wmb",  "mb"};
constexpr std::array base_relations{"id",       "po",       "po_loc",    "rf",     "co",
                                    "fr",       "rmw",      "addr",      "data",   "ctrl",
                                    "internal", "external", "same_cell", "section"};
constexpr std::array keywords{"model", "source", "events",  "let",         "rec",
                              "axiom", "flag",   "acyclic", "irreflexive", "empty"};

class Parser {
 public:
  Parser(std::string_view text, std::string_view file)
      : file_{file},
        tokens_{tokens(
            text, file,
            {"^-1", "><", "|", ";", "&", "-", "?", "+", "*", "[", "]", "(", ")", "=", ":", "0"})} {}

  MemoryModel model() {
    MemoryModel m;
    keyword("model");
    m.name = name("the model's name");
    m.title = quoted("the model's title");
    keyword("source");
    m.source = quoted("where the model is published, and which version");
    while (peek().type != Token::Type::end) statement(m);
    if (m.axioms.empty())
      fail(peek(), "a model without axioms allows everything; expected 'axiom'");
    return m;
  }

 private:
  const Token& peek() const { return tokens_[at_]; }
  Token next() { return tokens_[peek().type == Token::Type::end ? at_ : at_++]; }
  [[noreturn]] void fail(const Token& t, const std::string& what) const {
    throw InputError{file_, t.line, t.column, what};
  }
  bool accept(std::string_view text) {
    if (peek().type == Token::Type::text || peek().text != text) return false;
    if (peek().type == Token::Type::end) return false;
    ++at_;
    return true;
  }
  void keyword(std::string_view text) {
    if (!accept(text)) fail(peek(), describe(peek()) + "; expected '" + std::string{text} + "'");
  }
  std::string name(std::string_view what) {
    const Token t = next();
    if (t.type != Token::Type::name || std::ranges::find(keywords, t.text) != keywords.end()) {
      fail(t, describe(t) + "; expected " + std::string{what});
    }
    return t.text;
  }
  std::string quoted(std::string_view what) {
    const Token t = next();
    if (t.type != Token::Type::text) {
      fail(t, describe(t) + "; expected a text in quotes: " + std::string{what});
    }
    return t.text;
  }

  void statement(MemoryModel& m) {
    const Token first = next();
    const bool events = first.text == "events";
    if (events || first.text == "let") {
      const bool recursive = !events && accept("rec");
      Definition d{.name = {}, .body = {}, .recursive = recursive, .line = first.line};
      const Token place = peek();
      d.name = name("the name to define");
      if (kinds_.contains(d.name) || is_base_set(d.name) || is_base_relation(d.name)) {
        fail(place, "'" + d.name + "' is defined already; expected a new name");
      }
      if (events) d.mapping = quoted("what the model calls these events");
      keyword("=");
      const Token body = peek();
      if (d.recursive) kinds_[d.name] = false;
      d.body = expression();
      if (events) set(body, d.body);
      if (d.recursive && d.body->is_set) fail(place, "a recursive definition must be a relation");
      kinds_[d.name] = d.body->is_set;
      m.definitions.push_back(std::move(d));
    } else if (first.text == "axiom" || first.text == "flag") {
      Axiom a{
          .name = {}, .check = {}, .body = {}, .flag = first.text == "flag", .line = first.line};
      a.name = name("the name of the rule");
      keyword(":");
      if (accept("acyclic"))
        a.check = Axiom::Check::acyclic;
      else if (accept("irreflexive"))
        a.check = Axiom::Check::irreflexive;
      else if (accept("empty"))
        a.check = Axiom::Check::empty;
      else
        fail(peek(), describe(peek()) + "; expected 'acyclic', 'irreflexive' or 'empty'");
      if (a.flag && a.check != Axiom::Check::empty) fail(first, "a flag must be 'empty'");
      const Token place = peek();
      a.body = relation(place, expression());
      m.axioms.push_back(std::move(a));
    } else {
      fail(first, describe(first) + "; expected 'events', 'let', 'axiom' or 'flag'");
    }
  }

  ExprPtr make(Op op, bool is_set, std::vector<ExprPtr> args, std::string text = {}) const {
    return std::make_shared<const Expr>(Expr{op, is_set, std::move(text), std::move(args)});
  }
  ExprPtr relation(const Token& place, ExprPtr e) const {
    if (e->is_set) fail(place, "a set of events; expected a relation (write [S] for a set)");
    return e;
  }
  ExprPtr set(const Token& place, ExprPtr e) const {
    if (!e->is_set) fail(place, "a relation; expected a set of events");
    return e;
  }
  /// One level of operators that bind alike: `a op b op c` is one node.
  template <typename Next>
  ExprPtr level(std::string_view symbol, Op op, Next&& operand) {
    std::vector<ExprPtr> args{operand()};
    while (peek().text == symbol && peek().type == Token::Type::symbol) {
      const Token place = next();
      args.push_back(operand());
      if (op == Op::sequence) relation(place, args.front());
      if (args.back()->is_set != args.front()->is_set) {
        fail(place, "a set on one side of '" + place.text + "', a relation on the other");
      }
    }
    const bool is_set = args.front()->is_set;
    return args.size() == 1 ? args.front() : make(op, is_set, std::move(args));
  }
  // Loosest first: | ; - & ><, then what stands behind an operand.
  ExprPtr expression() {
    return level("|", Op::unite, [this] {
      return level(";", Op::sequence, [this] {
        return level("-", Op::subtract,
                     [this] { return level("&", Op::intersect, [this] { return product(); }); });
      });
    });
  }
  ExprPtr product() {
    const Token left_place = peek();
    ExprPtr left = postfix();
    if (!accept("><")) return left;
    const Token right_place = peek();
    ExprPtr right = postfix();
    return make(Op::cross, false, {set(left_place, left), set(right_place, right)});
  }
  ExprPtr postfix() {
    const Token place = peek();
    ExprPtr e = primary();
    for (;;) {
      if (accept("^-1"))
        e = make(Op::inverse, false, {relation(place, e)});
      else if (accept("?"))
        e = make(Op::optional, false, {relation(place, e)});
      else if (accept("+"))
        e = make(Op::plus, false, {relation(place, e)});
      else if (accept("*"))
        e = make(Op::star, false, {relation(place, e)});
      else
        return e;
    }
  }
  ExprPtr primary() {
    const Token t = next();
    if (t.text == "(" || t.text == "[") {
      const Token place = peek();
      ExprPtr e = expression();
      keyword(t.text == "(" ? ")" : "]");
      return t.text == "(" ? e : make(Op::on_set, false, {set(place, e)});
    }
    if (t.type == Token::Type::number && t.text == "0") return make(Op::nothing, false, {});
    if (t.type != Token::Type::name || std::ranges::find(keywords, t.text) != keywords.end()) {
      fail(t, describe(t) + "; expected a set or a relation");
    }
    const auto known = kinds_.find(t.text);
    if (known == kinds_.end() && !is_base_set(t.text) && !is_base_relation(t.text)) {
      fail(t, "'" + t.text + "' is not defined above");
    }
    return make(Op::name, known == kinds_.end() ? is_base_set(t.text) : known->second, {}, t.text);
  }

  std::string file_;
  std::vector<Token> tokens_;
  std::size_t at_ = 0;
  std::map<std::string, bool> kinds_;  ///< of what has been defined: is it a set?
};

}  // namespace

bool is_base_set(std::string_view name) {
  return std::ranges::find(base_sets, name) != base_sets.end() ||
         std::ranges::any_of(mark_names, [name](const auto& m) { return m.second == name; });
}
bool is_base_relation(std::string_view name) {
  return std::ranges::find(base_relations, name) != base_relations.end();
}

MemoryModel parse_model(std::string_view text, std::string_view file) {
  return Parser{text, file}.model();
}

}  // namespace lockstep::orders
