------------------------------- MODULE VmaRefcnt -------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The reference-counted per-VMA lock of Linux 7.x with its type-safe      *)
(* lookup: lock_vma_under_rcu() against a writer that holds mmap_lock.     *)
(* Sources: Suren Baghdasaryan, "per-vma locks" series of Dec 2024 to Feb  *)
(* 2025 (v6 to v10); Vlastimil Babka, 8 Jan 2025 (the copied count).       *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/vma_refcnt.hpp).  pc holds the   *)
(* name of the site that a task will perform next, or of the point where   *)
(* it chooses one.  A local of a task is Null while it is dead.            *)
(*                                                                         *)
(* Properties, fairness and refinement: VmaRefcntProperties.tla.           *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences, Slab

\* Slab has Readers (tasks that take page faults), rcu, grace and slab.
CONSTANTS
  Vmas,         \* objects of the type-safe slab cache
  Slots,        \* addresses: a VMA covers one of them
  Mms,          \* address spaces; the writer of mm is called like the mm
  Null,         \* no object, no value
  Again,        \* what vma_start_read() returns for a detached VMA: -EAGAIN
  Limit,        \* the largest count that a reader may reach
  MaxSections,  \* write sections an mm may begin; 0 = any number
  Variant       \* "holds", or the name of what is different (see README.md)

ASSUME Limit \in Nat \ {0} /\ MaxSections \in Nat

VARIABLES
  \* cells of a VMA
  vm_mm, vm_start, vm_lock_seq, vm_refcnt, vm_data,
  \* cells of an mm: its sequence (odd: mmap_lock is write-locked), its tree, its rcuwait, and who
  \* keeps it: its tasks together, readers (0: it has been freed; it is not used again)
  mm_lock_seq, tree, writer_wait, task_state, mm_count,
  \* of linux alone: mmap_lock, which a writer has (-1), or so many readers
  mmap_lock,
  pc,
  \* a reader's locals: asked for (rmm, raddr), found, sequence seen, mm whose writer to wake, the
  \* task that waits there, other mm whose VMA was found
  rmm, raddr, rvma, rseq, rwake, rtask, rother,
  \* a writer's locals: slot and VMA at hand, source of a copy, "readers are excluded"; in linux,
  \* what a new VMA replaces (wsrc), and the mm that it forks from
  wslot, wvma, wsrc, wexcl, wfrom

vma_cells == <<vm_mm, vm_start, vm_lock_seq, vm_refcnt, vm_data>>
memory == <<slab, grace>>
users == <<mmap_lock>>
mm_inner == <<mm_lock_seq, tree, writer_wait, task_state, mm_count>>
mm_cells == <<mm_inner, users>>
reader_locals == <<rmm, raddr, rvma, rseq, rwake, rtask, rother>>
writer_locals == <<wslot, wvma, wsrc, wexcl, wfrom>>
vars == <<vma_cells, memory, mm_cells, pc, rcu, reader_locals, writer_locals>>

Flag == Limit + 1          \* VM_REFCNT_EXCLUDE_READERS_FLAG: one above the limit
Running == 0               \* task_state
Sleeping == 2
Torn == 0                  \* vm_data: being written, or never written
Whole == 1
NoSeq == -1                \* vm_lock_seq of a new VMA (UINT_MAX): equal to no section

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks).    *)
(* "holds" is the ELSE or OTHER of each rule.                              *)

Holding ==
  {"holds", "dup_two_copies", "dup_refcnt_first", "dup_split_around_refcnt",
   "dup_copy_struct_except", "dup_source_unmarked", "store_then_attach", "clear_then_detach",
   "writer_counts_itself", "no_early_check", "linux", "linux_forks"}
Broken ==
  {"dup_copies_refcnt", "dup_copies_refcnt_unmarked", "dup_forgets_field", "detach_does_not_wait",
   "free_without_detach", "increment_from_zero", "no_reader_limit", "no_recheck", "no_mm_check",
   "no_range_check", "lookup_without_rcu", "write_does_not_wait", "flag_stays", "modify_unmarked",
   "unmap_unmarked", "attach_unmarked", "mark_before_drain", "unlock_keeps_marks",
   "downgrade_keeps_marks", "put_never_wakes", "put_wakes_only_attached", "state_set_after_check",
   "finish_keeps_waiter", "put_loads_mm_late", "lookup_keeps_rcu", "retries_write_locked",
   "mm_check_last", "no_mm_grab", "mm_grab_after_put", "fault_without_pin", "fault_in_gone_mm",
   "exit_keeps_vmas", "one_reader_at_a_time", "killed_goes_on", "counts_after_mmap_lock",
   "downgrade_before_end", "map_fixed_unmarked", "fork_keeps_mm"}

ASSUME Variant \in Holding \cup Broken

Is(variant) == Variant = variant

\* What the writers of one kernel do, each as it chooses.
Chooses ==
  Variant \in {"linux", "linux_forks", "killed_goes_on", "counts_after_mmap_lock",
               "downgrade_before_end", "map_fixed_unmarked", "fork_keeps_mm"}

\* A reader under mmap_lock: is the VMA counted before that is given back?
CountsLate == Is("counts_after_mmap_lock")
\* Are the marks released before mmap_lock is downgraded?
EndsLate == Is("downgrade_before_end")

\* The lookup: is it an RCU section, which checks does it make, in which order?
TakesRcu == ~Is("lookup_without_rcu")
AfterWalk == IF Is("no_early_check") THEN "StartRead_IncRef" ELSE "StartRead_LoadSeq"
AfterIncRef ==
  IF Is("no_mm_check") \/ Is("mm_check_last") THEN "StartRead_RecheckSeq" ELSE "StartRead_CheckMm"
AfterCheckMm ==
  IF Is("no_recheck") \/ Is("mm_check_last") THEN "Lookup_RcuUnlock" ELSE "StartRead_RecheckSeq"
AfterRecheckSeq ==
  CASE Is("mm_check_last")    -> "StartRead_CheckMm"
    [] Is("lookup_keeps_rcu") -> "Lookup_CheckRange"
    [] OTHER                  -> "Lookup_RcuUnlock"
AfterRcuUnlock == IF Is("no_range_check") THEN "Use_LoadData" ELSE "Lookup_CheckRange"
WhenMarked == IF Is("retries_write_locked") THEN Again ELSE Null
AfterPutDec == IF Is("put_loads_mm_late") THEN "Put_LoadMm" ELSE "Put_FindWaiter"

\* The VMA of another mm is given back: is that mm kept until its writer has been woken?
GrabsLate == Is("mm_grab_after_put")
AfterRcuUnlockUnstable ==
  IF Is("no_mm_grab") \/ GrabsLate THEN "Unstable_PutDec" ELSE "Unstable_Grab"
AfterUnstablePut ==
  CASE Is("no_mm_grab") -> "Fault_Drop"
    [] GrabsLate        -> "Unstable_Grab"
    [] OTHER            -> "Unstable_Drop"
FaultPins == IF Is("fault_without_pin") THEN 0 ELSE 1
MayFault(n) == n # 0 \/ Is("fault_in_gone_mm")

\* Who is kept out by the count that a reader finds?
IsDetached(n) == n = 0 /\ ~Is("increment_from_zero")
IsFull(n) ==
  (n >= Limit /\ ~Is("no_reader_limit")) \/ (n >= 2 /\ Is("one_reader_at_a_time"))

\* What a waiting writer adds to the count, and so what it waits for: the tree's count is left
\* beside it, unless it detaches.
Excluding == IF Is("writer_counts_itself") THEN Flag + 1 ELSE Flag
OnlyWriter(n) ==
  CASE Is("put_never_wakes")         -> FALSE
    [] Is("put_wakes_only_attached") -> n = Excluding + 1
    [] OTHER                         -> n >= Excluding /\ n <= Excluding + 1

\* The wait: does the writer look at the count before it sets its state?
ChecksFirst == Is("state_set_after_check")
Clears == ~Is("finish_keeps_waiter")
\* vma_start_write(): when is the mark set?
MarksFirst == Is("mark_before_drain")
Drains == ~Is("write_does_not_wait")

\* What a writer may do to a VMA of the tree that it has not marked: mark it.
Unmarked ==
  CASE Is("modify_unmarked") -> "Modify_Begin"
    [] Is("unmap_unmarked") -> "Detach_Dec"
    [] Is("map_fixed_unmarked") -> "Fixed_Slab"
    [] Chooses \/ Is("dup_source_unmarked") \/ Is("dup_copies_refcnt_unmarked") -> "Dup_Slab"
    [] OTHER -> "StartWrite_CheckSeq"

\* vm_area_dup(): the order of its steps.
DupSites ==
  CASE Is("dup_copies_refcnt") \/ Is("dup_copies_refcnt_unmarked") ->
         <<"Dup_CopyStart", "Dup_CopyMm", "Dup_CopySeq", "Dup_CopyRefcnt", "Dup_CopyData",
           "Dup_SetSeq", "Dup_SetRefcnt", "Dup_SetStart">>
    [] Is("dup_two_copies") \/ Is("dup_copy_struct_except") ->
         <<"Dup_CopyStart", "Dup_CopyMm", "Dup_CopySeq", "Dup_CopyData",
           "Dup_SetSeq", "Dup_SetRefcnt", "Dup_SetStart">>
    [] Is("dup_refcnt_first") ->
         <<"Dup_SetRefcnt", "Dup_CopyStart", "Dup_CopyMm", "Dup_CopySeq", "Dup_CopyData",
           "Dup_SetSeq", "Dup_SetStart">>
    [] Is("dup_split_around_refcnt") ->
         <<"Dup_CopyStart", "Dup_CopyMm", "Dup_CopySeq", "Dup_SetRefcnt", "Dup_CopyData",
           "Dup_SetSeq", "Dup_SetStart">>
    [] Chooses ->
         <<"Dup_CopyMm", "Dup_CopyStart", "Dup_CopyData", "Dup_SetRefcnt", "Dup_SetSeq",
           "Dup_SetStart">>
    [] Is("dup_forgets_field") ->
         <<"Dup_CopyMm", "Dup_SetSeq", "Dup_SetRefcnt", "Dup_SetStart">>
    [] OTHER ->
         <<"Dup_CopyMm", "Dup_CopyData", "Dup_SetSeq", "Dup_SetRefcnt", "Dup_SetStart">>
AfterDup(site) ==
  LET i == CHOOSE i \in DOMAIN DupSites : DupSites[i] = site
  IN IF i = Len(DupSites) THEN "StartWrite_CheckSeq" ELSE DupSites[i + 1]
LastCopy == IF Is("dup_forgets_field") THEN "Dup_CopyMm" ELSE "Dup_CopyData"

\* Attach: the count, then the tree; the seeds have it the other way round.
StoresFirst == Is("store_then_attach")
AttachBegin ==
  CASE StoresFirst -> "Store_Tree" [] Chooses -> "Writer_New" [] OTHER -> "Attach_SetRefcnt"
AtAttach == IF Chooses THEN "Writer_New" ELSE "Attach_SetRefcnt"

\* Detach: the count, then the tree; a merge has it the other way round.
ClearsFirst == Is("clear_then_detach")
Detaches == ~Is("free_without_detach")
AfterDetach ==
  CASE ClearsFirst -> "Writer_Unmapped"
    [] Chooses     -> "Writer_Detached"
    [] OTHER       -> "Unmap_ClearTree"
AtClear ==
  CASE Chooses                   -> "Writer_Detached"
    [] Detaches /\ ~ClearsFirst -> "Unmap_ClearTree"
    [] OTHER                     -> "Writer_Locked"

\* exit_mmap() leaves nothing mapped.
ExitUnmaps == ~Is("exit_keeps_vmas")

--------------------------------------------------------------------------------
(* The start: no VMA has memory, nobody holds anything. *)

Init ==
  /\ vm_mm = [v \in Vmas |-> Null]
  /\ vm_start = [v \in Vmas |-> Null]
  /\ vm_lock_seq = [v \in Vmas |-> Null]
  /\ vm_refcnt = [v \in Vmas |-> Null]
  /\ vm_data = [v \in Vmas |-> Null]
  /\ SlabInit(Vmas) /\ RcuInit(Vmas)
  /\ mm_lock_seq = [m \in Mms |-> 0]
  /\ tree = [m \in Mms |-> [s \in Slots |-> Null]]
  /\ writer_wait = [m \in Mms |-> Null]
  /\ task_state = [m \in Mms |-> Running]
  /\ mm_count = [m \in Mms |-> 1]
  /\ mmap_lock = [m \in Mms |-> 0]
  /\ pc = [t \in Readers \cup Mms |-> IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
  /\ rmm = [r \in Readers |-> Null]
  /\ raddr = [r \in Readers |-> Null]
  /\ rvma = [r \in Readers |-> Null]
  /\ rseq = [r \in Readers |-> Null]
  /\ rwake = [r \in Readers |-> Null]
  /\ rtask = [r \in Readers |-> Null]
  /\ rother = [r \in Readers |-> Null]
  /\ wslot = [m \in Mms |-> Null]
  /\ wvma = [m \in Mms |-> Null]
  /\ wsrc = [m \in Mms |-> Null]
  /\ wexcl = [m \in Mms |-> FALSE]
  /\ wfrom = [m \in Mms |-> Null]

Go(t, site) == pc' = [pc EXCEPT ![t] = site]
\* The VMA at hand of a writer is in the tree; is out of it, and may be freed.
HandInTree(m) == \E s \in Slots : wslot[m] = s /\ tree[m][s] = wvma[m]
IsUnmapped(m) ==
  pc[m] = "Writer_Unmapped" \/ (pc[m] = "Writer_Detached" /\ ~HandInTree(m))

--------------------------------------------------------------------------------
(* The reader: a page fault.  lock_vma_under_rcu(), a use of the VMA, vma_end_read(). *)

\* The pages go for which goes(v) holds: nothing is in them any more.
ForgetPages(goes(_)) ==
  /\ vm_mm' = [v \in Vmas |-> IF goes(v) THEN Null ELSE vm_mm[v]]
  /\ vm_start' = [v \in Vmas |-> IF goes(v) THEN Null ELSE vm_start[v]]
  /\ vm_lock_seq' = [v \in Vmas |-> IF goes(v) THEN Null ELSE vm_lock_seq[v]]
  /\ vm_refcnt' = [v \in Vmas |-> IF goes(v) THEN Null ELSE vm_refcnt[v]]
  /\ vm_data' = [v \in Vmas |-> IF goes(v) THEN Null ELSE vm_data[v]]

\* The lookup is over, with or without a VMA: all of it but the mm is forgotten.
LookupOver(r) ==
  /\ Go(r, "Fault_Drop")
  /\ raddr' = [raddr EXCEPT ![r] = Null]
  /\ rother' = [rother EXCEPT ![r] = Null]
\* ... or it goes on at this site.
GoOrLookupOver(r, site) ==
  IF site = "Fault_Drop" THEN LookupOver(r) ELSE Go(r, site) /\ UNCHANGED <<raddr, rother>>
\* It has failed: it is over, or goes on under mmap_lock.
LookupFailed(r) ==
  \E next \in IF Chooses THEN {"Fault_Drop", "MmapRead_Lock"} ELSE {"Fault_Drop"} :
    /\ Go(r, next)
    /\ raddr' = [raddr EXCEPT ![r] = IF next = "Fault_Drop" THEN Null ELSE @]
    /\ rother' = [rother EXCEPT ![r] = Null]

\* The section ends, and pages may go with it.
EndRcu(r) ==
  LET goes(v) == GoesWith(r, v)
  IN SlabUnlock(r, Vmas, Vmas) /\ ForgetPages(goes)

\* A fault is taken by a task of the mm, so the mm lives then.  A count of its own keeps it until
\* the fault is over.  In the kernel the task itself does, by a count that it gives back when it
\* ends: that allows less than this.
Fault_Grab(r, m, s) ==
  /\ pc[r] = "Reader_Idle"
  /\ MayFault(mm_count[m])
  /\ mm_count' = [mm_count EXCEPT ![m] = @ + FaultPins]
  /\ rmm' = [rmm EXCEPT ![r] = m]
  /\ raddr' = [raddr EXCEPT ![r] = s]
  /\ Go(r, "Lookup_RcuLock")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu, rvma,
                 rseq, rwake, rtask, rother, writer_locals>>

Fault_Drop(r) ==
  /\ pc[r] = "Fault_Drop"
  /\ mm_count' = [mm_count EXCEPT ![rmm[r]] = @ - FaultPins]
  /\ rmm' = [rmm EXCEPT ![r] = Null]
  /\ Go(r, "Reader_Idle")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu,
                 raddr, rvma, rseq, rwake, rtask, rother, writer_locals>>

Lookup_RcuLock(r) ==
  /\ pc[r] = "Lookup_RcuLock"
  /\ rcu' = [rcu EXCEPT ![r] = TakesRcu]
  /\ Go(r, "Lookup_Walk")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, reader_locals, writer_locals>>

\* After -EAGAIN: the section has ended, so the walk must begin anew.
Lookup_RcuRelock(r) ==
  /\ pc[r] = "Lookup_RcuRelock"
  /\ rcu' = [rcu EXCEPT ![r] = TakesRcu]
  /\ Go(r, "Lookup_Walk")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, reader_locals, writer_locals>>

Lookup_Walk(r) ==
  /\ pc[r] = "Lookup_Walk"
  /\ LET v == tree[rmm[r]][raddr[r]] IN
       /\ rvma' = [rvma EXCEPT ![r] = v]
       /\ Go(r, IF v = Null THEN "Lookup_RcuUnlockNone" ELSE AfterWalk)
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, rmm, raddr, rseq, rwake, rtask, rother,
                 writer_locals>>

Lookup_RcuUnlockNone(r) ==
  /\ pc[r] = "Lookup_RcuUnlockNone"
  /\ EndRcu(r)
  /\ LookupFailed(r)
  /\ UNCHANGED <<mm_cells, rmm, rvma, rseq, rwake, rtask, writer_locals>>

\* vma_start_read().  Before any lock: the sequence of a VMA that may be freed or recycled by now.
StartRead_LoadSeq(r) ==
  /\ pc[r] = "StartRead_LoadSeq"
  /\ rseq' = [rseq EXCEPT ![r] = vm_lock_seq[rvma[r]]]
  /\ Go(r, "StartRead_CheckSeq")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, rmm, raddr, rvma, rwake, rtask, rother,
                 writer_locals>>

\* Equal: write-locked, do not even try.  A false "locked" is allowed here, a false "unlocked" is
\* found out by StartRead_RecheckSeq.
StartRead_CheckSeq(r) ==
  /\ pc[r] = "StartRead_CheckSeq"
  /\ rseq' = [rseq EXCEPT ![r] = Null]
  /\ IF rseq[r] = mm_lock_seq[rmm[r]]
     THEN /\ rvma' = [rvma EXCEPT ![r] = WhenMarked]
          /\ Go(r, "StartRead_RcuUnlock")
     ELSE /\ Go(r, "StartRead_IncRef")
          /\ UNCHANGED rvma
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, rmm, raddr, rwake, rtask, rother,
                 writer_locals>>

\* Increment unless zero (detached: try again) or at the limit (a writer's flag is above it).
StartRead_IncRef(r) ==
  /\ pc[r] = "StartRead_IncRef"
  /\ LET n == vm_refcnt[rvma[r]] IN
       CASE IsDetached(n) ->
              /\ rvma' = [rvma EXCEPT ![r] = Again]
              /\ Go(r, "StartRead_RcuUnlock")
              /\ UNCHANGED vm_refcnt
         [] IsFull(n) ->
              /\ rvma' = [rvma EXCEPT ![r] = Null]
              /\ Go(r, "StartRead_RcuUnlock")
              /\ UNCHANGED vm_refcnt
         [] OTHER ->
              /\ vm_refcnt' = [vm_refcnt EXCEPT ![rvma[r]] = n + 1]
              /\ Go(r, AfterIncRef)
              /\ UNCHANGED rvma
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, rmm, raddr, rseq,
                 rwake, rtask, rother, writer_locals>>

\* The object may be another mm's by now.  That one is remembered: the count is held, so vm_mm
\* cannot change.
StartRead_CheckMm(r) ==
  /\ pc[r] = "StartRead_CheckMm"
  /\ LET m == vm_mm[rvma[r]] IN
       IF m # rmm[r]
       THEN /\ rother' = [rother EXCEPT ![r] = m]
            /\ Go(r, "StartRead_RcuUnlockUnstable")
       ELSE /\ Go(r, AfterCheckMm)
            /\ UNCHANGED rother
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, rmm, raddr, rvma, rseq, rwake, rtask,
                 writer_locals>>

\* The count is held, so vm_lock_seq cannot change: both sequences are read in one step.
StartRead_RecheckSeq(r) ==
  /\ pc[r] = "StartRead_RecheckSeq"
  /\ Go(r, IF vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]] THEN "StartRead_PutDec"
           ELSE AfterRecheckSeq)
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>

\* vma_refcount_put(): if only the writer is left, it may be asleep.  The mm is read in the same
\* step, while the count still pins the VMA; once it is given back nothing of the VMA may be read.
PutDec(r, here, wake, done) ==
  /\ pc[r] = here
  /\ LET n == vm_refcnt[rvma[r]] - 1 IN
       /\ vm_refcnt' = [vm_refcnt EXCEPT ![rvma[r]] = n]
       /\ IF OnlyWriter(n)
          THEN /\ Go(r, wake)
               /\ rwake' = [rwake EXCEPT ![r] = IF wake = "Put_LoadMm" THEN Null
                                                ELSE vm_mm[rvma[r]]]
               /\ UNCHANGED <<raddr, rother>>
          ELSE /\ GoOrLookupOver(r, done)
               /\ UNCHANGED rwake
       /\ rvma' = [rvma EXCEPT ![r] = IF OnlyWriter(n) /\ wake = "Put_LoadMm" THEN @ ELSE Null]
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, rmm, rseq, rtask,
                 writer_locals>>

\* rcuwait_wake_up(): look for a waiter, and set it running if there is one.  It may have gone on
\* by then, or wait once more: it looks at the count anew.
FindWaiter(r, here, wake, done) ==
  /\ pc[r] = here
  /\ LET t == writer_wait[rwake[r]] IN
       /\ rtask' = [rtask EXCEPT ![r] = t]
       /\ IF t = Null THEN GoOrLookupOver(r, done) ELSE Go(r, wake) /\ UNCHANGED <<raddr, rother>>
  /\ rwake' = [rwake EXCEPT ![r] = Null]
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, rmm, rvma, rseq, writer_locals>>
Wake(r, here, done) ==
  /\ pc[r] = here
  /\ task_state' = [task_state EXCEPT ![rtask[r]] = Running]
  /\ rtask' = [rtask EXCEPT ![r] = Null]
  /\ GoOrLookupOver(r, done)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, mm_count, users, rcu, rmm,
                 rvma, rseq, rwake, writer_locals>>

\* The put of a failed recheck, inside the RCU section.
StartRead_PutDec(r) ==
  PutDec(r, "StartRead_PutDec", "StartRead_PutFindWaiter", "StartRead_RcuUnlock")
StartRead_PutFindWaiter(r) ==
  FindWaiter(r, "StartRead_PutFindWaiter", "StartRead_PutWake", "StartRead_RcuUnlock")
StartRead_PutWake(r) == Wake(r, "StartRead_PutWake", "StartRead_RcuUnlock")

\* The failing exit of vma_start_read(); -EAGAIN goes round again.
StartRead_RcuUnlock(r) ==
  /\ pc[r] = "StartRead_RcuUnlock"
  /\ EndRcu(r)
  /\ rvma' = [rvma EXCEPT ![r] = Null]
  /\ IF rvma[r] = Again
     THEN Go(r, "Lookup_RcuRelock") /\ UNCHANGED <<raddr, rother>>
     ELSE LookupFailed(r)
  /\ UNCHANGED <<mm_cells, rmm, rseq, rwake, rtask, writer_locals>>

\* The VMA is another mm's: its put happens outside the section.
StartRead_RcuUnlockUnstable(r) ==
  /\ pc[r] = "StartRead_RcuUnlockUnstable"
  /\ EndRcu(r)
  /\ Go(r, AfterRcuUnlockUnstable)
  /\ UNCHANGED <<mm_cells, reader_locals, writer_locals>>

\* mmgrab(): until the put the VMA's count keeps that mm from its exit; while its writer is woken
\* nothing else would.
Unstable_Grab(r) ==
  /\ pc[r] = "Unstable_Grab"
  /\ mm_count' = [mm_count EXCEPT ![rother[r]] = @ + 1]
  /\ Go(r, IF GrabsLate THEN "Unstable_Drop" ELSE "Unstable_PutDec")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu,
                 reader_locals, writer_locals>>
Unstable_PutDec(r) == PutDec(r, "Unstable_PutDec", "Unstable_PutFindWaiter", AfterUnstablePut)
Unstable_PutFindWaiter(r) ==
  FindWaiter(r, "Unstable_PutFindWaiter", "Unstable_PutWake", AfterUnstablePut)
Unstable_PutWake(r) == Wake(r, "Unstable_PutWake", AfterUnstablePut)
\* mmdrop()
Unstable_Drop(r) ==
  /\ pc[r] = "Unstable_Drop"
  /\ mm_count' = [mm_count EXCEPT ![rother[r]] = @ - 1]
  /\ LookupFailed(r)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu, rmm,
                 rvma, rseq, rwake, rtask, writer_locals>>

Lookup_RcuUnlock(r) ==
  /\ pc[r] = "Lookup_RcuUnlock"
  /\ EndRcu(r)
  /\ Go(r, AfterRcuUnlock)
  /\ UNCHANGED <<mm_cells, reader_locals, writer_locals>>

Lookup_CheckRange(r) ==
  /\ pc[r] = "Lookup_CheckRange"
  /\ Go(r, IF vm_start[rvma[r]] = raddr[r] THEN "Use_LoadData" ELSE "Put_Dec")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>

\* Only in linux.  mmap_lock is held for reading until the VMA is counted: no writer comes, so there
\* is no mark to look at.  From then on the count alone keeps the VMA.
MmapRead_Lock(r) ==
  /\ pc[r] = "MmapRead_Lock"
  /\ mmap_lock[rmm[r]] >= 0
  /\ mmap_lock' = [mmap_lock EXCEPT ![rmm[r]] = @ + 1]
  /\ Go(r, "MmapRead_Walk")
  /\ UNCHANGED <<vma_cells, memory, mm_inner, rcu, reader_locals, writer_locals>>
MmapRead_Walk(r) ==
  /\ pc[r] = "MmapRead_Walk"
  /\ LET v == tree[rmm[r]][raddr[r]] IN
       /\ rvma' = [rvma EXCEPT ![r] = v]
       /\ Go(r, CASE v = Null     -> "MmapRead_UnlockNone"
                  [] CountsLate   -> "MmapRead_Unlock"
                  [] OTHER        -> "ReadLocked_IncRef")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, rmm, raddr, rseq, rwake, rtask, rother,
                 writer_locals>>
\* vma_start_read_locked()
ReadLocked_IncRef(r) ==
  /\ pc[r] = "ReadLocked_IncRef"
  /\ LET n == vm_refcnt[rvma[r]] IN
       IF n = 0 \/ IsFull(n)
       THEN /\ rvma' = [rvma EXCEPT ![r] = Null]
            /\ GoOrLookupOver(r, IF CountsLate THEN "Fault_Drop" ELSE "MmapRead_UnlockNone")
            /\ UNCHANGED vm_refcnt
       ELSE /\ vm_refcnt' = [vm_refcnt EXCEPT ![rvma[r]] = n + 1]
            /\ Go(r, IF CountsLate THEN "Use_LoadData" ELSE "MmapRead_Unlock")
            /\ UNCHANGED <<rvma, raddr, rother>>
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, rmm, rseq, rwake,
                 rtask, writer_locals>>
MmapRead_Unlock(r) ==
  /\ pc[r] = "MmapRead_Unlock"
  /\ mmap_lock' = [mmap_lock EXCEPT ![rmm[r]] = @ - 1]
  /\ Go(r, IF CountsLate THEN "ReadLocked_IncRef" ELSE "Use_LoadData")
  /\ UNCHANGED <<vma_cells, memory, mm_inner, rcu, reader_locals, writer_locals>>
MmapRead_UnlockNone(r) ==
  /\ pc[r] = "MmapRead_UnlockNone"
  /\ mmap_lock' = [mmap_lock EXCEPT ![rmm[r]] = @ - 1]
  /\ LookupOver(r)
  /\ UNCHANGED <<vma_cells, memory, mm_inner, rcu, rmm, rvma, rseq, rwake, rtask, writer_locals>>

\* The page fault reads what a writer writes under its mark.
Use_LoadData(r) ==
  /\ pc[r] = "Use_LoadData"
  /\ Go(r, "Put_Dec")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>

\* vma_end_read()
Put_Dec(r) == PutDec(r, "Put_Dec", AfterPutDec, "Fault_Drop")
Put_FindWaiter(r) == FindWaiter(r, "Put_FindWaiter", "Put_Wake", "Fault_Drop")
Put_Wake(r) == Wake(r, "Put_Wake", "Fault_Drop")

\* Only in put_loads_mm_late: the VMA may be anything by now.
Put_LoadMm(r) ==
  /\ pc[r] = "Put_LoadMm"
  /\ rwake' = [rwake EXCEPT ![r] = vm_mm[rvma[r]]]
  /\ rvma' = [rvma EXCEPT ![r] = Null]
  /\ Go(r, "Put_FindWaiter")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, rmm, raddr, rseq, rtask, rother,
                 writer_locals>>

--------------------------------------------------------------------------------
(* The writer of an mm: sections under mmap_lock, and in them one VMA after another. *)

\* The sequence is odd while mmap_lock is write-locked.  The lock itself needs no step: one task
\* an mm stands for all its writers, which the lock serialises.  In linux it keeps out readers, and
\* has one.
MayBegin(m) == MaxSections = 0 \/ mm_lock_seq[m] < 2 * MaxSections
MmapLock(m, here, by, next) ==
  /\ pc[m] = here
  /\ mmap_lock' = [mmap_lock EXCEPT ![m] = @ + by]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, mm_inner, rcu, reader_locals, writer_locals>>
MmapLock_Down(m) ==
  /\ Chooses
  /\ MayBegin(m)
  /\ mmap_lock[m] = 0
  /\ MmapLock(m, "Writer_Idle", -1, "MmapLock_SeqBegin")
MmapUnlock_Up(m) == MmapLock(m, "MmapUnlock_Up", 1, "Writer_Idle")
MmapDowngrade_Lock(m) ==
  /\ EndsLate => IsUnmapped(m)
  /\ MmapLock(m, IF EndsLate THEN pc[m] ELSE "MmapDowngrade_Lock", 2,
              IF EndsLate THEN "MmapDowngrade_SeqEnd" ELSE "Downgraded_Free")
Downgraded_Up(m) == MmapLock(m, "Downgraded_Up", -1, "Writer_Idle")

MmapLock_SeqBegin(m) ==
  /\ pc[m] = IF Chooses THEN "MmapLock_SeqBegin" ELSE "Writer_Idle"
  /\ MayBegin(m)
  /\ mm_lock_seq' = [mm_lock_seq EXCEPT ![m] = @ + 1]
  /\ Go(m, "Writer_Section")
  /\ UNCHANGED <<vma_cells, memory, tree, writer_wait, task_state, mm_count, users, rcu,
                 reader_locals, writer_locals>>

\* What a section does next: lock the VMA of a slot, make a new one, or end.
Section(m) ==
  /\ Go(m, "Writer_Section")
  /\ wslot' = [wslot EXCEPT ![m] = Null]
  /\ wvma' = [wvma EXCEPT ![m] = Null]
\* It is done with a new VMA.  The old one, if it has taken the place of one, is at hand again.
SectionOrOld(m, old) ==
  IF wsrc[m] = Null
  THEN Section(m) /\ UNCHANGED wsrc
  ELSE /\ Go(m, old)
       /\ wvma' = [wvma EXCEPT ![m] = wsrc[m]]
       /\ wsrc' = [wsrc EXCEPT ![m] = Null]
       /\ UNCHANGED wslot

Find_Walk(m, s) ==
  /\ pc[m] = "Writer_Section"
  /\ tree[m][s] # Null
  /\ wslot' = [wslot EXCEPT ![m] = s]
  /\ wvma' = [wvma EXCEPT ![m] = tree[m][s]]
  /\ Go(m, IF Unmarked = "StartWrite_CheckSeq" THEN Unmarked ELSE "Writer_Found")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, wsrc, wexcl, wfrom>>

\* vm_area_alloc(): the cache may hand out memory that readers still look at.
Alloc_Slab(m, s, v) ==
  /\ pc[m] = "Writer_Section"
  /\ tree[m][s] = Null
  /\ MayAllocateTypeSafe(v)
  /\ Allocate(v)
  /\ wslot' = [wslot EXCEPT ![m] = s]
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ Go(m, "Alloc_Init")
  /\ UNCHANGED <<vma_cells, mm_cells, rcu, reader_locals, wsrc, wexcl, wfrom>>

\* A plain write of one field of the VMA at hand, and on.
SetRefcnt(m, here, n, next) ==
  /\ pc[m] = here
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = n]
  /\ Go(m, next)
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 writer_locals>>
SetSeq(m, here, n, next) ==
  /\ pc[m] = here
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = n]
  /\ Go(m, next)
  /\ UNCHANGED <<vm_mm, vm_start, vm_refcnt, vm_data, memory, mm_cells, rcu, reader_locals,
                 writer_locals>>

\* While the count is 0 nobody looks at these four, so they are one step.  vm_lock_seq is looked at
\* before any count is taken, so it is a step of its own.
Alloc_Init(m) ==
  /\ pc[m] = "Alloc_Init"
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = 0]
  /\ vm_mm' = [vm_mm EXCEPT ![wvma[m]] = m]
  /\ vm_start' = [vm_start EXCEPT ![wvma[m]] = wslot[m]]
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = Whole]
  /\ Go(m, "Alloc_SetSeq")
  /\ UNCHANGED <<vm_lock_seq, memory, mm_cells, rcu, reader_locals, writer_locals>>
Alloc_SetSeq(m) ==
  SetSeq(m, "Alloc_SetSeq", NoSeq,
         IF Is("attach_unmarked") THEN AttachBegin ELSE "StartWrite_CheckSeq")

\* vma_start_write(): already marked in this section means already drained.
StartWrite_CheckSeq(m) ==
  /\ pc[m] \in {"StartWrite_CheckSeq", "Writer_Found"}
  /\ Go(m, CASE vm_lock_seq[wvma[m]] = mm_lock_seq[m] -> "Writer_Locked"
             [] MarksFirst                            -> "StartWrite_SetSeq"
             [] OTHER                                 -> "StartWrite_SetFlag")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>

\* Keep new readers out, unless the VMA is detached: then there are none.
StartWrite_SetFlag(m) ==
  /\ pc[m] = "StartWrite_SetFlag"
  /\ LET n == vm_refcnt[wvma[m]] IN
       IF n = 0
       THEN /\ Go(m, IF MarksFirst THEN AttachBegin ELSE "StartWrite_SetSeq")
            /\ UNCHANGED <<vm_refcnt, wexcl>>
       ELSE /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = n + Excluding]
            /\ wexcl' = [wexcl EXCEPT ![m] = ~Drains]
            /\ Go(m, IF Drains THEN "StartWrite_SetWaiter" ELSE "StartWrite_SetSeq")
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 wslot, wvma, wsrc, wfrom>>

\* rcuwait_wait_event(): announce the task, then state, condition, sleep, again.
SetWaiter(m, here, next) ==
  /\ pc[m] = here
  /\ writer_wait' = [writer_wait EXCEPT ![m] = m]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, task_state, mm_count, users, rcu,
                 reader_locals, writer_locals>>
SetState(m, here, next) ==
  /\ pc[m] = here
  /\ task_state' = [task_state EXCEPT ![m] = Sleeping]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, mm_count, users, rcu,
                 reader_locals, writer_locals>>
CheckCount(m, here, target, met, sleep) ==
  /\ pc[m] = here
  /\ Go(m, IF vm_refcnt[wvma[m]] = target THEN met ELSE sleep)
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>
Sleep(m, here, again) ==
  /\ pc[m] = here
  /\ task_state[m] = Running
  /\ Go(m, again)
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>
\* finish_rcuwait(): a waker may have seen the task, and set it running only afterwards.
ClearWaiter(m, here, next) ==
  /\ pc[m] = here
  /\ writer_wait' = [writer_wait EXCEPT ![m] = Null]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, task_state, mm_count, users, rcu,
                 reader_locals, writer_locals>>
Finish(m, here, exclusive, next) ==
  /\ pc[m] = here
  /\ wexcl' = [wexcl EXCEPT ![m] = exclusive]
  /\ task_state' = [task_state EXCEPT ![m] = Running]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, mm_count, users, rcu,
                 reader_locals, wslot, wvma, wsrc, wfrom>>
Met(clear, finish) == IF Clears THEN clear ELSE finish

StartWrite_SetWaiter(m) ==
  SetWaiter(m, "StartWrite_SetWaiter",
            IF ChecksFirst THEN "StartWrite_CheckCount" ELSE "StartWrite_SetState")
StartWrite_SetState(m) ==
  SetState(m, "StartWrite_SetState",
           IF ChecksFirst THEN "StartWrite_Sleep" ELSE "StartWrite_CheckCount")
StartWrite_CheckCount(m) ==
  \E next \in CASE ChecksFirst -> {"StartWrite_SetState"}
               [] Chooses     -> {"StartWrite_Sleep", "Killed_ClearWaiter"}
               [] OTHER       -> {"StartWrite_Sleep"} :
    CheckCount(m, "StartWrite_CheckCount", Excluding + 1,
               Met("StartWrite_ClearWaiter", "StartWrite_Finish"), next)
StartWrite_Sleep(m) ==
  Sleep(m, "StartWrite_Sleep",
        IF ChecksFirst THEN "StartWrite_CheckCount" ELSE "StartWrite_SetState")
StartWrite_ClearWaiter(m) == ClearWaiter(m, "StartWrite_ClearWaiter", "StartWrite_Finish")
StartWrite_Finish(m) ==
  Finish(m, "StartWrite_Finish", TRUE,
         IF MarksFirst THEN "StartWrite_ClearFlag" ELSE "StartWrite_SetSeq")

\* A VMA without readers to exclude was detached: it is new, and will be attached.
StartWrite_SetSeq(m) ==
  /\ pc[m] = "StartWrite_SetSeq"
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = mm_lock_seq[m]]
  /\ Go(m, CASE MarksFirst -> "StartWrite_SetFlag"
             [] wexcl[m]   -> "StartWrite_ClearFlag"
             [] OTHER      -> AttachBegin)
  /\ UNCHANGED <<vm_mm, vm_start, vm_refcnt, vm_data, memory, mm_cells, rcu, reader_locals,
                 writer_locals>>

\* From here on the mark keeps readers out, not the count.
StartWrite_ClearFlag(m) ==
  /\ pc[m] = "StartWrite_ClearFlag"
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = @ - (IF Is("flag_stays") THEN 0 ELSE Excluding)]
  /\ wexcl' = [wexcl EXCEPT ![m] = FALSE]
  /\ Go(m, "Writer_Locked")
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 wslot, wvma, wsrc, wfrom>>

\* Only in linux: a task that is killed while it waits takes the flag away, and sets no mark.
Killed_ClearWaiter(m) == ClearWaiter(m, "Killed_ClearWaiter", "Killed_Finish")
Killed_Finish(m) == Finish(m, "Killed_Finish", FALSE, "Killed_ClearFlag")
Killed_ClearFlag(m) ==
  /\ pc[m] = "Killed_ClearFlag"
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = @ - Excluding]
  /\ IF Is("killed_goes_on") THEN Go(m, "Writer_Locked") /\ UNCHANGED <<wslot, wvma>>
                             ELSE Section(m)
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 wsrc, wexcl, wfrom>>

\* A write-locked VMA is changed ...
MayDo(m, site) == pc[m] = "Writer_Locked" \/ (pc[m] = "Writer_Found" /\ Unmarked = site)

Modify_Begin(m) ==
  /\ MayDo(m, "Modify_Begin")
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = Torn]
  /\ Go(m, "Modify_End")
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_refcnt, memory, mm_cells, rcu, reader_locals,
                 writer_locals>>
Modify_End(m) ==
  /\ pc[m] = "Modify_End"
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = Whole]
  /\ Section(m)
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_refcnt, memory, mm_cells, rcu, reader_locals,
                 wsrc, wexcl, wfrom>>

\* ... or copied by vm_area_dup(), field by field, never the count ...
Dup_Slab(m, s, v) ==
  /\ MayDo(m, "Dup_Slab")
  /\ tree[m][s] = Null
  /\ MayAllocateTypeSafe(v)
  /\ Allocate(v)
  /\ wsrc' = [wsrc EXCEPT ![m] = wvma[m]]
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ wslot' = [wslot EXCEPT ![m] = s]
  /\ Go(m, DupSites[1])
  /\ UNCHANGED <<vma_cells, mm_cells, rcu, reader_locals, wexcl, wfrom>>

DupStep(m, here) ==
  /\ pc[m] = here
  /\ Go(m, AfterDup(here))
  /\ wsrc' = [wsrc EXCEPT ![m] = IF here = LastCopy THEN Null ELSE @]
  /\ UNCHANGED <<memory, mm_cells, rcu, reader_locals, wslot, wvma, wexcl, wfrom>>

Dup_CopyMm(m) ==
  /\ DupStep(m, "Dup_CopyMm")
  /\ vm_mm' = [vm_mm EXCEPT ![wvma[m]] = vm_mm[wsrc[m]]]
  /\ UNCHANGED <<vm_start, vm_lock_seq, vm_refcnt, vm_data>>
Dup_CopyData(m) ==
  /\ DupStep(m, "Dup_CopyData")
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = vm_data[wsrc[m]]]
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_refcnt>>
Dup_SetSeq(m) ==
  /\ DupStep(m, "Dup_SetSeq")
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = NoSeq]
  /\ UNCHANGED <<vm_mm, vm_start, vm_refcnt, vm_data>>
Dup_SetRefcnt(m) ==
  /\ DupStep(m, "Dup_SetRefcnt")
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = 0]
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data>>
Dup_SetStart(m) ==
  /\ DupStep(m, "Dup_SetStart")
  /\ vm_start' = [vm_start EXCEPT ![wvma[m]] = wslot[m]]
  /\ UNCHANGED <<vm_mm, vm_lock_seq, vm_refcnt, vm_data>>

\* Only in variants that copy the struct whole, or all but the count.
Dup_CopyStart(m) ==
  /\ DupStep(m, "Dup_CopyStart")
  /\ vm_start' = [vm_start EXCEPT ![wvma[m]] = vm_start[wsrc[m]]]
  /\ UNCHANGED <<vm_mm, vm_lock_seq, vm_refcnt, vm_data>>
Dup_CopySeq(m) ==
  /\ DupStep(m, "Dup_CopySeq")
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = vm_lock_seq[wsrc[m]]]
  /\ UNCHANGED <<vm_mm, vm_start, vm_refcnt, vm_data>>
Dup_CopyRefcnt(m) ==
  /\ DupStep(m, "Dup_CopyRefcnt")
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = vm_refcnt[wsrc[m]]]
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data>>

\* vma_mark_attached(), then the store into the tree.
Attach_SetRefcnt(m) ==
  /\ pc[m] = AtAttach
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = 1]
  /\ IF StoresFirst THEN Section(m) ELSE Go(m, "Store_Tree") /\ UNCHANGED <<wslot, wvma>>
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 wsrc, wexcl, wfrom>>
Store_Tree(m) ==
  /\ pc[m] = "Store_Tree"
  /\ tree' = [tree EXCEPT ![m][wslot[m]] = wvma[m]]
  /\ IF StoresFirst THEN Go(m, "Attach_SetRefcnt") /\ UNCHANGED <<wslot, wvma, wsrc>>
                    ELSE SectionOrOld(m, "Writer_Unmapped")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, writer_wait, task_state, mm_count, users, rcu,
                 reader_locals, wexcl, wfrom>>

\* ... or unmapped: vma_mark_detached().  A reader may have raised the count for a moment: it will
\* see the mark and put, and the memory must not be freed before.
Detach_Dec(m) ==
  /\ Detaches
  /\ \/ (ClearsFirst \/ Chooses) /\ pc[m] = "Detach_Dec"
     \/ ~ClearsFirst /\ MayDo(m, "Detach_Dec")
  /\ LET n == vm_refcnt[wvma[m]] - 1 IN
       /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = n]
       /\ Go(m, IF n = 0 \/ Is("detach_does_not_wait") THEN AfterDetach ELSE "Detach_SetFlag")
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 writer_locals>>
Detach_SetFlag(m) ==
  /\ pc[m] = "Detach_SetFlag"
  /\ LET n == vm_refcnt[wvma[m]] IN
       IF n = 0
       THEN Go(m, AfterDetach) /\ UNCHANGED vm_refcnt
       ELSE /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = n + Excluding]
            /\ Go(m, "Detach_SetWaiter")
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 writer_locals>>
Detach_SetWaiter(m) ==
  SetWaiter(m, "Detach_SetWaiter", IF ChecksFirst THEN "Detach_CheckCount" ELSE "Detach_SetState")
Detach_SetState(m) ==
  SetState(m, "Detach_SetState", IF ChecksFirst THEN "Detach_Sleep" ELSE "Detach_CheckCount")
Detach_CheckCount(m) ==
  CheckCount(m, "Detach_CheckCount", Excluding, Met("Detach_ClearWaiter", "Detach_Finish"),
             IF ChecksFirst THEN "Detach_SetState" ELSE "Detach_Sleep")
Detach_Sleep(m) ==
  Sleep(m, "Detach_Sleep", IF ChecksFirst THEN "Detach_CheckCount" ELSE "Detach_SetState")
Detach_ClearWaiter(m) == ClearWaiter(m, "Detach_ClearWaiter", "Detach_Finish")
Detach_Finish(m) == Finish(m, "Detach_Finish", FALSE, "Detach_ClearFlag")
Detach_ClearFlag(m) ==
  SetRefcnt(m, "Detach_ClearFlag", vm_refcnt[wvma[m]] - Excluding, AfterDetach)

Unmap_ClearTree(m) ==
  /\ pc[m] = AtClear
  /\ Chooses => HandInTree(m)
  /\ tree' = [tree EXCEPT ![m][wslot[m]] = Null]
  /\ Go(m, IF ClearsFirst THEN "Detach_Dec" ELSE "Writer_Unmapped")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, writer_wait, task_state, mm_count, users, rcu,
                 reader_locals, writer_locals>>

\* kmem_cache_free(): the memory may be reused at once.  The allocator's link overwrites vm_start,
\* the rest survives until the page goes.
FreeVma(m) ==
  LET v == wvma[m] IN
    /\ Free(v)
    /\ IF Stays
       THEN /\ vm_start' = [vm_start EXCEPT ![v] = Null]
            /\ UNCHANGED <<vm_mm, vm_lock_seq, vm_refcnt, vm_data>>
       ELSE LET it(u) == u = v IN ForgetPages(it)

Unmap_Free(m) ==
  /\ IsUnmapped(m)
  /\ FreeVma(m)
  /\ Section(m)
  /\ UNCHANGED <<mm_cells, rcu, reader_locals, wsrc, wexcl, wfrom>>

\* Only in linux.  brk() and fork() store, then attach; a merge clears, then detaches.  What an
\* error stops is freed before it was ever attached, or attached again while the tree has it.
StoreFirst(m, here, v, next) ==
  /\ Chooses
  /\ pc[m] = here
  /\ tree' = [tree EXCEPT ![m][wslot[m]] = v]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, writer_wait, task_state, mm_count, users, rcu,
                 reader_locals, writer_locals>>
AttachLinked(m, here) ==
  /\ pc[m] = here
  /\ HandInTree(m)
  /\ vm_refcnt' = [vm_refcnt EXCEPT ![wvma[m]] = 1]
  /\ SectionOrOld(m, "Writer_Unmapped")
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_data, memory, mm_cells, rcu, reader_locals,
                 wexcl, wfrom>>
Brk_StoreTree(m) == StoreFirst(m, "Writer_New", wvma[m], "Brk_SetRefcnt")
Brk_SetRefcnt(m) == AttachLinked(m, "Brk_SetRefcnt")
Merge_ClearTree(m) == StoreFirst(m, "Writer_Locked", Null, "Detach_Dec")
Reattach_SetRefcnt(m) == AttachLinked(m, "Writer_Detached")
Error_Free(m) ==
  /\ pc[m] = "Writer_New"
  /\ FreeVma(m)
  /\ SectionOrOld(m, "Writer_Detached")
  /\ UNCHANGED <<mm_cells, rcu, reader_locals, wexcl, wfrom>>

\* MAP_FIXED over a mapping: the old VMA is detached, and in the tree until the new one is stored
\* over it.  wsrc is the old one.
Fixed_Slab(m, v) ==
  /\ \/ Chooses /\ pc[m] = "Writer_Detached"
     \/ pc[m] = "Writer_Found" /\ Unmarked = "Fixed_Slab"
  /\ HandInTree(m)
  /\ MayAllocateTypeSafe(v)
  /\ Allocate(v)
  /\ wsrc' = [wsrc EXCEPT ![m] = wvma[m]]
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ Go(m, "Alloc_Init")
  /\ UNCHANGED <<vma_cells, mm_cells, rcu, reader_locals, wslot, wexcl, wfrom>>

\* fork().  The task that forks has both mmap_locks; here it is the writer of the new mm.  It keeps
\* the other mm, and may find nothing there to copy, or no memory.
Fork_Grab(m, n, s) ==
  /\ Chooses
  /\ pc[m] = "Writer_Section"
  /\ n # m
  /\ tree[m][s] = Null
  /\ mm_count[n] # 0
  /\ mm_count' = [mm_count EXCEPT ![n] = @ + 1]
  /\ wfrom' = [wfrom EXCEPT ![m] = n]
  /\ wslot' = [wslot EXCEPT ![m] = s]
  /\ Go(m, "Writer_Forks")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu,
                 reader_locals, wvma, wsrc, wexcl>>
ForkLock(m, here, by, next) ==
  /\ pc[m] = here
  /\ mmap_lock' = [mmap_lock EXCEPT ![wfrom[m]] = @ + by]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, mm_inner, rcu, reader_locals, writer_locals>>
Fork_Lock(m) ==
  /\ \E n \in Mms : wfrom[m] = n /\ mmap_lock[n] = 0
  /\ ForkLock(m, "Writer_Forks", -1, "Writer_Copies")
Fork_UnlockNone(m) == ForkLock(m, "Writer_Copies", 1, "Fork_DropNone")
Fork_Unlock(m) == ForkLock(m, "Fork_Unlock", 1, "Fork_Drop")
Fork_DropNone(m) ==
  /\ pc[m] \in {"Writer_Forks", "Fork_DropNone"}
  /\ mm_count' = [mm_count EXCEPT ![wfrom[m]] = @ - 1]
  /\ wfrom' = [wfrom EXCEPT ![m] = Null]
  /\ Section(m)
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu,
                 reader_locals, wsrc, wexcl>>
Fork_Drop(m) ==
  /\ pc[m] = "Fork_Drop"
  /\ mm_count' = [mm_count EXCEPT ![wfrom[m]] = @ - 1]
  /\ wfrom' = [wfrom EXCEPT ![m] = Null]
  /\ Go(m, "Fork_SetMm")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu,
                 reader_locals, wslot, wvma, wsrc, wexcl>>

\* dup_mmap(): the copy is another mm's than its source.
Fork_Slab(m, v) ==
  /\ pc[m] = "Writer_Copies"
  /\ \E n \in Mms :
       /\ wfrom[m] = n
       /\ tree[n][wslot[m]] # Null
       /\ wsrc' = [wsrc EXCEPT ![m] = tree[n][wslot[m]]]
  /\ MayAllocateTypeSafe(v)
  /\ Allocate(v)
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ Go(m, "Fork_CopyMm")
  /\ UNCHANGED <<vma_cells, mm_cells, rcu, reader_locals, wslot, wexcl, wfrom>>
ForkStep(m, here, next) ==
  /\ pc[m] = here
  /\ Go(m, next)
  /\ wsrc' = [wsrc EXCEPT ![m] = IF here = "Fork_CopyData" THEN Null ELSE @]
  /\ UNCHANGED <<memory, mm_cells, rcu, reader_locals, wslot, wvma, wexcl, wfrom>>
Fork_CopyMm(m) ==
  /\ ForkStep(m, "Fork_CopyMm", "Fork_CopyStart")
  /\ vm_mm' = [vm_mm EXCEPT ![wvma[m]] = vm_mm[wsrc[m]]]
  /\ UNCHANGED <<vm_start, vm_lock_seq, vm_refcnt, vm_data>>
Fork_CopyStart(m) ==
  /\ ForkStep(m, "Fork_CopyStart", "Fork_CopyData")
  /\ vm_start' = [vm_start EXCEPT ![wvma[m]] = vm_start[wsrc[m]]]
  /\ UNCHANGED <<vm_mm, vm_lock_seq, vm_refcnt, vm_data>>
Fork_CopyData(m) ==
  /\ ForkStep(m, "Fork_CopyData", "Fork_SetRefcnt")
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = vm_data[wsrc[m]]]
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock_seq, vm_refcnt>>
Fork_SetRefcnt(m) == SetRefcnt(m, "Fork_SetRefcnt", 0, "Fork_SetSeq")
Fork_SetSeq(m) == SetSeq(m, "Fork_SetSeq", NoSeq, "Fork_Unlock")
Fork_SetMm(m) ==
  /\ ForkStep(m, "Fork_SetMm", "StartWrite_CheckSeq")
  /\ vm_mm' = [vm_mm EXCEPT ![wvma[m]] = IF Is("fork_keeps_mm") THEN @ ELSE m]
  /\ UNCHANGED <<vm_start, vm_lock_seq, vm_refcnt, vm_data>>

\* vma_end_write_all(): one increment releases every mark.
SeqEnd(m, here, next, keeps) ==
  /\ here
  /\ mm_lock_seq' = [mm_lock_seq EXCEPT ![m] = IF keeps THEN @ ELSE @ + 1]
  /\ Go(m, next)
  /\ UNCHANGED <<vma_cells, memory, tree, writer_wait, task_state, mm_count, users, rcu,
                 reader_locals, writer_locals>>

MmapUnlock_SeqEnd(m) ==
  SeqEnd(m, pc[m] = "Writer_Section", IF Chooses THEN "MmapUnlock_Up" ELSE "Writer_Idle",
         Is("unlock_keeps_marks"))

\* munmap() may downgrade mmap_lock, and free what it detached while it only reads.
MmapDowngrade_SeqEnd(m) ==
  SeqEnd(m, IF EndsLate THEN pc[m] = "MmapDowngrade_SeqEnd" ELSE IsUnmapped(m),
         IF Chooses /\ ~EndsLate THEN "MmapDowngrade_Lock" ELSE "Downgraded_Free",
         Is("downgrade_keeps_marks"))
Downgraded_Free(m) ==
  /\ pc[m] = "Downgraded_Free"
  /\ FreeVma(m)
  /\ Go(m, IF Chooses THEN "Downgraded_Up" ELSE "Writer_Idle")
  /\ wslot' = [wslot EXCEPT ![m] = Null]
  /\ wvma' = [wvma EXCEPT ![m] = Null]
  /\ UNCHANGED <<mm_cells, rcu, reader_locals, wsrc, wexcl, wfrom>>

\* exit_mmap(): sections before have unmapped everything.  Then the tasks give back the count that
\* they hold together; with the last count the mm is freed.  Its writer rests for ever.
Exit_Walk(m) ==
  /\ pc[m] = "Writer_Idle"
  /\ ExitUnmaps => \A s \in Slots : tree[m][s] = Null
  /\ Go(m, "Exit_Drop")
  /\ UNCHANGED <<vma_cells, memory, mm_cells, rcu, reader_locals, writer_locals>>
Exit_Drop(m) ==
  /\ pc[m] = "Exit_Drop"
  /\ mm_count' = [mm_count EXCEPT ![m] = @ - 1]
  /\ Go(m, "Writer_Gone")
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, task_state, users, rcu,
                 reader_locals, writer_locals>>

--------------------------------------------------------------------------------

ReaderStep(r) ==
  \/ \E m \in Mms, s \in Slots : Fault_Grab(r, m, s)
  \/ Fault_Drop(r)
  \/ Lookup_RcuLock(r) \/ Lookup_RcuRelock(r) \/ Lookup_Walk(r) \/ Lookup_RcuUnlockNone(r)
  \/ StartRead_LoadSeq(r) \/ StartRead_CheckSeq(r) \/ StartRead_IncRef(r)
  \/ StartRead_CheckMm(r) \/ StartRead_RecheckSeq(r) \/ StartRead_PutDec(r)
  \/ StartRead_PutFindWaiter(r) \/ StartRead_PutWake(r) \/ StartRead_RcuUnlock(r)
  \/ StartRead_RcuUnlockUnstable(r)
  \/ MmapRead_Lock(r) \/ MmapRead_Walk(r) \/ ReadLocked_IncRef(r) \/ MmapRead_Unlock(r)
  \/ MmapRead_UnlockNone(r)
  \/ Lookup_RcuUnlock(r) \/ Lookup_CheckRange(r) \/ Use_LoadData(r)
  \/ Put_Dec(r) \/ Put_LoadMm(r) \/ Put_FindWaiter(r) \/ Put_Wake(r)
  \/ Unstable_Grab(r) \/ Unstable_PutDec(r) \/ Unstable_PutFindWaiter(r) \/ Unstable_PutWake(r)
  \/ Unstable_Drop(r)

WriterStep(m) ==
  \/ MmapLock_Down(m) \/ MmapLock_SeqBegin(m)
  \/ \E s \in Slots : Find_Walk(m, s)
  \/ \E s \in Slots, v \in Vmas : Alloc_Slab(m, s, v) \/ Dup_Slab(m, s, v)
  \/ Alloc_Init(m) \/ Alloc_SetSeq(m)
  \/ StartWrite_CheckSeq(m) \/ StartWrite_SetFlag(m) \/ StartWrite_SetWaiter(m)
  \/ StartWrite_SetState(m) \/ StartWrite_CheckCount(m) \/ StartWrite_Sleep(m)
  \/ StartWrite_ClearWaiter(m) \/ StartWrite_Finish(m) \/ StartWrite_SetSeq(m)
  \/ StartWrite_ClearFlag(m)
  \/ Killed_ClearWaiter(m) \/ Killed_Finish(m) \/ Killed_ClearFlag(m)
  \/ Modify_Begin(m) \/ Modify_End(m)
  \/ Dup_CopyMm(m) \/ Dup_CopyData(m) \/ Dup_SetSeq(m) \/ Dup_SetRefcnt(m) \/ Dup_SetStart(m)
  \/ Dup_CopyStart(m) \/ Dup_CopySeq(m) \/ Dup_CopyRefcnt(m)
  \/ Attach_SetRefcnt(m) \/ Store_Tree(m)
  \/ Detach_Dec(m) \/ Detach_SetFlag(m) \/ Detach_SetWaiter(m) \/ Detach_SetState(m)
  \/ Detach_CheckCount(m) \/ Detach_Sleep(m) \/ Detach_ClearWaiter(m) \/ Detach_Finish(m)
  \/ Detach_ClearFlag(m)
  \/ Unmap_ClearTree(m) \/ Unmap_Free(m)
  \/ Brk_StoreTree(m) \/ Brk_SetRefcnt(m) \/ Merge_ClearTree(m) \/ Reattach_SetRefcnt(m)
  \/ Error_Free(m) \/ \E v \in Vmas : Fixed_Slab(m, v)
  \/ \E n \in Mms, s \in Slots : Fork_Grab(m, n, s)
  \/ \E v \in Vmas : Fork_Slab(m, v)
  \/ Fork_Lock(m) \/ Fork_UnlockNone(m) \/ Fork_DropNone(m) \/ Fork_CopyMm(m) \/ Fork_CopyStart(m)
  \/ Fork_CopyData(m) \/ Fork_SetRefcnt(m) \/ Fork_SetSeq(m) \/ Fork_Unlock(m) \/ Fork_Drop(m)
  \/ Fork_SetMm(m)
  \/ MmapUnlock_SeqEnd(m) \/ MmapUnlock_Up(m)
  \/ MmapDowngrade_SeqEnd(m) \/ MmapDowngrade_Lock(m) \/ Downgraded_Free(m) \/ Downgraded_Up(m)
  \/ Exit_Walk(m) \/ Exit_Drop(m)

Next ==
  \/ \E r \in Readers : ReaderStep(r)
  \/ \E m \in Mms : WriterStep(m)

Spec == Init /\ [][Next]_vars

\* Sequence numbers only grow and are only compared with their mm's: with one mm a state matters
\* only by which numbers equal it.
View ==
  IF Cardinality(Mms) > 1 THEN vars
  ELSE LET now == mm_lock_seq[CHOOSE m \in Mms : TRUE] IN
       <<[v \in Vmas |-> vm_lock_seq[v] = now], [r \in Readers |-> rseq[r] = now],
         vm_mm, vm_start, vm_refcnt, vm_data, memory, tree, writer_wait, task_state, mm_count,
         users, pc, rcu, rmm, raddr, rvma, rwake, rtask, rother, writer_locals>>
================================================================================
