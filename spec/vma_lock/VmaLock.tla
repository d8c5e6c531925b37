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
  Null      \* no address space, no VMA

VARIABLES
  open,     \* for each address space: is its mmap_lock write-locked?
  owner,    \* the address space that each VMA is attached to, or Null
  marked,   \* for each address space and VMA: has its writer locked it?
  torn,     \* for each VMA: is it half changed?
  asked,    \* for each reader inside a VMA: the address space it asked for; else Null
  held      \* for each reader: the VMA it has locked, or Null

vars == <<open, owner, marked, torn, asked, held>>

\* Property: each variable is of its type.
TypeOK ==
  /\ open \in [Mms -> BOOLEAN]
  /\ owner \in [Vmas -> Mms \cup {Null}]
  /\ marked \in [Mms -> [Vmas -> BOOLEAN]]
  /\ torn \in [Vmas -> BOOLEAN]
  /\ asked \in [Readers -> Mms \cup {Null}]
  /\ held \in [Readers -> Vmas \cup {Null}]

Init ==
  /\ open = [m \in Mms |-> FALSE]
  /\ owner = [v \in Vmas |-> Null]
  /\ marked = [m \in Mms |-> [v \in Vmas |-> FALSE]]
  /\ torn = [v \in Vmas |-> FALSE]
  /\ asked = [r \in Readers |-> Null]
  /\ held = [r \in Readers |-> Null]

--------------------------------------------------------------------------------
(* Readers. *)

Inside(v) == \E r \in Readers : held[r] = v

ReadLock(r, m, v) ==
  /\ held[r] = Null
  /\ owner[v] = m
  /\ ~marked[m][v]
  /\ asked' = [asked EXCEPT ![r] = m]
  /\ held' = [held EXCEPT ![r] = v]
  /\ UNCHANGED <<open, owner, marked, torn>>

ReadUnlock(r) ==
  /\ held[r] # Null
  /\ asked' = [asked EXCEPT ![r] = Null]
  /\ held' = [held EXCEPT ![r] = Null]
  /\ UNCHANGED <<open, owner, marked, torn>>

--------------------------------------------------------------------------------
(* The writer of an address space.  A mark says "locked until the end of the section". *)

Begin(m) ==
  /\ ~open[m]
  /\ open' = [open EXCEPT ![m] = TRUE]
  /\ UNCHANGED <<owner, marked, torn, asked, held>>

WriteLock(m, v) ==
  /\ open[m]
  /\ owner[v] \in {m, Null}
  /\ \A n \in Mms : n # m => ~marked[n][v]
  /\ ~Inside(v)
  /\ marked' = [marked EXCEPT ![m][v] = TRUE]
  /\ UNCHANGED <<open, owner, torn, asked, held>>

Attach(m, v) ==
  /\ marked[m][v]
  /\ owner[v] = Null
  /\ owner' = [owner EXCEPT ![v] = m]
  /\ UNCHANGED <<open, marked, torn, asked, held>>

BeginChange(m, v) ==
  /\ marked[m][v]
  /\ torn' = [torn EXCEPT ![v] = TRUE]
  /\ UNCHANGED <<open, owner, marked, asked, held>>

EndChange(m, v) ==
  /\ marked[m][v]
  /\ torn' = [torn EXCEPT ![v] = FALSE]
  /\ UNCHANGED <<open, owner, marked, asked, held>>

Detach(m, v) ==
  /\ marked[m][v]
  /\ owner[v] = m
  /\ owner' = [owner EXCEPT ![v] = Null]
  /\ UNCHANGED <<open, marked, torn, asked, held>>

\* A VMA that belongs to nobody is given back; its mark means nothing any more.
GiveBack(m, v) ==
  /\ marked[m][v]
  /\ owner[v] = Null
  /\ ~torn[v]
  /\ marked' = [marked EXCEPT ![m][v] = FALSE]
  /\ UNCHANGED <<open, owner, torn, asked, held>>

\* mmap_lock is released, or downgraded: one act.
UnlockAll(m) ==
  /\ open[m]
  /\ \A v \in Vmas : ~(torn[v] /\ marked[m][v])
  /\ open' = [open EXCEPT ![m] = FALSE]
  /\ marked' = [marked EXCEPT ![m] = [v \in Vmas |-> FALSE]]
  /\ UNCHANGED <<owner, torn, asked, held>>

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

\* Property (I-01): no reader is inside a VMA that is write-locked, or half changed, or
\* another's.
Exclusion ==
  \A r \in Readers, v \in Vmas :
    held[r] = v => owner[v] = asked[r] /\ ~marked[asked[r]][v] /\ ~torn[v]

\* Property (I-11, I-12, I-28): marks live in a section only; only what is marked is half changed.
Marks ==
  /\ \A m \in Mms, v \in Vmas : marked[m][v] => open[m]
  /\ \A v \in Vmas : torn[v] => \E m \in Mms : marked[m][v]
================================================================================
