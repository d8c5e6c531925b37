-------------------------- MODULE VmaRwsemProperties ---------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What the lock of VmaRwsem promises.  README.md has the same in words.   *)
(***************************************************************************)
EXTENDS VmaRwsem

\* A reader has the lock.
Holds ==
  {"StartRead_SetOwner", "StartRead_RecheckSeq", "Lookup_Rewalk", "Lookup_RcuUnlock",
   "Use_LoadData", "TurnedAway_ClearReaderOwned", "TurnedAway_AddReturn", "EndRead_RcuLock",
   "EndRead_PreemptOff", "UpRead_ClearReaderOwned", "UpRead_AddReturn"}
\* It has lost it, and touches it still.
Tail ==
  {"TurnedAway_ClearNonspinnable", "TurnedAway_RwsemWake", "UpRead_ClearNonspinnable",
   "UpRead_RwsemWake"}
Waking == {"TurnedAway_WakeTask", "UpRead_WakeTask"}
\* Its attempt has succeeded.
Inside ==
  {"Lookup_RcuUnlock", "Use_LoadData", "EndRead_RcuLock", "EndRead_PreemptOff",
   "UpRead_ClearReaderOwned", "UpRead_AddReturn"}
\* It is in an RCU section: that of the lookup, or that around up_read().
InRcu ==
  Tail \cup Waking \cup
  {"Lookup_Walk", "StartRead_LoadSeq", "StartRead_CheckSeq", "StartRead_Trylock",
   "StartRead_SetOwner", "StartRead_RecheckSeq", "Lookup_Rewalk", "TurnedAway_ClearReaderOwned",
   "TurnedAway_AddReturn", "Lookup_RcuUnlock", "Lookup_RcuUnlockFailed",
   "UpRead_ClearReaderOwned", "UpRead_AddReturn", "EndRead_RcuUnlock", "EndRead_PreemptOn"}

\* A writer has the lock, and says so; has announced that it waits.
Draining ==
  {"Slowpath_DelWaiter", "Slowpath_SetRunning", "DownWrite_SetOwner", "StartWrite_SetSeq",
   "UpWrite_ClearOwner", "UpWrite_Dec"}
Owning == {"StartWrite_SetSeq", "UpWrite_ClearOwner"}
Announced == {"Slowpath_SetCurrentState", "Slowpath_TryWriteLock", "Slowpath_Schedule"}
Listed == Announced \cup {"Slowpath_SetWaiters", "Slowpath_DelWaiter"}
\* mmap_lock is not write-locked.
Outside == {"Writer_Idle", "Downgraded_FreeLock", "Downgraded_FreeVma"}
Copying == {"Dup_CopyLock", "Dup_CopyData", "Dup_SetSeq", "Writer_Copied", "Dup_SetLock"}

Marked(m, v) == slab[v] = "used" /\ vm_lock_seq[v] = mm_lock_seq[m]
Has(m, v, sites) == wvma[m] = v /\ pc[m] \in sites

--------------------------------------------------------------------------------

ReadersIn(l) == Cardinality({r \in Readers : rsem[r] = l /\ pc[r] \in Holds})
WritersIn(l) == Cardinality({m \in Mms : wsem[m] = l /\ pc[m] \in Draining})
WaitersIn(l) == Cardinality({m \in Mms : wsem[m] = l /\ pc[m] \in Announced})

\* Property (I-09): the count of a lock is its readers, its writer, and the flag of who waits.
CountOK ==
  \A l \in Locks : sem_count[l] # Null =>
    sem_count[l] = ReaderBias * ReadersIn(l) + WaitersBit * WaitersIn(l) + WriterBit * WritersIn(l)

\* Property: the hint says a writer while one has the lock, and says so, and at no other time.
OwnerOK ==
  \A l \in Locks :
    sem_owner[l] = AWriter <=> \E m \in Mms : wsem[m] = l /\ pc[m] \in Owning

\* Property: who is on the list of a lock waits for it, or has just got it.
WaiterOK ==
  \A l \in Locks, m \in Mms : sem_waiter[l] = m <=> wsem[m] = l /\ pc[m] \in Listed

\* Property (I-01): nobody changes a VMA that a reader uses.
ExclOK ==
  \A r \in Readers, m \in Mms :
    pc[r] \in Inside /\ pc[m] \in Draining \cup {"Modify_End", "Writer_Unmapped"}
      => rvma[r] # wvma[m]

\* Property (I-03, I-04): the VMA that a reader uses is in the tree, and whole.
UseOK ==
  \A r \in Readers : pc[r] = "Use_LoadData" =>
    tree[rmm[r]] = rvma[r] /\ vm_data[rvma[r]] \in {Whole, Contents}

\* Property (I-08, I-11, I-13): what a writer changes, maps or unmaps is marked.
ChangeOK ==
  \A m \in Mms : pc[m] \in {"Writer_Locked", "Modify_End", "Writer_Unmapped"} => Marked(m, wvma[m])

\* Property (I-12): no mark is left when mmap_lock is unlocked or downgraded.
MarkOK == \A m \in Mms, v \in Vmas : pc[m] \in Outside => ~Marked(m, v)

\* Property (I-05): the lock that a reader has lost is there for as long as up_read() touches it.
TailOK == \A r \in Readers : pc[r] \in Tail => slab[rsem[r]] # "none"

\* Property (I-05, I-06): what a reader has at hand has not gone, and so was not handed out anew;
\* what a writer has at hand nobody has freed.
PageOK ==
  /\ \A r \in Readers :
       /\ rvma[r] # Null => slab[rvma[r]] # "none"
       /\ rsem[r] # Null => slab[rsem[r]] # "none"
  /\ \A m \in Mms :
       /\ wvma[m] # Null => slab[wvma[m]] = "used"
       /\ wsem[m] # Null => slab[wsem[m]] = "used"
       /\ wsrc[m] # Null => slab[wsrc[m]] = "used"
       /\ wold[m] # Null => slab[wold[m]] = "used"

\* Property (L-06): a reader is in an RCU section from the lookup to its end and around up_read(),
\* and at no other time; the VMA is used outside.
RcuOK == \A r \in Readers : rcu[r] <=> pc[r] \in InRcu

\* Property (I-16): a VMA in use is in the tree, or a writer has it at hand; a lock is that of the
\* VMA in the tree, or a writer has it at hand.
LeakOK ==
  /\ \A v \in Vmas : slab[v] = "used" => \E m \in Mms : v \in {tree[m], wvma[m], wsrc[m]}
  /\ \A l \in Locks : slab[l] = "used" =>
       \E m \in Mms :
         l \in {wsem[m], wold[m]} \/ \E v \in Vmas : tree[m] = v /\ vm_lock[v] = l

Alias(v, w) ==
  v # w /\ slab[v] = "used" /\ slab[w] = "used" /\ vm_lock[v] = vm_lock[w] /\ vm_lock[v] # Null
\* Property: a VMA has a lock of its own; but for a copy that is being made, which nobody can find.
OwnLockOK ==
  /\ \A v, w \in Vmas : Alias(v, w) => \E m \in Mms : pc[m] \in Copying /\ wvma[m] \in {v, w}
  /\ \A m \in Mms : tree[m] # Null => slab[tree[m]] = "used" /\ slab[vm_lock[tree[m]]] = "used"

\* Property (I-33): a copy has the contents of its source.
CopyOK == \A m \in Mms : pc[m] = "Dup_FreeLock" => vm_data[wvma[m]] = vm_data[wsrc[m]]

\* Property (L-05): a writer that sleeps with nobody left to wait for has a waker coming.
NoLostWake ==
  \A m \in Mms :
    pc[m] = "Slowpath_Schedule" /\ task_state[m] = Sleeping /\ sem_count[wsem[m]] = WaitersBit
      => \E r \in Readers :
           \/ pc[r] \in Tail /\ rsem[r] = wsem[m]
           \/ pc[r] \in Waking /\ rtask[r] = m

\* Property: outside of a wait a writer runs.
RunsOK ==
  \A m \in Mms :
    task_state[m] = Sleeping =>
      pc[m] \in Announced \cup {"Slowpath_DelWaiter", "Slowpath_SetRunning"}

Stands ==
  \A r \in Readers :
    pc[r] \in Holds /\ pc'[r] \in Holds => vm_lock_seq'[rvma[r]] = vm_lock_seq[rvma[r]]
\* Property (I-10): the mark stands still while a reader has the lock.
MarkStands == [][Stands]_vars

Sections ==
  \A m \in Mms :
    /\ pc[m] \in Outside /\ pc'[m] \notin Outside => pc[m] = "Writer_Idle"
    /\ pc[m] \notin Outside /\ pc'[m] \in Outside => mm_lock_seq'[m] # mm_lock_seq[m]
\* Property: a write section begins where mmap_lock is free, not where it is downgraded; and it
\* ends with the release of its marks.
SectionOK == [][Sections]_vars

RefusalStep ==
  \A r \in Readers :
    /\ pc[r] = "Lookup_Walk" /\ pc'[r] = "Lookup_RcuUnlockFailed" => tree[rmm[r]] = Null
    /\ pc[r] = "StartRead_CheckSeq" /\ pc'[r] = "Lookup_RcuUnlockFailed" =>
         rseq[r] = mm_lock_seq[rmm[r]]
    /\ pc[r] = "StartRead_Trylock" /\ pc'[r] = "Lookup_RcuUnlockFailed" =>
         WritersIn(rsem[r]) + WaitersIn(rsem[r]) # 0
    /\ pc[r] = "StartRead_RecheckSeq" /\ pc'[r] = "TurnedAway_ClearReaderOwned" =>
         vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]]
    /\ pc[r] = "Lookup_Rewalk" /\ pc'[r] = "TurnedAway_ClearReaderOwned" =>
         tree[rmm[r]] # rvma[r]
\* Property: a reader is turned away by a tree without a VMA, by a mark, by a writer that has the
\* lock or waits for it, or by another VMA in the tree; however many are inside already.
RefusalOK == [][RefusalStep]_vars

--------------------------------------------------------------------------------
(* It implements the abstract lock.  ReadLock is the Lookup_Rewalk that finds the VMA: the lock  *)
(* is held, so nobody marks it.  ReadUnlock is UpRead_AddReturn, WriteLock StartWrite_SetSeq,    *)
(* Attach Store_Tree, Detach Unmap_ClearTree, GiveBack the free under a mark.                    *)

AbstractHolds(r) == pc[r] \in Inside
Abstract == INSTANCE VmaLock WITH
  open   <- [m \in Mms |-> pc[m] \notin Outside],
  owner  <- [v \in Vmas |-> IF \E m \in Mms : tree[m] = v THEN CHOOSE m \in Mms : tree[m] = v
                            ELSE Null],
  marked <- [m \in Mms |-> [v \in Vmas |-> Marked(m, v)]],
  torn   <- [v \in Vmas |-> vm_data[v] = Torn],
  asked  <- [r \in Readers |-> IF AbstractHolds(r) THEN rmm[r] ELSE Null],
  held   <- [r \in Readers |-> IF AbstractHolds(r) THEN rvma[r] ELSE Null]

\* Property (I-01, I-02, I-08, I-11, I-12, I-13): every step is a step of the abstract lock
\* (VmaLock), or changes nothing of it.
Implements == Abstract!Spec

--------------------------------------------------------------------------------

\* Who has begun goes on; a writer need not end its section.
Fairness ==
  /\ \A r \in Readers : WF_vars(ReaderGoesOn(r))
  /\ \A m \in Mms : WF_vars(WriterGoesOn(m))
FairSpec == Spec /\ Fairness

\* Property (L-01): an attempt to read a VMA ends; so does the use of it, tail and all.
ReadEnds == \A r \in Readers : pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle"

\* Property (L-02, L-03): a writer that waits gets the lock, whoever else comes.
DrainEnds == \A m \in Mms : pc[m] = "DownWrite_Trylock" ~> pc[m] = "Writer_Locked"

\* Property (L-07): what is freed goes.
PageReturns == \A o \in Objects : slab[o] = "free" ~> slab[o] # "free"

\* Refuted: a section ends: its writer may do nothing more.
SectionEnds == \A m \in Mms : pc[m] = "Writer_Section" ~> pc[m] # "Writer_Section"

--------------------------------------------------------------------------------

\* Possible: two readers use one VMA at once.
UsedByTwo ==
  \E r1, r2 \in Readers :
    r1 # r2 /\ rvma[r1] = rvma[r2] /\ pc[r1] = "Use_LoadData" /\ pc[r2] = "Use_LoadData"

\* Possible: a writer sleeps until the reader inside has left.
SleepsForReader ==
  \E m \in Mms, r \in Readers :
    pc[m] = "Slowpath_Schedule" /\ pc[r] = "Use_LoadData" /\ rsem[r] = wsem[m]

\* Possible: the writer has the lock, and the reader that has left is not done with it.
WinsBeforeTail ==
  \E m \in Mms, r \in Readers : pc[r] \in Tail /\ pc[m] = "StartWrite_SetSeq" /\ rsem[r] = wsem[m]

\* Possible: the lock is freed, and the reader that has left is not done with it.
FreedBeforeTail == \E r \in Readers : pc[r] \in Tail /\ slab[rsem[r]] = "free"

\* Possible: a reader has the lock, and is turned away by the mark.
TurnedAway ==
  \E r \in Readers :
    pc[r] = "TurnedAway_ClearReaderOwned" /\ vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]]

\* Possible: a reader has the lock of a VMA that is in the tree no more, nor marked.
MetIsolated ==
  \E r \in Readers :
    pc[r] = "TurnedAway_ClearReaderOwned" /\ tree[rmm[r]] # rvma[r]
      /\ vm_lock_seq[rvma[r]] # mm_lock_seq[rmm[r]]

\* Possible: a VMA is half changed, and a reader that has the lock is turned away from it.
RefusedTorn ==
  \E m \in Mms, r \in Readers :
    pc[r] = "TurnedAway_ClearReaderOwned" /\ rvma[r] = wvma[m] /\ pc[m] = "Modify_End"
      /\ vm_data[wvma[m]] = Torn

\* Possible: a VMA is copied whose contents have changed.
CopiesChanged == \E m \in Mms : pc[m] = "Dup_FreeLock" /\ vm_data[wsrc[m]] # Whole

\* Possible: for an instant a copy has the lock of its source.
Aliased == \E v, w \in Vmas : Alias(v, w)
================================================================================
