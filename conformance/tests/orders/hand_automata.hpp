// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "orders/program/question_file.hpp"
#include "orders/witness/judge.hpp"

namespace lockstep::orders {

/// An automaton written by hand: a writer that publishes a box, a reader that enters and uses it.
struct Hand {
  Symbols symbols;
  Automata automata;

  static Term local(const char* name) { return term::variable(name); }
  static Term number(Atom value) { return term::constant(value); }
  static CellTerm cell(const char* field, Term object) {
    return {"Box", field, std::move(object), nullptr};
  }
  static Node node(const char* name, Kind kind, Order order) {
    Node n;
    n.name = name;
    n.kind = kind;
    n.order = order;
    return n;
  }
  static AutomatonEdge edge(std::uint32_t from, std::uint32_t to, Term condition = nullptr) {
    AutomatonEdge e;
    e.from = from;
    e.to = to;
    e.condition = std::move(condition);
    return e;
  }

  Hand() {
    symbols.intern("b1");
    writer();
    reader();
  }

  /// Fills the box by a group of plain writes, says attached, stores it on the shelf.
  void writer() {
    Automaton a;
    a.role = "writer";
    a.locals = {"made"};
    Node fill = node("Fill", Kind::group, Order::plain);
    fill.group = {{cell("data", local("made")), number(7)},
                  {cell("owner", local("made")), number(3)}};
    Node attach = node("Attach_Box", Kind::store, Order::release);
    attach.cell = cell("nr_inside", local("made"));
    attach.new_value = number(1);
    Node store = node("Publish", Kind::store, Order::release);
    store.cell = {"Shelf", "slot", number(0), nullptr};
    store.new_value = local("made");
    a.nodes = {fill, attach, store};
    a.edges = {edge(0, 1), edge(1, 2)};
    automata["writer"] = a;
  }

  /// Finds the box, enters by a CAS loop, checks whose it is, uses it, leaves; once more if not.
  void reader() {
    Automaton a;
    a.role = "reader";
    a.locals = {"found", "whose", "seen"};
    Node walk = node("Find", Kind::load, Order::once);
    walk.cell = {"Shelf", "slot", number(0), nullptr};
    walk.result = "found";
    Node inc = node("Enter_Counted", Kind::rmw, Order::acquire);
    inc.cell = cell("nr_inside", local("found"));
    inc.writes_if = term::ne(term::variable("@"), number(0));
    inc.new_value = term::add(term::variable("@"), number(1));
    Node check = node("Check", Kind::load, Order::plain);
    check.cell = cell("owner", local("found"));
    check.result = "whose";
    Node use = node("Use", Kind::load, Order::plain);
    use.cell = cell("data", local("found"));
    use.result = "seen";
    Node put = node("Leave", Kind::rmw, Order::release);
    put.cell = cell("nr_inside", local("found"));
    put.new_value = term::sub(term::variable("@"), number(1));
    Node done = node("Done", Kind::load, Order::plain);
    done.type = Node::Type::point;
    a.nodes = {walk, inc, check, use, put, done};
    const Term found = term::ne(local("found"), term::constant(null_atom));
    const Term entered = term::ne(term::variable("@"), number(0));
    a.edges = {edge(0, 1, found),
               edge(0, 5, term::negate(found)),
               edge(1, 2, entered),
               edge(1, 0, term::negate(entered)),
               edge(2, 3, term::eq(local("whose"), number(3))),
               edge(2, 4, term::ne(local("whose"), number(3))),
               edge(3, 4),
               edge(4, 5)};
    automata["reader"] = a;
  }

  Question question(const char* forbidden = "reader@Use /\\ reader.Use # 7",
                    const char* more = "") {
    const std::string text =
        "ids: D15\nwords: a reader that got in sees the fields\n"
        "cells: nr_inside[b1] = 0, owner[b1] = 0, data[b1] = 0, slot[0] = Null\n"
        "task writer: writer at Fill\n"
        "  locals: made = b1\n"
        "task reader: reader at Find\n" +
        std::string{more} + "\nforbidden: " + forbidden + "\n";
    return parse_question_text(text, "hand.question", "publication", symbols,
                               [](const std::string&) { return std::optional<Atom>{}; });
  }

  Judgement ask(const Question& q, const char* model = "lkmm", const Overrides& overrides = {}) {
    return judge(q, automata, builtin_model(model), symbols, overrides);
  }
};

}  // namespace lockstep::orders
