-------------------------- MODULE VmaCountProperties ---------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What the lock of VmaCount promises.  README.md has the same in words.   *)
(***************************************************************************)
EXTENDS VmaCount

\* A reader is about to touch the VMA that it found.
Touching == {"StartRead_LoadSeq", "StartRead_Inc", "StartRead_CheckOverflow", "StartRead_LoadCount",
             "StartRead_Cas", "StartRead_RecheckSeq", "StartRead_PutDec", "Use_LoadData",
             "Put_Dec", "Put_LoadMm"}
\* It is inside, with every check behind it.
Inside == {"Lookup_RcuUnlock", "Use_LoadData", "Put_RcuLock", "Put_Dec"}
\* It is in the count.
Counted == Inside \cup
  {"StartRead_CheckOverflow", "StartRead_RecheckSeq", "Lookup_Rewalk", "StartRead_PutDec"}
\* It is in an RCU section.
InRcu == {"Lookup_Walk", "StartRead_LoadSeq", "StartRead_CheckSeq", "StartRead_Probe",
          "StartRead_Inc", "StartRead_CheckOverflow", "StartRead_LoadCount", "StartRead_Cas",
          "StartRead_RecheckSeq", "Lookup_Rewalk", "StartRead_PutDec", "StartRead_PutFindWaiter",
          "StartRead_PutWake", "Lookup_RcuUnlock", "Lookup_RcuUnlockFailed"} \cup
  IF InSection THEN {"Put_Dec", "Put_LoadMm", "Put_FindWaiter", "Put_Wake", "Put_RcuUnlock"}
  ELSE IF Is("put_after_section") THEN {"Put_LoadMm", "Put_FindWaiter", "Put_Wake", "Put_RcuUnlock"}
  ELSE {}
Seeking == {"StartRead_PutFindWaiter", "Put_FindWaiter"}
Waking == {"StartRead_PutWake", "Put_Wake"}

\* A writer waits, and the count says so; it has the lock.
Waiting == {"StartWrite_SetWaiter", "StartWrite_SetState", "StartWrite_Cas", "StartWrite_Sleep"}
Finishing == {"StartWrite_ClearWaiter", "StartWrite_Finish"}
Locking == Finishing \cup {"StartWrite_SetSeq", "StartWrite_SetFree"}
Changing == {"Modify_End", "Writer_Unmapped"}
Outside == {"Writer_Idle", "Downgraded_Free"}

Readers1(v, sites) == Cardinality({r \in Readers : rvma[r] = v /\ pc[r] \in sites})
Has(m, v, sites) == wvma[m] = v /\ pc[m] \in sites
InTree(v) == \E m \in Mms : tree[m] = v
Marked(m, v) == slab[v] = "used" /\ vm_lock_seq[v] = mm_lock_seq[m]

\* Property (I-09): the count is that of the readers, with the bit of a writer that waits, or -1 for
\* one that has the lock.
CountOK ==
  \A v \in Vmas : vm_count[v] # Null =>
    vm_count[v] =
      IF \E m \in Mms : Has(m, v, Locking) THEN -1
      ELSE Readers1(v, Counted)
           + IF WaiterBit /\ \E m \in Mms : Has(m, v, Waiting) THEN Flag ELSE 0

\* Property (I-09): no more readers are inside than the count can carry.
LimitOK == \A v \in Vmas : Readers1(v, Inside) <= Limit

\* Property (I-01, I-03): a VMA that a reader uses is in the tree and whole.
UseOK == \A r \in Readers : pc[r] = "Use_LoadData" => InTree(rvma[r]) /\ vm_data[rvma[r]] = Whole

\* Property (I-01, I-02): no reader is inside a VMA that its writer has locked.
ExclOK == \A r \in Readers, m \in Mms : pc[r] \in Inside => ~Marked(m, rvma[r])

\* Property (I-08, I-11, I-13): what a writer changes, links or unlinks is marked.
ChangeOK == \A m \in Mms : pc[m] \in Changing \cup {"Writer_Locked"} => Marked(m, wvma[m])

\* Property (I-12): no mark is left when mmap_lock is unlocked or downgraded.
MarkOK == \A m \in Mms, v \in Vmas : pc[m] \in Outside => ~Marked(m, v)

\* Property (I-05): what a reader touches has not gone.
PageOK == \A r \in Readers : pc[r] \in Touching => slab[rvma[r]] # "none"

\* Property (L-06): a reader is in an RCU section exactly where the protocol says so.
RcuOK == \A r \in Readers : rcu[r] <=> pc[r] \in InRcu

\* Property (I-16): a VMA in use is in the tree, unless the writer has it at hand.
LeakOK == \A v \in Vmas : slab[v] = "used" => InTree(v) \/ \E m \in Mms : wvma[m] = v

\* Property (L-05): a writer that sleeps although nobody is inside any more has a waker coming.
NoLostWake ==
  \A m \in Mms :
    pc[m] = "StartWrite_Sleep" /\ task_state[m] = Sleeping /\ vm_count[wvma[m]] = Waited
    => \E r \in Readers :
         \/ pc[r] \in Seeking /\ rwake[r] = m
         \/ pc[r] \in Waking /\ rtask[r] = m
         \/ pc[r] \in {"Put_RcuLock", "Put_LoadMm"} /\ rvma[r] = wvma[m]

\* Property: outside of a wait nobody is announced, and the writer runs.
WaitOK ==
  \A m \in Mms : pc[m] \notin Waiting \cup Finishing =>
    writer_wait[m] = Null /\ task_state[m] = Running

Stands == \A v \in Vmas : vm_count[v] # Null /\ vm_count[v] >= 0 /\ vm_lock_seq'[v] # Null =>
                            vm_lock_seq'[v] = vm_lock_seq[v]
\* Property (I-10): the mark of a VMA stands still but for who has its lock for writing.
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
    /\ pc[r] = "StartRead_Inc" /\ pc'[r] = "Lookup_RcuUnlockFailed" =>
         \/ \E m \in Mms : Has(m, rvma[r], Waiting \cup Locking)
         \/ Readers1(rvma[r], Counted) >= Limit
    /\ pc[r] = "StartRead_RecheckSeq" /\ pc'[r] = "StartRead_PutDec" =>
         vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]]
    /\ pc[r] = "Lookup_Rewalk" /\ pc'[r] = "StartRead_PutDec" => tree[rmm[r]] # rvma[r]
\* Property: a reader is turned away by a tree without a VMA, by a mark, by a writer that has the
\* lock or waits for it, by a count that is full, or by another VMA in the tree.
RefusalOK == [][RefusalStep]_vars

\* Where each act of the abstract lock takes place:
\*   ReadLock   Lookup_Rewalk finds the VMA still there; the count keeps its mark as it was
\*   ReadUnlock Put_Dec         WriteLock  StartWrite_SetSeq   GiveBack  Unmap_Free
\*   Attach     Store_Tree      Detach     Unmap_ClearTree
\*   UnlockAll  MmapUnlock_SeqEnd, MmapDowngrade_SeqEnd
Abstract == INSTANCE VmaLock WITH
  open   <- [m \in Mms |-> pc[m] \notin Outside],
  owner  <- [v \in Vmas |-> IF InTree(v) THEN vm_mm[v] ELSE Null],
  marked <- [m \in Mms |-> [v \in Vmas |-> Marked(m, v)]],
  torn   <- [v \in Vmas |-> vm_data[v] = Torn],
  asked  <- [r \in Readers |-> IF pc[r] \in Inside THEN rmm[r] ELSE Null],
  held   <- [r \in Readers |-> IF pc[r] \in Inside THEN rvma[r] ELSE Null]
\* Property (I-01, I-02, I-08, I-11, I-12, I-13): every step is a step of the abstract lock
\* (VmaLock), or changes nothing of it.
Implements == Abstract!Spec

\* Who has begun goes on; nobody has to begin, and a writer need not end its section.
Fairness ==
  /\ \A r \in Readers : WF_vars(ReaderGoesOn(r))
  /\ \A m \in Mms : WF_vars(WriterGoesOn(m))
FairSpec == Spec /\ Fairness

\* Property (L-01): a page fault ends, with the lock or without.
ReadEnds == \A r \in Readers : pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle"

\* Property (L-02, L-03): a writer that waits gets the lock, though readers keep coming.
WriterGets == \A m \in Mms : pc[m] = "StartWrite_SetWaiter" ~> pc[m] \in Finishing

\* Refuted: a section ends: its writer may do nothing more.
SectionEnds == \A m \in Mms : pc[m] = "Writer_Section" ~> pc[m] # "Writer_Section"

\* Possible: two readers use one VMA at once.
UsedByTwo ==
  \E r1, r2 \in Readers :
    r1 # r2 /\ rvma[r1] = rvma[r2] /\ pc[r1] = "Use_LoadData" /\ pc[r2] = "Use_LoadData"

\* Possible: a writer sleeps until the reader inside has left.
SleepsForReader ==
  \E m \in Mms, r \in Readers :
    pc[m] = "StartWrite_Sleep" /\ rvma[r] = wvma[m] /\ pc[r] = "Use_LoadData"

\* Possible: a VMA that is write-locked is half changed.
Modified == \E m \in Mms : pc[m] = "Modify_End" /\ vm_data[wvma[m]] = Torn

\* Possible: a reader gives its count back because it came too late.
GivesBack == \E r \in Readers : pc[r] = "StartRead_PutDec"

\* Possible: a reader looks at a VMA that has been freed.
LooksAtFreed == \E r \in Readers : pc[r] = "StartRead_RecheckSeq" /\ slab[rvma[r]] = "free"

\* Possible: a reader is inside while its mm has mmap_lock write-locked.
UsesInSection == \E r \in Readers, m \in Mms : pc[r] = "Use_LoadData" /\ pc[m] \notin Outside
================================================================================
