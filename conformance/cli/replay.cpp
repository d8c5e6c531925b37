// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "explore/replay.hpp"
#include "report/diff.hpp"
#include "traces/itf.hpp"

namespace lockstep::cli {
namespace {

struct Replayed {
  std::optional<ReplayDifference> difference;
  std::string violated;  ///< what the last state violates, or ""
  report::Json json;
  std::string text;
};

report::Json difference_json(const Trace& trace, const ReplayDifference& d, const Layout& layout) {
  report::Json values = report::Json::array();
  for (std::size_t i = 0; i < layout.size() && i < d.specification.size(); ++i) {
    if (d.reference && (*d.reference)[i] == d.specification[i]) continue;
    if (!d.reference && d.before[i] == d.specification[i]) continue;
    values.push_back({{"variable", layout[i].text()},
                      {"before", value_json(layout[i], d.before[i], layout.symbols)},
                      {"specification", value_json(layout[i], d.specification[i], layout.symbols)},
                      {"reference", d.reference
                                        ? value_json(layout[i], (*d.reference)[i], layout.symbols)
                                        : report::Json(nullptr)}});
  }
  const Step* step = d.step == 0 ? nullptr : &trace.steps[d.step - 1];
  return {{"step", d.step},
          {"site", step == nullptr ? "" : layout.symbols.name(step->site)},
          {"task", step == nullptr ? "" : layout.symbols.name(step->task)},
          {"refused_by", d.refused.empty() ? report::Json(nullptr) : report::Json(d.refused)},
          {"what", d.refused.empty() ? "the states after the step differ" : "the step is refused"},
          {"values", values}};
}

Replayed replay_one(const Manifest& manifest, const std::string& name) {
  const ItfFile file{std::filesystem::path(name)};
  const TraceSubject& subject = file.subject();
  const Subject about = Subject::of(manifest, subject.protocol, Size::parse(subject.size), subject.variant);
  const auto& model = about.model;
  const std::vector<std::string> asked = usual_properties(about, false);
  Layout layout = model->world().layout();
  const Trace trace = file.trace(layout);
  const auto system = model->stepped();
  Replayed out;
  out.difference = replay(trace, *system);
  out.json = {{"file", name},         {"protocol", subject.protocol}, {"variant", subject.variant},
              {"size", subject.size}, {"steps", trace.steps.size()},
              {"verdict", name_of(out.difference ? Verdict::fail : Verdict::pass)},
              {"difference", nullptr}};
  if (!out.difference) {
    out.violated = violated_at_end(about, trace, asked).property;
    out.text = fmt::format("{}: {} steps replay{}\n", name, trace.steps.size(),
                           out.violated.empty() ? "" : ", into a violation of " + out.violated);
    return out;
  }
  const ReplayDifference& d = *out.difference;
  out.json["difference"] = difference_json(trace, d, layout);
  if (d.step == 0) {
    out.text = name + ": the first state is not the reference's\n";
  } else {
    out.text = fmt::format("{}: differs at step {} of {}, {}\n", name, d.step, trace.steps.size(),
                           trace.steps[d.step - 1].text(layout.symbols));
  }
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
  session.conclude(verdicts.all(), fmt::format("{} traces, every variable after every step", files.size()));
  return exit_of(verdicts.all());
}

const Command replay_command{"replay", "ITF traces on the stepped reference; the first difference",
                             {"lockstep replay traces/vma_refcnt/S39_dup_copies_refcnt.itf.json"}, [](CLI::App& app) {
  auto files = std::make_shared<std::vector<std::string>>();
  app.add_option("FILE", *files, "traces in ITF, as `lockstep trace` writes them")->required();
  return Work([files](Session& session) { return replay_work(session, *files); });
}};

}  // namespace
}  // namespace lockstep::cli
