--------------------------- MODULE VmapLazyProperties ---------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What VmapLazy promises.                                                 *)
(***************************************************************************)
EXTENDS VmapLazy

\* Who has begun goes on; and there are callers that want to see nothing that was unmapped.
Fairness ==
  \A t \in Readers : WF_vars(GoesOn(t)) /\ SF_vars(\E k \in Vmaps : Aliases_Call(t, k))
FairSpec == Spec /\ Fairness

--------------------------------------------------------------------------------
(* Where a caller is. *)

\* It has an area at hand that it has not counted yet: its own, or that of a block.
Owns == {"Alloc_Init", "Caller_Mapped", "Free_Size", "Free_AddNr", "New_Init"}
\* It has purged a block, and not counted its area yet.
BlockUncounted ==
  {"Frag_Unlink", "Frag_RcuUnlock", "Frag_RcuUnlockEarly", "Frag_Area", "Frag_Size", "Frag_AddNr"}
\* It reads or writes an area: the one at hand, or one that its purge has taken.
TouchesArea == {"Free_Size", "Free_Link", "Frag_Size", "Frag_Link"}
TouchesNow == {"Purge_Next", "Purge_Free"}
TouchesAt == IF FlushesLate THEN {} ELSE {"Purge_Size", "Purge_Range"}
\* It reads or writes the block.
TouchesBlock ==
  {"Map_Take", "Map_Area", "Ram_Put", "Frag_Isolate", "Frag_DirtyArea", "Frag_Area", "Frag_CallRcu",
   "Frag_Free"}
\* It uses a page of the block.
Uses == {"Map_RcuUnlock", "Map_Area", "Ram_Unmap", "Ram_Put", "New_Publish"}
\* It is in its section.
Looking ==
  {"Map_Walk", "Map_Take", "Map_RcuUnlock", "Frag_Walk", "Frag_Isolate", "Frag_Unlink",
   "Frag_DirtyArea", "Frag_Flush", "Frag_RcuUnlock", "Frag_RcuUnlockEarly"}
\* It has purge_lock.
PurgesBlocks ==
  {"Frag_RcuLock", "Frag_Walk", "Frag_Isolate", "Frag_Unlink", "Frag_DirtyArea", "Frag_Flush",
   "Frag_RcuUnlock", "Frag_RcuUnlockEarly", "Frag_Area", "Frag_Size", "Frag_AddNr", "Frag_First",
   "Frag_Link", "Frag_Push", "Frag_CallRcu", "Frag_Free", "Frag_Unlock"}
PurgesList ==
  {"Purge_First", "Purge_Empty", "Purge_Take", "Purge_Size", "Purge_SubAll", "Purge_Range",
   "Purge_Flush", "Purge_Next", "Purge_Free", "Purge_Sub", "Purge_Unlock"}
Purging ==
  (IF Outside THEN {} ELSE PurgesBlocks) \cup (IF ListUnlocked THEN {} ELSE PurgesList)

--------------------------------------------------------------------------------
\* Property (I-30): an area that a caller reads or writes has not been given back.
AreaThere ==
  \A t \in Readers :
    /\ pc[t] \in TouchesArea => va_size[tva[t]] # Null
    /\ pc[t] \in TouchesAt => va_size[tat[t]] # Null
    /\ pc[t] \in TouchesNow => va_size[tnow[t]] # Null

\* It was freed lazily: neither its owner has it, nor a block.
Lazy(a) ==
  /\ slab[a] = "used"
  /\ \A t \in Readers : pc[t] \in Owns => tva[t] # a
  /\ \A b \in Blocks : slab[b] = "used" /\ vb_va[b] = a =>
       vb_used[b] = Purged /\ \A t \in Readers : tblock[t] = b => pc[t] \notin BlockUncounted
LazyAreas == Cardinality({a \in Areas : Lazy(a)})
Subtracting(k) == Cardinality({t \in Readers : tmap[t] = k /\ pc[t] = "Purge_Sub"})
\* Property (I-31): the counter has every page that was freed lazily, from before its area is on the
\* list until it has been given back; a purge that subtracts at once leaves those on the list.
CountOK ==
  \A k \in Vmaps :
    IF AtOnce THEN lazy_nr[k] <= LazyAreas /\ (purge_list[k] # Null => lazy_nr[k] > 0)
    ELSE lazy_nr[k] = LazyAreas + Subtracting(k)

\* Property (I-31): the counter is never negative.
NotNegative == \A k \in Vmaps : lazy_nr[k] >= 0

\* Property (P35): of an area that may be handed out no CPU sees anybody's pages.
FlushedOK == \A k \in Vmaps, a \in Areas : slab[a] = "none" => tlb[k][a] = Null

SyncReturns ==
  \A t \in Readers, k \in Vmaps, a \in Areas : tsync[t] /\ ~tsync'[t] => tlb[k][a] # t
\* Property (I-32): when a sync purge returns, no CPU sees what its caller has unmapped before.
SyncOK == [][SyncReturns]_vars

\* Property (I-05): a block that a caller reads or writes has not gone.
BlockThere == \A t \in Readers : pc[t] \in TouchesBlock => vb_used[tblock[t]] # Null

Pages(b) == Cardinality({t \in Readers : tblock[t] = b /\ pc[t] \in Uses})
\* Property (P35): a block counts the pages of it that are in use; one that is purged has none.
UsedOK ==
  \A b \in Blocks : vb_used[b] # Null =>
    vb_used[b] = Pages(b) \/ (vb_used[b] = Purged /\ Pages(b) = 0)

Purgers(k) == Cardinality({t \in Readers : tmap[t] = k /\ pc[t] \in Purging})
\* Property (P35): one caller purges at a time, and it has purge_lock.
LockOK == \A k \in Vmaps : purge_lock[k] = Purgers(k)

\* Property (L-06): a caller is in an RCU section exactly where the protocol says so.
RcuOK == \A t \in Readers : rcu[t] = (pc[t] \in Looking)

Listed(a) == Lazy(a) /\ \A t \in Readers : tva[t] # a
\* Property (L-09): an area that is on the list is given back, while there are callers that purge.
Returned == \A a \in Areas : Listed(a) ~> ~Listed(a)

\* Property (P35): a block that was purged goes.
BlockGoes == \A b \in Blocks : vb_used[b] = Purged ~> vb_used[b] # Purged

\* Possible: above the limit a caller purges, and finds that another has (S49).
NothingLeft ==
  \E t \in Readers : pc[t] = "Purge_Take" /\ ~tsync[t] /\ purge_list[tmap[t]] = Null

\* Possible: a caller that puts an area on the list finds that it has changed meanwhile.
Contended == \E t \in Readers : pc[t] = "Free_Push" /\ ~IsFirst(t)

\* Possible: a purge has two areas.
TakesTwo == \E t \in Readers : pc[t] = "Purge_Range" /\ purge_next[tat[t]] # Null

\* Possible: there is more than the limit, and nobody purges: who saw it found purge_lock taken
\* (L-09).
LeftOver == \E k \in Vmaps : lazy_nr[k] > Limit /\ \A t \in Readers : pc[t] = "Caller_Idle"

\* Possible: a CPU may see what is on the list, though it was unmapped.
StaleListed == \E k \in Vmaps, a \in Areas : Listed(a) /\ tlb[k][a] # Null

\* Possible: a CPU may see a page of a block, though all of them were unmapped.
StaleBlock == \E k \in Vmaps, b \in Blocks : vb_used[b] = 0 /\ tlb[k][vb_va[b]] # Null

\* Possible: a caller finds a block that has been freed.
FindsFreed == \E t \in Readers : pc[t] = "Map_Take" /\ slab[tblock[t]] = "free"

\* Possible: a purge flushes what was unmapped of a block that is in use.
FlushesInUse == \E t, u \in Readers : pc[t] = "Frag_Flush" /\ pc[u] = "Ram_Put"
================================================================================
