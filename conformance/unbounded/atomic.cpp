// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>
#include <set>
#include <stop_token>
#include <tuple>

#include "model/stopwatch.hpp"
#include "unbounded/asking.hpp"
#include "unbounded/rooms.hpp"

namespace lockstep::unbounded {

namespace {

using Kind = Touch::Kind;

/// A cell that a task touches on a way.
struct Look {
  std::size_t way, touch;
};
const Touch& touch_of(const Engine& engine, const Look& look) {
  return engine.step(look.way).touches[look.touch];
}

/// The state in which others may meet the cell: the task stands before its step and may take it, or
/// it stands behind the step that has peeked.
struct Standing {
  z3::expr_vector conditions;
  Structure::Arguments at;  ///< of the cell
};

/// What the task still knows of a value behind its step: the local that holds it. Of what it knows
/// no more, nothing is known.
z3::expr kept(const Engine& engine, const SymbolicStep& step, std::size_t role,
              const z3::expr& value) {
  if (z3::eq(value, step.task)) return value;
  const Signature& sig = engine.signature();
  for (std::size_t i = 0; i < sig.size(); ++i) {
    const Function& f = sig.functions()[i];
    if (f.role != role || !z3::eq(f.value.range(), value.get_sort())) continue;
    if (z3::eq(step.after.read(i, {step.task}).term.simplify(), value.simplify()))
      return engine.before().read(i, {step.task}).term;
  }
  return sig.fresh(value.get_sort(), "forgotten");
}

Standing standing(const Engine& engine, const Look& look) {
  const Signature& sig = engine.signature();
  const SymbolicStep& step = engine.step(look.way);
  const Touch& touch = touch_of(engine, look);
  Standing out{z3::expr_vector(sig.context()), {}};
  if (touch.kind == Kind::late_peek) {
    const Way& way = engine.ways()[look.way];
    const std::string& to = engine.question().automata[way.role].nodes[way.to].name;
    const std::size_t pc = sig.get("pc", step.task.get_sort());
    out.conditions.push_back(sig.is_object(step.task) && sig.is_there(step.task));
    out.conditions.push_back(engine.before().read(pc, {step.task}).term == sig.code(to));
    for (const z3::expr& of : touch.at) out.at.push_back(kept(engine, step, way.role, of));
  } else {
    for (unsigned i = 0; i < step.at_site; ++i) out.conditions.push_back(step.conditions[i]);
    out.at = touch.at;
  }
  for (const z3::expr& of : out.at) out.conditions.push_back(sig.is_object(of) && sig.is_there(of));
  return out;
}

/// Whether a step along the way may meet it, whatever the state.
bool may_meet(const Engine& engine, const Look& look, std::size_t way) {
  const Touch& touch = touch_of(engine, look);
  const SymbolicStep& other = engine.step(way);
  return other.after.changed(touch.function) ||
         (touch.kind == Kind::write && std::ranges::find(other.touches, touch.function,
                                                         &Touch::function) != other.touches.end());
}

/// Another task can step along the way now, and the step changes the cell; or touches it, where it
/// is written.
z3::expr meets(Engine& engine, const Look& look, const Structure::Arguments& at, std::size_t way) {
  const Touch& touch = touch_of(engine, look);
  const SymbolicStep &step = engine.step(look.way), &other = engine.other(way);
  z3::expr_vector how(step.task.ctx());
  if (other.after.changed(touch.function)) {
    how.push_back(
        !equal(other.after.read(touch.function, at), engine.before().read(touch.function, at)));
  }
  for (const Touch& theirs : other.touches) {
    if (touch.kind != Kind::write || theirs.function != touch.function) continue;
    z3::expr same = touch.writes;
    for (std::size_t i = 0; i < at.size(); ++i) same = same && theirs.at[i] == at[i];
    how.push_back(same);
  }
  const bool one_role = engine.ways()[look.way].role == engine.ways()[way].role;
  const z3::expr another = one_role ? step.task != other.task : step.task.ctx().bool_val(true);
  return another && z3::mk_and(other.conditions) && z3::mk_or(how);
}

/// The edges of a way up to its site.
std::vector<std::size_t> before_site(const Engine& engine, const Way& way) {
  std::vector<std::size_t> out;
  for (const std::size_t e : way.edges) {
    if (engine.question().automata[way.role].edges[e].from == way.site) break;
    out.push_back(e);
  }
  return out;
}

class Atomicity {
 public:
  Atomicity(Prover::Rooms& rooms, const Options& options)
      : rooms_(rooms), engine_(rooms.any), options_(options), known_(engine_.solver()) {
    engine_.assume_invariant(known_, options.without);
    limit(known_, options.patience_milliseconds);
  }

  Prover::Atomic run() {
    const Stopwatch watch;
    std::map<std::pair<std::size_t, std::uint32_t>, std::vector<std::size_t>> sites;
    std::set<std::tuple<std::size_t, std::uint32_t, std::vector<std::size_t>>> begun;
    const std::vector<Way>& ways = engine_.ways();
    for (std::size_t way = 0; way < ways.size() && !stopped(); ++way) {
      if (options_.on_progress) options_.on_progress(way, ways.size(), ways[way].name);
      look_at_peeks(way, Kind::late_peek);
      // What comes behind the site is another matter.
      const Way& of = ways[way];
      if (!begun.emplace(of.role, of.from, before_site(engine_, of)).second) continue;
      look_at_peeks(way, Kind::peek);
      sites[{of.role, of.site}].push_back(way);
    }
    for (const auto& [site, begin] : sites) look_at_site(begin);
    out_.stopped = stopped();
    out_.seconds = watch.seconds();
    return std::move(out_);
  }

 private:
  bool stopped() const { return options_.stop.stop_requested(); }
  const Node& node(std::size_t way, std::uint32_t Way::*which) const {
    const Way& of = engine_.ways()[way];
    return engine_.question().automata[of.role].nodes[of.*which];
  }

  struct Met {
    Allowed::Is is = Allowed::Is::no;
    std::string by;
  };
  Met met(const Look& look) {
    Met out;
    std::vector<std::size_t> others;
    for (std::size_t way = 0; way < engine_.ways().size(); ++way) {
      if (may_meet(engine_, look, way)) others.push_back(way);
    }
    out_.pairs += others.size();
    if (others.empty() || nobody(look, others)) return out;
    for (const std::size_t way : others) {
      if (stopped()) return {Allowed::Is::unknown, ""};
      const Allowed found = find(rooms_, options_, [&](Engine& engine, z3::solver& known) {
        const Standing at = standing(engine, look);
        for (const z3::expr& c : at.conditions) known.add(c);
        known.add(meets(engine, look, at.at, way));
      });
      if (found.is == Allowed::Is::no) continue;
      out = {found.is, node(way, &Way::site).name};
      if (found.is == Allowed::Is::yes) break;
    }
    return out;
  }

  /// Usually nobody does, and one query says so.
  bool nobody(const Look& look, const std::vector<std::size_t>& others) {
    ++out_.queries;
    const Standing at = standing(engine_, look);
    z3::expr_vector all(known_.ctx());
    for (const std::size_t way : others) all.push_back(meets(engine_, look, at.at, way));
    known_.push();
    for (const z3::expr& c : at.conditions) known_.add(c);
    known_.add(z3::mk_or(all));
    const bool out = check(known_, options_.patience_milliseconds) == z3::unsat;
    known_.pop();
    return out;
  }

  void look_at_peeks(std::size_t way, Kind kind) {
    const auto& touches = engine_.step(way).touches;
    for (std::size_t i = 0; i < touches.size(); ++i) {
      if (touches[i].kind != kind) continue;
      const Met found = met({way, i});
      if (found.is == Allowed::Is::no) continue;
      const bool late = kind == Kind::late_peek;
      add({node(way, late ? &Way::to : &Way::site).name,
           {cell(touches[i])},
           {found.by},
           late,
           found.is == Allowed::Is::unknown});
    }
  }

  /// `begin`: a way for each that a task can take to the site. One access may be met, so of the
  /// last it need not be asked where no other is.
  void look_at_site(const std::vector<std::size_t>& begin) {
    const std::vector<std::size_t> own = own_accesses(begin.front());
    if (own.size() < 2) return;
    ++out_.steps;
    NotOne found{node(begin.front(), &Way::site).name, {}, {}, false, false};
    std::size_t sure = 0;
    for (std::size_t access = 0; access < own.size(); ++access) {
      if (found.cells.empty() && access + 1 == own.size()) return;
      Met most;
      for (const std::size_t way : begin) {
        const Met now = met({way, own_accesses(way).at(access)});
        if (now.is != Allowed::Is::no) most = now;
        if (now.is == Allowed::Is::yes) break;
      }
      if (most.is == Allowed::Is::no) continue;
      if (most.is == Allowed::Is::yes) ++sure;
      found.cells.push_back(cell(engine_.step(begin.front()).touches[own[access]]));
      found.others.insert(most.by);
    }
    found.unknown = sure < 2;
    if (found.cells.size() > 1) add(std::move(found));
  }

  /// Of the site itself: as many on each way.
  std::vector<std::size_t> own_accesses(std::size_t way) const {
    const auto& touches = engine_.step(way).touches;
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < touches.size(); ++i) {
      if (touches[i].kind == Kind::read || touches[i].kind == Kind::write) out.push_back(i);
    }
    return out;
  }

  std::string cell(const Touch& touch) const {
    return engine_.signature().functions()[touch.function].variable;
  }
  void add(NotOne one) {
    if (std::ranges::find(out_.found, one) == out_.found.end()) out_.found.push_back(one);
  }

  Prover::Rooms& rooms_;
  Engine& engine_;
  const Options& options_;
  z3::solver known_;
  Prover::Atomic out_;
};

}  // namespace

std::string text(const NotOne& one) {
  const auto list = [](const auto& all) {
    std::string out;
    for (const std::string& s : all) out += (out.empty() ? "" : ", ") + s;
    return out;
  };
  return (one.late ? "behind the step to " : "") + one.site + ": " + list(one.cells) + ", by " +
         list(one.others) + (one.unknown ? ", as far as is known" : "");
}

Prover::Atomic Prover::atomic(const Options& options) {
  const std::stop_callback cancel(options.stop, [this] { rooms_->any.interrupt(); });
  return Atomicity(*rooms_, options).run();
}

}  // namespace lockstep::unbounded
