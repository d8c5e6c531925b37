// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "build_info.hpp"
#include "claims/page/behaviour_data.hpp"
#include "cli/common.hpp"
#include "cli/shown.hpp"
#include "report/page.hpp"

namespace lockstep::cli {
namespace {

/// The behaviour is one: it has been replayed, or found.
void follow(Neighbourhood& near, const std::vector<Step>& steps) {
  for (const Step& step : steps) {
    if (near.go(step)) continue;
    throw std::logic_error("a step of the behaviour is not enabled: " +
                           step.text(near.world().layout().symbols));
  }
}

std::vector<std::pair<std::string, std::string>> about(const Manifest& manifest,
                                                       const Shown& shown) {
  std::vector<std::pair<std::string, std::string>> out;
  if (!shown.scenario.is_null()) {
    const ManifestScenario& scenario = manifest.scenario(shown.scenario.get<std::string>());
    out = {{"Question", scenario.question},
           {"Breaks", scenario.broken},
           {"Holds", scenario.holds},
           {"Source", scenario.source}};
  }
  std::string model = shown.subject.protocol->title + ", " + shown.subject.model->bounds();
  if (shown.subject.variant != "holds") {
    const ManifestVariant& variant = shown.subject.protocol->variant(shown.subject.variant);
    model += "; " + variant.name + ": " + variant.why;
  }
  out.emplace_back("Model", model);
  if (shown.another) {
    out.emplace_back(
        "Here", fmt::format("another way after step {} of what is shown otherwise", shown.kept));
  }
  std::erase_if(out, [](const auto& entry) { return entry.second.empty(); });
  return out;
}

}  // namespace

void go_another_way(Shown& shown, std::size_t after, const std::vector<std::string>& steps) {
  const std::size_t have = shown.trace.steps.size();
  if (after == std::string::npos) after = have;
  if (after > have) {
    throw InputError("--after", 0, 0, fmt::format("is {}; expected at most {}", after, have));
  }
  const auto system = system_of(shown.subject);
  Neighbourhood near(*system);
  follow(near, {shown.trace.steps.begin(), shown.trace.steps.begin() + after});
  const Symbols& symbols = near.world().layout().symbols;
  for (const std::string& wanted : steps) {
    const std::vector<Step> enabled = near.enabled();
    std::string known;
    const auto found = std::ranges::find_if(enabled, [&](const Step& step) {
      known += (known.empty() ? "" : ", ") + step.text(symbols);
      return step.text(symbols) == wanted;
    });
    if (found != enabled.end() && near.go(*found)) continue;
    throw InputError(
        "--take", 0, 0,
        fmt::format("'{}' is not enabled after step {}; expected {}", wanted, near.steps().size(),
                    known.empty() ? "none: nothing is" : "one of: " + known));
  }
  shown.layout = near.world().layout();
  shown.trace = {shown.subject.trace_subject(), near.states(), near.steps(), {}};
  shown.kept = after;
  shown.another = true;
  shown.violated = near.failed();
  if (!shown.violated.empty()) return;
  const std::vector<std::string> asked = usual_properties(shown.subject, {"safe"});
  shown.violated = violated_at_end(shown.subject, shown.trace, asked).property;
}

BehaviourPageMade behaviour_page(const Manifest& manifest, const Shown& shown,
                                 const BehaviourPage& page) {
  const auto system = system_of(shown.subject);
  Neighbourhood near(*system);
  follow(near, shown.trace.steps);
  const report::Columns style = column_style(*shown.subject.model);
  std::vector<std::size_t> slots;
  // Of a step that failed, or of a deadlock, this has no property of the name.
  if (!shown.violated.empty()) {
    slots = violated_at_end(shown.subject, shown.trace, {shown.violated}).slots;
  }
  const std::string first = page.title.substr(0, page.title.find('\n'));
  const BehaviourShown what{manifest,     shown.subject,
                            style,        shown.violated,
                            slots,        shown.trace.loop,
                            first,        about(manifest, shown),
                            page.command, shown.another ? shown.kept : shown.trace.steps.size()};
  const std::string columns =
      behaviour_columns(shown.subject, shown.layout, shown.trace.states, shown.trace.steps,
                        shown.violated, shown.trace.loop);
  BehaviourPageMade out{behaviour_data(near, what, page.bytes), ""};
  out.html = report::page("behaviour.html", {{"title", report::html_escaped(first)},
                                             {"version", report::html_escaped(LOCKSTEP_VERSION)},
                                             {"around", page.around},
                                             {"command", report::html_escaped(page.command)},
                                             {"columns", report::html_escaped(columns)},
                                             {"data", report::script_json(out.data)}});
  return out;
}

}  // namespace lockstep::cli
