---------------------------- MODULE FaultProperties ----------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What Fault promises.                                                    *)
(***************************************************************************)
EXTENDS Fault

\* Who has begun goes on.  Locks are handed on: who waits for one gets it.  A page that a fault
\* waits for comes.
GetsLock(r) ==
  \/ Slow_Lock(r) \/ Prepare_AnonLock(r) \/ Reclaim_Lock(r) \/ Page_Lock(r) \/ File_Lock(r)
  \/ Early_AnonLock(r)
Fairness ==
  /\ \A r \in Readers :
       WF_vars(FaultGoesOn(r)) /\ SF_vars(GetsLock(r)) /\ SF_vars(Slow_Unlock(r))
  /\ \A w \in Writers : WF_vars(WriterGoesOn(w))
FairSpec == Spec /\ Fairness

--------------------------------------------------------------------------------
(* Who has which lock. *)

\* A fault has its VMA.
ReadLocked ==
  {"Lookup_Locked", "Lookup_CheckArmed", "Filter_EndRead", "Fault_Locked", "Access_Check",
   "Access_EndRead", "Swap_Look", "Retry_EndRead", "Reclaim_Lock", "Reclaim_Unlock", "Page_Lock",
   "Page_Install", "Page_Unlock", "Notify_End", "Success_EndRead", "Armed_Unlock", "Held_Lock",
   "Held_EndRead", "Early_AnonLock", "Early_Set", "Early_AnonUnlock", "File_Lock", "File_Unlock",
   "Huge_Lock", "Huge_Unlock"}
  \cup (IF Is("locks_before_unlock") THEN {"Access_Count"} ELSE {})
Holders(v) == Cardinality({r \in Readers : rvma[r] = v /\ pc[r] \in ReadLocked})
\* A fault has mmap_lock.
UnderMmap ==
  {"Held_EndRead", "Slow_Find", "Slow_CheckAnon", "Prepare_AnonLock", "Prepare_Set",
   "Prepare_AnonUnlock", "Slow_Look", "Slow_Locked", "Bad_Unlock"}
\* A writer does not have it, or not the VMA at hand.
OutsideMmap == {"Writer_Idle", "Retract_Trylock", "Retract_Unlock", "Zap_Store"}
Draining == {"Vma_Drain", "Late_Drain", "Retract_VmaDrain"}
OutsideVma ==
  OutsideMmap \cup Draining \cup
  {"Section_Find", "Writer_Section", "Vma_StartWrite", "Section_Unlock", "Late_StartWrite",
   "All_Unregister", "Retract_VmaTrylock", "Retract_VmaStartWrite", "Retract_MmapUnlock"}
\* It waits for the readers of the neighbour, or has it.
DrainingNext == {"Next_Drain", "LateNext_Drain", "All_Drain", "Mixed_Drain"}
HasNext ==
  {"Expand_Decide", "Refuse_EndWrite", "Expand_Lock", "Expand_SetEnd", "Expand_Remove",
   "Expand_Unlock", "Next_EndWrite", "Split_SetEnd", "Split_SetNext", "Split_EndWrite",
   "All_HugeLock", "All_MapLock", "All_AnonLock", "All_Register", "All_AnonUnlock",
   "All_MapUnlock", "All_HugeUnlock", "All_EndWrite"}
Owns(w, v) ==
  (v = wvma[w] /\ pc[w] \notin OutsideVma) \/ (v = wnext[w] /\ pc[w] \in HasNext)
Awaits(w, v) ==
  (v = wvma[w] /\ pc[w] \in Draining) \/ (v = wnext[w] /\ pc[w] \in DrainingNext)

Retracting ==
  {"Retract_Trylock", "Retract_VmaTrylock", "Retract_CheckArmed", "Retract_PageLock",
   "Retract_PageUnlock", "Retract_EndWrite", "Retract_MmapUnlock", "Retract_Unlock",
   "Retract_VmaStartWrite", "Retract_VmaDrain"}
\* Variants: the anon_vma is locked first.
AnonFirst ==
  IF Is("brk_locks_late")
  THEN {"Late_StartWrite", "Late_Drain", "LateNext_StartWrite", "LateNext_Drain"}
  ELSE {}
HasRwsem(lock, t) ==
  CASE lock = HugetlbLock ->
         pc[t] \in {"Huge_Unlock", "All_MapLock", "All_AnonLock", "All_Register",
                    "All_AnonUnlock", "All_MapUnlock", "All_HugeUnlock", "Mixed_StartWrite",
                    "Mixed_Drain"}
    [] lock = MappingLock ->
         pc[t] \in Retracting \cup {"File_Unlock", "All_AnonLock", "All_Register",
                                    "All_AnonUnlock", "All_MapUnlock"}
    [] lock = AnonLock ->
         pc[t] \in AnonFirst \cup
           {"Reclaim_Unlock", "Early_Set", "Early_AnonUnlock", "Prepare_Set",
            "Prepare_AnonUnlock", "Move_Clear", "Move_Unlock", "Expand_SetEnd", "Expand_Remove",
            "Expand_Unlock", "All_Register", "All_AnonUnlock"}
    [] lock = PageTableLock -> pc[t] \in {"Page_Install", "Page_Unlock", "Retract_PageUnlock"}
    [] OTHER -> FALSE
Has(lock, t) ==
  CASE lock = MmapLock ->
         IF t \in Readers THEN pc[t] \in UnderMmap ELSE pc[t] \notin OutsideMmap
    [] lock = VmaLock ->
         IF t \in Readers THEN pc[t] \in ReadLocked
         ELSE pc[t] \notin OutsideVma
    [] OTHER -> HasRwsem(lock, t)
\* A task stands where it waits for a lock.
Wants(lock, t) ==
  CASE lock = MmapLock -> pc[t] \in {"Slow_Lock", "Held_Lock"}
    [] lock = VmaLock -> pc[t] \in Draining \cup DrainingNext
    [] lock = HugetlbLock -> pc[t] \in {"Huge_Lock", "All_HugeLock"}
    [] lock = MappingLock -> pc[t] \in {"File_Lock", "All_MapLock"}
    [] lock = AnonLock ->
         pc[t] \in {"Reclaim_Lock", "Early_AnonLock", "Prepare_AnonLock", "Expand_Lock",
                    "All_AnonLock"}
    [] OTHER -> pc[t] \in {"Page_Lock", "Retract_PageLock"}

--------------------------------------------------------------------------------
\* Property (I-09): the lock of a VMA counts the faults that have it, is a writer's, or says that
\* the VMA is in no tree.
LockOK ==
  \A v \in Vmas :
    vm_lock[v] = IF \E w \in Writers : Owns(w, v) THEN Locked
                 ELSE IF \E w \in Writers : Awaits(w, v) THEN Waiting + Holders(v)
                 ELSE IF vm_end[v] = 0 THEN Detached ELSE Holders(v)

\* Property (I-22): mmap_lock counts the faults that have it, or is a writer's: what runs under the
\* lock of a VMA alone does not release it.
MmapOK ==
  \A m \in Mms :
    mmap_lock[m] = IF \E w \in Writers : pc[w] \notin OutsideMmap THEN -1
                   ELSE Cardinality({r \in Readers : pc[r] \in UnderMmap})

\* Property: each other lock says whether a task has it, and no two have one.
RwsemOK ==
  \A m \in Mms :
    LET Owners(lock) == Cardinality({r \in Readers : HasRwsem(lock, r)})
                        + Cardinality({w \in Writers : HasRwsem(lock, w)})
    IN /\ \A lock \in Locks : Owners(lock) <= 1
       /\ hugetlb_rwsem[m] = Owners(HugetlbLock) /\ i_mmap_rwsem[m] = Owners(MappingLock)
       /\ anon_rwsem[m] = Owners(AnonLock) /\ page_table_lock[m] = Owners(PageTableLock)

\* Property (I-01): no fault has a VMA that a writer changes.
ExclOK == \A r \in Readers, w \in Writers : pc[r] \in ReadLocked => ~Owns(w, rvma[r])

\* What a writer is about to change.
Changes(w, v) ==
  \/ v = wvma[w] /\ pc[w] \in {"Writer_Locked", "Move_Clear", "Expand_SetEnd", "Split_SetEnd"}
  \/ v = wnext[w] /\ pc[w] \in {"Expand_Remove", "Split_SetNext"}
\* Property (I-08, I-11, I-13): what a writer changes, takes out of the tree or puts into it is
\* write-locked.
ChangeOK == \A w \in Writers, v \in Vmas : Changes(w, v) => vm_lock[v] = Locked

\* Property (I-33): the new half of a split has what the VMA has.
CopyOK ==
  \A w \in Writers :
    pc[w] \in {"Split_Attach", "Split_SetEnd", "Split_SetNext", "Split_EndWrite"} =>
      /\ anon_vma[wnext[w]] = anon_vma[wvma[w]]
      /\ vm_flags[wnext[w]] = vm_flags[wvma[w]]

\* Property (I-28): a VMA is write-locked, or waited for, under mmap_lock alone.
WriteOK ==
  \A m \in Mms, v \in Vmas : vm_lock[v] < 0 /\ vm_lock[v] # Detached => mmap_lock[m] = -1

Handling ==
  {"Fault_Locked", "Access_Check", "Access_EndRead", "Swap_Look", "Retry_EndRead",
   "Reclaim_Lock", "Reclaim_Unlock", "Page_Lock", "Page_Install", "Page_Unlock", "Notify_End"}
\* Property (I-25): while a fault goes on under the lock of its VMA, that has an anon_vma and is not
\* armed for userfaultfd.
FilterOK ==
  \A r \in Readers : pc[r] \in Handling => anon_vma[rvma[r]] = 1 /\ vm_flags[rvma[r]] = 0

\* A fault has found its VMA: under its lock, or under mmap_lock.
Found == ReadLocked \cup (UnderMmap \ {"Held_EndRead", "Slow_Find", "Bad_Unlock"})
\* Property: the VMA in which a fault goes on is one of the tree.
FoundOK == \A r \in Readers : pc[r] \in Found => vm_end[rvma[r]] # 0

\* What the decision rests on, as it is now.
RestsOn(w) ==
  IF pc[w] \in {"Retract_PageLock", "Retract_PageUnlock", "Zap_Store"} THEN vm_flags[wvma[w]]
  ELSE anon_vma[wvma[w]]
\* Property (I-26): what a writer has decided by stays as it was until the change is made: VMAs are
\* merged that have one anon_vma, and page tables are taken from a VMA that is not armed.
DecisionOK ==
  \A w \in Writers :
    /\ wsaw[w] # Null => wsaw[w] = RestsOn(w)
    /\ pc[w] \in {"Retract_PageLock", "Retract_PageUnlock"} => wsaw[w] = 0
    /\ pc[w] \in {"Expand_Lock", "Expand_SetEnd", "Expand_Remove"} /\ wsaw[w] # Null =>
         anon_vma[wnext[w]] = wsaw[w]

\* Property (I-27): no notifier becomes visible between two notifications of one fault.
NotifyOK == \A r \in Readers : rseen[r] = 0 => notifiers[rmm[r]] = 0

\* Property (I-23, I-24): a task waits for a lock only inside of those that the order allows.
OrderOK ==
  \A t \in Tasks, a \in Locks, b \in Locks :
    a # b /\ Has(a, t) /\ Wants(b, t) => b \in Inside(a)

\* Property (L-10): no writer waits for a fault that waits for what the writer has.
DeadlockOK ==
  \A r \in Readers, w \in Writers :
    pc[r] \in ReadLocked /\ Awaits(w, rvma[r]) =>
      \A lock \in Locks : Wants(lock, r) => ~Has(lock, w)

Counting ==
  (ReadLocked \ {"Held_Lock", "Held_EndRead"}) \cup
  {"Early_CheckAnon", "Early_CheckArmed", "Lookup_Trylock", "Wait_Vma", "Abort_Count",
   "Access_Count", "Retry_Count", "Success_Count"}
\* Property (P08): each call is a success, a retry, an abort or a refused access, or goes on.
CountOK ==
  \A m \in Mms :
    calls[m] = (successes[m] + retries[m] + aborts[m] + refusals[m]
                + Cardinality({r \in Readers : pc[r] \in Counting})) % Events

\* Property (L-04): a fault ends, under the lock of its VMA or of the mm.
FaultEnds == \A r \in Readers : pc[r] # "Fault_Idle" ~> pc[r] = "Fault_Idle"

\* Property (L-02): a writer that waits for the readers of a VMA gets it.
WriterGets == \A w \in Writers : pc[w] = "Vma_Drain" ~> pc[w] = "Writer_Locked"

\* Refuted: who arms a VMA leaves it armed for good: another section may clear the flag.
StaysArmed ==
  \A w \in Writers, v \in Vmas : vm_flags[v] = 1 ~> vm_flags[v] = 1 /\ pc[w] = "Writer_Idle"

--------------------------------------------------------------------------------
(* What must be reachable. *)

\* Possible: a fault goes on while mmap_lock is write-locked.
FaultsInSection == \E r \in Readers : pc[r] = "Page_Install" /\ \E m \in Mms : mmap_lock[m] = -1

\* Possible: the marks are released, mmap_lock is not: one fault has the VMA, another one waits for
\* mmap_lock (S04).
LateReader ==
  \E r, s \in Readers, w \in Writers :
    pc[w] = "Section_Unlock" /\ pc[r] = "Fault_Locked" /\ pc[s] = "Slow_Lock"

\* Possible: a fault is turned away by a flag that was set while it came.
MeetsArmed == \E r \in Readers : pc[r] = "Filter_EndRead" /\ vm_flags[rvma[r]] = 1

\* Possible: a fault comes for a VMA that a merge has taken away.
FindsNone == \E r \in Readers : pc[r] = "Slow_Find" /\ vm_end[rvma[r]] = 0

\* Possible: khugepaged is let down by a fault.
RetractFails ==
  \E r \in Readers, w \in Writers :
    pc[w] = "Retract_VmaTrylock" /\ pc[r] = "Page_Install" /\ rvma[r] = wvma[w]

\* Possible: a merge takes a VMA that has an anon_vma.
MergesWithAnon == \E w \in Writers : pc[w] = "Expand_Remove" /\ wsaw[w] = 1

\* Possible: a merge is refused.
Refuses == \E w \in Writers : pc[w] = "Refuse_EndWrite"

\* Possible: a fault notifies one who was registered while others waited.
NotifiesNew == \E r \in Readers : rseen[r] = 1

\* Possible: a notifier goes while a fault that has notified it goes on.
NotifierGoes == \E r \in Readers : rseen[r] = 1 /\ notifiers[rmm[r]] = 0

\* Possible: mremap() takes the anon_vma from the VMA of a fault that comes again.
LosesAnon ==
  \E r \in Readers :
    pc[r] = "Fault_Retry" /\ anon_vma[rvma[r]] = 0 /\ vm_end[rvma[r]] # 0
================================================================================
