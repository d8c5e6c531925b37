\* SPDX-FileCopyrightText: The Lockstep authors
\* SPDX-License-Identifier: MIT
-------------------------------- MODULE Seqlock --------------------------------
(* Two words that belong together, and a number that is odd while their writer  *)
(* changes them.  A reader takes no lock: it reads the number, the words, and   *)
(* the number again, and uses the words if it is the same and even.             *)
EXTENDS Integers
CONSTANTS Readers, Pairs, Null, Variant
VARIABLES pc, seq, first, second, at, begun, one, two
words == <<first, second>>
hands == <<at, begun, one, two>>
vars == <<pc, seq, words, hands>>

Init == /\ pc = [t \in Readers \cup Pairs |->
                   IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
        /\ seq = [p \in Pairs |-> 0]
        /\ first = [p \in Pairs |-> 0]
        /\ second = [p \in Pairs |-> 0]
        /\ at = [r \in Readers |-> Null]
        /\ begun = [r \in Readers |-> Null]
        /\ one = [r \in Readers |-> Null]
        /\ two = [r \in Readers |-> Null]
Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

\* The writer of a pair.
Write_Begin(p) == /\ Go(p, "Writer_Idle", "Write_First")
                  /\ seq' = [seq EXCEPT ![p] = @ + 1]
                  /\ UNCHANGED <<words, hands>>
Write_First(p) == /\ Go(p, "Write_First", "Write_Second")
                  /\ first' = [first EXCEPT ![p] = 1]
                  /\ UNCHANGED <<seq, second, hands>>
Write_Second(p) == /\ Go(p, "Write_Second", "Write_End")
                   /\ second' = [second EXCEPT ![p] = 1]
                   /\ UNCHANGED <<seq, first, hands>>
Write_End(p) == /\ Go(p, "Write_End", "Writer_Done")
                /\ seq' = [seq EXCEPT ![p] = @ + 1]
                /\ UNCHANGED <<words, hands>>

\* A reader.
Forget(r) == /\ at' = [at EXCEPT ![r] = Null]
             /\ begun' = [begun EXCEPT ![r] = Null]
             /\ one' = [one EXCEPT ![r] = Null]
             /\ two' = [two EXCEPT ![r] = Null]
Read_Begin(r, p) == /\ UNCHANGED <<seq, words, one, two>>
                    /\ IF seq[p] % 2 = 0 THEN /\ Go(r, "Reader_Idle", "Read_First")
                                              /\ at' = [at EXCEPT ![r] = p]
                                              /\ begun' = [begun EXCEPT ![r] = seq[p]]
                                         ELSE /\ Go(r, "Reader_Idle", "Reader_Idle")
                                              /\ UNCHANGED <<at, begun>>
Read_First(r) == /\ Go(r, "Read_First", "Read_Second")
                 /\ one' = [one EXCEPT ![r] = first[at[r]]]
                 /\ UNCHANGED <<seq, words, at, begun, two>>
Read_Second(r) == /\ Go(r, "Read_Second", IF Variant = "no_check" THEN "Read_Use" ELSE "Read_Check")
                  /\ two' = [two EXCEPT ![r] = second[at[r]]]
                  /\ UNCHANGED <<seq, words, at, begun, one>>
Read_Check(r) == /\ pc[r] = "Read_Check" /\ UNCHANGED <<seq, words>>
                 /\ IF seq[at[r]] = begun[r] THEN Go(r, "Read_Check", "Read_Use") /\ UNCHANGED hands
                                             ELSE Go(r, "Read_Check", "Reader_Idle") /\ Forget(r)
Read_Use(r) == Go(r, "Read_Use", "Reader_Idle") /\ Forget(r) /\ UNCHANGED <<seq, words>>

Next == \/ \E r \in Readers : \/ Read_First(r) \/ Read_Second(r) \/ Read_Check(r) \/ Read_Use(r)
                              \/ \E p \in Pairs : Read_Begin(r, p)
        \/ \E p \in Pairs : Write_Begin(p) \/ Write_First(p) \/ Write_Second(p) \/ Write_End(p)
Spec == Init /\ [][Next]_vars

\* Property: what a reader uses is a pair: both words old, or both new.
ReadOK == \A r \in Readers : pc[r] = "Read_Use" => one[r] = two[r]

\* Possible: a reader has an old word and a new one in its hands. Else there is nothing to check.
Torn == \E r \in Readers : pc[r] = "Read_Check" /\ one[r] # two[r]

\* Possible: a reader uses what the writer has written.
UsesNew == \E r \in Readers : pc[r] = "Read_Use" /\ one[r] = 1
================================================================================
