// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <stop_token>
#include <string>
#include <vector>

#include "machines/world.hpp"
#include "model/automaton.hpp"
#include "tla/expression.hpp"
#include "unbounded/ways.hpp"

namespace lockstep::unbounded {

/// A part of the invariant, or a property, by the name that it has in the specification.
struct Named {
  std::string name;
  tla::Expr says;
};

/// Is the conjunction of `conjuncts` inductive? Of any number of objects and tasks, under
/// sequential consistency: it holds at the start, and every step of every task keeps it.
struct Question {
  const World* world = nullptr;
  std::vector<Automaton> automata;  ///< with open parameters
  std::vector<Named> conjuncts;
  std::vector<Named> properties;   ///< which follow from the conjuncts in every state
  std::vector<Named> actions;      ///< which follow from them for every step
  std::vector<Named> assumptions;  ///< about the parameters
  /// One object of each constant set, which is all objects of its kind: Readers, r1.
  std::map<std::string, std::string> sets;
  /// What counted sets are called: "Holders", with a formula that speaks of the number.
  std::vector<Named> counts = {};
  /// States that have to be reachable: see Prover::allows().
  std::vector<Named> possible = {};
  /// Where else a task may stand as far as is known, by role: nothing stands there, but what is
  /// known is the same text for forms of a protocol that have their places from one another.
  Places places = {};
  /// Of these sets there is exactly one object, whatever else there is any number of: a premise of
  /// all that is shown.
  std::vector<std::string> exactly_one = {};
};

struct Options {
  /// For one query, about: see asking.hpp. What takes longer is unknown.
  unsigned query_milliseconds = 20'000;
  /// After so long a query is asked of small states too, where what is not inductive shows sooner;
  unsigned patience_milliseconds = 300;
  unsigned small_milliseconds = 2'000;  ///< and so long of each.
  std::function<void(std::uint64_t done, std::uint64_t total, const std::string& what)> on_progress;
  /// A conjunct that is neither assumed nor shown.
  std::optional<std::string> without;
  /// Ends the work: what has been found until then is the answer.
  std::stop_token stop;
  /// Stop at the first failure that is none of the solver's.
  bool first_only = false;
  /// Ask nothing but whether this step keeps this conjunct; then nothing is proved.
  struct Place {
    std::string edge, conjunct;
  };
  std::optional<Place> only = {};
};

/// What could not be shown.
struct Failure {
  std::string edge;  ///< "StartRead_IncRef -> StartRead_CheckMm"; "Init"; "" where no step is taken
  std::string conjunct;  ///< or property; "NoFault: use after free"
  bool unknown = false;  ///< the solver gave up; `state` says why
  std::string state;     ///< the state before that the solver found, in words
};

struct Proof {
  enum class Verdict { proved, not_inductive, unknown };
  Verdict verdict = Verdict::unknown;
  std::size_t conjuncts = 0, ways = 0, queries = 0;
  std::size_t shown_before = 0;     ///< of the queries: by another proof
  double seconds = 0, slowest = 0;  ///< of one query
  std::vector<Failure> failures;    ///< all of them, in the order of the edges
  bool stopped = false;             ///< before all had been asked
  std::vector<std::string> proved;  ///< the properties and actions that follow
};
std::string_view name_of(Proof::Verdict verdict);

/// A step of several accesses that another task's step can come between, in states of the
/// invariant.
struct NotOne {
  std::string site;                ///< of the step
  std::vector<std::string> cells;  ///< fields of its accesses, those that the others meet
  std::set<std::string> others;    ///< sites of steps that do, one at least for each cell
  bool late = false;               ///< a peek, behind the site
  bool unknown = false;            ///< whether they do
  friend bool operator==(const NotOne&, const NotOne&) = default;
};
/// `Put_Dec: vm_mm, vm_refcnt, by Dup_CopyMm`
std::string text(const NotOne& one);

/// Is there a state of the invariant, with counted sets as large as they are, in which something
/// else holds too? That it is reached no proof says.
struct Allowed {
  enum class Is { yes, no, unknown };
  Is is = Is::unknown;
  std::string why;  ///< it is unknown; or ""
};

/// "Z3 4.8.12": who is asked.
std::string solver_name();

class Shown;

/// Asks one query for each way of a task and each conjunct it may break (`inductive` in
/// docs/claims.md). The solver's `unknown` makes the verdict UNKNOWN, never PROVED.
class Prover {
 public:
  /// Throws InputError where the solver cannot be asked what an expression says. `shown`, if it is
  /// not null: what other proofs have shown, which is not asked again.
  explicit Prover(const Question& question, Shown* shown = nullptr);
  ~Prover();

  Proof prove(const Options& options);
  /// A state of the question that has to be reachable. What excludes it shows too much, or the
  /// state is none of any number. UNKNOWN, too, where the solver cannot be asked what it says.
  Allowed allows(const Named& state, const Options& options);
  /// The ways whose guard no state of the invariant meets: what is shown of them is empty. And
  /// those of which it is not known.
  struct Guards {
    std::size_t ways = 0, satisfiable = 0;
    std::vector<std::string> never, unknown;
    bool stopped = false;
  };
  Guards guards(const Options& options);

  /// Is each step of several accesses as good as one? As check_atomic() asks of each state that is
  /// reached, here of any of the invariant, and by more: of the cells of a site no two may be met,
  /// each in some state, of whatever objects; what is peeked at behind a site is known by the
  /// locals that hold it.
  struct Atomic {
    std::size_t steps = 0, pairs = 0, queries = 0;  ///< of several accesses; that share a cell
    std::vector<NotOne> found;
    bool stopped = false;
    double seconds = 0;
  };
  Atomic atomic(const Options& options);

  struct Rooms;  ///< what it keeps between questions

 private:
  std::unique_ptr<Rooms> rooms_;
  Shown* shown_;
};

}  // namespace lockstep::unbounded
