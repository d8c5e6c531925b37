# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the table of the kernel's primitives.
source "$LOCKSTEP_SOURCE/conformance/tests/reader_mutants/litmus.bash"
in=litmus/kernel_primitives.cpp

mutant "READ_ONCE() acquires" $in \
  '"READ_ONCE", .does = Does::load, .arguments = "L", .order = Order::once' \
  '"READ_ONCE", .does = Does::load, .arguments = "L", .order = Order::acquire'
mutant "rcu_dereference() acquires" $in \
  '"rcu_dereference", .does = Does::load, .arguments = "L", .order = Order::once' \
  '"rcu_dereference", .does = Does::load, .arguments = "L", .order = Order::acquire'
mutant "smp_load_acquire() does not acquire" $in \
  '"smp_load_acquire", .does = Does::load, .arguments = "P", .order = Order::acquire' \
  '"smp_load_acquire", .does = Does::load, .arguments = "P", .order = Order::once'
mutant "WRITE_ONCE() releases" $in '"WRITE_ONCE", "LV", Order::once' \
  '"WRITE_ONCE", "LV", Order::release'
mutant "rcu_assign_pointer() does not release" $in '"rcu_assign_pointer", "LV", Order::release' \
  '"rcu_assign_pointer", "LV", Order::once'
mutant "smp_store_release() does not release" $in '"smp_store_release", "PV", Order::release' \
  '"smp_store_release", "PV", Order::once'
mutant "atomic_read() acquires" $in \
  '{.name = family + "read", .does = Does::load, .arguments = "P", .order = Order::once}' \
  '{.name = family + "read", .does = Does::load, .arguments = "P", .order = Order::acquire}'
mutant "atomic_read_acquire() does not acquire" $in \
  '.name = family + "read_acquire",
                   .does = Does::load,
                   .arguments = "P",
                   .order = Order::acquire' \
  '.name = family + "read_acquire",
                   .does = Does::load,
                   .arguments = "P",
                   .order = Order::once'
mutant "atomic_set() releases" $in '(family + "set").c_str(), "PV", Order::once' \
  '(family + "set").c_str(), "PV", Order::release'
mutant "atomic_set_release() does not release" $in \
  '(family + "set_release").c_str(), "PV", Order::release' \
  '(family + "set_release").c_str(), "PV", Order::once'
mutant "smp_mb() is smp_wmb()" $in '"smp_mb", Order::mb' '"smp_mb", Order::wmb'
mutant "smp_rmb() is smp_mb()" $in '"smp_rmb", Order::rmb' '"smp_rmb", Order::mb'
mutant "smp_wmb() is smp_rmb()" $in '"smp_wmb", Order::wmb' '"smp_wmb", Order::rmb'
mutant "barrier() is smp_mb()" $in '"barrier", Order::none, bit(Mark::compiler)' \
  '"barrier", Order::mb'
mutant "smp_mb__before_atomic() orders nothing" $in \
  '"smp_mb__before_atomic", Order::none, bit(Mark::before_atomic)' \
  '"smp_mb__before_atomic", Order::none'
mutant "smp_mb__after_atomic() is the one before" $in 'bit(Mark::after_atomic)' \
  'bit(Mark::before_atomic)'
mutant "smp_mb__after_spinlock() is a full barrier" $in \
  '"smp_mb__after_spinlock", Order::none, bit(Mark::after_spinlock)' \
  '"smp_mb__after_spinlock", Order::mb'
mutant "smp_mb__after_unlock_lock() is that of one lock" $in 'bit(Mark::after_unlock_lock)' \
  'bit(Mark::after_spinlock)'
mutant "a lock does not acquire" $in '.order = Order::acquire,
                       .marks = bit(Mark::lock)' '.order = Order::once,
                       .marks = bit(Mark::lock)'
mutant "a lock is any operation" $in '.marks = bit(Mark::lock),' ''
mutant "a lock is not waited for" $in 'out.back().granted = is_zero(old());' ''
mutant "a trylock always gets the lock" $in \
  'out.back().writes_if = out.back().gives = is_zero(old());' \
  'out.back().gives = is_zero(old());'
mutant "an unlock does not release" $in '.order = Order::release,
                 .marks = bit(Mark::unlock)' '.order = Order::once,
                 .marks = bit(Mark::unlock)'
mutant "an unlock is any store" $in '.marks = bit(Mark::unlock),' ''
mutant "an unlock leaves the lock taken" $in '.value = number(0)});' '.value = number(1)});'
mutant "a lock that is free is said to be taken" $in '.gives = term::ne(old(), number(0))});' \
  '.gives = term::eq(old(), number(0))});'
mutant "an expedited grace period is none" $in \
  '{"synchronize_rcu", "synchronize_rcu_expedited"}) {
    out.push_back({.name = name, .does = Does::grace});' \
  '{"synchronize_rcu", "synchronize_rcu_expedited"}) {
    out.push_back({.name = name, .does = Does::fence});'
mutant "an SRCU section begins that of RCU" $in '{"srcu_read_lock", "srcu_down_read"}) {
    out.push_back({.name = name, .does = Does::srcu_lock' \
  '{"srcu_read_lock", "srcu_down_read"}) {
    out.push_back({.name = name, .does = Does::rcu_lock'
mutant "no suffix acquires only" $in '{"", Order::full}' '{"", Order::acquire}'
mutant "_relaxed is full" $in '{"_relaxed", Order::once}' '{"_relaxed", Order::full}'
mutant "_acquire is relaxed" $in '{"_acquire", Order::acquire}' '{"_acquire", Order::once}'
mutant "_release acquires" $in '{"_release", Order::release}' '{"_release", Order::acquire}'
mutant "a cmpxchg() that fails writes, and so orders" $in \
  'p.writes_if = term::eq(old(), argument(2));' 'p.writes_if = nullptr;'
mutant "a cmpxchg() writes the old value" $in 'p.value = argument(3);
      p.writes_if' 'p.value = argument(2);
      p.writes_if'
mutant "add_unless() adds where it should not" $in \
  '{"add_unless", "PVV", term::add(old(), argument(2)), term::ne(old(), argument(3))' \
  '{"add_unless", "PVV", term::add(old(), argument(2)), term::eq(old(), argument(3))'
mutant "inc_not_zero() is told the other way round" $in \
  '{"inc_not_zero", "P", term::add(old(), number(1)), term::ne(old(), number(0)), nullptr}' \
  '{"inc_not_zero", "P", term::add(old(), number(1)), term::eq(old(), number(0)), nullptr}'
mutant "inc_unless_negative() minds zero" $in 'term::le(number(0), old()),' \
  'term::lt(number(0), old()),'
mutant "dec_unless_positive() does not mind" $in 'term::le(old(), number(0)),' \
  'term::le(old(), number(9)),'
mutant "dec_if_positive() minds one" $in 'term::lt(number(0), old()),' 'term::lt(number(1), old()),'
mutant "what returns nothing orders as if it did" $in 'p.marks = bit(Mark::noreturn);' ''
mutant "what returns nothing is full" $in 'p.order = Order::once;
    p.marks' 'p.order = Order::full;
    p.marks'
mutant "what returns a value orders as if it did not" $in 'p.marks = 0;' ''
mutant "fetch_add() returns the sum" $in '"fetch_" + one.name + s.text;
      p.gives = old();' '"fetch_" + one.name + s.text;
      p.gives = one.value;'
mutant "add_return() returns what was there" $in 'p.gives = one.value;' 'p.gives = old();'
mutant "dec_and_test() is turned" $in 'p.gives = is_zero(one.value);' 'p.gives = one.value;'
mutant "add_negative() minds zero" $in 'p.gives = term::lt(one.value, number(0));' \
  'p.gives = term::le(one.value, number(0));'
mutant "sub adds" $in 'term::sub(old(), argument(1))' 'term::add(old(), argument(1))'
mutant "and is or" $in '{"and", "VP", term::make(Op::band' '{"and", "VP", term::make(Op::bor'
mutant "or is xor" $in '{"or", "VP", term::make(Op::bor' '{"or", "VP", term::make(Op::bxor'
mutant "andnot is and" $in '{old(), inverted(argument(1))}' '{old(), argument(1)}'
mutant "a site's load is no site" $in \
  '"site_load", .does = Does::load, .arguments = "NP", .gives = old(), .open = true' \
  '"site_load", .does = Does::load, .arguments = "NP", .gives = old()'
mutant "a site begins in full order" $in 'p.order = Order::once;
  }' 'p.order = Order::full;
  }'
mutant "site_inc_not_zero() counts from zero" $in \
  'rmw("site_inc_not_zero", "NP", term::add(old(), number(1)), term::ne(old(), number(0)), old());' \
  'rmw("site_inc_not_zero", "NP", term::add(old(), number(1)), nullptr, old());'
mutant "xchg_tail() forgets the lowest bits" $in 'term::make(Op::band, {old(), number(3)})' \
  'number(0)'
score
