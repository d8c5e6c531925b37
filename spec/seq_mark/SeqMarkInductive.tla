--------------------------- MODULE SeqMarkInductive ----------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Why SeqMark is safe for any number of readers, speculators and VMAs of  *)
(* one mm, whose number never wraps.                                       *)
(***************************************************************************)
EXTENDS SeqMark

ReadersIn(v) == Cardinality({r \in Readers : rvma[r] = v /\ pc[r] \in Holds})
WritersIn(v) == Cardinality({m \in Mms : wvma[m] = v /\ pc[m] \in Locking})

\* A local is Null exactly while it is dead.
AtHand ==
  Changing \cup Locking \cup {"StartWrite_Lock", "Writer_Locked", "Downgraded_Pgoff"}
Looking == {"Spec_LoadStart", "Spec_LoadPgoff", "Spec_Retry", "Spec_Use"}
Locals ==
  /\ \A r \in Readers :
       /\ IF pc[r] = "Reader_Idle" THEN rmm[r] = Null /\ rvma[r] = Null
                                   ELSE rmm[r] \in Mms /\ rvma[r] \in Vmas
       /\ pc[r] = "StartRead_CheckSeq" => rseq[r] \in Int
  /\ \A s \in Speculators :
       /\ IF pc[s] = "Spec_Idle" THEN smm[s] = Null /\ svma[s] = Null
                                 ELSE smm[s] \in Mms /\ svma[s] \in Vmas
       /\ pc[s] \in Looking \cup {"Spec_Again"} => sseq[s] \in Int
       /\ pc[s] \in Looking \ {"Spec_LoadStart"} => sstart[s] \in Int
       /\ pc[s] \in {"Spec_Retry", "Spec_Use"} => spgoff[s] \in Int
  /\ \A m \in Mms : IF pc[m] \in AtHand THEN wvma[m] \in Vmas ELSE wvma[m] = Null

\* The counting equation; and who has the lock for writing has it alone.
Count == \A v \in Vmas : vm_lock[v] = ReadersIn(v) - WritersIn(v)
Alone == \A m \in Mms : pc[m] \in Locking => vm_lock[wvma[m]] = -1

\* The number is odd while mmap_lock is write-locked; where the unlock alone counts, it is any.
Parity ==
  \A m \in Mms : CountsOnce \/ mm_lock_seq[m] % 2 = IF pc[m] \in Outside THEN 0 ELSE 1

\* A mark is of a section of the past, or of this one.
Marks ==
  \A m \in Mms, v \in Vmas :
    /\ vm_lock_seq[v] <= mm_lock_seq[m]
    /\ pc[m] \in Outside => vm_lock_seq[v] < mm_lock_seq[m]
\* What a writer has come by is marked.
Marked ==
  \A m \in Mms :
    pc[m] \in Changing \cup {"Writer_Locked", "StartWrite_Unlock"} =>
      vm_lock_seq[wvma[m]] = mm_lock_seq[m]
\* A VMA that was seen unmarked under its lock stays so until its reader has left.
Unmarked ==
  \A r \in Readers, m \in Mms : pc[r] \in Using => vm_lock_seq[rvma[r]] # mm_lock_seq[m]

\* The words of a VMA belong together, but for the one that a writer is at.
Together ==
  \A v \in Vmas :
    (\A m \in Mms : pc[m] \in Changing => wvma[m] # v) => vm_start[v] = vm_pgoff[v]
HalfChanged ==
  \A m \in Mms :
    /\ pc[m] = "Shrink_Pgoff" => vm_start[wvma[m]] = 1
    /\ pc[m] = "Expand_Pgoff" => vm_start[wvma[m]] = 0

\* A speculator began at an even number.  While that is the number still, what it has read is so.
Began ==
  \A s \in Speculators, m \in Mms :
    pc[s] \in Looking \ {"Spec_Use"} => sseq[s] % 2 = 0 /\ sseq[s] <= mm_lock_seq[m]
Read ==
  \A s \in Speculators, m \in Mms : sseq[s] = mm_lock_seq[m] =>
    /\ pc[s] \in {"Spec_LoadPgoff", "Spec_Retry"} => sstart[s] = vm_start[svma[s]]
    /\ pc[s] = "Spec_Retry" => spgoff[s] = vm_pgoff[svma[s]]
Used == \A s \in Speculators : pc[s] = "Spec_Use" => sstart[s] = spgoff[s]

Inductive ==
  /\ Locals
  /\ Count
  /\ Alone
  /\ Parity
  /\ Marks
  /\ Marked
  /\ Unmarked
  /\ Together
  /\ HalfChanged
  /\ Began
  /\ Read
  /\ Used
================================================================================
