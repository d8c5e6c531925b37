// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "claims/check.hpp"
#include "explore/atomic.hpp"
#include "explore/compare.hpp"
#include "explore/search.hpp"
#include "machines/protocol.hpp"
#include "orders/witness/judge.hpp"
#include "tlc/driver.hpp"
#include "traces/trace.hpp"

namespace lockstep {

/// A protocol's model together with what the manifest says of its specification.
struct Subject {
  const ManifestProtocol* protocol = nullptr;
  std::string variant;
  Size size;
  std::unique_ptr<Model> model;

  /// Is it a variant that is said to break something?
  bool broken() const { return variant != "holds" && !protocol->variant(variant).holds; }
  static Subject of(const Manifest& manifest, const std::string& protocol, const Size& size,
                    const std::string& variant);
  /// How many states are recorded of the protocol at this size, if any are.
  std::optional<std::uint64_t> recorded_states() const;
  TraceSubject trace_subject() const { return {protocol->name, variant, size.text()}; }
};

/// The properties of these kinds: invariant, action, refinement, liveness.
std::vector<std::string> properties_of(const ManifestProtocol& protocol,
                                       const std::vector<std::string>& kinds);
/// The kinds of properties that a claim is about: of `safe`, invariants and properties of steps.
std::vector<std::string> kinds_of(const std::string& claim);
/// What a judge is asked about a subject when nobody says: what these claims are about (safe,
/// refines, live); of a broken variant only the property that the manifest says it breaks, because
/// what else it breaks first would hide it.
std::vector<std::string> usual_properties(const Subject& subject,
                                          const std::vector<std::string>& claims);

/// TLC's question about a subject.
tlc::ModelRun question_of(const Subject& subject, const std::vector<std::string>& properties);
tlc::Options options_of(const Workshop& workshop);
/// The same for a subject: where few states are recorded, or a violation comes early, without what
/// pays for itself in long runs alone.
tlc::Options options_of(const Subject& subject, const tlc::ModelRun& run, const Workshop& workshop);

/// TLC on a subject, by the specification's own Next; where something is violated, by its
/// instances, whose steps have arguments. `layout` gains the names that TLC prints.
tlc::CheckResult check_with_tlc(const Subject& subject, const std::vector<std::string>& properties,
                                Layout& layout, const Workshop& workshop);
/// What came of a check, with TLC's counts and steps.
Outcome outcome_of(const tlc::CheckResult& result);
/// "TLC 2.18".
std::string tool_of(const tlc::CheckResult& result);
/// "holds", or "violates RefcntOK".
std::string words(const tlc::CheckResult& result);
/// The steps that TLC has taken: what it calls generated is these and the state at the start.
std::uint64_t steps_taken(const tlc::CheckResult& result);
/// The steps of the whole graph, if TLC has seen it.
std::optional<std::uint64_t> transitions_of(const tlc::CheckResult& result);

/// Properties of a subject from the text of its specification.
struct AskedProperties {
  /// Of the manifest's properties that are named, all but those that are live, which other judges
  /// are asked. `further`: invariants as text, or names of
  /// definitions. Throws InputError, with the place in the module or in the text, for what is not
  /// understood, and where the manifest says another kind than the text.
  AskedProperties(const Subject& subject, const World& world, const std::vector<std::string>& names,
                  const std::vector<std::string>& further = {});

  tla::Module module;
  SpecProperties properties;
};

/// A system of the subject's, with those of the properties that the explorer judges.
SearchResult explore(System& system, const Subject& subject,
                     const std::vector<std::string>& properties, const Workshop& workshop,
                     const std::vector<std::string>& further = {});
SearchResult explore(System& system, SpecProperties& properties, const Workshop& workshop);
/// What a protocol does by our own engines: its stepped reference; where it has none, its
/// specification.
std::unique_ptr<System> system_of(const Subject& subject);
SearchResult explore_system(const Subject& subject, const std::vector<std::string>& properties,
                            const Workshop& workshop);
std::string words(const SearchResult& result);

/// Is each step of the reference's code as good as one? Of a protocol with code.
AtomicResult judge_atomic(const Subject& subject, const Workshop& workshop);

/// The first of the properties that the end of a behaviour violates; or one of no name.
Broken violated_at_end(const Subject& subject, const Trace& trace,
                       const std::vector<std::string>& properties);

/// Who says what the specification does.
enum class SpecJudge {
  engine,  ///< its text, evaluated here
  tlc,
};

/// Both graphs, and the times that were needed. By the engine: the specification's own Next, walked
/// beside the reference. By TLC: the specification's graph is that of the
/// instances which the reference's sites give its actions; that these are all that it does, and
/// nothing else, TLC checks in both directions first.
struct GraphsCompared {
  ComparisonResult result;
  std::string only_one;  ///< a step that the specification's Next has and no site, or the reverse
  double tlc_seconds = 0, read_seconds = 0;
  double spec_seconds = 0;  ///< of the engine: its steps and their identities
  Layout layout;
};
GraphsCompared compare_graphs(const Subject& subject, SpecJudge judge, const Workshop& workshop);

/// The specification of a subject, as its text says what it does.
std::unique_ptr<System> spec_system(const Subject& subject);

/// Random walks of a model's code beside its automata: the first difference, in words.
std::optional<std::string> differs_from_automaton(const Model& model);
/// Whoever says something by an automaton says it of the code only where they do not differ. Throws
/// ProtocolError where they do; a model without code has none.
void hold_against_code(const Model& model);

/// The automata of a protocol as the judge of orders wants them, and its questions.
struct OrderSubject {
  std::filesystem::path folder;  ///< of the specification
  std::unique_ptr<Model> model;
  orders::Automata automata;
  Symbols symbols;
  std::vector<orders::Question> questions;

  static OrderSubject of(const Manifest& manifest, const std::string& protocol);
  /// Throws InputError for a name that is none of them.
  const orders::Question& question(const std::string& name) const;
};

}  // namespace lockstep
