--------------------------------- MODULE Flags ---------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The flags of a box: 1, it is marked; 2, a lock, under which data        *)
(* counts; 4, it is dirty.                                                 *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Bits
CONSTANTS Workers, Boxes, Null, Variant
VARIABLES pc, at, now, next, flags, data
vars == <<pc, at, now, next, flags, data>>

Init == /\ pc = [w \in Workers |-> "Idle"]
        /\ at = [w \in Workers |-> Null]
        /\ now = [w \in Workers |-> Null] /\ next = [w \in Workers |-> Null]
        /\ flags = [b \in Boxes |-> 4]
        /\ data = [b \in Boxes |-> 0]
Go(w, from, to) == pc[w] = from /\ pc' = [pc EXCEPT ![w] = to]
Comes(w, b, to) == Go(w, "Idle", to) /\ at' = [at EXCEPT ![w] = b] /\ UNCHANGED data
Sees(w, n, then) == now' = [now EXCEPT ![w] = n] /\ next' = [next EXCEPT ![w] = then]
Keeps == UNCHANGED <<now, next>>
Sets(b, n) == flags' = [flags EXCEPT ![b] = n]

Mark(w, b) == /\ Variant # "mark_stores"
              /\ Comes(w, b, "Clean") /\ Sets(b, WithBit(flags[b], 1)) /\ Keeps
Mark_Load(w, b) == /\ Variant = "mark_stores"
                   /\ Comes(w, b, "Mark_Store") /\ Sees(w, flags[b], WithBit(flags[b], 1))
                   /\ UNCHANGED flags
Mark_Store(w) == /\ Go(w, "Mark_Store", "Clean")
                 /\ Sets(at[w], next[w]) /\ Sees(w, Null, Null) /\ UNCHANGED <<at, data>>
Clean(w) == /\ Go(w, "Clean", "Look")
            /\ Sets(at[w], WithoutBit(flags[at[w]], 4)) /\ Keeps /\ UNCHANGED <<at, data>>
\* Is it marked, and clean?
Look(w) == /\ Go(w, "Look", IF Odd(flags[at[w]]) THEN "Test" ELSE "Unmarked")
           /\ UNCHANGED <<at, now, next, flags, data>>
Test(w) == /\ Go(w, "Test", IF HasBit(flags[at[w]], 4) THEN "Dirty" ELSE "Marked")
           /\ UNCHANGED <<at, now, next, flags, data>>

Enter(w, b) == /\ Comes(w, b, IF HasBit(flags[b], 2) THEN "Busy" ELSE "Load")
               /\ Sets(b, WithBit(flags[b], 2)) /\ Keeps
Load(w) == /\ Go(w, "Load", "Store")
           /\ Sees(w, data[at[w]], data[at[w]] + 1) /\ UNCHANGED <<at, flags, data>>
Store(w) == /\ Go(w, "Store", "Leave")
            /\ data' = [data EXCEPT ![at[w]] = next[w]]
            /\ Sees(w, Null, Null) /\ UNCHANGED <<at, flags>>
Leave(w) ==
  LET lost == Variant = "by_masks" /\ ~HasBit(flags[at[w]], 2) IN
    /\ Go(w, "Leave", IF lost THEN "Lost" ELSE "Done")
    /\ Sets(at[w], IF Variant = "leave_stores" THEN 0 ELSE WithoutBit(flags[at[w]], 2))
    /\ Keeps /\ UNCHANGED <<at, data>>

Next == \E w \in Workers :
  \/ \E b \in Boxes : Mark(w, b) \/ Mark_Load(w, b) \/ Enter(w, b)
  \/ Mark_Store(w) \/ Clean(w) \/ Look(w) \/ Test(w) \/ Load(w) \/ Store(w) \/ Leave(w)
Spec == Init /\ [][Next]_vars

Added == {"Leave", "Done", "Lost"}
\* Property: who marks a box and cleans it finds it so.
MarkOK == \A w \in Workers : pc[w] \notin {"Unmarked", "Dirty"}
\* Property: who has added one under the lock is in the count.
DataOK == \A b \in Boxes : data[b] = Cardinality({w \in Workers : at[w] = b /\ pc[w] \in Added})
\* Property: who leaves had the lock.
LeaveOK == \A w \in Workers : pc[w] # "Lost"

(* Why it is so for any number of them. *)
Inside == {"Load", "Store", "Leave"}
Home == \A w \in Workers : pc[w] # "Idle" => at[w] \in Boxes
Marks == \A w \in Workers : pc[w] \in {"Clean", "Look", "Test", "Marked"} => Odd(flags[at[w]])
Cleans == \A w \in Workers : pc[w] \in {"Look", "Test", "Marked"} => ~HasBit(flags[at[w]], 4)
Held == \A w \in Workers : pc[w] \in Inside => HasBit(flags[at[w]], 2)
Alone == \A v, w \in Workers : pc[v] \in Inside /\ pc[w] \in Inside /\ at[v] = at[w] => v = w
Loaded == \A w \in Workers : pc[w] = "Store" => next[w] = data[at[w]] + 1
================================================================================
