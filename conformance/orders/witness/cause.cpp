// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/witness/cause.hpp"

#include <algorithm>
#include <set>

#include "orders/encode/base.hpp"

namespace lockstep::orders {

namespace {

using Kind = Cause::Kind;

/// Something that may keep two events in their order: an event's order, or a dependency.
struct Candidate {
  Cause cause;
  std::vector<int> events;  ///< whose order it is; a read-modify-write has two halves
};

class Search {
 public:
  Search(const Program& program, const Execution& x, const Breach& breach, int a, int b)
      : program_{program}, x_{x}, breach_{breach}, first_{halves(a)}, second_{halves(b)} {
    for (int e = second_.back(); e >= 0; e = program.events[e].previous) {
      if (x_.happened[e]) span_.insert(span_.begin(), e);
      if (e == first_.front()) break;
    }
    for (const int e : span_) add(e);
    for (const auto& [kind, list] : lists) candidates_.push_back({{kind, -1}, {}});
  }

  Cause find(int from, int to) const {
    // A law that something be empty is broken by one pair, the other way round is no step of it.
    if (breach_.check == Axiom::Check::empty && breach_.events.size() == 2) {
      from = breach_.events[0];
      to = breach_.events[1];
    }
    if (breach_.model == nullptr || derives(stripped(nullptr), from, to)) return {};
    for (const Candidate& c : candidates_) {
      if (changes(c) && derives(stripped(&c), from, to)) return c.cause;
    }
    return {};
  }

 private:
  using List = std::vector<Dependency> Event::*;
  static constexpr std::pair<Kind, List> lists[] = {{Kind::address, &Event::address},
                                                    {Kind::data, &Event::data},
                                                    {Kind::control, &Event::control}};

  std::vector<int> halves(int e) const {
    const Event& event = program_.events[e];
    if (!event.in_rmw) return {e};
    const int other = event.partner;
    if (!x_.happened[other]) return {e};
    return {std::min(e, other), std::max(e, other)};
  }
  static bool among(const std::vector<int>& events, int e) {
    return std::ranges::find(events, e) != events.end();
  }

  void add(int e) {
    const Event& event = program_.events[e];
    Kind kind = Kind::between;
    if (among(first_, e)) {
      kind = Kind::first;
    } else if (among(second_, e)) {
      kind = Kind::second;
    } else if (event.act == Act::fence) {
      kind = Kind::fence;
    } else if (event.act == Act::grace || event.act == Act::srcu_grace) {
      kind = Kind::grace;
    }
    if (event.in_rmw && event.act == Act::write && !candidates_.empty() &&
        among(candidates_.back().events, event.partner)) {
      return;
    }
    candidates_.push_back({{kind, e}, halves(e)});
  }

  bool depends(const Event& event, List list) const {
    return among(second_, event.id) && std::ranges::any_of(event.*list, [&](const Dependency& d) {
             return among(first_, d.read);
           });
  }

  static Event weakest(Event e) {
    if (e.act == Act::grace || e.act == Act::srcu_grace) e.act = Act::fence;
    if (e.act == Act::fence) {
      e.order = Order::none;
    } else if (e.order != Order::plain) {
      e.order = Order::once;
    }
    e.order_if_failed.reset();
    e.open = -1;
    e.marks &= static_cast<std::uint16_t>(Mark::noreturn) | static_cast<std::uint16_t>(Mark::c11);
    return e;
  }

  /// Would giving it back change anything?
  bool changes(const Candidate& c) const {
    for (const auto& [kind, list] : lists) {
      if (c.cause.kind != kind) continue;
      return std::ranges::any_of(second_, [&](int e) { return depends(program_.events[e], list); });
    }
    return std::ranges::any_of(c.events, [&](int e) {
      const Event& event = program_.events[e];
      const Event weak = weakest(event);
      return weak.order != event.order || weak.act != event.act || weak.marks != event.marks ||
             event.open >= 0;
    });
  }

  Program stripped(const Candidate* left) const {
    Program out = program_;
    for (const int e : span_) {
      Event& event = out.events[e];
      if (left == nullptr || !among(left->events, e)) event = weakest(event);
      for (const auto& [kind, list] : lists) {
        const bool given = left != nullptr && left->cause.kind == kind;
        std::erase_if(event.*list, [&](const Dependency& d) {
          const bool this_one = given && among(second_, e) && among(first_, d.read);
          return among(span_, d.read) && !this_one;
        });
      }
    }
    return out;
  }

  bool derives(const Program& program, int from, int to) const {
    const Base base = base_of(program, x_);
    Clauses dry;
    Evaluator evaluator{*breach_.model, base, dry};
    for (const Axiom& axiom : breach_.model->axioms) {
      if (axiom.name == breach_.axiom) {
        return evaluator.relation(axiom.body)->at(from, to) == lit_true;
      }
    }
    return false;
  }

  const Program& program_;
  const Execution& x_;
  const Breach& breach_;
  std::vector<int> first_, second_, span_;
  std::vector<Candidate> candidates_;
};

}  // namespace

Cause cause_of(const Program& program, const Execution& execution, const Breach& breach, int a,
               int b, int from, int to) {
  return Search{program, execution, breach, a, b}.find(from, to);
}

}  // namespace lockstep::orders
