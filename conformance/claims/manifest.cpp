// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/manifest.hpp"

#include <algorithm>
#include <limits>
#include <set>

#include "claims/named.hpp"
#include "claims/part.hpp"
#include "claims/recorded.hpp"
#include "model/verdict.hpp"
#include "tla/stated.hpp"

namespace lockstep {

namespace {

namespace fs = std::filesystem;

ManifestProof::Views read_views(const Part& from) {
  from.only({"sets", "single", "features", "sizes"});
  ManifestProof::Views out;
  for (const Part& set : from["sets"].items()) {
    out.sets.emplace_back(set["name"].text(), set["of"].text());
  }
  out.single = from["single"].texts();
  for (const Part& feature : from["features"].items()) {
    feature.only({"see", "when"});
    out.features.emplace_back(feature["see"].text(), feature.text_or("when", ""));
  }
  out.sizes = from["sizes"].texts();
  return out;
}

ManifestProof read_proof(const Part& from) {
  from.only({"module", "invariant", "parameters", "in_linux", "assumption", "exactly_one", "walks",
             "counts", "limits", "views"});
  ManifestProof out;
  out.module = from["module"].text();
  out.invariant = from["invariant"].text();
  out.parameters = from["parameters"].texts();
  if (!out.parameters.empty()) {
    for (const auto& [name, value] : from["in_linux"].members()) {
      if (value.number() > std::numeric_limits<int>::max()) value.fail("is more than an int");
      out.in_linux[name] = static_cast<int>(value.number());
    }
    for (const std::string& open : out.parameters) {
      if (!out.in_linux.contains(open)) from["in_linux"].fail("does not say what " + open + " is");
    }
  }
  out.assumption = from.text_or("assumption", "");
  if (from.has("exactly_one")) out.exactly_one = from["exactly_one"].texts();
  out.walks = from["walks"].texts();
  if (out.walks.empty()) from["walks"].fail("is empty");
  for (const auto& [name, set] : from["counts"].members()) out.counts[name] = set.text();
  if (from.has("limits")) {
    out.limits = from["limits"]["assumptions"].texts();
    for (const auto& [name, says] : from["limits"]["properties"].members()) {
      out.limit_properties.push_back({name, says.text()});
    }
  }
  if (from.has("views")) out.views = read_views(from["views"]);
  return out;
}

/// Whatever the modules state is claimed at some size: else no judge is ever asked about it.
void refuse_unclaimed(const Part& sizes, const ManifestProtocol& p) {
  const auto claimed = [&](std::string_view claim) {
    return std::ranges::any_of(p.sizes,
                               [&](const ManifestSize& size) { return size.by_tlc(claim); });
  };
  const auto hold = [&](const std::string& stated, std::string_view claim) {
    if (claimed(claim)) return;
    const bool alone =
        std::ranges::any_of(p.sizes, [&](const ManifestSize& size) { return size.has(claim); });
    sizes.fail("has none that claims '" + std::string{claim} + "'" +
               (alone ? " of TLC, the judge of record, so it is never asked about "
                      : ", so nobody judges ") +
               stated);
  };
  for (const auto* properties : {&p.properties, &p.refuted}) {
    for (const ManifestProperty& property : *properties) {
      const bool live = property.kind == "liveness", refines = property.kind == "refinement";
      hold(property.name, live ? "live" : refines ? "refines" : "safe");
    }
  }
  if (p.proof) hold(p.proof->module + "!" + p.proof->invariant + " by TLC", "inductive");
  if (!p.view.empty()) hold("whether " + p.view + " hides what matters", "view");
}

/// What TLC is not asked at a size, where it would take too long: what our own engines judge alone.
std::vector<std::string> read_left_out(const Part& from, const std::set<std::string>& claims) {
  std::vector<std::string> out;
  for (const Part& claim : from.items()) {
    const std::string name = claim.text();
    if (name != "safe" && name != "refines" && name != "live" && name != "inductive") {
      claim.fail("is '" + name +
                 "'; expected safe, refines, live or inductive, which our own engines judge too");
    }
    if (!claims.contains(name)) claim.fail("is '" + name + "', which this size does not claim");
    if (std::ranges::find(out, name) != out.end()) claim.fail("stands twice");
    out.push_back(name);
  }
  return out;
}

std::vector<ManifestSize> read_sizes(const Part& from) {
  std::vector<ManifestSize> out;
  std::set<std::string> sizes;
  for (const Part& size : from.items()) {
    size.only({"size", "claims", "quick", "not_by_tlc"});
    out.push_back({size["size"].text(), size["claims"].texts(), size.flag("quick"), {}, {}, {}});
    if (!sizes.insert(out.back().size).second) size["size"].fail("stands twice");
    std::set<std::string> claims;
    for (const Part& claim : size["claims"].items()) {
      if (!claims.insert(claim.text()).second) claim.fail("stands twice");
    }
    if (size.has("not_by_tlc")) out.back().not_by_tlc = read_left_out(size["not_by_tlc"], claims);
  }
  if (out.empty()) from.fail("is empty");
  if (std::ranges::none_of(out, &ManifestSize::quick)) {
    from.fail("has none that is quick: `verify --quick` would judge nothing of the protocol");
  }
  return out;
}

ManifestVariant read_variant(const Part& from, const ManifestProtocol& protocol,
                             const std::string& usual_size) {
  from.only({"name", "breaks", "why", "scenario", "size", "quick", "quick_proof", "not_proved",
             "not_by_tlc"});
  ManifestVariant out;
  out.name = from["name"].text();
  if (!from["breaks"].is_null()) {
    out.breaks = from["breaks"].text();
    const auto named = [&](const ManifestProperty& p) { return p.name == out.breaks; };
    if (std::ranges::none_of(protocol.properties, named)) {
      from["breaks"].fail("names no property of module " + protocol.module);
    }
  }
  out.holds = out.breaks.empty();
  out.why = from["why"].words();
  if (const std::string id = from.text_or("scenario", ""); !id.empty()) out.scenario = id;
  out.size = from.text_or("size", usual_size);
  out.quick = from.flag("quick");
  out.quick_proof = from.flag("quick_proof");
  out.by_tlc = !from.flag("not_by_tlc");
  if (!out.by_tlc && !out.holds) {
    from["not_by_tlc"].fail("is of a variant that breaks something: its steps are TLC's too");
  }
  if (from.has("not_proved")) {
    out.not_proved = from["not_proved"].words();
    if (out.quick_proof) from["not_proved"].fail("is the reason of a variant whose proof is quick");
  }
  return out;
}

std::vector<ManifestNotAtomic> read_not_atomic(const Part& from, const ManifestProtocol& p) {
  std::vector<ManifestNotAtomic> out;
  std::set<std::string> sites;
  for (const Part& one : from.items()) {
    one.only({"site", "size", "why"});
    out.push_back({one["site"].text(), one["size"].text(), one["why"].words()});
    if (!sites.insert(out.back().site).second) one["site"].fail("stands twice");
    const auto size = std::ranges::find(p.sizes, out.back().size, &ManifestSize::size);
    if (size == p.sizes.end() || !size->has("equal")) {
      one["size"].fail("is no size that claims 'equal', where the reference's steps are judged");
    }
  }
  return out;
}

std::vector<ManifestUncovered> read_uncovered(const Part& from) {
  std::vector<ManifestUncovered> out;
  for (const Part& one : from.items()) {
    one.only({"turn", "with", "why"});
    out.push_back({one["turn"].text(), one.text_or("with", ""), one["why"].words()});
  }
  return out;
}

void read_properties(ManifestProtocol& out, const Part& spec,
                     const std::vector<std::string>& no_properties) {
  constexpr std::string_view kinds[] = {"invariant", "action", "liveness", "refinement"};
  const tla::Module module = named_module(spec, out.directories);
  for (const tla::Stated& stated : tla::stated_properties(module, no_properties)) {
    ManifestProperty property{stated.name, std::string{kinds[static_cast<int>(stated.says)]},
                              stated.ids, stated.words};
    if (stated.possible) property.kind = "possible";
    (stated.possible  ? out.possible
     : stated.refuted ? out.refuted
                      : out.properties)
        .push_back(std::move(property));
  }
  // TLC by a .cfg takes the one, every other judge the other: they have to be the same.
  const std::vector<std::string> wanted{"Spec", out.fairness};
  if (!out.fair.empty() && module.conjuncts(out.fair) != wanted) {
    const tla::Place at = module.place(out.fair);
    throw InputError(at.file, at.line, at.column,
                     "'" + out.fair +
                         "' is the specification with its fairness to protocol.json; expected " +
                         out.fair + " == Spec /\\ " + out.fairness);
  }
}

/// `root` has the modules that several protocols share.
ManifestProtocol read_protocol(const fs::path& root, const fs::path& folder, Stale stale) {
  const Part from = Part::of_file(folder / "protocol.json", "the facts of a protocol");
  from.only({"title", "spec", "sizes", "variant_size", "variants", "proof", "not_proved",
             "not_atomic", "uncovered"});
  ManifestProtocol out;
  out.stale = stale;
  out.name = folder.filename().string();
  out.title = from["title"].words();
  out.stated = std::make_shared<const Part>(from);
  const Part spec = from["spec"];
  spec.only({"module", "view", "fairness", "fair"});
  out.module = spec["module"].text();
  out.directories = {folder};
  const fs::path common = root / "spec" / "common";
  if (fs::is_directory(common)) out.directories.push_back(common);
  out.view = spec.text_or("view", "");
  out.fairness = spec.text_or("fairness", "");
  out.fair = spec.text_or("fair", "");
  read_properties(out, spec, {out.view, out.fairness, out.fair});
  out.sizes = read_sizes(from["sizes"]);
  const std::string usual_size = from.text_or("variant_size", out.default_size());
  std::set<std::string> names{"holds"};
  for (const Part& variant : from["variants"].items()) {
    out.variants.push_back(read_variant(variant, out, usual_size));
    if (!names.insert(out.variants.back().name).second) variant["name"].fail("stands twice");
  }
  if (from.has("not_atomic")) out.not_atomic = read_not_atomic(from["not_atomic"], out);
  if (from.has("uncovered")) out.uncovered = read_uncovered(from["uncovered"]);
  if (from.has("proof")) out.proof = read_proof(from["proof"]);
  if (from.has("not_proved")) {
    out.not_proved = from["not_proved"].words();
    if (out.proof) from["not_proved"].fail("is the reason of a protocol that has a proof");
  }
  check_named(from, out);
  refuse_unclaimed(from["sizes"], out);
  const fs::path questions = folder / "questions";
  if (fs::is_directory(questions)) {
    for (const auto& entry : fs::directory_iterator(questions)) {
      if (entry.path().extension() == ".question") out.questions.push_back(entry.path());
    }
  }
  std::ranges::sort(out.questions);
  read_recorded(folder / "verdicts.json", out);
  return out;
}

std::vector<ManifestScenario> read_scenarios(const fs::path& path) {
  const Part from = Part::of_file(path, "the scenarios");
  from.only({"scenarios"});
  std::vector<ManifestScenario> out;
  for (const Part& s : from["scenarios"].items()) {
    out.push_back({s["id"].text(), s["title"].text(), s["protocol"].text(), s["source"].text(),
                   s["question"].text(), s.text_or("broken", ""), s.text_or("holds", ""),
                   s.text_or("kind", "safety"),
                   !s.has("violates") || !s["violates"].items().empty()});
  }
  return out;
}

}  // namespace

bool ManifestSize::has(std::string_view claim) const {
  return std::ranges::find(claims, claim) != claims.end();
}

bool ManifestSize::by_tlc(std::string_view claim) const {
  return has(claim) && std::ranges::find(not_by_tlc, claim) == not_by_tlc.end();
}

std::vector<ManifestSize> ManifestProtocol::smallest_first(std::string_view claim) const {
  std::vector<ManifestSize> out;
  for (const ManifestSize& size : sizes) {
    if (size.has(claim)) out.push_back(size);
  }
  std::ranges::stable_sort(
      out, {}, [](const ManifestSize& size) { return size.states.value_or(~std::uint64_t{0}); });
  return out;
}

const ManifestVariant& ManifestProtocol::variant(const std::string& variant_name) const {
  std::string known = "holds";
  for (const ManifestVariant& variant : variants) {
    if (variant.name == variant_name) return variant;
    known += ", " + variant.name;
  }
  throw InputError("variant '" + variant_name + "'", 0, 0,
                   "unknown for " + name + "; expected one of: " + known);
}

InputError ManifestProtocol::is_stale(const Part& entry, const std::string& why) const {
  try {
    entry.fail(why + (stale == Stale::dropped ? "; dropped" : "; `verify --update` drops it"));
  } catch (const InputError& error) {
    return error;
  }
}

Manifest Manifest::read(const fs::path& root, Stale stale, const std::vector<fs::path>& foreign) {
  Manifest out;
  out.root = root;
  out.scenarios = read_scenarios(root / "spec" / "scenarios.json");
  std::set<fs::path> folders;
  for (const auto& entry : fs::directory_iterator(root / "spec")) {
    if (fs::exists(entry.path() / "protocol.json")) {
      folders.insert(entry.path());
    } else if (entry.is_directory() && entry.path().filename() != "common") {
      throw InputError(entry.path().string(), 0, 0,
                       "no protocol.json here; expected the facts of a protocol, or no folder");
    }
  }
  if (folders.empty()) {
    throw InputError((root / "spec").string(), 0, 0,
                     "no protocol here; expected a folder with a protocol.json");
  }
  for (const fs::path& folder : folders) {
    out.protocols.push_back(read_protocol(root, folder, stale));
    out.protocols.back().golden = root / "traces" / folder.filename();
  }
  for (const fs::path& folder : foreign) {
    out.protocols.push_back(read_protocol(root, folder, stale));
    out.protocols.back().golden = folder / "traces";
    out.protocols.back().foreign = true;
  }
  return out;
}

const ManifestProtocol& Manifest::protocol(const std::string& name) const {
  std::string known;
  for (const ManifestProtocol& protocol : protocols) {
    if (protocol.name == name) return protocol;
    known += (known.empty() ? "" : ", ") + protocol.name;
  }
  throw InputError("protocol '" + name + "'", 0, 0, "unknown; expected one of: " + known);
}

const ManifestScenario& Manifest::scenario(const std::string& id) const {
  for (const ManifestScenario& scenario : scenarios) {
    if (scenario.id == id) return scenario;
  }
  throw InputError("scenario '" + id + "'", 0, 0, "unknown; `lockstep list scenarios` shows them");
}

}  // namespace lockstep
