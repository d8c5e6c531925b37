// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/starts.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "report/diff.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

std::string list(const std::vector<Step>& steps, const Symbols& symbols) {
  std::string out;
  for (const Step& step : steps) out += (out.empty() ? "" : ", ") + step.text(symbols);
  return out.empty() ? "nothing" : out;
}

std::string columns_of(const Subject& subject, const Layout& layout, const Difference& d) {
  return behaviour_columns(subject, layout, d.states, d.steps, "");
}

report::Json difference_json(const Subject& subject, const Layout& layout, const Difference& d) {
  report::Json values = report::Json::array();
  const bool has_step = d.kind != Difference::Kind::initial;
  for (std::size_t i = 0; i < layout.size() && d.states.empty() != has_step; ++i) {
    const bool differs = !d.spec_after.empty() && !d.reference_after.empty() &&
                         d.spec_after[i] != d.reference_after[i];
    if (!differs) continue;
    report::Json before = nullptr;
    if (has_step) before = value_json(layout[i], d.states.back()[i], layout.symbols);
    values.push_back({{"variable", layout[i].text()},
                      {"before", before},
                      {"specification", value_json(layout[i], d.spec_after[i], layout.symbols)},
                      {"reference", value_json(layout[i], d.reference_after[i], layout.symbols)}});
  }
  report::Json only = nullptr;
  if (d.kind == Difference::Kind::only_spec) only = "specification";
  if (d.kind == Difference::Kind::only_reference) only = "reference";
  return {{"step", has_step ? step_json(d.step, layout.symbols) : report::Json(nullptr)},
          {"only_in", only},
          {"trace", steps_json(d.steps, layout.symbols)},
          {"specification_enables", steps_json(d.spec_steps, layout.symbols)},
          {"reference_enables", steps_json(d.reference_steps, layout.symbols)},
          {"values", values},
          {"columns", columns_of(subject, layout, d)}};
}

/// A step that one of them has and the other has not at all.
report::Json only_one_json(const std::string& what) {
  const bool spec = what.find("of the specification's Next, but") != std::string::npos;
  return {{"step", nullptr},
          {"only_in", spec ? "specification" : "reference"},
          {"trace", report::Json::array()},
          {"specification_enables", report::Json::array()},
          {"reference_enables", report::Json::array()},
          {"values", report::Json::array()},
          {"columns", what}};
}

std::string difference_text(const Subject& subject, const Layout& layout, const Difference& d) {
  std::string out = columns_of(subject, layout, d) + "\n";
  if (d.kind == Difference::Kind::initial) {
    out += std::string{name_of(d.kind)} + "\n";
    for (const auto& line : different_starts(subject, layout, d.spec_after, d.reference_after)) {
      out += "  " + line + "\n";
    }
    return out;
  }
  out += "then " + d.step.text(layout.symbols) + ": " + std::string{name_of(d.kind)};
  if (!d.detail.empty()) out += ": " + d.detail;
  out += "\nthe specification enables " + list(d.spec_steps, layout.symbols);
  out += "\nthe reference enables     " + list(d.reference_steps, layout.symbols) + "\n";
  if (!d.spec_after.empty() && !d.states.empty()) {
    std::optional<StateView> reference;
    if (!d.reference_after.empty()) reference = d.reference_after;
    out += "\n" + report::three_way_diff(layout, {d.states.back(), d.spec_after, reference});
  }
  return out;
}

std::string rate(std::uint64_t number, double seconds) {
  return report::grouped(
      static_cast<std::uint64_t>(static_cast<double>(number) / std::max(seconds, 1e-9)));
}

std::string times(const GraphsCompared& graphs, SpecJudge judge) {
  const ComparisonResult& result = graphs.result;
  if (judge == SpecJudge::tlc) {
    return fmt::format("TLC {}, reading {}, comparing {} ({} transitions/s)\n",
                       report::seconds(graphs.tlc_seconds), report::seconds(graphs.read_seconds),
                       report::seconds(result.seconds), rate(result.transitions, result.seconds));
  }
  return fmt::format(
      "the specification's text {}, both side by side {}; the specification's side "
      "{} ({} states/s)\n",
      report::seconds(graphs.read_seconds), report::seconds(result.seconds),
      report::seconds(graphs.spec_seconds), rate(result.states, graphs.spec_seconds));
}

Exit compare_work(Session& session, const SubjectArguments& arguments, SpecJudge judge) {
  const auto manifest = read_manifest();
  const Subject subject = arguments.subject(*manifest);
  session.progress.begin("states", 0);
  const GraphsCompared graphs = compare_graphs(subject, judge, workshop(session, 1));
  session.progress.end();
  const ComparisonResult& result = graphs.result;
  if (!graphs.only_one.empty()) session.print(graphs.only_one + "\n");
  if (result.difference) session.print(difference_text(subject, graphs.layout, *result.difference));
  session.print(times(graphs, judge));
  report::Json difference = nullptr;
  if (result.difference) difference = difference_json(subject, graphs.layout, *result.difference);
  if (!graphs.only_one.empty()) difference = only_one_json(graphs.only_one);
  const bool by_tlc = judge == SpecJudge::tlc;
  const Verdict verdict = difference.is_null() ? Verdict::pass : Verdict::fail;
  session.document(
      subject_document(subject, verdict,
                       {{"states", result.states},
                        {"transitions", result.transitions},
                        {"tlc_seconds", by_tlc ? report::Json(graphs.tlc_seconds) : nullptr},
                        {"spec_seconds", by_tlc ? nullptr : report::Json(graphs.spec_seconds)},
                        {"read_seconds", graphs.read_seconds},
                        {"compare_seconds", result.seconds},
                        {"difference", difference}}));
  const bool cut = subject.broken() && !by_tlc;
  session.conclude(verdict,
                   fmt::format("{}, {} states, {} transitions compared{}", subject.model->bounds(),
                               report::grouped(result.states), report::grouped(result.transitions),
                               cut ? ", up to those that violate an invariant" : ""));
  return exit_of(verdict);
}

const Command compare_command{
    "compare",
    "the specification's state graph and the reference's, edge by edge",
    {"lockstep compare vma_refcnt --size 1x2x2"},
    [](CommandLine& line) {
      auto arguments = std::make_shared<SubjectArguments>();
      auto judge = std::make_shared<std::string>("engine");
      arguments->add_to(line);
      line.add_option("--judge", *judge,
                      "who evaluates the specification: engine (without Java), tlc")
          .one_of({"engine", "tlc"})
          .type_name("JUDGE")
          .default_str("engine");
      return Work([arguments, judge](Session& session) {
        return compare_work(session, *arguments,
                            *judge == "tlc" ? SpecJudge::tlc : SpecJudge::engine);
      });
    }};

}  // namespace
}  // namespace lockstep::cli
