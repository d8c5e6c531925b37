--------------------------------- MODULE Clock ---------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* A clock ticks for ever, and a mark follows it.  What time it is matters *)
(* to nobody: the VIEW shows whether the mark has followed.                *)
(***************************************************************************)
EXTENDS Integers
CONSTANTS Clocks, MaxTicks, Null, Variant
VARIABLES now, mark, pc
vars == <<now, mark, pc>>

Init == /\ now = [c \in Clocks |-> 0]
        /\ mark = [c \in Clocks |-> 0]
        /\ pc = [c \in Clocks |-> "Ticker_Idle"]
Tick(c) == /\ pc[c] = "Ticker_Idle" /\ (MaxTicks = 0 \/ now[c] < MaxTicks)
           /\ now' = [now EXCEPT ![c] = @ + 1]
           /\ pc' = [pc EXCEPT ![c] = "Follow"]
           /\ UNCHANGED mark
Follow(c) == /\ pc[c] = "Follow"
             /\ mark' = [mark EXCEPT ![c] = now[c]]
             /\ pc' = [pc EXCEPT ![c] = "Ticker_Idle"]
             /\ UNCHANGED now
Next == \E c \in Clocks : Tick(c) \/ Follow(c)
Spec == Init /\ [][Next]_vars

View == IF MaxTicks # 0 THEN vars
        ELSE LET n == now[CHOOSE c \in Clocks : TRUE] IN <<[c \in Clocks |-> mark[c] = n], pc>>

Still == \A c \in Clocks : mark'[c] = mark[c]
\* Refuted: the mark stays where it is.
MarkStays == [][Still]_vars
================================================================================
