------------------------------- MODULE Callbacks -------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* call_rcu() with callbacks that do more than free: a queue of rcu_heads  *)
(* on each CPU, under a lock, as where callbacks are offloaded.  A task of *)
(* the CPU sleeps until the queue has something, takes all of it, waits    *)
(* for one grace period, and makes one callback after another.  What is    *)
(* queued meanwhile waits for the next.  (reference/callbacks.hpp)         *)
(*                                                                         *)
(* An object is its rcu_head.  Each operator says what becomes of the      *)
(* variables of the queue, or of those that it names.                      *)
(***************************************************************************)
EXTENDS Rcu
VARIABLES
  cb_lock,     \* of a CPU: 1 while somebody has the lock of its queue
  cb_head,     \* the first object of the queue, and the last
  cb_tail,
  cb_pending,  \* 1 from the first object that is queued until all are taken
  rcu_next     \* of an object: the next in its queue

queue == <<cb_lock, cb_head, cb_tail, cb_pending>>
QueueInit(cpus, null) ==
  /\ cb_lock = [c \in cpus |-> 0] /\ cb_pending = [c \in cpus |-> 0]
  /\ cb_head = [c \in cpus |-> null] /\ cb_tail = [c \in cpus |-> null]

\* Whoever queues, and the CPU's task.
QueueLock(c) ==
  /\ cb_lock[c] = 0
  /\ cb_lock' = [cb_lock EXCEPT ![c] = 1]
  /\ UNCHANGED <<cb_head, cb_tail, cb_pending>>
QueueUnlock(c) ==
  cb_lock' = [cb_lock EXCEPT ![c] = 0] /\ UNCHANGED <<cb_head, cb_tail, cb_pending>>

\* The object is the only one, or stands behind the last; rcu_next too.
QueueFirst(c, o) ==
  /\ cb_head' = [cb_head EXCEPT ![c] = o]
  /\ cb_tail' = [cb_tail EXCEPT ![c] = o]
  /\ cb_pending' = [cb_pending EXCEPT ![c] = 1]
  /\ UNCHANGED <<cb_lock, rcu_next>>
QueueBehind(c, last, o) ==
  /\ rcu_next' = [rcu_next EXCEPT ![last] = o]
  /\ cb_tail' = [cb_tail EXCEPT ![c] = o]
  /\ UNCHANGED <<cb_lock, cb_head, cb_pending>>

\* The CPU's task takes all.
QueueTake(c, null) ==
  /\ cb_head' = [cb_head EXCEPT ![c] = null]
  /\ cb_tail' = [cb_tail EXCEPT ![c] = null]
  /\ cb_pending' = [cb_pending EXCEPT ![c] = 0]
  /\ UNCHANGED cb_lock
================================================================================
