// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/writing/form.hpp"
#include "orders/litmus/writing/terms.hpp"

namespace lockstep::orders::litmus::writing {

namespace {

class Rmw {
 public:
  Rmw(Form& form, const PossibleValues& possible, int read)
      : form_{form},
        possible_{possible},
        read_{form.program.events[read]},
        write_{form.program.events[read_.partner]},
        old_{read_value(read_.site, read)} {
    const std::vector<Term> before = conjuncts(read_.guard);
    for (const Term& c : conjuncts(write_.guard)) {
      if (!contains(before, c)) writes_if_ = term::both(writes_if_, c);
    }
  }

  /// spin_trylock() says whether it has the lock, and a lock is never anything but 0 and 1.
  bool say_trylock() {
    return term::equal(writes_if_, term::eq(old_, term::constant(0))) &&
           asks_only_whether(term::constant(1));
  }

  void say() {
    if (term::is_constant(writes_if_, 1) || is_assumed()) return put(unconditional());
    const Term expected = compared(Op::eq), excluded = compared(Op::ne);
    if (expected != nullptr) return compare(expected);
    const auto held = possible_.of_read(read_.id);
    if (excluded != nullptr && only_a_flag(excluded)) return;
    if (!held) unwritable(form_.program, read_, "when this read-modify-write succeeds");
    std::vector<Atom> succeeds;
    for (const Atom a : *held) {
      if (holds_for(writes_if_, a)) succeeds.push_back(a);
    }
    if (succeeds.empty()) succeeds.push_back(never_held(*held));
    if (succeeds.size() == 1) return compare(term::constant(succeeds[0]));
    // The last round of a loop: the value was guessed before, and the guess was right.
    const Term value = guess(form_, read_.thread,
                             form_.program.threads[read_.thread] + " " + std::to_string(read_.id),
                             "what " + read_.site + " expects", succeeds);
    form_.program.assumptions.push_back(term::either(
        term::either(term::negate(read_.guard), term::negate(writes_if_)), term::eq(old_, value)));
    compare(value);
  }

 private:
  void put(Primitive p) { form_.primitives[read_.id] = std::move(p); }

  /// Are executions in which it fails left out anyway?
  bool is_assumed() const {
    const std::vector<Term> here = conjuncts(read_.guard);
    return std::ranges::any_of(form_.program.assumptions, [&](const Term& a) {
      return contains(conjuncts(simplified(a, here)), writes_if_);
    });
  }
  Term with_old(const Term& t, const Term& value) const {
    return term::substitute(
        t, [&](const TermNode& v) { return v.value == read_.id + 1 ? value : Term{}; });
  }
  bool holds_for(const Term& condition, Atom old) const {
    const Term t = with_old(condition, term::constant(old));
    if (t->op != Op::constant) {
      unwritable(form_.program, read_, "a success that depends on another value");
    }
    return t->value != 0;
  }
  /// `old = X` or `old # X`: the X.
  Term compared(Op op) const {
    const Term& w = writes_if_;
    if (w->op != op || !term::equal(w->args[0], old_) || mentions(w->args[1], read_.id))
      return nullptr;
    return w->args[1];
  }
  static Atom never_held(const std::set<Atom>& held) {
    Atom a = 1;
    for (const Atom h : held) {
      if (!is_symbol(h)) a = std::max(a, h + 1);
    }
    return a;
  }

  Primitive unconditional() const {
    const Term& v = write_.value;
    if (!mentions(v, read_.id)) return {Primitive::Kind::exchange, {}, v, nullptr};
    if (term::equal(v, old_)) return {Primitive::Kind::fetch, "add", term::constant(0), nullptr};
    static const std::pair<Op, const char*> operations[] = {
        {Op::add, "add"}, {Op::sub, "sub"}, {Op::band, "and"}, {Op::bor, "or"}, {Op::bxor, "xor"}};
    for (const auto& [op, name] : operations) {
      if (v->op != op) continue;
      for (const int side : {0, 1}) {
        const Term &mine = v->args[side], &other = v->args[1 - side];
        if ((side == 1 && op == Op::sub) || !term::equal(mine, old_) || mentions(other, read_.id))
          continue;
        return {Primitive::Kind::fetch, name, other, nullptr};
      }
    }
    unwritable(form_.program, read_, "what this read-modify-write makes of the value");
  }

  /// The value made no longer depends on what was read; an acquire orders that write, and all that
  /// follows, behind the read anyway.
  void compare(const Term& expected) {
    if (mentions(write_.value, read_.id) && read_.order != Order::acquire) {
      unwritable(form_.program, read_,
                 "an exchange that may fail and whose new value depends on the old one");
    }
    put({Primitive::Kind::compare, {}, with_old(write_.value, expected), expected});
  }

  /// atomic_add_unless() says whether it added, not what was there: enough where nothing else is
  /// asked.
  bool only_a_flag(const Term& excluded) {
    const Term& v = write_.value;
    const bool adds =
        v->op == Op::add && term::equal(v->args[0], old_) && !mentions(v->args[1], read_.id);
    if (!adds || excluded->op != Op::constant || !asks_only_whether(excluded)) return false;
    put({Primitive::Kind::unless, {}, v->args[1], excluded});
    return true;
  }

  /// Every question about the old value becomes this one, whether `excluded` was there: then true.
  bool asks_only_whether(const Term& excluded) {
    const Atom unless = excluded->value;
    const auto held = possible_.of_read(read_.id);
    const Term added = term::ne(old_, excluded);
    const auto asks_it = [&](const Term& t) {
      const bool truth = t->op == Op::eq || t->op == Op::ne || t->op == Op::lt || t->op == Op::le;
      if (!truth || !mentions(t, read_.id)) return Term{};
      if (term::equal(t, added) || term::equal(t, term::negate(added))) return Term{};
      bool alone = held.has_value();
      each_variable(t, [&](const TermNode& x) { alone = alone && x.value == read_.id + 1; });
      if (!alone) return Term{};
      std::set<bool> others;
      for (const Atom a : *held) {
        if (a != unless) others.insert(holds_for(t, a));
      }
      const bool there = holds_for(t, unless);
      if (others.empty()) return term::constant(there);
      if (others.size() != 1) return Term{};
      const bool otherwise = *others.begin();
      if (there == otherwise) return term::constant(there);
      return otherwise ? added : term::negate(added);
    };
    Program trial = form_.program;
    trial.events[write_.id].value = term::constant(0);
    rewrite(trial, [&](const Term& whole) { return rewrite(whole, asks_it); });
    bool enough = true;
    const Term mark = term::variable("added");
    rewrite(trial, [&](const Term& whole) {
      const Term left = rewrite(whole, [&](const Term& t) {
        return term::equal(t, added) || term::equal(t, term::negate(added)) ? mark : Term{};
      });
      enough = enough && !mentions(left, read_.id);
      return whole;
    });
    if (!enough) return false;
    form_.program = std::move(trial);
    form_.program.events[write_.id].value = write_.value;
    form_.flags[read_.id] = excluded;
    return true;
  }

  Form& form_;
  const PossibleValues& possible_;
  const Event read_, write_;  ///< copies: the program may be rewritten
  const Term old_;
  Term writes_if_ = term::constant(1);
};

/// spin_lock() waits until the lock is free: what it read is 0.
void say_lock(Form& form, const PossibleValues& possible, int read) {
  const Event e = form.program.events[read];
  const Term old = read_value(e.site, read);
  const std::vector<Term> here = conjuncts(e.guard);
  const bool waits = std::ranges::any_of(form.program.assumptions, [&](const Term& a) {
    return contains(conjuncts(simplified(a, here)), term::eq(old, term::constant(0)));
  });
  const bool always = conjuncts(form.program.events[e.partner].guard).size() == here.size();
  if (!waits || !always) {
    if (Rmw{form, possible, read}.say_trylock()) return;
    unwritable(form.program, e, "a lock that is tried, and of which more is asked");
  }
  rewrite(form.program, [read](const Term& whole) {
    return term::substitute(whole, [read](const TermNode& v) {
      return v.value == read + 1 ? term::constant(0) : Term{};
    });
  });
}

}  // namespace

void say_primitives(Form& form) {
  PossibleValues::Domains domains;
  for (const Guess& g : form.guesses) domains[g.name] = {g.values.begin(), g.values.end()};
  const Program before = form.program;
  const PossibleValues possible{before, domains};
  for (const Event& e : before.events) {
    if (!e.in_rmw || e.act != Act::read) continue;
    if (e.has(Mark::lock))
      say_lock(form, possible, e.id);
    else
      Rmw{form, possible, e.id}.say();
  }
}

}  // namespace lockstep::orders::litmus::writing
