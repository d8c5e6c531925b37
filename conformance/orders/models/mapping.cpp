// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/models/mapping.hpp"

#include "orders/encode/base.hpp"
#include "orders/litmus/litmus.hpp"

namespace lockstep::orders {

namespace {

constexpr const char* of_the_kernel[] = {
    "r = *x",
    "*x = 1",
    "r = READ_ONCE(*x)",
    "WRITE_ONCE(*x, 1)",
    "r = smp_load_acquire(x)",
    "smp_store_release(x, 1)",
    "smp_store_mb(*x, 1)",
    "r = rcu_dereference(*x)",
    "rcu_assign_pointer(*x, 1)",
    "r = xchg(x, 1)",
    "r = xchg_acquire(x, 1)",
    "r = xchg_release(x, 1)",
    "r = xchg_relaxed(x, 1)",
    "r = cmpxchg(x, 0, 1)",
    "r = cmpxchg_acquire(x, 0, 1)",
    "atomic_inc(x)",
    "r = atomic_add_return(1, x)",
    "r = atomic_fetch_add_relaxed(1, x)",
    "spin_lock(x)",
    "spin_unlock(x)",
    "smp_mb()",
    "smp_rmb()",
    "smp_wmb()",
    "smp_acquire__after_ctrl_dep()",
    "smp_mb__before_atomic()",
    "smp_mb__after_atomic()",
    "smp_mb__after_spinlock()",
    "smp_mb__after_unlock_lock()",
    "smp_mb__after_srcu_read_unlock()",
    "barrier()",
    "rcu_read_lock()",
    "rcu_read_unlock()",
    "synchronize_rcu()",
    "r = srcu_read_lock(x)",
    "srcu_read_unlock(x, 0)",
    "synchronize_srcu(x)",
};

constexpr const char* loads[] = {"relaxed", "acquire", "seq_cst"};
constexpr const char* stores[] = {"relaxed", "release", "seq_cst"};
constexpr const char* fences[] = {"acquire", "release", "acq_rel", "seq_cst"};
constexpr const char* all[] = {"relaxed", "acquire", "release", "acq_rel", "seq_cst"};

Operation operation(const std::string& name, const std::string& type, bool fails = false) {
  const std::string test = "C operation\n{}\nP0(" + type + " *x)\n{\n" +
                           (name.starts_with("r = ") ? "int " : "") + name + ";\n}\nexists (x=0)\n";
  return {name, fails, litmus::read(test, name).program};
}

}  // namespace

std::vector<Operation> operations() {
  std::vector<Operation> out;
  for (const std::string name : of_the_kernel) {
    out.push_back(operation(name, "int"));
    if (name.find("cmpxchg") != std::string::npos) out.push_back(operation(name, "int", true));
  }
  const auto c11 = [&out](const std::string& call, const std::string& order, bool fails = false) {
    out.push_back(operation(call + "memory_order_" + order + ")", "atomic_int", fails));
  };
  for (const char* o : loads) c11("r = atomic_load_explicit(x, ", o);
  for (const char* o : stores) c11("atomic_store_explicit(x, 1, ", o);
  for (const char* o : all) c11("r = atomic_fetch_add_explicit(x, 1, ", o);
  for (const char* o : fences) c11("atomic_thread_fence(", o);
  return out;
}

std::vector<Mapped> mapping(const Operation& operation, const MemoryModel& model) {
  const Program& p = operation.program;
  Clauses dry;
  std::vector<Lit> happens;
  for (const Event& e : p.events) {
    const bool missing = operation.fails && e.in_rmw && e.act == Act::write;
    happens.push_back(missing ? lit_false : lit_true);
  }
  Facts facts{
      dry, happens, [](const Term&) { return lit_true; }, [](int, int) { return lit_true; }, {}};
  const Base base = make_base(p, facts);
  Evaluator evaluator{model, base, dry};
  std::vector<Mapped> out;
  for (const Event& e : p.events) {
    if (e.thread == initial_thread || happens[e.id] == lit_false) continue;
    Mapped m{std::string{name_of(e.act)}, {}};
    for (const Definition& d : model.definitions) {
      if (!d.mapping.empty() && evaluator.set(d.body).at(e.id) != lit_false) {
        m.sets.push_back(d.name);
      }
    }
    out.push_back(std::move(m));
  }
  return out;
}

std::string text(const std::vector<Mapped>& events) {
  std::string out;
  for (const Mapped& m : events) {
    if (!out.empty()) out += ", ";
    std::string sets;
    for (const std::string& s : m.sets) {
      if (!sets.empty()) sets += '+';
      sets += s;
    }
    if (m.act == "F") {
      out += m.sets.empty() ? std::string{"-"} : sets;
      continue;
    }
    out += m.act;
    if (!sets.empty()) out.append(" ").append(sets);
  }
  return out;
}

}  // namespace lockstep::orders
