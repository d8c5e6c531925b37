// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/judges.hpp"

#include <algorithm>

#include "claims/assumed.hpp"
#include "claims/described.hpp"
#include "claims/spec_run.hpp"
#include "explore/compare_systems.hpp"
#include "machines/automaton_system.hpp"
#include "machines/protocol_error.hpp"
#include "machines/shake.hpp"
#include "model/stopwatch.hpp"
#include "orders/program/question_file.hpp"
#include "tla/model_constants.hpp"
#include "tla/spec_system.hpp"
#include "tlc/dot.hpp"

namespace lockstep {

Subject Subject::of(const Manifest& manifest, const std::string& protocol, const Size& size,
                    const std::string& variant) {
  const ManifestProtocol& entry = manifest.protocol(protocol);
  const Protocol& code = Protocol::find(protocol);
  Subject subject{&entry, variant, code.sizes().in_order(size), nullptr};
  if (variant != "holds") subject.protocol->variant(variant);
  subject.model = code.model(subject.size, variant);
  return subject;
}

std::vector<std::string> properties_of(const ManifestProtocol& protocol,
                                       const std::vector<std::string>& kinds) {
  std::vector<std::string> out;
  for (const ManifestProperty& property : protocol.properties) {
    if (std::ranges::find(kinds, property.kind) != kinds.end()) out.push_back(property.name);
  }
  return out;
}

std::vector<std::string> kinds_of(const std::string& claim) {
  if (claim == "safe") return {"invariant", "action"};
  if (claim == "refines") return {"refinement"};
  if (claim == "live") return {"liveness"};
  return {};
}

std::vector<std::string> usual_properties(const Subject& subject,
                                          const std::vector<std::string>& claims) {
  const ManifestProtocol& protocol = *subject.protocol;
  if (subject.variant != "holds") {
    for (const auto& [judge, expected] : protocol.variant(subject.variant).expected) {
      for (const ManifestProperty& property : protocol.properties) {
        if (expected.verdict == "violates " + property.name) return {property.name};
      }
    }
  }
  std::vector<std::string> kinds;
  for (const std::string& claim : claims) {
    for (std::string& kind : kinds_of(claim)) kinds.push_back(std::move(kind));
  }
  return properties_of(protocol, kinds);
}

namespace {

std::unique_ptr<tla::SpecSystem> specification(const Subject& subject) {
  const ManifestProtocol& protocol = *subject.protocol;
  const tla::Module module = tla::Module::read(protocol.module, protocol.directories);
  hold_assumptions(module, *subject.model);
  tla::SpecSource source{module, subject.model->constants(), {}};
  for (const Automaton& automaton : subject.model->automata()) {
    for (const Node& node : automaton.nodes) {
      if (node.type == Node::Type::site) source.actions.insert(node.name);
    }
  }
  return std::make_unique<tla::SpecSystem>(subject.model->world(), source);
}

/// Of a specification that stands alone: no site says what its actions are.
std::vector<tlc::ActionInstance> actions_of(const Subject& subject) {
  const auto system = specification(subject);
  const Symbols& symbols = system->world().layout().symbols;
  std::vector<tlc::ActionInstance> out;
  for (const Step& step : system->steps()) {
    std::vector<std::string> args;
    for (std::uint32_t i = 0; i < step.arg_count; ++i) args.push_back(symbols.text(step.args[i]));
    out.push_back(tlc::instance(symbols.name(step.site), "", std::move(args)));
  }
  return out;
}

}  // namespace

std::optional<std::uint64_t> Subject::recorded_states() const {
  const auto here = [this](const ManifestSize& at) {
    return Size::parse(at.size).text() == size.text();
  };
  const auto found = std::ranges::find_if(protocol->sizes, here);
  return found == protocol->sizes.end() ? std::nullopt : found->states;
}

tlc::ModelRun question_of(const Subject& subject, const std::vector<std::string>& properties) {
  const ManifestProtocol& protocol = *subject.protocol;
  const SpecText text{protocol.module, protocol.directories, protocol.view};
  tlc::ModelRun run = spec_run(*subject.model, text);
  if (!subject.model->has_code()) run.actions = actions_of(subject);
  for (const ManifestProperty& property : protocol.properties) {
    if (std::ranges::find(properties, property.name) == properties.end()) continue;
    (property.kind == "invariant" ? run.invariants : run.properties).push_back(property.name);
    if (property.kind == "liveness") run.fairness = protocol.fairness;
  }
  return run;
}

tlc::Options options_of(const Workshop& workshop) {
  tlc::Options options;
  options.scratch_root = workshop.scratch;
  options.heap_bytes = workshop.heap_bytes;
  options.workers = workshop.workers;
  if (workshop.on_progress) {
    options.on_progress = [tell = workshop.on_progress](const tlc::Progress& p) { tell(p.states); };
  }
  return options;
}

tlc::Options options_of(const Subject& subject, const tlc::ModelRun& run,
                        const Workshop& workshop) {
  tlc::Options options = options_of(workshop);
  // A violation comes early.
  options.brief = subject.broken();
  const std::uint64_t few = run.fairness.empty() ? 50'000 : 5'000;
  if (const auto recorded = subject.recorded_states(); recorded && *recorded <= few) {
    options.brief = true;
  }
  return options;
}

tlc::CheckResult check_with_tlc(const Subject& subject, const std::vector<std::string>& properties,
                                Layout& layout, const Workshop& workshop) {
  tlc::ModelRun run = question_of(subject, properties);
  if (run.invariants.empty() && run.properties.empty()) {
    throw Undecided("no property is asked about; TLC would find nothing wrong in anything");
  }
  if (subject.broken()) {
    return tlc::check(run, layout, options_of(subject, run, workshop));
  }
  run.own_next = true;
  tlc::CheckResult result = tlc::check(run, layout, options_of(subject, run, workshop));
  if (result.holds()) return result;
  run.own_next = false;
  tlc::CheckResult told = tlc::check(run, layout, options_of(subject, run, workshop));
  return told.holds() ? result : told;
}

std::optional<std::uint64_t> transitions_of(const tlc::CheckResult& result) {
  if (!result.holds() || result.counts.transitions == 0) return std::nullopt;
  return steps_taken(result);
}

std::uint64_t steps_taken(const tlc::CheckResult& result) {
  return result.counts.transitions - std::min<std::uint64_t>(result.counts.transitions, 1);
}

std::string tool_of(const tlc::CheckResult& result) {
  return "TLC " + (result.version.empty() ? "of unknown version" : result.version);
}

Outcome outcome_of(const tlc::CheckResult& result) {
  Outcome out{words(result),          true, result.counts.states,
              transitions_of(result), {},   result.seconds};
  if (!result.holds()) out.steps = result.steps.size();
  out.tool = tool_of(result);
  return out;
}

std::string words(const tlc::CheckResult& result) {
  if (result.holds()) return "holds";
  if (result.finding == tlc::Finding::deadlock) return "deadlocks";
  return "violates " + result.violated;
}

std::unique_ptr<System> system_of(const Subject& subject) {
  return subject.model->has_code() ? subject.model->stepped() : spec_system(subject);
}

AtomicResult judge_atomic(const Subject& subject, const Workshop& workshop) {
  const auto system = subject.model->stepped();
  return check_atomic(*system, [&](std::uint64_t states) {
    if (workshop.on_progress) workshop.on_progress(states);
  });
}

SearchResult explore_system(const Subject& subject, const std::vector<std::string>& properties,
                            const Workshop& workshop) {
  const auto system = system_of(subject);
  return explore(*system, subject, properties, workshop);
}

AskedProperties::AskedProperties(const Subject& subject, const World& world,
                                 const std::vector<std::string>& names,
                                 const std::vector<std::string>& further)
    : module(tla::Module::read(subject.protocol->module, subject.protocol->directories)),
      properties(world, module, subject.model->constants()) {
  hold_assumptions(module, *subject.model);
  for (const ManifestProperty& property : subject.protocol->properties) {
    const bool step = property.kind == "action", refined = property.kind == "refinement";
    if (std::ranges::find(names, property.name) == names.end()) continue;
    if (!step && !refined && property.kind != "invariant") continue;
    if (module.is_every_step(property.name) != step) {
      const tla::Place at = module.place(property.name);
      throw InputError(at.file, at.line, at.column,
                       "'" + property.name + "' is " + (step ? "not " : "") +
                           "of the form [][A]_vars, but the manifest calls it '" + property.kind +
                           "'");
    }
    properties.add(property.name);
  }
  if (further.empty()) return;
  const KnownStrings strings(*subject.protocol);
  for (std::size_t i = 0; i < further.size(); ++i) {
    const std::string where = "property " + std::to_string(i + 1);
    properties.add_text(further[i], where);
    strings.hold_text(further[i], where);
  }
}

SearchResult explore(System& system, const Subject& subject, const std::vector<std::string>& names,
                     const Workshop& workshop, const std::vector<std::string>& further) {
  AskedProperties asked(subject, system.world(), names, further);
  if (asked.properties.empty() && subject.variant == "holds") {
    throw Undecided("no property is asked about; the explorer would find only faults");
  }
  return explore(system, asked.properties, workshop);
}

SearchResult explore(System& system, SpecProperties& properties, const Workshop& workshop) {
  SearchOptions options;
  options.properties = &properties;
  options.jobs = workshop.jobs;
  if (workshop.on_progress) {
    options.on_progress = [&workshop](const SearchProgress& p) {
      if (workshop.on_search) workshop.on_search(p);
      workshop.on_progress(p.states);
    };
  }
  return search(system, options);
}

Broken violated_at_end(const Subject& subject, const Trace& trace,
                       const std::vector<std::string>& names) {
  AskedProperties asked(subject, subject.model->world(), names);
  const std::vector<State>& states = trace.states;
  auto broken = asked.properties.at(states.back().data());
  if (!broken && states.size() > 1) {
    broken = asked.properties.by(states[states.size() - 2].data(), states.back().data());
  }
  if (broken && !broken->cannot.empty()) {
    throw InputError(broken->place.file, broken->place.line, broken->place.column,
                     broken->property + " has no value at the end: " + broken->cannot);
  }
  return broken.value_or(Broken{});
}

std::string words(const SearchResult& result) {
  if (!result.violation) return "holds";
  if (result.violation->property == "Deadlock") return "deadlocks";
  if (result.violation->property == "Fault") return "faults " + result.violation->detail;
  const Broken& broken = result.violation->broken;
  return (broken.cannot.empty() ? "violates " : "gives no value to ") + result.violation->property;
}

std::unique_ptr<System> spec_system(const Subject& subject) {
  return specification(subject);
}

namespace {

GraphsCompared compare_by_engine(const Subject& subject, const Workshop& workshop) {
  GraphsCompared out;
  const Stopwatch watch;
  if (!subject.model->has_code()) {
    throw InputError("protocol '" + subject.protocol->name + "'", 0, 0,
                     "has no reference to compare its specification with; --judge tlc compares our "
                     "reading of it with TLC's");
  }
  const auto spec = spec_system(subject);
  out.read_seconds = watch.seconds();
  const auto reference = subject.model->stepped();
  std::optional<AskedProperties> until;
  if (subject.broken()) {
    until.emplace(subject, spec->world(), properties_of(*subject.protocol, {"invariant"}));
  }
  SystemsCompared compared = compare(*spec, *reference, workshop.on_progress, workshop.jobs,
                                     until ? &until->properties : nullptr);
  out.result = std::move(compared.result);
  out.spec_seconds = compared.spec_seconds;
  out.layout = spec->world().layout();
  return out;
}

GraphsCompared compare_by_tlc(const Subject& subject, const Workshop& workshop) {
  GraphsCompared out;
  out.layout = subject.model->world().layout();
  tlc::ModelRun run = question_of(subject, {});
  run.same_steps = true;
  run.own_next = true;
  const auto last = [&](const tlc::CheckResult& result) {
    return result.steps.empty() ? "a step" : out.layout.symbols.name(result.steps.back().site);
  };
  const auto own = tlc::check(run, out.layout, options_of(subject, run, workshop));
  if (!own.holds()) {
    out.only_one = last(own) + " is a step of the specification's Next, but of no site";
    return out;
  }
  run.own_next = false;
  const tlc::Dump dump = tlc::dump(run, out.layout, options_of(subject, run, workshop));
  if (!dump.result.holds()) {
    out.only_one = last(dump.result) + " is a site, but no step of the specification's Next";
    return out;
  }
  out.tlc_seconds = dump.result.seconds;
  const Stopwatch watch;
  const LabelledGraph graph = tlc::read_dot(dump.path(), out.layout, dump.table);
  out.read_seconds = watch.seconds();
  const auto system = system_of(subject);
  out.result = compare(graph, out.layout, *system, workshop.on_progress);
  return out;
}

}  // namespace

GraphsCompared compare_graphs(const Subject& subject, SpecJudge judge, const Workshop& workshop) {
  return judge == SpecJudge::engine ? compare_by_engine(subject, workshop)
                                    : compare_by_tlc(subject, workshop);
}

namespace {

/// What the specification's numbers are in a model: Flag, Running, NoSeq.
orders::Constant constants_of(const ManifestProtocol& protocol, const Model& model) {
  const auto module =
      std::make_shared<const tla::Module>(tla::Module::read(protocol.module, protocol.directories));
  return [module, constants = tla::ModelConstants::of(model.constants()).constants](
             const std::string& name) {
    std::optional<Atom> out;
    if (!module->defines(name)) return out;
    const tla::Expr value = module->expand_text(name, name, constants);
    if (value->form == tla::Form::integer) out = static_cast<Atom>(value->number);
    return out;
  };
}

}  // namespace

std::optional<std::string> differs_from_automaton(const Model& model) {
  const auto code = model.stepped();
  AutomatonSystem automaton(model.world(), model.automata());
  return shake(*code, automaton, {});
}

void hold_against_code(const Model& model) {
  if (!model.has_code()) return;
  if (const auto hidden = differs_from_automaton(model)) {
    throw ProtocolError("the code is not what its automaton says, " + *hidden +
                        "; a task keeps to itself what its locals do not show, or one site stands "
                        "at two points of it");
  }
}

const orders::Question& OrderSubject::question(const std::string& name) const {
  const auto found = std::ranges::find(questions, name, &orders::Question::name);
  if (found != questions.end()) return *found;
  std::string known;
  for (const auto& q : questions) known += (known.empty() ? "" : ", ") + q.name;
  throw InputError("question '" + name + "'", 0, 0, "unknown; expected one of: " + known);
}

OrderSubject OrderSubject::of(const Manifest& manifest, const std::string& name) {
  const ManifestProtocol& protocol = manifest.protocol(name);
  OrderSubject out;
  out.model = Protocol::find(name).model(Size::parse(protocol.default_size()), "holds");
  out.symbols = out.model->world().layout().symbols;
  for (Automaton& automaton : out.model->automata()) {
    const std::string role = automaton.role;
    out.automata.emplace(role, std::move(automaton));
  }
  out.folder = protocol.directories.front();
  const auto constant = constants_of(protocol, *out.model);
  for (const auto& file : protocol.questions) {
    orders::Question question = orders::read_question(file, out.symbols, constant);
    if (std::ranges::find(out.questions, question.name, &orders::Question::name) !=
        out.questions.end()) {
      throw InputError(file.string(), 0, 0,
                       "is question '" + question.name + "' once more; expected another name");
    }
    out.questions.push_back(std::move(question));
  }
  return out;
}

}  // namespace lockstep
