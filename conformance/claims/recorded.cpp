// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/recorded.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>
#include <set>

#include "claims/check.hpp"
#include "claims/part.hpp"

namespace lockstep {

namespace {

const ManifestProperty* property_of(const ManifestProtocol& protocol, const std::string& name) {
  const auto found = std::ranges::find(protocol.properties, name, &ManifestProperty::name);
  return found == protocol.properties.end() ? nullptr : &*found;
}

/// Is the proof asked about it?
bool is_proved(const ManifestProtocol& protocol, const ManifestVariant& variant) {
  return protocol.proof && variant.not_proved.empty();
}

/// What every judge must say of a variant, by what it breaks; nothing is recorded yet.
void expect(const ManifestProtocol& protocol, ManifestVariant& variant) {
  if (variant.holds) {
    variant.expected[variant.by_tlc ? "tlc" : "reference"] = {"holds", {}, {}, {}};
    variant.expected["equal"] = {"equal", {}, {}, {}};
    if (is_proved(protocol, variant)) variant.expected["inductive"] = {"proved", {}, {}, {}};
    const auto states = [&](std::string_view kind) {
      return std::ranges::find(protocol.properties, kind, &ManifestProperty::kind) !=
             protocol.properties.end();
    };
    if (states("liveness")) variant.expected["live"] = {"holds", {}, {}, {}};
    if (states("refinement")) variant.expected["refines"] = {"holds", {}, {}, {}};
    return;
  }
  const std::string& kind = property_of(protocol, variant.breaks)->kind;
  variant.expected["tlc"] = {"violates " + variant.breaks, {}, {}, {}};
  variant.expected["equal"] = {"equal", {}, {}, {}};
  variant.expected["reference"] = variant.expected["tlc"];
  if (is_proved(protocol, variant)) {
    // Proofs say nothing of liveness, nor of the abstract lock.
    const bool safety = kind == "invariant" || kind == "action";
    variant.expected["inductive"] = {safety ? std::string{not_recorded} : "proved", {}, {}, {}};
  }
}

void drop(ManifestProtocol& protocol, const Part& entry, const std::string& why) {
  protocol.dropped.push_back(protocol.is_stale(entry, why));
}

bool states_property(const ManifestProtocol& p, const std::string& name) {
  const auto among = [&](const std::vector<ManifestProperty>& stated) {
    return std::ranges::find(stated, name, &ManifestProperty::name) != stated.end();
  };
  return among(p.properties) || among(p.refuted) || among(p.possible) ||
         (!p.fairness.empty() && p.fairness == name);
}

/// Only of what states and steps show are steps recorded.
bool is_safety(const ManifestProtocol& protocol, const ManifestVariant& variant) {
  const ManifestProperty* broken = property_of(protocol, variant.breaks);
  return broken != nullptr && broken->kind != "liveness";
}

void read_variant(const Part& from, ManifestProtocol& protocol, ManifestVariant& variant) {
  from.only({"steps", "inductive"});
  if (from.has("steps")) {
    for (const auto& [judge, steps] : from["steps"].members()) {
      const auto expected = variant.expected.find(judge);
      const std::uint64_t number = steps.number();
      if (expected == variant.expected.end() || variant.holds || judge == "inductive" ||
          judge == "equal") {
        drop(protocol, steps, "is a judge that finds nothing in variant " + variant.name);
      } else if (!is_safety(protocol, variant)) {
        drop(protocol, steps,
             "is of variant " + variant.name + ", which breaks " + variant.breaks +
                 ": of such a property no steps are recorded");
      } else {
        expected->second.steps = number;
      }
    }
  }
  if (!from.has("inductive")) return;
  const std::string place = from["inductive"].text();
  const auto expected = variant.expected.find("inductive");
  if (!protocol.proof || expected == variant.expected.end() ||
      expected->second.verdict == "proved") {
    drop(protocol, from["inductive"], "is of a variant whose proof does not fail");
    return;
  }
  expected->second.verdict = "fails at " + place;
}

void read_size(const Part& from, const std::string& name, ManifestProtocol& protocol) {
  from.only({"states", "transitions"});
  const auto states = from.number_of("states"), transitions = from.number_of("transitions");
  const auto size = std::ranges::find(protocol.sizes, name, &ManifestSize::size);
  if (size == protocol.sizes.end()) {
    drop(protocol, from, "is no size of protocol.json");
  } else if (!size->has("safe")) {
    drop(protocol, from, "is a size that does not claim 'safe': nothing counts its states");
  } else {
    size->states = states;
    size->transitions = transitions;
  }
}

/// `"a": 1, "b": 2` on one line.
template <class Map>
std::string on_one_line(const Map& map) {
  std::string out;
  for (const auto& [name, value] : map) {
    out += (out.empty() ? "" : ", ") + nlohmann::json(name).dump() + ": " +
           nlohmann::json(value).dump();
  }
  return "{" + out + "}";
}

/// Members, each on a line of its own.
std::string on_lines(const std::vector<std::pair<std::string, std::string>>& members,
                     const std::string& indent) {
  if (members.empty()) return "{}";
  std::string out = "{\n";
  for (std::size_t i = 0; i < members.size(); ++i) {
    out += indent + "  " + nlohmann::json(members[i].first).dump() + ": " + members[i].second +
           (i + 1 < members.size() ? ",\n" : "\n");
  }
  return out + indent + "}";
}

std::string text_of(const ManifestVariant& variant) {
  std::vector<std::string> parts;
  std::map<std::string, std::uint64_t> steps;
  for (const auto& [judge, expected] : variant.expected) {
    if (expected.steps) steps[judge] = *expected.steps;
  }
  if (!steps.empty()) parts.push_back("\"steps\": " + on_one_line(steps));
  const auto proof = variant.expected.find("inductive");
  constexpr std::string_view fails = "fails at ";
  if (proof != variant.expected.end() && proof->second.verdict.starts_with(fails)) {
    parts.push_back("\"inductive\": " +
                    nlohmann::json(proof->second.verdict.substr(fails.size())).dump());
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out.empty() ? "" : "{" + out + "}";
}

/// Writes what a check measured in the place of what was recorded.
void take(ManifestProtocol& p, const Check& check, const Outcome& outcome) {
  if (!outcome.decided) return;
  if (check.claim == "orders-needed") {
    p.orders_needed[*check.model][check.site] = outcome.got;
  } else if (check.claim == "cutoff" && p.proof && p.proof->views) {
    constexpr std::string_view cutoff = "cutoff ";
    if (outcome.got.starts_with(cutoff)) {
      p.proof->views->cutoff = outcome.got.substr(cutoff.size());
    }
  } else if (check.claim == "safe" && check.variant == "holds" && check.judge == "reference" &&
             outcome.got == check.expected.verdict) {
    for (ManifestSize& size : p.sizes) {
      if (size.size != check.size) continue;
      size.states = outcome.states;
      size.transitions = outcome.transitions;
    }
  } else if (check.claim == "covered" && !outcome.table.empty()) {
    p.turns = outcome.table;
  } else if (check.claim == "killed") {
    if (outcome.got == check.expected.verdict && outcome.states) {
      p.killed[check.id.substr(check.id.rfind('/') + 1)] = *outcome.states;
    }
  } else if (check.claim == "replays") {
    const std::string name = check.id.substr(check.id.rfind('/') + 1);
    p.traces.erase(name);
    if (outcome.states) p.traces[name] = *outcome.states;
  } else {
    for (ManifestVariant& variant : p.variants) {
      if (variant.name != check.variant || variant.holds) continue;
      const std::string judge = check.claim == "inductive" ? check.claim : check.judge;
      const auto expected = variant.expected.find(judge);
      if (expected == variant.expected.end()) continue;
      if (judge == "inductive") {
        // The first place of several.
        if (outcome.got.starts_with("fails at ")) {
          expected->second.verdict = outcome.got.substr(0, outcome.got.find(", "));
        }
      } else if (outcome.got == check.expected.verdict && check.claim == "safe") {
        expected->second.steps = outcome.steps;
      }
    }
  }
}

/// Model and site of each needed order that some check measures.
using Needed = std::set<std::pair<std::string, std::string>>;
Needed measured_orders(const ManifestProtocol& p, const std::vector<Check>& checks) {
  Needed out;
  for (const Check& check : checks) {
    if (check.protocol == p.name && check.claim == "orders-needed") {
      out.emplace(*check.model, check.site);
    }
  }
  return out;
}

}  // namespace

void read_recorded(const std::filesystem::path& file, ManifestProtocol& protocol) {
  for (ManifestVariant& variant : protocol.variants) expect(protocol, variant);
  if (!std::filesystem::exists(file)) return;
  const Part from = Part::of_file(file, "the recorded verdicts of a protocol");
  protocol.recorded = std::make_shared<const Part>(from);
  from.only({"sizes", "variants", "killed", "traces", "turns", "cutoff", "orders_needed"});
  for (const auto& [name, counts] : from["sizes"].members()) read_size(counts, name, protocol);
  for (const auto& [name, recorded] : from["variants"].members()) {
    const auto variant = std::ranges::find(protocol.variants, name, &ManifestVariant::name);
    if (variant == protocol.variants.end()) {
      drop(protocol, recorded, "is no variant of protocol.json");
    } else {
      read_variant(recorded, protocol, *variant);
    }
  }
  if (from.has("killed")) {
    for (const auto& [name, count] : from["killed"].members()) {
      if (states_property(protocol, name)) {
        protocol.killed[name] = count.number();
      } else {
        drop(protocol, count, "is of '" + name + "', which the specification does not state");
      }
    }
  }
  if (from.has("traces")) {
    for (const auto& [name, states] : from["traces"].members()) {
      protocol.traces[name] = states.number();
    }
  }
  if (from.has("turns")) {
    for (const auto& [name, where] : from["turns"].members()) protocol.turns[name] = where.text();
  }
  if (from.has("cutoff")) {
    const std::string cutoff = from["cutoff"].text();
    if (protocol.proof && protocol.proof->views) {
      protocol.proof->views->cutoff = cutoff;
    } else {
      drop(protocol, from["cutoff"], "is of no views");
    }
  }
  if (!from.has("orders_needed")) return;
  for (const auto& [model, sites] : from["orders_needed"].members()) {
    for (const auto& [site, verdict] : sites.members()) {
      protocol.orders_needed[model][site] = verdict.text();
    }
  }
}

std::vector<InputError> stale_orders(const ManifestProtocol& p, const std::vector<Check>& all) {
  std::vector<InputError> out;
  const Needed needed = measured_orders(p, all);
  for (const auto& [model, sites] : p.orders_needed) {
    for (const auto& [site, verdict] : sites) {
      if (needed.contains({model, site})) continue;
      out.push_back(p.is_stale((*p.recorded)["orders_needed"][model][site],
                               "is no weakening of a declared order under " + model +
                                   "; where the code declares another "
                                   "order, `lockstep order " +
                                   p.name + "` says what that breaks"));
    }
  }
  return out;
}

std::string recorded_text(const ManifestProtocol& kept, const std::vector<Check>& all,
                          const std::vector<std::pair<const Check*, const Outcome*>>& measured) {
  ManifestProtocol p = kept;
  const Needed needed = measured_orders(p, all);
  for (auto& [model, sites] : p.orders_needed) {
    std::erase_if(sites, [&](const auto& one) { return !needed.contains({model, one.first}); });
  }
  std::erase_if(p.orders_needed, [](const auto& model) { return model.second.empty(); });
  for (const auto& [check, outcome] : measured) take(p, *check, *outcome);
  std::vector<std::pair<std::string, std::string>> sizes, variants, models, members;
  for (const ManifestSize& size : p.sizes) {
    std::map<std::string, std::uint64_t> counts;
    if (size.states) counts["states"] = *size.states;
    if (size.transitions) counts["transitions"] = *size.transitions;
    if (!counts.empty()) sizes.emplace_back(size.size, on_one_line(counts));
  }
  for (const ManifestVariant& variant : p.variants) {
    if (std::string text = text_of(variant); !text.empty()) {
      variants.emplace_back(variant.name, std::move(text));
    }
  }
  for (const auto& [model, sites] : p.orders_needed) {
    std::vector<std::pair<std::string, std::string>> lines;
    for (const auto& [site, verdict] : sites) {
      lines.emplace_back(site, nlohmann::json(verdict).dump());
    }
    models.emplace_back(model, on_lines(lines, "    "));
  }
  members.emplace_back("sizes", on_lines(sizes, "  "));
  members.emplace_back("variants", on_lines(variants, "  "));
  std::vector<std::pair<std::string, std::string>> killed, traces;
  for (const auto& [name, count] : p.killed) killed.emplace_back(name, std::to_string(count));
  if (!killed.empty()) members.emplace_back("killed", on_lines(killed, "  "));
  for (const auto& [name, states] : p.traces) traces.emplace_back(name, std::to_string(states));
  if (!traces.empty()) members.emplace_back("traces", on_lines(traces, "  "));
  std::vector<std::pair<std::string, std::string>> turns;
  for (const auto& [name, where] : p.turns) turns.emplace_back(name, nlohmann::json(where).dump());
  if (!turns.empty()) members.emplace_back("turns", on_lines(turns, "  "));
  if (p.proof && p.proof->views && !p.proof->views->cutoff.empty()) {
    members.emplace_back("cutoff", nlohmann::json(p.proof->views->cutoff).dump());
  }
  if (!models.empty()) members.emplace_back("orders_needed", on_lines(models, "  "));
  return on_lines(members, "") + "\n";
}

}  // namespace lockstep
