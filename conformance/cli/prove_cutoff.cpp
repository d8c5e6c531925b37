// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/prove_cutoff.hpp"

#include <algorithm>

#include "claims/cutoff.hpp"
#include "cli/common.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

/// How a view that is missing is told: beside the nearest one that is there.
std::string told(const unbounded::ViewSpec& spec, const Symbols& names, const CutoffSize& at,
                 const unbounded::Closure::Escape& escape) {
  std::string out = fmt::format("    {}{}\n", escape.edge, escape.unknown ? ": not known" : "");
  if (escape.unknown) return out + "    " + escape.state + "\n";
  out += "    gives a view that " + at.size + " does not have: " + text(spec, escape.view, names) +
         "\n";
  out += "    unlike the nearest that it has: " + text(spec, escape.view, names, &escape.nearest) +
         "\n";
  return out;
}

/// One of the views that a size does not have, with the step that leads to it from one that it has.
std::string missing(const unbounded::ViewSpec& spec, const Symbols& names, const CutoffSize& at,
                    const unbounded::Views& all) {
  for (const unbounded::View& view : at.missing) {
    const auto known = all.find(view);
    if (known == all.end() || !known->second.before) continue;
    const unbounded::Origin& origin = known->second;
    if (!at.views.contains(*origin.before)) continue;
    const std::string what = text(spec, view, names, &*origin.before);
    return fmt::format("    such as, of {}:\n      {}\n      after {} -> {}: {}\n",
                       origin.focus ? "the task that steps" : "another task",
                       text(spec, *origin.before, names), origin.from, origin.to, what);
  }
  return "";
}

/// What the views see: "rcu[r], pc[r], ...".
std::string features(const unbounded::ViewSpec& spec) {
  std::vector<std::string> out;
  for (const auto& feature : spec.features) out.push_back(feature.text);
  return report::join(out, ", ");
}

/// "one reader and one VMA": of the sets of which the views see one of many, or of which there is
/// but one.
std::string ones(const ProofSubject& subject, const unbounded::ViewSpec& spec, bool single) {
  const auto& counts = Protocol::find(subject.protocol->name).sizes().counts;
  std::vector<std::string> out;
  for (const auto& [name, set] : spec.sets) {
    if ((std::ranges::find(spec.single, set) != spec.single.end()) != single) continue;
    const auto count = std::ranges::find(counts, set, &SizeForm::Count::name);
    out.push_back("one " + (count == counts.end() ? set : count->word));
  }
  return report::join(out, " and ");
}

}  // namespace

CutoffSaid say_cutoff(Session& session, const ProofSubject& subject) {
  const unbounded::ViewSpec spec = view_spec(subject);
  const Symbols& names = subject.model->world().layout().symbols;
  // Of each size the states, of the last one the ways to step, then the views.
  std::string unit;
  const auto sizes = find_cutoff(
      subject, spec, [&](const std::string& what, std::uint64_t done, std::uint64_t total) {
        const std::size_t colon = what.find(": ");
        const std::string size = what.substr(0, colon), part = what.substr(colon + 2);
        const bool counted = part == "states" || part == "views";
        const std::string now = (counted ? part : "ways to step") + " of " + size;
        if (now != unit) session.progress.begin(now, total);
        unit = now;
        session.progress.at(done, what);
        session.check();
      });
  session.progress.end();
  const CutoffSize& last = sizes.back();
  report::Json tried = report::Json::array();
  for (const CutoffSize& at : sizes) {
    session.print(fmt::format("  {:<8} {:>12} states, {:>5} views{}, {}\n", at.size,
                              report::grouped(at.states), at.views.size(),
                              at.closed()          ? ": closed"
                              : at.undecided()     ? ": not known"
                              : at.missing.empty() ? ": not closed"
                                                   : fmt::format(", {} missing", at.missing.size()),
                              report::seconds(at.graph_seconds + at.seconds)));
    if (&at + 1 == &last) session.print(missing(spec, names, at, last.views));
    for (const auto& escape : at.escapes) session.print(told(spec, names, at, escape));
    for (const auto& view : at.underived) {
      session.print("    no step of the relation gives " + text(spec, view, names) + "\n");
    }
    tried.push_back({{"size", at.size},
                     {"states", at.states},
                     {"views", at.views.size()},
                     {"missing", at.missing.size()},
                     {"closed", at.closed()},
                     {"underived", at.underived.size()},
                     {"seconds", at.graph_seconds + at.seconds}});
  }
  CutoffSaid out;
  out.verdict = last.closed()                                        ? Verdict::pass
                : std::ranges::any_of(sizes, &CutoffSize::undecided) ? Verdict::unknown
                                                                     : Verdict::fail;
  out.document = {{"size", last.closed() ? report::Json(last.size) : report::Json(nullptr)},
                  {"views", last.views.size()},
                  {"sizes", std::move(tried)}};
  out.words = words(sizes);
  if (last.closed()) {
    const std::string many = ones(subject, spec, false), alone = ones(subject, spec, true);
    session.print(fmt::format(
        "cutoff {}: every view of one object of each kind, however many there are, is in this graph, and\n"
        "the relation gives every view of the graph. What the views decide of {} holds\n"
        "for any number of them if it holds there{}: they see {}.\n"
        "(The graph is the reference's; `compare {} --size {} --judge tlc` holds it against "
        "TLC's.)\n",
        last.size, many, alone.empty() ? "" : ", with " + alone, features(spec),
        subject.protocol->name, last.size));
  }
  return out;
}

}  // namespace lockstep::cli
