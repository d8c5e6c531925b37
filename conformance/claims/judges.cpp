// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/judges.hpp"

#include <chrono>

#include "claims/spec_run.hpp"
#include "tlc/dot.hpp"

namespace lockstep {

namespace {
void append(std::vector<std::string>& to, const std::vector<std::string>& from) {
  to.insert(to.end(), from.begin(), from.end());
}
}  // namespace

Subject Subject::of(const Manifest& manifest, const std::string& protocol, const Size& size,
                    const std::string& variant) {
  Subject subject{&manifest.protocol(protocol), variant, size, nullptr};
  if (variant != "holds") subject.protocol->variant(variant);
  subject.model = Protocol::find(protocol).model(size, variant);
  return subject;
}

tlc::ModelRun question_of(const Manifest& manifest, const Subject& subject, const Asked& asked) {
  const ManifestProtocol& protocol = *subject.protocol;
  SpecText text{protocol.module, {}, {}, {}, {}, protocol.fairness, protocol.view};
  for (const auto& directory : protocol.directories) text.directories.push_back(manifest.root / directory);
  if (asked.invariants) append(text.invariants, protocol.properties_of("invariant"));
  if (asked.actions) append(text.properties, protocol.properties_of("action"));
  if (asked.refinement) append(text.properties, protocol.properties_of("refinement"));
  tlc::ModelRun run = spec_run(*subject.model, text);
  if (asked.liveness) {
    run.fairness = protocol.fairness;
    append(run.properties, protocol.properties_of("liveness"));
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

tlc::CheckResult check_with_tlc(const Manifest& manifest, const Subject& subject,
                                const Asked& asked, Layout& layout, const Workshop& workshop) {
  return tlc::check(question_of(manifest, subject, asked), layout, options_of(workshop));
}

std::string words(const tlc::CheckResult& result, const Asked& asked,
                  const ManifestProtocol& protocol) {
  if (result.holds()) return "holds";
  if (result.finding == tlc::Finding::deadlock) return "deadlocks";
  if (!result.violated.empty()) return "violates " + result.violated;
  // TLC does not name a property of steps; where only one was asked it is that one.
  std::vector<std::string> candidates;
  if (asked.actions) append(candidates, protocol.properties_of("action"));
  if (asked.refinement) append(candidates, protocol.properties_of("refinement"));
  if (asked.liveness) append(candidates, protocol.properties_of("liveness"));
  std::string all;
  for (const auto& name : candidates) all += (all.empty() ? "" : " or ") + name;
  return "violates " + all;
}

SearchResult explore_reference(const Subject& subject, const Workshop& workshop) {
  const auto system = subject.model->stepped();
  SearchOptions options;
  options.monitors = subject.model->monitors();
  if (workshop.on_progress) {
    options.on_progress = [tell = workshop.on_progress](const SearchProgress& p) { tell(p.states); };
  }
  return search(*system, options);
}

std::string words(const SearchResult& result) {
  if (!result.violation) return "holds";
  if (result.violation->property == "Deadlock") return "deadlocks";
  if (result.violation->property == "Fault") return "faults " + result.violation->detail;
  return "violates " + result.violation->property;
}

GraphsCompared compare_graphs(const Manifest& manifest, const Subject& subject,
                              const Workshop& workshop) {
  GraphsCompared out;
  out.layout = subject.model->world().layout();
  const tlc::ModelRun run =
      question_of(manifest, subject, {.invariants = false, .actions = false, .refinement = false});
  const tlc::Dump dump = tlc::dump(run, out.layout, options_of(workshop));
  out.tlc_seconds = dump.result.seconds;
  const auto begin = std::chrono::steady_clock::now();
  const LabelledGraph graph = tlc::read_dot(dump.path(), out.layout, dump.table);
  out.read_seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - begin).count();
  const auto system = subject.model->stepped();
  out.result = compare(graph, out.layout, *system, workshop.on_progress);
  return out;
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
  out.questions = orders::parse_questions(protocol.questions, out.symbols,
                                          (manifest.root / "spec" / "manifest.json").string());
  return out;
}

}  // namespace lockstep
