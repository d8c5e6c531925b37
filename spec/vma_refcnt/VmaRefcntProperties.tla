-------------------------- MODULE VmaRefcntProperties --------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What the lock of VmaRefcnt promises: invariants, action properties,     *)
(* refinement of the abstract lock (VmaLock), and liveness.  README.md has *)
(* the same in words, with the ids I-xx and L-xx.                          *)
(***************************************************************************)
EXTENDS VmaRefcnt

--------------------------------------------------------------------------------
(* Where the tasks are. *)

\* A reader is about to touch a cell of the VMA that it found.
Touching == {"StartRead_LoadSeq", "StartRead_IncRef", "StartRead_CheckMm", "StartRead_RecheckSeq",
             "StartRead_PutDec", "Lookup_CheckRange", "Use_LoadData", "Put_Dec", "Put_LoadMm",
             "Unstable_PutDec", "ReadLocked_IncRef"}
\* It has raised the count and not given it back.
Counted == {"StartRead_CheckMm", "StartRead_RecheckSeq", "StartRead_PutDec",
            "StartRead_RcuUnlockUnstable", "Lookup_RcuUnlock", "Lookup_CheckRange", "Use_LoadData",
            "Put_Dec", "Unstable_Grab", "Unstable_PutDec", "MmapRead_Unlock"}
\* ... and has passed every check of vma_start_read(): the VMA is read-locked.
Validated == {"Lookup_RcuUnlock", "Lookup_CheckRange", "Use_LoadData", "MmapRead_Unlock"}
\* It holds mmap_lock for reading.
UnderMmapLock == {"MmapRead_Walk", "ReadLocked_IncRef", "MmapRead_Unlock", "MmapRead_UnlockNone"}

\* It is inside an RCU section.
InRcu == {"Lookup_Walk", "Lookup_RcuUnlockNone", "StartRead_LoadSeq", "StartRead_CheckSeq",
          "StartRead_IncRef", "StartRead_CheckMm", "StartRead_RecheckSeq", "StartRead_PutDec",
          "StartRead_PutFindWaiter", "StartRead_PutWake", "StartRead_RcuUnlock",
          "StartRead_RcuUnlockUnstable", "Lookup_RcuUnlock"}

\* It is about to touch a cell of the mm that it faults in, of the mm whose writer it looks for, of
\* the other mm whose VMA it found.
TouchingMm == {"Lookup_Walk", "StartRead_CheckSeq", "StartRead_RecheckSeq", "Fault_Drop",
               "MmapRead_Lock", "MmapRead_Walk", "MmapRead_Unlock", "MmapRead_UnlockNone"}
Seeking == {"StartRead_PutFindWaiter", "Put_FindWaiter", "Unstable_PutFindWaiter"}
TouchingOther == {"Unstable_Grab", "Unstable_Drop"}
\* It has found a task, and is about to set it running.
Waking == {"StartRead_PutWake", "Put_Wake", "Unstable_PutWake"}
\* It pins that other mm; it knows which it is.
PinningOther == {"Unstable_PutDec", "Unstable_PutFindWaiter", "Unstable_PutWake", "Unstable_Drop"}
KnowingOther == {"StartRead_RcuUnlockUnstable", "Unstable_Grab"} \cup PinningOther

\* It is a copy for another mm than its source's.
ForkCopying == IF Chooses THEN {"Fork_CopyMm", "Fork_CopyStart", "Fork_CopyData"} ELSE {}
ForkFilling ==
  IF Chooses
  THEN ForkCopying \cup {"Fork_SetRefcnt", "Fork_SetSeq", "Fork_Unlock", "Fork_Drop", "Fork_SetMm"}
  ELSE {}
\* The VMA at hand is new: its fields are being set.
Filling == ForkFilling \cup
           {"Alloc_Init", "Alloc_SetSeq", "Dup_CopyMm", "Dup_CopyData", "Dup_SetSeq",
            "Dup_SetRefcnt", "Dup_SetStart", "Dup_CopyStart", "Dup_CopySeq", "Dup_CopyRefcnt"}
\* The writer waits for the readers inside.
Waiting == {"StartWrite_SetWaiter", "StartWrite_SetState", "StartWrite_CheckCount",
            "StartWrite_Sleep", "StartWrite_ClearWaiter", "StartWrite_Finish"}
  \cup (IF Chooses THEN {"Killed_ClearWaiter", "Killed_Finish"} ELSE {})
WaitingDetached == {"Detach_SetWaiter", "Detach_SetState", "Detach_CheckCount", "Detach_Sleep",
                    "Detach_ClearWaiter", "Detach_Finish"}
\* The tree's count is gone, the VMA still in the tree.
Detaching ==
  {"Detach_SetFlag", "Detach_ClearFlag", "Unmap_ClearTree"} \cup WaitingDetached
    \cup (IF Chooses THEN {"Writer_Detached"} ELSE {})
\* It is in the tree, and the tree's count is to come.
Attaching == {"Attach_SetRefcnt"} \cup (IF Chooses THEN {"Brk_SetRefcnt"} ELSE {})
Leaving == {"Detach_Dec"} \cup Detaching  \* clear_then_detach: out of the tree, still counted
\* The mm has nothing mapped, and never will again.
Exited == {"Exit_Drop", "Writer_Gone"}
\* Sites of linux at which mmap_lock is taken, or given back, outside of a section.
Locking == IF Chooses THEN {"MmapLock_SeqBegin", "MmapUnlock_Up", "Downgraded_Up"} ELSE {}
\* mmap_lock is not write-locked, or its sequence does not say so.
Outside == {"Writer_Idle", "Downgraded_Free"} \cup Locking \cup Exited
  \cup (IF Chooses THEN {"MmapDowngrade_Lock"} ELSE {})
\* No VMA is at hand.
Between == {"Writer_Section", "Writer_Idle"} \cup Locking \cup Exited
\* A writer forks: it has nothing to copy yet, or will not have.
Forking ==
  IF Chooses THEN {"Writer_Forks", "Writer_Copies", "Fork_UnlockNone", "Fork_DropNone"} ELSE {}
\* It keeps the mm that it forks from; it has mmap_lock of it.
Forked(m) == wfrom[m] # Null
HasLockOf(m, n) == wfrom[m] = n /\ pc[m] \notin {"Writer_Forks", "Fork_DropNone", "Fork_Drop"}
\* The writer does not have mmap_lock, has it for reading.
Unlocked == {"Writer_Idle"} \cup Exited
Downgraded == {"Downgraded_Free"} \cup (IF Chooses THEN {"Downgraded_Up"} ELSE {})

Has(m, v, sites) == wvma[m] = v /\ pc[m] \in sites
\* It is detached, and a new VMA takes its place in the tree.
CopyingSites == Filling \ {"Alloc_Init", "Alloc_SetSeq"}
Replaced(m, v) == Chooses /\ wsrc[m] = v /\ pc[m] \notin CopyingSites
InTree(v) == \E m \in Mms, s \in Slots : tree[m][s] = v

\* The tree's count is in vm_refcnt.
Attached(v) ==
  \/ InTree(v) /\ \A m \in Mms : ~Has(m, v, Attaching \cup Detaching) /\ ~Replaced(m, v)
  \/ \E m \in Mms : Has(m, v, {"Detach_Dec"}) \/ (~StoresFirst /\ Has(m, v, {"Store_Tree"}))

\* A writer's flag is in vm_refcnt.
Flagged(v) ==
  \E m \in Mms :
    \/ Has(m, v, {"StartWrite_ClearFlag", "Killed_ClearFlag", "Detach_ClearFlag"}
                   \cup Waiting \cup WaitingDetached)
    \/ Has(m, v, {"StartWrite_SetSeq"}) /\ wexcl[m]

Holders(v) == Cardinality({r \in Readers : pc[r] \in Counted /\ rvma[r] = v})

\* The mark of a VMA in use.  A new one may carry the number of its former life until it is set.
Marked(m, v) ==
  /\ slab[v] = "used"
  /\ \A n \in Mms : ~Has(n, v, Filling)
  /\ vm_mm[v] = m
  /\ vm_lock_seq[v] = mm_lock_seq[m]
\* ... and vma_start_write() is over.
WriteLocked(m, v) == Marked(m, v) /\ ~Has(m, v, {"StartWrite_SetFlag"} \cup Waiting)

--------------------------------------------------------------------------------
(* Safety: invariants. *)

ReaderSites ==
  (Touching \cup Counted \cup UnderMmapLock \cup TouchingMm \cup Seeking \cup Waking \cup
   TouchingOther \cup
  {"Reader_Idle", "Lookup_RcuLock", "Lookup_RcuUnlockNone", "StartRead_RcuUnlock",
   "Lookup_RcuRelock"})
  \ (IF Chooses THEN {} ELSE {"MmapRead_Lock"} \cup UnderMmapLock)
WriterSites == Filling \cup Forking \cup Waiting \cup Leaving \cup Outside \cup Between \cup
  {"Writer_Found", "MmapDowngrade_SeqEnd", "Writer_Locked", "Writer_Unmapped",
   "StartWrite_CheckSeq",
   "StartWrite_SetFlag", "StartWrite_SetSeq", "StartWrite_ClearFlag", "Modify_End",
   "Attach_SetRefcnt", "Store_Tree"} \cup (IF Chooses
                                   THEN {"Writer_New", "Brk_SetRefcnt", "Killed_ClearFlag"}
                                   ELSE {})

\* Property: every variable has its type; a local is Null exactly while it is dead.
TypeOK ==
  /\ vm_mm \in [Vmas -> Mms \cup {Null}]
  /\ vm_start \in [Vmas -> Slots \cup {Null}]
  /\ \A v \in Vmas : vm_lock_seq[v] = Null \/ vm_lock_seq[v] \in Int
  /\ \A v \in Vmas : vm_refcnt[v] = Null \/ vm_refcnt[v] \in Int
  /\ vm_data \in [Vmas -> {Torn, Whole, Null}]
  /\ slab \in [Vmas -> {"none", "used", "free"}]
  /\ grace \in [Vmas -> [Readers -> BOOLEAN]]
  /\ mm_lock_seq \in [Mms -> Nat]
  /\ tree \in [Mms -> [Slots -> Vmas \cup {Null}]]
  /\ writer_wait \in [Mms -> Mms \cup {Null}]
  /\ task_state \in [Mms -> {Running, Sleeping}]
  /\ mm_count \in [Mms -> Nat]
  /\ mmap_lock \in [Mms -> Int]
  /\ \A r \in Readers : pc[r] \in ReaderSites
  /\ \A m \in Mms : pc[m] \in WriterSites
  /\ rcu \in [Readers -> BOOLEAN]
  /\ rmm \in [Readers -> Mms \cup {Null}]
  /\ raddr \in [Readers -> Slots \cup {Null}]
  /\ rvma \in [Readers -> Vmas \cup {Null, Again}]
  /\ \A r \in Readers : rseq[r] = Null \/ rseq[r] \in Int
  /\ rwake \in [Readers -> Mms \cup {Null}]
  /\ rtask \in [Readers -> Mms \cup {Null}]
  /\ rother \in [Readers -> Mms \cup {Null}]
  /\ wslot \in [Mms -> Slots \cup {Null}]
  /\ wvma \in [Mms -> Vmas \cup {Null}]
  /\ wsrc \in [Mms -> Vmas \cup {Null}]
  /\ wexcl \in [Mms -> BOOLEAN]
  /\ wfrom \in [Mms -> Mms \cup {Null}]
  /\ \A r \in Readers :
       /\ rmm[r] = Null <=> pc[r] = "Reader_Idle"
       /\ raddr[r] = Null <=> pc[r] \in {"Reader_Idle", "Fault_Drop"}
       /\ pc[r] \in Touching \cup Counted \cup {"StartRead_CheckSeq"} => rvma[r] \in Vmas
       /\ rwake[r] = Null <=> pc[r] \notin Seeking
       /\ rtask[r] = Null <=> pc[r] \notin Waking
       /\ rother[r] = Null <=> pc[r] \notin KnowingOther
  /\ \A m \in Mms :
       /\ wslot[m] = Null <=> pc[m] \in Between
       /\ wvma[m] = Null <=> pc[m] \in Between \cup Forking
       /\ Forked(m) <=> pc[m] \in Forking \cup (ForkFilling \ {"Fork_SetMm"})

\* Property (I-28): the sequence is odd exactly while mmap_lock is write-locked.
SectionOK == \A m \in Mms : mm_lock_seq[m] % 2 = 0 <=> pc[m] \in Outside

\* Property (I-09, I-15): the count is the tree's, plus the writer's flag, plus one for each
\* reader; where there is no memory there is no count.
CountOK ==
  \A v \in Vmas :
    LET n == (IF Attached(v) THEN 1 ELSE 0) + (IF Flagged(v) THEN Excluding ELSE 0) + Holders(v)
    IN \/ slab[v] # "none" /\ vm_refcnt[v] = n
       \/ vm_refcnt[v] = Null /\ n = 0 /\ (slab[v] = "none" \/ \E m \in Mms : Has(m, v, Filling))

\* Property (I-15): the count is never negative.
RefcntOK == \A v \in Vmas : vm_refcnt[v] # Null => vm_refcnt[v] >= 0

\* Property (I-09): the tree and the readers together never exceed the limit, so they never reach
\* the flag.
LimitOK == \A v \in Vmas : (IF Attached(v) THEN 1 ELSE 0) + Holders(v) <= Limit

\* Property (I-07, I-14): a VMA that is in no tree, nor on its way into one or out of it, has
\* count 0: when it is freed, while it is free, and while it is filled again.
FreeOK ==
  \A v \in Vmas :
    \/ InTree(v) \/ \E m \in Mms : Has(m, v, {"Store_Tree"} \cup Leaving)
    \/ vm_refcnt[v] \in {0, Null}

\* Property (I-01, I-02): no reader is inside a VMA that its writer has locked, or changes.
ExclOK ==
  \A r \in Readers : pc[r] \in Validated =>
    \A m \in Mms :
      /\ ~WriteLocked(m, rvma[r])
      /\ ~(wexcl[m] /\ wvma[m] = rvma[r])
      /\ ~Has(m, rvma[r], {"Modify_End"})

\* Property (I-03, I-04, I-17): the VMA that a reader uses is the one that it asked for, in the
\* tree, and whole.
UseOK ==
  \A r \in Readers : pc[r] = "Use_LoadData" =>
    LET v == rvma[r] IN
      /\ slab[v] = "used"
      /\ tree[rmm[r]][raddr[r]] = v
      /\ vm_mm[v] = rmm[r]
      /\ vm_start[v] = raddr[r]
      /\ vm_data[v] = Whole

\* Property (I-12): outside a section nothing is marked.
MarksOK == \A m \in Mms, v \in Vmas : pc[m] \in Outside => ~Marked(m, v)

\* Property (I-11): what a writer changes is marked.
ModifyMarkedOK == \A m \in Mms : pc[m] = "Modify_End" => WriteLocked(m, wvma[m])

\* Property (I-08): what leaves the tree is marked.
LeaveMarkedOK ==
  \A m \in Mms :
    /\ pc[m] \in Leaving => WriteLocked(m, wvma[m])
    /\ \A v \in Vmas : Replaced(m, v) => WriteLocked(m, v)

\* Property (I-13): what enters the tree is marked.
AttachMarkedOK ==
  \A m \in Mms : pc[m] \in {"Store_Tree"} \cup Attaching => WriteLocked(m, wvma[m])

\* Property (I-16): a VMA in use is in the tree, attached and counted, unless a writer has it at
\* hand.
TreeOK ==
  /\ \A m \in Mms, s \in Slots :
       LET v == tree[m][s] IN v # Null => slab[v] = "used" /\ vm_mm[v] = m /\ vm_start[v] = s
  /\ \A v \in Vmas :
       (slab[v] = "used" /\ \A m \in Mms : v \notin {wvma[m], wsrc[m]})
         => InTree(v) /\ vm_refcnt[v] >= 1

\* Property (I-05, I-06, I-29): the page of a VMA is there as long as a reader touches it; the
\* VMA that a writer has at hand has not been freed.
PageOK ==
  /\ \A r \in Readers : pc[r] \in Touching => slab[rvma[r]] # "none"
  /\ \A m \in Mms : \A v \in {wvma[m], wsrc[m]} \ {Null} : slab[v] = "used"

\* Property (I-05): a task only accesses an mm whose mm_count is non-zero; when an mm exits, its
\* tree is empty and no VMA belongs to it.
MmOK ==
  /\ \A r \in Readers :
       /\ pc[r] \in TouchingMm => mm_count[rmm[r]] # 0
       /\ pc[r] \in Seeking => mm_count[rwake[r]] # 0
       /\ pc[r] \in TouchingOther => mm_count[rother[r]] # 0
  /\ \A m \in Mms :
       /\ Forked(m) => mm_count[wfrom[m]] # 0
       /\ pc[m] # "Writer_Gone" => mm_count[m] # 0
       /\ pc[m] \in Exited =>
            /\ \A s \in Slots : tree[m][s] = Null
            /\ \A v \in Vmas :
                 slab[v] = "used" /\ vm_mm[v] = m => \E n \in Mms : Has(n, v, Filling)

\* Property: mm_count is one for the tasks of the mm together, plus one for each reader that
\* faults in it, plus one for each reader that gives back a VMA of it which it found by another
\* mm, plus one for each writer that forks from it.
MmCountOK ==
  \A m \in Mms :
    mm_count[m] = (IF pc[m] = "Writer_Gone" THEN 0 ELSE 1)
                  + Cardinality({r \in Readers : pc[r] # "Reader_Idle" /\ rmm[r] = m})
                  + Cardinality({r \in Readers : pc[r] \in PinningOther /\ rother[r] = m})
                  + Cardinality({n \in Mms : wfrom[n] = m})

HasMmapLock(m) == Chooses /\ pc[m] \notin Unlocked \cup Downgraded
\* Property: mmap_lock is one writer's alone, the mm's own or one that forks from it; or it is
\* read-locked by so many readers, and by the writer that has downgraded it.
MmapLockOK ==
  \A m \in Mms :
    LET readers == Cardinality({r \in Readers : pc[r] \in UnderMmapLock /\ rmm[r] = m})
        one == IF Chooses /\ pc[m] \in Downgraded THEN 1 ELSE 0
    IN /\ mmap_lock[m] = IF mmap_lock[m] = -1 THEN readers + one - 1 ELSE readers + one
       /\ HasMmapLock(m) => mmap_lock[m] = -1
       /\ \A n \in Mms : HasLockOf(n, m) => mmap_lock[m] = -1 /\ ~HasMmapLock(m)
       /\ \A n, k \in Mms : HasLockOf(n, m) /\ HasLockOf(k, m) => n = k

GoneStep == \A m \in Mms : mm_count[m] = 0 => mm_count'[m] = 0
\* Property: an mm that is gone is not used again.
GoneOK == [][GoneStep]_vars

\* Property (L-06): a reader is inside an RCU section exactly where the protocol says so: every
\* section ends where it has to, and none is begun inside another.
RcuOK == \A r \in Readers : rcu[r] <=> pc[r] \in InRcu

\* Property: outside of a wait no waiter is announced, and the task runs.
WaitOK ==
  \A m \in Mms : pc[m] \notin Waiting \cup WaitingDetached =>
    writer_wait[m] = Null /\ task_state[m] = Running

\* Property (L-05): a writer that sleeps although nothing is left to wait for has a waker coming.
NoLostWake ==
  \A m \in Mms :
    /\ task_state[m] = Sleeping
    /\ \/ pc[m] = "StartWrite_Sleep" /\ vm_refcnt[wvma[m]] = Excluding + 1
       \/ pc[m] = "Detach_Sleep" /\ vm_refcnt[wvma[m]] = Excluding
    => \E r \in Readers :
         \/ pc[r] \in Seeking /\ rwake[r] = m
         \/ pc[r] \in Waking /\ rtask[r] = m
         \/ pc[r] = "Put_LoadMm" /\ vm_mm[rvma[r]] = m

--------------------------------------------------------------------------------
(* Safety: what a step may do. *)

SeqStep ==
  /\ \A v \in Vmas :
       /\ slab[v] = "used"
       /\ \A m \in Mms : ~Has(m, v, Filling)
       /\ slab'[v] = "used"
       /\ vm_lock_seq'[v] # vm_lock_seq[v]
       => \E m \in Mms :
            /\ Has(m, v, {"StartWrite_SetSeq"}) /\ pc'[m] # pc[m]
            /\ vm_mm[v] = m /\ vm_lock_seq'[v] = mm_lock_seq[m]
            /\ Holders(v) = 0 /\ (wexcl[m] \/ vm_refcnt[v] = 0)
  /\ \A m \in Mms :
       mm_lock_seq'[m] # mm_lock_seq[m] => mm_lock_seq'[m] = mm_lock_seq[m] + 1 /\ pc'[m] # pc[m]
\* Property (I-10, I-28): the mark of a VMA in use is set by its writer alone, in a section, when
\* no reader is left; mm_lock_seq only grows, by one, and only by its writer.
SeqOK == [][SeqStep]_vars

CopyStep ==
  \A m \in Mms :
    /\ pc[m] \in Filling /\ wsrc[m] # Null /\ wsrc'[m] = Null =>
         vm_mm'[wvma[m]] = vm_mm[wsrc[m]] /\ vm_data'[wvma[m]] = vm_data[wsrc[m]]
    /\ pc[m] \in Filling /\ pc'[m] \notin Filling =>
         LET v == wvma[m] IN
           vm_mm'[v] = m /\ vm_start'[v] = wslot[m] /\ vm_lock_seq'[v] = NoSeq
           /\ vm_refcnt'[v] = 0 /\ vm_data'[v] = Whole
\* Property (I-33): when the source of a copy is let go, the copy has its address space and its
\* contents; when a new VMA is filled, every field of it is set.
CopyOK == [][CopyStep]_vars

ZeroStep == \A v \in Vmas : vm_refcnt[v] = 0 => vm_refcnt'[v] \in {0, 1, Null}
\* Property (I-07): to a count of 0 nobody adds a flag: there is nobody to wait for, and in a counter
\* that saturates it would be a use after free.
ZeroOK == [][ZeroStep]_vars

RefusalStep ==
  \A r \in Readers :
    /\ pc[r] = "StartRead_CheckSeq" /\ pc'[r] = "StartRead_RcuUnlock" =>
         rseq[r] = mm_lock_seq[rmm[r]]
    /\ pc[r] = "StartRead_IncRef" /\ pc'[r] = "StartRead_RcuUnlock" =>
         vm_refcnt[rvma[r]] = 0 \/ vm_refcnt[rvma[r]] >= Limit
    /\ pc[r] = "StartRead_RecheckSeq" /\ pc'[r] = "StartRead_PutDec" =>
         vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]]
    /\ pc[r] = "Lookup_CheckRange" /\ pc'[r] = "Put_Dec" => vm_start[rvma[r]] # raddr[r]
\* Property: a reader is turned away by a mark, by a count that is 0 or full, or by another address;
\* however many are inside already.
RefusalOK == [][RefusalStep]_vars

--------------------------------------------------------------------------------
(* Safety: VmaRefcnt implements the abstract lock.  The mapping needs no history: what a task     *)
(* holds follows from where it is.  It says at which step each abstract act takes place:          *)
(*   ReadLock     StartRead_RecheckSeq finds no mark (the count is held: no writer can be past    *)
(*                its wait, so the mark that is not there now is not about to be relied on)       *)
(*   ReadUnlock   Put_Dec; a VMA of another mm, which Unstable_PutDec gives back, was never held  *)
(*   WriteLock    StartWrite_SetSeq, after the wait; until StartWrite_ClearFlag readers are kept  *)
(*                out by the flag, from then on by the mark                                       *)
(*   Attach       Attach_SetRefcnt          Detach      Detach_Dec                                *)
(*   GiveBack     Unmap_Free                UnlockAll   MmapUnlock_SeqEnd, MmapDowngrade_SeqEnd   *)

AbstractHolds(r) == pc[r] \in Validated \cup {"Put_Dec"}

Abstract == INSTANCE VmaLock WITH
  open   <- [m \in Mms |-> pc[m] \notin Outside],
  owner  <- [v \in Vmas |-> IF Attached(v) THEN vm_mm[v] ELSE Null],
  marked <- [m \in Mms |-> [v \in Vmas |-> WriteLocked(m, v)]],
  torn   <- [v \in Vmas |-> vm_data[v] = Torn],
  asked  <- [r \in Readers |-> IF AbstractHolds(r) THEN rmm[r] ELSE Null],
  held   <- [r \in Readers |-> IF AbstractHolds(r) THEN rvma[r] ELSE Null]

\* Property (I-01, I-02, I-08, I-11, I-12, I-13): every step is a step of the abstract lock
\* (VmaLock), or changes nothing of it.
Implements == Abstract!Spec

--------------------------------------------------------------------------------
(* Liveness.  A task goes on with what it has begun; nobody has to begin anything: a reader may   *)
(* never fault again, a writer may stay in a section, or out of one, for ever.                    *)

ReaderGoesOn(r) == pc[r] # "Reader_Idle" /\ ReaderStep(r)
WriterGoesOn(m) == pc[m] \notin {"Writer_Idle", "Writer_Section"} /\ WriterStep(m)

Fairness ==
  /\ \A r \in Readers : WF_vars(ReaderGoesOn(r))
  /\ \A m \in Mms : WF_vars(WriterGoesOn(m))

FairSpec == Spec /\ Fairness

Reattaches(m) ==
  HandInTree(m) /\ pc[m] = "Writer_Detached" /\ pc'[m] = "Writer_Section"

WaitsForWriter(r) ==
  /\ pc[r] = "MmapRead_Lock"
  /\ \E m \in Mms : rmm[r] = m /\ (HasMmapLock(m) \/ \E n \in Mms : HasLockOf(n, m))

\* Property (L-01, L-04): a lookup, and the fault that it serves, ends if the tree stops changing,
\* and what is in it is not detached again and again; or it waits for mmap_lock, which a writer has.
LookupEnds ==
  \A r \in Readers :
    <>[][UNCHANGED tree /\ \A m \in Mms : ~Reattaches(m)]_vars
      => (pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle" \/ WaitsForWriter(r))

\* Property (L-02, L-03): a writer that waits for readers gets the VMA, even if others keep
\* arriving: the flag keeps them out.
DrainEnds ==
  \A m \in Mms :
    /\ pc[m] = "StartWrite_SetFlag"
         ~> pc[m] \in {"Writer_Locked", AtAttach, "Store_Tree", "Killed_ClearFlag"}
    /\ pc[m] = "Detach_SetFlag" ~> pc[m] = AfterDetach

\* Property (L-05): a sleeper with nothing left to wait for is woken.
SleepEnds ==
  \A m \in Mms :
    /\ pc[m] = "StartWrite_Sleep" /\ vm_refcnt[wvma[m]] = Excluding + 1
         ~> pc[m] # "StartWrite_Sleep"
    /\ pc[m] = "Detach_Sleep" /\ vm_refcnt[wvma[m]] = Excluding
         ~> pc[m] # "Detach_Sleep"

\* Property (L-06): every RCU section ends.
RcuEnds == \A r \in Readers : rcu[r] ~> ~rcu[r]

LeavesTree(m) == IF Chooses THEN IsUnmapped(m) ELSE pc[m] = "Unmap_ClearTree"

\* Property (L-07): what was unmapped is freed; the page of what was freed goes, or is used
\* again.
PageReturns ==
  /\ \A m \in Mms, v \in Vmas : LeavesTree(m) /\ wvma[m] = v ~> slab[v] # "used"
  /\ \A v \in Vmas : slab[v] = "free" ~> slab[v] # "free"

\* Refuted: the lookup always ends. It retries as long as it meets detached VMAs, and an mm that
\* unmaps and maps without end can arrange that for ever.
LookupAlwaysEnds == \A r \in Readers : pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle"

\* Refuted: a reader faults again as long as there is an mm: nobody has to.
FaultsAgain ==
  \A r \in Readers :
    pc[r] = "Reader_Idle" ~> pc[r] # "Reader_Idle" \/ \A m \in Mms : mm_count[m] = 0

\* Refuted: a section ends: its writer may do nothing more.
SectionEnds == \A m \in Mms : pc[m] = "Writer_Section" ~> pc[m] # "Writer_Section"

--------------------------------------------------------------------------------
(* What must be reachable: a lock that nobody ever gets keeps every promise above. *)

\* Possible: two readers use one VMA at once.
UsedByTwo ==
  \E r1, r2 \in Readers :
    r1 # r2 /\ rvma[r1] = rvma[r2] /\ pc[r1] = "Use_LoadData" /\ pc[r2] = "Use_LoadData"

\* Possible: a writer sleeps until the reader inside has left.
SleepsForReader ==
  \E m \in Mms, r \in Readers :
    pc[m] = "StartWrite_Sleep" /\ rvma[r] = wvma[m] /\ pc[r] = "Use_LoadData"

\* Possible: a writer that detaches a VMA sleeps until a reader has given its count back.
DetachSleeps == \E m \in Mms : pc[m] = "Detach_Sleep"

\* Possible: a VMA that is write-locked is changed, and is half done.
Modified == \E m \in Mms : pc[m] = "Modify_End" /\ vm_data[wvma[m]] = Torn

\* Possible: a reader is turned away by the second look at the sequence.
RefusedByRecheck == \E r \in Readers : pc[r] = "StartRead_PutDec"

\* Possible: a reader meets a detached VMA, and looks again.
LookedAgain == \E r \in Readers : pc[r] = "Lookup_RcuRelock"

\* Possible: a reader has counted a VMA that was recycled for another address of its mm.
RecycledHere ==
  \E r \in Readers : pc[r] = "Put_Dec" /\ vm_mm[rvma[r]] = rmm[r] /\ vm_start[rvma[r]] # raddr[r]

\* Possible: a reader has counted a VMA that was recycled for another mm.
RecycledThere == \E r \in Readers : pc[r] = "Unstable_PutDec"

\* Possible: a reader stays inside over the downgrade of another VMA's writer.
UsedOverDowngrade ==
  \E m \in Mms, r \in Readers : pc[m] = "Downgraded_Free" /\ pc[r] = "Use_LoadData"

\* Possible: an mm has exited, and its last user is a reader.
OutlivedByReader == \E m \in Mms : pc[m] = "Writer_Gone" /\ mm_count[m] > 0
================================================================================
