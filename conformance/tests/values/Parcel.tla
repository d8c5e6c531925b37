-------------------------------- MODULE Parcel --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Who gives puts something into a box.  Of those who come to take it one  *)
(* gets it; each who finds the box given counts itself.                    *)
(***************************************************************************)
EXTENDS Integers, FiniteSets
CONSTANTS Takers, Boxes, Null, Variant
VARIABLES pc, at, found, now, next, data, gift, seen
vars == <<pc, at, found, now, next, data, gift, seen>>

Init == /\ pc = [t \in Takers \cup Boxes |-> IF t \in Takers THEN "Taker_Idle" ELSE "Giver_Idle"]
        /\ at = [t \in Takers |-> Null]
        /\ found = [t \in Takers |-> Null]
        /\ now = [t \in Takers |-> Null] /\ next = [t \in Takers |-> Null]
        /\ data = [b \in Boxes |-> 0]
        /\ gift = [b \in Boxes |-> 0]
        /\ seen = [b \in Boxes |-> 0]
Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

Fill(b) == /\ Go(b, "Giver_Idle", "Give")
           /\ data' = [data EXCEPT ![b] = 1]
           /\ UNCHANGED <<at, found, now, next, gift, seen>>
Give(b) == /\ Go(b, "Give", "Gave")
           /\ gift' = [gift EXCEPT ![b] = 1]
           /\ UNCHANGED <<at, found, now, next, data, seen>>

After(n) == CASE n = 0 -> "Left" [] n = 1 -> "Open" [] OTHER -> "Late"
Finds(t, b) == /\ at' = [at EXCEPT ![t] = b]
               /\ found' = [found EXCEPT ![t] = gift[b]]
               /\ UNCHANGED <<now, next, data, seen>>
Take(t, b) ==
  /\ Variant # "take_stores"
  /\ Go(t, "Taker_Idle", After(gift[b]))
  /\ Finds(t, b)
  /\ IF gift[b] = 1 \/ Variant = "take_xchg" THEN gift' = [gift EXCEPT ![b] = 2]
                                             ELSE UNCHANGED gift
Take_Load(t, b) == /\ Variant = "take_stores"
                   /\ Go(t, "Taker_Idle", "Take_Store")
                   /\ Finds(t, b)
                   /\ UNCHANGED gift
Take_Store(t) == /\ Go(t, "Take_Store", After(found[t]))
                 /\ gift' = [gift EXCEPT ![at[t]] = 2]
                 /\ UNCHANGED <<at, found, now, next, data, seen>>
Open(t) == Go(t, "Open", "Count_Load") /\ UNCHANGED <<at, found, now, next, data, gift, seen>>
Late(t) == Go(t, "Late", "Count_Load") /\ UNCHANGED <<at, found, now, next, data, gift, seen>>

Sees(t, n) == now' = [now EXCEPT ![t] = n] /\ next' = [next EXCEPT ![t] = n + 1]
Counted(t) ==
  /\ seen' = [seen EXCEPT ![at[t]] = next[t]]
  /\ now' = [now EXCEPT ![t] = Null] /\ next' = [next EXCEPT ![t] = Null]
Count_Load(t) ==
  /\ Go(t, "Count_Load", IF Variant = "count_stores" THEN "Count_Store" ELSE "Count_Try")
  /\ Sees(t, seen[at[t]])
  /\ UNCHANGED <<at, found, data, gift, seen>>
Count_Try(t) ==
  LET same == seen[at[t]] = now[t] IN
    /\ Go(t, "Count_Try", IF same THEN "Took" ELSE "Count_Try")
    /\ IF same THEN Counted(t) ELSE Sees(t, seen[at[t]]) /\ UNCHANGED seen
    /\ UNCHANGED <<at, found, data, gift>>
Count_Store(t) ==
  Go(t, "Count_Store", "Took") /\ Counted(t) /\ UNCHANGED <<at, found, data, gift>>

Next == \/ \E b \in Boxes : Fill(b) \/ Give(b)
        \/ \E t \in Takers : \/ \E b \in Boxes : Take(t, b) \/ Take_Load(t, b)
                             \/ Take_Store(t) \/ Open(t) \/ Late(t)
                             \/ Count_Load(t) \/ Count_Try(t) \/ Count_Store(t)
Spec == Init /\ [][Next]_vars

\* Property: one gets what is in a box.
OneOK == \A t, u \in Takers : found[t] = 1 /\ found[u] = 1 /\ at[t] = at[u] => t = u
\* Property: each one who was there is counted.
SeenOK == \A b \in Boxes : seen[b] = Cardinality({t \in Takers : at[t] = b /\ pc[t] = "Took"})
\* Property: who opens a box finds something.
OpenOK == \A t \in Takers : pc[t] = "Open" => data[at[t]] = 1

(* Why it is so for any number of them. *)
Home == \A t \in Takers :
  IF pc[t] = "Taker_Idle" THEN at[t] = Null /\ found[t] = Null
  ELSE at[t] \in Boxes /\ (pc[t] \in {"Open", "Late", "Left"} => found[t] # Null)
Filled == \A b \in Boxes : data[b] = IF pc[b] = "Giver_Idle" THEN 0 ELSE 1
Mine == \A t \in Takers : found[t] = 1 => gift[at[t]] = 2 /\ pc[at[t]] = "Gave"
Opens == \A t \in Takers : pc[t] = "Open" => found[t] = 1
Counts == \A t \in Takers : pc[t] = "Count_Try" => now[t] \in Int /\ next[t] = now[t] + 1
Given == \A b \in Boxes : pc[b] # "Gave" => gift[b] = 0
================================================================================
