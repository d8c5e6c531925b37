// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/report_judge.hpp"

#include "book/frame.hpp"
#include "book/gather.hpp"
#include "build_info.hpp"
#include "cli/order.hpp"
#include "cli/shown.hpp"
#include "orders/encode/versions.hpp"
#include "orders/witness/judge.hpp"
#include "tlc/java.hpp"
#include "tlc/process.hpp"
#include "tlc/scratch.hpp"
#include "unbounded/prove.hpp"

namespace lockstep::cli {
namespace {

/// What the states near a behaviour may take of a page in a report, which has some sixty.
constexpr std::size_t bytes_near = 60'000;
/// So many witnesses of a question are drawn; the others stand there as columns.
constexpr std::size_t most_drawn = 6;

std::vector<std::string> models() {
  return models_of(OrderArguments{});
}

/// The word behind `before` in what a program says of itself; "" where it says nothing.
std::string said(const std::vector<std::string>& command, std::string_view before) {
  const tlc::ScratchDirectory scratch{scratch_root()};
  tlc::Process process{command, scratch.path()};
  std::string text;
  const auto take = [&text](std::string_view more) { text += more; };
  process.wait(take, take, std::nullopt);
  const std::size_t at = text.find(before);
  if (at == std::string::npos) return "";
  const std::size_t from = at + before.size();
  return text.substr(from, text.find_first_of(" \n\")", from) - from);
}

std::string tlc_version(const std::string& java) {
  try {
    return said({java, "-cp", tlc::find_jar().string(), "tlc2.TLC"}, "Version ");
  } catch (const Undecided&) {
    return "";
  }
}

}  // namespace

WalkMade walk_of(Session& session, const Manifest& manifest, const ManifestScenario& scenario) {
  std::optional<Shown> found;
  try {
    found.emplace(shown_of_scenario(manifest, scenario.id, "", workshop(session, 1)));
  } catch (const Undecided&) {
    session.check();
    return {};
  }
  const Shown& shown = *found;
  const std::string& variant = shown.subject.variant;
  book::Walk walk;
  walk.protocol = shown.subject.protocol->name;
  walk.variant = variant;
  walk.bounds = shown.subject.model->bounds();
  walk.live = shown.trace.loop.has_value();
  walk.violated = walk.live ? shown.subject.protocol->variant(variant).breaks : shown.violated;
  walk.refused = shown.refused;
  walk.replays = shown.refused.empty();
  if (walk.replays && walk.violated.empty()) {
    walk.replays = false;
    walk.refused = "nothing is violated at its end";
  }
  walk.steps = shown.trace.steps.size();
  walk.command = explain_command(scenario.id, shown);
  if (!walk.replays) return {walk, std::nullopt};
  walk.columns = behaviour_columns(shown.subject, shown.layout, shown.trace.states,
                                   shown.trace.steps, shown.violated, shown.trace.loop);
  const std::string path = book::walk_path(scenario.id);
  const std::string around =
      book::around(path, {{book::scenario_path(scenario.id), scenario.id}}).text;
  const BehaviourPageMade made = behaviour_page(
      manifest, shown, {scenario.id + ": " + scenario.title, walk.command, around, bytes_near});
  walk.states = made.data["nodes"].size();
  walk.depth = made.data["depth"].get<std::size_t>();
  walk.whole = made.data["whole"].get<bool>();
  return {walk, book::Page{path, made.html}};
}

std::vector<std::string> questions_of(const Manifest& manifest, const std::string& protocol) {
  std::vector<std::string> out;
  if (manifest.protocol(protocol).questions.empty()) return out;
  for (const auto& question : OrderSubject::of(manifest, protocol).questions) {
    out.push_back(question.name);
  }
  return out;
}

QuestionMade question_of(Session& session, const Manifest& manifest, const std::string& protocol,
                         const std::string& name) {
  const OrderSubject subject = OrderSubject::of(manifest, protocol);
  hold_against_code(*subject.model);
  const orders::Question& question = subject.question(name);
  const std::string path = book::question_path(protocol, name);
  const std::string around = book::around(path, {{book::protocol_path(protocol), protocol}}).text;
  std::size_t drawn = 0;
  const auto draw = [&drawn](const std::string& dot) {
    return drawn++ < most_drawn ? book::inner_svg(svg(dot)) : std::string{};
  };
  const OrderPageMade made = order_page_of(
      {manifest, subject, protocol, question, models(), enumeration(session), draw}, around);
  book::QuestionPage out{protocol, name, question.words, question.forbidden, question.ids, {},
                         0,        0};
  for (const report::Json& model : made.data["models"]) {
    session.check();
    book::UnderModel under;
    under.model = model["name"].get<std::string>();
    const auto expected = question.expected.find(under.model);
    if (expected != question.expected.end()) under.expected = expected->second;
    under.minimal = model["mended"].get<bool>() ? model["minimal"].size() : 0;
    const orders::Judgement judged = orders::judge(
        question, subject.automata, orders::find_model(under.model), subject.symbols, {});
    if (judged.outcome == orders::Outcome::unknown) {
      under.unknown = judged.reason;
    } else {
      under.reachable = judged.outcome == orders::Outcome::reachable;
    }
    for (const report::Json& witness : model["witnesses"]) {
      ++out.witnesses;
      out.drawn += witness["svg"].get<std::string>().empty() ? 0U : 1U;
    }
    out.models.push_back(std::move(under));
  }
  return {std::move(out), {path, made.html}};
}

std::vector<book::Tool> tools() {
  std::vector<book::Tool> out{{"Lockstep", LOCKSTEP_VERSION}};
  std::string java, version;
  try {
    java = tlc::find_java().string();
    version = said({java, "-version"}, "version \"");
  } catch (const Undecided&) {
  }
  out.push_back({"TLC", java.empty() ? "" : tlc_version(java)});
  out.push_back({"Java", version});
  const std::string z3 = unbounded::solver_name();
  out.push_back({"Z3", z3.substr(z3.find(' ') + 1)});
  out.push_back({"CaDiCaL", orders::cadical_version()});
  const auto dot = tlc::find_program("dot");
  out.push_back({"Graphviz", dot ? said({dot->string(), "-V"}, "version ") : ""});
  return out;
}

}  // namespace lockstep::cli
