// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "vmap_lazy.hpp"

#include "machines/registration.hpp"

namespace lockstep::vmap_lazy {
namespace {

struct CallerRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& n) {
    Code<M> p(m, static_cast<int>(n["limit"]));
    caller(p);
  }
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, CallerRole>(name);
}
std::uint32_t one(const Numbers&) {
  return 1;
}

const RegisteredProtocol protocol{
    {.sizes = {"vmap_lazy",
               {{"Readers", "caller"}, {"Areas", "area"}, {"Blocks", "block"}, {"Vmaps", "map", 1}},
               {{"limit", "Limit", "lazy page limit", one}}},
     .kinds = {{"Caller", "t", "Readers"},
               {"Area", "a", "Areas", WorldSpec::Lifetime::freed},
               {"Block", "b", "Blocks", WorldSpec::Lifetime::rcu_freed},
               {"Vmap", "k", "Vmaps"}},
     .fields = {variable_of(va_size), variable_of(purge_next), variable_of(vb_va),
                variable_of(vb_used), variable_of(vb_queue), variable_of(lazy_nr),
                variable_of(purge_list), variable_of(purge_lock), variable_of(tlb)},
     .roles = {{"caller", "t", "Readers", {"Caller_Idle"}}},
     .forms = [] { return std::vector<Form>{variant<Holds>("holds")}; }}};

}  // namespace
}  // namespace lockstep::vmap_lazy
