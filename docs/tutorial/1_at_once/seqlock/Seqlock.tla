\* SPDX-FileCopyrightText: The Lockstep authors
\* SPDX-License-Identifier: MIT
-------------------------------- MODULE Seqlock --------------------------------
(* Two words that belong together.  Their writer changes both; a reader wants   *)
(* both old or both new, and takes no lock.                                     *)
CONSTANTS Readers, Pairs, Null, Variant
VARIABLES pc, first, second, at, one, two
vars == <<pc, first, second, at, one, two>>

Init == /\ pc = [t \in Readers \cup Pairs |->
                   IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
        /\ first = [p \in Pairs |-> 0]
        /\ second = [p \in Pairs |-> 0]
        /\ at = [r \in Readers |-> Null]
        /\ one = [r \in Readers |-> Null]
        /\ two = [r \in Readers |-> Null]
Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

\* The writer of a pair.
Write(p) == /\ Go(p, "Writer_Idle", "Writer_Done")
            /\ first' = [first EXCEPT ![p] = 1]
            /\ second' = [second EXCEPT ![p] = 1]
            /\ UNCHANGED <<at, one, two>>

\* A reader.
Read(r, p) == /\ Go(r, "Reader_Idle", "Read_Use")
              /\ at' = [at EXCEPT ![r] = p]
              /\ one' = [one EXCEPT ![r] = first[p]]
              /\ two' = [two EXCEPT ![r] = second[p]]
              /\ UNCHANGED <<first, second>>
Read_Use(r) == /\ Go(r, "Read_Use", "Reader_Idle")
               /\ at' = [at EXCEPT ![r] = Null]
               /\ one' = [one EXCEPT ![r] = Null]
               /\ two' = [two EXCEPT ![r] = Null]
               /\ UNCHANGED <<first, second>>

Next == \/ \E r \in Readers : Read_Use(r) \/ \E p \in Pairs : Read(r, p)
        \/ \E p \in Pairs : Write(p)
Spec == Init /\ [][Next]_vars

\* Property: what a reader uses is a pair: both words old, or both new.
ReadOK == \A r \in Readers : pc[r] = "Read_Use" => one[r] = two[r]
================================================================================
