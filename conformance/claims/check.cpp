// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <mutex>
#include <set>

#include "claims/cutoff.hpp"
#include "claims/judges.hpp"
#include "claims/one_run.hpp"
#include "claims/live.hpp"
#include "claims/proof_check.hpp"
#include "claims/recorded.hpp"
#include "claims/trace_file.hpp"
#include "orders/witness/judge.hpp"
#include "traces/itf.hpp"

namespace lockstep {

namespace {

using ManifestRef = std::shared_ptr<const Manifest>;

/// A check of `subject` by TLC, asked about one kind of property.
std::function<Outcome(const Workshop&)> by_tlc(ManifestRef manifest, std::string protocol,
                                               Size size, std::string variant,
                                               std::optional<std::vector<std::string>> properties) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, variant);
    Layout layout = subject.model->world().layout();
    const auto asked = properties ? *properties : usual_properties(subject, false);
    return outcome_of(check_with_tlc(subject, asked, layout, workshop));
  };
}

std::function<Outcome(const Workshop&)> by_exploring(ManifestRef manifest, std::string protocol,
                                                     Size size, std::string variant) {
  return [=](const Workshop& workshop) {
    const Subject subject = Subject::of(*manifest, protocol, size, variant);
    const auto asked = usual_properties(subject, false);
    const SearchResult result = explore_system(subject, asked, workshop);
    Outcome out{words(result), true, result.states, result.transitions, {}, result.seconds};
    if (!subject.model->has_code()) out.tool = "the specification's text";
    if (result.violation) out.steps = result.violation->steps.size();
    return out;
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
    Outcome out{"equal", true, result.states, result.transitions, {},
                graphs.tlc_seconds + graphs.read_seconds + result.seconds};
    if (!graphs.only_one.empty()) {
      out.got = "differs: " + graphs.only_one;
      return out;
    }
    // Both graphs show a task's hidden state only once a state; walks of the code show it again.
    if (const auto hidden = differs_from_automaton(*subject.model)) {
      out.got = "differs: " + *hidden;
    }
    if (result.difference) {
      out.got = "differs at " + graphs.layout.symbols.name(result.difference->step.site);
      out.steps = result.difference->steps.size();
    }
    return out;
  };
}

const std::string lasso = "replays, into a loop";

Outcome replay_file(const Manifest& manifest, const std::filesystem::path& path,
                    const Expected& wanted) {
  const TraceFile file = TraceFile::read(manifest, path);
  const Trace& trace = file.trace;
  Outcome out{words(file), true, trace.states.size(), {}, trace.steps.size(), 0};
  if (file.difference) return out;
  const bool to_violate = wanted.verdict.starts_with("violates ");
  if (!file.violated.empty() && (to_violate || trace.subject.variant == "holds")) {
    out.got = "violates " + file.violated;
  } else if (to_violate) {
    out.got = "replays, into no violation";
  } else if (wanted.verdict == lasso && trace.loop) {
    out.got = lasso;
  }
  return out;
}

/// What must come of a behaviour of a variant: where some judge finds a state or a step that is
/// wrong, the behaviour ends there, after as many steps. What is violated by going on for ever is
/// no state: that behaviour must be a lasso, and who says that it is unfair is the judge of
/// liveness. Of a variant of which nothing of the kind is recorded it must be a behaviour.
Expected expected_of_trace(const ManifestProtocol& p, const std::string& variant) {
  const Expected replays{"replays", {}, {}, {}};
  if (variant == "holds") return replays;
  const auto& expected = p.variant(variant).expected;
  for (const char* judge : {"tlc", "reference"}) {
    const auto found = expected.find(judge);
    if (found == expected.end() || !found->second.verdict.starts_with("violates ")) continue;
    for (const ManifestProperty& property : p.properties) {
      if (found->second.verdict != "violates " + property.name) continue;
      if (property.kind == "liveness") return {lasso, found->second.steps, {}, {}};
    }
    return found->second;
  }
  return replays;
}

/// Also finds out whether there is such a variant.
std::string bounds_of(const std::string& protocol, const Size& size,
                      const std::string& variant = "holds") {
  return Protocol::find(protocol).model(size, variant)->bounds();
}

void add_sizes(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  for (const ManifestSize& entry : p.sizes) {
    const Size size = Size::parse(entry.size);
    std::vector<std::string> together;
    for (const std::string& claim : entry.claims) {
      const bool proof = claim == "inductive" && p.proof;
      if (claim == "safe" || claim == "refines" || proof) together.push_back(claim);
    }
    for (const std::string& claim : entry.claims) {
      const std::vector<std::string> kinds = kinds_of(claim);
      if (kinds.empty() || !properties_of(p, kinds).empty()) continue;
      throw InputError((manifest->root / "spec" / p.name / "protocol.json").string(), 0, 0,
                       "size " + entry.size + " claims '" + claim + "', but module " + p.module +
                           " states no property of that kind");
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
      const bool has_view =
          Protocol::find(p.name).model(size, "holds")->world().layout().has_view();
      if (claim == "equal" && has_view) check.bounds += ", numbers under the VIEW";
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
      } else if (claim == "view" && has_view) {
        check.bounds += ", up to " + std::to_string(states_of_a_view) + " states of each view";
        check.expected.transitions.reset();
        check.run = by_views(manifest, p.name, size);
      } else {
        throw InputError((manifest->root / "spec" / p.name / "protocol.json").string(), 0, 0,
                         "claim '" + claim + "' of size " + entry.size +
                             " is unknown; expected safe, refines, live, equal, where the "
                             "states are told apart by a VIEW, view, or, with a proof, inductive");
      }
      check.id = p.name + "/" + claim + "/" + entry.size;
      out.push_back(check);
      if (claim == "safe" || claim == "live") {
        check.id = p.name + "/" + claim + "/" + entry.size + "/reference";
        check.judge = "reference";
        check.group.clear();
        check.quick = entry.quick;
        check.run = claim == "safe" ? by_exploring(manifest, p.name, size, "holds")
                                    : by_lassos(manifest, p.name, size, "holds",
                                                properties_of(p, {"liveness"}));
        out.push_back(check);
      }
    }
  }
}

void add_variants(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  for (const ManifestVariant& variant : p.variants) {
    const Size size = Size::parse(variant.size.empty() ? p.default_size() : variant.size);
    for (const auto& [judge, expected] : variant.expected) {
      if (judge == "inductive") continue;  // see add_proofs()
      Check check;
      check.protocol = p.name;
      check.scenario = variant.scenario;
      check.judge = judge == "tlc" ? "tlc" : "reference";
      check.variant = variant.name;
      check.size = size.text();
      check.bounds = bounds_of(p.name, size, variant.name);
      check.expected = expected;
      check.quick = variant.quick;
      check.claim = "safe";
      for (const ManifestProperty& property : p.properties) {
        if (expected.verdict != "violates " + property.name) continue;
        if (property.kind == "liveness") check.claim = "live";
        if (property.kind == "refinement") check.claim = "refines";
      }
      if (judge == "tlc") {
        check.run = by_tlc(manifest, p.name, size, variant.name, std::nullopt);
      } else if (judge == "equal") {
        check.claim = "equal";
        check.run = by_comparing(manifest, p.name, size, variant.name);
      } else if (judge == "live") {
        check.claim = "live";
        check.run =
            by_lassos(manifest, p.name, size, variant.name, properties_of(p, {"liveness"}));
      } else if (check.claim == "live") {
        check.run = by_lassos(manifest, p.name, size, variant.name, {variant.breaks});
      } else {
        check.run = by_exploring(manifest, p.name, size, variant.name);
      }
      check.id = variant.scenario.value_or(p.name) + "/" + judge + "/" + variant.name;
      out.push_back(std::move(check));
    }
  }
}

/// What is known to claim too much has to be violated: else it claims too much no more.
void add_refuted(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const auto live = std::ranges::find_if(p.sizes, [](const ManifestSize& size) {
    return std::ranges::find(size.claims, "live") != size.claims.end();
  });
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

void add_traces(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const std::filesystem::path folder = manifest->root / "traces" / p.name;
  std::set<std::filesystem::path> files;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().string().ends_with(".itf.json")) files.insert(entry.path());
    }
  }
  for (const auto& file : files) {
    const TraceSubject subject = ItfFile(file).subject();
    Check check;
    std::string name = file.filename().string();
    name.resize(name.size() - std::string_view{".itf.json"}.size());
    check.id = p.name + "/replays/" + name;
    check.protocol = p.name;
    check.claim = "replays";
    check.judge = "reference";
    check.variant = subject.variant;
    for (const ManifestVariant& variant : p.variants) {
      if (variant.name == subject.variant) check.scenario = variant.scenario;
    }
    check.bounds = bounds_of(p.name, Size::parse(subject.size));
    check.quick = true;
    check.expected = expected_of_trace(p, subject.variant);
    check.run = [manifest, file, wanted = check.expected](const Workshop&) {
      return replay_file(*manifest, file, wanted);
    };
    out.push_back(std::move(check));
  }
  for (const ManifestVariant& variant : p.variants) {
    if (variant.holds || !variant.scenario) continue;
    const std::string name = *variant.scenario + "_" + variant.name;
    if (files.contains(folder / (name + ".itf.json"))) continue;
    Check check;
    check.id = p.name + "/replays/" + name;
    check.protocol = p.name;
    check.scenario = variant.scenario;
    check.claim = "replays";
    check.judge = "reference";
    check.variant = variant.name;
    check.expected = {"replays", {}, {}, {}};
    check.quick = true;
    check.run = [](const Workshop&) { return Outcome{"there is no golden trace", true, {}, {}, {}, 0}; };
    out.push_back(std::move(check));
  }
}

std::string order_words(orders::Outcome outcome) {
  return outcome == orders::Outcome::reachable ? "reachable" : "never";
}

/// Every order, one notch down, under every model but SC, where no order matters. What must come of
/// it is recorded; what is recorded of an order that nobody declares is an error.
void add_needed_orders(std::vector<Check>& out, const ManifestProtocol& p,
                       const std::shared_ptr<OrderSubject>& subject,
                       const std::function<void()>& held) {
  std::set<std::string> sites;
  for (const auto& declared : orders::declared_orders(subject->questions, subject->automata)) {
    for (const Order weaker : one_notch_weaker(declared.kind, declared.order)) {
      sites.insert(declared.site + "=" + std::string{name_of(weaker)});
    }
  }
  for (const std::string& model : orders::builtin_model_names()) {
    if (model == "sc") continue;
    // One run of the judge answers for all sites of a model.
    struct Shared {
      std::once_flag once;
      std::vector<orders::Weakening> weakenings;
    };
    const auto shared = std::make_shared<Shared>();
    for (const std::string& site : sites) {
      Check check;
      check.id = p.name + "/needed/" + site + "/" + model;
      check.protocol = p.name;
      check.claim = "orders-needed";
      check.judge = "z3";
      check.model = model;
      check.site = site;
      check.bounds = "the questions of " + p.name;
      check.expected.verdict = not_recorded;
      if (const auto of = p.orders_needed.find(model); of != p.orders_needed.end()) {
        const auto recorded = of->second.find(site);
        if (recorded != of->second.end()) check.expected.verdict = recorded->second;
      }
      check.quick = true;
      check.group = p.name + "/needed/" + model;
      check.run = [subject, held, shared, model, site](const Workshop&) {
        held();
        std::call_once(shared->once, [&] {
          shared->weakenings = orders::needed_orders(subject->questions, subject->automata,
                                                     orders::builtin_model(model), subject->symbols);
        });
        std::string got;
        for (const orders::Weakening& w : shared->weakenings) {
          if (w.site + "=" + std::string{name_of(w.weakened_to)} != site) continue;
          if (w.outcome == orders::Outcome::unknown) return Outcome{w.reason, false, {}, {}, {}, 0};
          got = w.outcome == orders::Outcome::reachable ? "breaks " + w.question : "stronger than needed";
        }
        if (got.empty()) got = "no such weakening";
        return Outcome{got, true, {}, {}, {}, 0};
      };
      out.push_back(std::move(check));
    }
  }
}

void add_orders(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const auto subject = std::make_shared<OrderSubject>(OrderSubject::of(*manifest, p.name));
  // Once, by whoever is first to say something by the automata.
  const auto held = [subject, once = std::make_shared<std::once_flag>()] {
    std::call_once(*once, [&] { hold_against_code(*subject->model); });
  };
  for (std::size_t i = 0; i < subject->questions.size(); ++i) {
    const orders::Question& question = subject->questions[i];
    for (const auto& [model, reachable] : question.expected) {
      Check check;
      check.id = p.name + "/orders/" + question.name + "/" + model;
      check.protocol = p.name;
      for (const auto& id : question.ids) {
        if (id.size() == 3 && (id[0] == 'S' || id[0] == 'D')) check.scenario = id;
      }
      check.claim = "orders-suffice";
      check.judge = "z3";
      check.model = model;
      check.bounds = std::to_string(question.tasks.size()) + " tasks, one path each, " +
                     std::to_string(question.visits()) + " visits a site";
      for (const auto& [site, order] : question.orders) {
        check.bounds += ", assuming " + site + "=" + std::string{name_of(order)};
      }
      check.expected = {reachable ? "reachable" : "never", {}, {}, {}};
      check.quick = true;
      check.run = [subject, held, i, model](const Workshop&) {
        held();
        const auto judged = orders::judge(subject->questions[i], subject->automata,
                                          orders::builtin_model(model), subject->symbols);
        if (judged.outcome == orders::Outcome::unknown) {
          return Outcome{judged.reason, judged.vacuous, {}, {}, {}, judged.seconds};
        }
        return Outcome{order_words(judged.outcome), true, {}, {}, {}, judged.seconds};
      };
      out.push_back(std::move(check));
    }
  }
  add_needed_orders(out, p, subject, held);
  stale_orders(p, out);
}

/// What a judge counted and the record does not say, or says otherwise: "".
std::string counted_otherwise(const Check& check, const Outcome& outcome) {
  const Expected& expected = check.expected;
  const auto differ = [](const auto& recorded, const auto& counted) {
    return recorded && counted && recorded != counted;
  };
  if (differ(expected.states, outcome.states)) {
    return "but " + std::to_string(*expected.states) + " states are recorded";
  }
  if (differ(expected.transitions, outcome.transitions)) {
    return "but " + std::to_string(*expected.transitions) + " transitions are recorded";
  }
  if (check.claim != "safe") return "";
  if (check.variant == "holds" && (!expected.states || !expected.transitions)) {
    return "but how many states and transitions is " + std::string{not_recorded};
  }
  if (expected.verdict.starts_with("violates ") && !expected.steps) {
    return "but after how many steps is " + std::string{not_recorded};
  }
  return "";
}

}  // namespace

Checked judged(const Check& check, Outcome outcome) {
  Checked out{std::move(outcome), "", Verdict::unknown};
  if (!out.outcome.decided) return out;
  const Expected& expected = check.expected;
  const bool said = out.outcome.got == expected.verdict;
  const bool steps = !expected.steps || expected.steps == out.outcome.steps;
  if (said) out.remark = counted_otherwise(check, out.outcome);
  out.verdict = said && steps && out.remark.empty() ? Verdict::pass : Verdict::fail;
  return out;
}

Checked perform(const Check& check, const Workshop& workshop) {
  try {
    return judged(check, check.run(workshop));
  } catch (const Undecided& why) {
    return {{why.what(), false, {}, {}, {}, 0}, "", Verdict::unknown};
  } catch (const InputError& why) {
    // What this check needs cannot be read; the others go on, and one line says so.
    return {{why.what(), true, {}, {}, {}, 0}, "", Verdict::fail};
  }
}

std::vector<Check> all_checks(ManifestRef manifest) {
  std::vector<Check> out;
  for (const ManifestProtocol& protocol : manifest->protocols) {
    add_sizes(out, manifest, protocol);
    add_variants(out, manifest, protocol);
    add_refuted(out, manifest, protocol);
    add_proofs(out, manifest, protocol);
    add_cutoff(out, manifest, protocol);
    add_traces(out, manifest, protocol);
    add_orders(out, manifest, protocol);
  }
  return out;
}

}  // namespace lockstep
