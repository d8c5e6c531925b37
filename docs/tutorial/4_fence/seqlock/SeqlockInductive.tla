\* SPDX-FileCopyrightText: The Lockstep authors
\* SPDX-License-Identifier: MIT
--------------------------- MODULE SeqlockInductive ----------------------------
(* Why the seqlock holds for any number of readers and of pairs.                *)
EXTENDS Seqlock

\* A reader's local is Null exactly while it is dead.
Hands ==
  \A r \in Readers :
    /\ IF pc[r] = "Reader_Idle" THEN at[r] = Null ELSE at[r] \in Pairs
    /\ pc[r] # "Reader_Idle" => begun[r] \in Int
    /\ pc[r] \in {"Read_Second", "Read_Check", "Read_Use"} => one[r] \in Int
    /\ pc[r] \in {"Read_Check", "Read_Use"} => two[r] \in Int

\* The number says where the writer is, and which words are new.
Number ==
  \A p \in Pairs :
    /\ seq[p] = CASE pc[p] = "Writer_Idle" -> 0 [] pc[p] = "Writer_Done" -> 2 [] OTHER -> 1
    /\ first[p] = IF pc[p] \in {"Writer_Idle", "Write_First"} THEN 0 ELSE 1
    /\ second[p] = IF pc[p] \in {"Write_End", "Writer_Done"} THEN 1 ELSE 0

\* A reader began at an even number.  While that is the number still, it has read what is there.
Began ==
  \A r \in Readers :
    pc[r] \in {"Read_First", "Read_Second", "Read_Check"} =>
      begun[r] % 2 = 0 /\ begun[r] <= seq[at[r]]
Same ==
  \A r \in Readers :
    /\ pc[r] \in {"Read_Second", "Read_Check"} /\ begun[r] = seq[at[r]] => one[r] = first[at[r]]
    /\ pc[r] = "Read_Check" /\ begun[r] = seq[at[r]] => two[r] = second[at[r]]
Used == \A r \in Readers : pc[r] = "Read_Use" => one[r] = two[r]

Inductive == Hands /\ Number /\ Began /\ Same /\ Used
================================================================================
