--------------------------------- MODULE Fault ---------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The page fault that tries the lock of one VMA first and falls back to   *)
(* mmap_lock, and who changes VMAs meanwhile: a rule for each.  The lock   *)
(* of a VMA is abstract: readers count themselves in, a writer keeps new   *)
(* ones out and waits for those inside.                                    *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/fault.hpp).  pc holds the name   *)
(* of the site that a task will perform next, or of the point where it     *)
(* chooses one.  A local of a task is Null while it is dead.               *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, LockOrder

CONSTANTS
  Readers,  \* tasks that take page faults
  Writers,  \* system calls, and khugepaged
  Vmas,     \* one, or two neighbours
  Mms,      \* the address space, and the mapping that its VMAs have in common
  Null,     \* no object, no value
  Events,   \* how many values an event counter has; 1: it counts nothing
  Variant   \* "holds", or the name of what is different (see README.md)

ASSUME Cardinality(Mms) = 1 /\ Cardinality(Vmas) \in {1, 2} /\ Events \in Nat \ {0}

VARIABLES
  \* of a VMA: its lock, two values that faults ask for, how many addresses it covers
  vm_lock, anon_vma, vm_flags, vm_end,
  \* of an mm: n > 0 readers, -1 a writer; 1 while somebody has the lock
  mmap_lock, hugetlb_rwsem, i_mmap_rwsem, anon_rwsem, page_table_lock,
  notifiers,                                     \* is one registered?
  calls, successes, retries, aborts, refusals,   \* event counters
  pc,
  rmm, rvma, rseen,          \* a fault's: where it is, the notifiers that it began with
  wmm, wvma, wnext, wsaw     \* a writer's: the VMA at hand, its neighbour, what it decided by

vma_cells == <<vm_lock, anon_vma, vm_flags, vm_end>>
locks == <<mmap_lock, hugetlb_rwsem, i_mmap_rwsem, anon_rwsem, page_table_lock>>
counters == <<calls, successes, retries, aborts, refusals>>
reader_locals == <<rmm, rvma, rseen>>
writer_locals == <<wmm, wvma, wnext, wsaw>>
vars == <<vma_cells, locks, notifiers, counters, pc, reader_locals, writer_locals>>

Tasks == Readers \cup Writers
Locked == -16    \* vm_lock: a writer has it
\* What a writer that waits for readers takes from it.
Waiting == IF Variant = "writer_starves" THEN 0 ELSE -8
Detached == -32  \* the VMA is in no tree

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant
\* Which filter is asked before the VMA is locked?  Which are asked behind it?
First ==
  CASE Is("anon_before_lock") -> "Early_CheckAnon"
    [] Is("armed_before_lock") -> "Early_CheckArmed"
    [] OTHER -> "Lookup_Trylock"
Filters == IF Is("anon_before_lock") THEN "Lookup_CheckArmed" ELSE "Lookup_CheckAnon"
AfterAnon == IF Is("armed_before_lock") THEN "Fault_Locked" ELSE "Lookup_CheckArmed"
\* A fault without an anon_vma makes one.
Prepares == Variant \in {"prepares", "prepares_decides_unlocked"}
\* Faults in files are handled.
Files == Variant \in {"file_faults", "files_retract_waits", "files_takes_all_mixed"}
RetractWaits == Variant \in {"retract_waits", "files_retract_waits"}
Mixes == Variant \in {"takes_all_mixed", "files_takes_all_mixed"}
\* A section may begin by something else than the lock of its VMA; then nothing else expands.
Decides == Variant \in {"decides_unlocked", "prepares_decides_unlocked"}
Begins ==
  Decides \/ Variant \in {"brk_locks_late", "expands_unlocked", "registers_unlocked"}
\* Then, or where nothing is registered under the lock of the VMA, a section may do nothing.
Idles == Is("registers_unlocked") \/ (Begins /\ Cardinality(Vmas) = 2)

--------------------------------------------------------------------------------
Init ==
  /\ vm_lock = [v \in Vmas |-> 0] /\ anon_vma = [v \in Vmas |-> 0]
  /\ vm_flags = [v \in Vmas |-> 0] /\ vm_end = [v \in Vmas |-> 1]
  /\ mmap_lock = [m \in Mms |-> 0] /\ hugetlb_rwsem = [m \in Mms |-> 0]
  /\ i_mmap_rwsem = [m \in Mms |-> 0] /\ anon_rwsem = [m \in Mms |-> 0]
  /\ page_table_lock = [m \in Mms |-> 0] /\ notifiers = [m \in Mms |-> 0]
  /\ calls = [m \in Mms |-> 0] /\ successes = [m \in Mms |-> 0]
  /\ retries = [m \in Mms |-> 0] /\ aborts = [m \in Mms |-> 0] /\ refusals = [m \in Mms |-> 0]
  /\ pc = [t \in Tasks |-> IF t \in Readers THEN "Fault_Idle" ELSE "Writer_Idle"]
  /\ rmm = [r \in Readers |-> Null] /\ rvma = [r \in Readers |-> Null]
  /\ rseen = [r \in Readers |-> Null]
  /\ wmm = [w \in Writers |-> Null] /\ wvma = [w \in Writers |-> Null]
  /\ wnext = [w \in Writers |-> Null] /\ wsaw = [w \in Writers |-> Null]

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]
\* Several ways lead here.
GoFrom(t, places, to) == pc[t] \in places /\ pc' = [pc EXCEPT ![t] = to]

\* One cell changes, and no other.
NoCell == UNCHANGED <<vma_cells, locks, notifiers, counters>>
OfLocks == UNCHANGED <<vma_cells, notifiers, counters>>
OfVma == UNCHANGED <<locks, notifiers, counters>>
SetVmLock(v, n) ==
  vm_lock' = [vm_lock EXCEPT ![v] = n] /\ UNCHANGED <<anon_vma, vm_flags, vm_end>> /\ OfVma
AddVmLock(v, n) == SetVmLock(v, vm_lock[v] + n)
SetAnon(v, n) ==
  anon_vma' = [anon_vma EXCEPT ![v] = n] /\ UNCHANGED <<vm_lock, vm_flags, vm_end>> /\ OfVma
SetFlags(v, n) ==
  vm_flags' = [vm_flags EXCEPT ![v] = n] /\ UNCHANGED <<vm_lock, anon_vma, vm_end>> /\ OfVma
SetEnd(v, n) ==
  vm_end' = [vm_end EXCEPT ![v] = n] /\ UNCHANGED <<vm_lock, anon_vma, vm_flags>> /\ OfVma
SetMmap(m, n) ==
  /\ mmap_lock' = [mmap_lock EXCEPT ![m] = n]
  /\ UNCHANGED <<hugetlb_rwsem, i_mmap_rwsem, anon_rwsem, page_table_lock>> /\ OfLocks
SetHuge(m, n) ==
  /\ hugetlb_rwsem' = [hugetlb_rwsem EXCEPT ![m] = n]
  /\ UNCHANGED <<mmap_lock, i_mmap_rwsem, anon_rwsem, page_table_lock>> /\ OfLocks
SetMap(m, n) ==
  /\ i_mmap_rwsem' = [i_mmap_rwsem EXCEPT ![m] = n]
  /\ UNCHANGED <<mmap_lock, hugetlb_rwsem, anon_rwsem, page_table_lock>> /\ OfLocks
SetAnonLock(m, n) ==
  /\ anon_rwsem' = [anon_rwsem EXCEPT ![m] = n]
  /\ UNCHANGED <<mmap_lock, hugetlb_rwsem, i_mmap_rwsem, page_table_lock>> /\ OfLocks
SetPage(m, n) ==
  /\ page_table_lock' = [page_table_lock EXCEPT ![m] = n]
  /\ UNCHANGED <<mmap_lock, hugetlb_rwsem, i_mmap_rwsem, anon_rwsem>> /\ OfLocks
Another(counter, m) == [counter EXCEPT ![m] = (@ + 1) % Events]
\* A lock is taken once it is free.
TakeMmap(m) == mmap_lock[m] >= 0 /\ SetMmap(m, mmap_lock[m] + 1)
TakeHuge(m) == hugetlb_rwsem[m] = 0 /\ SetHuge(m, 1)
TakeMap(m) == i_mmap_rwsem[m] = 0 /\ SetMap(m, 1)
TakeAnon(m) == anon_rwsem[m] = 0 /\ SetAnonLock(m, 1)
TakePage(m) == page_table_lock[m] = 0 /\ SetPage(m, 1)
OfCounters == UNCHANGED <<vma_cells, locks, notifiers>>

--------------------------------------------------------------------------------
(* A page fault, under the lock of one VMA. *)

Stay == UNCHANGED <<reader_locals, writer_locals>>
Forget(r) ==
  /\ rmm' = [rmm EXCEPT ![r] = Null] /\ rvma' = [rvma EXCEPT ![r] = Null]
  /\ UNCHANGED <<rseen, writer_locals>>
Begin(r, m, v) ==
  /\ rmm' = [rmm EXCEPT ![r] = m] /\ rvma' = [rvma EXCEPT ![r] = v]
  /\ UNCHANGED <<rseen, writer_locals>>

Fault_Call(r, m, v) ==
  /\ Go(r, "Fault_Idle", First)
  /\ calls' = Another(calls, m)
  /\ UNCHANGED <<successes, retries, aborts, refusals>> /\ OfCounters
  /\ Begin(r, m, v)
\* No user's fault, or nobody else has the mm.
Kernel_Enter(r, m, v) == Go(r, "Fault_Idle", "Slow_Lock") /\ NoCell /\ Begin(r, m, v)

\* Variants: a filter comes first.
Early_CheckAnon(r) ==
  /\ Go(r, "Early_CheckAnon", IF anon_vma[rvma[r]] = 1 THEN "Lookup_Trylock" ELSE "Abort_Count")
  /\ NoCell /\ Stay
Early_CheckArmed(r) ==
  /\ Go(r, "Early_CheckArmed", IF vm_flags[rvma[r]] = 0 THEN "Lookup_Trylock" ELSE "Abort_Count")
  /\ NoCell /\ Stay
Lookup_Trylock(r) ==
  LET free == vm_lock[rvma[r]] >= 0 IN
    /\ Go(r, "Lookup_Trylock",
          CASE free -> "Lookup_Locked"
            [] Is("waits_for_vma") -> "Wait_Vma"
            [] OTHER -> "Abort_Count")
    /\ IF free THEN AddVmLock(rvma[r], 1) ELSE NoCell
    /\ Stay
\* Variant: it waits until nobody has the VMA.
Wait_Vma(r) == Go(r, "Wait_Vma", "Abort_Count") /\ vm_lock[rvma[r]] = 0 /\ NoCell /\ Stay
Lookup_CheckAnon(r) ==
  /\ Filters = "Lookup_CheckAnon"
  /\ Go(r, "Lookup_Locked", CASE anon_vma[rvma[r]] = 1 -> AfterAnon
                              [] Prepares -> "Early_AnonLock"
                              [] OTHER -> "Filter_EndRead")
  /\ NoCell /\ Stay
Lookup_CheckArmed(r) ==
  /\ Go(r, IF Filters = "Lookup_CheckArmed" THEN "Lookup_Locked" ELSE "Lookup_CheckArmed",
        CASE vm_flags[rvma[r]] = 0 -> "Fault_Locked"
          [] Is("armed_handled") -> "Armed_Unlock"
          [] OTHER -> "Filter_EndRead")
  /\ NoCell /\ Stay

EndRead(r, from, to) == GoFrom(r, from, to) /\ AddVmLock(rvma[r], -1) /\ Stay
\* A filter has turned it away, or there is a file behind the VMA.
Filter_EndRead(r) ==
  EndRead(r, {"Filter_EndRead"} \cup (IF Files THEN {} ELSE {"Lookup_Locked"}), "Abort_Count")
Abort_Count(r) ==
  /\ Go(r, "Abort_Count", "Slow_Lock")
  /\ aborts' = Another(aborts, rmm[r])
  /\ UNCHANGED <<calls, successes, retries, refusals>> /\ OfCounters /\ Stay

\* The VMA does not allow the access: mmap_lock is taken to say so.
Access_Check(r) ==
  /\ ~Is("locks_before_unlock")
  /\ Go(r, IF Is("error_under_lock") THEN "Access_Check" ELSE "Fault_Locked", "Access_EndRead")
  /\ NoCell /\ Stay
Access_EndRead(r) == EndRead(r, {"Access_EndRead"}, "Access_Count")
Access_Count(r) ==
  /\ Go(r, IF Is("locks_before_unlock") THEN "Fault_Locked" ELSE "Access_Count",
        CASE Is("locks_before_unlock") -> "Held_Lock"
          [] Is("error_under_lock") -> "Fault_Idle"
          [] OTHER -> "Slow_Lock")
  /\ refusals' = Another(refusals, rmm[r])
  /\ UNCHANGED <<calls, successes, retries, aborts>> /\ OfCounters
  /\ IF Is("error_under_lock") THEN Forget(r) ELSE Stay

\* The page was swapped out.
Swap_Look(r) ==
  /\ Go(r, IF Is("swap_handled") THEN "Swap_Look" ELSE "Fault_Locked", "Retry_EndRead")
  /\ NoCell /\ Stay
Retry_EndRead(r) ==
  EndRead(r, {"Retry_EndRead"}, IF Is("retry_uncounted") THEN "Fault_Retry" ELSE "Retry_Count")
Retry_Count(r) ==
  /\ Go(r, "Retry_Count", "Fault_Retry")
  /\ retries' = Another(retries, rmm[r])
  /\ UNCHANGED <<calls, successes, aborts, refusals>> /\ OfCounters /\ Stay
Signal_Return(r) == Go(r, "Fault_Retry", "Fault_Idle") /\ NoCell /\ Forget(r)

\* Memory is short.
Reclaim_Alloc(r) == Go(r, "Fault_Locked", "Reclaim_Lock") /\ NoCell /\ Stay
Reclaim_Lock(r) == Go(r, "Reclaim_Lock", "Reclaim_Unlock") /\ TakeAnon(rmm[r]) /\ Stay
Reclaim_Unlock(r) == Go(r, "Reclaim_Unlock", "Success_EndRead") /\ SetAnonLock(rmm[r], 0) /\ Stay

Notify_Start(r) ==
  /\ Go(r, "Fault_Locked", "Page_Lock")
  /\ rseen' = [rseen EXCEPT ![r] = notifiers[rmm[r]]]
  /\ NoCell /\ UNCHANGED <<rmm, rvma, writer_locals>>
Page_Lock(r) == Go(r, "Page_Lock", "Page_Install") /\ TakePage(rmm[r]) /\ Stay
Page_Install(r) == Go(r, "Page_Install", "Page_Unlock") /\ NoCell /\ Stay
Page_Unlock(r) == Go(r, "Page_Unlock", "Notify_End") /\ SetPage(rmm[r], 0) /\ Stay
Notify_End(r) ==
  /\ Go(r, "Notify_End", "Success_EndRead")
  /\ rseen' = [rseen EXCEPT ![r] = Null]
  /\ NoCell /\ UNCHANGED <<rmm, rvma, writer_locals>>

Success_EndRead(r) == EndRead(r, {"Success_EndRead"}, "Success_Count")
Success_Count(r) ==
  /\ Go(r, "Success_Count", "Fault_Idle")
  /\ successes' = Another(successes, rmm[r])
  /\ UNCHANGED <<calls, retries, aborts, refusals>> /\ OfCounters /\ Forget(r)

ReadUnlock(r, from, to) == Go(r, from, to) /\ SetMmap(rmm[r], mmap_lock[rmm[r]] - 1)
\* Variants: whoever reports an error, swaps in or asks the user drops mmap_lock; but not without
\* end.
Drops(r, from, to) == ReadUnlock(r, from, to) /\ mmap_lock[rmm[r]] >= -1
Report_Unlock(r) ==
  Is("error_under_lock") /\ Drops(r, "Fault_Locked", "Access_Check") /\ Stay
Swap_Unlock(r) == Is("swap_handled") /\ Drops(r, "Fault_Locked", "Swap_Look") /\ Stay
Armed_Unlock(r) == Drops(r, "Armed_Unlock", "Filter_EndRead") /\ Stay
\* Variant: mmap_lock is taken, and then the VMA unlocked.
Held_Lock(r) == Go(r, "Held_Lock", "Held_EndRead") /\ TakeMmap(rmm[r]) /\ Stay
Held_EndRead(r) == EndRead(r, {"Held_EndRead"}, "Slow_Find")
\* Variants: a fault without an anon_vma makes one.
Early_AnonLock(r) == Go(r, "Early_AnonLock", "Early_Set") /\ TakeAnon(rmm[r]) /\ Stay
Early_Set(r) == Go(r, "Early_Set", "Early_AnonUnlock") /\ SetAnon(rvma[r], 1) /\ Stay
Early_AnonUnlock(r) == Go(r, "Early_AnonUnlock", AfterAnon) /\ SetAnonLock(rmm[r], 0) /\ Stay
\* Variants: there is a file behind the VMA.
File_Look(r) == Files /\ Go(r, "Lookup_Locked", "File_Lock") /\ NoCell /\ Stay
File_Lock(r) == Go(r, "File_Lock", "File_Unlock") /\ TakeMap(rmm[r]) /\ Stay
File_Unlock(r) == Go(r, "File_Unlock", "Success_EndRead") /\ SetMap(rmm[r], 0) /\ Stay
Huge_Look(r) == Files /\ Go(r, "Lookup_Locked", "Huge_Lock") /\ NoCell /\ Stay
Huge_Lock(r) == Go(r, "Huge_Lock", "Huge_Unlock") /\ TakeHuge(rmm[r]) /\ Stay
Huge_Unlock(r) == Go(r, "Huge_Unlock", "Success_EndRead") /\ SetHuge(rmm[r], 0) /\ Stay

--------------------------------------------------------------------------------
(* A page fault under mmap_lock. *)

Slow_Lock(r) == GoFrom(r, {"Slow_Lock", "Fault_Retry"}, "Slow_Find") /\ TakeMmap(rmm[r]) /\ Stay
Slow_Find(r) ==
  /\ Go(r, "Slow_Find",
        IF vm_end[rvma[r]] = 0 /\ ~Is("keeps_lookup") THEN "Bad_Unlock" ELSE "Slow_CheckAnon")
  /\ NoCell /\ Stay
Slow_CheckAnon(r) ==
  /\ Go(r, "Slow_CheckAnon", IF anon_vma[rvma[r]] = 0 THEN "Prepare_AnonLock" ELSE "Slow_Look")
  /\ NoCell /\ Stay
Prepare_AnonLock(r) == Go(r, "Prepare_AnonLock", "Prepare_Set") /\ TakeAnon(rmm[r]) /\ Stay
Prepare_Set(r) == Go(r, "Prepare_Set", "Prepare_AnonUnlock") /\ SetAnon(rvma[r], 1) /\ Stay
Prepare_AnonUnlock(r) ==
  Go(r, "Prepare_AnonUnlock", "Slow_Look") /\ SetAnonLock(rmm[r], 0) /\ Stay
Slow_Look(r) == Go(r, "Slow_Look", "Slow_Locked") /\ NoCell /\ Stay
\* It is done.
Slow_Unlock(r) == ReadUnlock(r, "Slow_Locked", "Fault_Idle") /\ Forget(r)
\* It cannot be.
Bad_Unlock(r) ==
  /\ GoFrom(r, {"Bad_Unlock", "Slow_Locked"}, "Fault_Idle")
  /\ SetMmap(rmm[r], mmap_lock[rmm[r]] - 1) /\ Forget(r)
\* It has to wait for a page, or for the user, and does so without mmap_lock.
Drop_Unlock(r) == ReadUnlock(r, "Slow_Locked", "Fault_Retry") /\ Stay

--------------------------------------------------------------------------------
(* A writer: one rule in each section of mmap_lock. *)

ForgetAll(w) ==
  /\ wmm' = [wmm EXCEPT ![w] = Null] /\ wvma' = [wvma EXCEPT ![w] = Null]
  /\ wnext' = [wnext EXCEPT ![w] = Null] /\ wsaw' = [wsaw EXCEPT ![w] = Null]
  /\ UNCHANGED reader_locals
Starts(w, m, v) ==
  /\ wmm' = [wmm EXCEPT ![w] = m] /\ wvma' = [wvma EXCEPT ![w] = v]
  /\ UNCHANGED <<reader_locals, wnext, wsaw>>
With(w, o) == wnext' = [wnext EXCEPT ![w] = o] /\ UNCHANGED <<reader_locals, wmm, wvma, wsaw>>
Without(w) == wnext' = [wnext EXCEPT ![w] = Null] /\ UNCHANGED <<reader_locals, wmm, wvma, wsaw>>
Sees(w, n) == wsaw' = [wsaw EXCEPT ![w] = n] /\ UNCHANGED <<reader_locals, wmm, wvma, wnext>>
\* vma_start_write(), in two steps; and the release of the mark.
Calls(w, from, to, v) == Go(w, from, to) /\ AddVmLock(v, Waiting)
Drains(w, from, to, v) == Go(w, from, to) /\ vm_lock[v] = Waiting /\ SetVmLock(v, Locked)

Section_Lock(w, m, v) ==
  Go(w, "Writer_Idle", "Section_Find") /\ mmap_lock[m] = 0 /\ SetMmap(m, -1) /\ Starts(w, m, v)
Section_Find(w) ==
  /\ Go(w, "Section_Find", CASE vm_end[wvma[w]] = 0 -> "Section_Unlock"
                             [] Begins -> "Writer_Section"
                             [] OTHER -> "Vma_StartWrite")
  /\ NoCell /\ Stay
Vma_StartWrite(w) ==
  /\ Calls(w, IF Begins THEN "Writer_Section" ELSE "Vma_StartWrite", "Vma_Drain", wvma[w])
  /\ Stay
Vma_Drain(w) == Drains(w, "Vma_Drain", "Writer_Locked", wvma[w]) /\ Stay
Vma_EndWrite(w) ==
  /\ GoFrom(w, {"Vma_EndWrite"} \cup (IF Idles THEN {"Writer_Locked"} ELSE {}), "Section_Unlock")
  /\ SetVmLock(wvma[w], 0) /\ Stay
Section_Unlock(w) ==
  Go(w, "Section_Unlock", "Writer_Idle") /\ SetMmap(wmm[w], mmap_lock[wmm[w]] + 1) /\ ForgetAll(w)

\* mprotect(), mlock(), userfaultfd: flags change.
Arm_Set(w) == Go(w, "Writer_Locked", "Vma_EndWrite") /\ SetFlags(wvma[w], 1) /\ Stay
Arm_Clear(w) == Go(w, "Writer_Locked", "Vma_EndWrite") /\ SetFlags(wvma[w], 0) /\ Stay

\* mremap(): the pages go, the VMA stays.
Move_Lock(w) == Go(w, "Writer_Locked", "Move_Clear") /\ TakeAnon(wmm[w]) /\ Stay
Move_Clear(w) == Go(w, "Move_Clear", "Move_Unlock") /\ SetAnon(wvma[w], 0) /\ Stay
Move_Unlock(w) == Go(w, "Move_Unlock", "Vma_EndWrite") /\ SetAnonLock(wmm[w], 0) /\ Stay

\* A merge, brk(): the VMA grows over its neighbour, which goes.
Alone(v) == vm_end[v] = 1
Next_StartWrite(w, o) ==
  /\ ~Begins /\ ~Is("removes_unlocked")
  /\ Calls(w, "Writer_Locked", "Next_Drain", o)
  /\ o # wvma[w] /\ Alone(wvma[w])
  /\ With(w, o)
Next_Drain(w) == Drains(w, "Next_Drain", "Expand_Decide", wnext[w]) /\ Stay
Expand_Decide(w) ==
  LET saw == anon_vma[wvma[w]]
      merges == saw = anon_vma[wnext[w]]
  IN /\ Go(w, "Expand_Decide",
           CASE merges -> "Expand_Lock"
             [] Is("refusal_keeps_lock") -> "Vma_EndWrite"
             [] OTHER -> "Refuse_EndWrite")
     /\ NoCell
     /\ CASE merges -> Sees(w, saw)
          [] Is("refusal_keeps_lock") -> Without(w)
          [] OTHER -> Stay
Refuse_EndWrite(w) ==
  Go(w, "Refuse_EndWrite", "Vma_EndWrite") /\ SetVmLock(wnext[w], 0) /\ Without(w)
Expand_Lock(w) == Go(w, "Expand_Lock", "Expand_SetEnd") /\ TakeAnon(wmm[w]) /\ Stay
Expand_SetEnd(w) == Go(w, "Expand_SetEnd", "Expand_Remove") /\ SetEnd(wvma[w], 2) /\ Stay
Expand_Remove(w) ==
  /\ Go(w, "Expand_Remove", "Expand_Unlock")
  /\ vm_end' = [vm_end EXCEPT ![wnext[w]] = 0]
  /\ anon_vma' = [anon_vma EXCEPT ![wnext[w]] = 0]
  /\ vm_flags' = [vm_flags EXCEPT ![wnext[w]] = 0]
  /\ UNCHANGED vm_lock /\ OfVma /\ Stay
Expand_Unlock(w) ==
  Go(w, "Expand_Unlock", "Next_EndWrite") /\ SetAnonLock(wmm[w], 0) /\ Sees(w, Null)
Next_EndWrite(w) ==
  /\ Go(w, "Next_EndWrite", IF Is("expands_unlocked") THEN "Section_Unlock" ELSE "Vma_EndWrite")
  /\ SetVmLock(wnext[w], Detached) /\ Without(w)

\* Variants: the decision comes first, or the lock of the anon_vma does.
Early_Decide(w, o) ==
  LET saw == anon_vma[wvma[w]]
      merges == saw = anon_vma[o]
  IN /\ Decides
     /\ Go(w, "Writer_Section", IF merges THEN "Late_StartWrite" ELSE "Section_Unlock")
     /\ o # wvma[w] /\ Alone(wvma[w])
     /\ NoCell
     /\ IF ~merges THEN Stay
        ELSE /\ wnext' = [wnext EXCEPT ![w] = o] /\ wsaw' = [wsaw EXCEPT ![w] = saw]
             /\ UNCHANGED <<reader_locals, wmm, wvma>>
Late_AnonLock(w, o) ==
  /\ \/ Is("brk_locks_late") /\ Go(w, "Writer_Section", "Late_StartWrite")
     \/ Is("expands_unlocked") /\ Go(w, "Writer_Section", "LateNext_StartWrite")
     \/ Is("removes_unlocked") /\ Go(w, "Writer_Locked", "Expand_SetEnd")
  /\ o # wvma[w] /\ Alone(wvma[w])
  /\ TakeAnon(wmm[w]) /\ With(w, o)
Late_StartWrite(w) == Calls(w, "Late_StartWrite", "Late_Drain", wvma[w]) /\ Stay
Late_Drain(w) == Drains(w, "Late_Drain", "LateNext_StartWrite", wvma[w]) /\ Stay
LateNext_StartWrite(w) == Calls(w, "LateNext_StartWrite", "LateNext_Drain", wnext[w]) /\ Stay
LateNext_Drain(w) ==
  Drains(w, "LateNext_Drain", IF Decides THEN "Expand_Lock" ELSE "Expand_SetEnd", wnext[w]) /\ Stay

\* The other half is a new VMA, write-locked when it enters the tree.
Split_CopyAnon(w, o) ==
  /\ Go(w, "Writer_Locked",
        IF Is("split_forgets_flags") THEN "Split_Attach" ELSE "Split_CopyFlags")
  /\ o # wvma[w] /\ vm_end[wvma[w]] = 2
  /\ SetAnon(o, anon_vma[wvma[w]]) /\ With(w, o)
Split_CopyFlags(w) ==
  Go(w, "Split_CopyFlags", "Split_Attach") /\ SetFlags(wnext[w], vm_flags[wvma[w]]) /\ Stay
Split_Attach(w) ==
  /\ Go(w, "Split_Attach", "Split_SetEnd")
  /\ SetVmLock(wnext[w], IF Is("inserts_unlocked") THEN 0 ELSE Locked) /\ Stay
Split_SetEnd(w) == Go(w, "Split_SetEnd", "Split_SetNext") /\ SetEnd(wvma[w], 1) /\ Stay
Split_SetNext(w) == Go(w, "Split_SetNext", "Split_EndWrite") /\ SetEnd(wnext[w], 1) /\ Stay
Split_EndWrite(w) ==
  Go(w, "Split_EndWrite", "Vma_EndWrite") /\ SetVmLock(wnext[w], 0) /\ Without(w)

\* mm_take_all_locks(): a notifier is registered.
All_StartWrite(w, o) ==
  /\ ~Mixes /\ ~Is("registers_unlocked")
  /\ Calls(w, "Writer_Locked", "All_Drain", o)
  /\ o # wvma[w] /\ Alone(wvma[w])
  /\ With(w, o)
All_Drain(w) == Drains(w, "All_Drain", "All_HugeLock", wnext[w]) /\ Stay
All_HugeLock(w) ==
  /\ CASE Is("registers_unlocked") -> Go(w, "Writer_Section", "All_MapLock")
       [] Cardinality(Vmas) = 1 -> Go(w, "Writer_Locked", "All_MapLock") /\ ~Mixes
       [] OTHER -> Go(w, "All_HugeLock", "All_MapLock")
  /\ TakeHuge(wmm[w]) /\ Stay
All_MapLock(w) == Go(w, "All_MapLock", "All_AnonLock") /\ TakeMap(wmm[w]) /\ Stay
All_AnonLock(w) == Go(w, "All_AnonLock", "All_Register") /\ TakeAnon(wmm[w]) /\ Stay
Notifiers(w, n) ==
  notifiers' = [notifiers EXCEPT ![wmm[w]] = n] /\ UNCHANGED <<vma_cells, locks, counters>>
All_Register(w) == Go(w, "All_Register", "All_AnonUnlock") /\ Notifiers(w, 1) /\ Stay
All_AnonUnlock(w) == Go(w, "All_AnonUnlock", "All_MapUnlock") /\ SetAnonLock(wmm[w], 0) /\ Stay
All_MapUnlock(w) == Go(w, "All_MapUnlock", "All_HugeUnlock") /\ SetMap(wmm[w], 0) /\ Stay
All_HugeUnlock(w) ==
  /\ Go(w, "All_HugeUnlock", CASE Is("registers_unlocked") -> "All_Unregister"
                               [] wnext[w] = Null -> "All_EndVma"
                               [] OTHER -> "All_EndWrite")
  /\ SetHuge(wmm[w], 0) /\ Stay
All_EndWrite(w) == Go(w, "All_EndWrite", "All_EndVma") /\ SetVmLock(wnext[w], 0) /\ Without(w)
All_EndVma(w) == Go(w, "All_EndVma", "All_Unregister") /\ SetVmLock(wvma[w], 0) /\ Stay
\* The notifier goes again, which needs no locks.
All_Unregister(w) == Go(w, "All_Unregister", "Section_Unlock") /\ Notifiers(w, 0) /\ Stay
\* Variants: one loop for VMAs and hugetlb mappings.
Mixed_HugeLock(w, o) ==
  /\ Mixes
  /\ Go(w, "Writer_Locked", "Mixed_StartWrite")
  /\ o # wvma[w] /\ Alone(wvma[w])
  /\ TakeHuge(wmm[w]) /\ With(w, o)
Mixed_StartWrite(w) == Calls(w, "Mixed_StartWrite", "Mixed_Drain", wnext[w]) /\ Stay
Mixed_Drain(w) == Drains(w, "Mixed_Drain", "All_MapLock", wnext[w]) /\ Stay

\* khugepaged, for each VMA of a file: whoever is in the way is let go.
Retract_Lock(w, m, v) ==
  /\ Go(w, "Writer_Idle", IF Is("retract_without_mmap") THEN "Retract_VmaTrylock"
                          ELSE "Retract_Trylock")
  /\ TakeMap(m) /\ Starts(w, m, v)
Retract_Trylock(w) ==
  LET free == mmap_lock[wmm[w]] = 0 IN
    /\ Go(w, "Retract_Trylock",
          CASE ~free -> IF Is("retract_keeps_mapping") THEN "Writer_Idle" ELSE "Retract_Unlock"
            [] RetractWaits -> "Retract_VmaStartWrite"
            [] OTHER -> "Retract_VmaTrylock")
    /\ IF free THEN SetMmap(wmm[w], -1) ELSE NoCell
    /\ IF ~free /\ Is("retract_keeps_mapping") THEN ForgetAll(w) ELSE Stay
AfterVma == IF Is("retract_without_mmap") THEN "Retract_Unlock" ELSE "Retract_MmapUnlock"
Retract_VmaTrylock(w) ==
  LET free == vm_lock[wvma[w]] = 0 IN
    /\ Go(w, "Retract_VmaTrylock", IF free THEN "Retract_CheckArmed" ELSE AfterVma)
    /\ IF free THEN SetVmLock(wvma[w], Locked) ELSE NoCell
    /\ Stay
Retract_CheckArmed(w) ==
  LET armed == vm_flags[wvma[w]] = 1 IN
    /\ Go(w, "Retract_CheckArmed", IF armed THEN "Retract_EndWrite" ELSE "Retract_PageLock")
    /\ NoCell
    /\ IF armed THEN Stay ELSE Sees(w, 0)
Retract_PageLock(w) ==
  Go(w, "Retract_PageLock", "Retract_PageUnlock") /\ TakePage(wmm[w]) /\ Stay
Retract_PageUnlock(w) ==
  Go(w, "Retract_PageUnlock", "Retract_EndWrite") /\ SetPage(wmm[w], 0) /\ Sees(w, Null)
Retract_EndWrite(w) ==
  Go(w, "Retract_EndWrite", AfterVma) /\ SetVmLock(wvma[w], 0) /\ Stay
Retract_MmapUnlock(w) ==
  Go(w, "Retract_MmapUnlock", "Retract_Unlock") /\ SetMmap(wmm[w], mmap_lock[wmm[w]] + 1) /\ Stay
Retract_Unlock(w) == Go(w, "Retract_Unlock", "Writer_Idle") /\ SetMap(wmm[w], 0) /\ ForgetAll(w)
\* Variants: it waits for the readers of the VMA.
Retract_VmaStartWrite(w) == Calls(w, "Retract_VmaStartWrite", "Retract_VmaDrain", wvma[w]) /\ Stay
Retract_VmaDrain(w) == Drains(w, "Retract_VmaDrain", "Retract_CheckArmed", wvma[w]) /\ Stay

\* Variant: a flag of a VMA that others find is cleared, without mmap_lock.
Zap_Load(w, m, v) ==
  /\ Is("zaps_live")
  /\ Go(w, "Writer_Idle", "Zap_Store")
  /\ NoCell
  /\ wmm' = [wmm EXCEPT ![w] = m] /\ wvma' = [wvma EXCEPT ![w] = v]
  /\ wsaw' = [wsaw EXCEPT ![w] = vm_flags[v]]
  /\ UNCHANGED <<reader_locals, wnext>>
Zap_Store(w) ==
  Go(w, "Zap_Store", "Writer_Idle") /\ SetFlags(wvma[w], wsaw[w]) /\ ForgetAll(w)

--------------------------------------------------------------------------------
FaultGoesOn(r) ==
  \/ Early_CheckAnon(r) \/ Early_CheckArmed(r) \/ Lookup_Trylock(r) \/ Wait_Vma(r)
  \/ Lookup_CheckAnon(r) \/ Lookup_CheckArmed(r) \/ Filter_EndRead(r) \/ Abort_Count(r)
  \/ Access_Check(r) \/ Access_EndRead(r) \/ Access_Count(r)
  \/ Swap_Look(r) \/ Retry_EndRead(r) \/ Retry_Count(r)
  \/ Signal_Return(r) \/ Reclaim_Alloc(r) \/ Reclaim_Lock(r) \/ Reclaim_Unlock(r)
  \/ Notify_Start(r) \/ Page_Lock(r) \/ Page_Install(r) \/ Page_Unlock(r) \/ Notify_End(r)
  \/ Success_EndRead(r) \/ Success_Count(r)
  \/ Report_Unlock(r) \/ Swap_Unlock(r) \/ Armed_Unlock(r) \/ Held_Lock(r) \/ Held_EndRead(r)
  \/ Early_AnonLock(r) \/ Early_Set(r) \/ Early_AnonUnlock(r)
  \/ File_Look(r) \/ File_Lock(r) \/ File_Unlock(r)
  \/ Huge_Look(r) \/ Huge_Lock(r) \/ Huge_Unlock(r)
  \/ Slow_Lock(r) \/ Slow_Find(r) \/ Slow_CheckAnon(r) \/ Slow_Look(r)
  \/ Prepare_AnonLock(r) \/ Prepare_Set(r) \/ Prepare_AnonUnlock(r)
  \/ Slow_Unlock(r) \/ Bad_Unlock(r) \/ Drop_Unlock(r)
RuleGoesOn(w) ==
  \/ Vma_StartWrite(w) \/ Vma_Drain(w) \/ Vma_EndWrite(w) \/ Arm_Set(w) \/ Arm_Clear(w)
  \/ Move_Lock(w) \/ Move_Clear(w) \/ Move_Unlock(w)
  \/ Next_Drain(w) \/ Expand_Decide(w) \/ Refuse_EndWrite(w) \/ Expand_Lock(w)
  \/ Expand_SetEnd(w) \/ Expand_Remove(w) \/ Expand_Unlock(w) \/ Next_EndWrite(w)
  \/ Late_StartWrite(w) \/ Late_Drain(w) \/ LateNext_StartWrite(w) \/ LateNext_Drain(w)
  \/ Split_CopyFlags(w) \/ Split_Attach(w) \/ Split_SetEnd(w) \/ Split_SetNext(w)
  \/ Split_EndWrite(w)
  \/ All_Drain(w) \/ All_HugeLock(w) \/ All_MapLock(w) \/ All_AnonLock(w) \/ All_Register(w)
  \/ All_AnonUnlock(w) \/ All_MapUnlock(w) \/ All_HugeUnlock(w) \/ All_EndWrite(w)
  \/ All_EndVma(w) \/ All_Unregister(w)
  \/ Mixed_StartWrite(w) \/ Mixed_Drain(w)
  \/ \E o \in Vmas :
       \/ Next_StartWrite(w, o) \/ Early_Decide(w, o) \/ Late_AnonLock(w, o)
       \/ Split_CopyAnon(w, o) \/ All_StartWrite(w, o) \/ Mixed_HugeLock(w, o)
WriterGoesOn(w) ==
  \/ Section_Find(w) \/ RuleGoesOn(w) \/ Section_Unlock(w)
  \/ Retract_Trylock(w) \/ Retract_VmaTrylock(w) \/ Retract_CheckArmed(w) \/ Retract_PageLock(w)
  \/ Retract_PageUnlock(w) \/ Retract_EndWrite(w) \/ Retract_MmapUnlock(w) \/ Retract_Unlock(w)
  \/ Retract_VmaStartWrite(w) \/ Retract_VmaDrain(w) \/ Zap_Store(w)

Next ==
  \/ \E r \in Readers :
       \/ FaultGoesOn(r)
       \/ \E m \in Mms, v \in Vmas : Fault_Call(r, m, v) \/ Kernel_Enter(r, m, v)
  \/ \E w \in Writers :
       \/ WriterGoesOn(w)
       \/ \E m \in Mms, v \in Vmas :
            Section_Lock(w, m, v) \/ Retract_Lock(w, m, v) \/ Zap_Load(w, m, v)
Spec == Init /\ [][Next]_vars
================================================================================
