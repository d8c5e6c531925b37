-------------------------------- MODULE Account --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Each worker adds one to an account, by a load and a store, under the    *)
(* account's lock.                                                         *)
(***************************************************************************)
EXTENDS Integers, FiniteSets
CONSTANTS Workers, Boxes, Modulus, Null, Variant
VARIABLES pc, at, now, next, lock, other, data
vars == <<pc, at, now, next, lock, other, data>>

Init == /\ pc = [w \in Workers |-> "Idle"]
        /\ at = [w \in Workers |-> Null]
        /\ now = [w \in Workers |-> Null] /\ next = [w \in Workers |-> Null]
        /\ lock = [b \in Boxes |-> 0]
        /\ other = [b \in Boxes |-> 0]
        /\ data = [b \in Boxes |-> 0]
Go(w, from, to) == pc[w] = from /\ pc' = [pc EXCEPT ![w] = to]
Comes(w, b, to) ==
  Go(w, "Idle", to) /\ at' = [at EXCEPT ![w] = b] /\ UNCHANGED <<now, next, data>>
Takes(b) == lock[b] = 0 /\ lock' = [lock EXCEPT ![b] = 1] /\ UNCHANGED other
TakesOther(b) == other[b] = 0 /\ other' = [other EXCEPT ![b] = 1] /\ UNCHANGED lock
Locks == Variant \in {"holds", "mutex", "wheel"}
Tries == Variant \in {"tries", "try_ignored", "mutex_tries"}

Lock(w, b) ==
  Locks /\ Comes(w, b, IF Variant = "wheel" THEN "Turn" ELSE "Load") /\ Takes(b)
Trylock(w, b) ==
  /\ Tries
  /\ Comes(w, b, IF lock[b] = 0 \/ Variant = "try_ignored" THEN "Load" ELSE "GaveUp")
  /\ IF lock[b] = 0 THEN Takes(b) ELSE UNCHANGED <<lock, other>>
Lock_First(w, b) == Variant = "two_orders" /\ Comes(w, b, "Lock_Second") /\ Takes(b)
Other_First(w, b) == Variant = "two_orders" /\ Comes(w, b, "Other_Second") /\ TakesOther(b)
Lock_Second(w) ==
  Go(w, "Lock_Second", "Load") /\ TakesOther(at[w]) /\ UNCHANGED <<at, now, next, data>>
Other_Second(w) ==
  Go(w, "Other_Second", "Load") /\ Takes(at[w]) /\ UNCHANGED <<at, now, next, data>>

Loads(w, b) ==
  /\ now' = [now EXCEPT ![w] = data[b]] /\ next' = [next EXCEPT ![w] = data[b] + 1]
  /\ UNCHANGED <<lock, other, data>>
Load(w) == Go(w, "Load", "Store") /\ Loads(w, at[w]) /\ UNCHANGED at
Load_Bare(w, b) ==
  Variant = "no_lock" /\ Go(w, "Idle", "Store") /\ Loads(w, b) /\ at' = [at EXCEPT ![w] = b]
AfterStore ==
  CASE Variant = "no_lock" -> "Done" [] Variant = "two_orders" -> "Unlock_Other"
    [] OTHER -> "Unlock"
Store(w) == /\ Go(w, "Store", AfterStore)
            /\ data' = [data EXCEPT ![at[w]] = next[w]]
            /\ now' = [now EXCEPT ![w] = Null] /\ next' = [next EXCEPT ![w] = Null]
            /\ UNCHANGED <<at, lock, other>>
Turn(w) == /\ Go(w, "Turn", "Unlock")
           /\ data' = [data EXCEPT ![at[w]] = IF @ + 1 = Modulus - 1 THEN -1 ELSE @ + 1]
           /\ UNCHANGED <<at, now, next, lock, other>>
Unlock_Other(w) == /\ Go(w, "Unlock_Other", "Unlock")
                   /\ other' = [other EXCEPT ![at[w]] = 0]
                   /\ UNCHANGED <<at, now, next, lock, data>>
Unlock(w) == /\ Go(w, "Unlock", "Done")
             /\ lock' = [lock EXCEPT ![at[w]] = 0]
             /\ UNCHANGED <<at, now, next, other, data>>

Next == \E w \in Workers :
  \/ \E b \in Boxes : Lock(w, b) \/ Trylock(w, b) \/ Lock_First(w, b) \/ Other_First(w, b)
                      \/ Load_Bare(w, b)
  \/ Lock_Second(w) \/ Other_Second(w) \/ Store(w) \/ Unlock_Other(w) \/ Unlock(w)
  \/ Load(w) \/ Turn(w)
Spec == Init /\ [][Next]_vars

Added == {"Unlock_Other", "Unlock", "Done"}
Count(b) == Cardinality({w \in Workers : at[w] = b /\ pc[w] \in Added})
\* Property: who has added one is in the account.
DataOK == \A b \in Boxes : data[b] =
  IF Variant = "wheel" THEN ((Count(b) + 1) % Modulus) - 1 ELSE Count(b)
\* Property, which a wheel does not have: nothing is forgotten.
AllOK == \A b \in Boxes : data[b] = Count(b)

\* Property: a wheel has no more than so many values.
WheelOK == \A b \in Boxes : data[b] >= -1 /\ data[b] <= Modulus - 2

(* Why it is so for any number of them. *)
Inside == {"Load", "Store", "Turn", "Unlock"}
Home == \A w \in Workers : pc[w] \in Inside => at[w] \in Boxes
Held == \A w \in Workers : pc[w] \in Inside => lock[at[w]] = 1
Alone == \A v, w \in Workers : pc[v] \in Inside /\ pc[w] \in Inside /\ at[v] = at[w] => v = w
Loaded == \A w \in Workers : pc[w] = "Store" => next[w] = data[at[w]] + 1
================================================================================
