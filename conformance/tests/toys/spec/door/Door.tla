--------------------------------- MODULE Door ---------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Readers count themselves in at a door and leave by it.  Its owner       *)
(* closes it, and writes what is behind it once nobody is inside.          *)
(***************************************************************************)
EXTENDS Integers, FiniteSets
CONSTANTS Readers, Doors, Null, Variant
VARIABLES pc, at, users, open, data
vars == <<pc, at, users, open, data>>

Init == /\ pc = [t \in Readers \cup Doors |->
                   IF t \in Readers THEN "Reader_Idle" ELSE "Owner_Idle"]
        /\ at = [r \in Readers |-> Null]
        /\ users = [d \in Doors |-> 0]
        /\ open = [d \in Doors |-> 1]
        /\ data = [d \in Doors |-> 0]
Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

Enter(r, d) == /\ Go(r, "Reader_Idle", IF Variant = "no_look" THEN "Use" ELSE "Look")
               /\ at' = [at EXCEPT ![r] = d]
               /\ users' = [users EXCEPT ![d] = @ + 1]
               /\ UNCHANGED <<open, data>>
Look(t) == /\ UNCHANGED <<at, users, open, data>>
           /\ IF t \in Readers THEN Go(t, "Look", IF open[at[t]] = 1 THEN "Use" ELSE "Leave")
                               ELSE Go(t, "Owner_Idle", "Close")
Use(r) == Go(r, "Use", "Leave") /\ UNCHANGED <<at, users, open, data>>
Leave(r) == /\ Go(r, "Leave", "Reader_Idle")
            /\ users' = [users EXCEPT ![at[r]] = @ - 1]
            /\ at' = [at EXCEPT ![r] = Null]
            /\ UNCHANGED <<open, data>>

Close(d) == Go(d, "Close", "Drain") /\ open' = [open EXCEPT ![d] = 0] /\ UNCHANGED <<at, users, data>>
Drain(d) == Go(d, "Drain", "Write") /\ users[d] = 0 /\ UNCHANGED <<at, users, open, data>>
Write(d) == /\ Go(d, "Write", "Open")
            /\ data' = [data EXCEPT ![d] = 1]
            /\ UNCHANGED <<at, users, open>>
Open(d) == Go(d, "Open", "Owner_Idle") /\ open' = [open EXCEPT ![d] = 1] /\ UNCHANGED <<at, users, data>>

Next == \/ \E r \in Readers : Use(r) \/ Leave(r) \/ Look(r) \/ \E d \in Doors : Enter(r, d)
        \/ \E d \in Doors : Look(d) \/ Close(d) \/ Drain(d) \/ Write(d) \/ Open(d)
Spec == Init /\ [][Next]_vars

\* Who is inside goes on.
Fairness == \A r \in Readers : WF_vars(Look(r) \/ Use(r) \/ Leave(r))
FairSpec == Spec /\ Fairness

\* Property (I-01): once the owner is alone, nobody uses what is behind its door.
AloneOK ==
  \A r \in Readers, d \in Doors : pc[r] = "Use" /\ at[r] = d => pc[d] \notin {"Write", "Open"}

\* Property (I-02): the count is how many readers are inside.
UsersOK == \A d \in Doors : users[d] = Cardinality({r \in Readers : at[r] = d})

Closes == \A d \in Doors : open'[d] < open[d] => pc[d] = "Close"
\* Property: only its owner closes a door.
CloseOK == [][Closes]_vars

\* Property (L-01): who is inside leaves.
LeaveEnds == \A r \in Readers : at[r] # Null ~> at[r] = Null

\* Possible: two readers are inside while the owner waits for them.
BothInside == \E d \in Doors : pc[d] = "Drain" /\ users[d] = 2

\* Refuted: an owner that closes its door is alone in the end; readers come and go for ever.
AloneEnds == \A d \in Doors : pc[d] = "Drain" ~> pc[d] = "Write"
================================================================================
