// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/killers.hpp"

#include <algorithm>
#include <set>

#include "claims/live.hpp"
#include "claims/planted.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

constexpr unsigned moments_of_a_part = 3;
constexpr unsigned few_attempts = 8, many_attempts = 60;  ///< to find one

/// What two lists of violated properties differ in: "LookupEnds is violated"; or "".
std::string difference(const std::vector<std::string>& whole,
                       const std::vector<std::string>& without) {
  const auto has = [](const auto& in, const std::string& one) {
    return std::ranges::find(in, one) != in.end();
  };
  for (const std::string& one : without) {
    if (!has(whole, one)) return one + " is violated";
  }
  for (const std::string& one : whole) {
    if (!has(without, one)) return one + " is not violated";
  }
  return "";
}

/// `open \in [Mms -> BOOLEAN]`: no state that our engines have can say otherwise, nor can one of
/// TLC's be read that does.
bool of_truth_values(const tla::Node& node) {
  if (node.kind != tla::Node::Kind::infix || node.text != "\\in") return false;
  const tla::Node* set = node.args[1].get();
  while (set->kind == tla::Node::Kind::functions) set = set->args[1].get();
  return set->kind == tla::Node::Kind::name && set->text == "BOOLEAN";
}

}  // namespace

Killers::Killers(const Manifest& manifest, const std::string& protocol)
    : manifest_(manifest),
      protocol_(manifest.protocol(protocol)),
      module_(tla::Module::read(protocol_.module, protocol_.directories)) {}

std::vector<std::string> Killers::properties() const {
  std::vector<std::string> out;
  for (const auto* stated : {&protocol_.properties, &protocol_.refuted, &protocol_.possible}) {
    for (const ManifestProperty& property : *stated) out.push_back(property.name);
  }
  if (!protocol_.fairness.empty()) out.push_back(protocol_.fairness);
  return out;
}

tla::Place Killers::place(const std::string& property) const {
  return module_.place(property);
}

const ManifestProperty* Killers::find(const std::string& property) const {
  for (const auto* stated : {&protocol_.properties, &protocol_.refuted, &protocol_.possible}) {
    const auto found = std::ranges::find(*stated, property, &ManifestProperty::name);
    if (found != stated->end()) return &*found;
  }
  return nullptr;
}

tla::Module Killers::without(const tla::PropertyPart& part) const {
  return tla::Module::of(tla::changed(module_.text(), part));
}

std::vector<Killers::Owned> Killers::parts_of(const std::string& property) const {
  const tla::ModuleText& text = module_.text();
  std::vector<Owned> out;
  for (tla::PropertyPart& part : tla::parts_of_property(text, property)) {
    out.push_back({std::move(part), {property}});
  }
  // What the specification itself uses is no part of a property.
  std::set<std::string> others;
  for (const std::string& root : {std::string{"Spec"}, protocol_.view, protocol_.fairness}) {
    if (!root.empty()) others.merge(tla::used_by(text, root));
  }
  std::map<std::string, std::vector<std::string>> users;
  std::set<std::string> properties;
  for (const std::string& one : this->properties()) {
    if (one == protocol_.fairness) continue;
    properties.insert(one);
    for (const std::string& used : tla::used_by(text, one)) users[used].push_back(one);
  }
  for (const tla::Definition& definition : text.definitions) {
    const auto used = users.find(definition.name);
    if (used == users.end() || used->second.front() != property) continue;
    const bool own = properties.contains(definition.name) || others.contains(definition.name) ||
                     (!out.empty() && out.front().part.of == definition.name);
    if (own) continue;
    for (tla::PropertyPart& part : tla::parts_of_helper(text, definition.name)) {
      out.push_back({std::move(part), used->second});
    }
  }
  return out;
}

KilledParts Killers::of(const std::string& property, bool variants, const Workshop& workshop) {
  if (property == protocol_.fairness) return of_fairness(workshop);
  const std::vector<Owned> parts = parts_of(property);
  KilledParts out;
  for (const Owned& owned : parts) out.parts.push_back({owned.part, "", {}, ""});
  plant(property, parts, out);
  // A search of the form that holds takes less time than what is planted at length.
  for (KilledPart& one : out.parts) {
    if (one.by.empty()) by_form_that_holds(property, one, workshop);
  }
  plant_at_length(property, parts, out);
  for (std::size_t i = 0; i < parts.size(); ++i) {
    KilledPart& one = out.parts[i];
    if (!variants && !one.by.empty()) continue;
    if (!by_variant(parts[i], one, workshop)) by_form_that_holds(property, one, workshop);
  }
  return out;
}

bool KilledParts::open() const {
  return std::ranges::any_of(parts, [](const KilledPart& one) { return one.by.empty(); });
}

void Killers::plant(const std::string& property, const std::vector<Owned>& parts,
                    KilledParts& out) {
  plant_at(property, {protocol_.default_size(), "holds", few_attempts}, parts, out);
  plant_at_each(property, few_attempts, parts, out);
}

void Killers::plant_at_each(const std::string& property, unsigned attempts,
                            const std::vector<Owned>& parts, KilledParts& out) {
  for (const ManifestSize& one : protocol_.smallest_first("safe")) {
    if (out.open()) plant_at(property, {one.size, "holds", attempts}, parts, out);
  }
}

void Killers::plant_at_length(const std::string& property, const std::vector<Owned>& parts,
                              KilledParts& out) {
  plant_at_each(property, many_attempts, parts, out);
  // What a constant decides may matter to another form alone.
  for (const ManifestVariant& variant : protocol_.variants) {
    if (!out.open()) return;
    plant_at(property, {variant.size, variant.name, many_attempts}, parts, out);
  }
}

void Killers::plant_at(const std::string& property, const Bed& bed, const std::vector<Owned>& parts,
                       KilledParts& out) {
  const Subject subject =
      Subject::of(manifest_, protocol_.name, Size::parse(bed.size), bed.variant);
  Planted planted(subject, module_.text());
  std::map<std::string, Posed> whole;
  std::vector<Moment> moments;
  const auto posed = [&](const std::string& name) -> const Posed& {
    const auto [at, fresh] = whole.try_emplace(name);
    if (fresh) at->second = planted.poser.pose(module_, name);
    return at->second;
  };
  bool noticed = false;
  for (std::size_t i = 0; i < parts.size(); ++i) {
    KilledPart& one = out.parts[i];
    if (!one.by.empty()) continue;
    const tla::Module changed = without(parts[i].part);
    for (const std::string& asked : parts[i].asked) {
      const Posed& as_stated = posed(asked);
      const Posed as_changed = planted.poser.pose(changed, asked);
      for (unsigned seed = 0; seed < moments_of_a_part; ++seed) {
        const auto moment = planted.tells_apart(as_stated, as_changed, bed.attempts, seed);
        if (!moment) break;
        one.by = bed.variant == "holds" ? "planted" : "planted in " + bed.variant;
        one.size = bed.size;
        noticed = true;
        if (asked == property) moments.push_back(*moment);
      }
      if (!one.by.empty()) break;
    }
    if (one.by.empty() && of_truth_values(*one.part.node)) one.by = "the sort of its cells";
  }
  if (noticed || out.count == 0) out.count += planted.refused(posed(property), moments);
}

bool Killers::by_variant(const Owned& owned, KilledPart& out, const Workshop& workshop) {
  return std::ranges::any_of(protocol_.variants, [&](const ManifestVariant& variant) {
    return !variant.holds && by_variant(variant, owned, out, workshop);
  });
}

/// A mapping that is not what it was may make no refinement any more.
void Killers::by_form_that_holds(const std::string& property, KilledPart& out,
                                 const Workshop& workshop) {
  const std::vector<ManifestSize> sizes = protocol_.smallest_first("refines");
  if (!module_.is_refinement(property) || sizes.empty() || out.part.of != property) return;
  const Size size = Size::parse(sizes.front().size);
  const Subject subject = Subject::of(manifest_, protocol_.name, size, "holds");
  const tla::Module changed = without(out.part);
  const auto system = system_of(subject);
  SpecProperties properties(system->world(), changed, subject.model->constants());
  properties.add(property);
  const SearchResult result = explore(*system, properties, workshop);
  if (!result.violation || result.violation->property != property) return;
  out.by = property + " is violated";
  out.steps = result.violation->steps.size();
  out.size = size.text();
}

bool Killers::by_variant(const ManifestVariant& variant, const Owned& owned, KilledPart& out,
                         const Workshop& workshop) {
  if (std::ranges::find(owned.asked, variant.breaks) == owned.asked.end()) return false;
  const Subject subject =
      Subject::of(manifest_, protocol_.name, Size::parse(variant.size), variant.name);
  const tla::Module changed = without(owned.part);
  if (find(variant.breaks)->kind == "liveness") {
    if (judge_liveness(subject, changed, {variant.breaks}, workshop).result.violation) return false;
    out.by = variant.name;
    out.size = variant.size;
    return true;
  }
  const auto [at, fresh] = violations_.try_emplace(variant.name);
  if (fresh) at->second = first_violations(subject, variant.breaks, workshop);
  const FirstViolations& first = at->second;
  if (first.moments.empty()) return false;
  Poser poser(subject.model->world(), subject.model->constants());
  const Posed posed = poser.pose(changed, variant.breaks);
  const bool shown = std::ranges::any_of(first.moments, [&](const Moment& moment) {
    const Moment asked = posed.steps ? moment : Moment{moment.after, {}};
    return poser.ask(posed, asked) != Poser::Answer::holds;
  });
  if (shown) return false;
  out.by = variant.name;
  out.steps = first.steps;
  out.size = variant.size;
  return true;
}

KilledParts Killers::of_fairness(const Workshop& workshop) {
  KilledParts out;
  for (tla::PropertyPart& part : tla::parts_of_fairness(module_.text(), protocol_.fairness)) {
    out.parts.push_back({std::move(part), "", {}, ""});
  }
  std::vector<std::string> asked = properties_of(protocol_, {"liveness"});
  for (const ManifestProperty& property : protocol_.refuted) asked.push_back(property.name);
  for (const ManifestSize& at : protocol_.smallest_first("live")) {
    const std::string& size = at.size;
    const Subject subject = Subject::of(manifest_, protocol_.name, Size::parse(size), "holds");
    if (out.count == 0) out.count = count_fair(subject, module_, workshop);
    const auto whole = judge_liveness(subject, module_, asked, workshop).result.violated;
    bool open = false;
    for (KilledPart& one : out.parts) {
      if (!one.by.empty()) continue;
      const tla::Module changed = without(one.part);
      one.by = difference(whole, judge_liveness(subject, changed, asked, workshop).result.violated);
      if (!one.by.empty()) one.size = size;
      open = open || one.by.empty();
    }
    if (!open) break;
  }
  return out;
}

}  // namespace lockstep
