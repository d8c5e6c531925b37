--------------------------- MODULE VmaRefcntInductive ---------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Why the lock is safe, for any number of readers, VMAs, addresses and    *)
(* address spaces: an invariant that every step keeps.  TLC checks it on   *)
(* small models; `lockstep prove vma_refcnt` reads this very text and      *)
(* shows with z3, from the reference's own code, that it is inductive and  *)
(* that the properties follow.  PROOF.md tells it as a story.              *)
(***************************************************************************)
EXTENDS VmaRefcntProperties

--------------------------------------------------------------------------------
(* Where a writer is with the VMA at hand. *)

\* It is new: no tree has it.
Fresh == Filling \cup {"Store_Tree", "Writer_New"}
  \cup (IF StoresFirst THEN {} ELSE {"Attach_SetRefcnt"})
\* It has left the tree.
Gone == {"Writer_Unmapped", "MmapDowngrade_Lock", "Downgraded_Free"}
  \cup (IF ClearsFirst THEN Leaving ELSE {})
\* It is in the tree, at the slot at hand.
Linked == Waiting
  \cup {"StartWrite_ClearFlag", "Writer_Locked", "Writer_Found", "Modify_End", "Brk_SetRefcnt",
        "Killed_ClearFlag"}
  \cup (IF ClearsFirst \/ Chooses THEN {} ELSE Leaving)
  \cup (IF StoresFirst THEN {"Attach_SetRefcnt"} ELSE {})
\* It is either, and the tree says which; new, or about to go.
Undecided == {"StartWrite_CheckSeq", "StartWrite_SetFlag", "StartWrite_SetSeq"}
Parting == IF Chooses THEN Leaving ELSE {}

\* No reader is inside, and none can come: the wait is over, or the count was 0.
Drained ==
  {"StartWrite_ClearWaiter", "StartWrite_Finish", "StartWrite_ClearFlag", "Detach_ClearWaiter",
   "Detach_Finish", "Detach_ClearFlag", "Unmap_ClearTree", "Writer_Unmapped", "Downgraded_Free",
   "Writer_New", "Brk_SetRefcnt", "Writer_Detached", "MmapDowngrade_Lock"}
  \cup (IF StoresFirst THEN {"Store_Tree", "Attach_SetRefcnt"} ELSE {})
\* Its count may be held although the tree does not have it.
Lone == {"Store_Tree"} \cup (IF ClearsFirst THEN Leaving ELSE Parting)
\* The VMA at hand is marked, and stays so for the rest of the section.
KeepsMark == Detaching \cup
  {"StartWrite_ClearFlag", "Writer_Locked", "Modify_End", "Detach_Dec", "Attach_SetRefcnt",
   "Store_Tree", "Writer_New", "Brk_SetRefcnt"}
\* The writer is announced.
Announced == (Waiting \cup WaitingDetached) \
  {"StartWrite_SetWaiter", "StartWrite_Finish", "Killed_Finish", "Detach_SetWaiter",
   "Detach_Finish"}

\* The fields of a new VMA are set one after the other.  At these places it is not yet set:
CountFirst == Is("dup_refcnt_first")
CountBetween == Is("dup_split_around_refcnt")
BeforeMm ==
  {"Alloc_Init", "Dup_CopyMm"}
    \cup (IF Chooses THEN ForkFilling ELSE {"Dup_CopyStart"})
    \cup (IF CountFirst THEN {"Dup_SetRefcnt"} ELSE {})
BeforeData == ForkCopying \cup
  {"Alloc_Init", "Dup_CopyStart", "Dup_CopyMm", "Dup_CopySeq", "Dup_CopyRefcnt", "Dup_CopyData"}
    \cup (IF CountFirst \/ CountBetween THEN {"Dup_SetRefcnt"} ELSE {})
Copying == BeforeData \ {"Alloc_Init"}
\* With an old VMA at hand beside the new one.  What the slot of a new one has:
Replacing == IF Chooses
             THEN {"Alloc_Init", "Alloc_SetSeq", "StartWrite_CheckSeq", "StartWrite_SetFlag",
                   "StartWrite_SetSeq", "Writer_New", "Brk_SetRefcnt", "Store_Tree"}
             ELSE {}
InPlace(m) == IF pc[m] \in Replacing THEN wsrc[m] ELSE Null
BeforeStart ==
  Filling \ ({"Alloc_SetSeq"} \cup (ForkFilling \ {"Fork_CopyMm", "Fork_CopyStart"}))
BeforeSeq ==
  Filling \ (IF CountFirst \/ CountBetween \/ Chooses
             THEN {"Dup_SetStart", "Fork_Unlock", "Fork_Drop", "Fork_SetMm"}
             ELSE {"Dup_SetRefcnt", "Dup_SetStart"})
BeforeRefcnt ==
  CASE CountFirst   -> {"Alloc_Init", "Dup_SetRefcnt"}
    [] CountBetween -> {"Alloc_Init", "Dup_CopyStart", "Dup_CopyMm", "Dup_CopySeq", "Dup_SetRefcnt"}
    [] Chooses      -> Filling \ {"Alloc_SetSeq", "Dup_SetSeq", "Dup_SetStart", "Fork_SetSeq",
                                  "Fork_Unlock", "Fork_Drop", "Fork_SetMm"}
    [] OTHER        -> Filling \ {"Alloc_SetSeq", "Dup_SetStart"}

\* v is the VMA that its own fields say it is.
AtHome(v) == vm_mm[v] \in Mms /\ vm_start[v] \in Slots /\ tree[vm_mm[v]][vm_start[v]] = v

\* The writer that has v at hand is the one of v's own mm; this says Attached(v) and Flagged(v)
\* without asking whether there is one.
InCount(v) ==
  \/ AtHome(v) /\ ~Has(vm_mm[v], v, Attaching \cup Detaching) /\ ~Replaced(vm_mm[v], v)
  \/ vm_mm[v] \in Mms /\ Has(vm_mm[v], v, {"Detach_Dec"})
  \/ vm_mm[v] \in Mms /\ ~StoresFirst /\ Has(vm_mm[v], v, {"Store_Tree"})
HasFlag(v) ==
  /\ vm_mm[v] \in Mms
  /\ \/ Has(vm_mm[v], v, {"StartWrite_ClearFlag", "Killed_ClearFlag", "Detach_ClearFlag"}
                          \cup Waiting \cup WaitingDetached)
     \/ Has(vm_mm[v], v, {"StartWrite_SetSeq"}) /\ wexcl[vm_mm[v]]

\* A reader has found v, and has not raised its count.
Looking == {"StartRead_LoadSeq", "StartRead_CheckSeq", "StartRead_IncRef"}
\* It has seen whose VMA it is, or that it was not marked.
Identified == Validated \cup {"Put_Dec"} \cup
  IF Is("mm_check_last") THEN {} ELSE {"StartRead_RecheckSeq", "StartRead_PutDec"}
\* It has seen that the VMA is another mm's, and holds its count.
Unstable == {"StartRead_RcuUnlockUnstable", "Unstable_Grab", "Unstable_PutDec"}
Rechecked == Validated \cup IF Is("mm_check_last") THEN {"StartRead_CheckMm"} ELSE {}

--------------------------------------------------------------------------------
(* The invariant, beside the properties that are part of it. *)

\* The counting equation: one for the tree, the flag for a writer that waits, one for each reader.
Count ==
  \A v \in Vmas :
    LET n == (IF InCount(v) THEN 1 ELSE 0) + (IF HasFlag(v) THEN Excluding ELSE 0) + Holders(v)
    IN /\ vm_refcnt[v] \in Int => slab[v] # "none" /\ vm_refcnt[v] = n
       /\ vm_refcnt[v] = Null => slab[v] # "free" /\ n = 0

\* The tree and the readers together never exceed the limit.
Bounded == \A v \in Vmas : (IF InCount(v) THEN 1 ELSE 0) + Holders(v) <= Limit

\* Writers are not in each other's way: a VMA is at hand of one of them at most, and what is in a
\* tree at hand of that tree's.
Own ==
  /\ \A m, n \in Mms : wvma[m] # Null /\ wvma[n] = wvma[m] => m = n
  /\ \A m, n \in Mms, s \in Slots : tree[m][s] # Null /\ wvma[n] = tree[m][s] => m = n

\* What is in a tree is in use, and is there alone: its own fields say where.
Tree ==
  \A m \in Mms, s \in Slots :
    LET v == tree[m][s] IN v # Null => slab[v] = "used" /\ vm_mm[v] = m /\ vm_start[v] = s

\* What a writer has at hand is in use, and in the tree or not, as the writer's place says.
Linking ==
  \A m \in Mms :
    /\ wvma[m] # Null => slab[wvma[m]] = "used"
    /\ pc[m] \in Linked => tree[m][wslot[m]] = wvma[m]
    /\ pc[m] \in Fresh => tree[m][wslot[m]] = InPlace(m)
    /\ pc[m] \in Forking => tree[m][wslot[m]] = Null
    /\ wfrom[m] # m
    /\ pc[m] \in Fresh \cup Gone => \A s \in Slots : tree[m][s] # wvma[m]
    /\ pc[m] \in Parting =>
         \/ tree[m][wslot[m]] = wvma[m]
         \/ /\ tree[m][wslot[m]] = Null
            /\ \A s \in Slots : tree[m][s] # wvma[m]
    /\ pc[m] \in Undecided =>
         \/ tree[m][wslot[m]] = wvma[m]
         \/ /\ tree[m][wslot[m]] = InPlace(m)
            /\ \A s \in Slots : tree[m][s] # wvma[m]
            /\ vm_lock_seq[wvma[m]] = NoSeq

\* What is in use, and at nobody's hand, is in the tree.
Resting ==
  \A v \in Vmas :
    slab[v] = "used" /\ (\A m \in Mms : wvma[m] # v /\ ~Replaced(m, v)) => AtHome(v)

\* The source of a copy is in the tree of the writer that copies it.
Source ==
  \A m \in Mms :
    /\ pc[m] \in Copying => wsrc[m] # Null
    /\ wsrc[m] # Null => pc[m] \in Copying \cup Replacing
    /\ wsrc[m] # Null => wsrc[m] # wvma[m]
    /\ wsrc[m] # Null => vm_mm[wsrc[m]] = IF pc[m] \in ForkCopying THEN wfrom[m] ELSE m
    /\ wsrc[m] # Null /\ pc[m] \in Copying => AtHome(wsrc[m])
    /\ pc[m] \in ForkCopying => vm_start[wsrc[m]] = wslot[m]

\* What MAP_FIXED replaces is detached, marked and at hand; in its slot until the new one is.
Replacement ==
  \A m \in Mms : pc[m] \in Replacing /\ wsrc[m] # Null =>
    LET v == wsrc[m] IN
      /\ slab[v] = "used" /\ vm_start[v] = wslot[m] /\ vm_data[v] = Whole
      /\ vm_refcnt[v] = 0 /\ Holders(v) = 0
      /\ vm_lock_seq[v] = mm_lock_seq[m]
      /\ \A n \in Mms : wvma[n] # v
      /\ pc[m] # "Brk_SetRefcnt" => tree[m][wslot[m]] = v
      /\ pc[m] = "Brk_SetRefcnt" => \A s \in Slots : tree[m][s] # v

\* Readers are excluded from the end of the wait to the end of the flag; of a new VMA, they need not be.
Excluded ==
  \A m \in Mms :
    /\ wexcl[m] => pc[m] \in {"StartWrite_SetSeq", "StartWrite_ClearFlag"}
    /\ pc[m] = "StartWrite_ClearFlag" => wexcl[m]
    /\ pc[m] = "StartWrite_SetSeq" =>
         (wexcl[m] <=> tree[m][wslot[m]] = wvma[m]) /\ Holders(wvma[m]) = 0

\* A new VMA has what its writer has set so far.
Filled ==
  \A m \in Mms : wvma[m] # Null =>
    LET v == wvma[m] IN
      /\ pc[m] \notin BeforeMm => vm_mm[v] = m
      /\ pc[m] \in ForkCopying \ {"Fork_CopyMm"} => vm_mm[v] = wfrom[m]
      /\ pc[m] \notin BeforeStart => vm_start[v] = wslot[m]
      /\ pc[m] \notin BeforeData \cup {"Modify_End"} => vm_data[v] = Whole
      /\ pc[m] = "Modify_End" => vm_data[v] = Torn
      /\ pc[m] \in Filling \ BeforeSeq => vm_lock_seq[v] = NoSeq
      /\ pc[m] \notin BeforeRefcnt => vm_refcnt[v] \in Int

\* A VMA of the tree is whole, unless its writer changes it.
Data ==
  \A m \in Mms, s \in Slots : tree[m][s] # Null /\ ~Has(m, tree[m][s], {"Modify_End"})
    => vm_data[tree[m][s]] = Whole

\* Numbers are of the past, or the present section's.
Numbers ==
  \A v \in Vmas : slab[v] = "used" /\ (\A m \in Mms : ~Has(m, v, Filling)) =>
    vm_mm[v] \in Mms /\ vm_lock_seq[v] \in Int /\ vm_lock_seq[v] <= mm_lock_seq[vm_mm[v]]

\* What has been marked in this section stays marked.
Marking == \A m \in Mms : pc[m] \in KeepsMark => vm_lock_seq[wvma[m]] = mm_lock_seq[m]

\* Who is counted, is counted in a VMA of the tree, or of one that will be there in a step.
Held ==
  \A v \in Vmas : Holders(v) > 0 => 
    AtHome(v) \/ (vm_mm[v] \in Mms /\ Has(vm_mm[v], v, Lone))

\* After the wait nobody is inside.
Alone ==
  \A m \in Mms :
    /\ pc[m] \in Drained => Holders(wvma[m]) = 0
    /\ pc[m] \in Undecided /\ tree[m][wslot[m]] # wvma[m] => Holders(wvma[m]) = 0

\* Who waits is announced, until it takes its name down.
Waiter ==
  \A m \in Mms :
    /\ pc[m] \in Announced => writer_wait[m] = m
    /\ pc[m] \in {"StartWrite_Finish", "Killed_Finish", "Detach_Finish"} => writer_wait[m] = Null

\* Whoever looks at a VMA found it in a tree, in the same section: its page is there until that
\* ends, and what it looks at was once written.
Looked ==
  \A r \in Readers : pc[r] \in Looking =>
    LET v == rvma[r] IN
      /\ slab[v] = "used" \/ (slab[v] = "free" /\ grace[v][r])
      /\ vm_mm[v] # Null /\ vm_lock_seq[v] # Null /\ vm_refcnt[v] # Null /\ vm_data[v] # Null

\* The identity that a reader has seen stays: it holds the count.
Identity ==
  \A r \in Readers :
    /\ pc[r] \in Identified => vm_mm[rvma[r]] = rmm[r]
    /\ pc[r] \in Unstable => vm_mm[rvma[r]] = rother[r]
    /\ pc[r] \in {"Use_LoadData", "MmapRead_Unlock"} => vm_start[rvma[r]] = raddr[r]

\* What is found under mmap_lock stays in the tree until that is given back.
Locked == \A r \in Readers : pc[r] = "ReadLocked_IncRef" => tree[rmm[r]][raddr[r]] = rvma[r]

\* An mm that exits has nothing mapped.
Unmapped == \A m \in Mms, s \in Slots : pc[m] \in Exited => tree[m][s] = Null

\* Whose writer is woken is the mm that the fault keeps, or the other one, which is kept as well.
Waken ==
  \A r \in Readers :
    /\ pc[r] \in {"StartRead_PutFindWaiter", "Put_FindWaiter"} => rwake[r] = rmm[r]
    /\ pc[r] = "Unstable_PutFindWaiter" => rwake[r] = rother[r]

\* So does the absence of a mark: the next one has a greater number, and waits for the reader.
Valid ==
  \A r \in Readers : pc[r] \in Rechecked /\ vm_mm[rvma[r]] = rmm[r] =>
    vm_lock_seq[rvma[r]] < mm_lock_seq[rmm[r]]

--------------------------------------------------------------------------------

Inductive ==
  /\ TypeOK
  /\ SectionOK
  /\ Count
  /\ Bounded
  /\ MarksOK
  /\ MmCountOK
  /\ MmapLockOK
  /\ RcuOK
  /\ WaitOK
  /\ NoLostWake
  /\ Own
  /\ Tree
  /\ Linking
  /\ Resting
  /\ Source
  /\ Replacement
  /\ Excluded
  /\ Filled
  /\ Data
  /\ Numbers
  /\ Marking
  /\ Held
  /\ Alone
  /\ Waiter
  /\ Looked
  /\ Identity
  /\ Locked
  /\ Unmapped
  /\ Waken
  /\ Valid
================================================================================
