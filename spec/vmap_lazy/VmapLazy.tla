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
  tsync, tlist, tat, trest, tnow  \* of its purge: is it sync? what it took, and where it is

ofArea == <<va_size, purge_next>>
ofBlock == <<vb_va, vb_used>>
ofMap == <<vb_queue, lazy_nr, purge_list, purge_lock, tlb>>
sections == <<rcu, grace>>
walk == <<tlist, tat, trest, tnow>>
locals == <<tmap, tva, tblock, tfirst, tsize, tnr, tsync, walk>>
vars == <<ofArea, ofBlock, ofMap, slab, sections, pc, locals>>

Purged == -1

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* Does who frees an area count it behind the list?  Does it read the counter once more?
AddsLate == Is("adds_after") \/ Is("adds_saved_after")
ReadsCounter == Is("barrier")
Purges(nr) == IF Is("limit_is_a_hint") THEN {TRUE, FALSE} ELSE {nr > Limit}
ToFree == IF Is("adds_after") THEN "Free_First" ELSE "Free_Size"
AfterSize == IF Is("adds_saved_after") THEN "Free_First" ELSE "Free_AddNr"
Blindly == Is("pushes_blindly")

\* The purge: who has its lock, and what it does under that.
ListUnlocked == Is("list_without_lock")
Outside == Is("blocks_outside_lock") \/ Is("blocks_unprotected")
AtOnce == Is("subtracts_at_once")
AfterFrag ==
  CASE Outside -> "Purge_Lock" [] ListUnlocked -> "Frag_Unlock"
    [] Is("takes_in_two") -> "Purge_First" [] OTHER -> "Purge_Take"
FlushesLate == Is("gives_back_first")
AfterFlush == IF Is("gives_back_nothing") THEN "Purge_Unlock" ELSE "Purge_Next"
ToGiveBack == CASE AtOnce -> "Purge_Size" [] FlushesLate -> "Purge_Next" [] OTHER -> "Purge_Range"

\* Blocks.
LeavesEarly == Is("blocks_unprotected")
UnlinksOutside == Is("unlinks_outside")
CountsLate == Is("block_counted_late")
ToFreeBlock ==
  CASE Is("block_freed_at_once") -> "Frag_Free" [] Is("block_kept") -> AfterFrag
    [] OTHER -> "Frag_CallRcu"

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
  /\ trest = Nothings(Readers) /\ tnow = Nothings(Readers)

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
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, sections, tblock, tfirst, tsize, tnr, tsync, walk>>
Alloc_Init(t) ==
  /\ Go(t, "Alloc_Init", "Caller_Mapped")
  /\ va_size' = [va_size EXCEPT ![tva[t]] = 1]
  /\ UNCHANGED <<purge_next, ofBlock, ofMap, OfCaller>>

\* Whose pages are stale there: t's, or nobody's.
Stale(t, a, who) ==
  /\ tlb' = [tlb EXCEPT ![tmap[t]][a] = who]
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, lazy_nr, purge_list, purge_lock, slab, sections>>
Free_Unmap(t) ==
  /\ Go(t, "Caller_Mapped", ToFree)
  /\ Stale(t, tva[t], t)
  /\ UNCHANGED locals

\* free_vmap_area_noflush(): of an area by its owner, or of that of a purged block.
Counts(t, from, to) ==
  /\ Go(t, from, to)
  /\ tsize' = [tsize EXCEPT ![t] = va_size[tva[t]]]
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, slab, sections, tmap, tva, tblock, tfirst, tnr, tsync,
                 walk>>
LooksAtFirst(t, from, to) ==
  /\ Go(t, from, to)
  /\ tfirst' = [tfirst EXCEPT ![t] = purge_list[tmap[t]]]
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, slab, sections, tmap, tva, tblock, tsize, tnr, tsync,
                 walk>>
Links(t, from, to) ==
  /\ Go(t, from, to)
  /\ purge_next' = [purge_next EXCEPT ![tva[t]] = tfirst[t]]
  /\ UNCHANGED <<va_size, ofBlock, ofMap, OfCaller>>
IsFirst(t) == Blindly \/ purge_list[tmap[t]] = tfirst[t]
Pushes(t) ==
  /\ purge_list' = IF IsFirst(t) THEN [purge_list EXCEPT ![tmap[t]] = tva[t]] ELSE purge_list
  /\ tfirst' = Dead(tfirst, t)
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, lazy_nr, purge_lock, tlb, slab, sections, tsize, tsync,
                 walk>>
\* Who has freed an area, and knows how many pages there are, purges or has done.
Decides(t, nr) ==
  /\ \E purges \in Purges(nr) :
       /\ pc' = [pc EXCEPT ![t] = IF purges THEN "Try_Lock" ELSE "Caller_Idle"]
       /\ IF purges THEN UNCHANGED tmap ELSE Ends(t)
  /\ tnr' = Dead(tnr, t)
  /\ tva' = Dead(tva, t)

Free_Size(t) == Counts(t, "Free_Size", AfterSize)
Free_AddNr(t) ==
  /\ pc[t] = "Free_AddNr"
  /\ lazy_nr' = [lazy_nr EXCEPT ![tmap[t]] = @ + tsize[t]]
  /\ tsize' = Dead(tsize, t)
  /\ IF AddsLate THEN Decides(t, lazy_nr[tmap[t]] + 1)
     ELSE /\ pc' = [pc EXCEPT ![t] = "Free_First"]
          /\ tnr' = IF ReadsCounter THEN tnr ELSE [tnr EXCEPT ![t] = lazy_nr[tmap[t]] + 1]
          /\ UNCHANGED <<tmap, tva>>
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, purge_list, purge_lock, tlb, slab, sections, tblock,
                 tfirst, tsync, walk>>
Free_First(t) == LooksAtFirst(t, "Free_First", "Free_Link")
Free_Link(t) == Links(t, "Free_Link", "Free_Push")
AfterPush ==
  CASE Is("adds_after") -> "Free_Size" [] Is("adds_saved_after") -> "Free_AddNr"
    [] OTHER -> "Free_LoadNr"
Free_Push(t) ==
  /\ pc[t] = "Free_Push"
  /\ IF IsFirst(t) /\ ~AddsLate /\ ~ReadsCounter THEN Decides(t, tnr[t])
     ELSE /\ pc' = [pc EXCEPT ![t] = IF IsFirst(t) THEN AfterPush ELSE "Free_First"]
          /\ tva' = IF IsFirst(t) /\ ~Is("adds_after") THEN Dead(tva, t) ELSE tva
          /\ UNCHANGED <<tmap, tnr>>
  /\ Pushes(t)
  /\ UNCHANGED tblock
\* Variant: the counter is read again.
Free_LoadNr(t) ==
  /\ pc[t] = "Free_LoadNr"
  /\ Decides(t, lazy_nr[tmap[t]])
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, slab, sections, tblock, tfirst, tsize, tsync, walk>>

--------------------------------------------------------------------------------
(* A page of a block, which is found under RCU. *)

OfRam == <<ofArea, ofMap, tfirst, tsize, tnr, tsync, walk>>
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
OfLock ==
  <<ofArea, ofBlock, vb_queue, lazy_nr, purge_list, tlb, slab, sections, tva, tblock, tfirst, tsize,
    tnr, walk>>
Locks(t, to) == purge_lock' = [purge_lock EXCEPT ![tmap[t]] = to]
MayLock(t) == purge_lock[tmap[t]] = 0
Returns(t) == tsync' = [tsync EXCEPT ![t] = FALSE] /\ Ends(t)
\* Not sync.
Try_Lock(t) ==
  /\ pc[t] = "Try_Lock"
  /\ Is("waits_for_purge") => MayLock(t)
  /\ IF MayLock(t) \/ ListUnlocked THEN Go(t, "Try_Lock", "Purge_Take") /\ UNCHANGED tmap
     ELSE Go(t, "Try_Lock", "Caller_Idle") /\ Ends(t)
  /\ IF ListUnlocked THEN UNCHANGED purge_lock ELSE Locks(t, 1)
  /\ UNCHANGED <<OfLock, tsync>>
\* Sync: from here on everything that the caller has unmapped has to be flushed.
Aliases_Call(t, k) ==
  /\ Go(t, "Caller_Idle", IF Outside THEN "Frag_RcuLock" ELSE "Purge_Lock")
  /\ tmap' = [tmap EXCEPT ![t] = k]
  /\ tsync' = [tsync EXCEPT ![t] = TRUE]
  /\ UNCHANGED <<OfLock, purge_lock>>
Purge_Lock(t) ==
  /\ Go(t, "Purge_Lock", CASE ~MayLock(t) -> "Caller_Idle"
                           [] Outside -> "Purge_Take" [] OTHER -> "Frag_RcuLock")
  /\ Is("sync_does_not_wait") \/ MayLock(t)
  /\ Locks(t, 1)
  /\ IF MayLock(t) THEN UNCHANGED <<tmap, tsync>> ELSE Returns(t)
  /\ UNCHANGED OfLock

\* A block that nobody uses, or what was unmapped of one that somebody does.
OfFrag == <<ofArea, ofMap, tmap, tfirst, tsize, tnr, tsync, walk>>
Frag_RcuLock(t) ==
  /\ Go(t, "Frag_RcuLock", "Frag_Walk")
  /\ RcuLock(t)
  /\ UNCHANGED <<OfFrag, ofBlock, slab, grace, tva, tblock>>
Frag_Walk(t) ==
  /\ Go(t, "Frag_Walk", IF vb_queue[tmap[t]] = Null \/ LeavesEarly THEN "Frag_RcuUnlock"
                        ELSE "Frag_Isolate")
  /\ Walks(t)
  /\ UNCHANGED <<OfFrag, ofBlock, slab, sections, tva>>
Frag_Isolate(t) ==
  LET unused == vb_used[tblock[t]] = 0 \/ Is("isolates_in_use") IN
    /\ Go(t, "Frag_Isolate", CASE unused /\ UnlinksOutside -> "Frag_RcuUnlockEarly"
                               [] unused -> "Frag_Unlink"
                               [] Is("no_force_flush") -> "Frag_RcuUnlock"
                               [] OTHER -> "Frag_DirtyArea")
    /\ vb_used' = IF unused THEN [vb_used EXCEPT ![tblock[t]] = Purged] ELSE vb_used
    /\ tblock' = IF unused \/ ~Is("no_force_flush") THEN tblock ELSE Dead(tblock, t)
    /\ UNCHANGED <<OfFrag, vb_va, slab, sections, tva>>
Frag_Unlink(t) ==
  /\ Go(t, "Frag_Unlink", IF LeavesEarly \/ UnlinksOutside THEN "Frag_Area" ELSE "Frag_RcuUnlock")
  /\ Queues(t, Null)
\* Variant: the section ends before that.
Frag_RcuUnlockEarly(t) ==
  Go(t, "Frag_RcuUnlockEarly", "Frag_Unlink") /\ EndSection(t) /\ UNCHANGED <<OfFrag, tva, tblock>>
Frag_DirtyArea(t) ==
  /\ Go(t, "Frag_DirtyArea", "Frag_Flush")
  /\ tva' = [tva EXCEPT ![t] = vb_va[tblock[t]]]
  /\ tblock' = Dead(tblock, t)
  /\ UNCHANGED <<OfFrag, ofBlock, slab, sections>>
Frag_Flush(t) ==
  /\ Go(t, "Frag_Flush", IF LeavesEarly THEN AfterFrag ELSE "Frag_RcuUnlock")
  /\ Stale(t, tva[t], Null)
  /\ tva' = Dead(tva, t)
  /\ UNCHANGED <<tmap, tblock, tfirst, tsize, tnr, tsync, walk>>
Frag_RcuUnlock(t) ==
  /\ Go(t, "Frag_RcuUnlock", CASE tblock[t] = Null -> AfterFrag
                               [] LeavesEarly -> "Frag_Isolate" [] OTHER -> "Frag_Area")
  /\ EndSection(t)
  /\ UNCHANGED <<OfFrag, tva, tblock>>
Frag_Area(t) ==
  /\ Go(t, "Frag_Area", "Frag_Size")
  /\ tva' = [tva EXCEPT ![t] = vb_va[tblock[t]]]
  /\ UNCHANGED <<OfFrag, ofBlock, slab, sections, tblock>>
Frag_Size(t) == Counts(t, "Frag_Size", IF CountsLate THEN "Frag_First" ELSE "Frag_AddNr")
Frag_AddNr(t) ==
  /\ Go(t, "Frag_AddNr", IF CountsLate THEN "Frag_CallRcu" ELSE "Frag_First")
  /\ lazy_nr' = [lazy_nr EXCEPT ![tmap[t]] = @ + tsize[t]]
  /\ tsize' = Dead(tsize, t)
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, purge_list, purge_lock, tlb, slab, sections, tmap, tva,
                 tblock, tfirst, tnr, tsync, walk>>
Frag_First(t) == LooksAtFirst(t, "Frag_First", "Frag_Link")
Frag_Link(t) == Links(t, "Frag_Link", "Frag_Push")
Frag_Push(t) ==
  /\ Go(t, "Frag_Push", CASE ~IsFirst(t) -> "Frag_First"
                          [] CountsLate -> "Frag_AddNr" [] OTHER -> ToFreeBlock)
  /\ Pushes(t)
  /\ tva' = IF IsFirst(t) THEN Dead(tva, t) ELSE tva
  /\ tblock' = IF IsFirst(t) /\ Is("block_kept") THEN Dead(tblock, t) ELSE tblock
  /\ UNCHANGED <<tmap, tnr>>
\* The block is freed.  Its fields stay if a section may still read them.
FreesBlock(t, from, stays) ==
  LET left(field) == [field EXCEPT ![tblock[t]] = IF stays THEN @ ELSE Null] IN
    /\ Go(t, from, AfterFrag)
    /\ vb_va' = left(vb_va) /\ vb_used' = left(vb_used)
    /\ tblock' = Dead(tblock, t)
    /\ UNCHANGED <<OfFrag, rcu, tva>>
Frag_CallRcu(t) == FreesBlock(t, "Frag_CallRcu", Stays) /\ Free(tblock[t])
\* Variant.
Frag_Free(t) == FreesBlock(t, "Frag_Free", FALSE) /\ FreeAtOnce(tblock[t]) /\ UNCHANGED grace

\* Variant: the list is taken without the lock.
Frag_Unlock(t) ==
  Go(t, "Frag_Unlock", "Purge_Take") /\ Locks(t, 0) /\ UNCHANGED <<OfLock, tmap, tsync>>

\* llist_del_all()
OfTake ==
  <<ofArea, ofBlock, vb_queue, lazy_nr, purge_lock, tlb, slab, sections, tmap, tva, tblock, tfirst,
    tsize, tsync>>
Begins(t, first) ==
  /\ tat' = IF FlushesLate THEN tat ELSE [tat EXCEPT ![t] = first]
  /\ trest' = IF FlushesLate \/ AtOnce THEN trest ELSE [trest EXCEPT ![t] = first]
  /\ tnow' = IF FlushesLate THEN [tnow EXCEPT ![t] = first] ELSE tnow
  /\ tnr' = IF AtOnce /\ first # Null THEN [tnr EXCEPT ![t] = 0] ELSE tnr
Takes(t, from, first) ==
  /\ Go(t, from, IF first = Null THEN "Purge_Unlock" ELSE ToGiveBack)
  /\ purge_list' = [purge_list EXCEPT ![tmap[t]] = Null]
  /\ tlist' = [tlist EXCEPT ![t] = first]
  /\ Begins(t, first)
  /\ UNCHANGED OfTake
Purge_Take(t) == Takes(t, "Purge_Take", purge_list[tmap[t]])
\* Variant: looked at first, and emptied then.
Purge_First(t) ==
  /\ Go(t, "Purge_First", "Purge_Empty")
  /\ tlist' = [tlist EXCEPT ![t] = purge_list[tmap[t]]]
  /\ UNCHANGED <<OfTake, purge_list, tat, trest, tnow, tnr>>
Purge_Empty(t) == Takes(t, "Purge_Empty", tlist[t])

\* Variant: the pages are summed up, and subtracted.
Purge_Size(t) ==
  LET next == purge_next[tat[t]] IN
    /\ Go(t, "Purge_Size", IF next = Null THEN "Purge_SubAll" ELSE "Purge_Size")
    /\ tat' = [tat EXCEPT ![t] = next]
    /\ tnr' = [tnr EXCEPT ![t] = @ + 1]
    /\ UNCHANGED <<OfTake, purge_list, tlist, trest, tnow>>
Purge_SubAll(t) ==
  /\ Go(t, "Purge_SubAll", "Purge_Range")
  /\ lazy_nr' = [lazy_nr EXCEPT ![tmap[t]] = @ - tnr[t]]
  /\ tnr' = Dead(tnr, t)
  /\ tat' = [tat EXCEPT ![t] = tlist[t]]
  /\ trest' = [trest EXCEPT ![t] = tlist[t]]
  /\ UNCHANGED <<ofArea, ofBlock, vb_queue, purge_list, purge_lock, tlb, slab, sections, tmap, tva,
                 tblock, tfirst, tsize, tsync, tlist, tnow>>

\* The TLB is flushed, area by area, and then each is given back.
Purge_Range(t) ==
  /\ Go(t, "Purge_Range", "Purge_Flush")
  /\ trest' = [trest EXCEPT ![t] = purge_next[tat[t]]]
  /\ UNCHANGED <<OfTake, purge_list, tlist, tat, tnow, tnr>>
Purge_Flush(t) ==
  LET rest == IF FlushesLate THEN tlist[t] ELSE trest[t] IN
    /\ Go(t, "Purge_Flush", CASE ~FlushesLate -> IF rest = Null THEN AfterFlush ELSE "Purge_Range"
                              [] rest = Null -> "Purge_Unlock" [] OTHER -> "Purge_Next")
    /\ Stale(t, IF FlushesLate THEN tnow[t] ELSE tat[t], Null)
    /\ tat' = IF FlushesLate THEN tat ELSE [tat EXCEPT ![t] = rest]
    /\ IF Is("gives_back_nothing")
       THEN /\ tlist' = IF rest = Null THEN Dead(tlist, t) ELSE tlist
            /\ UNCHANGED tnow
       ELSE /\ tnow' = IF rest = Null \/ FlushesLate THEN [tnow EXCEPT ![t] = tlist[t]] ELSE tnow
            /\ UNCHANGED tlist
    /\ UNCHANGED <<tmap, tva, tblock, tfirst, tsize, tnr, tsync, trest>>
Purge_Next(t) ==
  /\ Go(t, "Purge_Next", "Purge_Free")
  /\ tsize' = IF AtOnce THEN tsize ELSE [tsize EXCEPT ![t] = va_size[tnow[t]]]
  /\ tlist' = [tlist EXCEPT ![t] = purge_next[tnow[t]]]
  /\ UNCHANGED <<ofArea, ofBlock, ofMap, slab, sections, tmap, tva, tblock, tfirst, tnr, tsync, tat,
                 trest, tnow>>
Purge_Free(t) ==
  /\ Go(t, "Purge_Free", CASE ~AtOnce -> "Purge_Sub"
                           [] tlist[t] = Null -> "Purge_Unlock" [] OTHER -> "Purge_Next")
  /\ FreeAtOnce(tnow[t])
  /\ va_size' = [va_size EXCEPT ![tnow[t]] = Null]
  /\ purge_next' = [purge_next EXCEPT ![tnow[t]] = Null]
  /\ tnow' = CASE AtOnce -> [tnow EXCEPT ![t] = tlist[t]] [] FlushesLate -> tnow
               [] OTHER -> Dead(tnow, t)
  /\ UNCHANGED <<OfPurge, ofBlock, lazy_nr, purge_lock, tlb, tmap, tsize, tsync, tlist, tat, trest>>
Purge_Sub(t) ==
  /\ Go(t, "Purge_Sub", CASE FlushesLate -> "Purge_Flush"
                          [] tlist[t] = Null -> "Purge_Unlock" [] OTHER -> "Purge_Next")
  /\ lazy_nr' = [lazy_nr EXCEPT ![tmap[t]] = @ - tsize[t]]
  /\ tsize' = Dead(tsize, t)
  /\ tnow' = IF FlushesLate THEN tnow ELSE [tnow EXCEPT ![t] = tlist[t]]
  /\ UNCHANGED <<OfPurge, ofArea, ofBlock, purge_lock, tlb, slab, tmap, tsync, tlist, tat, trest>>
Purge_Unlock(t) ==
  /\ Go(t, "Purge_Unlock", "Caller_Idle")
  /\ IF Is("keeps_lock") \/ ListUnlocked THEN UNCHANGED purge_lock ELSE Locks(t, 0)
  /\ Returns(t)
  /\ UNCHANGED OfLock

--------------------------------------------------------------------------------
FreeGoesOn(t) ==
  \/ Free_Size(t) \/ Free_AddNr(t) \/ Free_First(t) \/ Free_Link(t) \/ Free_Push(t)
  \/ Free_LoadNr(t) \/ Try_Lock(t)
RamGoesOn(t) ==
  \/ Map_Walk(t) \/ Map_Take(t) \/ Map_RcuUnlock(t) \/ Map_Area(t) \/ Ram_Unmap(t) \/ Ram_Put(t)
  \/ New_Init(t) \/ New_Publish(t)
PurgeGoesOn(t) ==
  \/ Purge_Lock(t) \/ Frag_RcuLock(t) \/ Frag_Walk(t) \/ Frag_Isolate(t) \/ Frag_Unlink(t)
  \/ Frag_DirtyArea(t) \/ Frag_Flush(t) \/ Frag_RcuUnlock(t) \/ Frag_Area(t) \/ Frag_Size(t)
  \/ Frag_AddNr(t) \/ Frag_First(t) \/ Frag_Link(t) \/ Frag_Push(t) \/ Frag_CallRcu(t)
  \/ Frag_Free(t) \/ Frag_Unlock(t) \/ Frag_RcuUnlockEarly(t)
  \/ Purge_First(t) \/ Purge_Empty(t) \/ Purge_Size(t)
  \/ Purge_SubAll(t) \/ Purge_Take(t) \/ Purge_Range(t) \/ Purge_Flush(t) \/ Purge_Next(t)
  \/ Purge_Free(t) \/ Purge_Sub(t) \/ Purge_Unlock(t)
GoesOn(t) == Alloc_Init(t) \/ Free_Unmap(t) \/ FreeGoesOn(t) \/ RamGoesOn(t) \/ PurgeGoesOn(t)

Next ==
  \E t \in Readers :
    \/ GoesOn(t)
    \/ \E b \in Blocks : New_Block(t, b)
    \/ \E k \in Vmaps :
         Map_RcuLock(t, k) \/ Aliases_Call(t, k) \/ \E a \in Areas : Alloc_Area(t, k, a)
Spec == Init /\ [][Next]_vars
================================================================================
