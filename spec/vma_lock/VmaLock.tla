-------------------------------- MODULE VmaLock --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The abstract per-VMA lock: what every generation of it promises.  No    *)
(* reader is inside a VMA while a writer changes it, and one act releases  *)
(* all the write marks of an address space.  No counter, no sequence, no   *)
(* waiting: how a promise is kept is the business of what implements it.   *)
(* Source: Suren Baghdasaryan, "Per-VMA locks", January 2023.              *)
(***************************************************************************)
CONSTANTS
  Readers,  \* tasks that take page faults
  Vmas,
  Mms,      \* address spaces; mmap_lock makes the writers of one a single task
  None      \* no address space, no lock

VARIABLES
  open,     \* the address spaces whose mmap_lock is write-locked
  owner,    \* the address space that each VMA is attached to, or None
  marked,   \* for each address space: the VMAs that its writer has locked
  torn,     \* the VMAs that are half changed
  held      \* for each reader: the address space it asked for and the VMA it has locked, or None

vars == <<open, owner, marked, torn, held>>

TypeOK ==
  /\ open \in SUBSET Mms
  /\ owner \in [Vmas -> Mms \cup {None}]
  /\ marked \in [Mms -> SUBSET Vmas]
  /\ torn \in SUBSET Vmas
  /\ held \in [Readers -> (Mms \X Vmas) \cup {None}]

Init ==
  /\ open = {}
  /\ owner = [v \in Vmas |-> None]
  /\ marked = [m \in Mms |-> {}]
  /\ torn = {}
  /\ held = [r \in Readers |-> None]

--------------------------------------------------------------------------------
(* Readers. *)

Inside(v) == \E r \in Readers, m \in Mms : held[r] = <<m, v>>

ReadLock(r, m, v) ==
  /\ held[r] = None
  /\ owner[v] = m
  /\ v \notin marked[m]
  /\ held' = [held EXCEPT ![r] = <<m, v>>]
  /\ UNCHANGED <<open, owner, marked, torn>>

ReadUnlock(r) ==
  /\ held[r] # None
  /\ held' = [held EXCEPT ![r] = None]
  /\ UNCHANGED <<open, owner, marked, torn>>

--------------------------------------------------------------------------------
(* The writer of an address space.  A mark says "locked until the end of the section". *)

Begin(m) ==
  /\ m \notin open
  /\ open' = open \cup {m}
  /\ UNCHANGED <<owner, marked, torn, held>>

WriteLock(m, v) ==
  /\ m \in open
  /\ owner[v] \in {m, None}
  /\ \A n \in Mms \ {m} : v \notin marked[n]
  /\ ~Inside(v)
  /\ marked' = [marked EXCEPT ![m] = @ \cup {v}]
  /\ UNCHANGED <<open, owner, torn, held>>

Attach(m, v) ==
  /\ v \in marked[m]
  /\ owner[v] = None
  /\ owner' = [owner EXCEPT ![v] = m]
  /\ UNCHANGED <<open, marked, torn, held>>

BeginChange(m, v) ==
  /\ v \in marked[m]
  /\ torn' = torn \cup {v}
  /\ UNCHANGED <<open, owner, marked, held>>

EndChange(m, v) ==
  /\ v \in marked[m]
  /\ torn' = torn \ {v}
  /\ UNCHANGED <<open, owner, marked, held>>

Detach(m, v) ==
  /\ v \in marked[m]
  /\ owner[v] = m
  /\ owner' = [owner EXCEPT ![v] = None]
  /\ UNCHANGED <<open, marked, torn, held>>

\* A VMA that belongs to nobody is given back; its mark means nothing any more.
GiveBack(m, v) ==
  /\ v \in marked[m]
  /\ owner[v] = None
  /\ v \notin torn
  /\ marked' = [marked EXCEPT ![m] = @ \ {v}]
  /\ UNCHANGED <<open, owner, torn, held>>

\* mmap_lock is released, or downgraded: one act.
UnlockAll(m) ==
  /\ m \in open
  /\ torn \cap marked[m] = {}
  /\ open' = open \ {m}
  /\ marked' = [marked EXCEPT ![m] = {}]
  /\ UNCHANGED <<owner, torn, held>>

--------------------------------------------------------------------------------

Next ==
  \/ \E r \in Readers : ReadUnlock(r) \/ \E m \in Mms, v \in Vmas : ReadLock(r, m, v)
  \/ \E m \in Mms : Begin(m) \/ UnlockAll(m)
  \/ \E m \in Mms, v \in Vmas :
       \/ WriteLock(m, v) \/ Attach(m, v) \/ BeginChange(m, v) \/ EndChange(m, v)
       \/ Detach(m, v) \/ GiveBack(m, v)

Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
(* What follows, for whoever implements Spec. *)

\* I-01: no reader is inside a VMA that is write-locked, or half changed, or another's.
Exclusion ==
  \A r \in Readers, m \in Mms, v \in Vmas :
    held[r] = <<m, v>> => owner[v] = m /\ v \notin marked[m] /\ v \notin torn

\* I-12, I-28: marks live in a section only.  I-11: only what is marked is half changed.
Marks ==
  /\ \A m \in Mms : marked[m] # {} => m \in open
  /\ \A v \in torn : \E m \in Mms : v \in marked[m]
================================================================================
