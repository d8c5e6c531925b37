# SPDX-FileCopyrightText: The Lockstep authors
# SPDX-License-Identifier: MIT
# Mutants of the sets and relations that an execution has before a model speaks.
source "$LOCKSTEP_SOURCE/conformance/tests/encoder_mutants/mutants.bash"
in=encode/base.cpp

mutant "no set of all events" $in 'into("E", lit_true);' ''
mutant "no set of accesses" $in 'if (accesses(e)) into("M", lit_true);' ''
mutant "no set of initial writes" $in 'if (e.thread == initial_thread) into("init", lit_true);' ''
mutant "no set of read-modify-writes" $in 'into("RMW", lit_true);' ''
mutant "no set of failed read-modify-writes" $in \
  'if (e.act == Act::read) into("failed", -happens(e.partner));' ''
mutant "read-modify-writes always fail" $in 'into("failed", -happens(e.partner));' \
  'into("failed", lit_true);'
mutant "no sets by act" $in 'into(name_of(e.act), lit_true);' ''
mutant "no sets by order" $in 'into(lockstep::name_of(e.order), lit_true);' ''
mutant "no order of a success beside that of a failure" $in \
  'into(lockstep::name_of(e.order), happens(e.partner));' ''
mutant "no order of a failure" $in \
  'into(lockstep::name_of(*e.order_if_failed), -happens(e.partner));' ''
mutant "no sets by mark" $in 'if (e.has(mark)) into(set, lit_true);' ''
mutant "orders of open sites stay the weakest" $in \
  'into(lockstep::name_of(o->first.second), o->second);' ''
mutant "no identity" $in 'put(id_, e.id, e.id, lit_true);' ''
mutant "the halves of an operation are not joined" $in \
  'if (e.in_rmw && e.act == Act::read) put(rmw_, e.id, e.partner, happens(e.partner));' ''
mutant "sections are not known" $in \
  'if (e.act == Act::rcu_unlock && e.partner >= 0) put(section_, e.partner, e.id, happens(e.id));' ''
mutant "no dependency of an address" $in 'depend(addr_, e, e.address);' ''
mutant "no dependency of a value" $in 'depend(data_, e, e.data);' ''
mutant "no dependency of a branch" $in 'depend(ctrl_, e, e.control);' ''
mutant "a dependency wherever the read happens" $in \
  'const Lit when = d.when == nullptr ? lit_true : facts_.holds(d.when);' \
  'const Lit when = lit_true;'
mutant "no relation within a thread" $in \
  'put(same_thread || a.id == b.id ? internal_ : external_, a.id, b.id, lit_true);' \
  'if (!same_thread && a.id != b.id) put(external_, a.id, b.id, lit_true);'
mutant "no relation between threads" $in \
  'put(same_thread || a.id == b.id ? internal_ : external_, a.id, b.id, lit_true);' \
  'if (same_thread || a.id == b.id) put(internal_, a.id, b.id, lit_true);'
mutant "no program order" $in 'if (ordered) put(po_, a.id, b.id, together(a.id, b.id));' ''
mutant "no relation of one cell" $in 'put(same_cell_, a.id, b.id, same);' ''
mutant "no program order of one cell" $in \
  'put(po_loc_, a.id, b.id, clauses_.both(together(a.id, b.id), same, true));' ''
mutant "program order of one cell over all cells" $in \
  'put(po_loc_, a.id, b.id, clauses_.both(together(a.id, b.id), same, true));' \
  'put(po_loc_, a.id, b.id, together(a.id, b.id));'
mutant "program order over what does not happen" $in \
  'if (ordered) put(po_, a.id, b.id, together(a.id, b.id));' \
  'if (ordered) put(po_, a.id, b.id, lit_true);'
implied "what happens together is what the first of them does" $in \
  'known = clauses_.both(happens(a), happens(b), true);' 'known = happens(a);' \
  "every law goes on from the second, by what needs it to happen"
implied "branches of one thread are related" $in \
  'if (same_thread && a.id != b.id && !ordered && !ordered_[b.id][a.id]) return;' '' \
  "no two of them happen in one execution"
score
