// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/possible.hpp"

#include <algorithm>

#include "claims/asked.hpp"

namespace lockstep {

namespace {

/// TLC's name for the invariant that a state is never reached.
constexpr std::string_view never = "MC_Never";

Outcome by_exploring(const Manifest& manifest, const ManifestProtocol& p,
                     const std::string& definition, const Workshop& workshop) {
  const auto reached = reached_at(manifest, p.name, definition, workshop);
  if (!reached) {
    return Outcome{"is reached at no size that claims 'safe'"};
  }
  Outcome out{"can be reached"};
  out.steps = reached->steps;
  return out;
}

Outcome by_tlc(const Manifest& manifest, const ManifestProtocol& p, const std::string& definition,
               const Workshop& workshop) {
  const auto reached = reached_at(manifest, p.name, definition, workshop);
  const Size size = Size::parse(reached ? reached->size : p.smallest_first("safe").back().size);
  const Subject subject = Subject::of(manifest, p.name, size, "holds");
  tlc::ModelRun run = question_of(subject, {});
  run.own_next = true;
  run.definitions = std::string{never} + " == ~(" + definition + ")";
  run.invariants = {std::string{never}};
  Layout layout = subject.model->world().layout();
  tlc::Options options = options_of(subject, run, workshop);
  options.brief = true;
  const tlc::CheckResult result = tlc::check(run, layout, options);
  Outcome out = outcome_of(result);
  if (out.got == "violates " + std::string{never}) out.got = "can be reached";
  if (out.got == "holds") out.got = "is never reached at " + size.text();
  return out;
}

}  // namespace

std::optional<Reached> reached_at(const Manifest& manifest, const std::string& protocol,
                                  const std::string& definition, const Workshop& workshop) {
  for (const ManifestSize& entry : manifest.protocol(protocol).smallest_first("safe")) {
    const Subject subject = Subject::of(manifest, protocol, Size::parse(entry.size), "holds");
    const auto system = system_of(subject);
    const SearchResult result = explore(*system, subject, {}, workshop, {"~(" + definition + ")"});
    if (!result.violation) continue;
    const std::string& what = result.violation->property;
    if (what == "Fault" || what == "Deadlock") {
      throw Undecided("at " + entry.size + " the form that holds comes to a " + what + " first");
    }
    return Reached{entry.size, result.violation->steps.size()};
  }
  return std::nullopt;
}

void add_possible(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  for (const ManifestProperty& property : p.possible) {
    for (const bool tlc : {false, true}) {
      Check check;
      check.id = p.name + "/possible/" + property.name + (tlc ? "" : "/reference");
      check.protocol = p.name;
      check.claim = "possible";
      check.judge = tlc ? "tlc" : "reference";
      check.bounds = "the smallest size of protocol.json that reaches it";
      check.expected = {"can be reached", {}, {}, {}};
      check.quick = !tlc;
      check.run = [manifest, name = p.name, property, tlc](const Workshop& workshop) {
        const ManifestProtocol& protocol = manifest->protocol(name);
        return tlc ? by_tlc(*manifest, protocol, property.name, workshop)
                   : by_exploring(*manifest, protocol, property.name, workshop);
      };
      out.push_back(std::move(check));
    }
  }
}

}  // namespace lockstep
