// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/kernel_facts.hpp"

#include "claims/part.hpp"
#include "orders/litmus/primitives.hpp"
#include "report/suggest.hpp"

namespace lockstep::beside {

namespace {

using orders::litmus::Primitive;

const Primitive* of_the_model(const std::string& name) {
  const Primitive* found = orders::litmus::find_primitive(name, orders::litmus::Dialect::kernel);
  const bool kernels =
      found != nullptr && !found->open && found->dialect == orders::litmus::Dialect::kernel;
  return kernels ? found : nullptr;
}

KernelPrimitive described(const Primitive& p) {
  using Does = Primitive::Does;
  switch (p.does) {
    case Does::load: return {p.order, {Kind::load, Kind::wait}};
    case Does::store: return {p.order, {Kind::store, Kind::group, Kind::unlock}};
    case Does::store_mb: return {Order::full, {Kind::store}};
    case Does::rmw: return {p.order, {Kind::rmw, Kind::lock, Kind::unlock}};
    case Does::fence:
      return {p.order, {p.order == Order::acquire ? Kind::ctrl_acquire : Kind::fence}};
    case Does::rcu_lock: return {Order::none, {Kind::rcu_lock}};
    case Does::rcu_unlock: return {Order::none, {Kind::rcu_unlock}};
    case Does::grace: return {Order::grace, {Kind::sync, Kind::sync_end}};
    default: return {Order::none, {}};
  }
}

/// Of the life of objects, of which the memory model has no word: what allocates, what frees at
/// once, and what frees after a grace period.
const std::map<std::string, Kind, std::less<>>& of_memory() {
  static const std::map<std::string, Kind, std::less<>> known{
      {"kmalloc", Kind::alloc},     {"kmem_cache_alloc", Kind::alloc},
      {"kfree", Kind::free},        {"kmem_cache_free", Kind::free},
      {"call_rcu", Kind::call_rcu}, {"kfree_rcu", Kind::call_rcu}};
  return known;
}

}  // namespace

KernelFacts KernelFacts::read(const std::filesystem::path& file) {
  const Part from = Part::of_file(file, "what is known of Linux");
  from.only({"version", "functions", "primitives"});
  KernelFacts out;
  out.version_ = from["version"].text();
  for (const auto& [source, names] : from["functions"].members()) {
    for (const Part& name : names.items()) {
      if (!out.functions_.emplace(name.text(), source).second) name.fail("stands twice");
    }
  }
  for (const auto& [name, is] : from["primitives"].members()) {
    if (of_memory().contains(name)) is.fail("is known already, as what allocates or frees");
    if (of_the_model(is.text()) == nullptr) is.fail("is no primitive of the kernel's memory model");
    if (of_the_model(name) != nullptr) is.fail("is known already, by the memory model");
    if (out.functions_.contains(name)) is.fail("stands among the functions too");
    out.primitives_[name] = is.text();
  }
  for (const auto& [name, source] : out.functions_) {
    if (of_the_model(name) != nullptr) {
      from["functions"][source].fail("names " + name + ", a primitive of the memory model");
    }
  }
  return out;
}

std::optional<KernelPrimitive> KernelFacts::primitive(const std::string& name) const {
  const auto is = primitives_.find(name);
  if (const auto life = of_memory().find(name); life != of_memory().end()) {
    return KernelPrimitive{Order::none, {life->second}};
  }
  const Primitive* found = of_the_model(is == primitives_.end() ? name : is->second);
  if (found == nullptr) return std::nullopt;
  return described(*found);
}

std::string KernelFacts::nearest(const std::string& name) const {
  std::vector<std::string> all;
  for (const auto& [function, file] : functions_) all.push_back(function);
  for (const auto& [primitive, is] : primitives_) all.push_back(primitive);
  for (const auto& [primitive, kind] : of_memory()) all.push_back(primitive);
  for (const Primitive& p : orders::litmus::kernel_primitives()) {
    if (of_the_model(p.name) != nullptr) all.push_back(p.name);
  }
  return report::suggestion(name, all);
}

}  // namespace lockstep::beside
