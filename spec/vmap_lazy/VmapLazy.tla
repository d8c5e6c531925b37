-------------------------------- MODULE VmapLazy --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* How vmalloc frees lazily: an area is unmapped, counted, and put on a    *)
(* list without a lock.  A purge takes the whole list, flushes the TLB,    *)
(* and gives the areas back.  vm_map_ram() has pages of a block, which it  *)
(* finds under RCU; a purge also gives back the area of a block that       *)
(* nobody uses.                                                            *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/vmap_lazy.hpp).  pc holds the    *)
(* name of the site that a caller will perform next, or of the point where *)
(* it chooses one.  A local of a caller is Null while it is dead.          *)
(***************************************************************************)
EXTENDS Slab, Integers, FiniteSets

CONSTANTS
  Areas,    \* ranges of addresses: what was mapped there is called like it
  Blocks,   \* there is one, or none
  Vmaps,    \* the one address space of the kernel, with its lists
  Null,     \* no object, no value
  Limit,    \* with more pages that were freed lazily, who frees purges
  Variant   \* "holds", or the name of what is different (see README.md)

ASSUME Limit \in Nat /\ Cardinality(Vmaps) = 1 /\ Cardinality(Blocks) = 1

VARIABLES
  va_size, purge_next,   \* of an area: its pages, and the next on the list that it is on
  vb_va, vb_used,        \* of a block: its area, and how many of its pages are in use (-1: purged)
  vb_queue,              \* of the map: the block that pages are taken of
  lazy_nr,               \* pages that were freed lazily and have not been purged
  purge_list,            \* the first of the areas that were freed lazily
  purge_lock,            \* 1 while somebody purges
  tlb,                   \* of an area: whose pages a CPU may still see there, though unmapped
  pc,
  tmap, tva, tblock, tfirst, tsize, tnr,  \* a caller's: what it has at hand
  tsync, tlist, tat, tnow                 \* of its purge: is it sync? what it took; where it is

ofArea == <<va_size, purge_next>>
ofBlock == <<vb_va, vb_used>>
ofMap == <<vb_queue, lazy_nr, purge_list, purge_lock, tlb>>
sections == <<rcu, grace>>
locals == <<tmap, tva, tblock, tfirst, tsize, tnr, tsync, tlist, tat, tnow>>
vars == <<ofArea, ofBlock, ofMap, slab, sections, pc, locals>>

Is(variant) == Variant = variant
Purged == -1

--------------------------------------------------------------------------------
Nothings(set) == [x \in set |-> Null]
Init ==
  /\ RcuInit(Blocks) /\ SlabInit(Areas \cup Blocks)
  /\ va_size = Nothings(Areas) /\ purge_next = Nothings(Areas)
  /\ vb_va = Nothings(Blocks) /\ vb_used = Nothings(Blocks)
  /\ vb_queue = Nothings(Vmaps) /\ purge_list = Nothings(Vmaps)
  /\ lazy_nr = [k \in Vmaps |-> 0] /\ purge_lock = [k \in Vmaps |-> 0]
  /\ tlb = [k \in Vmaps |-> Nothings(Areas)]
  /\ pc = [t \in Readers |-> "Caller_Idle"]
  /\ tmap = Nothings(Readers) /\ tva = Nothings(Readers) /\ tblock = Nothings(Readers)
  /\ tfirst = Nothings(Readers) /\ tsize = Nothings(Readers) /\ tnr = Nothings(Readers)
  /\ tsync = [t \in Readers |-> FALSE] /\ tlist = Nothings(Readers) /\ tat = Nothings(Readers)
  /\ tnow = Nothings(Readers)

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]
Dead(local, t) == [local EXCEPT ![t] = Null]
\* The caller has done.
Ends(t) == tmap' = Dead(tmap, t)
\* In the middle of what it does.
OfCaller == <<slab, sections, locals>>

--------------------------------------------------------------------------------
(* An area: it is mapped, and freed lazily. *)

Alloc_Area(t, k, a) ==
  /\ Go(t, "Caller_Idle", "Alloc_Init")
  /\ MayAllocate(a)
  /\ AllocateKind(a)
  /\ tmap' = [tmap EXCEPT ![t] = k]
  /\ tva' = [tva EXCEPT ![t] = a]
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, sections, tblock, tfirst, tsize, tnr, tsync, tlist, tat,
                 tnow>>
Alloc_Init(t) ==
  /\ Go(t, "Alloc_Init", "Caller_Mapped")
  /\ va_size' = [va_size EXCEPT ![tva[t]] = 1]
  /\ UNCHANGED <<purge_next, ofBlock, ofMap, OfCaller>>

\* Whose pages are stale there: t's, or nobody's.
Stale(t, a, who) ==
  /\ tlb' = [tlb EXCEPT ![tmap[t]][a] = who]
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, lazy_nr, purge_list, purge_lock, slab, sections>>
Free_Unmap(t) ==
  /\ Go(t, "Caller_Mapped", "Free_Size")
  /\ Stale(t, tva[t], t)
  /\ UNCHANGED locals

\* free_vmap_area_noflush(): of an area by its owner, or of that of a purged block.
Counts(t, from, to) ==
  /\ Go(t, from, to)
  /\ tsize' = [tsize EXCEPT ![t] = va_size[tva[t]]]
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, slab, sections, tmap, tva, tblock, tfirst, tnr, tsync,
                 tlist, tat, tnow>>
Adds(t, from, to) ==
  /\ Go(t, from, to)
  /\ lazy_nr' = [lazy_nr EXCEPT ![tmap[t]] = @ + tsize[t]]
  /\ tsize' = Dead(tsize, t)
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, purge_list, purge_lock, tlb, slab, sections, tmap, tva,
                 tblock, tfirst, tsync, tlist, tat, tnow>>
LooksAtFirst(t, from, to) ==
  /\ Go(t, from, to)
  /\ tfirst' = [tfirst EXCEPT ![t] = purge_list[tmap[t]]]
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, slab, sections, tmap, tva, tblock, tsize, tnr, tsync,
                 tlist, tat, tnow>>
Links(t, from, to) ==
  /\ Go(t, from, to)
  /\ purge_next' = [purge_next EXCEPT ![tva[t]] = tfirst[t]]
  /\ UNCHANGED <<va_size, ofBlock, ofMap, OfCaller>>
\* Of the list and of the locals of the area.
IsFirst(t) == purge_list[tmap[t]] = tfirst[t]
Pushes(t) ==
  /\ purge_list' = IF IsFirst(t) THEN [purge_list EXCEPT ![tmap[t]] = tva[t]] ELSE purge_list
  /\ tva' = IF IsFirst(t) THEN Dead(tva, t) ELSE tva
  /\ tfirst' = Dead(tfirst, t)
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, lazy_nr, purge_lock, tlb, slab, sections, tblock, tsize,
                 tsync, tlist, tat, tnow>>

Free_Size(t) == Counts(t, "Free_Size", "Free_AddNr")
Free_AddNr(t) ==
  /\ Adds(t, "Free_AddNr", "Free_First")
  /\ tnr' = [tnr EXCEPT ![t] = lazy_nr[tmap[t]] + 1]
Free_First(t) == LooksAtFirst(t, "Free_First", "Free_Link")
Free_Link(t) == Links(t, "Free_Link", "Free_Push")
TooMany(t) == tnr[t] > Limit
Free_Push(t) ==
  /\ Go(t, "Free_Push", CASE ~IsFirst(t) -> "Free_First"
                          [] TooMany(t) -> "Try_Lock" [] OTHER -> "Caller_Idle")
  /\ Pushes(t)
  /\ tnr' = IF IsFirst(t) THEN Dead(tnr, t) ELSE tnr
  /\ IF IsFirst(t) /\ ~TooMany(t) THEN Ends(t) ELSE UNCHANGED tmap

--------------------------------------------------------------------------------
(* A page of a block, which is found under RCU. *)

OfRam == <<ofArea, ofMap, tfirst, tsize, tnr, tsync, tlist, tat, tnow>>
\* A block whose last grace period is over has no fields any more.
EndSection(t) ==
  LET goes(b) == GoesWith(t, b) IN
    /\ RcuUnlock(t, Blocks)
    /\ slab' = [o \in Areas \cup Blocks |->
                  IF o \in Blocks /\ goes(o) THEN "none" ELSE slab[o]]
    /\ vb_va' = [b \in Blocks |-> IF goes(b) THEN Null ELSE vb_va[b]]
    /\ vb_used' = [b \in Blocks |-> IF goes(b) THEN Null ELSE vb_used[b]]

Map_RcuLock(t, k) ==
  /\ Go(t, "Caller_Idle", "Map_Walk")
  /\ RcuLock(t)
  /\ tmap' = [tmap EXCEPT ![t] = k]
  /\ UNCHANGED <<OfRam, ofBlock, slab, grace, tva, tblock>>
Walks(t) == tblock' = [tblock EXCEPT ![t] = vb_queue[tmap[t]]]
Map_Walk(t) ==
  /\ Go(t, "Map_Walk", IF vb_queue[tmap[t]] = Null THEN "Map_RcuUnlock" ELSE "Map_Take")
  /\ Walks(t)
  /\ UNCHANGED <<OfRam, ofBlock, slab, sections, tmap, tva>>
\* One of its pages, unless it was purged; under the lock of the block.
Map_Take(t) ==
  LET gone == vb_used[tblock[t]] < 0 IN
    /\ Go(t, "Map_Take", "Map_RcuUnlock")
    /\ vb_used' = IF gone THEN vb_used ELSE [vb_used EXCEPT ![tblock[t]] = @ + 1]
    /\ tblock' = IF gone THEN Dead(tblock, t) ELSE tblock
    /\ UNCHANGED <<OfRam, vb_va, slab, sections, tmap, tva>>
Map_RcuUnlock(t) ==
  /\ Go(t, "Map_RcuUnlock", IF tblock[t] = Null THEN "Caller_Idle" ELSE "Map_Area")
  /\ EndSection(t)
  /\ IF tblock[t] = Null THEN Ends(t) ELSE UNCHANGED tmap
  /\ UNCHANGED <<OfRam, tva, tblock>>
Map_Area(t) ==
  /\ Go(t, "Map_Area", "Ram_Unmap")
  /\ tva' = [tva EXCEPT ![t] = vb_va[tblock[t]]]
  /\ UNCHANGED <<OfRam, ofBlock, slab, sections, tmap, tblock>>
Ram_Unmap(t) ==
  /\ Go(t, "Ram_Unmap", "Ram_Put")
  /\ Stale(t, tva[t], t)
  /\ UNCHANGED locals
Ram_Put(t) ==
  /\ Go(t, "Ram_Put", "Caller_Idle")
  /\ vb_used' = [vb_used EXCEPT ![tblock[t]] = @ - 1]
  /\ tva' = Dead(tva, t) /\ tblock' = Dead(tblock, t) /\ Ends(t)
  /\ UNCHANGED <<OfRam, vb_va, slab, sections>>

\* A new block, in an area of its own, and its first page.
New_Block(t, b) ==
  /\ Go(t, "Caller_Mapped", "New_Init")
  /\ MayAllocate(b)
  /\ Allocate(b)
  /\ tblock' = [tblock EXCEPT ![t] = b]
  /\ UNCHANGED <<OfRam, ofBlock, rcu, tmap, tva>>
New_Init(t) ==
  /\ Go(t, "New_Init", "New_Publish")
  /\ vb_va' = [vb_va EXCEPT ![tblock[t]] = tva[t]]
  /\ vb_used' = [vb_used EXCEPT ![tblock[t]] = 1]
  /\ UNCHANGED <<OfRam, slab, sections, tmap, tva, tblock>>
Queues(t, b) ==
  /\ vb_queue' = [vb_queue EXCEPT ![tmap[t]] = b]
  /\ UNCHANGED <<ofArea, ofBlock, lazy_nr, purge_list, purge_lock, tlb, OfCaller>>
New_Publish(t) == Go(t, "New_Publish", "Ram_Unmap") /\ Queues(t, tblock[t])

--------------------------------------------------------------------------------
(* A purge. *)

OfPurge == <<vb_queue, purge_list, rcu, grace, tva, tblock, tfirst, tnr>>
Locks(t, to) ==
  /\ purge_lock' = [purge_lock EXCEPT ![tmap[t]] = to]
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, lazy_nr, purge_list, tlb, slab, sections, tva, tblock,
                 tfirst, tsize, tnr, tlist, tat, tnow>>
\* Not sync.
Try_Lock(t) ==
  LET free == purge_lock[tmap[t]] = 0 IN
    /\ Go(t, "Try_Lock", IF free THEN "Purge_Take" ELSE "Caller_Idle")
    /\ Locks(t, 1)
    /\ IF free THEN UNCHANGED tmap ELSE Ends(t)
    /\ UNCHANGED tsync
\* Sync.
Purge_Lock(t, k) ==
  /\ Go(t, "Caller_Idle", "Frag_RcuLock")
  /\ purge_lock[k] = 0
  /\ purge_lock' = [purge_lock EXCEPT ![k] = 1]
  /\ tmap' = [tmap EXCEPT ![t] = k]
  /\ tsync' = [tsync EXCEPT ![t] = TRUE]
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, lazy_nr, purge_list, tlb, slab, sections, tva, tblock,
                 tfirst, tsize, tnr, tlist, tat, tnow>>

\* A block that nobody uses, or what was unmapped of one that somebody does.
OfFrag == <<ofArea, ofMap, tmap, tfirst, tsize, tnr, tsync, tlist, tat, tnow>>
Frag_RcuLock(t) ==
  /\ Go(t, "Frag_RcuLock", "Frag_Walk")
  /\ RcuLock(t)
  /\ UNCHANGED <<OfFrag, ofBlock, slab, grace, tva, tblock>>
Frag_Walk(t) ==
  /\ Go(t, "Frag_Walk", IF vb_queue[tmap[t]] = Null THEN "Frag_RcuUnlock" ELSE "Frag_Isolate")
  /\ Walks(t)
  /\ UNCHANGED <<OfFrag, ofBlock, slab, sections, tva>>
Frag_Isolate(t) ==
  LET unused == vb_used[tblock[t]] = 0 IN
    /\ Go(t, "Frag_Isolate", IF unused THEN "Frag_Unlink" ELSE "Frag_DirtyArea")
    /\ vb_used' = IF unused THEN [vb_used EXCEPT ![tblock[t]] = Purged] ELSE vb_used
    /\ UNCHANGED <<OfFrag, vb_va, slab, sections, tva, tblock>>
Frag_Unlink(t) == Go(t, "Frag_Unlink", "Frag_RcuUnlock") /\ Queues(t, Null)
Frag_DirtyArea(t) ==
  /\ Go(t, "Frag_DirtyArea", "Frag_Flush")
  /\ tva' = [tva EXCEPT ![t] = vb_va[tblock[t]]]
  /\ tblock' = Dead(tblock, t)
  /\ UNCHANGED <<OfFrag, ofBlock, slab, sections>>
Frag_Flush(t) ==
  /\ Go(t, "Frag_Flush", "Frag_RcuUnlock")
  /\ Stale(t, tva[t], Null)
  /\ tva' = Dead(tva, t)
  /\ UNCHANGED <<tmap, tblock, tfirst, tsize, tnr, tsync, tlist, tat, tnow>>
Frag_RcuUnlock(t) ==
  /\ Go(t, "Frag_RcuUnlock", IF tblock[t] = Null THEN "Purge_Take" ELSE "Frag_Area")
  /\ EndSection(t)
  /\ UNCHANGED <<OfFrag, tva, tblock>>
Frag_Area(t) ==
  /\ Go(t, "Frag_Area", "Frag_Size")
  /\ tva' = [tva EXCEPT ![t] = vb_va[tblock[t]]]
  /\ UNCHANGED <<OfFrag, ofBlock, slab, sections, tblock>>
Frag_Size(t) == Counts(t, "Frag_Size", "Frag_AddNr")
Frag_AddNr(t) == Adds(t, "Frag_AddNr", "Frag_First") /\ UNCHANGED tnr
Frag_First(t) == LooksAtFirst(t, "Frag_First", "Frag_Link")
Frag_Link(t) == Links(t, "Frag_Link", "Frag_Push")
Frag_Push(t) ==
  /\ Go(t, "Frag_Push", IF IsFirst(t) THEN "Frag_CallRcu" ELSE "Frag_First")
  /\ Pushes(t)
  /\ UNCHANGED <<tmap, tnr>>
Frag_CallRcu(t) ==
  LET left(field) == [field EXCEPT ![tblock[t]] = IF Stays THEN @ ELSE Null] IN
    /\ Go(t, "Frag_CallRcu", "Purge_Take")
    /\ Free(tblock[t])
    /\ vb_va' = left(vb_va) /\ vb_used' = left(vb_used)
    /\ tblock' = Dead(tblock, t)
    /\ UNCHANGED <<OfFrag, rcu, tva>>

\* llist_del_all()
Purge_Take(t) ==
  LET first == purge_list[tmap[t]] IN
    /\ Go(t, "Purge_Take", IF first = Null THEN "Purge_Unlock" ELSE "Purge_Flush")
    /\ purge_list' = [purge_list EXCEPT ![tmap[t]] = Null]
    /\ tlist' = [tlist EXCEPT ![t] = first]
    /\ tat' = [tat EXCEPT ![t] = first]
    /\ UNCHANGED <<ofArea, ofBlock, vb_queue, lazy_nr, purge_lock, tlb, slab, sections, tmap, tva,
                   tblock, tfirst, tsize, tnr, tsync, tnow>>
\* The TLB is flushed, area by area, and then each is given back.
Purge_Flush(t) ==
  LET next == purge_next[tat[t]] IN
    /\ Go(t, "Purge_Flush", IF next = Null THEN "Purge_Next" ELSE "Purge_Flush")
    /\ Stale(t, tat[t], Null)
    /\ tat' = [tat EXCEPT ![t] = next]
    /\ tnow' = IF next = Null THEN [tnow EXCEPT ![t] = tlist[t]] ELSE tnow
    /\ UNCHANGED <<tmap, tva, tblock, tfirst, tsize, tnr, tsync, tlist>>
Purge_Next(t) ==
  /\ Go(t, "Purge_Next", "Purge_Free")
  /\ tsize' = [tsize EXCEPT ![t] = va_size[tnow[t]]]
  /\ tlist' = [tlist EXCEPT ![t] = purge_next[tnow[t]]]
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, slab, sections, tmap, tva, tblock, tfirst, tnr, tsync, tat,
                 tnow>>
Purge_Free(t) ==
  /\ Go(t, "Purge_Free", "Purge_Sub")
  /\ FreeAtOnce(tnow[t])
  /\ va_size' = [va_size EXCEPT ![tnow[t]] = Null]
  /\ purge_next' = [purge_next EXCEPT ![tnow[t]] = Null]
  /\ tnow' = Dead(tnow, t)
  /\ UNCHANGED <<OfPurge, ofBlock, lazy_nr, purge_lock, tlb, tmap, tsize, tsync, tlist, tat>>
Purge_Sub(t) ==
  /\ Go(t, "Purge_Sub", IF tlist[t] = Null THEN "Purge_Unlock" ELSE "Purge_Next")
  /\ lazy_nr' = [lazy_nr EXCEPT ![tmap[t]] = @ - tsize[t]]
  /\ tsize' = Dead(tsize, t)
  /\ tnow' = [tnow EXCEPT ![t] = tlist[t]]
  /\ UNCHANGED <<OfPurge, ofArea, ofBlock, purge_lock, tlb, slab, tmap, tsync, tlist, tat>>
Purge_Unlock(t) ==
  /\ Go(t, "Purge_Unlock", "Caller_Idle")
  /\ Locks(t, 0)
  /\ tsync' = [tsync EXCEPT ![t] = FALSE]
  /\ Ends(t)

--------------------------------------------------------------------------------
FreeGoesOn(t) ==
  \/ Free_Size(t) \/ Free_AddNr(t) \/ Free_First(t) \/ Free_Link(t) \/ Free_Push(t)
  \/ Try_Lock(t)
RamGoesOn(t) ==
  \/ Map_Walk(t) \/ Map_Take(t) \/ Map_RcuUnlock(t) \/ Map_Area(t) \/ Ram_Unmap(t) \/ Ram_Put(t)
  \/ New_Init(t) \/ New_Publish(t)
PurgeGoesOn(t) ==
  \/ Frag_RcuLock(t) \/ Frag_Walk(t) \/ Frag_Isolate(t) \/ Frag_Unlink(t) \/ Frag_DirtyArea(t)
  \/ Frag_Flush(t) \/ Frag_RcuUnlock(t) \/ Frag_Area(t) \/ Frag_Size(t) \/ Frag_AddNr(t)
  \/ Frag_First(t) \/ Frag_Link(t) \/ Frag_Push(t) \/ Frag_CallRcu(t)
  \/ Purge_Take(t) \/ Purge_Flush(t) \/ Purge_Next(t) \/ Purge_Free(t) \/ Purge_Sub(t)
  \/ Purge_Unlock(t)
GoesOn(t) == Alloc_Init(t) \/ Free_Unmap(t) \/ FreeGoesOn(t) \/ RamGoesOn(t) \/ PurgeGoesOn(t)

Next ==
  \E t \in Readers :
    \/ GoesOn(t)
    \/ \E b \in Blocks : New_Block(t, b)
    \/ \E k \in Vmaps : Map_RcuLock(t, k) \/ Purge_Lock(t, k) \/ \E a \in Areas : Alloc_Area(t, k, a)
Spec == Init /\ [][Next]_vars

\* Who has begun goes on; and there are callers that want to see nothing that was unmapped.
Fairness ==
  \A t \in Readers : WF_vars(GoesOn(t)) /\ SF_vars(\E k \in Vmaps : Purge_Lock(t, k))
FairSpec == Spec /\ Fairness
================================================================================
