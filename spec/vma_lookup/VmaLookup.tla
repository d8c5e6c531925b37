------------------------------- MODULE VmaLookup -------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* lock_vma_under_rcu() over the abstract lock that every generation of    *)
(* the per-VMA lock refines: find a VMA without mmap_lock, lock it, and    *)
(* learn whether it is still the one at the address.  A writer maps,       *)
(* unmaps, splits and merges meanwhile.  A VMA covers one address or two.  *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/vma_lookup.hpp).  pc holds the   *)
(* name of the site that a task will perform next, or of the point where   *)
(* it chooses one.  A local of a task is Null while it is dead.            *)
(***************************************************************************)
EXTENDS Integers, FiniteSets, Sequences, Slab

CONSTANTS
  Vmas,
  Slots,    \* addresses
  Mms,      \* address spaces; the writer of mm is called like the mm
  Null,     \* no object, no value
  Contents, \* a change leaves this behind: Whole, or more, and then it differs from a new VMA
  Variant   \* "holds", or the name of what is different (see README.md)

ASSUME Contents \in Nat \ {0}

VARIABLES
  \* of a VMA: its lock (n >= 0: readers), the addresses that it covers, its contents, a flag that
  \* only variants have
  vm_lock, vm_first, vm_last, vm_data, vm_detached,
  tree,     \* of an mm: the VMA at each address
  mm_root,  \* is the tree a bare entry, that of index 0 alone?
  pc,
  rmm, raddr, rvma, rmissed,        \* a reader's: where it faults, what it found, and before
  rindex,                           \* in variants: where the second walk starts
  wslot, wvma, wnew, wto, wother    \* a writer's: address, VMA, new one; address, VMA to grow over

vma_cells == <<vm_lock, vm_first, vm_last, vm_data, vm_detached>>
memory == <<slab, grace>>
mm_cells == <<tree, mm_root>>
reader_locals == <<rmm, raddr, rvma, rmissed, rindex>>
writer_locals == <<wslot, wvma, wnew, wto, wother>>
vars == <<vma_cells, memory, mm_cells, pc, rcu, reader_locals, writer_locals>>

WriteLocked == -1  \* vm_lock
Detached == -2     \* vm_lock, where the count says so
Torn == 0          \* vm_data
Whole == 1         \* of a new VMA
Nodes == 0         \* mm_root
Bare == 1

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* How does a reader learn that a VMA has left the tree?
Flags == Variant \in {"flag", "flag_recycles", "flag_set_late", "flag_without_range",
                      "flag_copies_struct"}
Counts == Variant \in {"count", "count_without_range", "count_copies_struct"}
Rewalks == ~Flags /\ ~Counts /\ Variant \notin {"no_rewalk", "no_checks"}
ChecksRange ==
  Variant \in {"range_check", "range_retries", "no_rewalk", "cursor_not_set", "flag",
               "flag_recycles", "flag_set_late", "flag_copies_struct", "count",
               "count_copies_struct"}
AfterRangeUnlock == IF Is("range_retries") THEN "Lookup_Walk" ELSE "Lookup_RcuUnlockNone"
\* From where does the second walk start?
KeepsCursor == Is("cursor_not_set") \/ Is("cursor_not_set_no_range")
BareVmas == Is("bare_root") \/ Is("bare_root_restarts")
RewalkBegin == IF Is("bare_root") THEN "Rewalk_Root" ELSE "Rewalk_Walk"
Success == IF Is("lookup_keeps_rcu") THEN "Use_LoadData" ELSE "Lookup_RcuUnlock"
AfterRange == IF Rewalks THEN RewalkBegin ELSE Success
AfterFlag == IF ChecksRange THEN "Lookup_CheckFirst" ELSE AfterRange
AfterTrylock == IF Flags THEN "Lookup_CheckFlag" ELSE AfterFlag
TakesRcu == ~Is("lookup_without_rcu")

\* May a VMA be used anew without a grace period?
Recycles == Variant \in {"rewalk_recycles", "flag_recycles"} \/ Counts
AfterUnmap == IF Recycles THEN "Writer_Unmapped" ELSE "Unmap_Free"

\* What does a writer lock?
AfterFind == IF Is("change_unmarked") THEN "Writer_Locked" ELSE "StartWrite_Lock"
LocksNew == ~Is("insert_unmarked")
AtAlloc == IF Counts THEN Detached ELSE 0
StoreNew == IF Flags THEN "Attach_ClearFlag" ELSE "New_Store"
LockNew == IF LocksNew THEN "New_Lock" ELSE StoreNew
SetsFlagFirst == Flags /\ ~Is("flag_set_late")
AfterDetach == IF Counts THEN Detached ELSE 0

\* What is known of the addresses of a VMA that loses one, or gains one?
AfterCopy == IF Is("split_keeps_bounds") THEN "New_SetFirst" ELSE "Split_SetLast"
Grow == IF Is("grows_late") THEN "Expand_Store" ELSE "Expand_SetLast"

\* vm_area_dup(): its steps.
DupSites ==
  CASE Is("dup_copies_struct") \/ Is("count_copies_struct") ->
         <<"Dup_CopyLock", "Dup_CopyData", "Dup_CopyFirst", "Dup_CopyLast", "Dup_SetLock">>
    [] Is("flag_copies_struct") ->
         <<"Dup_CopyFlag", "Dup_CopyLock", "Dup_CopyData", "Dup_CopyFirst", "Dup_CopyLast",
           "Dup_SetLock">>
    [] Is("dup_copies_lock") -> <<"Dup_CopyLock", "Dup_CopyData", "Dup_CopyFirst", "Dup_CopyLast">>
    [] Is("dup_copies_rest") -> <<"Dup_SetLock", "Dup_CopyData", "Dup_CopyFirst", "Dup_CopyLast">>
    [] Is("dup_forgets_contents") -> <<"Dup_SetLock">>
    [] OTHER -> <<"Dup_SetLock", "Dup_CopyData">>
AfterDup(site) ==
  LET i == CHOOSE i \in DOMAIN DupSites : DupSites[i] = site
  IN IF i = Len(DupSites) THEN AfterCopy ELSE DupSites[i + 1]

--------------------------------------------------------------------------------
Init ==
  /\ vm_lock = [v \in Vmas |-> Null] /\ vm_first = [v \in Vmas |-> Null]
  /\ vm_last = [v \in Vmas |-> Null] /\ vm_data = [v \in Vmas |-> Null]
  /\ vm_detached = [v \in Vmas |-> Null]
  /\ SlabInit(Vmas) /\ RcuInit(Vmas)
  /\ tree = [m \in Mms |-> [s \in Slots |-> Null]]
  /\ mm_root = [m \in Mms |-> Nodes]
  /\ pc = [t \in Readers \cup Mms |-> IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
  /\ rmm = [r \in Readers |-> Null] /\ raddr = [r \in Readers |-> Null]
  /\ rvma = [r \in Readers |-> Null] /\ rmissed = [r \in Readers |-> Null]
  /\ rindex = [r \in Readers |-> Null]
  /\ wslot = [m \in Mms |-> Null] /\ wvma = [m \in Mms |-> Null]
  /\ wnew = [m \in Mms |-> Null] /\ wto = [m \in Mms |-> Null]
  /\ wother = [m \in Mms |-> Null]

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

\* What is gone has no fields.
Empty(gone(_)) ==
  /\ vm_lock' = [v \in Vmas |-> IF gone(v) THEN Null ELSE vm_lock[v]]
  /\ vm_first' = [v \in Vmas |-> IF gone(v) THEN Null ELSE vm_first[v]]
  /\ vm_last' = [v \in Vmas |-> IF gone(v) THEN Null ELSE vm_last[v]]
  /\ vm_data' = [v \in Vmas |-> IF gone(v) THEN Null ELSE vm_data[v]]
  /\ vm_detached' = [v \in Vmas |-> IF gone(v) THEN Null ELSE vm_detached[v]]

--------------------------------------------------------------------------------
(* A reader: lock_vma_under_rcu(), a use of the VMA, vma_end_read(). *)

NotOfReader == <<mm_cells, writer_locals>>
EndRcu(r) == LET gone(v) == GoesWith(r, v) IN SlabUnlock(r, Vmas, Vmas) /\ Empty(gone)
Forget(r) == rmm' = [rmm EXCEPT ![r] = Null] /\ raddr' = [raddr EXCEPT ![r] = Null]

Lookup_RcuLock(r, m, s) ==
  /\ Go(r, "Reader_Idle", "Lookup_Root")
  /\ rcu' = [rcu EXCEPT ![r] = TakesRcu]
  /\ rmm' = [rmm EXCEPT ![r] = m] /\ raddr' = [raddr EXCEPT ![r] = s]
  /\ UNCHANGED <<vma_cells, memory, NotOfReader, rvma, rmissed, rindex>>
\* A bare entry is that of index 0, and a page has more: it is no VMA's.
Lookup_Root(r) ==
  /\ Go(r, "Lookup_Root",
        IF mm_root[rmm[r]] = Bare /\ ~BareVmas THEN "Lookup_RcuUnlockNone" ELSE "Lookup_Walk")
  /\ UNCHANGED <<vma_cells, memory, NotOfReader, rcu, reader_locals>>
Found(v) == IF v = Null THEN "Lookup_RcuUnlockNone" ELSE "StartRead_Trylock"
Lookup_Walk(r) ==
  LET v == tree[rmm[r]][raddr[r]] IN
    /\ Go(r, "Lookup_Walk", IF KeepsCursor /\ v # Null THEN "Lookup_Index" ELSE Found(v))
    /\ rvma' = [rvma EXCEPT ![r] = v]
    /\ UNCHANGED <<vma_cells, memory, NotOfReader, rcu, rmm, raddr, rmissed, rindex>>
Lookup_RcuUnlockNone(r) ==
  /\ Go(r, "Lookup_RcuUnlockNone", "Reader_Idle")
  /\ EndRcu(r) /\ Forget(r)
  /\ rindex' = [rindex EXCEPT ![r] = Null]
  /\ UNCHANGED <<NotOfReader, rvma, rmissed>>

\* The abstract lock, taken for reading.
StartRead_Trylock(r) ==
  LET free == vm_lock[rvma[r]] >= 0 IN
    /\ Go(r, "StartRead_Trylock", IF free THEN AfterTrylock ELSE "Lookup_RcuUnlockNone")
    /\ IF free THEN vm_lock' = [vm_lock EXCEPT ![rvma[r]] = @ + 1] ELSE UNCHANGED vm_lock
    /\ IF free THEN UNCHANGED rvma ELSE rvma' = [rvma EXCEPT ![r] = Null]
    /\ UNCHANGED <<vm_first, vm_last, vm_data, vm_detached, memory, NotOfReader, rcu, rmm, raddr,
                   rmissed, rindex>>
Unlock(v) == vm_lock' = [vm_lock EXCEPT ![v] = @ - 1]

Check(r, site, good, next, otherwise) ==
  /\ Go(r, site, IF good THEN next ELSE otherwise)
  /\ UNCHANGED <<vma_cells, memory, NotOfReader, rcu, reader_locals>>
\* Variants: the bounds, which are stable under the lock of a VMA of the tree.
Lookup_CheckFirst(r) ==
  Check(r, "Lookup_CheckFirst", vm_first[rvma[r]] = raddr[r], AfterRange, "Lookup_CheckLast")
Lookup_CheckLast(r) ==
  Check(r, "Lookup_CheckLast", vm_last[rvma[r]] = raddr[r], AfterRange, "Range_Unlock")
Range_Unlock(r) ==
  /\ Go(r, "Range_Unlock", AfterRangeUnlock)
  /\ Unlock(rvma[r])
  /\ rvma' = [rvma EXCEPT ![r] = Null]
  /\ UNCHANGED <<vm_first, vm_last, vm_data, vm_detached, memory, NotOfReader, rcu, rmm, raddr,
                 rmissed, rindex>>

\* Variants: the flag under the lock; the start of the VMA is where the second walk begins.
Lookup_CheckFlag(r) ==
  Check(r, "Lookup_CheckFlag", vm_detached[rvma[r]] = 0, AfterFlag, "Range_Unlock")
Lookup_Index(r) ==
  /\ Go(r, "Lookup_Index", "StartRead_Trylock")
  /\ rindex' = [rindex EXCEPT ![r] = vm_first[rvma[r]]]
  /\ UNCHANGED <<vma_cells, memory, NotOfReader, rcu, rmm, raddr, rvma, rmissed>>

\* The second walk, from the address: is the VMA in the tree still?
AfterMiss(v) ==
  CASE KeepsCursor -> "Range_Unlock" [] Is("miss_keeps_lock") -> Found(v) [] OTHER -> "Miss_Unlock"
Missed(r, site, v) ==
  /\ Go(r, site, AfterMiss(v))
  /\ rvma' = [rvma EXCEPT ![r] = IF KeepsCursor \/ Is("retries_same") THEN @ ELSE v]
  /\ rmissed' = [rmissed EXCEPT ![r] = IF AfterMiss(v) = "Miss_Unlock" THEN rvma[r] ELSE Null]
  /\ UNCHANGED <<vma_cells, memory, NotOfReader, rcu, rmm, raddr, rindex>>
Rewalk_Walk(r) ==
  /\ pc[r] = "Rewalk_Walk"
  /\ LET v == IF KeepsCursor THEN tree[rmm[r]][rindex[r]] ELSE tree[rmm[r]][raddr[r]] IN
       IF v # rvma[r] THEN Missed(r, "Rewalk_Walk", v)
       ELSE Check(r, "Rewalk_Walk", TRUE, Success, Success)
\* Variant: the cursor is at the root.
Rewalk_Root(r) ==
  /\ pc[r] = "Rewalk_Root"
  /\ IF mm_root[rmm[r]] = Bare THEN Missed(r, "Rewalk_Root", Null)
     ELSE Check(r, "Rewalk_Root", TRUE, "Rewalk_Walk", "Rewalk_Walk")
Miss_Unlock(r) ==
  /\ Go(r, "Miss_Unlock", Found(rvma[r]))
  /\ Unlock(rmissed[r])
  /\ rmissed' = [rmissed EXCEPT ![r] = Null]
  /\ UNCHANGED <<vm_first, vm_last, vm_data, vm_detached, memory, NotOfReader, rcu, rmm, raddr,
                 rvma, rindex>>

Lookup_RcuUnlock(r) ==
  /\ Go(r, "Lookup_RcuUnlock", "Use_LoadData")
  /\ EndRcu(r)
  /\ rindex' = [rindex EXCEPT ![r] = Null]
  /\ UNCHANGED <<NotOfReader, rmm, raddr, rvma, rmissed>>
Use_LoadData(r) == Check(r, "Use_LoadData", TRUE, "EndRead_Unlock", "EndRead_Unlock")
EndRead_Unlock(r) ==
  /\ Go(r, "EndRead_Unlock", "Reader_Idle")
  /\ Unlock(rvma[r])
  /\ Forget(r) /\ rvma' = [rvma EXCEPT ![r] = Null]
  /\ UNCHANGED <<vm_first, vm_last, vm_data, vm_detached, memory, NotOfReader, rcu, rmissed,
                 rindex>>

--------------------------------------------------------------------------------
(* A writer, under mmap_lock: each section does one thing. *)

NotOfWriter == <<rcu, reader_locals>>
OneAddress(v) == vm_first[v] = vm_last[v]
\* Nothing is at hand any more.
Done(m) ==
  /\ wslot' = [wslot EXCEPT ![m] = Null] /\ wvma' = [wvma EXCEPT ![m] = Null]
  /\ wnew' = [wnew EXCEPT ![m] = Null] /\ wto' = [wto EXCEPT ![m] = Null]
  /\ wother' = [wother EXCEPT ![m] = Null]
DoneIf(m, done) == IF done THEN Done(m) ELSE UNCHANGED writer_locals

SetLock(v, n) ==
  vm_lock' = [vm_lock EXCEPT ![v] = n] /\ UNCHANGED <<vm_first, vm_last, vm_data, vm_detached>>
SetFirst(v, s) ==
  vm_first' = [vm_first EXCEPT ![v] = s] /\ UNCHANGED <<vm_lock, vm_last, vm_data, vm_detached>>
SetLast(v, s) ==
  vm_last' = [vm_last EXCEPT ![v] = s] /\ UNCHANGED <<vm_lock, vm_first, vm_data, vm_detached>>
SetData(v, n) ==
  vm_data' = [vm_data EXCEPT ![v] = n] /\ UNCHANGED <<vm_lock, vm_first, vm_last, vm_detached>>
Others == UNCHANGED <<memory, mm_cells, NotOfWriter>>
Store(m, s, v) ==
  /\ tree' = [tree EXCEPT ![m][s] = v]
  /\ UNCHANGED <<vma_cells, memory, mm_root, NotOfWriter>>

\* An entry for index 0 alone, in a tree that has no other; or it goes.
Reserve_Walk(m) ==
  /\ Go(m, "Writer_Idle", "Reserve_Store") /\ ~Is("root_over_vmas")
  /\ mm_root[m] = Nodes
  /\ \A s \in Slots : tree[m][s] = Null
  /\ UNCHANGED <<vma_cells, memory, mm_cells, NotOfWriter, writer_locals>>
SetRoot(m, root) ==
  /\ mm_root' = [mm_root EXCEPT ![m] = root]
  /\ UNCHANGED <<vma_cells, memory, tree, NotOfWriter, writer_locals>>
Reserve_Store(m) ==
  IF Is("root_over_vmas")
  THEN Go(m, "Writer_Idle", "Writer_Idle") /\ mm_root[m] = Nodes /\ SetRoot(m, Bare)
  ELSE Go(m, "Reserve_Store", "Writer_Idle") /\ SetRoot(m, Bare)
Reserve_Clear(m) ==
  Go(m, "Writer_Idle", "Writer_Idle") /\ mm_root[m] = Bare /\ SetRoot(m, Nodes)

\* The VMA is new: nothing is in it.
Allocated(m, v) ==
  /\ MayAllocate(v) /\ Allocate(v)
  /\ wnew' = [wnew EXCEPT ![m] = v]
  /\ UNCHANGED <<vma_cells, mm_cells, NotOfWriter, wvma, wto, wother>>
Map_Alloc(m, s, v) ==
  /\ Go(m, "Writer_Idle", "Alloc_Init")
  /\ tree[m][s] = Null
  /\ mm_root[m] = Nodes \/ BareVmas
  /\ Allocated(m, v)
  /\ wslot' = [wslot EXCEPT ![m] = s]
Alloc_Init(m) ==
  /\ Go(m, "Alloc_Init", "New_SetFirst")
  /\ vm_lock' = [vm_lock EXCEPT ![wnew[m]] = AtAlloc]
  /\ vm_data' = [vm_data EXCEPT ![wnew[m]] = Whole]
  /\ UNCHANGED <<vm_first, vm_last, vm_detached, writer_locals>> /\ Others

\* Variants: the VMA at hand is used anew. Its lock may be in use, and is left alone.
Recycle_Init(m, s) ==
  /\ Go(m, "Writer_Unmapped", "New_SetFirst")
  /\ tree[m][s] = Null
  /\ SetData(wvma[m], Whole) /\ Others
  /\ wslot' = [wslot EXCEPT ![m] = s] /\ wnew' = [wnew EXCEPT ![m] = wvma[m]]
  /\ UNCHANGED <<wvma, wto, wother>>

\* The new VMA enters the tree, at this address.
New_SetFirst(m) ==
  /\ Go(m, "New_SetFirst", "New_SetLast")
  /\ SetFirst(wnew[m], wslot[m]) /\ Others /\ UNCHANGED writer_locals
New_SetLast(m) ==
  /\ Go(m, "New_SetLast", LockNew)
  /\ SetLast(wnew[m], wslot[m]) /\ Others /\ UNCHANGED writer_locals
New_Lock(m) ==
  /\ Go(m, "New_Lock", StoreNew)
  /\ vm_lock[wnew[m]] = AtAlloc
  /\ SetLock(wnew[m], WriteLocked) /\ Others /\ UNCHANGED writer_locals
New_Store(m) ==
  Go(m, "New_Store", "New_EndWrite") /\ Store(m, wslot[m], wnew[m]) /\ UNCHANGED writer_locals
\* Variants: the flag.
SetFlag(m, from, to, v, flag) ==
  /\ Go(m, from, to)
  /\ vm_detached' = [vm_detached EXCEPT ![v] = flag]
  /\ UNCHANGED <<vm_lock, vm_first, vm_last, vm_data, writer_locals>> /\ Others
Attach_ClearFlag(m) == SetFlag(m, "Attach_ClearFlag", "New_Store", wnew[m], 0)
Unmap_SetFlag(m) ==
  IF SetsFlagFirst
  THEN SetFlag(m, "Writer_Locked", "Unmap_Clear", wvma[m], 1) /\ OneAddress(wvma[m])
  ELSE SetFlag(m, "Unmap_SetFlag", AfterUnmap, wvma[m], 1)
Merge_SetFlag(m) ==
  SetFlag(m, "Merge_SetFlag", IF SetsFlagFirst THEN Grow ELSE "Merge_Free",
          wother[m], 1)
\* Release of the marks.
Splits(m) == wvma[m] # Null /\ wvma[m] # wnew[m]
New_EndWrite(m) ==
  /\ Go(m, "New_EndWrite", IF Splits(m) THEN "Split_EndWrite" ELSE "Writer_Idle")
  /\ SetLock(wnew[m], 0) /\ Others
  /\ IF Splits(m) THEN UNCHANGED writer_locals ELSE Done(m)
Split_EndWrite(m) ==
  Go(m, "Split_EndWrite", "Writer_Idle") /\ SetLock(wvma[m], 0) /\ Others /\ Done(m)

Find_Walk(m, s) ==
  /\ Go(m, "Writer_Idle", AfterFind)
  /\ tree[m][s] # Null
  /\ wslot' = [wslot EXCEPT ![m] = s]
  /\ wvma' = [wvma EXCEPT ![m] = tree[m][s]]
  /\ UNCHANGED <<vma_cells, memory, mm_cells, NotOfWriter, wnew, wto, wother>>
StartWrite_Lock(m) ==
  /\ Go(m, "StartWrite_Lock", "Writer_Locked")
  /\ vm_lock[wvma[m]] = 0
  /\ SetLock(wvma[m], WriteLocked) /\ Others /\ UNCHANGED writer_locals

Modify_Begin(m) ==
  /\ Go(m, "Writer_Locked", "Modify_End")
  /\ SetData(wvma[m], Torn) /\ Others
  /\ UNCHANGED writer_locals
Modify_End(m) ==
  /\ Go(m, "Modify_End", "Modify_EndWrite")
  /\ SetData(wvma[m], Contents) /\ Others /\ UNCHANGED writer_locals
Modify_EndWrite(m) ==
  Go(m, "Modify_EndWrite", "Writer_Idle") /\ SetLock(wvma[m], 0) /\ Others /\ Done(m)

Clears(m, site) ==
  /\ Go(m, site, "Unmap_EndWrite")
  /\ OneAddress(wvma[m])
  /\ Store(m, wslot[m], Null) /\ UNCHANGED writer_locals
Unmap_Clear(m) == Clears(m, IF SetsFlagFirst THEN "Unmap_Clear" ELSE "Writer_Locked")
Unmap_EndWrite(m) ==
  /\ Go(m, "Unmap_EndWrite", IF Is("flag_set_late") THEN "Unmap_SetFlag" ELSE AfterUnmap)
  /\ SetLock(wvma[m], AfterDetach) /\ Others /\ UNCHANGED writer_locals
\* call_rcu()
Frees(m, v) ==
  /\ IF Is("unmap_keeps_vma") THEN UNCHANGED <<vma_cells, memory>>
     ELSE LET gone(w) == w = v /\ ~Stays IN Free(v) /\ Empty(gone)
  /\ UNCHANGED <<mm_cells, NotOfWriter>> /\ Done(m)
Unmap_Free(m) ==
  Go(m, AfterUnmap, "Writer_Idle") /\ Frees(m, wvma[m])

Split_Alloc(m, v) ==
  /\ Go(m, "Writer_Locked", DupSites[1])
  /\ vm_first[wvma[m]] # wslot[m]
  /\ Allocated(m, v)
  /\ UNCHANGED wslot
Dup_SetLock(m) ==
  /\ Go(m, "Dup_SetLock", AfterDup("Dup_SetLock"))
  /\ SetLock(wnew[m], AtAlloc) /\ Others /\ UNCHANGED writer_locals
Dup_CopyData(m) ==
  /\ Go(m, "Dup_CopyData", AfterDup("Dup_CopyData"))
  /\ SetData(wnew[m], IF Is("dup_contents_anew") THEN Whole ELSE vm_data[wvma[m]])
  /\ Others /\ UNCHANGED writer_locals
\* Variants: more of the source is copied.
Dup_CopyLock(m) ==
  /\ Go(m, "Dup_CopyLock", AfterDup("Dup_CopyLock"))
  /\ SetLock(wnew[m], vm_lock[wvma[m]]) /\ Others /\ UNCHANGED writer_locals
Dup_CopyFlag(m) ==
  SetFlag(m, "Dup_CopyFlag", AfterDup("Dup_CopyFlag"), wnew[m], vm_detached[wvma[m]])
Dup_CopyFirst(m) ==
  /\ Go(m, "Dup_CopyFirst", AfterDup("Dup_CopyFirst"))
  /\ SetFirst(wnew[m], vm_first[wvma[m]]) /\ Others /\ UNCHANGED writer_locals
Dup_CopyLast(m) ==
  /\ Go(m, "Dup_CopyLast", AfterDup("Dup_CopyLast"))
  /\ SetLast(wnew[m], vm_last[wvma[m]]) /\ Others /\ UNCHANGED writer_locals
Split_SetLast(m) ==
  /\ Go(m, "Split_SetLast", "New_SetFirst")
  /\ SetLast(wvma[m], vm_first[wvma[m]]) /\ Others /\ UNCHANGED writer_locals

\* vma_expand(): over an address where nothing is, all of the VMA there, or one of its two.
Expand_Walk(m, s) ==
  LET other == tree[m][s] IN
    /\ Go(m, "Writer_Locked", IF other = Null THEN Grow ELSE "Merge_Lock")
    /\ OneAddress(wvma[m]) /\ vm_first[wvma[m]] # s
    /\ wto' = [wto EXCEPT ![m] = s] /\ wother' = [wother EXCEPT ![m] = other]
    /\ UNCHANGED <<vma_cells, memory, mm_cells, NotOfWriter, wslot, wvma, wnew>>
Merge_Lock(m) ==
  LET other == wother[m] IN
    /\ Go(m, "Merge_Lock",
          CASE OneAddress(other) -> IF SetsFlagFirst THEN "Merge_SetFlag" ELSE Grow
            [] vm_first[other] = wto[m] -> "Shift_SetFirst"
            [] OTHER -> IF Is("shift_keeps_last") THEN Grow ELSE "Shift_SetLast")
    /\ vm_lock[other] = 0
    /\ SetLock(other, WriteLocked) /\ Others /\ UNCHANGED writer_locals
Shift_SetFirst(m) ==
  /\ Go(m, "Shift_SetFirst", Grow)
  /\ SetFirst(wother[m], vm_last[wother[m]]) /\ Others /\ UNCHANGED writer_locals
Shift_SetLast(m) ==
  /\ Go(m, "Shift_SetLast", Grow)
  /\ SetLast(wother[m], vm_first[wother[m]]) /\ Others /\ UNCHANGED writer_locals
\* Is a part of the other VMA left?
Shifts(m) == wother[m] # Null /\ vm_first[wother[m]] # wto[m]
AfterGrown(m) ==
  CASE wother[m] = Null -> "Writer_Idle"
    [] Shifts(m) -> "Shift_EndWrite"
    [] OTHER -> "Merge_EndWrite"
Expand_SetLast(m) ==
  /\ Go(m, "Expand_SetLast", IF Is("grows_late") THEN AfterGrown(m) ELSE "Expand_Store")
  /\ SetLast(wvma[m], wto[m]) /\ Others
  /\ DoneIf(m, Is("grows_late") /\ wother[m] = Null)
Expand_Store(m) ==
  Go(m, "Expand_Store", "Expand_EndWrite") /\ Store(m, wto[m], wvma[m]) /\ UNCHANGED writer_locals
Expand_EndWrite(m) ==
  /\ Go(m, "Expand_EndWrite", IF Is("grows_late") THEN "Expand_SetLast" ELSE AfterGrown(m))
  /\ SetLock(wvma[m], 0) /\ Others
  /\ DoneIf(m, ~Is("grows_late") /\ wother[m] = Null)
Shift_EndWrite(m) ==
  Go(m, "Shift_EndWrite", "Writer_Idle") /\ SetLock(wother[m], 0) /\ Others /\ Done(m)
Merge_EndWrite(m) ==
  /\ Go(m, "Merge_EndWrite", IF Is("flag_set_late") THEN "Merge_SetFlag" ELSE "Merge_Free")
  /\ SetLock(wother[m], AfterDetach) /\ Others /\ UNCHANGED writer_locals
Merge_Free(m) == Go(m, "Merge_Free", "Writer_Idle") /\ Frees(m, wother[m])

--------------------------------------------------------------------------------
ReaderGoesOn(r) ==
  \/ Lookup_Root(r) \/ Lookup_Walk(r) \/ Lookup_RcuUnlockNone(r) \/ StartRead_Trylock(r)
  \/ Lookup_CheckFirst(r) \/ Lookup_CheckLast(r) \/ Range_Unlock(r) \/ Rewalk_Walk(r)
  \/ Rewalk_Root(r) \/ Lookup_CheckFlag(r) \/ Lookup_Index(r)
  \/ Miss_Unlock(r) \/ Lookup_RcuUnlock(r) \/ Use_LoadData(r) \/ EndRead_Unlock(r)
WriterGoesOn(m) ==
  \/ Reserve_Store(m) \/ Alloc_Init(m) \/ New_SetFirst(m) \/ New_SetLast(m) \/ New_Lock(m)
  \/ New_Store(m) \/ New_EndWrite(m) \/ Split_EndWrite(m) \/ StartWrite_Lock(m)
  \/ Modify_Begin(m) \/ Modify_End(m) \/ Modify_EndWrite(m) \/ Unmap_Clear(m)
  \/ Unmap_EndWrite(m) \/ Unmap_Free(m) \/ Dup_SetLock(m) \/ Dup_CopyData(m)
  \/ Split_SetLast(m) \/ Merge_Lock(m) \/ Shift_SetFirst(m) \/ Shift_SetLast(m)
  \/ Expand_SetLast(m) \/ Expand_Store(m) \/ Expand_EndWrite(m) \/ Shift_EndWrite(m)
  \/ Merge_EndWrite(m) \/ Merge_Free(m) \/ Attach_ClearFlag(m) \/ Unmap_SetFlag(m)
  \/ Merge_SetFlag(m) \/ Dup_CopyLock(m) \/ Dup_CopyFirst(m) \/ Dup_CopyLast(m)
  \/ Dup_CopyFlag(m)

Next ==
  \/ \E r \in Readers :
       ReaderGoesOn(r) \/ \E m \in Mms, s \in Slots : Lookup_RcuLock(r, m, s)
  \/ \E m \in Mms :
       \/ WriterGoesOn(m) \/ Reserve_Walk(m) \/ Reserve_Clear(m)
       \/ \E s \in Slots, v \in Vmas : Map_Alloc(m, s, v)
       \/ \E s \in Slots : Find_Walk(m, s) \/ Expand_Walk(m, s) \/ Recycle_Init(m, s)
       \/ \E v \in Vmas : Split_Alloc(m, v)
Spec == Init /\ [][Next]_vars

\* A reader that has begun goes on; a writer may stay where it is for ever.
Fairness == \A r \in Readers : WF_vars(ReaderGoesOn(r))
FairSpec == Spec /\ Fairness

--------------------------------------------------------------------------------
(* Properties. *)

InTree(v) == \E m \in Mms, s \in Slots : tree[m][s] = v

\* A reader is done with all checks; it has the lock of rvma; it is about to look at that.
Validated == {"Lookup_RcuUnlock", "Use_LoadData"}
Holds == Validated \cup {"Lookup_CheckFlag", "Lookup_CheckFirst", "Lookup_CheckLast",
                         "Range_Unlock", "Rewalk_Root", "Rewalk_Walk", "EndRead_Unlock"}
Touching == Holds \cup {"StartRead_Trylock", "Lookup_Index"}
InRcu == (Touching \ {"Use_LoadData", "EndRead_Unlock"}) \cup
         {"Lookup_Root", "Lookup_Walk", "Miss_Unlock", "Lookup_RcuUnlockNone"}
Holders(v) ==
  Cardinality({r \in Readers : \/ pc[r] \in Holds /\ rvma[r] = v
                               \/ pc[r] = "Miss_Unlock" /\ rmissed[r] = v})

\* A writer has write-locked wnew, wother, wvma.
LockedNew == {"Attach_ClearFlag", "New_Store", "New_EndWrite"}
Late == IF Is("flag_set_late") THEN {"Unmap_SetFlag", "Merge_SetFlag"} ELSE {}
LockedOther == {"Merge_SetFlag", "Shift_SetFirst", "Shift_SetLast", "Expand_SetLast",
                "Expand_Store", "Expand_EndWrite", "Shift_EndWrite", "Merge_EndWrite"} \ Late
LockedVma == {"Writer_Locked", "Modify_End", "Modify_EndWrite", "Unmap_SetFlag", "Unmap_Clear",
              "Unmap_EndWrite", "Dup_SetLock", "Dup_CopyLock", "Dup_CopyData", "Dup_CopyFirst",
              "Dup_CopyLast", "Dup_CopyFlag", "Split_SetLast", "New_SetFirst", "New_SetLast",
              "New_Lock",
              "Attach_ClearFlag", "New_Store", "New_EndWrite", "Split_EndWrite", "Merge_Lock",
              "Merge_SetFlag", "Shift_SetFirst", "Shift_SetLast", "Expand_SetLast",
              "Expand_Store", "Expand_EndWrite"} \ Late
Marks(m, v) ==
  \/ v = wnew[m] /\ pc[m] \in LockedNew
  \/ v = wother[m] /\ pc[m] \in LockedOther
  \/ v = wvma[m] /\ v # wnew[m] /\ pc[m] \in LockedVma
\* The VMA at hand is new, and its lock not yet what it will be.
Filling == {"Alloc_Init", "Dup_SetLock", "Dup_CopyLock", "Dup_CopyData", "Dup_CopyFirst",
            "Dup_CopyLast", "Dup_CopyFlag"}

\* Property (I-09): the lock of a VMA counts the readers that have it, or is a writer's; a count of
\* zero is that of a VMA which is in no tree.
LockOK ==
  \A v \in Vmas :
    \/ slab[v] = "none"
    \/ \E m \in Mms : wnew[m] = v /\ pc[m] \in Filling
    \/ vm_lock[v] = IF \E m \in Mms : Marks(m, v) THEN WriteLocked ELSE Holders(v)
    \/ Counts /\ vm_lock[v] = Detached /\ Holders(v) = 0 /\ ~InTree(v)

\* Property (I-01): no reader uses a VMA that is write-locked.
ExclOK == \A r \in Readers, m \in Mms : pc[r] \in Validated => ~Marks(m, rvma[r])

\* What a writer is about to change, to take out of the tree or to put into it.
Changes(m, v) ==
  \/ v = wvma[m] /\ pc[m] \in {"Writer_Locked", "Modify_End", "Unmap_Clear", "Split_SetLast",
                              "Expand_SetLast", "Expand_Store"}
  \/ v = wother[m] /\ pc[m] \in {"Shift_SetFirst", "Shift_SetLast", "Expand_Store"}
  \/ v = wnew[m] /\ pc[m] = "New_Store"
\* Property (I-08, I-11, I-13): what a writer changes, takes out of the tree or puts into it is
\* write-locked.
ChangeOK == \A m \in Mms, v \in Vmas : Changes(m, v) => vm_lock[v] = WriteLocked

Covers(v, s) == s = vm_first[v] \/ s = vm_last[v]
\* Property (I-04): a VMA is in the tree at the addresses that it covers and at no other, but while
\* a writer has it write-locked.
BoundsOK ==
  \A m \in Mms, v \in Vmas :
    (\E s \in Slots : tree[m][s] = v) /\ ~Marks(m, v) =>
      /\ vm_first[v] # Null /\ vm_last[v] # Null
      /\ \A s \in Slots : tree[m][s] = v <=> Covers(v, s)

\* Property (I-16): a VMA that is not freed is in a tree, or a writer has it at hand.
LeakOK ==
  \A v \in Vmas : slab[v] = "used" =>
    InTree(v) \/ \E m \in Mms : v \in {wvma[m], wnew[m], wother[m]}

\* Property (I-03, I-04): the VMA that a reader uses is the one at the address that it asked for,
\* covers that address, and is whole.
UseOK ==
  \A r \in Readers : pc[r] \in Validated =>
    LET v == rvma[r] IN
      /\ tree[rmm[r]][raddr[r]] = v
      /\ Covers(v, raddr[r])
      /\ vm_data[v] \in {Whole, Contents}

\* Property (I-05, I-06): a VMA that a reader looks at has not gone; one that it uses is not freed.
PageOK ==
  \A r \in Readers :
    /\ pc[r] \in Touching => slab[rvma[r]] # "none"
    /\ pc[r] = "Miss_Unlock" => slab[rmissed[r]] # "none"
    /\ pc[r] \in Validated => slab[rvma[r]] = "used"

\* Property (L-06): a reader is inside an RCU section exactly where the protocol says so.
RcuOK == \A r \in Readers : rcu[r] <=> pc[r] \in InRcu

\* Property (I-33): what a split leaves behind has the contents of both halves.
CopyOK == \A m \in Mms : pc[m] = "Split_SetLast" => vm_data[wnew[m]] = vm_data[wvma[m]]

Finds ==
  \A r \in Readers :
    pc[r] \in {"Lookup_Root", "Lookup_Walk"} /\ tree[rmm[r]][raddr[r]] # Null
    => pc'[r] # "Lookup_RcuUnlockNone"
\* Property (S11): the first walk finds the VMA that is at the address.
WalkOK == [][Finds]_vars

Confirms ==
  \A r \in Readers :
    /\ pc[r] \in {"Rewalk_Root", "Rewalk_Walk"} /\ tree[rmm[r]][raddr[r]] = rvma[r]
       => pc'[r] # "Miss_Unlock"
    /\ pc[r] \in {"Lookup_CheckFlag", "Lookup_CheckFirst", "Lookup_CheckLast"}
       /\ tree[rmm[r]][raddr[r]] = rvma[r]
       => pc'[r] # "Range_Unlock"
\* Property (S11): a VMA that is at the address still is not turned away: a second walk of a tree
\* that is as it was finds it, and its flag and bounds say so too.
RewalkOK == [][Confirms]_vars

\* Property (L-01, L-06): a lookup, and the fault that it serves, ends if the tree stops changing.
LookupEnds ==
  \A r \in Readers : <>[][UNCHANGED tree]_vars => (pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle")

\* Property (L-06, D13): if the bounds are compared first, and a VMA that has lost the address ends
\* the lookup, then each lookup ends: for a further attempt a VMA has to be unmapped and another
\* mapped, and no memory is used twice before the section ends.
BoundedEnds ==
  \A r \in Readers : (ChecksRange /\ pc[r] # "Reader_Idle") ~> pc[r] = "Reader_Idle"

\* Refuted: the lookup always ends (D13). Two neighbours may move the address between them for ever,
\* and each second walk finds the other one: the RCU section lasts. It ends once the tree stops
\* changing, which LookupEnds says.
LookupAlwaysEnds == \A r \in Readers : pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle"

--------------------------------------------------------------------------------
(* What must be reachable. *)

\* Possible: two readers use one VMA at once.
UsedByTwo ==
  \E r1, r2 \in Readers :
    r1 # r2 /\ rvma[r1] = rvma[r2] /\ pc[r1] = "Use_LoadData" /\ pc[r2] = "Use_LoadData"

\* Possible: a reader comes to a VMA that is half changed, and is refused.
TriesTorn == \E r \in Readers : pc[r] = "StartRead_Trylock" /\ vm_data[rvma[r]] = Torn

\* Possible: the second walk finds another VMA, which the reader tries next.
FindsAnother == \E r \in Readers : pc[r] = "Miss_Unlock" /\ rvma[r] # Null

\* Possible: a reader has locked a VMA of the tree that no longer covers the address.
LocksOther ==
  \E r \in Readers :
    /\ pc[r] = "Rewalk_Walk"
    /\ InTree(rvma[r])
    /\ tree[rmm[r]][raddr[r]] # rvma[r]

\* Possible: a reader has locked a VMA that has left the tree, and walks again.
LocksIsolated == \E r \in Readers : pc[r] = "Rewalk_Walk" /\ ~InTree(rvma[r])

\* Possible: a reader has locked a VMA that is freed.
LocksFreed == \E r \in Readers : pc[r] = "Rewalk_Walk" /\ slab[rvma[r]] = "free"

\* Possible: a reader meets a bare root.
MeetsBareRoot == \E r \in Readers : pc[r] = "Lookup_Root" /\ mm_root[rmm[r]] = Bare

\* Possible: the tree is a bare root when a reader walks for the second time.
RewalksBareRoot == \E r \in Readers : pc[r] = "Rewalk_Walk" /\ mm_root[rmm[r]] = Bare

\* Possible: a tree of one entry is walked for the second time.
RewalksOne ==
  \E r \in Readers :
    /\ pc[r] = "Rewalk_Walk"
    /\ tree[rmm[r]][raddr[r]] = rvma[r]
    /\ \A s \in Slots : tree[rmm[r]][s] # Null => s = raddr[r]

\* Possible: a VMA is split whose contents have changed.
SplitsChanged ==
  \E m \in Mms : pc[m] = "Split_SetLast" /\ vm_data[wvma[m]] # Whole

\* Possible: a merge takes out a VMA that a reader has found.
MergedAway == \E m \in Mms, r \in Readers : pc[m] = "Merge_Free" /\ rvma[r] = wother[m]
================================================================================
