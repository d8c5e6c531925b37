// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/common.hpp"

#include <algorithm>
#include <cstdlib>
#include <filesystem>

#include "cli/foreign.hpp"
#include "cli/frame/data.hpp"
#include "model/interrupt.hpp"

namespace lockstep::cli {

void SubjectArguments::add_to(CommandLine& line) {
  line.add_option("PROTOCOL", protocol, "its name, as `lockstep list protocols` prints it")
      .required();
  std::string help = "how many of what:";
  for (const Protocol* known : Protocol::all()) {
    help += " " + std::string{known->name()} + ": " + known->sizes().help() + ";";
  }
  help.back() = '.';
  line.add_option("--size", size, help).type_name("SIZE");
  line.add_option("--variant", variant, "what is different, as the manifest names it")
      .type_name("VARIANT")
      .default_str("holds");
}

Subject SubjectArguments::subject(const Manifest& manifest) const {
  const ManifestProtocol& entry = manifest.protocol(protocol);
  std::string text = size;
  if (text.empty() && variant != "holds") text = entry.variant(variant).size;
  if (text.empty()) text = entry.default_size();
  return Subject::of(manifest, protocol, Size::parse(text), variant);
}

std::shared_ptr<const Manifest> read_manifest(Stale stale) {
  return std::make_shared<const Manifest>(Manifest::read(data_root(), stale, foreign_protocols()));
}

std::filesystem::path scratch_root() {
  if (const char* scratch = std::getenv("LOCKSTEP_SCRATCH"); scratch != nullptr) return scratch;
  std::error_code error;
  const std::filesystem::path temporary = std::filesystem::temp_directory_path(error);
  if (!error) return temporary / "lockstep";
  const char* named = std::getenv("TMPDIR");
  throw InputError("TMPDIR", 0, 0,
                   fmt::format("'{}' is no directory; expected one for temporary files",
                               named == nullptr ? "/tmp" : named));
}

Workshop workshop(Session& session, unsigned workers) {
  Workshop out;
  // A directory of its own is made below this one for each run, and removed with it.
  out.scratch = scratch_root();
  out.workers = workers;
  out.jobs = session.options.jobs;
  out.on_progress = [&session](std::uint64_t states) {
    session.check();
    session.progress.at(states);
  };
  return out;
}

void begin_states(Session& session, const Subject& subject) {
  session.progress.begin("states", 0);
  if (subject.variant == "holds") session.progress.weighs(subject.recorded_states().value_or(0));
}

report::Json subject_document(const Subject& subject, Verdict verdict, const report::Json& more) {
  report::Json out{{"verdict", name_of(verdict)},
                   {"protocol", subject.protocol->name},
                   {"variant", subject.variant},
                   {"size", subject.size.text()},
                   {"bounds", subject.model->bounds()}};
  out.update(more);
  return out;
}

report::Json step_json(const Step& step, const Symbols& symbols) {
  report::Json args = report::Json::array();
  for (std::uint32_t i = 0; i < step.arg_count; ++i) {
    if (is_symbol(step.args[i])) {
      args.push_back(symbols.name(step.args[i]));
    } else {
      args.push_back(step.args[i]);
    }
  }
  return {{"site", symbols.name(step.site)}, {"task", symbols.name(step.task)}, {"args", args}};
}

report::Json steps_json(const std::vector<Step>& steps, const Symbols& symbols) {
  report::Json out = report::Json::array();
  for (const Step& step : steps) out.push_back(step_json(step, symbols));
  return out;
}

report::Json value_json(const Slot& slot, Atom atom, const Symbols& symbols) {
  if (atom == null_atom) return nullptr;
  if (is_symbol(atom)) return symbols.name(atom);
  if (slot.sort == Sort::boolean) return atom != 0;
  return atom;
}

namespace {
std::string local_name(const Term& term) {
  return term != nullptr && term->op == Op::variable ? term->name : "";
}
}  // namespace

report::Columns column_style(const Model& model) {
  report::Columns out;
  const WorldSpec& world = model.world().spec();
  for (const auto& role : world.roles) {
    for (const auto& task : role.tasks) {
      report::TaskColumn column{task, role.name + " " + task, {}};
      for (const auto& local : role.locals) column.locals.insert(local.name);
      out.tasks.push_back(std::move(column));
    }
  }
  for (const Automaton& automaton : model.automata()) {
    for (const Node& node : automaton.nodes) {
      if (node.type != Node::Type::site) continue;
      report::SiteNote note{node.kind, node.cell.field, local_name(node.cell.object),
                            local_name(node.cell.index), ""};
      for (const AutomatonEdge& edge : automaton.edges) {
        if (automaton.nodes[edge.from].name != node.name) continue;
        for (const auto& [local, value] : edge.updates) {
          if (local_name(value) == "@") note.result = local;
        }
      }
      out.sites[node.name] = note;
    }
  }
  return out;
}

namespace {
/// The cells that a property of the manifest speaks of where it fails at the end.
std::vector<std::size_t> slots_of(const Subject& subject, const std::vector<State>& states,
                                  const std::vector<Step>& steps, const std::string& violated) {
  if (violated.empty() || states.empty()) return {};
  const Trace trace{subject.trace_subject(), states, steps, {}};
  return violated_at_end(subject, trace, {violated}).slots;
}
}  // namespace

std::string behaviour_columns(const Subject& subject, const Layout& layout,
                              const std::vector<State>& states, const std::vector<Step>& steps,
                              const std::string& violated, std::optional<std::size_t> back_to,
                              const Broken* broken) {
  report::Ending ending;
  ending.property = violated;
  ending.slots = broken != nullptr ? broken->slots : slots_of(subject, states, steps, violated);
  // Of a property that is not of states alone, what the last step changed shows most.
  if (ending.slots.empty() && !violated.empty() && states.size() > 1 &&
      states.size() == steps.size() + 1) {
    const State& last = states.back();
    const State& before = states[states.size() - 2];
    for (std::size_t i = 0; i < last.size(); ++i) {
      if (last[i] != before[i] && layout[i].variable != "pc") ending.slots.push_back(i);
    }
  }
  return report::columns({layout, states, steps, back_to}, column_style(*subject.model), ending);
}

Judged judge_words(const Subject& subject, const std::string& judge, const std::string& got) {
  if (subject.variant == "holds") return {got == "holds" ? Verdict::pass : Verdict::fail, "holds"};
  const ManifestVariant& variant = subject.protocol->variant(subject.variant);
  const auto expected = variant.expected.find(judge);
  const std::string words = expected != variant.expected.end() ? expected->second.verdict
                            : variant.holds                    ? "holds"
                                                               : "";
  if (words.empty()) {
    // Nobody has said what this judge must find: what only another one sees is not decided here.
    return {Verdict::unknown, "nothing of this judge"};
  }
  return {got == words ? Verdict::pass : Verdict::fail, words};
}

}  // namespace lockstep::cli
