// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <stop_token>

#include "model/stopwatch.hpp"
#include "unbounded/asking.hpp"
#include "unbounded/rooms.hpp"
#include "unbounded/shown.hpp"

namespace lockstep::unbounded {

namespace {

/// One query that is to be shown, by where it comes from: it can be posed to any engine.
struct Query {
  enum class What { initially, follows, kept, done, no_fault };
  What what;
  std::size_t way = 0;           ///< where a step is taken
  const Named* named = nullptr;  ///< the conjunct, property or action
  std::size_t part = 0;          ///< of its goals
};

std::vector<Goal> goals_of(Engine& engine, const Query& query) {
  switch (query.what) {
    case Query::What::initially: return engine.initially(*query.named);
    case Query::What::follows: return engine.follows(*query.named);
    case Query::What::kept: return engine.kept(query.way, *query.named);
    case Query::What::done: return engine.done(query.way, *query.named);
    case Query::What::no_fault: break;
  }
  std::vector<Goal> out;
  for (auto& [what, goal] : engine.no_fault(query.way)) out.push_back(std::move(goal));
  return out;
}

/// The state that a model of the goal's denial shows.
std::string told(const Engine& engine, const Query& query, const z3::model& model,
                 const Goal& goal) {
  return query.what == Query::What::initially ? engine.describe_start(model, goal.constants)
                                              : engine.describe(model, goal.constants);
}

}  // namespace

namespace {

/// One proof, or attempt at one.
class Run {
 public:
  Run(Prover::Rooms& rooms, Shown* shown, const Options& options)
      : rooms_(rooms),
        engine_(rooms.any),
        shown_(shown),
        names_(engine_.no_invariant().names),
        terms_(names_),
        options_(options) {
    if (shown_ != nullptr) reading_.emplace(*shown_);
    proof_.ways = engine_.ways().size();
    proof_.conjuncts = engine_.question().conjuncts.size() - (options.without ? 1 : 0);
  }

  Proof run() {
    const Stopwatch watch;
    {
      const std::stop_callback cancel(options_.stop, [this] { engine_.interrupt(); });
      try {
        ask();
      } catch (const z3::exception&) {
        if (!stopped()) throw;
      }
    }
    const auto unknown = [](const Failure& f) { return f.unknown; };
    proof_.stopped = stopped();
    proof_.verdict = !std::ranges::all_of(proof_.failures, unknown) ? Proof::Verdict::not_inductive
                     : proof_.stopped || options_.only || !proof_.failures.empty()
                         ? Proof::Verdict::unknown
                         : Proof::Verdict::proved;
    proof_.seconds = watch.seconds();
    return std::move(proof_);
  }

 private:
  void ask() {
    const Question& question = engine_.question();
    z3::solver start = engine_.solver();
    limit(start, options_.patience_milliseconds);
    know(start, engine_.no_invariant());
    for (const Named& c : question.conjuncts) {
      if (c.name != options_.without)
        show_all(start, {Query::What::initially, 0, &c}, "Init", c.name);
    }
    z3::solver known = engine_.solver();
    limit(known, options_.patience_milliseconds);  // once: to set it takes as long as many a query
    engine_.assume_facts_of_counts(known);
    know(known, engine_.invariant(options_.without));
    for (const Named& p : question.properties) {
      if (p.name == options_.without) continue;  // what else fails without it says more
      if (show_all(known, {Query::What::follows, 0, &p}, "", p.name))
        proof_.proved.push_back(p.name);
    }
    std::vector<bool> held(question.actions.size(), true);
    for (std::size_t way = 0; way < engine_.ways().size() && !over(); ++way) {
      if (options_.on_progress) options_.on_progress(way, proof_.ways, engine_.ways()[way].name);
      step(known, way, held);
    }
    for (const Named& p : question.properties) {
      if (p.name != options_.without || over()) continue;
      if (show_all(known, {Query::What::follows, 0, &p}, "", p.name))
        proof_.proved.push_back(p.name);
    }
    for (std::size_t i = 0; i < held.size() && !over(); ++i) {
      if (held[i]) proof_.proved.push_back(question.actions[i].name);
    }
    if (proof_.failures.empty() && !options_.only && !over()) {
      be_possible(false, "the assumptions");
      be_possible(true, "the invariant");
    }
  }

  bool asked(const std::string& edge, const std::string& name) const {
    return !options_.only || (options_.only->edge == edge && options_.only->conjunct == name);
  }
  bool stopped() const { return options_.stop.stop_requested(); }
  bool over() const {
    const auto found = [](const Failure& f) { return !f.unknown; };
    return stopped() || (options_.first_only && std::ranges::any_of(proof_.failures, found));
  }

  void step(z3::solver& known, std::size_t way, std::vector<bool>& held) {
    const Question& question = engine_.question();
    const std::string& edge = engine_.ways()[way].name;
    if (options_.only && options_.only->edge != edge) return;
    std::size_t part = 0;
    for (const auto& [what, goal] : engine_.no_fault(way)) {
      const std::string name = "NoFault (" + what + ")";
      if (asked(edge, name))
        show(known, {Query::What::no_fault, way, nullptr, part}, goal, edge, name);
      ++part;
    }
    known.push();
    engine_.assume_step(known, way);
    now_stepped(engine_.step(way).conditions);
    for (const Named& c : question.conjuncts) {
      if (c.name != options_.without) show_all(known, {Query::What::kept, way, &c}, edge, c.name);
    }
    for (std::size_t i = 0; i < held.size(); ++i) {
      const Named& a = question.actions[i];
      if (!show_all(known, {Query::What::done, way, &a}, edge, a.name)) held[i] = false;
    }
    known.pop();
    now_stepped(z3::expr_vector(known.ctx()));
  }

  /// From what contradicts itself everything follows. Where no state is found in which it holds,
  /// what was shown is not believed.
  void be_possible(bool invariant, const char* what) {
    z3::check_result found = z3::unknown;
    for (unsigned objects = 1; objects <= Prover::Rooms::most && found != z3::sat; ++objects) {
      auto& [engine, known] = rooms_.small(objects, options_.without);
      z3::solver solver = invariant ? known : engine.solver();
      // Of a state in which there is nothing, nothing was asked.
      z3::expr_vector there(solver.ctx());
      for (const auto& [set, object] : engine.question().sets) {
        const z3::expr one = engine.signature().fresh(engine.set_sort(set), set);
        there.push_back(engine.signature().is_object(one) && engine.signature().is_there(one));
      }
      solver.push();
      for (const z3::expr& e : there) solver.add(e);
      limit(solver, options_.query_milliseconds);
      found = check(solver, options_.query_milliseconds);
      solver.pop();
    }
    if (found == z3::sat) return;
    const std::string why =
        found == z3::unsat ? "no small state meets " : "no state was found that meets ";
    proof_.failures.push_back({"", what, true, why + what});
    proof_.proved.clear();
  }

  /// Every part, up to the first that is not shown.
  bool show_all(z3::solver& known, Query query, const std::string& edge, const std::string& name) {
    if (over() || !asked(edge, name)) return false;
    const std::vector<Goal> goals = goals_of(engine_, query);
    if (goals.size() > 1 && all_at_once(known, goals)) return true;
    for (const Goal& goal : goals) {
      if (!show(known, query, goal, edge, name)) return false;
      ++query.part;
    }
    return true;
  }

  /// Usually all parts hold, and one query says so.
  bool all_at_once(z3::solver& known, const std::vector<Goal>& goals) {
    const Stopwatch watch;
    z3::expr_vector denials(known.ctx());
    for (const Goal& goal : goals) denials.push_back(z3::mk_and(goal.denial));
    ++proof_.queries;
    const z3::expr denial = z3::mk_or(denials);
    if (has_shown(denial)) return true;
    known.push();
    known.add(denial);
    const bool shown = check(known, options_.patience_milliseconds, names_) == z3::unsat;
    if (shown) have_shown(denial, needed(known));
    known.pop();
    proof_.slowest = std::max(proof_.slowest, watch.seconds());
    return shown;
  }

  /// What the solver asserts where all names are assumed, without the names.
  z3::expr_vector all_said(const z3::solver& known) const {
    z3::expr_vector out = known.assertions();
    for (unsigned i = 0; i < terms_.size(); ++i) {
      z3::expr term = terms_[i];
      out.set(first_named_ + i, term);
    }
    return out;
  }

  // ---- What other proofs have shown ----

  /// What is known from here on: what the solver asserts already, and the invariant, each conjunct
  /// to a check that assumes its name.
  void know(z3::solver& known, const Engine::NamedTerms& invariant) {
    if (shown_ != nullptr) facts_ = reading_->texts(known.assertions());
    names_ = invariant.names;
    terms_ = invariant.terms;
    first_named_ = known.assertions().size();
    texts_of_names_.clear();
    for (unsigned i = 0; i < names_.size(); ++i) {
      known.add(z3::implies(names_[i], invariant.terms[i]));
      if (shown_ == nullptr) continue;
      texts_of_names_[names_[i].to_string()] = reading_->text(invariant.terms[i]);
    }
    if (shown_ != nullptr) known_ = all_facts_and(names_);
    now_stepped(z3::expr_vector(known.ctx()));
  }
  Shown::Texts all_facts_and(const z3::expr_vector& names) const {
    Shown::Texts out = facts_;
    for (const z3::expr& name : names) out.push_back(texts_of_names_.at(name.to_string()));
    std::ranges::sort(out);
    return out;
  }
  /// Of what is known, from where the last check has shown something.
  Shown::Texts needed(const z3::solver& known) const {
    return shown_ == nullptr ? Shown::Texts{} : all_facts_and(known.unsat_core());
  }
  void now_stepped(const z3::expr_vector& conditions) {
    if (shown_ != nullptr) query_.step = reading_->text(conditions);
  }
  bool has_shown(const z3::expr& denied) {
    if (shown_ == nullptr) return false;
    query_.denied = reading_->text(denied);
    const bool has = shown_->has(query_, known_);
    if (has) ++proof_.shown_before;
    return has;
  }
  void have_shown(const z3::expr& denied, Shown::Texts from) {
    if (shown_ == nullptr) return;
    query_.denied = reading_->text(denied);
    shown_->add(query_, std::move(from));
  }

  bool show(z3::solver& known, const Query& query, const Goal& goal, const std::string& edge,
            const std::string& name) {
    if (over()) return false;
    const Stopwatch watch;
    ++proof_.queries;
    const z3::expr denial = z3::mk_and(goal.denial);
    if (has_shown(denial)) return true;
    Failure failure{edge, name, false, {}};
    known.push();
    for (const z3::expr& e : goal.denial) known.add(e);
    z3::check_result result = check(known, options_.patience_milliseconds, names_);
    Shown::Texts from = result == z3::unsat ? needed(known) : known_;
    if (result != z3::unsat) result = asked_further(known, query, goal, failure);
    known.pop();
    proof_.slowest = std::max(proof_.slowest, watch.seconds());
    if (result == z3::unsat) have_shown(denial, std::move(from));
    if (result == z3::unsat) return true;
    if (result == z3::unknown && stopped()) return false;
    failure.unknown = result == z3::unknown;
    proof_.failures.push_back(std::move(failure));
    return false;
  }

  /// What is not shown at once. A small state is easier to read than another, and easier to find
  /// where the solver gives up.
  z3::check_result asked_further(z3::solver& known, const Query& query, const Goal& goal,
                                 Failure& failure) {
    const z3::expr_vector members = engine_.who_is_counted(goal);
    if (shown_by_members(known, members)) return z3::unsat;
    failure.state = small_state(query);
    if (!failure.state.empty()) return z3::sat;
    return at_length(known, members, query, goal, failure);
  }

  /// Few queries need to know that of what is counted there is one, and others take longer by it.
  bool shown_by_members(z3::solver& known, const z3::expr_vector& members) {
    if (members.empty()) return false;
    known.push();
    for (const z3::expr& fact : members) known.add(fact);
    const z3::check_result result = check(known, options_.patience_milliseconds, names_);
    known.pop();
    return result == z3::unsat;
  }

  /// Asked anew, without members and with them: briefly first, for what one of the two decides at
  /// once the other may not decide at all.
  z3::check_result at_length(z3::solver& known, const z3::expr_vector& members, const Query& query,
                             const Goal& goal, Failure& failure) {
    for (const unsigned share : {8u, 1u}) {
      for (const bool told_of_members : {false, true}) {
        if (stopped()) return z3::unknown;
        if (told_of_members && members.empty()) continue;
        known.push();
        if (told_of_members) {
          for (const z3::expr& fact : members) known.add(fact);
        }
        z3::solver fresh(known.ctx());
        const z3::check_result result =
            check_afresh(all_said(known), options_.query_milliseconds / share, fresh);
        known.pop();
        if (result == z3::unsat) return result;
        failure.state = result == z3::sat ? told(engine_, query, fresh.get_model(), goal)
                                          : fresh.reason_unknown();
        // A state in which nobody is counted, and the count says somebody is, is none.
        if (result == z3::sat && (told_of_members || members.empty())) return result;
      }
    }
    return z3::unknown;
  }

  /// The smallest state of few objects that speaks against it, in words; "" if none was found.
  std::string small_state(const Query& query) {
    for (unsigned objects = 1; objects <= Prover::Rooms::most && !stopped(); ++objects) {
      auto& [engine, known] = rooms_.small(objects, options_.without);
      z3::solver solver = query.what == Query::What::initially ? engine.solver() : known;
      const Goal goal = goals_of(engine, query).at(query.part);
      solver.push();
      const bool in_step = query.what == Query::What::kept || query.what == Query::What::done;
      if (in_step) engine.assume_step(solver, query.way);
      for (const z3::expr& fact : engine.who_is_counted(goal)) solver.add(fact);
      for (const z3::expr& e : goal.denial) solver.add(e);
      limit(solver, options_.small_milliseconds);
      std::string state;
      if (check(solver, options_.small_milliseconds) == z3::sat)
        state = told(engine, query, solver.get_model(), goal);
      solver.pop();
      if (!state.empty()) return state;
    }
    return "";
  }

  Prover::Rooms& rooms_;
  Engine& engine_;
  Shown* shown_;
  z3::expr_vector names_, terms_;  ///< of the invariant's conjuncts, where it is known
  unsigned first_named_ = 0;       ///< of the solver's assertions: they follow in their order
  std::optional<Reading> reading_;
  Shown::Texts facts_;  ///< what is known besides the invariant
  std::map<std::string, Shown::Text> texts_of_names_;
  Shown::Texts known_;  ///< all that is
  Shown::Query query_;  ///< the one that is being asked, but for what it denies
  const Options& options_;
  Proof proof_;
};

}  // namespace

std::string_view name_of(Proof::Verdict verdict) {
  switch (verdict) {
    case Proof::Verdict::proved: return "PROVED";
    case Proof::Verdict::not_inductive: return "NOT INDUCTIVE";
    case Proof::Verdict::unknown: break;
  }
  return "UNKNOWN";
}

std::string solver_name() {
  unsigned major = 0, minor = 0, build = 0, revision = 0;
  Z3_get_version(&major, &minor, &build, &revision);
  return "Z3 " + std::to_string(major) + "." + std::to_string(minor) + "." + std::to_string(build);
}

Prover::Prover(const Question& question, Shown* shown)
    : rooms_(std::make_unique<Rooms>(question)), shown_(shown) {}
Prover::~Prover() = default;

Proof Prover::prove(const Options& options) {
  return Run(*rooms_, shown_, options).run();
}

}  // namespace lockstep::unbounded
