---------------------------------- MODULE Rcu ----------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* RCU: read-side sections, and who waits for those that are open.  What   *)
(* waits is an object that is freed when a grace period has passed, or a   *)
(* task in synchronize_rcu(); `waiting` is the set of both.  A section     *)
(* that begins later is waited for by nobody who waits already.            *)
(*                                                                         *)
(* Each operator says what becomes of rcu, of grace, or of both; a         *)
(* protocol's action has the rest.                                         *)
(***************************************************************************)
CONSTANT Readers     \* the tasks that enter sections
VARIABLES
  rcu,   \* of a reader: is it inside of a section?
  grace  \* of who waits, and a reader: must its section end first?

NoSections == [r \in Readers |-> FALSE]
RcuInit(waiting) == rcu = NoSections /\ grace = [w \in waiting |-> NoSections]

\* rcu_read_lock(), of rcu alone.
RcuLock(r) == rcu' = [rcu EXCEPT ![r] = TRUE]
\* rcu_read_unlock()
Without(r, w) == [grace[w] EXCEPT ![r] = FALSE]
RcuUnlock(r, waiting) ==
  /\ rcu' = [rcu EXCEPT ![r] = FALSE]
  /\ grace' = [w \in waiting |-> Without(r, w)]

\* synchronize_rcu(), of grace alone: it begins, and may end.  call_rcu() begins alike.
GraceBegins(w) == grace' = [grace EXCEPT ![w] = rcu]
GraceIsOver(w) == \A r \in Readers : ~grace[w][r]
================================================================================
