\* SPDX-FileCopyrightText: The Lockstep authors
\* SPDX-License-Identifier: MIT
-------------------------------- MODULE Mylock ---------------------------------
CONSTANTS Users, Boxes, Null, Variant
VARIABLES pc, at, held, data
vars == <<pc, at, held, data>>
Init == /\ pc = [u \in Users |-> "User_Idle"] /\ at = [u \in Users |-> Null]
        /\ held = [b \in Boxes |-> 0] /\ data = [b \in Boxes |-> 0]
Go(u, from, to) == pc[u] = from /\ pc' = [pc EXCEPT ![u] = to]

Trylock(u, b) ==
  /\ held' = [held EXCEPT ![b] = 1] /\ UNCHANGED data
  /\ IF held[b] = 0 \/ Variant = "no_look"
     THEN Go(u, "User_Idle", "Use_Load") /\ at' = [at EXCEPT ![u] = b]
     ELSE Go(u, "User_Idle", "User_Idle") /\ UNCHANGED at
Use_Load(u) == Go(u, "Use_Load", "Use_Store") /\ UNCHANGED <<at, held, data>>
Use_Store(u) ==
  Go(u, "Use_Store", "Unlock") /\ data' = [data EXCEPT ![at[u]] = 1] /\ UNCHANGED <<at, held>>
Unlock(u) == /\ Go(u, "Unlock", "User_Idle") /\ held' = [held EXCEPT ![at[u]] = 0]
             /\ at' = [at EXCEPT ![u] = Null] /\ UNCHANGED data
Next == \E u \in Users : Use_Load(u) \/ Use_Store(u) \/ Unlock(u) \/ \E b \in Boxes : Trylock(u, b)
Spec == Init /\ [][Next]_vars

\* Property: two users are never in one box.
AloneOK == \A u, v \in Users : u # v /\ at[u] # Null => at[u] # at[v]
================================================================================
