----------------------------- MODULE DoorInductive -----------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Why Door is safe for any number of readers and doors.                   *)
(***************************************************************************)
EXTENDS Door

Inside(d) == Cardinality({r \in Readers : at[r] = d})

Home == \A r \in Readers : IF pc[r] = "Reader_Idle" THEN at[r] = Null ELSE at[r] \in Doors
Count == \A d \in Doors : users[d] = Inside(d)
Closed == \A d \in Doors : open[d] = IF pc[d] \in {"Drain", "Write", "Open"} THEN 0 ELSE 1
Alone ==
  \A r \in Readers, d \in Doors : pc[r] = "Use" /\ at[r] = d => pc[d] \notin {"Write", "Open"}

Inductive == Home /\ Count /\ Closed /\ Alone
================================================================================
