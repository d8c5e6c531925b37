------------------------------- MODULE VmaRwsem --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The first generation of the per-VMA lock: the mark of seq_mark, and a   *)
(* reader-writer semaphore that a writer takes only to drain the readers.  *)
(* The semaphore is modelled by its steps, and lies in an object of its    *)
(* own, which is allocated and freed with the VMA.                         *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/vma_rwsem.hpp, rwsem.hpp).  pc   *)
(* holds the name of the site that a task will perform next, or of the     *)
(* point where it chooses one.  A local of a task is Null while it is dead.*)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Slab, Bits

CONSTANTS
  Vmas, Locks,
  Mms,     \* the address space; its writer is called like it
  Null,    \* no object, no value
  MaxSections,  \* write sections that may begin; 0 = any number
  Contents,  \* a change leaves this behind: Whole, or more, and then it differs from a new VMA
  Variant  \* "holds", or the name of what is different (see README.md)

ASSUME Cardinality(Mms) = 1 /\ MaxSections \in Nat /\ Contents \in Nat \ {0}

VARIABLES
  vm_lock, vm_lock_seq, vm_data,       \* of a VMA: its lock, its mark, its contents
  sem_count, sem_owner, sem_waiter,    \* of a lock
  mm_lock_seq, tree,                   \* of the mm; the tree has one place
  task_state,
  pc,
  rmm, rvma, rsem, rseq, rtask,        \* a reader's
  wvma, wsem, wsrc, wold               \* a writer's: VMA and lock at hand, source of a copy

vma_cells == <<vm_lock, vm_lock_seq, vm_data>>
sem_cells == <<sem_count, sem_owner, sem_waiter>>
memory == <<slab, grace>>
mm_cells == <<mm_lock_seq, tree>>
reader_locals == <<rmm, rvma, rsem, rseq, rtask>>
writer_locals == <<wvma, wsem, wsrc, wold>>
vars ==
  <<vma_cells, sem_cells, memory, mm_cells, task_state, pc, rcu, reader_locals, writer_locals>>

WriterBit == 1      \* RWSEM_WRITER_LOCKED
WaitersBit == 2     \* RWSEM_FLAG_WAITERS
ReaderBias == 256   \* RWSEM_READER_BIAS
Nobody == 0         \* sem_owner: a hint
AReader == 1
AWriter == 2
Running == 0        \* task_state
Sleeping == 2
Torn == 0           \* vm_data
Whole == 1          \* of a new VMA
New == -1           \* the mark of a VMA that nobody has marked yet

Objects == Vmas \cup Locks

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* up_read(): the hint is cleared first.  Around it is a section, or in it a preempt-off region.
ClearsLate == Is("clears_owner_late")
FirstOfStart == IF ClearsLate THEN "TurnedAway_AddReturn" ELSE "TurnedAway_ClearReaderOwned"
FirstOfEnd == IF ClearsLate THEN "UpRead_AddReturn" ELSE "UpRead_ClearReaderOwned"
AfterUse ==
  CASE Is("up_read_outside_rcu") -> FirstOfEnd
    [] Is("preempt_off_counts") \/ Is("preempt_off_is_none") -> "EndRead_PreemptOff"
    [] OTHER -> "EndRead_RcuLock"
AfterUpRead ==
  CASE Is("up_read_outside_rcu") -> "Reader_Idle"
    [] Is("preempt_off_counts") \/ Is("preempt_off_is_none") -> "EndRead_PreemptOn"
    [] OTHER -> "EndRead_RcuUnlock"

\* The semaphore.
ReadFails(n) ==
  CASE Is("ignores_waiters") -> HasBit(n, WriterBit)
    [] Is("one_reader_at_a_time") -> n # 0
    [] OTHER -> n % ReaderBias # 0
TriesAgain == Is("reader_tries_again") \/ Is("reader_tries_in_section")
Wakes == ~Is("never_wakes")
LooksFirst == Is("state_set_after_look")

\* The reader's section, and its checks.
InSection == ~Is("lookup_without_rcu")
AfterSetOwner ==
  CASE Is("no_recheck") -> "Lookup_Rewalk" [] OTHER -> "StartRead_RecheckSeq"
AfterRecheck == IF Is("no_rewalk") THEN "Lookup_RcuUnlock" ELSE "Lookup_Rewalk"

\* The writer.
AfterMarkCheck ==
  CASE Is("modify_unmarked") -> "Writer_Locked"
    [] Is("marks_without_lock") -> "StartWrite_SetSeq"
    [] OTHER -> "DownWrite_Trylock"
AfterSetSeq == IF Is("marks_without_lock") THEN "Writer_Locked" ELSE "UpWrite_ClearOwner"
LockAtOnce == Is("frees_at_once") \/ Is("frees_lock_at_once")
VmaAtOnce == Is("frees_at_once")
KeepsVma == Is("unmap_keeps_vma")    \* it is not freed
KeepsLock == Is("unmap_keeps_lock")
AfterDupSeq == IF Is("dup_keeps_lock") THEN "Dup_FreeLock" ELSE "Writer_Copied"

--------------------------------------------------------------------------------
Tasks == Readers \cup Mms
Init ==
  /\ vm_lock = [v \in Vmas |-> Null] /\ vm_lock_seq = [v \in Vmas |-> Null]
  /\ vm_data = [v \in Vmas |-> Null]
  /\ sem_count = [l \in Locks |-> Null] /\ sem_owner = [l \in Locks |-> Null]
  /\ sem_waiter = [l \in Locks |-> Null]
  /\ SlabInit(Objects) /\ RcuInit(Objects)
  /\ mm_lock_seq = [m \in Mms |-> 0] /\ tree = [m \in Mms |-> Null]
  /\ task_state = [m \in Mms |-> Running]
  /\ pc = [t \in Tasks |-> IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
  /\ rmm = [r \in Readers |-> Null] /\ rvma = [r \in Readers |-> Null]
  /\ rsem = [r \in Readers |-> Null] /\ rseq = [r \in Readers |-> Null]
  /\ rtask = [r \in Readers |-> Null]
  /\ wvma = [m \in Mms |-> Null] /\ wsem = [m \in Mms |-> Null]
  /\ wsrc = [m \in Mms |-> Null] /\ wold = [m \in Mms |-> Null]

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

--------------------------------------------------------------------------------
(* RCU, and what goes with the end of a section. *)

EndSection(r) ==
  /\ SlabUnlock(r, Objects, Objects)
  /\ vm_lock' = [v \in Vmas |-> IF GoesWith(r, v) THEN Null ELSE vm_lock[v]]
  /\ vm_lock_seq' = [v \in Vmas |-> IF GoesWith(r, v) THEN Null ELSE vm_lock_seq[v]]
  /\ vm_data' = [v \in Vmas |-> IF GoesWith(r, v) THEN Null ELSE vm_data[v]]
  /\ sem_count' = [l \in Locks |-> IF GoesWith(r, l) THEN Null ELSE sem_count[l]]
  /\ sem_owner' = [l \in Locks |-> IF GoesWith(r, l) THEN Null ELSE sem_owner[l]]
  /\ sem_waiter' = [l \in Locks |-> IF GoesWith(r, l) THEN Null ELSE sem_waiter[l]]

--------------------------------------------------------------------------------
(* A reader: lock_vma_under_rcu(), a use of the VMA, vma_end_read(). *)

OfReader == <<mm_cells, writer_locals>>  \* not what it changes
SemOnly == <<vma_cells, memory, rcu, task_state, rmm, rseq>>
Forget(r) ==
  /\ rvma' = [rvma EXCEPT ![r] = Null]
  /\ rsem' = [rsem EXCEPT ![r] = Null]

Lookup_RcuLock(r, m) ==
  /\ Go(r, "Reader_Idle", "Lookup_Walk")
  /\ IF InSection THEN RcuLock(r) ELSE UNCHANGED rcu
  /\ rmm' = [rmm EXCEPT ![r] = m]
  /\ UNCHANGED <<OfReader, vma_cells, sem_cells, memory, task_state, rvma, rsem, rseq, rtask>>
Lookup_Walk(r) ==
  LET v == tree[rmm[r]] IN
    /\ Go(r, "Lookup_Walk", IF v = Null THEN "Lookup_RcuUnlockFailed" ELSE "StartRead_LoadSeq")
    /\ rvma' = [rvma EXCEPT ![r] = v]
    /\ UNCHANGED <<OfReader, SemOnly, sem_cells, rsem, rtask>>
StartRead_LoadSeq(r) ==
  /\ Go(r, "StartRead_LoadSeq", "StartRead_CheckSeq")
  /\ rseq' = [rseq EXCEPT ![r] = vm_lock_seq[rvma[r]]]
  /\ rsem' = [rsem EXCEPT ![r] = vm_lock[rvma[r]]]
  /\ UNCHANGED <<OfReader, vma_cells, sem_cells, memory, rcu, task_state, rmm, rvma, rtask>>
StartRead_CheckSeq(r) ==
  LET marked == rseq[r] = mm_lock_seq[rmm[r]] IN
    /\ Go(r, "StartRead_CheckSeq",
          IF marked THEN "Lookup_RcuUnlockFailed" ELSE "StartRead_Trylock")
    /\ rseq' = [rseq EXCEPT ![r] = Null]
    /\ IF marked THEN Forget(r) ELSE UNCHANGED <<rvma, rsem>>
    /\ UNCHANGED <<OfReader, vma_cells, sem_cells, memory, rcu, task_state, rmm, rtask>>
\* down_read_trylock(): who waits keeps newcomers out.
StartRead_Trylock(r) ==
  LET fails == ReadFails(sem_count[rsem[r]]) IN
    /\ Go(r, "StartRead_Trylock",
          CASE ~fails -> "StartRead_SetOwner"
            [] TriesAgain -> "StartRead_Trylock"
            [] OTHER -> "Lookup_RcuUnlockFailed")
    /\ IF fails /\ TriesAgain THEN UNCHANGED <<sem_count, rvma, rsem>>
       ELSE IF fails THEN Forget(r) /\ UNCHANGED sem_count
       ELSE /\ sem_count' = [sem_count EXCEPT ![rsem[r]] = @ + ReaderBias]
            /\ UNCHANGED <<rvma, rsem>>
    /\ UNCHANGED <<OfReader, SemOnly, sem_owner, sem_waiter, rtask>>
StartRead_SetOwner(r) ==
  /\ Go(r, "StartRead_SetOwner", AfterSetOwner)
  /\ sem_owner' = [sem_owner EXCEPT ![rsem[r]] = AReader]
  /\ UNCHANGED <<OfReader, SemOnly, sem_count, sem_waiter, rvma, rsem, rtask>>
StartRead_RecheckSeq(r) ==
  LET marked == vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]]
      gone == marked /\ Is("turned_away_keeps_lock")
  IN /\ Go(r, "StartRead_RecheckSeq",
           CASE gone -> "Lookup_RcuUnlockFailed"
             [] marked -> FirstOfStart
             [] OTHER -> AfterRecheck)
     /\ IF gone THEN Forget(r) ELSE UNCHANGED <<rvma, rsem>>
     /\ UNCHANGED <<OfReader, SemOnly, sem_cells, rtask>>
\* Is it in the tree still?
Lookup_Rewalk(r) ==
  /\ Go(r, "Lookup_Rewalk",
        IF tree[rmm[r]] = rvma[r] THEN "Lookup_RcuUnlock" ELSE FirstOfStart)
  /\ UNCHANGED <<OfReader, SemOnly, sem_cells, rvma, rsem, rtask>>
Lookup_RcuUnlock(r) ==
  /\ Go(r, "Lookup_RcuUnlock", "Use_LoadData")
  /\ IF Is("lookup_keeps_rcu") THEN UNCHANGED <<rcu, memory, vma_cells, sem_cells>>
     ELSE EndSection(r)
  /\ UNCHANGED <<OfReader, task_state, reader_locals>>
Use_LoadData(r) ==
  /\ Go(r, "Use_LoadData", AfterUse)
  /\ UNCHANGED <<OfReader, SemOnly, sem_cells, rvma, rsem, rtask>>

\* The section around up_read(); variants: the region inside of it.
Begins(r, site) ==
  /\ Go(r, site, FirstOfEnd)
  /\ IF Is("preempt_off_is_none") THEN UNCHANGED rcu ELSE RcuLock(r)
  /\ UNCHANGED <<OfReader, vma_cells, sem_cells, memory, task_state, reader_locals>>
Ends(r, site) ==
  /\ Go(r, site, "Reader_Idle")
  /\ IF Is("preempt_off_is_none") THEN UNCHANGED <<rcu, memory, vma_cells, sem_cells>>
     ELSE EndSection(r)
  /\ rmm' = [rmm EXCEPT ![r] = Null]
  /\ UNCHANGED <<OfReader, task_state, rvma, rsem, rseq, rtask>>
EndRead_RcuLock(r) == Begins(r, "EndRead_RcuLock")
EndRead_RcuUnlock(r) == Ends(r, "EndRead_RcuUnlock")
EndRead_PreemptOff(r) == Begins(r, "EndRead_PreemptOff")
EndRead_PreemptOn(r) == Ends(r, "EndRead_PreemptOn")
Lookup_RcuUnlockFailed(r) ==
  /\ Go(r, "Lookup_RcuUnlockFailed", "Reader_Idle")
  /\ EndSection(r)
  /\ rmm' = [rmm EXCEPT ![r] = Null]
  /\ UNCHANGED <<OfReader, task_state, rvma, rsem, rseq, rtask>>

\* up_read().  Behind `Dec` the lock is not the reader's any more, and it touches it twice more.
Over(r, to) ==
  IF to = "Reader_Idle" THEN rmm' = [rmm EXCEPT ![r] = Null] ELSE UNCHANGED rmm
UpSame == <<vma_cells, memory, rcu, rseq>>
ClearOwner(r, site, to) ==
  /\ Go(r, site, to)
  /\ sem_owner' = [sem_owner EXCEPT ![rsem[r]] = Nobody]
  /\ UNCHANGED <<OfReader, UpSame, sem_count, sem_waiter, task_state, rmm, rvma, rsem, rtask>>
Dec(r, site, tail, done) ==
  LET left == sem_count[rsem[r]] - ReaderBias
      wakes == (left = WaitersBit \/ ClearsLate) /\ Wakes
      to == IF wakes THEN tail ELSE done
  IN /\ Go(r, site, to)
     /\ sem_count' = [sem_count EXCEPT ![rsem[r]] = left]
     /\ rvma' = [rvma EXCEPT ![r] = Null]
     /\ IF wakes THEN UNCHANGED rsem ELSE rsem' = [rsem EXCEPT ![r] = Null]
     /\ Over(r, to)
     /\ UNCHANGED <<OfReader, UpSame, sem_owner, sem_waiter, task_state, rtask>>
TestNonspinnable(r, site, to) ==
  /\ Go(r, site, to)
  /\ UNCHANGED <<OfReader, UpSame, sem_cells, task_state, rmm, rvma, rsem, rtask>>
FindWaiter(r, site, wake, done) ==
  LET task == sem_waiter[rsem[r]]
      to == IF task = Null THEN done ELSE wake
  IN /\ Go(r, site, to)
     /\ rtask' = [rtask EXCEPT ![r] = task]
     /\ rsem' = [rsem EXCEPT ![r] = Null]
     /\ Over(r, to)
     /\ UNCHANGED <<OfReader, UpSame, sem_cells, task_state, rvma>>
Wake(r, site, done) ==
  /\ Go(r, site, done)
  /\ task_state' = [task_state EXCEPT ![rtask[r]] = Running]
  /\ rtask' = [rtask EXCEPT ![r] = Null]
  /\ Over(r, done)
  /\ UNCHANGED <<OfReader, UpSame, sem_cells, rvma, rsem>>

Failed == "Lookup_RcuUnlockFailed"
TurnedAway_ClearReaderOwned(r) ==
  ClearOwner(r, "TurnedAway_ClearReaderOwned",
             IF ClearsLate THEN "TurnedAway_ClearNonspinnable" ELSE "TurnedAway_AddReturn")
TurnedAway_AddReturn(r) ==
  Dec(r, "TurnedAway_AddReturn",
      IF ClearsLate THEN "TurnedAway_ClearReaderOwned" ELSE "TurnedAway_ClearNonspinnable", Failed)
TurnedAway_ClearNonspinnable(r) ==
  TestNonspinnable(r, "TurnedAway_ClearNonspinnable", "TurnedAway_RwsemWake")
TurnedAway_RwsemWake(r) == FindWaiter(r, "TurnedAway_RwsemWake", "TurnedAway_WakeTask", Failed)
TurnedAway_WakeTask(r) == Wake(r, "TurnedAway_WakeTask", Failed)
UpRead_ClearReaderOwned(r) ==
  ClearOwner(r, "UpRead_ClearReaderOwned",
             IF ClearsLate THEN "UpRead_ClearNonspinnable" ELSE "UpRead_AddReturn")
UpRead_AddReturn(r) ==
  Dec(r, "UpRead_AddReturn",
      IF ClearsLate THEN "UpRead_ClearReaderOwned" ELSE "UpRead_ClearNonspinnable", AfterUpRead)
UpRead_ClearNonspinnable(r) ==
  TestNonspinnable(r, "UpRead_ClearNonspinnable", "UpRead_RwsemWake")
UpRead_RwsemWake(r) == FindWaiter(r, "UpRead_RwsemWake", "UpRead_WakeTask", AfterUpRead)
UpRead_WakeTask(r) == Wake(r, "UpRead_WakeTask", AfterUpRead)

--------------------------------------------------------------------------------
(* A writer: under mmap_lock it marks VMAs, changes them, maps and unmaps. *)

OfWriter == <<rcu, reader_locals>>
NoSem == <<sem_cells, task_state>>
Still == <<OfWriter, vma_cells, memory, mm_cells, writer_locals>>

MmapLock_Begin(m) ==
  /\ Go(m, "Writer_Idle", "Writer_Section")
  /\ MaxSections = 0 \/ mm_lock_seq[m] < MaxSections
  /\ UNCHANGED <<Still, NoSem>>
NextSeq(m, counts) ==
  /\ IF counts THEN mm_lock_seq' = [mm_lock_seq EXCEPT ![m] = @ + 1] ELSE UNCHANGED mm_lock_seq
  /\ UNCHANGED <<OfWriter, vma_cells, memory, tree, writer_locals, NoSem>>
MmapUnlock_SeqEnd(m) ==
  Go(m, "Writer_Section", "Writer_Idle") /\ NextSeq(m, ~Is("unlock_keeps_marks"))
MmapDowngrade_SeqEnd(m) ==
  Go(m, "Writer_Unmapped", "Downgraded_FreeLock") /\ NextSeq(m, ~Is("downgrade_keeps_marks"))

Find_Walk(m) ==
  /\ Go(m, "Writer_Section", "Find_LoadLock")
  /\ tree[m] # Null
  /\ wvma' = [wvma EXCEPT ![m] = tree[m]]
  /\ UNCHANGED <<OfWriter, vma_cells, memory, mm_cells, NoSem, wsem, wsrc, wold>>
Find_LoadLock(m) ==
  /\ Go(m, "Find_LoadLock", "StartWrite_CheckSeq")
  /\ wsem' = [wsem EXCEPT ![m] = vm_lock[wvma[m]]]
  /\ UNCHANGED <<OfWriter, vma_cells, memory, mm_cells, NoSem, wvma, wsrc, wold>>

\* vm_area_alloc(): the VMA, then its lock.
Alloc_Vma(m, v) ==
  /\ Go(m, "Writer_Section", "Writer_Allocated")
  /\ tree[m] = Null
  /\ MayAllocate(v) /\ Allocate(v)
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ UNCHANGED <<OfWriter, vma_cells, mm_cells, NoSem, wsem, wsrc, wold>>
AllocLock(m, l, site, to) ==
  /\ Go(m, site, to)
  /\ MayAllocate(l) /\ Allocate(l)
  /\ wsem' = [wsem EXCEPT ![m] = l]
  /\ UNCHANGED <<OfWriter, vma_cells, mm_cells, NoSem, wvma, wsrc, wold>>
Alloc_Lock(m, l) == AllocLock(m, l, "Writer_Allocated", "Alloc_Init")
InitSem(l) ==
  /\ sem_count' = [sem_count EXCEPT ![l] = 0]
  /\ sem_owner' = [sem_owner EXCEPT ![l] = Nobody]
  /\ sem_waiter' = [sem_waiter EXCEPT ![l] = Null]
Alloc_Init(m) ==
  /\ Go(m, "Alloc_Init", "StartWrite_CheckSeq")
  /\ InitSem(wsem[m])
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = wsem[m]]
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = New]
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = Whole]
  /\ UNCHANGED <<OfWriter, memory, mm_cells, task_state, writer_locals>>

\* vma_start_write()
StartWrite_CheckSeq(m) ==
  /\ Go(m, "StartWrite_CheckSeq",
        IF vm_lock_seq[wvma[m]] = mm_lock_seq[m] THEN "Writer_Locked" ELSE AfterMarkCheck)
  /\ UNCHANGED <<Still, NoSem>>
StartWrite_SetSeq(m) ==
  /\ Go(m, "StartWrite_SetSeq", AfterSetSeq)
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = mm_lock_seq[m]]
  /\ UNCHANGED <<OfWriter, vm_lock, vm_data, memory, mm_cells, writer_locals, NoSem>>

\* down_write(): at once, or by the slow path, which wins without waiting for a reader's tail.
SetCount(m, n) == sem_count' = [sem_count EXCEPT ![wsem[m]] = n]
SetOwner(m, owner) == sem_owner' = [sem_owner EXCEPT ![wsem[m]] = owner]
SetWaiter(m, task) == sem_waiter' = [sem_waiter EXCEPT ![wsem[m]] = task]
SetState(m, state) == task_state' = [task_state EXCEPT ![m] = state]
DownWrite_Trylock(m) ==
  LET free == sem_count[wsem[m]] = 0 IN
    /\ Go(m, "DownWrite_Trylock", IF free THEN "DownWrite_SetOwner" ELSE "Slowpath_AddWaiter")
    /\ IF free THEN SetCount(m, WriterBit) ELSE UNCHANGED sem_count
    /\ UNCHANGED <<Still, sem_owner, sem_waiter, task_state>>
Slowpath_AddWaiter(m) ==
  /\ Go(m, "Slowpath_AddWaiter", "Slowpath_SetWaiters")
  /\ SetWaiter(m, m)
  /\ UNCHANGED <<Still, sem_count, sem_owner, task_state>>
Slowpath_SetWaiters(m) ==
  /\ Go(m, "Slowpath_SetWaiters",
        IF LooksFirst THEN "Slowpath_TryWriteLock" ELSE "Slowpath_SetCurrentState")
  /\ SetCount(m, WithBit(sem_count[wsem[m]], WaitersBit))
  /\ UNCHANGED <<Still, sem_owner, sem_waiter, task_state>>
Slowpath_SetCurrentState(m) ==
  /\ Go(m, "Slowpath_SetCurrentState",
        IF LooksFirst THEN "Slowpath_Schedule" ELSE "Slowpath_TryWriteLock")
  /\ SetState(m, Sleeping)
  /\ UNCHANGED <<Still, sem_cells>>
Slowpath_TryWriteLock(m) ==
  LET free == sem_count[wsem[m]] = WaitersBit IN
    /\ Go(m, "Slowpath_TryWriteLock",
          CASE free -> "Slowpath_DelWaiter"
            [] LooksFirst -> "Slowpath_SetCurrentState"
            [] OTHER -> "Slowpath_Schedule")
    /\ IF free THEN SetCount(m, WriterBit) ELSE UNCHANGED sem_count
    /\ UNCHANGED <<Still, sem_owner, sem_waiter, task_state>>
Slowpath_Schedule(m) ==
  /\ Go(m, "Slowpath_Schedule",
        IF LooksFirst THEN "Slowpath_TryWriteLock" ELSE "Slowpath_SetCurrentState")
  /\ task_state[m] = Running
  /\ UNCHANGED <<Still, NoSem>>
Slowpath_DelWaiter(m) ==
  /\ Go(m, "Slowpath_DelWaiter", "Slowpath_SetRunning")
  /\ IF Is("finish_keeps_waiter") THEN UNCHANGED sem_waiter ELSE SetWaiter(m, Null)
  /\ UNCHANGED <<Still, sem_count, sem_owner, task_state>>
Slowpath_SetRunning(m) ==
  /\ Go(m, "Slowpath_SetRunning", "DownWrite_SetOwner")
  /\ IF Is("finish_keeps_state") THEN UNCHANGED task_state ELSE SetState(m, Running)
  /\ UNCHANGED <<Still, sem_cells>>
DownWrite_SetOwner(m) ==
  /\ Go(m, "DownWrite_SetOwner", "StartWrite_SetSeq")
  /\ SetOwner(m, AWriter)
  /\ UNCHANGED <<Still, sem_count, sem_waiter, task_state>>
UpWrite_ClearOwner(m) ==
  /\ Go(m, "UpWrite_ClearOwner", "UpWrite_Dec")
  /\ SetOwner(m, Nobody)
  /\ UNCHANGED <<Still, sem_count, sem_waiter, task_state>>
UpWrite_Dec(m) ==
  /\ Go(m, "UpWrite_Dec", "Writer_Locked")
  /\ SetCount(m, sem_count[wsem[m]] - WriterBit)
  /\ UNCHANGED <<Still, sem_owner, sem_waiter, task_state>>

\* What it does with the VMA.
LetGo(m) == wvma' = [wvma EXCEPT ![m] = Null] /\ wsem' = [wsem EXCEPT ![m] = Null]
Store_Tree(m) ==
  /\ Go(m, "Writer_Locked", "Writer_Section")
  /\ tree[m] = Null
  /\ tree' = [tree EXCEPT ![m] = wvma[m]]
  /\ LetGo(m)
  /\ UNCHANGED <<OfWriter, vma_cells, memory, mm_lock_seq, NoSem, wsrc, wold>>
Modify_Begin(m) ==
  /\ Go(m, "Writer_Locked", "Modify_End")
  /\ tree[m] # Null
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = Torn]
  /\ UNCHANGED <<OfWriter, vm_lock, vm_lock_seq, memory, mm_cells, NoSem, writer_locals>>
Modify_End(m) ==
  /\ Go(m, "Modify_End", "Writer_Section")
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] = Contents]
  /\ LetGo(m)
  /\ UNCHANGED <<OfWriter, vm_lock, vm_lock_seq, memory, mm_cells, NoSem, wsrc, wold>>
Unmap_ClearTree(m) ==
  /\ Go(m, "Writer_Locked", "Writer_Unmapped")
  /\ tree[m] # Null
  /\ tree' = [tree EXCEPT ![m] = Null]
  /\ UNCHANGED <<OfWriter, vma_cells, memory, mm_lock_seq, NoSem, writer_locals>>

\* vm_area_free(): the lock, and the VMA.
Goes(atOnce) == atOnce \/ ~Stays
FreeLock(l) ==
  IF KeepsLock THEN UNCHANGED <<memory, sem_cells>>
  ELSE /\ IF LockAtOnce THEN FreeAtOnce(l) /\ UNCHANGED grace ELSE Free(l)
       /\ sem_count' = [sem_count EXCEPT ![l] = IF Goes(LockAtOnce) THEN Null ELSE @]
       /\ sem_owner' = [sem_owner EXCEPT ![l] = IF Goes(LockAtOnce) THEN Null ELSE @]
       /\ sem_waiter' = [sem_waiter EXCEPT ![l] = IF Goes(LockAtOnce) THEN Null ELSE @]
FreeVma(v) ==
  IF KeepsVma THEN UNCHANGED <<memory, vma_cells>>
  ELSE /\ IF VmaAtOnce THEN FreeAtOnce(v) /\ UNCHANGED grace ELSE Free(v)
       /\ vm_lock' = [vm_lock EXCEPT ![v] = IF Goes(VmaAtOnce) THEN Null ELSE @]
       /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![v] = IF Goes(VmaAtOnce) THEN Null ELSE @]
       /\ vm_data' = [vm_data EXCEPT ![v] = IF Goes(VmaAtOnce) THEN Null ELSE @]
Downgraded_FreeLock(m) ==
  /\ Go(m, "Downgraded_FreeLock", "Downgraded_FreeVma")
  /\ FreeLock(wsem[m])
  /\ wsem' = [wsem EXCEPT ![m] = Null]
  /\ UNCHANGED <<OfWriter, vma_cells, mm_cells, task_state, wvma, wsrc, wold>>
Downgraded_FreeVma(m) ==
  /\ Go(m, "Downgraded_FreeVma",
        IF Is("downgrade_goes_on") THEN "Writer_Section" ELSE "Writer_Idle")
  /\ FreeVma(wvma[m])
  /\ wvma' = [wvma EXCEPT ![m] = Null]
  /\ UNCHANGED <<OfWriter, mm_cells, NoSem, wsem, wsrc, wold>>

\* vm_area_dup(): the whole struct, then a lock of its own; until then the copy has the old one.
\* The source goes, as in mremap().
Dup_Vma(m, v) ==
  /\ Go(m, "Writer_Unmapped", "Dup_CopyLock")
  /\ MayAllocate(v) /\ Allocate(v)
  /\ wsrc' = [wsrc EXCEPT ![m] = wvma[m]]
  /\ wold' = [wold EXCEPT ![m] = wsem[m]]
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ UNCHANGED <<OfWriter, vma_cells, mm_cells, NoSem, wsem>>
DupSame == <<OfWriter, memory, mm_cells, writer_locals>>
Dup_CopyLock(m) ==
  /\ Go(m, "Dup_CopyLock", "Dup_CopyData")
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = vm_lock[wsrc[m]]]
  /\ UNCHANGED <<DupSame, NoSem, vm_lock_seq, vm_data>>
Dup_CopyData(m) ==
  /\ Go(m, "Dup_CopyData", "Dup_SetSeq")
  /\ vm_data' = [vm_data EXCEPT ![wvma[m]] =
                   IF Is("dup_contents_anew") THEN Whole ELSE vm_data[wsrc[m]]]
  /\ UNCHANGED <<DupSame, NoSem, vm_lock, vm_lock_seq>>
Dup_SetSeq(m) ==
  /\ Go(m, "Dup_SetSeq", AfterDupSeq)
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = New]
  /\ UNCHANGED <<DupSame, NoSem, vm_lock, vm_data>>
Dup_Lock(m, l) == AllocLock(m, l, "Writer_Copied", "Dup_SetLock")
Dup_SetLock(m) ==
  /\ Go(m, "Dup_SetLock", "Dup_FreeLock")
  /\ InitSem(wsem[m])
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = wsem[m]]
  /\ UNCHANGED <<DupSame, task_state, vm_lock_seq, vm_data>>
Dup_FreeLock(m) ==
  /\ Go(m, "Dup_FreeLock", "Dup_FreeVma")
  /\ FreeLock(wold[m])
  /\ wold' = [wold EXCEPT ![m] = Null]
  /\ UNCHANGED <<OfWriter, vma_cells, mm_cells, task_state, wvma, wsem, wsrc>>
Dup_FreeVma(m) ==
  /\ Go(m, "Dup_FreeVma", "StartWrite_CheckSeq")
  /\ FreeVma(wsrc[m])
  /\ wsrc' = [wsrc EXCEPT ![m] = Null]
  /\ UNCHANGED <<OfWriter, mm_cells, NoSem, wvma, wsem, wold>>

--------------------------------------------------------------------------------
ReaderGoesOn(r) ==
  \/ Lookup_Walk(r) \/ StartRead_LoadSeq(r) \/ StartRead_CheckSeq(r) \/ StartRead_Trylock(r)
  \/ StartRead_SetOwner(r) \/ StartRead_RecheckSeq(r) \/ Lookup_Rewalk(r) \/ Lookup_RcuUnlock(r)
  \/ Use_LoadData(r) \/ Lookup_RcuUnlockFailed(r)
  \/ TurnedAway_ClearReaderOwned(r) \/ TurnedAway_AddReturn(r) \/ TurnedAway_ClearNonspinnable(r)
  \/ TurnedAway_RwsemWake(r) \/ TurnedAway_WakeTask(r)
  \/ EndRead_RcuLock(r) \/ EndRead_PreemptOff(r)
  \/ UpRead_ClearReaderOwned(r) \/ UpRead_AddReturn(r)
  \/ UpRead_ClearNonspinnable(r) \/ UpRead_RwsemWake(r) \/ UpRead_WakeTask(r)
  \/ EndRead_RcuUnlock(r) \/ EndRead_PreemptOn(r)
WriterGoesOn(m) ==
  \/ Find_LoadLock(m) \/ Alloc_Init(m) \/ StartWrite_CheckSeq(m) \/ StartWrite_SetSeq(m)
  \/ DownWrite_Trylock(m) \/ Slowpath_AddWaiter(m) \/ Slowpath_SetWaiters(m)
  \/ Slowpath_SetCurrentState(m) \/ Slowpath_TryWriteLock(m) \/ Slowpath_Schedule(m)
  \/ Slowpath_DelWaiter(m)
  \/ Slowpath_SetRunning(m) \/ DownWrite_SetOwner(m) \/ UpWrite_ClearOwner(m) \/ UpWrite_Dec(m)
  \/ Store_Tree(m) \/ Modify_Begin(m) \/ Modify_End(m) \/ Unmap_ClearTree(m)
  \/ MmapDowngrade_SeqEnd(m) \/ Downgraded_FreeLock(m) \/ Downgraded_FreeVma(m)
  \/ Dup_CopyLock(m) \/ Dup_CopyData(m) \/ Dup_SetSeq(m) \/ Dup_SetLock(m) \/ Dup_FreeLock(m)
  \/ Dup_FreeVma(m)
  \/ \E l \in Locks : Alloc_Lock(m, l) \/ Dup_Lock(m, l)

Next ==
  \/ \E r \in Readers : ReaderGoesOn(r) \/ \E m \in Mms : Lookup_RcuLock(r, m)
  \/ \E m \in Mms :
       \/ MmapLock_Begin(m) \/ MmapUnlock_SeqEnd(m) \/ Find_Walk(m)
       \/ \E v \in Vmas : Alloc_Vma(m, v) \/ Dup_Vma(m, v)
       \/ WriterGoesOn(m)
Spec == Init /\ [][Next]_vars

\* The number only grows, and is only asked whether another equals it.
View ==
  IF MaxSections # 0 THEN vars
  ELSE LET now == mm_lock_seq[CHOOSE m \in Mms : TRUE] IN
       <<[v \in Vmas |-> vm_lock_seq[v] = now], [r \in Readers |-> rseq[r] = now],
         vm_lock, vm_data, sem_cells, memory, tree, task_state, pc, rcu, rmm, rvma, rsem, rtask,
         writer_locals>>
================================================================================
