--------------------------- MODULE VmaCountInductive ---------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Why VmaCount is safe for any number of readers and VMAs of one mm.      *)
(***************************************************************************)
EXTENDS VmaCountProperties

Holders(v) == Readers1(v, Counted)

\* A reader has a VMA at hand.
Holding == Touching \cup Counted \cup {"StartRead_CheckSeq", "StartRead_Probe"}
\* A writer has.
Starting == {"StartWrite_CheckSeq", "StartWrite_Trylock", "StartWrite_SetBit"} \cup Waiting \cup
  Locking \cup {"Writer_Locked", "Modify_End"}
Unlinked == {"Writer_Unmapped", "Downgraded_Free"}
AtHand == Starting \cup Unlinked \cup {"Alloc_Init"}
Announced == (Waiting \ {"StartWrite_SetWaiter"}) \cup {"StartWrite_ClearWaiter"}
\* What the VMA of `m` was made with is not there yet.
Empty(v) == \E m \in Mms : Has(m, v, {"Alloc_Init"})

Locals ==
  /\ \A r \in Readers :
       /\ IF pc[r] = "Reader_Idle" THEN rmm[r] = Null ELSE rmm[r] \in Mms
       /\ pc[r] \in Holding => rvma[r] \in Vmas
       /\ pc[r] \notin Holding => rvma[r] = Null
       /\ pc[r] \in Seeking => rwake[r] \in Mms
       /\ pc[r] \in Waking => rtask[r] \in Mms
       /\ pc[r] = "StartRead_CheckSeq" => rseq[r] \in Int
       /\ pc[r] = "StartRead_Cas" => rcount[r] \in Int /\ rnext[r] = rcount[r] + 1
       /\ pc[r] = "StartRead_Cas" => rcount[r] >= 0 /\ rcount[r] < Limit
  /\ \A m \in Mms : IF pc[m] \in AtHand THEN wvma[m] \in Vmas ELSE wvma[m] = Null

IsWritten(v) ==
  /\ vm_count[v] \in Int /\ vm_mm[v] \in Mms /\ vm_lock_seq[v] \in Int
  /\ vm_data[v] \in {Torn, Whole}
\* Fields are there while the page is, once they are set.
Fields ==
  \A v \in Vmas :
    IF slab[v] = "none" \/ Empty(v)
    THEN vm_count[v] = Null /\ vm_mm[v] = Null /\ vm_lock_seq[v] = Null /\ vm_data[v] = Null
    ELSE IsWritten(v)
\* Of what a task has at hand they are there.
Written ==
  /\ \A r \in Readers : pc[r] \in Holding => IsWritten(rvma[r])
  /\ \A m \in Mms : pc[m] \in AtHand \ {"Alloc_Init"} => IsWritten(wvma[m])
Slabs == \A v \in Vmas : slab[v] \in {"none", "used", "free"}

\* A freed VMA waits for the sections that may have found it.
Grace ==
  /\ \A r \in Readers : rcu[r] <=> pc[r] \in InRcu
  /\ \A v \in Vmas, r \in Readers : grace[v][r] => rcu[r]
Pages ==
  /\ \A r \in Readers : pc[r] \in Holding =>
       /\ ~Empty(rvma[r])
       /\ slab[rvma[r]] = "used" \/ (slab[rvma[r]] = "free" /\ grace[rvma[r]][r])
  /\ \A m \in Mms : pc[m] \in AtHand => slab[wvma[m]] = "used"

\* The tree of the mm, and what its writer has at hand.
Tree ==
  /\ \A m \in Mms : tree[m] # Null => tree[m] \in Vmas /\ slab[tree[m]] = "used" /\ ~Empty(tree[m])
  /\ \A m \in Mms : pc[m] \in Starting => tree[m] \in {Null, wvma[m]}
  /\ \A m \in Mms : pc[m] \in Unlinked \cup {"Alloc_Init"} => tree[m] = Null
  /\ \A m \in Mms : pc[m] = "Modify_End" => tree[m] = wvma[m]

\* The counting equation; who has the lock for writing has it alone.
Count ==
  \A v \in Vmas :
    vm_count[v] # Null =>
      vm_count[v] =
        IF \E m \in Mms : Has(m, v, Locking) THEN -1
        ELSE Holders(v) + IF WaiterBit /\ \E m \in Mms : Has(m, v, Waiting) THEN Flag ELSE 0
Unheld == \A v \in Vmas : vm_count[v] = Null => Holders(v) = 0
\* Of what has left the tree only who is in a section may have something.
Left == \A r \in Readers, m \in Mms : pc[m] \in Unlinked /\ rvma[r] = wvma[m] => rcu[r]
Alone == \A m \in Mms : pc[m] \in Locking => Holders(wvma[m]) = 0
Room == \A v \in Vmas : Holders(v) <= Limit
\* Of those that are counted some are inside, and some have not looked at everything.
Within(v) == Readers1(v, Inside)
Passing(v) == Readers1(v, Counted \ Inside)
Parts == \A v \in Vmas : Within(v) + Passing(v) = Holders(v)

\* A mark is of a section of the past, or of this one.
Marks ==
  \A m \in Mms, v \in Vmas : vm_lock_seq[v] # Null =>
    /\ vm_lock_seq[v] <= mm_lock_seq[m]
    /\ pc[m] \in Outside => vm_lock_seq[v] < mm_lock_seq[m]
Numbers == \A m \in Mms : mm_lock_seq[m] >= 0
Marked1 ==
  \A m \in Mms :
    pc[m] \in Changing \cup {"Writer_Locked", "StartWrite_SetFree"} =>
      vm_lock_seq[wvma[m]] = mm_lock_seq[m]
\* What was seen unmarked under the count stays so; what was seen in the tree then does, too.
Unmarked ==
  \A r \in Readers : pc[r] \in Inside \cup {"Lookup_Rewalk"} =>
    vm_lock_seq[rvma[r]] # mm_lock_seq[rmm[r]]
Found == \A r \in Readers : pc[r] \in Inside => tree[rmm[r]] = rvma[r]
Half == \A v \in Vmas : vm_data[v] = Torn => \E m \in Mms : Has(m, v, {"Modify_End"})

\* A writer is announced exactly while it waits.
Wait ==
  \A m \in Mms :
    /\ writer_wait[m] = IF pc[m] \in Announced THEN m ELSE Null
    /\ pc[m] \notin Waiting \cup Finishing => task_state[m] = Running
    /\ pc[m] = "StartWrite_SetWaiter" => task_state[m] = Running
    /\ task_state[m] \in {Running, Sleeping}

Inductive ==
  /\ Locals
  /\ Slabs
  /\ Fields
  /\ Written
  /\ Grace
  /\ Pages
  /\ Tree
  /\ Left
  /\ Count
  /\ Unheld
  /\ Alone
  /\ Room
  /\ Parts
  /\ Numbers
  /\ Marks
  /\ Marked1
  /\ Unmarked
  /\ ExclOK
  /\ Found
  /\ Half
  /\ Wait
  /\ NoLostWake
  /\ LeakOK
================================================================================
