// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/asked.hpp"

#include <algorithm>
#include <set>

#include "claims/judges.hpp"
#include "claims/known_not_atomic.hpp"
#include "claims/live.hpp"
#include "claims/one_run.hpp"
#include "claims/proof.hpp"
#include "explore/atomic.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

/// A check of `subject` by TLC, asked about one kind of property.
std::function<Outcome(const Workshop&)> by_tlc(ManifestRef manifest, std::string protocol,
                                               Size size, std::string variant,
                                               std::optional<std::vector<std::string>> properties) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, variant);
    Layout layout = subject.model->world().layout();
    const auto asked = properties ? *properties : usual_properties(subject, {"safe"});
    return outcome_of(check_with_tlc(subject, asked, layout, workshop));
  };
}

Outcome outcome_of(const SearchResult& result, const Subject& subject) {
  Outcome out{words(result), true, result.states, result.transitions, {}, result.seconds};
  if (!subject.model->has_code()) out.tool = "the specification's text";
  if (result.violation) out.steps = result.violation->steps.size();
  return out;
}

std::function<Outcome(const Workshop&)> by_exploring(ManifestRef manifest, std::string protocol,
                                                     Size size, std::string variant,
                                                     std::string claim) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, variant);
    const auto asked = usual_properties(subject, {claim});
    return outcome_of(explore_system(subject, asked, workshop), subject);
  };
}

/// Each conjunct of the proof's invariant, in each state.
std::function<Outcome(const Workshop&)> by_conjuncts(ManifestRef manifest, std::string protocol,
                                                     Size size) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, "holds");
    const tla::Module module = proof_module(*subject.protocol);
    const auto system = system_of(subject);
    SpecProperties conjuncts(system->world(), module, subject.model->constants());
    for (const std::string& one : module.conjuncts(subject.protocol->proof->invariant)) {
      conjuncts.add(one);
    }
    return outcome_of(explore(*system, conjuncts, workshop), subject);
  };
}

/// Liveness, by the specification's own graph.
std::function<Outcome(const Workshop&)> by_lassos(ManifestRef manifest, std::string protocol,
                                                  Size size, std::string variant,
                                                  std::vector<std::string> properties) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, variant);
    const liveness::Result result = judge_liveness(subject, properties, workshop).result;
    Outcome out{words(result), true, result.states, result.transitions, {}, result.seconds};
    if (result.violation) out.steps = result.violation->behaviour.steps.size();
    return out;
  };
}

/// The steps of the reference: but for those that are known, none that others can come between.
std::function<Outcome(const Workshop&)> by_accesses(ManifestRef manifest, std::string protocol,
                                                    Size size, std::string variant) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, variant);
    const AtomicResult result = judge_atomic(subject, workshop);
    std::vector<std::string> wrong;
    std::set<std::string> found;
    const ManifestProtocol& stated = *subject.protocol;
    for (const NotAtomic& one : result.found) {
      found.insert(one.site);
      if (!is_known(stated, one.site) || one.late || one.cells.size() < 2)
        wrong.push_back(text(one));
    }
    for (const ManifestNotAtomic& one : stated.not_atomic) {
      if (variant == "holds" && one.size == size.text() && !found.contains(one.site)) {
        wrong.push_back(one.site + ": nobody comes between, as protocol.json says");
      }
    }
    Outcome out{.got = wrong.empty() ? std::string{atomic} : report::join(wrong, "; "),
                .states = result.states};
    out.seconds = result.seconds;
    return out;
  };
}

Check asked_atomic(const ManifestRef& manifest, const ManifestProtocol& p, const Size& size,
                   const std::string& variant) {
  Check check;
  check.protocol = p.name;
  check.claim = "atomic";
  check.judge = "reference";
  check.variant = variant;
  check.size = size.text();
  check.bounds = bounds_of(p.name, size) + known_not_atomic(p);
  check.expected = {std::string{atomic}, {}, {}, {}};
  check.run = by_accesses(manifest, p.name, size, variant);
  return check;
}

/// So many states of each view are followed: what a view hides may matter to a later one only.
constexpr unsigned states_of_a_view = 4;

std::function<Outcome(const Workshop&)> by_views(ManifestRef manifest, std::string protocol,
                                                 Size size) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, "holds");
    const ViewJudged judged = judge_view(subject, states_of_a_view, workshop);
    return Outcome{judged.got, true, judged.checked.views, {}, {}, judged.checked.seconds};
  };
}

std::function<Outcome(const Workshop&)> by_comparing(ManifestRef manifest, std::string protocol,
                                                     Size size, std::string variant) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, variant);
    const GraphsCompared graphs = compare_graphs(subject, SpecJudge::engine, workshop);
    const ComparisonResult& result = graphs.result;
    Outcome out{.got = "equal", .states = result.states, .transitions = result.transitions};
    out.seconds = graphs.tlc_seconds + graphs.read_seconds + result.seconds;
    if (!graphs.only_one.empty()) {
      out.got = "differs: " + graphs.only_one;
      return out;
    }
    // Both graphs show a task's hidden state only once a state; walks of the code show it again.
    if (const auto hidden = differs_from_automaton(*subject.model)) {
      out.got = "differs: " + *hidden;
    }
    if (result.difference) {
      const bool start = result.difference->kind == Difference::Kind::initial;
      out.got = "differs at " +
                (start ? "the start" : graphs.layout.symbols.name(result.difference->step.site));
      out.steps = result.difference->steps.size();
      out.got += "; `lockstep compare " + protocol + " --size " + size.text() +
                 (variant == "holds" ? "" : " --variant " + variant) + "` shows it";
    }
    return out;
  };
}

}  // namespace

std::string known_not_atomic(const ManifestProtocol& p) {
  if (p.not_atomic.empty()) return "";
  std::vector<std::string> known;
  for (const ManifestNotAtomic& one : p.not_atomic) known.push_back(one.site);
  return ", but for " + report::join(known, ", ") + ", which are known not to be";
}

std::string bounds_of(const std::string& protocol, const Size& size) {
  return Protocol::find(protocol).sizes().words(size);
}

void add_sizes(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  for (const ManifestSize& entry : p.sizes) {
    const Size size = Size::parse(entry.size);
    std::vector<std::string> together;
    for (const std::string& claim : entry.claims) {
      const bool one_model = claim == "safe" || claim == "refines" || claim == "inductive";
      if (one_model && entry.by_tlc(claim)) together.push_back(claim);
    }
    const auto one_run = std::make_shared<OneRun>(manifest, p.name, size, together);
    for (const std::string& claim : entry.claims) {
      Check check;
      check.protocol = p.name;
      check.claim = claim;
      check.judge = claim == "equal" || claim == "view" ? "reference" : "tlc";
      check.bounds = bounds_of(p.name, size);
      check.size = entry.size;
      check.expected = {claim == "equal" ? "equal" : "holds", {}, entry.states, entry.transitions};
      if (claim == "equal" && Protocol::find(p.name).has_view(size))
        check.bounds += ", numbers under the VIEW";
      // An old TLC has one worker for liveness, and takes longer than all other quick checks.
      check.quick = entry.quick && !(claim == "live" && check.judge == "tlc");
      if (std::ranges::find(together, claim) != together.end()) {
        check.group = p.name + "/tlc/" + entry.size;
        check.run = [one_run, claim](const Workshop& workshop) {
          return one_run->of(claim, workshop);
        };
      } else if (claim == "live") {
        check.run = by_tlc(manifest, p.name, size, "holds", properties_of(p, {"liveness"}));
      } else if (claim == "equal") {
        check.run = by_comparing(manifest, p.name, size, "holds");
      } else if (claim == "view") {
        check.bounds += ", up to " + std::to_string(states_of_a_view) + " states of each view";
        check.expected.transitions.reset();
        check.run = by_views(manifest, p.name, size);
      }
      check.id = p.name + "/" + claim + "/" + entry.size;
      if (claim == "equal") {
        out.push_back(asked_atomic(manifest, p, size, "holds"));
        out.back().id = p.name + "/atomic/" + entry.size;
        out.back().quick = entry.quick;
      }
      const bool twice = check.judge == "tlc";
      if (!twice || entry.by_tlc(claim)) out.push_back(check);
      if (twice) {
        check.id = p.name + "/" + claim + "/" + entry.size + "/reference";
        check.judge = "reference";
        check.group.clear();
        check.quick = entry.quick;
        if (claim == "live") {
          check.run = by_lassos(manifest, p.name, size, "holds", properties_of(p, {"liveness"}));
        } else if (claim == "inductive") {
          check.run = by_conjuncts(manifest, p.name, size);
        } else {
          check.run = by_exploring(manifest, p.name, size, "holds", claim);
        }
        out.push_back(check);
      }
    }
  }
}

void add_variants(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const bool has_code = Protocol::find(p.name).has_code();
  for (const ManifestVariant& variant : p.variants) {
    const Size size = Size::parse(variant.size);
    if (variant.holds && has_code) {
      out.push_back(asked_atomic(manifest, p, size, variant.name));
      out.back().id = variant.scenario.value_or(p.name) + "/atomic/" + variant.name;
      out.back().scenario = variant.scenario;
      out.back().quick = variant.quick;
    }
    for (const auto& [judge, expected] : variant.expected) {
      if (judge == "inductive") continue;  // see add_proofs()
      Check check;
      check.protocol = p.name;
      check.scenario = variant.scenario;
      check.judge = judge == "tlc" ? "tlc" : "reference";
      check.variant = variant.name;
      check.size = size.text();
      check.bounds = bounds_of(p.name, size);
      check.expected = expected;
      check.quick = variant.quick;
      check.claim = "safe";
      for (const ManifestProperty& property : p.properties) {
        if (expected.verdict != "violates " + property.name) continue;
        if (property.kind == "liveness") check.claim = "live";
        if (property.kind == "refinement") check.claim = "refines";
      }
      const auto other = variant.expected.find(judge == "tlc" ? "reference" : "tlc");
      if (check.claim == "safe" && other != variant.expected.end()) {
        check.expected.steps_elsewhere = other->second.steps;
      }
      if (judge == "tlc") {
        check.run = by_tlc(manifest, p.name, size, variant.name, std::nullopt);
      } else if (judge == "equal") {
        check.claim = "equal";
        if (!variant.holds) check.bounds += ", up to the states that violate an invariant";
        check.run = by_comparing(manifest, p.name, size, variant.name);
      } else if (judge == "refines") {
        check.claim = "refines";
        check.run = by_exploring(manifest, p.name, size, variant.name, "refines");
      } else if (judge == "live") {
        check.claim = "live";
        check.run = by_lassos(manifest, p.name, size, variant.name, properties_of(p, {"liveness"}));
      } else if (check.claim == "live") {
        check.run = by_lassos(manifest, p.name, size, variant.name, {variant.breaks});
      } else {
        check.run = by_exploring(manifest, p.name, size, variant.name, "safe");
      }
      check.id = variant.scenario.value_or(p.name) + "/" + judge + "/" + variant.name;
      out.push_back(std::move(check));
    }
  }
}

/// What is known to claim too much has to be violated: else it claims too much no more.
void add_refuted(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const auto live =
      std::ranges::find_if(p.sizes, [](const ManifestSize& size) { return size.has("live"); });
  if (live == p.sizes.end()) return;
  const ManifestSize& at = *live;
  const Size size = Size::parse(at.size);
  for (const ManifestProperty& property : p.refuted) {
    if (property.kind != "liveness") continue;
    Check check;
    check.id = p.name + "/refuted/" + property.name;
    check.protocol = p.name;
    check.claim = "live";
    check.judge = "reference";
    check.bounds = bounds_of(p.name, size);
    check.size = at.size;
    check.expected = {"violates " + property.name, {}, {}, {}};
    check.quick = at.quick;
    check.run = by_lassos(manifest, p.name, size, "holds", {property.name});
    out.push_back(std::move(check));
  }
}

}  // namespace lockstep
