------------------------------- MODULE VmaCount --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The atomic per-VMA lock: a count of readers, or -1 for a writer.        *)
(* Readers never wait.  The one writer of an mm waits in the mm, and says  *)
(* so by the top bit of the count.  VMAs are freed behind a grace period.  *)
(* Source: Suren Baghdasaryan's series of January 2023, patch 41, with     *)
(* what its review asked for.                                              *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/vma_count.hpp).  pc holds the    *)
(* name of the site that a task will perform next, or of the point where   *)
(* it chooses one.  A local of a task is Null while it is dead.            *)
(***************************************************************************)
EXTENDS FiniteSets, Integers, Slab

CONSTANTS
  Vmas,
  Mms,      \* the address space; its writer is called like it
  Null,     \* no object, no value
  Limit,    \* how many readers the count can carry; INT_MAX
  MaxSections,  \* write sections an mm may begin; 0 = any number
  Variant   \* "holds", or the name of what is different (see README.md)

ASSUME Cardinality(Mms) = 1 /\ Limit \in Nat \ {0} /\ MaxSections \in Nat

Flag == Limit + 1  \* the top bit; as INT_MIN it is what comes behind INT_MAX

VARIABLES
  vm_mm, vm_count, vm_lock_seq, vm_data,  \* of a VMA; slab, grace and rcu are Slab's
  mm_lock_seq, tree, writer_wait,         \* of the mm
  task_state,                             \* of the writer
  pc,
  rmm, rvma, rseq, rcount, rnext, rwake, rtask,  \* a reader's
  wvma                                           \* a writer's: the VMA at hand

vma_cells == <<vm_mm, vm_count, vm_lock_seq, vm_data>>
memory == <<slab, grace>>
mm_cells == <<mm_lock_seq, tree, writer_wait, task_state>>
reader_locals == <<rmm, rvma, rseq, rcount, rnext, rwake, rtask>>
vars == <<vma_cells, memory, rcu, mm_cells, pc, reader_locals, wvma>>

Running == 0
Sleeping == 2
Torn == 0   \* vm_data while it is changed
Whole == 1
New == -1   \* the mark of a VMA that nobody has marked yet

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* Does a waiting writer leave a trace in the count?  What does it wait for, then?
WaiterBit == Variant \notin {"no_waiter_bit", "overflow_restores", "probes_queue"}
Waited == IF WaiterBit THEN Flag ELSE 0
LastLeaves(n) == n = Waited /\ ~Is("put_never_wakes")

\* vma_start_read()
Probes == Variant \in {"probes_queue", "overflow_restores"}
Restores == Is("overflow_restores")
Loops == Variant \in {"cas_loop", "cas_loop_contended"}
Cas == Loops \/ Variant \in {"one_shot_cas", "cas_test_inverted"}
AfterCheckSeq ==
  CASE Probes -> "StartRead_Probe" [] Cas -> "StartRead_LoadCount" [] OTHER -> "StartRead_Inc"
\* What looks like a negative number, and what the next reader would make so.
Negative(n) == n < 0 \/ n > Limit
NoMore(n) ==
  CASE Restores -> Negative(n)
    [] Is("no_overflow_check") -> n < 0
    [] Is("one_reader_at_a_time") -> n # 0
    [] OTHER -> n < 0 \/ n >= Limit
Counted1 ==
  IF Restores THEN "StartRead_CheckOverflow"
  ELSE IF Is("no_recheck") THEN "Lookup_Rewalk" ELSE "StartRead_RecheckSeq"
Rewalks == ~Is("no_rewalk")
AfterRewalk(same) == IF same \/ ~Rewalks THEN "Lookup_RcuUnlock" ELSE "StartRead_PutDec"
TurnedAway == IF Is("turned_away_keeps_count") THEN "Lookup_RcuUnlockFailed" ELSE "StartRead_PutDec"

\* vma_end_read(): when is the mm read, and is that a section?
ReadsLate == Variant \in {"put_reads_mm_late", "put_in_section", "put_after_section"}
InSection == Is("put_in_section")
AfterUse == IF InSection THEN "Put_RcuLock" ELSE "Put_Dec"
AfterDec ==
  CASE Is("put_after_section") -> "Put_RcuLock"
    [] ReadsLate -> "Put_LoadMm"
    [] OTHER -> "Put_FindWaiter"
PutOver ==
  IF InSection \/ Is("put_after_section") THEN "Put_RcuUnlock" ELSE "Reader_Idle"
PutIsOver == IF InSection THEN "Put_RcuUnlock" ELSE "Reader_Idle"  \* nobody is to be woken

\* vma_start_write()
IfUnmarked ==
  CASE Is("modify_unmarked") -> "Writer_Locked"
    [] Is("write_does_not_wait") -> "StartWrite_SetSeq"
    [] OTHER -> "StartWrite_Trylock"
ChecksFirst == Is("state_set_after_check")
MarksLate == Is("count_before_mark")
Keeps == Is("unmap_keeps_vma")  \* it is not freed
AfterLocked == IF MarksLate THEN "StartWrite_SetFree" ELSE "StartWrite_SetSeq"

--------------------------------------------------------------------------------
Init ==
  /\ vm_mm = [v \in Vmas |-> Null] /\ vm_count = [v \in Vmas |-> Null]
  /\ vm_lock_seq = [v \in Vmas |-> Null] /\ vm_data = [v \in Vmas |-> Null]
  /\ SlabInit(Vmas) /\ RcuInit(Vmas)
  /\ mm_lock_seq = [m \in Mms |-> 0] /\ tree = [m \in Mms |-> Null]
  /\ writer_wait = [m \in Mms |-> Null] /\ task_state = [m \in Mms |-> Running]
  /\ pc = [t \in Readers \cup Mms |-> IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
  /\ rmm = [r \in Readers |-> Null] /\ rvma = [r \in Readers |-> Null]
  /\ rseq = [r \in Readers |-> Null] /\ rcount = [r \in Readers |-> Null]
  /\ rnext = [r \in Readers |-> Null]
  /\ rwake = [r \in Readers |-> Null] /\ rtask = [r \in Readers |-> Null]
  /\ wvma = [m \in Mms |-> Null]

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

--------------------------------------------------------------------------------
(* A reader: it finds the VMA, counts itself, and looks again. *)

OfReader == <<vm_mm, vm_lock_seq, vm_data, mm_lock_seq, tree, writer_wait, wvma>>
Shared == <<OfReader, vm_count, task_state, memory, rcu>>
Forget(r) == rvma' = [rvma EXCEPT ![r] = Null]
\* The attempt goes on at `to`, or is over: then the VMA is forgotten.
On(r, from, to) ==
  /\ Go(r, from, to)
  /\ IF to = "Lookup_RcuUnlockFailed" THEN Forget(r) ELSE UNCHANGED rvma
  /\ UNCHANGED rmm

\* What a page held is lost with it.
Lost(f, r) == [v \in Vmas |-> IF GoesWith(r, v) THEN Null ELSE f[v]]
EndSection(r) ==
  /\ SlabUnlock(r, Vmas, Vmas)
  /\ vm_mm' = Lost(vm_mm, r) /\ vm_count' = Lost(vm_count, r)
  /\ vm_lock_seq' = Lost(vm_lock_seq, r) /\ vm_data' = Lost(vm_data, r)
  /\ UNCHANGED <<mm_cells, wvma>>

Lookup_RcuLock(r, m) ==
  /\ Go(r, "Reader_Idle", "Lookup_Walk")
  /\ IF Is("lookup_without_rcu") THEN UNCHANGED rcu ELSE RcuLock(r)
  /\ rmm' = [rmm EXCEPT ![r] = m]
  /\ UNCHANGED <<OfReader, vm_count, task_state, memory, rvma, rseq, rcount, rnext, rwake, rtask>>
Lookup_Walk(r) ==
  LET v == tree[rmm[r]] IN
    /\ Go(r, "Lookup_Walk", IF v = Null THEN "Lookup_RcuUnlockFailed" ELSE "StartRead_LoadSeq")
    /\ rvma' = [rvma EXCEPT ![r] = v]
    /\ UNCHANGED <<Shared, rmm, rseq, rcount, rnext, rwake, rtask>>
StartRead_LoadSeq(r) ==
  /\ On(r, "StartRead_LoadSeq", "StartRead_CheckSeq")
  /\ rseq' = [rseq EXCEPT ![r] = vm_lock_seq[rvma[r]]]
  /\ UNCHANGED <<Shared, rcount, rnext, rwake, rtask>>
StartRead_CheckSeq(r) ==
  /\ On(r, "StartRead_CheckSeq",
        IF rseq[r] = mm_lock_seq[rmm[r]] THEN "Lookup_RcuUnlockFailed" ELSE AfterCheckSeq)
  /\ rseq' = [rseq EXCEPT ![r] = Null]
  /\ UNCHANGED <<Shared, rcount, rnext, rwake, rtask>>
\* Variant: does a writer wait?
StartRead_Probe(r) ==
  /\ On(r, "StartRead_Probe",
        IF writer_wait[rmm[r]] # Null THEN "Lookup_RcuUnlockFailed" ELSE "StartRead_Inc")
  /\ UNCHANGED <<Shared, rseq, rcount, rnext, rwake, rtask>>
\* Increment unless a writer is there, waits, or there is no room.
StartRead_Inc(r) ==
  LET n == vm_count[rvma[r]] IN
    /\ On(r, "StartRead_Inc", IF NoMore(n) THEN "Lookup_RcuUnlockFailed" ELSE Counted1)
    /\ IF NoMore(n) THEN UNCHANGED vm_count ELSE vm_count' = [vm_count EXCEPT ![rvma[r]] = n + 1]
    /\ UNCHANGED <<OfReader, task_state, memory, rcu, rseq, rcount, rnext, rwake, rtask>>
\* Variant: too many by now?
StartRead_CheckOverflow(r) ==
  /\ On(r, "StartRead_CheckOverflow",
        IF Negative(vm_count[rvma[r]]) THEN "StartRead_PutDec" ELSE "StartRead_RecheckSeq")
  /\ UNCHANGED <<Shared, rseq, rcount, rnext, rwake, rtask>>

\* Variants: the increment is made by hand.
Tries(r, site, n) ==
  /\ On(r, site, IF NoMore(n) THEN "Lookup_RcuUnlockFailed" ELSE "StartRead_Cas")
  /\ rcount' = [rcount EXCEPT ![r] = IF NoMore(n) THEN Null ELSE n]
  /\ rnext' = [rnext EXCEPT ![r] = IF NoMore(n) THEN Null ELSE n + 1]
StartRead_LoadCount(r) ==
  /\ Tries(r, "StartRead_LoadCount", vm_count[rvma[r]])
  /\ UNCHANGED <<Shared, rseq, rwake, rtask>>
StartRead_Cas(r) ==
  LET n == vm_count[rvma[r]]
      won == n = rcount[r]
      told == IF Is("cas_test_inverted") THEN ~won ELSE won
  IN /\ pc[r] = "StartRead_Cas"
     /\ IF ~won /\ Loops THEN Tries(r, "StartRead_Cas", n)
        ELSE /\ On(r, "StartRead_Cas", IF told THEN Counted1 ELSE "Lookup_RcuUnlockFailed")
             /\ rcount' = [rcount EXCEPT ![r] = Null]
             /\ rnext' = [rnext EXCEPT ![r] = Null]
     /\ IF won THEN vm_count' = [vm_count EXCEPT ![rvma[r]] = rnext[r]] ELSE UNCHANGED vm_count
     /\ UNCHANGED <<OfReader, task_state, memory, rcu, rseq, rwake, rtask>>

StartRead_RecheckSeq(r) ==
  /\ On(r, "StartRead_RecheckSeq",
        IF vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]] THEN TurnedAway ELSE "Lookup_Rewalk")
  /\ UNCHANGED <<Shared, rseq, rcount, rnext, rwake, rtask>>
\* Is it still the VMA of the mm?
Lookup_Rewalk(r) ==
  /\ On(r, "Lookup_Rewalk", AfterRewalk(tree[rmm[r]] = rvma[r]))
  /\ UNCHANGED <<Shared, rseq, rcount, rnext, rwake, rtask>>
Lookup_RcuUnlock(r) ==
  /\ Go(r, "Lookup_RcuUnlock", "Use_LoadData")
  /\ IF Is("lookup_keeps_rcu") THEN UNCHANGED Shared ELSE EndSection(r)
  /\ UNCHANGED reader_locals
Lookup_RcuUnlockFailed(r) ==
  /\ Go(r, "Lookup_RcuUnlockFailed", "Reader_Idle")
  /\ EndSection(r)
  /\ rmm' = [rmm EXCEPT ![r] = Null]
  /\ UNCHANGED <<rvma, rseq, rcount, rnext, rwake, rtask>>
Use_LoadData(r) ==
  /\ Go(r, "Use_LoadData", AfterUse)
  /\ UNCHANGED <<Shared, reader_locals>>

\* The count is given back; who was the last and knows of a writer goes to wake it.
Dec(r, site, wakes, over) ==
  LET v == rvma[r]
      last == LastLeaves(vm_count[v] - 1)
      late == wakes \in {"Put_LoadMm", "Put_RcuLock"}
      to == IF last THEN wakes ELSE over
  IN /\ Go(r, site, to)
     /\ vm_count' = [vm_count EXCEPT ![v] = @ - 1]
     /\ rwake' = [rwake EXCEPT ![r] = IF last /\ ~late THEN vm_mm[v] ELSE Null]
     /\ IF last /\ late THEN UNCHANGED rvma ELSE Forget(r)
     /\ rmm' = [rmm EXCEPT ![r] = IF to = "Reader_Idle" THEN Null ELSE @]
     /\ UNCHANGED <<OfReader, task_state, memory, rcu, rseq, rcount, rnext, rtask>>
FindWaiter(r, site, wakes, over) ==
  LET t == writer_wait[rwake[r]]
      to == IF t = Null THEN over ELSE wakes
  IN /\ Go(r, site, to)
     /\ rtask' = [rtask EXCEPT ![r] = t]
     /\ rwake' = [rwake EXCEPT ![r] = Null]
     /\ rmm' = [rmm EXCEPT ![r] = IF to = "Reader_Idle" THEN Null ELSE @]
     /\ UNCHANGED <<Shared, rvma, rseq, rcount, rnext>>
Wake(r, site, over) ==
  /\ Go(r, site, over)
  /\ task_state' = [task_state EXCEPT ![rtask[r]] = Running]
  /\ rtask' = [rtask EXCEPT ![r] = Null]
  /\ rmm' = [rmm EXCEPT ![r] = IF over = "Reader_Idle" THEN Null ELSE @]
  /\ UNCHANGED <<OfReader, vm_count, memory, rcu, rvma, rseq, rcount, rnext, rwake>>

StartRead_PutDec(r) ==
  Dec(r, "StartRead_PutDec", "StartRead_PutFindWaiter", "Lookup_RcuUnlockFailed")
StartRead_PutFindWaiter(r) ==
  FindWaiter(r, "StartRead_PutFindWaiter", "StartRead_PutWake", "Lookup_RcuUnlockFailed")
StartRead_PutWake(r) == Wake(r, "StartRead_PutWake", "Lookup_RcuUnlockFailed")

Put_Dec(r) == Dec(r, "Put_Dec", AfterDec, PutIsOver)
Put_FindWaiter(r) == FindWaiter(r, "Put_FindWaiter", "Put_Wake", PutOver)
Put_Wake(r) == Wake(r, "Put_Wake", PutOver)
\* Variants: the mm is read behind the decrement, in a section or not.
Put_RcuLock(r) ==
  /\ Go(r, "Put_RcuLock", IF InSection THEN "Put_Dec" ELSE "Put_LoadMm")
  /\ RcuLock(r)
  /\ UNCHANGED <<OfReader, vm_count, task_state, memory, reader_locals>>
Put_LoadMm(r) ==
  /\ Go(r, "Put_LoadMm", "Put_FindWaiter")
  /\ rwake' = [rwake EXCEPT ![r] = vm_mm[rvma[r]]]
  /\ Forget(r)
  /\ UNCHANGED <<Shared, rmm, rseq, rcount, rnext, rtask>>
Put_RcuUnlock(r) ==
  /\ Go(r, "Put_RcuUnlock", "Reader_Idle")
  /\ EndSection(r)
  /\ rmm' = [rmm EXCEPT ![r] = Null]
  /\ UNCHANGED <<rvma, rseq, rcount, rnext, rwake, rtask>>

--------------------------------------------------------------------------------
(* The writer: under mmap_lock it maps, changes and unmaps. *)

OfWriter == <<rcu, reader_locals>>

MmapLock(m) ==
  /\ Go(m, "Writer_Idle", "Writer_Section")
  /\ MaxSections = 0 \/ mm_lock_seq[m] < MaxSections
  /\ UNCHANGED <<vma_cells, memory, mm_cells, OfWriter, wvma>>
\* All marks are released at once.
SeqEnd(m, from, to, counts) ==
  /\ Go(m, from, to)
  /\ mm_lock_seq' = [mm_lock_seq EXCEPT ![m] = IF counts THEN @ + 1 ELSE @]
  /\ UNCHANGED <<vma_cells, memory, tree, writer_wait, task_state, OfWriter, wvma>>
MmapUnlock_SeqEnd(m) == SeqEnd(m, "Writer_Section", "Writer_Idle", ~Is("unlock_keeps_marks"))
MmapDowngrade_SeqEnd(m) ==
  SeqEnd(m, "Writer_Unmapped", "Downgraded_Free", ~Is("downgrade_keeps_marks"))

Alloc_Slab(m, v) ==
  /\ Go(m, "Writer_Section", "Alloc_Init")
  /\ tree[m] = Null
  /\ MayAllocate(v)
  /\ Allocate(v)
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ UNCHANGED <<vma_cells, mm_cells, OfWriter>>
Alloc_Init(m) ==
  LET v == wvma[m] IN
    /\ Go(m, "Alloc_Init", "StartWrite_CheckSeq")
    /\ vm_mm' = [vm_mm EXCEPT ![v] = m]
    /\ vm_count' = [vm_count EXCEPT ![v] = 0]
    /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![v] = New]
    /\ vm_data' = [vm_data EXCEPT ![v] = Whole]
    /\ UNCHANGED <<memory, mm_cells, OfWriter, wvma>>
Find_Walk(m) ==
  /\ Go(m, "Writer_Section", "StartWrite_CheckSeq")
  /\ tree[m] # Null
  /\ wvma' = [wvma EXCEPT ![m] = tree[m]]
  /\ UNCHANGED <<vma_cells, memory, mm_cells, OfWriter>>

\* vma_start_write()
SetCount(m, to) ==
  /\ vm_count' = [vm_count EXCEPT ![wvma[m]] = to]
  /\ UNCHANGED <<vm_mm, vm_lock_seq, vm_data, memory, mm_cells, OfWriter, wvma>>
StartWrite_CheckSeq(m) ==
  /\ Go(m, "StartWrite_CheckSeq",
        IF vm_lock_seq[wvma[m]] = mm_lock_seq[m] THEN "Writer_Locked" ELSE IfUnmarked)
  /\ UNCHANGED <<vma_cells, memory, mm_cells, OfWriter, wvma>>
StartWrite_Trylock(m) ==
  LET n == vm_count[wvma[m]] IN
    /\ Go(m, "StartWrite_Trylock",
          CASE n = 0 -> AfterLocked
            [] WaiterBit -> "StartWrite_SetBit"
            [] OTHER -> "StartWrite_SetWaiter")
    /\ SetCount(m, IF n = 0 THEN -1 ELSE n)
\* From here on no reader comes in.
StartWrite_SetBit(m) ==
  Go(m, "StartWrite_SetBit", "StartWrite_SetWaiter") /\ SetCount(m, vm_count[wvma[m]] + Flag)
StartWrite_SetWaiter(m) ==
  /\ Go(m, "StartWrite_SetWaiter", IF ChecksFirst THEN "StartWrite_Cas" ELSE "StartWrite_SetState")
  /\ writer_wait' = [writer_wait EXCEPT ![m] = m]
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, task_state, OfWriter, wvma>>
StartWrite_SetState(m) ==
  /\ Go(m, "StartWrite_SetState", IF ChecksFirst THEN "StartWrite_Sleep" ELSE "StartWrite_Cas")
  /\ task_state' = [task_state EXCEPT ![m] = Sleeping]
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, OfWriter, wvma>>
StartWrite_Cas(m) ==
  LET n == vm_count[wvma[m]] IN
    /\ Go(m, "StartWrite_Cas",
          CASE n = Waited /\ Is("finish_keeps_waiter") -> "StartWrite_Finish"
            [] n = Waited -> "StartWrite_ClearWaiter"
            [] ChecksFirst -> "StartWrite_SetState"
            [] OTHER -> "StartWrite_Sleep")
    /\ SetCount(m, IF n = Waited THEN -1 ELSE n)
StartWrite_Sleep(m) ==
  /\ Go(m, "StartWrite_Sleep", IF ChecksFirst THEN "StartWrite_Cas" ELSE "StartWrite_SetState")
  /\ task_state[m] = Running
  /\ UNCHANGED <<vma_cells, memory, mm_cells, OfWriter, wvma>>
StartWrite_ClearWaiter(m) ==
  /\ Go(m, "StartWrite_ClearWaiter", "StartWrite_Finish")
  /\ writer_wait' = [writer_wait EXCEPT ![m] = Null]
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, task_state, OfWriter, wvma>>
StartWrite_Finish(m) ==
  /\ Go(m, "StartWrite_Finish", AfterLocked)
  /\ task_state' = [task_state EXCEPT ![m] = Running]
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, tree, writer_wait, OfWriter, wvma>>
StartWrite_SetSeq(m) ==
  /\ Go(m, "StartWrite_SetSeq",
        IF MarksLate \/ Is("write_does_not_wait") THEN "Writer_Locked" ELSE "StartWrite_SetFree")
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = mm_lock_seq[m]]
  /\ UNCHANGED <<vm_mm, vm_count, vm_data, memory, mm_cells, OfWriter, wvma>>
StartWrite_SetFree(m) ==
  /\ Go(m, "StartWrite_SetFree", IF MarksLate THEN "StartWrite_SetSeq" ELSE "Writer_Locked")
  /\ SetCount(m, 0)

SetData(m, from, to, data) ==
  /\ Go(m, from, to)
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = data]
  /\ wvma' = [wvma EXCEPT ![m] = IF to = "Writer_Section" THEN Null ELSE @]
  /\ UNCHANGED <<vm_mm, vm_count, vm_lock_seq, memory, mm_cells, OfWriter>>
Modify_Begin(m) == tree[m] # Null /\ SetData(m, "Writer_Locked", "Modify_End", Torn)
Modify_End(m) == SetData(m, "Modify_End", "Writer_Section", Whole)

SetTree(m, from, to, v) ==
  /\ Go(m, from, to)
  /\ tree' = [tree EXCEPT ![m] = v]
  /\ UNCHANGED <<vma_cells, memory, mm_lock_seq, writer_wait, task_state, OfWriter>>
Store_Tree(m) ==
  /\ tree[m] = Null
  /\ SetTree(m, "Writer_Locked", "Writer_Section", wvma[m])
  /\ wvma' = [wvma EXCEPT ![m] = Null]
Unmap_ClearTree(m) ==
  /\ tree[m] # Null
  /\ SetTree(m, "Writer_Locked", "Writer_Unmapped", Null)
  /\ UNCHANGED wvma
\* call_rcu(): where no section is open, at once.
FreeVma(m, from, to) ==
  LET gone(f) == [f EXCEPT ![wvma[m]] = IF Stays \/ Keeps THEN @ ELSE Null] IN
    /\ Go(m, from, to)
    /\ IF Keeps THEN UNCHANGED memory ELSE Free(wvma[m])
    /\ vm_mm' = gone(vm_mm) /\ vm_count' = gone(vm_count)
    /\ vm_lock_seq' = gone(vm_lock_seq) /\ vm_data' = gone(vm_data)
    /\ wvma' = [wvma EXCEPT ![m] = Null]
    /\ UNCHANGED <<mm_cells, OfWriter>>
Unmap_Free(m) == FreeVma(m, "Writer_Unmapped", "Writer_Section")
Downgraded_Free(m) ==
  FreeVma(m, "Downgraded_Free",
          IF Is("downgrade_goes_on") THEN "Writer_Section" ELSE "Writer_Idle")

--------------------------------------------------------------------------------
ReaderGoesOn(r) ==
  \/ Lookup_Walk(r) \/ StartRead_LoadSeq(r) \/ StartRead_CheckSeq(r) \/ StartRead_Probe(r)
  \/ StartRead_Inc(r) \/ StartRead_CheckOverflow(r) \/ StartRead_LoadCount(r) \/ StartRead_Cas(r)
  \/ StartRead_RecheckSeq(r) \/ Lookup_Rewalk(r) \/ Lookup_RcuUnlock(r)
  \/ Lookup_RcuUnlockFailed(r) \/ Use_LoadData(r)
  \/ StartRead_PutDec(r) \/ StartRead_PutFindWaiter(r) \/ StartRead_PutWake(r)
  \/ Put_Dec(r) \/ Put_FindWaiter(r) \/ Put_Wake(r)
  \/ Put_RcuLock(r) \/ Put_LoadMm(r) \/ Put_RcuUnlock(r)
WriterGoesOn(m) ==
  \/ Alloc_Init(m) \/ StartWrite_CheckSeq(m) \/ StartWrite_Trylock(m) \/ StartWrite_SetBit(m)
  \/ StartWrite_SetWaiter(m) \/ StartWrite_SetState(m) \/ StartWrite_Cas(m)
  \/ StartWrite_Sleep(m) \/ StartWrite_ClearWaiter(m) \/ StartWrite_Finish(m)
  \/ StartWrite_SetSeq(m) \/ StartWrite_SetFree(m) \/ Modify_End(m) \/ Downgraded_Free(m)

Next ==
  \/ \E r \in Readers : ReaderGoesOn(r) \/ \E m \in Mms : Lookup_RcuLock(r, m)
  \/ \E m \in Mms :
       \/ MmapLock(m) \/ MmapUnlock_SeqEnd(m) \/ MmapDowngrade_SeqEnd(m)
       \/ \E v \in Vmas : Alloc_Slab(m, v)
       \/ Find_Walk(m) \/ Modify_Begin(m) \/ Store_Tree(m) \/ Unmap_ClearTree(m) \/ Unmap_Free(m)
       \/ WriterGoesOn(m)
Spec == Init /\ [][Next]_vars

\* Without a bound the number only grows, and is only asked whether another equals it.
View ==
  IF MaxSections # 0 THEN vars
  ELSE LET now == mm_lock_seq[CHOOSE m \in Mms : TRUE] IN
       <<[v \in Vmas |-> vm_lock_seq[v] = now], [r \in Readers |-> rseq[r] = now],
         vm_mm, vm_count, vm_data, memory, rcu, tree, writer_wait, task_state,
         pc, rmm, rvma, rcount, rnext, rwake, rtask, wvma>>
================================================================================
