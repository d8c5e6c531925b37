-------------------------------- MODULE VmaFree --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* How VMAs are freed under readers that have found them in an RCU         *)
(* section, and what keeps an mm.  munmap() hands a VMA to call_rcu(),     *)
(* exit_mmap() frees what is left at once: who looks a VMA up holds        *)
(* mm_users.  The callback releases the name of the VMA, and the VMA.      *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/vma_free.hpp, callbacks.hpp).    *)
(* pc holds the name of the site that a task will perform next, or of the  *)
(* point where it chooses one.  A local of a task is Null while it is      *)
(* dead.                                                                   *)
(***************************************************************************)
EXTENDS Callbacks, Slab, Integers, FiniteSets

CONSTANTS
  Vmas,
  Slots,    \* addresses: each has one VMA at most
  Mms,      \* the task that maps, unmaps and exits is called like its mm
  Cpus,     \* the task that makes the callbacks of a CPU is called like it
  Null,     \* no object, no value
  Limit,    \* a list of VMAs to free is drained when it has more
  Variant   \* "holds", or the name of what is different (see README.md)

ASSUME Limit \in Nat /\ Limit > 0

VARIABLES
  \* of a VMA: its mm, what its bounds cover, its rwsem (n > 0: readers; -1: a writer), its name,
  \* and the next of the list that it is on
  vm_mm, vm_start, vm_lock, vm_name, vm_link,
  tree,                          \* of an mm and an address: the VMA there
  mm_users, mm_count,            \* who keeps what is mapped, who keeps the mm
  free_lock, free_head, free_nr, \* the list of an mm, in variants
  pc,
  rmm, raddr, rvma,              \* a reader's: where it faults
  wslot, wvma, wcpu, wlast, wnr, exiting,  \* a process's: the VMA at hand; is its mm torn down?
  cnow, cnext, clink, cmm        \* of the callbacks: the VMA at hand, the next ones, its mm

counts == <<mm_users, mm_count>>
list == <<free_lock, free_head, free_nr>>
fields == <<vm_mm, vm_start, vm_lock, vm_name, vm_link, rcu_next>>
reader_locals == <<rmm, raddr, rvma>>
process_locals == <<wslot, wvma, wcpu, wlast, wnr, exiting>>
callback_locals == <<cnow, cnext, clink, cmm>>
vars == <<fields, tree, counts, list, queue, slab, rcu, grace, pc, reader_locals, process_locals,
          callback_locals>>

Waiting == Mms \cup Cpus  \* in synchronize_rcu()
\* What the bounds of a VMA cover: everything, its own address, nothing.
Everything == 0
Own == 1
Nothing == 2

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* What does a reader hold while it uses a VMA?
PinsCount == Variant \in {"pins_count", "exit_rcu_pins_count", "exit_isolates_pins_count"}
PinsNothing == Is("pins_nothing")
Pinning(m) == IF PinsCount \/ PinsNothing THEN mm_count[m] ELSE mm_users[m]

\* What does the exit of an mm do with its VMAs?
Lists == Variant \in {"batches", "batches_lax", "batches_lose", "once_a_second"}
Ranges == Is("one_per_range")
Gathers == Lists \/ Ranges
ExitIsolates == Is("exit_isolates_pins_count")
ExitFrees == ~Gathers /\ Variant \notin {"exit_rcu", "exit_rcu_pins_count"}

\* What is a VMA worth that was found?
LooksAtName == ~Is("name_early_unread")
Rewalks == Variant \notin {"trusts_bounds", "bounds_beside"}
EmptiesBounds == ~Rewalks
Overlays == ~Is("bounds_beside")

\* vm_area_free()
NameEarly == Variant \in {"name_early", "name_early_unread"}
Drains(nr) ==
  CASE Is("once_a_second") -> {TRUE, FALSE}
    [] Is("batches_lax") -> {nr >= Limit}
    [] OTHER -> {nr > Limit}
ToFree ==
  CASE NameEarly -> "Free_NameEarly"
    [] Is("sync") -> "Sync_Begin"
    [] Is("queues_unlocked") -> "Queue_Link"
    [] Is("free_at_once") -> "Free_FreeName"
    [] Is("drains_in_free") -> "Free_Lock"
    [] Lists -> "List_Lock"
    [] Ranges -> "List_Link"
    [] OTHER -> "Queue_Lock"
ToDrain == IF Lists THEN "Drain_Lock" ELSE "Drain_Steal"

--------------------------------------------------------------------------------
Nothings(set) == [x \in set |-> Null]
Init ==
  /\ RcuInit(Waiting) /\ SlabInit(Vmas) /\ QueueInit(Cpus, Null)
  /\ vm_mm = Nothings(Vmas) /\ vm_start = Nothings(Vmas) /\ vm_lock = Nothings(Vmas)
  /\ vm_name = Nothings(Vmas) /\ vm_link = Nothings(Vmas) /\ rcu_next = Nothings(Vmas)
  /\ tree = [m \in Mms |-> Nothings(Slots)]
  /\ mm_users = [m \in Mms |-> 0] /\ mm_count = [m \in Mms |-> 0]
  /\ free_lock = [m \in Mms |-> 0] /\ free_head = Nothings(Mms) /\ free_nr = [m \in Mms |-> 0]
  /\ pc = [t \in Readers \cup Mms \cup Cpus |->
             IF t \in Readers THEN "Reader_Idle"
             ELSE IF t \in Mms THEN "Process_New" ELSE "Rcu_Idle"]
  /\ rmm = Nothings(Readers) /\ raddr = Nothings(Readers) /\ rvma = Nothings(Readers)
  /\ wslot = Nothings(Mms) /\ wvma = Nothings(Mms) /\ wcpu = Nothings(Mms)
  /\ wlast = Nothings(Mms) /\ wnr = Nothings(Mms) /\ exiting = [m \in Mms |-> FALSE]
  /\ cnow = Nothings(Cpus) /\ cnext = Nothings(Cpus) /\ clink = Nothings(Cpus)
  /\ cmm = Nothings(Cpus)

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]
Dead(local, t) == [local EXCEPT ![t] = Null]

--------------------------------------------------------------------------------
(* A reader: it keeps the mm, finds a VMA in an RCU section, locks it, and uses it. *)

OfReader ==
  <<vm_mm, vm_start, vm_name, vm_link, rcu_next, tree, list, queue, slab, process_locals,
    callback_locals>>
Sections == <<rcu, grace>>
Locks(r, by) == vm_lock' = [vm_lock EXCEPT ![rvma[r]] = @ + by]
GivesUp(r) == raddr' = Dead(raddr, r) /\ rvma' = Dead(rvma, r) /\ UNCHANGED rmm
\* Where a reader goes that is turned away, and what it does with the lock.
TurnedAway == IF Is("turned_away_keeps_lock") \/ Is("asserts_mark_leaked") THEN "Lookup_GiveUp"
              ELSE "Lookup_Unlock"
Turn(r) == IF TurnedAway = "Lookup_GiveUp" THEN GivesUp(r) ELSE UNCHANGED reader_locals
Pins(m, by) ==
  /\ mm_users' = [mm_users EXCEPT ![m] = @ + IF PinsCount \/ PinsNothing THEN 0 ELSE by]
  /\ mm_count' = [mm_count EXCEPT ![m] = @ + IF PinsCount THEN by ELSE 0]

Fault_Get(r, m, s) ==
  /\ Go(r, "Reader_Idle", "Lookup_RcuLock")
  /\ IF Is("keeps_pin") THEN mm_users[m] = 1 ELSE Pinning(m) > 0
  /\ Pins(m, 1)
  /\ rmm' = [rmm EXCEPT ![r] = m]
  /\ raddr' = [raddr EXCEPT ![r] = s]
  /\ UNCHANGED <<OfReader, vm_lock, Sections, rvma>>
Lookup_RcuLock(r) ==
  /\ Go(r, "Lookup_RcuLock", "Lookup_Walk")
  /\ RcuLock(r)
  /\ UNCHANGED <<OfReader, vm_lock, grace, counts, reader_locals>>
Lookup_Walk(r) ==
  LET found == tree[rmm[r]][raddr[r]] IN
    /\ Go(r, "Lookup_Walk", CASE found = Null -> "Lookup_GiveUp"
                              [] LooksAtName -> "Lookup_Name" [] OTHER -> "Lookup_Trylock")
    /\ IF found = Null THEN GivesUp(r)
       ELSE rvma' = [rvma EXCEPT ![r] = found] /\ UNCHANGED <<rmm, raddr>>
    /\ UNCHANGED <<OfReader, vm_lock, Sections, counts>>
Lookup_Name(r) ==
  /\ Go(r, "Lookup_Name", IF Is("reads_on") THEN "Lookup_Name" ELSE "Lookup_Trylock")
  /\ UNCHANGED <<OfReader, vm_lock, Sections, counts, reader_locals>>
\* down_read_trylock()
Lookup_Trylock(r) ==
  LET n == vm_lock[rvma[r]]
      free == IF Is("one_reader_at_a_time") THEN n = 0 ELSE n >= 0
  IN
    /\ Go(r, "Lookup_Trylock", IF free THEN "Lookup_CheckRange" ELSE "Lookup_GiveUp")
    /\ IF free THEN Locks(r, 1) /\ UNCHANGED reader_locals ELSE GivesUp(r) /\ UNCHANGED vm_lock
    /\ UNCHANGED <<OfReader, Sections, counts>>
ToUse == IF Is("puts_early") THEN "Fault_PutEarly" ELSE "Use_Start"
ToFound == IF Is("found_keeps_section") THEN ToUse ELSE "Lookup_Found"
Lookup_CheckRange(r) ==
  LET outside == vm_start[rvma[r]] > Own IN
    /\ Go(r, "Lookup_CheckRange",
          CASE outside -> TurnedAway [] Rewalks -> "Lookup_Rewalk" [] OTHER -> ToFound)
    /\ IF outside THEN Turn(r) ELSE UNCHANGED reader_locals
    /\ UNCHANGED <<OfReader, vm_lock, Sections, counts>>
Lookup_Rewalk(r) ==
  LET there == tree[rmm[r]][raddr[r]] = rvma[r] IN
    /\ Go(r, "Lookup_Rewalk", IF there THEN ToFound ELSE TurnedAway)
    /\ IF there THEN UNCHANGED reader_locals ELSE Turn(r)
    /\ UNCHANGED <<OfReader, vm_lock, Sections, counts>>
Lookup_Unlock(r) ==
  /\ Go(r, "Lookup_Unlock", "Lookup_GiveUp")
  /\ Locks(r, -1)
  /\ GivesUp(r)
  /\ UNCHANGED <<OfReader, Sections, counts>>
Lookup_GiveUp(r) ==
  /\ Go(r, "Lookup_GiveUp", IF Is("keeps_pin") THEN "Reader_Idle" ELSE "Fault_Put")
  /\ RcuUnlock(r, Waiting)
  /\ IF Is("keeps_pin") THEN rmm' = Dead(rmm, r) ELSE UNCHANGED rmm
  /\ UNCHANGED <<OfReader, vm_lock, counts, raddr, rvma>>
Lookup_Found(r) ==
  /\ Go(r, "Lookup_Found", ToUse)
  /\ RcuUnlock(r, Waiting)
  /\ UNCHANGED <<OfReader, vm_lock, counts, reader_locals>>
Use_Start(r) ==
  /\ Go(r, "Use_Start", "Use_Name")
  /\ UNCHANGED <<OfReader, vm_lock, Sections, counts, reader_locals>>
Use_Name(r) ==
  /\ Go(r, "Use_Name", IF Is("uses_on") THEN "Use_Name" ELSE "Use_Unlock")
  /\ UNCHANGED <<OfReader, vm_lock, Sections, counts, reader_locals>>
Forgotten(r) == rmm' = Dead(rmm, r) /\ raddr' = Dead(raddr, r) /\ rvma' = Dead(rvma, r)
Use_Unlock(r) ==
  /\ Go(r, "Use_Unlock", IF Is("puts_early") THEN "Reader_Idle" ELSE "Fault_Put")
  /\ Locks(r, -1)
  /\ IF Is("puts_early") THEN Forgotten(r) ELSE UNCHANGED reader_locals
  /\ UNCHANGED <<OfReader, Sections, counts>>
Fault_Put(r) ==
  /\ Go(r, "Fault_Put", "Reader_Idle")
  /\ Pins(rmm[r], -1)
  /\ Forgotten(r)
  /\ UNCHANGED <<OfReader, vm_lock, Sections>>
\* Variant: mmput() before the VMA is used.
Fault_PutEarly(r) ==
  /\ Go(r, "Fault_PutEarly", "Use_Start")
  /\ Pins(rmm[r], -1)
  /\ UNCHANGED <<OfReader, vm_lock, Sections, reader_locals>>

--------------------------------------------------------------------------------
(* A process: it maps and unmaps under mmap_lock, and exits. *)

OfProcess == <<rcu, reader_locals, callback_locals>>
\* What it has beside the VMAs, and they.
OfWriter == <<OfProcess, counts, exiting>>
NoNumbers == UNCHANGED <<wcpu, wlast, wnr>>
ToNext(m) == CASE exiting[m] -> "Process_Exiting"
              [] free_head[m] # Null /\ Ranges -> "Process_Unmapping" [] OTHER -> "Process_Idle"

Process_Init(m, c) ==
  /\ Go(m, "Process_New", "Process_Idle")
  /\ mm_users' = [mm_users EXCEPT ![m] = 1]
  /\ mm_count' = [mm_count EXCEPT ![m] = 1]
  /\ wcpu' = [wcpu EXCEPT ![m] = c]
  /\ UNCHANGED <<OfProcess, fields, tree, list, queue, slab, grace, wslot, wvma, wlast, wnr,
                 exiting>>

Map_Alloc(m, s, v) ==
  /\ Go(m, "Process_Idle", "Map_Init")
  /\ tree[m][s] = Null
  /\ MayAllocate(v)
  /\ AllocateKind(v)
  /\ wslot' = [wslot EXCEPT ![m] = s]
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ NoNumbers
  /\ UNCHANGED <<OfWriter, fields, tree, list, queue, grace>>
Map_Init(m) ==
  /\ Go(m, "Map_Init", "Map_Store")
  /\ vm_mm' = [vm_mm EXCEPT ![wvma[m]] = m]
  /\ vm_start' = [vm_start EXCEPT ![wvma[m]] = Own]
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = 0]
  /\ vm_name' = [vm_name EXCEPT ![wvma[m]] = 1]
  /\ UNCHANGED <<OfProcess, vm_link, rcu_next, tree, counts, list, queue, slab, grace,
                 process_locals>>
Map_Store(m) ==
  /\ Go(m, "Map_Store", "Process_Idle")
  /\ tree' = [tree EXCEPT ![m][wslot[m]] = wvma[m]]
  /\ wslot' = Dead(wslot, m) /\ wvma' = Dead(wvma, m)
  /\ NoNumbers
  /\ UNCHANGED <<OfWriter, fields, list, queue, slab, grace>>

\* A VMA is found, and leaves the tree under its lock.
Find(m, s, from, to) ==
  /\ Go(m, from, to)
  /\ tree[m][s] # Null
  /\ wslot' = [wslot EXCEPT ![m] = s]
  /\ wvma' = [wvma EXCEPT ![m] = tree[m][s]]
  /\ NoNumbers
  /\ UNCHANGED <<OfWriter, fields, tree, list, queue, slab, grace>>
ToIsolate ==
  CASE Is("isolates_unlocked") -> "Isolate_Clear" [] OTHER -> "Isolate_Lock"
Unmap_Find(m, s) == \/ Find(m, s, "Process_Idle", ToIsolate)
                    \/ Find(m, s, "Process_Unmapping", ToIsolate)
LockVma(m, by) ==
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = @ + by]
  /\ UNCHANGED <<OfProcess, vm_mm, vm_start, vm_name, vm_link, rcu_next, tree, counts, list, queue,
                 slab, grace>>
Isolate_Lock(m) ==
  /\ Go(m, "Isolate_Lock", CASE EmptiesBounds -> "Isolate_Empty"
                             [] Is("unlocks_first") -> "Isolate_Unlock" [] OTHER -> "Isolate_Clear")
  /\ vm_lock[wvma[m]] = 0
  /\ LockVma(m, -1)
  /\ UNCHANGED process_locals
\* Variants: the bounds say that the VMA has left.
Isolate_Empty(m) ==
  /\ Go(m, "Isolate_Empty", "Isolate_Clear")
  /\ vm_start' = [vm_start EXCEPT ![wvma[m]] = Nothing]
  /\ UNCHANGED <<OfProcess, vm_mm, vm_lock, vm_name, vm_link, rcu_next, tree, counts, list, queue,
                 slab, grace, process_locals>>
LastOfIsolate == IF Is("unlocks_first") \/ Is("isolates_unlocked") THEN "Isolate_Clear"
                 ELSE "Isolate_Unlock"
ForgetSlot(m, site) ==
  IF LastOfIsolate = site THEN wslot' = Dead(wslot, m) ELSE UNCHANGED wslot
Isolate_Clear(m) ==
  /\ Go(m, "Isolate_Clear",
        IF LastOfIsolate = "Isolate_Clear" THEN ToFree ELSE "Isolate_Unlock")
  /\ tree' = [tree EXCEPT ![m][wslot[m]] = Null]
  /\ ForgetSlot(m, "Isolate_Clear")
  /\ NoNumbers
  /\ UNCHANGED <<OfWriter, fields, list, queue, slab, grace, wvma>>
Isolate_Unlock(m) ==
  /\ Go(m, "Isolate_Unlock",
        IF LastOfIsolate = "Isolate_Unlock" THEN ToFree ELSE "Isolate_Clear")
  /\ LockVma(m, 1)
  /\ ForgetSlot(m, "Isolate_Unlock")
  /\ NoNumbers
  /\ UNCHANGED <<wvma, exiting>>

--------------------------------------------------------------------------------
(* vm_area_free(), and the list of it that some variants have. *)

\* Where a VMA is freed: its name first, then it.
FreeName(v) ==
  /\ vm_name' = [vm_name EXCEPT ![v] = 0]
  /\ UNCHANGED <<vm_mm, vm_start, vm_lock, vm_link, rcu_next>>
Gone(field, v) == [field EXCEPT ![v] = Null]
FreeVma(v) ==
  /\ FreeAtOnce(v)
  /\ vm_mm' = Gone(vm_mm, v) /\ vm_start' = Gone(vm_start, v) /\ vm_lock' = Gone(vm_lock, v)
  /\ vm_name' = Gone(vm_name, v) /\ vm_link' = Gone(vm_link, v) /\ rcu_next' = Gone(rcu_next, v)

\* Variants: the name goes at once.
Free_NameEarly(m) ==
  /\ Go(m, "Free_NameEarly", "Queue_Lock")
  /\ FreeName(wvma[m])
  /\ UNCHANGED <<OfProcess, tree, counts, list, queue, slab, grace, process_locals>>
\* Variant: the freeing waits for its grace period.
Sync_Begin(m) ==
  /\ Go(m, "Sync_Begin", "Sync_End")
  /\ GraceBegins(m)
  /\ UNCHANGED <<OfProcess, fields, tree, counts, list, queue, slab, process_locals>>
Sync_End(m) ==
  /\ Go(m, "Sync_End", "Free_FreeName")
  /\ GraceIsOver(m)
  /\ UNCHANGED <<OfProcess, fields, tree, counts, list, queue, slab, grace, process_locals>>
Free_FreeName(m) ==
  /\ Go(m, "Free_FreeName", "Free_Free")
  /\ FreeName(wvma[m])
  /\ UNCHANGED <<OfProcess, tree, counts, list, queue, slab, grace, process_locals>>
Free_Free(m) ==
  /\ Go(m, "Free_Free", ToNext(m))
  /\ FreeVma(wvma[m])
  /\ wvma' = Dead(wvma, m)
  /\ NoNumbers
  /\ UNCHANGED <<OfWriter, tree, list, queue, grace, wslot>>
\* Variant: vm_area_free() itself waits for the readers inside.
Free_Lock(m) ==
  Go(m, "Free_Lock", "Free_Unlock") /\ vm_lock[wvma[m]] = 0 /\ LockVma(m, -1)
  /\ UNCHANGED process_locals
Free_Unlock(m) ==
  Go(m, "Free_Unlock", "Queue_Lock") /\ LockVma(m, 1) /\ UNCHANGED process_locals

\* Variants: a list of the mm.
OfList == <<OfWriter, tree, queue, slab, grace, wslot, wcpu, wlast>>
ListLock(m, to) ==
  free_lock' = [free_lock EXCEPT ![m] = to] /\ UNCHANGED <<OfList, free_head, free_nr, fields>>
List_Lock(m) ==
  Go(m, "List_Lock", "List_Link") /\ free_lock[m] = 0 /\ ListLock(m, 1) /\ UNCHANGED <<wvma, wnr>>
List_Link(m) ==
  /\ Go(m, "List_Link", "List_Push")
  /\ vm_link' = [vm_link EXCEPT ![wvma[m]] = free_head[m]]
  /\ wnr' = IF Lists THEN [wnr EXCEPT ![m] = free_nr[m] + 1] ELSE wnr
  /\ UNCHANGED <<OfList, list, vm_mm, vm_start, vm_lock, vm_name, rcu_next, wvma>>
List_Push(m) ==
  /\ Go(m, "List_Push", CASE Lists -> "List_Unlock"
                          [] exiting[m] -> "Process_Exiting" [] OTHER -> "Process_Unmapping")
  /\ free_head' = [free_head EXCEPT ![m] = wvma[m]]
  /\ free_nr' = IF Lists THEN [free_nr EXCEPT ![m] = wnr[m]] ELSE free_nr
  /\ wvma' = Dead(wvma, m)
  /\ UNCHANGED <<OfList, free_lock, fields, wnr>>
List_Unlock(m) ==
  /\ pc[m] = "List_Unlock"
  /\ \E drains \in Drains(wnr[m]) :
       pc' = [pc EXCEPT ![m] = IF drains THEN "Drain_Lock" ELSE ToNext(m)]
  /\ ListLock(m, 0)
  /\ wnr' = Dead(wnr, m)
  /\ UNCHANGED wvma
Drain_Lock(m) ==
  /\ Go(m, "Drain_Lock", "Drain_Steal")
  /\ free_lock[m] = 0
  /\ ListLock(m, 1)
  /\ UNCHANGED <<wvma, wnr>>
Drain_Steal(m) ==
  /\ \/ Go(m, "Drain_Steal", "Drain_Reset") /\ Lists
     \/ Go(m, "Process_Unmapping", "Queue_Lock")
     \/ Go(m, "Drain_Steal", "Queue_Lock") /\ Ranges
  /\ wvma' = [wvma EXCEPT ![m] = free_head[m]]
  /\ free_head' = Dead(free_head, m)
  /\ UNCHANGED <<OfList, free_lock, free_nr, fields, wnr>>
Drain_Reset(m) ==
  /\ Go(m, "Drain_Reset", "Drain_Unlock")
  /\ free_nr' = [free_nr EXCEPT ![m] = 0]
  /\ UNCHANGED <<OfList, free_lock, free_head, fields, wvma, wnr>>
Drain_Unlock(m) ==
  Go(m, "Drain_Unlock", "Queue_Lock") /\ ListLock(m, 0) /\ UNCHANGED <<wvma, wnr>>

--------------------------------------------------------------------------------
(* call_rcu() *)

OfQueue == <<OfWriter, tree, list, slab, grace, wslot, wcpu, wnr>>
Queue_Lock(m) ==
  /\ Go(m, "Queue_Lock", "Queue_Link")
  /\ QueueLock(wcpu[m])
  /\ UNCHANGED <<OfQueue, fields, wvma, wlast>>
\* The rcu_head lies over the bounds.
Queue_Link(m) ==
  /\ Go(m, "Queue_Link", IF cb_tail[wcpu[m]] = Null THEN "Queue_First" ELSE "Queue_Behind")
  /\ rcu_next' = [rcu_next EXCEPT ![wvma[m]] = Null]
  /\ vm_start' = IF Overlays THEN [vm_start EXCEPT ![wvma[m]] = Everything] ELSE vm_start
  /\ wlast' = [wlast EXCEPT ![m] = cb_tail[wcpu[m]]]
  /\ UNCHANGED <<OfQueue, queue, vm_mm, vm_lock, vm_name, vm_link, wvma>>
\* A variant has no lock to drop.
Queued(m, site) ==
  /\ Go(m, site, IF Is("queues_unlocked") THEN ToNext(m) ELSE "Queue_Unlock")
  /\ wvma' = IF Is("queues_unlocked") THEN Dead(wvma, m) ELSE wvma
  /\ wlast' = Dead(wlast, m)
Queue_First(m) ==
  /\ Queued(m, "Queue_First")
  /\ QueueFirst(wcpu[m], wvma[m])
  /\ UNCHANGED <<OfQueue, vm_mm, vm_start, vm_lock, vm_name, vm_link>>
Queue_Behind(m) ==
  /\ Queued(m, "Queue_Behind")
  /\ QueueBehind(wcpu[m], wlast[m], wvma[m])
  /\ vm_start' = IF Overlays THEN [vm_start EXCEPT ![wlast[m]] = Nothing] ELSE vm_start
  /\ UNCHANGED <<OfQueue, vm_mm, vm_lock, vm_name, vm_link>>
Queue_Unlock(m) ==
  /\ Go(m, "Queue_Unlock", ToNext(m))
  /\ QueueUnlock(wcpu[m])
  /\ wvma' = Dead(wvma, m)
  /\ UNCHANGED <<OfQueue, fields, wlast>>

--------------------------------------------------------------------------------
(* The exit of an mm, once the last of its users has gone. *)

OfExit == <<OfProcess, tree, list, queue, slab, grace, fields, wslot, wvma>>
Exit_Put(m) ==
  /\ Go(m, "Process_Idle", "Exit_Last")
  /\ mm_users' = [mm_users EXCEPT ![m] = @ - 1]
  /\ NoNumbers
  /\ UNCHANGED <<OfExit, mm_count, exiting>>
Exit_Last(m) ==
  /\ Go(m, "Exit_Last", "Process_Exiting")
  /\ mm_users[m] = 0
  /\ exiting' = [exiting EXCEPT ![m] = TRUE]
  /\ NoNumbers
  /\ UNCHANGED <<OfExit, counts>>
Exit_Find(m, s) ==
  Find(m, s, "Process_Exiting",
       CASE ExitFrees /\ ~ExitIsolates -> "Exit_FreeName"
         [] ExitIsolates -> "Isolate_Lock" [] OTHER -> "Exit_Clear")
Exit_FreeName(m) ==
  /\ Go(m, "Exit_FreeName", "Exit_Free")
  /\ FreeName(wvma[m])
  /\ UNCHANGED <<OfProcess, tree, counts, list, queue, slab, grace, process_locals>>
Exit_Free(m) ==
  /\ Go(m, "Exit_Free", "Exit_Clear")
  /\ FreeVma(wvma[m])
  /\ UNCHANGED <<OfProcess, tree, counts, list, queue, grace, process_locals>>
Exit_Clear(m) ==
  /\ Go(m, "Exit_Clear", IF ExitFrees THEN "Process_Exiting" ELSE ToFree)
  /\ tree' = [tree EXCEPT ![m][wslot[m]] = Null]
  /\ wslot' = Dead(wslot, m)
  /\ wvma' = IF ExitFrees THEN Dead(wvma, m) ELSE wvma
  /\ NoNumbers
  /\ UNCHANGED <<OfWriter, fields, list, queue, slab, grace>>
\* __mt_destroy(): nothing is mapped any more.
Exit_Destroy(m) ==
  LET left == Gathers /\ free_head[m] # Null IN
    /\ Go(m, "Process_Exiting", IF left THEN ToDrain ELSE "Exit_Drop")
    /\ Is("exit_leaves_rest") \/ \A s \in Slots : tree[m][s] = Null
    /\ exiting' = [exiting EXCEPT ![m] = left]
    /\ wcpu' = IF left THEN wcpu ELSE Dead(wcpu, m)
    /\ UNCHANGED <<OfExit, counts, wlast, wnr>>
Exit_Drop(m) ==
  /\ Go(m, "Exit_Drop", "Process_Gone")
  /\ mm_count' = [mm_count EXCEPT ![m] = @ - 1]
  /\ NoNumbers
  /\ UNCHANGED <<OfExit, mm_users, exiting>>

--------------------------------------------------------------------------------
(* The task of a CPU: it takes what is queued, waits for a grace period, makes the callbacks. *)

\* A callback begins with the first of those that are left; in variants that is a list.
Chains == Gathers /\ ~Is("batches_lose")
Begins(c) ==
  IF Chains THEN clink' = [clink EXCEPT ![c] = cnext[c]] /\ cnow' = Dead(cnow, c)
            ELSE cnow' = [cnow EXCEPT ![c] = cnext[c]] /\ UNCHANGED clink

OfCallbacks == <<tree, counts, list, rcu, reader_locals, process_locals>>
Rcu_Sleep(c) ==
  /\ Go(c, "Rcu_Idle", "Rcu_Lock")
  /\ cb_pending[c] = 1
  /\ UNCHANGED <<OfCallbacks, fields, queue, slab, grace, callback_locals>>
Rcu_Lock(c) ==
  /\ Go(c, "Rcu_Lock", "Rcu_Take")
  /\ QueueLock(c)
  /\ cnext' = [cnext EXCEPT ![c] = cb_head[c]]
  /\ UNCHANGED <<OfCallbacks, fields, slab, grace, cnow, clink, cmm>>
Rcu_Take(c) ==
  /\ Go(c, "Rcu_Take", "Rcu_Unlock")
  /\ QueueTake(c, Null)
  /\ UNCHANGED <<OfCallbacks, fields, slab, grace, callback_locals>>
Rcu_Unlock(c) ==
  /\ Go(c, "Rcu_Unlock", IF Is("no_grace") THEN "Callback_Next" ELSE "Rcu_Begin")
  /\ QueueUnlock(c)
  /\ IF Is("no_grace") THEN Begins(c) ELSE UNCHANGED <<cnow, clink>>
  /\ UNCHANGED <<OfCallbacks, fields, slab, grace, cnext, cmm>>
Rcu_Begin(c) ==
  /\ Go(c, "Rcu_Begin", "Rcu_End")
  /\ GraceBegins(c)
  /\ UNCHANGED <<OfCallbacks, fields, queue, slab, callback_locals>>
Rcu_End(c) ==
  /\ Go(c, "Rcu_End", "Callback_Next")
  /\ GraceIsOver(c)
  /\ Begins(c)
  /\ UNCHANGED <<OfCallbacks, fields, queue, slab, grace, cnext, cmm>>

OfCallback == <<OfCallbacks, queue, grace>>
Callback_Next(c) ==
  /\ Go(c, "Callback_Next", "Callback_CheckLock")
  /\ cnext' = [cnext EXCEPT ![c] = rcu_next[cnext[c]]]
  /\ IF Chains THEN cnow' = [cnow EXCEPT ![c] = clink[c]] ELSE UNCHANGED cnow
  /\ UNCHANGED <<OfCallback, fields, slab, clink, cmm>>
\* The assertion: nobody has the lock.
AfterCheck ==
  IF Chains THEN "Callback_Link"
  ELSE IF NameEarly \/ Is("name_kept") THEN "Callback_Free" ELSE "Callback_FreeName"
Callback_CheckLock(c) ==
  /\ Go(c, "Callback_CheckLock",
        IF Is("asserts_mark_leaked") /\ vm_lock[cnow[c]] # 0
        THEN "Callback_LoadMm" ELSE AfterCheck)
  /\ UNCHANGED <<OfCallback, fields, slab, callback_locals>>
\* Variant: and the VMA is not marked in its mm.
Callback_LoadMm(c) ==
  /\ Go(c, "Callback_LoadMm", "Callback_CheckSeq")
  /\ cmm' = [cmm EXCEPT ![c] = vm_mm[cnow[c]]]
  /\ UNCHANGED <<OfCallback, fields, slab, cnow, cnext, clink>>
Callback_CheckSeq(c) ==
  /\ Go(c, "Callback_CheckSeq", AfterCheck)
  /\ cmm' = Dead(cmm, c)
  /\ UNCHANGED <<OfCallback, fields, slab, cnow, cnext, clink>>
\* Variants: the callback has a list.
Callback_Link(c) ==
  /\ Go(c, "Callback_Link", "Callback_FreeName")
  /\ clink' = [clink EXCEPT ![c] = vm_link[cnow[c]]]
  /\ UNCHANGED <<OfCallback, fields, slab, cnow, cnext, cmm>>
Callback_FreeName(c) ==
  /\ Go(c, "Callback_FreeName", "Callback_Free")
  /\ FreeName(cnow[c])
  /\ UNCHANGED <<OfCallback, slab, callback_locals>>
Callback_Free(c) ==
  /\ Go(c, "Callback_Free", CASE clink[c] # Null -> "Callback_CheckLock"
                              [] cnext[c] # Null -> "Callback_Next" [] OTHER -> "Rcu_Idle")
  /\ FreeVma(cnow[c])
  /\ IF clink[c] # Null THEN cnow' = [cnow EXCEPT ![c] = clink[c]] /\ UNCHANGED clink
     ELSE Begins(c)
  /\ UNCHANGED <<OfCallback, cnext, cmm>>

--------------------------------------------------------------------------------
ReaderGoesOn(r) ==
  \/ Lookup_RcuLock(r) \/ Lookup_Walk(r) \/ Lookup_Name(r) \/ Lookup_Trylock(r)
  \/ Lookup_CheckRange(r) \/ Lookup_Rewalk(r) \/ Lookup_Unlock(r) \/ Lookup_GiveUp(r)
  \/ Lookup_Found(r) \/ Use_Start(r) \/ Use_Name(r) \/ Use_Unlock(r) \/ Fault_Put(r)
  \/ Fault_PutEarly(r)
ProcessGoesOn(m) ==
  \/ Map_Init(m) \/ Map_Store(m)
  \/ Isolate_Lock(m) \/ Isolate_Empty(m) \/ Isolate_Clear(m) \/ Isolate_Unlock(m)
  \/ Free_NameEarly(m) \/ Sync_Begin(m) \/ Sync_End(m) \/ Free_FreeName(m) \/ Free_Free(m)
  \/ Free_Lock(m) \/ Free_Unlock(m)
  \/ List_Lock(m) \/ List_Link(m) \/ List_Push(m) \/ List_Unlock(m)
  \/ Drain_Lock(m) \/ Drain_Steal(m) \/ Drain_Reset(m) \/ Drain_Unlock(m)
  \/ Queue_Lock(m) \/ Queue_Link(m) \/ Queue_First(m) \/ Queue_Behind(m) \/ Queue_Unlock(m)
  \/ Exit_Last(m) \/ Exit_FreeName(m) \/ Exit_Free(m) \/ Exit_Clear(m) \/ Exit_Destroy(m)
  \/ Exit_Drop(m) \/ \E s \in Slots : Exit_Find(m, s)
CallbacksGoOn(c) ==
  \/ Rcu_Sleep(c) \/ Rcu_Lock(c) \/ Rcu_Take(c) \/ Rcu_Unlock(c) \/ Rcu_Begin(c) \/ Rcu_End(c)
  \/ Callback_Next(c) \/ Callback_CheckLock(c) \/ Callback_LoadMm(c) \/ Callback_CheckSeq(c)
  \/ Callback_Link(c) \/ Callback_FreeName(c) \/ Callback_Free(c)

Next ==
  \/ \E r \in Readers : ReaderGoesOn(r) \/ \E m \in Mms, s \in Slots : Fault_Get(r, m, s)
  \/ \E m \in Mms :
       \/ Exit_Put(m) \/ ProcessGoesOn(m) \/ \E c \in Cpus : Process_Init(m, c)
       \/ \E s \in Slots : Unmap_Find(m, s) \/ \E v \in Vmas : Map_Alloc(m, s, v)
  \/ \E c \in Cpus : CallbacksGoOn(c)
Spec == Init /\ [][Next]_vars

\* Who has begun goes on; a process need not unmap or exit.  Who waits for the lock of a VMA gets it
\* though readers come and go, as an rwsem sees to.
Fairness ==
  /\ \A r \in Readers : WF_vars(ReaderGoesOn(r))
  /\ \A m \in Mms : WF_vars(ProcessGoesOn(m)) /\ SF_vars(Isolate_Lock(m))
  /\ \A c \in Cpus : WF_vars(CallbacksGoOn(c))
FairSpec == Spec /\ Fairness

--------------------------------------------------------------------------------
(* Properties. *)

Using == {"Use_Start", "Use_Name", "Use_Unlock"}
\* A reader has the lock.
Holds == Using \cup {"Lookup_CheckRange", "Lookup_Rewalk", "Lookup_Unlock", "Lookup_Found",
                     "Fault_PutEarly"}
\* A writer has it.
Locking == {"Isolate_Empty", "Isolate_Clear", "Isolate_Unlock", "Free_Unlock"}
\* A reader is in its section.
Looking == {"Lookup_Walk", "Lookup_Name", "Lookup_Trylock", "Lookup_CheckRange", "Lookup_Rewalk",
            "Lookup_Unlock", "Lookup_GiveUp", "Lookup_Found"}
\* Who has the lock of a queue.
Queueing == {"Queue_Link", "Queue_First", "Queue_Behind", "Queue_Unlock"}
Taking == {"Rcu_Take", "Rcu_Unlock"}
\* What touches a VMA; an mm, or its tree.
ReaderTouches ==
  Using \cup {"Lookup_Name", "Lookup_Trylock", "Lookup_CheckRange", "Lookup_Unlock"}
CallbackTouches ==
  {"Callback_CheckLock", "Callback_LoadMm", "Callback_Link", "Callback_FreeName", "Callback_Free"}
TouchesMm == {"Lookup_Walk", "Lookup_Rewalk", "Fault_Put", "Fault_PutEarly"}
\* What frees it.
Frees == {"Exit_FreeName", "Free_FreeName"}

\* A VMA is there from when its fields are filled until it is freed.
There(v) == vm_mm[v] # Null
\* Property (I-05): a VMA that a task touches is there.
VmaThere ==
  /\ \A r \in Readers : pc[r] \in ReaderTouches => There(rvma[r])
  /\ \A c \in Cpus : pc[c] \in CallbackTouches => There(cnow[c])
  /\ \A c \in Cpus : pc[c] = "Callback_Next" => There(cnext[c])

\* Property (I-05): an mm that a task touches is there.
MmThere ==
  /\ \A r \in Readers : pc[r] \in TouchesMm => mm_count[rmm[r]] > 0
  /\ \A c \in Cpus : pc[c] = "Callback_CheckSeq" => mm_count[cmm[c]] > 0

\* Property (I-05): the name of a VMA that a task looks at is there.
NameThere == \A r \in Readers : pc[r] \in {"Lookup_Name", "Use_Name"} => vm_name[rvma[r]] = 1

\* Property (I-03, I-04): a VMA that a reader uses is in the tree, and its bounds are its own.
FoundOK ==
  \A r \in Readers : pc[r] \in Using =>
    tree[rmm[r]][raddr[r]] = rvma[r] /\ vm_start[rvma[r]] = Own

\* Property (I-07): no reader has the lock of a VMA that is freed.
FreeOK ==
  /\ \A c \in Cpus : pc[c] = "Callback_CheckLock" => vm_lock[cnow[c]] = 0
  /\ \A m \in Mms : pc[m] \in Frees => vm_lock[wvma[m]] = 0

\* Property (I-09): the lock of a VMA counts the readers that have it, or is a writer's.
LockOK ==
  \A v \in Vmas : vm_lock[v] # Null =>
    vm_lock[v] = Cardinality({r \in Readers : rvma[r] = v /\ pc[r] \in Holds})
                 - IF \E m \in Mms : wvma[m] = v /\ pc[m] \in Locking THEN 1 ELSE 0

\* Property (L-06): a reader is in an RCU section exactly where the protocol says so.
RcuOK == \A r \in Readers : rcu[r] = (pc[r] \in Looking)

\* Property (S18): who changes a queue of callbacks has its lock; the tail is its last, and its task
\* has to run as long as something is queued.
QueueOK ==
  \A c \in Cpus :
    /\ cb_lock[c] = Cardinality({m \in Mms : wcpu[m] = c /\ pc[m] \in Queueing})
                    + IF pc[c] \in Taking THEN 1 ELSE 0
    /\ cb_tail[c] # Null => rcu_next[cb_tail[c]] = Null
    /\ (cb_tail[c] = Null) = (cb_head[c] = Null)
    /\ cb_pending[c] = IF cb_head[c] # Null THEN 1 ELSE 0

\* Property (L-07): an mm that goes leaves no VMA in its tree.
EmptyAtExit ==
  \A m \in Mms : pc[m] \in {"Exit_Drop", "Process_Gone"} => \A s \in Slots : tree[m][s] = Null

\* Property (S23): mm_users counts the process and those that it lets look; mm_count all of them
\* as one.
PinsOK ==
  \A m \in Mms :
    LET pins == Cardinality({r \in Readers : rmm[r] = m})
        lives == pc[m] \notin {"Process_New", "Process_Gone"}
        users == lives /\ ~exiting[m] /\ pc[m] \notin {"Exit_Last", "Exit_Drop"}
    IN /\ mm_users[m] = (IF PinsCount \/ PinsNothing THEN 0 ELSE pins) + IF users THEN 1 ELSE 0
       /\ mm_count[m] = (IF PinsCount THEN pins ELSE 0) + IF lives THEN 1 ELSE 0

\* Property (S18, S19): one callback frees a list of more than Limit VMAs: of the 33 of patch 39.
BatchOK ==
  \A m \in Mms :
    Lists /\ ~Is("once_a_second") /\ pc[m] = "Drain_Steal" /\ ~exiting[m] => free_nr[m] = Limit + 1

Refused == {"Lookup_Unlock", "Lookup_GiveUp"}
RefusalStep ==
  \A r \in Readers :
    pc[r] \notin Refused /\ pc'[r] \in Refused =>
      LET now == tree[rmm[r]][raddr[r]] IN
        IF rvma[r] = Null THEN now = Null
        ELSE now # rvma[r] \/ \E m \in Mms : wvma[m] = rvma[r] /\ pc[m] \in Locking
\* Property: a reader is turned away by an address without a VMA, by a writer that has the lock of
\* the VMA, or because the VMA has left the tree; however many use it already.
RefusalOK == [][RefusalStep]_vars

LeavesLocked ==
  \A m \in Mms, s \in Slots :
    tree[m][s] # Null /\ tree'[m][s] = Null /\ mm_users[m] > 0 => vm_lock[tree[m][s]] = -1
\* Property (I-08): a VMA leaves the tree of an mm that has users under its lock.
LeavesUnderLock == [][LeavesLocked]_vars

NamesGoFirst == \A v \in Vmas : vm_name[v] # Null /\ vm_name'[v] = Null => vm_name[v] = 0
\* Property (L-07): the name of a VMA is freed before the VMA.
NameFreed == [][NamesGoFirst]_vars

Out(v) == slab[v] = "used" /\ \A m \in Mms, s \in Slots : tree[m][s] # v
\* Property (L-07): a VMA that has left the tree goes back to the allocator.
Returned == \A v \in Vmas : Out(v) ~> ~Out(v)

\* Property (L-06): a grace period ends.
GraceEnds == \A c \in Cpus : pc[c] = "Rcu_End" ~> pc[c] # "Rcu_End"

\* Property (L-02): who unmaps a VMA gets its lock.
UnmapGets == \A m \in Mms : pc[m] = "Isolate_Lock" ~> pc[m] # "Isolate_Lock"

\* Possible: a reader that has locked a VMA is turned away, because it has left the tree.
TurnedAwayQueued == \E r \in Readers : pc[r] = "Lookup_Unlock" /\ vm_start[rvma[r]] = Everything

\* Possible: a callback is made after the mm of its VMA has gone.
Outlives == \E m \in Mms, c \in Cpus : pc[m] = "Process_Gone" /\ pc[c] = "Callback_Free"

\* Possible: a VMA is queued while an earlier one waits for its grace period.
QueuedMeanwhile == \E c \in Cpus : pc[c] = "Rcu_End" /\ cb_head[c] # Null

\* Possible: a section that began later is open when the callbacks are made.
LaterSection == \E r \in Readers, c \in Cpus : rcu[r] /\ pc[c] = "Callback_Free"

\* Possible: two readers use one VMA at once.
UsedByTwo ==
  \E r1, r2 \in Readers :
    r1 # r2 /\ rvma[r1] = rvma[r2] /\ pc[r1] \in Using /\ pc[r2] \in Using

\* Possible: the exit of a process waits for a reader that uses a VMA.
ExitWaits == \E r \in Readers, m \in Mms : pc[r] \in Using /\ pc[m] = "Exit_Last"
================================================================================
