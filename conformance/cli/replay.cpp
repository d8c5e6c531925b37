// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/trace_file.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "report/diff.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

struct Replayed {
  std::optional<ReplayDifference> difference;
  report::Json json;
  std::string text;
};

report::Json difference_json(const Trace& trace, const ReplayDifference& d, const Layout& layout) {
  report::Json values = report::Json::array();
  for (std::size_t i = 0; i < layout.size() && i < d.specification.size(); ++i) {
    if (d.reference && (*d.reference)[i] == d.specification[i]) continue;
    if (!d.reference && d.before[i] == d.specification[i]) continue;
    values.push_back(
        {{"variable", layout[i].text()},
         {"before", value_json(layout[i], d.before[i], layout.symbols)},
         {"specification", value_json(layout[i], d.specification[i], layout.symbols)},
         {"reference", d.reference ? value_json(layout[i], (*d.reference)[i], layout.symbols)
                                   : report::Json(nullptr)}});
  }
  // A step that the file does not name has neither.
  const auto name = [&](Atom atom) { return is_symbol(atom) ? layout.symbols.name(atom) : ""; };
  const Step* step = d.step == 0 ? nullptr : &trace.steps[d.step - 1];
  return {{"step", d.step},
          {"site", name(step == nullptr ? Atom{0} : step->site)},
          {"task", name(step == nullptr ? Atom{0} : step->task)},
          {"refused_by", d.refused.empty() ? report::Json(nullptr) : report::Json(d.refused)},
          {"what", d.refused.empty() ? "the states after the step differ" : "the step is refused"},
          {"values", values}};
}

Replayed replay_one(const Manifest& manifest, const std::string& name) {
  const TraceFile file = TraceFile::read(manifest, name);
  const Trace& trace = file.trace;
  const TraceSubject& subject = trace.subject;
  const Layout& layout = file.layout;
  Replayed out;
  out.difference = file.difference;
  out.json = {{"file", name},
              {"protocol", subject.protocol},
              {"variant", subject.variant},
              {"size", subject.size},
              {"steps", trace.steps.size()},
              {"verdict", name_of(out.difference ? Verdict::fail : Verdict::pass)},
              {"difference", nullptr}};
  if (!out.difference) {
    out.text = fmt::format("{}: {} replay{}{}\n", name, report::counted(trace.steps.size(), "step"),
                           trace.steps.size() == 1 ? "s" : "",
                           file.violated.empty() ? "" : ", into a violation of " + file.violated);
    return out;
  }
  const ReplayDifference& d = *out.difference;
  out.json["difference"] = difference_json(trace, d, layout);
  out.text = name + ": " + words(file) + "\n";
  if (!d.refused.empty()) out.text += d.refused + "\n";
  std::optional<StateView> reference;
  if (d.reference) reference = *d.reference;
  out.text += report::three_way_diff(layout, {d.before, d.specification, reference});
  return out;
}

Exit replay_work(Session& session, const std::vector<std::string>& files) {
  const auto manifest = read_manifest();
  Verdicts verdicts;
  report::Json traces = report::Json::array();
  session.progress.begin("traces", files.size());
  std::size_t done = 0;
  for (const std::string& file : files) {
    session.check();
    const Replayed replayed = replay_one(*manifest, file);
    session.progress.at(++done, file);
    verdicts.add(replayed.difference ? Verdict::fail : Verdict::pass);
    traces.push_back(replayed.json);
    session.print(replayed.text);
  }
  session.progress.end();
  session.document({{"verdict", name_of(verdicts.all())}, {"traces", traces}});
  session.conclude(verdicts.all(), fmt::format("{}, every variable after every step",
                                               report::counted(files.size(), "trace")));
  return exit_of(verdicts.all());
}

const Command replay_command{
    "replay",
    "ITF traces on the stepped reference; the first difference",
    {"lockstep replay traces/vma_refcnt/S39_dup_copies_refcnt.itf.json"},
    [](CommandLine& line) {
      auto files = std::make_shared<std::vector<std::string>>();
      line.add_option("FILE", *files, "traces in ITF, as `lockstep trace` writes them").required();
      return Work([files](Session& session) { return replay_work(session, *files); });
    }};

}  // namespace
}  // namespace lockstep::cli
