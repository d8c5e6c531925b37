// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/page/behaviour_data.hpp"

#include <algorithm>
#include <map>

#include "claims/beside/sites.hpp"
#include "claims/page/near_data.hpp"
#include "model/interrupt.hpp"

namespace lockstep {
namespace {

using report::Json;

/// Of the kind or the role that a slot belongs to.
std::string owner_of(const WorldSpec& world, const Slot& slot) {
  for (const auto& field : world.fields) {
    if (field.name == slot.variable) return field.kind;
  }
  const auto role_of = [&]() -> std::string {
    for (const auto& role : world.roles) {
      if (std::ranges::find(role.tasks, slot.keys.front()) != role.tasks.end()) return role.name;
    }
    return "";
  };
  const auto kind_of = [&]() -> std::string {
    for (const auto& kind : world.kinds) {
      if (!world.has_pages(kind.name) && !kind.waits()) continue;
      if (std::ranges::find(kind.objects, slot.keys.front()) != kind.objects.end()) {
        return kind.name;
      }
    }
    return "";
  };
  if (slot.keys.empty()) return "";
  const bool of_objects = slot.variable == "slab" || slot.variable == "grace";
  const std::string first = of_objects ? kind_of() : role_of();
  if (!first.empty()) return first;
  return of_objects ? role_of() : kind_of();
}

Json slots_of(const World& world) {
  Json out = Json::array();
  for (const Slot& slot : world.layout().slots()) {
    out.push_back({slot.variable, slot.keys, owner_of(world.spec(), slot)});
  }
  return out;
}

Json owners_of(const WorldSpec& world) {
  Json out = Json::array();
  for (const auto& role : world.roles) {
    out.push_back({{"name", role.name}, {"members", role.tasks}, {"tasks", true}});
  }
  for (const auto& kind : world.kinds) {
    out.push_back({{"name", kind.name}, {"members", kind.objects}, {"tasks", false}});
  }
  return out;
}

/// Those that a state or a step shows come first: their numbers are those of the sets.
std::vector<ManifestProperty> properties_shown(const ManifestProtocol& protocol) {
  std::vector<ManifestProperty> out = protocol.properties;
  std::ranges::stable_partition(out, [](const auto& p) { return p.kind != "liveness"; });
  return out;
}

Json property_list(const std::vector<ManifestProperty>& properties) {
  Json out = Json::array();
  for (const ManifestProperty& p : properties) {
    out.push_back({{"name", p.name}, {"kind", p.kind}, {"ids", p.ids}, {"words", p.words}});
  }
  return out;
}

/// What a variant is stated to break, if that is of whole behaviours; or "".
std::string live_broken(const Subject& subject) {
  if (!subject.broken()) return "";
  const std::string& name = subject.protocol->variant(subject.variant).breaks;
  const auto& properties = subject.protocol->properties;
  const auto found = std::ranges::find(properties, name, &ManifestProperty::name);
  return found != properties.end() && found->kind == "liveness" ? name : "";
}

/// What the kernel calls each site.
Json kernel_of(const BehaviourShown& shown, const Json& sites) {
  const beside::Sites beside(shown.manifest, shown.subject.protocol->name);
  Json out = Json::array();
  for (const Json& name : sites) {
    const beside::Site* site = beside.find(name.get<std::string>());
    out.push_back(site == nullptr ? Json::array({"", ""})
                                  : Json::array({site->kernel, site->primitive}));
  }
  return out;
}

/// Which edge of its node each step of the behaviour is.
Json taken_of(const Neighbourhood& near) {
  Json out = Json::array();
  for (std::size_t i = 0; i < near.steps().size(); ++i) {
    const auto& edges = near.nodes()[near.way()[i]].edges;
    const auto edge = std::ranges::find(edges, near.steps()[i], &Neighbourhood::Edge::step);
    out.push_back(edge - edges.begin());
  }
  return out;
}

}  // namespace

Json behaviour_data(Neighbourhood& near, const BehaviourShown& shown, std::size_t bytes) {
  const std::vector<ManifestProperty> properties = properties_shown(*shown.subject.protocol);
  std::vector<std::string> names;
  for (const ManifestProperty& p : properties) {
    if (p.kind != "liveness") names.push_back(p.name);
  }
  AskedProperties asked(shown.subject, near.world(), names);
  NearData data(near, asked.properties, names, shown.style);
  std::size_t depth = 0;
  bool whole = false;
  for (std::size_t times = 1; !whole; ++times) {
    interrupt::check();
    near.grow();
    data.add();
    if (times > 1 && data.bytes() > bytes) break;
    depth = times;
    whole = near.expanded() == near.nodes().size();
  }
  Json out{{"title", shown.title},
           {"about", Json::array()},
           {"protocol", shown.subject.protocol->name},
           {"variant", shown.subject.variant},
           {"bounds", shown.subject.model->bounds()},
           {"command", shown.command},
           {"given", shown.given},
           {"violated", shown.violated},
           {"breaks", live_broken(shown.subject)},
           {"shows", shown.slots},
           {"depth", depth},
           {"whole", whole},
           {"way", near.way()},
           {"taken", taken_of(near)},
           {"back_to", shown.back_to ? Json(*shown.back_to) : Json(nullptr)},
           {"owners", owners_of(near.world().spec())},
           {"slots", slots_of(near.world())},
           {"properties", property_list(properties)}};
  for (const auto& [term, words] : shown.about) out["about"].push_back({term, words});
  Json columns = Json::array();
  for (const auto& task : shown.style.tasks) columns.push_back({task.name, task.title});
  out["columns"] = columns;
  out.update(data.document(depth));
  out["kernel"] = kernel_of(shown, out["sites"]);
  return out;
}

}  // namespace lockstep
