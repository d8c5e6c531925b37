// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <catch2/catch.hpp>
#include <set>

#include "machines/automaton_system.hpp"
#include "pinned.hpp"
#include "subject.hpp"
#include "tla/evaluate.hpp"
#include "unbounded/translate.hpp"
#include "unbounded/ways.hpp"
#include "walk.hpp"

// What the solver says of a state is what the evaluator says, which agrees with TLC: of every
// conjunct, property and action, and of formulas of every form; in states of walks, and beside
// them.
namespace lockstep::testing {

namespace {

using unbounded::CountedSet;
using unbounded::Named;
using unbounded::Structure;
using unbounded::Translator;

/// Formulas of forms that the invariant does not have, or not in all places.
std::vector<Named> more_formulas() {
  std::vector<Named> out;
  for (const char* text : {
           "\\E v \\in Vmas : slab[v] = \"used\"",
           "\\A v \\in Vmas : \\E m \\in Mms : vm_mm[v] = m \\/ vm_mm[v] = Null",
           "\\A v \\in Vmas : vm_mm[v] # Null => \\A s \\in Slots : tree[vm_mm[v]][s] # v",
           "\\E v, w \\in Vmas : v # w",
           "\\E m \\in Mms, s \\in Slots : tree[m][s] # Null",
           "\\A r \\in Readers : rvma[r] # Again",
           "\\A r \\in Readers : rvma[r] \\in Vmas",
           "\\E r \\in Readers : rvma[r] = Again \\/ rmm[r] = Null",
           "\\A r \\in Readers : rvma[r] \\in Vmas => slab[rvma[r]] # \"none\"",
           "\\A r \\in Readers : rseq[r] = Null",
           "\\A r \\in Readers : rseq[r] \\in Int => rseq[r] % 2 = 1",
           "\\A r \\in Readers : rvma[r] \\in Vmas => rseq[r] = vm_lock_seq[rvma[r]]",
           "\\A v \\in Vmas : vm_refcnt[v] = (IF slab[v] = \"none\" THEN Null ELSE 1)",
           "\\A v \\in Vmas : vm_refcnt[v] \\in Int <=> slab[v] \\in {\"used\", \"free\"}",
           "\\A m \\in Mms : mm_lock_seq[m] % 2 = 1 <=> pc[m] \\notin {\"Writer_Idle\"}",
           "\\A m \\in Mms : mm_lock_seq[m] * 2 - 1 < 5",
           "\\A m \\in Mms : wexcl[m] = (wvma[m] # Null)",
           "\\A m \\in Mms : (IF wexcl[m] THEN wvma[m] ELSE wsrc[m]) = Null",
           "\\A m \\in Mms : pc[m] = (IF wexcl[m] THEN \"StartWrite_SetSeq\" ELSE \"Writer_Idle\")",
           "\\A m, n \\in Mms : mm_lock_seq[m] <= mm_lock_seq[n]",
           "Cardinality({r \\in Readers : rcu[r]}) = 0",
           "Cardinality({r \\in Readers : rvma[r] = Null}) <= 1",
           "\\A v \\in Vmas : Cardinality({r \\in Readers : rvma[r] = v}) < 2",
           "\\A m \\in Mms : Cardinality({r \\in Readers : rmm[r] = m /\\ rvma[r] = wvma[m]}) = 0",
           "\\A m \\in Mms, v \\in Vmas : Cardinality({r \\in Readers : rmm[r] = vm_mm[v]}) = 0",
           "\\A m \\in Mms : Cardinality({r \\in Readers : rcu[r] = wexcl[m]}) > 0",
           "\\A m \\in Mms : Cardinality({r \\in Readers : rcu[r]}) = mm_lock_seq[m]",
           "Cardinality({r \\in Readers : \\E v \\in Vmas : rvma[r] = v}) > 0",
           "Cardinality({m \\in Mms : wvma[m] # Null}) = Cardinality({r \\in Readers : rcu[r]})",
           "Limit + 1 = Flag",
           "\\A v \\in Vmas : vm_refcnt[v] \\in Int => vm_refcnt[v] < Limit",
           "TRUE",
           "\\A m \\in Mms : ~wexcl[m]",
           "\\A m \\in Mms : writer_wait[m] = m",
           "\\A m \\in Mms : writer_wait[m] \\in Mms => task_state[writer_wait[m]] = 0",
           "\\A v \\in Vmas, r \\in Readers : grace[v][r] => rcu[r]",
       }) {
    out.push_back({text, formula(text)});
  }
  return out;
}
std::vector<Named> more_actions() {
  std::vector<Named> out;
  for (const char* text : {
           "\\A v \\in Vmas : vm_refcnt'[v] = vm_refcnt[v]",
           "\\A m \\in Mms : mm_lock_seq[m] <= mm_lock_seq'[m]",
           "\\A m \\in Mms : wvma'[m] # Null => vm_mm[wvma'[m]] = m",
           "\\A m \\in Mms : wvma[m] # Null => slab'[wvma[m]] = slab[wvma[m]]",
           "\\E r \\in Readers : pc'[r] # pc[r]",
           "\\A m \\in Mms : Cardinality({r \\in Readers : rvma[r] = wvma'[m]}) = 0",
       }) {
    out.push_back({text, formula(text)});
  }
  return out;
}

class Agreement {
 public:
  explicit Agreement(const std::string& size, const std::string& variant = "holds")
      : subject_(subject_of(variant)),
        model_(model_of(size, variant)),
        machine_(model_->world(), model_->automata()),
        ways_(unbounded::ways_of(subject_.question.automata)),
        stops_(unbounded::stops_of(subject_.question.automata, ways_)),
        signature_(context_, machine_.world(), subject_.question.automata, stops_, 0),
        pinned_(signature_, machine_.world()),
        translator_(signature_, sorts()),
        evaluator_(machine_.world(), members(), numbers()),
        before_(signature_),
        solver_(context_) {
    for (const z3::expr& fact : pinned_.distinct()) solver_.add(fact);
    for (const auto& [name, value] : numbers()) solver_.add(signature_.parameter(name) == value);
    unbounded::Question& q = subject_.question;
    for (const auto* all : {&q.conjuncts, &q.properties}) {
      named_.insert(named_.end(), all->begin(), all->end());
    }
    if (variant == "holds") std::ranges::copy(more_formulas(), std::back_inserter(named_));
    actions_ = q.actions;
    if (variant == "holds") std::ranges::copy(more_actions(), std::back_inserter(actions_));
    for (const Named& n : named_) {
      says_.push_back(truth(n.says, nullptr));
    }
    for (std::size_t role = 0; role < stops_.size(); ++role) {
      auto& names = stop_names_.emplace_back();
      for (const std::uint32_t node : stops_[role]) {
        const std::string& name = q.automata[role].nodes[node].name;
        names.push_back(machine_.world().layout().symbols.find(name));
      }
    }
  }

  /// The first disagreement, in words.
  std::string walk(std::uint64_t seed, std::size_t steps) {
    RandomWalk walk(machine_, seed);
    for (std::size_t i = 0; i < steps; ++i) {
      State near = walk.here();
      const std::size_t times = 1 + i % 9;
      for (std::size_t n = 0; n < times; ++n) {
        if (std::string out = compare(near.data()); !out.empty()) return out;
        corrupt(near, walk.random());
      }
      const State before = walk.here();
      walk.go();
      State after = walk.here();
      if (std::string out = compare(before.data(), after.data()); !out.empty()) return out;
      corrupt(after, walk.random());
      if (std::string out = compare(before.data(), after.data()); !out.empty()) return out;
    }
    return "";
  }
  std::size_t answers = 0, no = 0, without = 0;
  std::set<std::string> held, failed;  ///< the formulas that did, in some state or step

 private:
  std::map<std::string, z3::sort> sorts() const {
    std::map<std::string, z3::sort> out;
    for (const auto& [set, object] : subject_.question.sets) {
      out.emplace(set, *signature_.sort_of(machine_.world().layout().symbols.find(object)));
    }
    return out;
  }
  std::map<std::string, std::vector<Atom>> members() const {
    std::map<std::string, std::vector<Atom>> out;
    const WorldSpec& spec = machine_.world().spec();
    const auto add = [&](const std::string& set, const std::vector<std::string>& names) {
      for (const auto& n : names) out[set].push_back(machine_.world().layout().symbols.find(n));
    };
    add("Readers", spec.roles.at(0).tasks);
    for (const auto& kind : spec.kinds) add(kind.name + "s", kind.objects);
    return out;
  }
  std::map<std::string, Atom> numbers() const {
    for (const auto& [name, value] : model_->constants()) {
      if (name == "Limit") return {{"Limit", std::stoi(value)}, {"Flag", std::stoi(value) + 1}};
    }
    return {};
  }
  z3::expr truth(const tla::Expr& says, const Structure* after) {
    return pinned_.ground(translator_.truth(says, {before_, after, count()}, {})).simplify();
  }
  /// The true number: of each task in turn.
  Translator::Counts count() {
    return [this](const CountedSet& set, const std::vector<z3::expr>& arguments) {
      z3::expr sum = context_.int_val(0);
      for (const z3::expr& task : pinned_.objects_of(set.members)) {
        const z3::expr is = translator_.is_member(set, arguments, task, before_);
        sum = sum + z3::ite(is, context_.int_val(1), context_.int_val(0));
      }
      return sum;
    };
  }
  void corrupt(State& state, std::mt19937_64& random) {
    const Pinned::Cell& cell = pinned_.cells()[random() % pinned_.cells().size()];
    const auto others = pinned_.others(cell, state[cell.slot], stop_names_);
    if (!others.empty()) state[cell.slot] = others[random() % others.size()];
  }

  void note(const std::string& name, bool answer) {
    ++answers;
    no += answer ? 0 : 1;
    (answer ? held : failed).insert(name);
  }
  std::string compare(const Atom* state) {
    std::vector<std::pair<const Named*, z3::expr>> wrong;
    for (std::size_t i = 0; i < named_.size(); ++i) {
      add(wrong, named_[i], says_[i], state, nullptr);
    }
    return ask(wrong, state);
  }
  std::string compare(const Atom* state, const Atom* next) {
    const Structure after = pinned_.structure(next);
    std::vector<std::pair<const Named*, z3::expr>> wrong;
    for (const Named& action : actions_) {
      add(wrong, action, truth(action.says, &after), state, next);
    }
    return ask(wrong, state);
  }
  void add(std::vector<std::pair<const Named*, z3::expr>>& wrong, const Named& named,
           const z3::expr& says, const Atom* state, const Atom* next) {
    try {
      const bool answer = evaluator_(named.says, state, next) != 0;
      note(named.name, answer);
      wrong.emplace_back(&named, answer ? !says : says);
    } catch (const std::runtime_error&) {
      ++without;  // TLC would stop there
    }
  }
  /// One query of all of them; where it is not so, one of each.
  std::string ask(const std::vector<std::pair<const Named*, z3::expr>>& wrong, const Atom* state) {
    solver_.push();
    solver_.add(pinned_.is(before_, state));
    std::string out;
    if (solver_.check() != z3::sat) out = "the state cannot be";
    z3::expr_vector any(context_);
    for (const auto& [named, expr] : wrong) any.push_back(expr);
    z3::expr_vector all(context_);
    all.push_back(z3::mk_or(any));
    if (out.empty() && solver_.check(all) != z3::unsat) {
      out = "unknown";
      for (const auto& [named, expr] : wrong) {
        z3::expr_vector one(context_);
        one.push_back(expr);
        if (solver_.check(one) != z3::unsat) out = named->name;
      }
    }
    solver_.pop();
    return out;
  }

  ProofSubject subject_;
  std::unique_ptr<Model> model_;
  AutomatonSystem machine_;
  std::vector<unbounded::Way> ways_;
  std::vector<std::vector<std::uint32_t>> stops_;
  z3::context context_;
  unbounded::Signature signature_;
  Pinned pinned_;
  Translator translator_;
  tla::Evaluator evaluator_;
  Structure before_;
  z3::solver solver_;
  std::vector<Named> named_, actions_;
  std::vector<z3::expr> says_;
  std::vector<std::vector<Atom>> stop_names_;
};

}  // namespace

TEST_CASE("the solver says of a state what the evaluator says") {
  std::set<std::string> held, failed, all;
  for (const auto& [size, steps] :
       std::vector<std::pair<std::string, std::size_t>>{{"1x1x1", 200},
                                                        {"2x2x1", 150},
                                                        {"2x1x1,limit=2", 400},
                                                        {"1x2x2", 200},
                                                        {"2x2x1x2", 200},
                                                        {"3x2x2x2", 60}}) {
    CAPTURE(size);
    Agreement agreement(size);
    CHECK(agreement.walk(1, steps) == "");
    CHECK(agreement.answers > 50 * steps);
    CHECK(agreement.no > agreement.answers / 20);
    CHECK(agreement.without < agreement.answers / 50);
    held.merge(agreement.held);
    failed.merge(agreement.failed);
  }
  // What never fails, or never holds, is agreed on in one direction only. Some fail in few states.
  std::set<std::string> one_way;
  std::ranges::set_symmetric_difference(held, failed, std::inserter(one_way, one_way.end()));
  CHECK(one_way.contains("TRUE"));
  CHECK(one_way.size() <= 8);
}

TEST_CASE("... of a few states", "[quick]") {
  Agreement agreement("2x2x1x2");
  CHECK(agreement.walk(3, 60) == "");
}

TEST_CASE("... and of the states of variants that are broken") {
  for (const char* variant : {"writer_counts_itself", "store_then_attach", "clear_then_detach",
                              "dup_copies_refcnt", "no_recheck", "detach_does_not_wait"}) {
    CAPTURE(variant);
    Agreement agreement("1x2x2", variant);
    CHECK(agreement.walk(2, 150) == "");
  }
}

}  // namespace lockstep::testing
