// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/frame/crash.hpp"
#include "cli/list.hpp"
#include "cli/shown.hpp"
#include "report/diff.hpp"
#include "report/site_text.hpp"
#include "traces/itf.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  std::string scenario, trace, format = "columns", variant;
  std::uint64_t after = std::string::npos;
  std::vector<std::string> take;

  bool another_way() const { return after != std::string::npos || !take.empty(); }
};

report::Behaviour behaviour_of(const Shown& shown) {
  return {shown.layout, shown.trace.states, shown.trace.steps, shown.trace.loop};
}

std::string diffs(const Shown& shown) {
  std::string out;
  for (std::size_t i = 0; i < shown.trace.steps.size() && i + 1 < shown.trace.states.size(); ++i) {
    out += fmt::format("{}  {}\n", i + 1, shown.trace.steps[i].text(shown.layout.symbols));
    const State& before = shown.trace.states[i];
    const State& after = shown.trace.states[i + 1];
    for (std::size_t s = 0; s < before.size(); ++s) {
      if (before[s] == after[s]) continue;
      out += fmt::format("     {}: {} -> {}\n", shown.layout[s].text(),
                         shown.layout.symbols.text(before[s]), shown.layout.symbols.text(after[s]));
    }
  }
  return out;
}

/// As it may stand between the quotes of DOT.
std::string dot_quoted(std::string_view text) {
  std::string out;
  for (const char c : text) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string(1, c);
  return out;
}

std::string graph(const Shown& shown) {
  std::string out = "digraph behaviour {\n  node [shape=box, fontname=monospace];\n";
  const report::Columns style = column_style(*shown.subject.model);
  for (std::size_t i = 0; i < shown.trace.steps.size(); ++i) {
    std::string label = dot_quoted(shown.trace.steps[i].text(shown.layout.symbols));
    for (const std::string& effect : report::effects(behaviour_of(shown), i, style)) {
      label += "\\l" + dot_quoted(effect);
    }
    out += fmt::format("  s{} [label=\"{}\"];\n", i + 1, label);
    if (i > 0) out += fmt::format("  s{} -> s{};\n", i, i + 1);
  }
  return out + "}\n";
}

std::string command_of(const Arguments& arguments, const Shown& shown) {
  if (arguments.trace.empty()) return explain_command(arguments.scenario, shown);
  return "lockstep explain --trace " + quoted(arguments.trace) + " --format html";
}

constexpr std::string_view legend =
    "\n`x -> 1`: 1 was read in x; `x = 1`: 1 was written; `x: 0 -> 1`: the step changed it\n";

Exit explain_work(Session& session, const Arguments& arguments) {
  const auto manifest = read_manifest();
  if (arguments.scenario.empty() == arguments.trace.empty()) {
    throw InputError("explain", 0, 0,
                     "needs one of a scenario and --trace FILE; expected `explain S39`");
  }
  // What is known of a scenario comes first: of many it is all that there is.
  std::string about;
  if (arguments.trace.empty()) {
    about =
        scenario_text(*manifest, manifest->scenario(arguments.scenario), session.width()) + "\n";
  }
  const auto read = [&] {
    if (!arguments.trace.empty()) return shown_of_trace(*manifest, arguments.trace);
    try {
      return shown_of_scenario(*manifest, arguments.scenario, arguments.variant,
                               workshop(session, 1));
    } catch (const Undecided&) {
      session.print(about);
      throw;
    }
  };
  Shown shown = read();
  if (!shown.refused.empty()) {
    // What is no behaviour explains nothing.
    if (session.options.json_only()) session.note(shown.refused);
    session.conclude(Verdict::fail, shown.refused + "; `lockstep replay` shows where");
    return Exit::fail;
  }
  if (arguments.another_way()) go_another_way(shown, arguments.after, arguments.take);
  std::string title = fmt::format("{}, {}", shown.subject.variant, shown.subject.model->bounds());
  if (!shown.scenario.is_null()) {
    const ManifestScenario& scenario = manifest->scenario(shown.scenario.get<std::string>());
    if (about.empty() || arguments.format == "html") {
      title = scenario.id + ": " + scenario.title + "\n" + scenario.source + "\n" + title;
    }
  }
  const std::string columns =
      behaviour_columns(shown.subject, shown.layout, shown.trace.states, shown.trace.steps,
                        shown.violated, shown.trace.loop);
  if (arguments.format == "columns")
    session.print(about + title + "\n\n" + columns + std::string{legend});
  if (arguments.format == "itf") session.print(itf_text(shown.trace, shown.layout));
  if (arguments.format == "diff") session.print(about + title + "\n\n" + diffs(shown));
  if (arguments.format == "dot") session.print(graph(shown));
  if (arguments.format == "html") {
    session.print(behaviour_page(*manifest, shown, {title, command_of(arguments, shown), ""}).html);
  }
  report::Json steps = report::Json::array();
  const report::Columns style = column_style(*shown.subject.model);
  for (std::size_t i = 0; i < shown.trace.steps.size(); ++i) {
    report::Json step = step_json(shown.trace.steps[i], shown.layout.symbols);
    step["effects"] = report::effects(behaviour_of(shown), i, style);
    steps.push_back(std::move(step));
  }
  session.document(
      {{"protocol", shown.subject.protocol->name},
       {"variant", shown.subject.variant},
       {"size", shown.subject.size.text()},
       {"scenario", shown.scenario},
       {"violated", shown.violated.empty() ? report::Json(nullptr) : report::Json(shown.violated)},
       {"steps", steps},
       {"back_to", shown.trace.loop ? report::Json(*shown.trace.loop) : report::Json(nullptr)},
       {"columns", columns}});
  return Exit::pass;
}

const Command explain{
    "explain",
    "the interleaving of a scenario, as a reviewer would write it",
    {"lockstep explain S39", "lockstep explain --trace s39.itf.json --format diff",
     "lockstep explain S39 --format html > s39.html",
     "lockstep explain S39 --after 12 --take 'StartRead_LoadSeq(r1)'"},
    [](CommandLine& line) {
      auto a = std::make_shared<Arguments>();
      line.add_option("SCENARIO", a->scenario, "its id, as `lockstep list scenarios` prints it");
      line.add_option("--trace", a->trace, "a behaviour of one's own, in ITF").type_name("FILE");
      line.add_option("--variant", a->variant,
                      "which broken variant, where the scenario has several")
          .type_name("VARIANT");
      line.add_option("--format", a->format,
                      "columns, itf, diff, dot or html: a page that opens from a file, with\n"
                      "what is enabled near each of its states, 1.5 MB at most")
          .one_of({"columns", "itf", "diff", "dot", "html"})
          .type_name("FORMAT");
      line.add_option("--after", a->after, "only so many of its steps: what if others came then?")
          .type_name("N")
          .default_str("all");
      line.add_option("--take", a->take,
                      "a step that is enabled there, `Detach_Dec(m1)`; once for each further step")
          .type_name("STEP");
      return Work([a](Session& session) { return explain_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
