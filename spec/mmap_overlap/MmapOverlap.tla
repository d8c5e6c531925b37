------------------------------ MODULE MmapOverlap ------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The life of a page table: who may walk it, who may install it, and who  *)
(* has to be kept out before it is freed.  There is one range of           *)
(* addresses, which one page table covers, and beside it a stack that may  *)
(* grow over it.  Readers walk page tables under the lock of a VMA, under  *)
(* mmap_lock, by rmap with one of two locks, or with none.  A writer maps, *)
(* unmaps, and collapses pages into a huge one.                            *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/mmap_overlap.hpp).  pc holds the *)
(* name of the site that a task will perform next, or of the point where   *)
(* it chooses one.  A local of a task is Null (a truth value FALSE) while  *)
(* it is dead.                                                             *)
(***************************************************************************)
EXTENDS Slab, Integers, FiniteSets

CONSTANTS
  Vmas,
  Tables,  \* page tables
  Mms,     \* the address space; its writer is called like it
  Null,    \* no object, no value
  Ways,    \* of how many ways a reader takes one, in the order of Next
  Variant  \* "holds", or the name of what is different (see README.md)

ASSUME Cardinality(Mms) = 1 /\ Ways \in 1..5

VARIABLES
  vm_lock, vm_pins,      \* of a VMA: its lock (n >= 0: readers; -1: a writer), pins of its page
  pte,                   \* of a page table: whose page is mapped there
  mmap_lock,             \* of the mm: n >= 0 readers, or -1
  mm_vma, mm_stack,      \* the VMA that the tree has for the range, and the one behind it
  pmd,                   \* the page table of the range
  rmap,                  \* the VMA that rmap finds for the range, by either lock
  file_lock, anon_lock,  \* of the file and of the anon_vma
  pc,
  rmm, rslow, rvma, rtable, rpage,        \* a reader's: has it mmap_lock? what it has found
  wover, wread, wvma, wstack, wnew, wtable  \* a writer's: does the VMA stay in the tree? has it
                                            \* mmap_lock for reading now? what it has at hand

ofVma == <<vm_lock, vm_pins>>
tree == <<mm_vma, mm_stack>>
rmaps == <<rmap, file_lock, anon_lock>>
memory == <<slab, grace>>
reader_locals == <<rmm, rslow, rvma, rtable, rpage>>
writer_locals == <<wover, wread, wvma, wstack, wnew, wtable>>
vars == <<ofVma, pte, mmap_lock, tree, pmd, rmaps, memory, rcu, pc, reader_locals, writer_locals>>

Locked == -1

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* A reader: which locks does it take, and does it look again?
NoVmaLock == Is("no_vma_lock")
Unlocked == Is("walks_unlocked")
AfterWalk ==
  CASE NoVmaLock -> "Fault_MmapLock" [] Unlocked -> "Lookup_Rewalk" [] OTHER -> "Lookup_Trylock"
AfterTrylock == IF Is("no_rewalk") THEN "Walk_Pmd" ELSE "Lookup_Rewalk"
AfterLocked == IF Is("tries_again") THEN "Lookup_Again" ELSE "Fault_MmapLock"
AfterStackWalk ==
  CASE NoVmaLock -> "Reader_Idle" [] Unlocked -> "Stack_Look" [] OTHER -> "Stack_Trylock"
PinsLate == Is("gup_pins_late")
Rechecks == ~Is("gup_no_recheck")
AfterNone == IF Is("gup_installs") THEN "Gup_NoTable" ELSE "Gup_IrqRestore"

\* How does the stack grow?
Exclusively == Is("grows_exclusively")
ToGrow == IF Exclusively THEN "Grow_MmapUnlock" ELSE "Fault_Link"

\* A writer: what does it lock, and in which order?
OverUnlocked == Is("old_unlocked") \/ Is("hole_only")
StackUnlocked(over) == (Is("neighbour_unlocked") /\ ~over) \/ Exclusively \/ NoVmaLock
DowngradesAlways == Is("downgrades_beside_stack") \/ Is("neighbour_unlocked")
EndsMarks == ~Is("downgrade_keeps_marks")
LooksFirst == Is("looks_first")
CollapseUnlocked == Is("collapse_unlocked") \/ NoVmaLock
ToCollapse == IF Is("collapse_skips_rmap") THEN "Collapse_Pmd" ELSE "Collapse_FileLock"
AfterCollapse ==
  CASE Is("collapse_skips_rmap") -> "Collapse_EndWrite" [] OTHER -> "Collapse_AnonUnlock"
CollapseFrees ==
  IF Is("collapse_frees_at_once") THEN "Collapse_FreeNow" ELSE "Collapse_Free"

\* How is an area cleaned?
Holes == Is("hole") \/ Is("hole_only")
Unlinks == ~Is("keeps_rmap")
KeepsTable(over) == Is("keeps_table") /\ over
LinksLate == Is("links_late")

--------------------------------------------------------------------------------
Nothings(set) == [x \in set |-> Null]
No(set) == [x \in set |-> FALSE]
Zeros(set) == [x \in set |-> 0]
Init ==
  /\ RcuInit(Tables) /\ SlabInit(Tables)
  /\ vm_lock = Zeros(Vmas) /\ vm_pins = Zeros(Vmas) /\ pte = Nothings(Tables)
  /\ mmap_lock = Zeros(Mms) /\ file_lock = Zeros(Mms) /\ anon_lock = Zeros(Mms)
  /\ mm_vma = Nothings(Mms) /\ mm_stack = Nothings(Mms)
  /\ pmd = Nothings(Mms) /\ rmap = Nothings(Mms)
  /\ pc = [t \in Readers \cup Mms |-> IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
  /\ rmm = Nothings(Readers) /\ rslow = No(Readers) /\ rvma = Nothings(Readers)
  /\ rtable = Nothings(Readers) /\ rpage = Nothings(Readers)
  /\ wover = No(Mms) /\ wread = No(Mms) /\ wvma = Nothings(Mms) /\ wstack = Nothings(Mms)
  /\ wnew = Nothings(Mms) /\ wtable = Nothings(Mms)

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]
Dead(local, t) == [local EXCEPT ![t] = Null]
Lock(lock, o, by) == [lock EXCEPT ![o] = @ + by]
NoWriter(n) == n >= 0

--------------------------------------------------------------------------------
(* A page fault.  It has the lock of a VMA of the tree, or mmap_lock. *)

NotOfReader == writer_locals
\* What a step leaves that only looks, or that takes a lock of a VMA.
Looks == UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, rmaps, memory, rcu, writer_locals>>
LocksVma == UNCHANGED <<vm_pins, pte, mmap_lock, tree, pmd, rmaps, memory, rcu, writer_locals>>
LocksMm == UNCHANGED <<ofVma, pte, tree, pmd, rmaps, memory, rcu, writer_locals>>
Begins(r, m) == rmm' = [rmm EXCEPT ![r] = m]
Finds(r, v) == rvma' = [rvma EXCEPT ![r] = v]
Ends(r) ==
  /\ rmm' = Dead(rmm, r) /\ rvma' = Dead(rvma, r) /\ rtable' = Dead(rtable, r)
  /\ rpage' = Dead(rpage, r) /\ rslow' = [rslow EXCEPT ![r] = FALSE]

Lookup_Walk(r, m) ==
  /\ Go(r, "Reader_Idle", IF mm_vma[m] = Null THEN "Fault_MmapLock" ELSE AfterWalk)
  /\ Begins(r, m) /\ Finds(r, IF NoVmaLock THEN Null ELSE mm_vma[m])
  /\ rslow' = [rslow EXCEPT ![r] = NoVmaLock \/ mm_vma[m] = Null]
  /\ Looks /\ UNCHANGED <<rtable, rpage>>
Lookup_Trylock(r) ==
  LET free == NoWriter(vm_lock[rvma[r]]) IN
    /\ Go(r, "Lookup_Trylock", IF free THEN AfterTrylock ELSE AfterLocked)
    /\ vm_lock' = IF free THEN Lock(vm_lock, rvma[r], 1) ELSE vm_lock
    /\ rvma' = IF free THEN rvma ELSE Dead(rvma, r)
    /\ rslow' = [rslow EXCEPT ![r] = ~free /\ AfterLocked = "Fault_MmapLock"]
    /\ LocksVma /\ UNCHANGED <<rmm, rtable, rpage>>
\* Variant: it is looked up again.
Lookup_Again(r) ==
  /\ Go(r, "Lookup_Again", IF mm_vma[rmm[r]] = Null THEN "Fault_MmapLock" ELSE "Lookup_Trylock")
  /\ Finds(r, mm_vma[rmm[r]])
  /\ rslow' = [rslow EXCEPT ![r] = mm_vma[rmm[r]] = Null]
  /\ Looks /\ UNCHANGED <<rmm, rtable, rpage>>
Lookup_Rewalk(r) ==
  /\ Go(r, "Lookup_Rewalk", IF mm_vma[rmm[r]] = rvma[r] THEN "Walk_Pmd" ELSE "Miss_Unlock")
  /\ Looks /\ UNCHANGED reader_locals
DropsVma(r) == vm_lock' = IF Unlocked THEN vm_lock ELSE Lock(vm_lock, rvma[r], -1)
Miss_Unlock(r) ==
  /\ Go(r, "Miss_Unlock", "Fault_MmapLock")
  /\ DropsVma(r)
  /\ rvma' = Dead(rvma, r)
  /\ rslow' = [rslow EXCEPT ![r] = TRUE]
  /\ LocksVma /\ UNCHANGED <<rmm, rtable, rpage>>
EndRead_Unlock(r) ==
  /\ Go(r, "EndRead_Unlock", "Reader_Idle")
  /\ DropsVma(r)
  /\ Ends(r) /\ LocksVma

\* With mmap_lock.
Fault_MmapLock(r) ==
  /\ Go(r, "Fault_MmapLock", "Fault_Find")
  /\ NoWriter(mmap_lock[rmm[r]])
  /\ mmap_lock' = Lock(mmap_lock, rmm[r], 1)
  /\ LocksMm /\ UNCHANGED reader_locals
Fault_Find(r) ==
  /\ Go(r, "Fault_Find", IF mm_vma[rmm[r]] = Null THEN "Fault_FindStack" ELSE "Walk_Pmd")
  /\ Finds(r, mm_vma[rmm[r]])
  /\ Looks /\ UNCHANGED <<rmm, rslow, rtable, rpage>>
Fault_FindStack(r) ==
  /\ Go(r, "Fault_FindStack", IF mm_stack[rmm[r]] = Null THEN "Fault_MmapUnlock" ELSE ToGrow)
  /\ Finds(r, mm_stack[rmm[r]])
  /\ Looks /\ UNCHANGED <<rmm, rslow, rtable, rpage>>
Fault_MmapUnlock(r) ==
  /\ Go(r, "Fault_MmapUnlock", "Reader_Idle")
  /\ mmap_lock' = Lock(mmap_lock, rmm[r], -1)
  /\ Ends(r) /\ LocksMm

\* In the stack, under its lock.
Stack_Walk(r, m) ==
  /\ Ways > 1
  /\ Go(r, "Reader_Idle", IF mm_stack[m] = Null THEN "Reader_Idle" ELSE AfterStackWalk)
  /\ IF mm_stack[m] = Null \/ NoVmaLock THEN UNCHANGED <<rmm, rvma>>
     ELSE Begins(r, m) /\ Finds(r, mm_stack[m])
  /\ Looks /\ UNCHANGED <<rslow, rtable, rpage>>
Stack_Trylock(r) ==
  LET free == NoWriter(vm_lock[rvma[r]]) IN
    /\ Go(r, "Stack_Trylock", IF free THEN "Stack_Look" ELSE "Reader_Idle")
    /\ vm_lock' = IF free THEN Lock(vm_lock, rvma[r], 1) ELSE vm_lock
    /\ IF free THEN UNCHANGED reader_locals ELSE Ends(r)
    /\ LocksVma

Stack_Look(r) ==
  LET other == mm_vma[rmm[r]] IN
    /\ Go(r, "Stack_Look", CASE other = Null /\ ~Exclusively -> "Stack_Link"
                             [] other = rvma[r] -> "Walk_Pmd"
                             [] OTHER -> "EndRead_Unlock")
    /\ Looks /\ UNCHANGED reader_locals

\* The stack grows over the range, which was nobody's.
Links(r, from, to) ==
  /\ Go(r, from, to)
  /\ rmap' = [rmap EXCEPT ![rmm[r]] = rvma[r]]
  /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, file_lock, anon_lock, memory, rcu,
                 reader_locals, writer_locals>>
Grows(r, from, to) ==
  /\ Go(r, from, to)
  /\ mm_vma' = [mm_vma EXCEPT ![rmm[r]] = rvma[r]]
  /\ UNCHANGED <<ofVma, pte, mmap_lock, mm_stack, pmd, rmaps, memory, rcu, reader_locals,
                 writer_locals>>
Fault_Link(r) == Links(r, "Fault_Link", "Fault_Grow")
Fault_Grow(r) == Grows(r, "Fault_Grow", IF Exclusively THEN "Grow_Downgrade" ELSE "Walk_Pmd")
Stack_Link(r) == Links(r, "Stack_Link", "Stack_Grow")
Stack_Grow(r) == Grows(r, "Stack_Grow", "Walk_Pmd")

\* Variant: with mmap_lock held for writing.
Grow_MmapUnlock(r) ==
  /\ Go(r, "Grow_MmapUnlock", "Grow_MmapLock")
  /\ mmap_lock' = Lock(mmap_lock, rmm[r], -1)
  /\ LocksMm /\ UNCHANGED reader_locals
Grow_MmapLock(r) ==
  /\ Go(r, "Grow_MmapLock", "Grow_Look")
  /\ mmap_lock[rmm[r]] = 0
  /\ mmap_lock' = [mmap_lock EXCEPT ![rmm[r]] = Locked]
  /\ LocksMm /\ UNCHANGED reader_locals
Grow_Look(r) ==
  LET other == mm_vma[rmm[r]] IN
    /\ Go(r, "Grow_Look", IF other = Null THEN "Fault_Link" ELSE "Grow_Downgrade")
    /\ rvma' = IF other \in {Null, rvma[r]} THEN rvma ELSE Dead(rvma, r)
    /\ Looks /\ UNCHANGED <<rmm, rslow, rtable, rpage>>
Grow_Downgrade(r) ==
  /\ Go(r, "Grow_Downgrade", IF rvma[r] = Null THEN "Fault_MmapUnlock" ELSE "Walk_Pmd")
  /\ mmap_lock' = Lock(mmap_lock, rmm[r], 2)
  /\ LocksMm /\ UNCHANGED reader_locals

\* There is a page table, or it is installed; the page is mapped.
Walked(r, t) == rtable' = [rtable EXCEPT ![r] = t]
Walks(r, from, to) ==
  /\ Go(r, from, to)
  /\ Walked(r, pmd[rmm[r]])
  /\ Looks /\ UNCHANGED <<rmm, rslow, rvma, rpage>>
Walk_Pmd(r) ==
  Walks(r, "Walk_Pmd", IF pmd[rmm[r]] = Null THEN "Reader_NoTable" ELSE "Set_Pte")
Walk_Again(r) == Walks(r, "Walk_Again", "Set_Pte")
SetsPte(t, v) ==
  /\ pte' = [pte EXCEPT ![t] = v]
  /\ UNCHANGED <<ofVma, mmap_lock, tree, pmd, rmaps, memory, rcu, writer_locals>>
Pte_Alloc(r, t) ==
  /\ Go(r, "Reader_NoTable", "Pte_Init")
  /\ MayAllocate(t) /\ Allocate(t)
  /\ Walked(r, t)
  /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, rmaps, rcu, rmm, rslow, rvma, rpage,
                 writer_locals>>
Pte_Init(r) ==
  Go(r, "Pte_Init", "Pmd_Install") /\ SetsPte(rtable[r], Null) /\ UNCHANGED reader_locals
Pmd_Install(r) ==
  LET none == pmd[rmm[r]] = Null \/ Is("installs_blindly") IN
    /\ Go(r, "Pmd_Install", IF none THEN "Set_Pte" ELSE "Pte_Free")
    /\ pmd' = IF none THEN [pmd EXCEPT ![rmm[r]] = rtable[r]] ELSE pmd
    /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, rmaps, memory, rcu, reader_locals, writer_locals>>
Pte_Free(r) ==
  /\ Go(r, "Pte_Free", "Walk_Again")
  /\ FreeAtOnce(rtable[r])
  /\ pte' = [pte EXCEPT ![rtable[r]] = Null]
  /\ UNCHANGED <<ofVma, mmap_lock, tree, pmd, rmaps, grace, rcu, reader_locals, writer_locals>>
Set_Pte(r) ==
  /\ Go(r, "Set_Pte", IF rslow[r] THEN "Fault_MmapUnlock" ELSE "EndRead_Unlock")
  /\ SetsPte(rtable[r], rvma[r])
  /\ rtable' = Dead(rtable, r)
  /\ UNCHANGED <<rmm, rslow, rvma, rpage>>

--------------------------------------------------------------------------------
(* By rmap, with the lock of the file or that of the anon_vma: the page is unmapped. *)

RmapLock(r, m, lock, to) ==
  /\ Go(r, "Reader_Idle", to)
  /\ NoWriter(lock[m])
  /\ Begins(r, m)
  /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, rmap, memory, rcu, rslow, rvma, rtable, rpage,
                 writer_locals>>
RmapFind(r, from, found, none) ==
  Go(r, from, IF rmap[rmm[r]] = Null THEN none ELSE found) /\ Looks /\ UNCHANGED reader_locals
RmapPmd(r, from, found, none) ==
  /\ Go(r, from, IF pmd[rmm[r]] = Null THEN none ELSE found)
  /\ Walked(r, pmd[rmm[r]])
  /\ Looks /\ UNCHANGED <<rmm, rslow, rvma, rpage>>
RmapClear(r, from, to) ==
  /\ Go(r, from, to)
  /\ SetsPte(rtable[r], Null)
  /\ rtable' = Dead(rtable, r)
  /\ UNCHANGED <<rmm, rslow, rvma, rpage>>
RmapUnlock(r, from) ==
  /\ Go(r, from, "Reader_Idle")
  /\ Ends(r)
  /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, rmap, memory, rcu, writer_locals>>

File_Lock(r, m) ==
  /\ Ways > 2
  /\ RmapLock(r, m, file_lock, "File_Find")
  /\ file_lock' = Lock(file_lock, m, 1) /\ UNCHANGED anon_lock
File_Find(r) == RmapFind(r, "File_Find", "File_Pmd", "File_Unlock")
File_Pmd(r) == RmapPmd(r, "File_Pmd", "File_Clear", "File_Unlock")
File_Clear(r) == RmapClear(r, "File_Clear", "File_Unlock")
File_Unlock(r) ==
  /\ RmapUnlock(r, "File_Unlock")
  /\ file_lock' = Lock(file_lock, rmm[r], -1) /\ UNCHANGED anon_lock
Anon_Lock(r, m) ==
  /\ Ways > 3
  /\ RmapLock(r, m, anon_lock, "Anon_Find")
  /\ anon_lock' = Lock(anon_lock, m, 1) /\ UNCHANGED file_lock
Anon_Find(r) == RmapFind(r, "Anon_Find", "Anon_Pmd", "Anon_Unlock")
Anon_Pmd(r) == RmapPmd(r, "Anon_Pmd", "Anon_Clear", "Anon_Unlock")
Anon_Clear(r) == RmapClear(r, "Anon_Clear", "Anon_Unlock")
Anon_Unlock(r) ==
  /\ RmapUnlock(r, "Anon_Unlock")
  /\ anon_lock' = Lock(anon_lock, rmm[r], -1) /\ UNCHANGED file_lock

--------------------------------------------------------------------------------
(* gup_fast(): with interrupts off, which is an RCU section. *)

OfGup == <<ofVma, mmap_lock, tree, pmd, rmaps, writer_locals>>
Gup_IrqSave(r, m) ==
  /\ Ways > 4
  /\ Go(r, "Reader_Idle", "Gup_Pmd")
  /\ RcuLock(r)
  /\ Begins(r, m)
  /\ UNCHANGED <<OfGup, pte, memory, rslow, rvma, rtable, rpage>>
Gup_Pmd(r) ==
  /\ Go(r, "Gup_Pmd", IF pmd[rmm[r]] = Null THEN AfterNone ELSE "Gup_Pte")
  /\ Walked(r, pmd[rmm[r]])
  /\ Looks /\ UNCHANGED <<rmm, rslow, rvma, rpage>>
Gup_Pte(r) ==
  LET page == pte[rtable[r]] IN
    /\ Go(r, "Gup_Pte", CASE page = Null -> "Gup_IrqRestore" [] PinsLate -> "Gup_Recheck"
                          [] OTHER -> "Gup_Pin")
    /\ rpage' = [rpage EXCEPT ![r] = page]
    /\ rtable' = IF page = Null THEN Dead(rtable, r) ELSE rtable
    /\ Looks /\ UNCHANGED <<rmm, rslow, rvma>>
Pins(r, by) ==
  /\ vm_pins' = [vm_pins EXCEPT ![rpage[r]] = @ + by]
  /\ UNCHANGED <<vm_lock, pte, mmap_lock, tree, pmd, rmaps, memory, rcu, writer_locals>>
\* rtable is dead where it is not looked at any more.
Gup_Pin(r) ==
  /\ pc[r] = "Gup_Pin"
  /\ IF Rechecks /\ ~PinsLate THEN Go(r, "Gup_Pin", "Gup_Recheck") /\ UNCHANGED rtable
     ELSE Go(r, "Gup_Pin", "Gup_IrqRestorePinned") /\ rtable' = Dead(rtable, r)
  /\ Pins(r, 1)
  /\ UNCHANGED <<rmm, rslow, rvma, rpage>>
Gup_Recheck(r) ==
  LET same == pmd[rmm[r]] = rtable[r] IN
    /\ Go(r, "Gup_Recheck", CASE PinsLate -> IF same THEN "Gup_Pin" ELSE "Gup_IrqRestore"
                              [] same -> "Gup_IrqRestorePinned" [] OTHER -> "Gup_Unpin")
    /\ rtable' = Dead(rtable, r)
    /\ rpage' = IF PinsLate /\ ~same THEN Dead(rpage, r) ELSE rpage
    /\ Looks /\ UNCHANGED <<rmm, rslow, rvma>>
Gup_Unpin(r) ==
  /\ Go(r, "Gup_Unpin", "Gup_IrqRestore")
  /\ Pins(r, -1)
  /\ rpage' = Dead(rpage, r)
  /\ UNCHANGED <<rmm, rslow, rvma, rtable>>
\* A page table whose last grace period is over has no entries any more.
EndSection(r) ==
  IF Is("gup_keeps_irqs_off") THEN UNCHANGED <<pte, memory, rcu>> ELSE
  /\ SlabUnlock(r, Tables, Tables)
  /\ pte' = [t \in Tables |-> IF GoesWith(r, t) THEN Null ELSE pte[t]]
Gup_IrqRestore(r) ==
  Go(r, "Gup_IrqRestore", "Reader_Idle") /\ EndSection(r) /\ Ends(r) /\ UNCHANGED OfGup
Gup_IrqRestorePinned(r) ==
  /\ Go(r, "Gup_IrqRestorePinned", "Gup_Put")
  /\ EndSection(r)
  /\ UNCHANGED <<OfGup, reader_locals>>
Gup_Put(r) == Go(r, "Gup_Put", "Reader_Idle") /\ Pins(r, -1) /\ Ends(r)

\* Variant: it installs what is not there.
Gup_Alloc(r, t) ==
  /\ Go(r, "Gup_NoTable", "Gup_Init")
  /\ MayAllocate(t) /\ Allocate(t)
  /\ Walked(r, t)
  /\ UNCHANGED <<OfGup, pte, rcu, rmm, rslow, rvma, rpage>>
Gup_Init(r) ==
  Go(r, "Gup_Init", "Gup_Install") /\ SetsPte(rtable[r], Null) /\ UNCHANGED reader_locals
Gup_Install(r) ==
  /\ Go(r, "Gup_Install", "Gup_Pte")
  /\ pmd' = [pmd EXCEPT ![rmm[r]] = rtable[r]]
  /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, rmaps, memory, rcu, reader_locals, writer_locals>>

--------------------------------------------------------------------------------
(* A writer, under mmap_lock: each section does one thing. *)

OfReaders == <<rcu, reader_locals>>
Sees == UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, rmaps, memory, OfReaders>>
TakesVma == UNCHANGED <<vm_pins, pte, mmap_lock, tree, pmd, rmaps, memory, OfReaders>>
TakesMm == UNCHANGED <<ofVma, pte, tree, pmd, rmaps, memory, OfReaders>>
TakesRmap == UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, rmap, memory, OfReaders>>
StoresVma(m, v) ==
  /\ mm_vma' = [mm_vma EXCEPT ![m] = v]
  /\ UNCHANGED <<ofVma, pte, mmap_lock, mm_stack, pmd, rmaps, memory, OfReaders>>
StoresPmd(m, t) ==
  /\ pmd' = [pmd EXCEPT ![m] = t]
  /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, rmaps, memory, OfReaders>>
StoresRmap(m, v) ==
  /\ rmap' = [rmap EXCEPT ![m] = v]
  /\ UNCHANGED <<ofVma, pte, mmap_lock, tree, pmd, file_lock, anon_lock, memory, OfReaders>>
Done(m) ==
  /\ wover' = [wover EXCEPT ![m] = FALSE] /\ wread' = [wread EXCEPT ![m] = FALSE]
  /\ wvma' = Dead(wvma, m) /\ wstack' = Dead(wstack, m)
  /\ UNCHANGED <<wnew, wtable>>

MmapLock_Write(m) ==
  /\ Go(m, "Writer_Idle", "Writer_Section")
  /\ mmap_lock[m] = 0
  /\ mmap_lock' = [mmap_lock EXCEPT ![m] = Locked]
  /\ TakesMm /\ UNCHANGED writer_locals
MmapUnlocks(m, from) ==
  /\ Go(m, from, "Writer_Idle")
  /\ mmap_lock' = [mmap_lock EXCEPT ![m] = 0]
  /\ Done(m) /\ TakesMm

\* vma_start_write()
StartsWrite(m, from, to, v) ==
  /\ Go(m, from, to)
  /\ vm_lock[v] = 0
  /\ vm_lock' = [vm_lock EXCEPT ![v] = Locked]
  /\ TakesVma /\ UNCHANGED writer_locals

\* What may grow over the range, and then what is there.
LocksStack(m, stack) == stack # Null /\ ~StackUnlocked(wover[m])
LocksOld(m, v) ==
  /\ v # Null /\ ~NoVmaLock /\ ~(OverUnlocked /\ wover[m])
  /\ v # wstack[m] \/ StackUnlocked(wover[m])
FindsStack(m, over) ==
  /\ Go(m, "Writer_Section",
        IF mm_stack[m] = Null \/ StackUnlocked(over) \/ LooksFirst THEN "Find_Old"
        ELSE "Neighbour_StartWrite")
  /\ wover' = [wover EXCEPT ![m] = over]
  /\ wstack' = [wstack EXCEPT ![m] = mm_stack[m]]
  /\ Sees /\ UNCHANGED <<wread, wvma, wnew, wtable>>
Map_FindStack(m) == FindsStack(m, TRUE)
Unmap_FindStack(m) == FindsStack(m, FALSE)
\* The marks that are released, from the first on.
Ended(m) ==
  CASE LocksOld(m, wvma[m]) -> "Writer_OldEndWrite"
    [] LocksStack(m, wstack[m]) -> "Writer_NeighbourEndWrite" [] OTHER -> "Writer_MmapUnlock"
AfterFound(m, v) ==
  CASE v # Null -> IF wover[m] THEN IF Holes THEN "Hole_Store" ELSE "Clean_Pmd"
                 ELSE "Unmap_Clear"
    [] wover[m] -> "Writer_Cleaned"
    [] LocksStack(m, wstack[m]) -> "Writer_NeighbourEndWrite" [] OTHER -> "Writer_MmapUnlock"
AfterLocks(m, v) == IF LocksOld(m, v) THEN "Old_StartWrite" ELSE AfterFound(m, v)
Neighbour_StartWrite(m) ==
  StartsWrite(m, "Neighbour_StartWrite",
              IF LooksFirst THEN AfterLocks(m, wvma[m]) ELSE "Find_Old", wstack[m])
Find_Old(m) ==
  /\ Go(m, "Find_Old",
        IF LooksFirst /\ wstack[m] # Null THEN "Neighbour_StartWrite"
        ELSE AfterLocks(m, mm_vma[m]))
  /\ wvma' = [wvma EXCEPT ![m] = mm_vma[m]]
  /\ Sees /\ UNCHANGED <<wover, wread, wstack, wnew, wtable>>
Old_StartWrite(m) == StartsWrite(m, "Old_StartWrite", AfterFound(m, wvma[m]), wvma[m])

\* munmap(): the VMA leaves the tree; then mmap_lock may be downgraded, with all marks released.
Unmap_Clear(m) ==
  Go(m, "Unmap_Clear", "Writer_Isolated") /\ StoresVma(m, Null) /\ UNCHANGED writer_locals
MayDowngrade(m) == wstack[m] = Null \/ DowngradesAlways \/ Exclusively
\* The first of these steps, from the point of choice, or a further one.
Downgrades(m, from, here) ==
  \/ pc[m] = from
  \/ pc[m] = "Writer_Isolated" /\ MayDowngrade(m) /\ here
Reads(m) == wread' = [wread EXCEPT ![m] = TRUE]
EndsOld(m, to) ==
  /\ pc' = [pc EXCEPT ![m] = to]
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = 0]
  /\ TakesVma /\ UNCHANGED <<wover, wvma, wstack, wnew, wtable>>
EndsStack(m, to) ==
  /\ pc' = [pc EXCEPT ![m] = to]
  /\ vm_lock' = [vm_lock EXCEPT ![wstack[m]] = 0]
  /\ TakesVma /\ UNCHANGED <<wover, wvma, wstack, wnew, wtable>>
Downgrade_OldEndWrite(m) ==
  /\ Downgrades(m, "Downgrade_OldEndWrite", LocksOld(m, wvma[m]) /\ EndsMarks)
  /\ EndsOld(m, IF LocksStack(m, wstack[m]) THEN "Downgrade_StackEndWrite"
                ELSE "Downgrade_Mmap")
  /\ Reads(m)
Downgrade_StackEndWrite(m) ==
  /\ Downgrades(m, "Downgrade_StackEndWrite",
                ~LocksOld(m, wvma[m]) /\ LocksStack(m, wstack[m]) /\ EndsMarks)
  /\ EndsStack(m, "Downgrade_Mmap")
  /\ Reads(m)
Downgrade_Mmap(m) ==
  /\ Downgrades(m, "Downgrade_Mmap",
                (~LocksOld(m, wvma[m]) /\ ~LocksStack(m, wstack[m])) \/ ~EndsMarks)
  /\ pc' = [pc EXCEPT ![m] =
                IF Is("locks_after_downgrade") THEN "Clean_Mark" ELSE "Clean_Pmd"]
  /\ mmap_lock' = IF Is("downgrade_keeps_lock") THEN mmap_lock ELSE Lock(mmap_lock, m, 2)
  /\ Reads(m)
  /\ TakesMm /\ UNCHANGED <<wover, wvma, wstack, wnew, wtable>>
\* Variants: the old VMA is locked now; a hole is stored where it is in the tree.
Clean_Mark(m) == StartsWrite(m, "Clean_Mark", "Clean_Pmd", wvma[m])
Hole_Store(m) ==
  Go(m, "Hole_Store", "Clean_Pmd") /\ StoresVma(m, Null) /\ UNCHANGED writer_locals

\* The area: the page is zapped, rmap no longer finds it, the page table goes.
AfterClean(m) ==
  CASE wover[m] -> "Writer_Cleaned" [] wread[m] -> "Downgraded_MmapUnlock"
    [] OTHER -> Ended(m)
CleansPmd(m, from) ==
  /\ Go(m, from, CASE pmd[m] # Null -> "Clean_Zap" [] Unlinks -> "Clean_FileLock"
                   [] OTHER -> AfterClean(m))
  /\ wtable' = [wtable EXCEPT ![m] = pmd[m]]
  /\ Sees /\ UNCHANGED <<wover, wread, wvma, wstack, wnew>>
Clean_Pmd(m) ==
  CleansPmd(m, "Clean_Pmd") \/ (~DowngradesAlways /\ CleansPmd(m, "Writer_Isolated"))
Clean_Zap(m) ==
  /\ Go(m, "Clean_Zap", IF Unlinks THEN "Clean_FileLock" ELSE "Clean_ClearPmd")
  /\ pte' = [pte EXCEPT ![wtable[m]] = Null]
  /\ UNCHANGED <<ofVma, mmap_lock, tree, pmd, rmaps, memory, OfReaders, writer_locals>>
TakesFile(m, from, to, n) ==
  /\ Go(m, from, to)
  /\ file_lock' = [file_lock EXCEPT ![m] = n]
  /\ TakesRmap /\ UNCHANGED <<anon_lock, writer_locals>>
TakesAnon(m, from, to, n) ==
  /\ Go(m, from, to)
  /\ anon_lock' = [anon_lock EXCEPT ![m] = n]
  /\ TakesRmap /\ UNCHANGED <<file_lock, writer_locals>>
Clean_FileLock(m) ==
  file_lock[m] = 0 /\ TakesFile(m, "Clean_FileLock", "Clean_AnonLock", Locked)
Clean_AnonLock(m) ==
  anon_lock[m] = 0 /\ TakesAnon(m, "Clean_AnonLock", "Clean_Unlink", Locked)
Clean_Unlink(m) ==
  Go(m, "Clean_Unlink", "Clean_AnonUnlock") /\ StoresRmap(m, Null) /\ UNCHANGED writer_locals
Unlinked(m) ==
  IF wtable[m] = Null \/ KeepsTable(wover[m]) THEN AfterClean(m) ELSE "Clean_ClearPmd"
LeavesTable(m) == wtable' = IF KeepsTable(wover[m]) THEN Dead(wtable, m) ELSE wtable
Clean_AnonUnlock(m) == TakesAnon(m, "Clean_AnonUnlock", "Clean_FileUnlock", 0)
Clean_FileUnlock(m) ==
  /\ Go(m, "Clean_FileUnlock", Unlinked(m))
  /\ file_lock' = [file_lock EXCEPT ![m] = 0]
  /\ LeavesTable(m)
  /\ TakesRmap /\ UNCHANGED <<anon_lock, wover, wread, wvma, wstack, wnew>>
Clean_ClearPmd(m) ==
  Go(m, "Clean_ClearPmd", "Clean_Free") /\ StoresPmd(m, Null) /\ UNCHANGED writer_locals
\* Its entries stay if gup_fast() may still read them.
FreesTable(m, from, to, stays) ==
  /\ Go(m, from, to)
  /\ pte' = [pte EXCEPT ![wtable[m]] = IF stays THEN @ ELSE Null]
  /\ wtable' = Dead(wtable, m)
  /\ UNCHANGED <<ofVma, mmap_lock, tree, pmd, rmaps, OfReaders, wover, wread, wvma, wstack, wnew>>
Clean_Free(m) == FreesTable(m, "Clean_Free", AfterClean(m), Stays) /\ Free(wtable[m])

\* mmap(): a new VMA enters the tree, in place of the old one; or there is none.
Inserts(m, v) ==
  /\ v # wvma[m] /\ v # wstack[m]
  /\ wnew' = [wnew EXCEPT ![m] = v]
  /\ UNCHANGED <<wover, wread, wvma, wstack, wtable>>
Inserted(m) == wnew' = Dead(wnew, m) /\ UNCHANGED <<wover, wread, wvma, wstack, wtable>>
New_Link(m, v) ==
  /\ Go(m, "Writer_Cleaned", "New_Store") /\ ~LinksLate
  /\ StoresRmap(m, v) /\ Inserts(m, v)
New_Store(m) == Go(m, "New_Store", Ended(m)) /\ StoresVma(m, wnew[m]) /\ Inserted(m)
\* Variant: the other way round.
New_StoreFirst(m, v) ==
  /\ Go(m, "Writer_Cleaned", "New_LinkLate") /\ LinksLate
  /\ StoresVma(m, v) /\ Inserts(m, v)
New_LinkLate(m) == Go(m, "New_LinkLate", Ended(m)) /\ StoresRmap(m, wnew[m]) /\ Inserted(m)
Abort_Clear(m) ==
  Go(m, "Writer_Cleaned", Ended(m)) /\ StoresVma(m, Null) /\ UNCHANGED writer_locals
Writer_OldEndWrite(m) ==
  /\ pc[m] = "Writer_OldEndWrite"
  /\ EndsOld(m, IF LocksStack(m, wstack[m]) THEN "Writer_NeighbourEndWrite"
                ELSE "Writer_MmapUnlock")
  /\ UNCHANGED wread
Writer_NeighbourEndWrite(m) ==
  pc[m] = "Writer_NeighbourEndWrite" /\ EndsStack(m, "Writer_MmapUnlock") /\ UNCHANGED wread
Writer_MmapUnlock(m) == MmapUnlocks(m, "Writer_MmapUnlock")
Downgraded_MmapUnlock(m) ==
  /\ Go(m, "Downgraded_MmapUnlock", "Writer_Idle")
  /\ mmap_lock' = Lock(mmap_lock, m, -1)
  /\ Done(m) /\ TakesMm

\* khugepaged: all who walk are kept out, but gup_fast(); the page table goes, unless that has
\* pinned the page.
Collapse_Find(m) ==
  /\ Go(m, "Writer_Section",
        CASE mm_vma[m] = Null -> "Collapse_MmapUnlock" [] CollapseUnlocked -> ToCollapse
          [] OTHER -> "Collapse_StartWrite")
  /\ wvma' = [wvma EXCEPT ![m] = mm_vma[m]]
  /\ Sees /\ UNCHANGED <<wover, wread, wstack, wnew, wtable>>
Collapse_StartWrite(m) == StartsWrite(m, "Collapse_StartWrite", ToCollapse, wvma[m])
Collapse_FileLock(m) ==
  file_lock[m] = 0 /\ TakesFile(m, "Collapse_FileLock", "Collapse_AnonLock", Locked)
Collapse_AnonLock(m) ==
  anon_lock[m] = 0 /\ TakesAnon(m, "Collapse_AnonLock", "Collapse_Pmd", Locked)
Collapse_Pmd(m) ==
  /\ Go(m, "Collapse_Pmd", IF pmd[m] = Null THEN AfterCollapse ELSE "Collapse_ClearPmd")
  /\ wtable' = [wtable EXCEPT ![m] = pmd[m]]
  /\ Sees /\ UNCHANGED <<wover, wread, wvma, wstack, wnew>>
Collapse_ClearPmd(m) ==
  Go(m, "Collapse_ClearPmd", "Collapse_Pins") /\ StoresPmd(m, Null) /\ UNCHANGED writer_locals
Collapse_Pins(m) ==
  /\ Go(m, "Collapse_Pins", IF vm_pins[wvma[m]] = 0 THEN CollapseFrees ELSE "Collapse_Restore")
  /\ Sees /\ UNCHANGED writer_locals
Collapse_Restore(m) ==
  /\ Go(m, "Collapse_Restore", AfterCollapse)
  /\ StoresPmd(m, wtable[m])
  /\ wtable' = Dead(wtable, m)
  /\ UNCHANGED <<wover, wread, wvma, wstack, wnew>>
Collapse_Free(m) ==
  FreesTable(m, "Collapse_Free", AfterCollapse, Stays) /\ Free(wtable[m])
\* Variant: without a grace period.
Collapse_FreeNow(m) ==
  /\ FreesTable(m, "Collapse_FreeNow", AfterCollapse, FALSE)
  /\ FreeAtOnce(wtable[m])
  /\ UNCHANGED grace
Collapse_AnonUnlock(m) == TakesAnon(m, "Collapse_AnonUnlock", "Collapse_FileUnlock", 0)
Collapse_FileUnlock(m) ==
  /\ Go(m, "Collapse_FileUnlock",
        IF CollapseUnlocked THEN "Collapse_MmapUnlock" ELSE "Collapse_EndWrite")
  /\ file_lock' = [file_lock EXCEPT ![m] = 0]
  /\ wvma' = IF CollapseUnlocked THEN Dead(wvma, m) ELSE wvma
  /\ TakesRmap /\ UNCHANGED <<anon_lock, wover, wread, wstack, wnew, wtable>>
Collapse_EndWrite(m) ==
  /\ Go(m, "Collapse_EndWrite", "Collapse_MmapUnlock")
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = 0]
  /\ wvma' = Dead(wvma, m)
  /\ TakesVma /\ UNCHANGED <<wover, wread, wstack, wnew, wtable>>
Collapse_MmapUnlock(m) == MmapUnlocks(m, "Collapse_MmapUnlock")

\* A stack behind the range.
MapStack_Find(m) ==
  /\ Go(m, "Writer_Section",
        IF mm_stack[m] = Null THEN "Writer_NoStack" ELSE "MapStack_MmapUnlock")
  /\ Sees /\ UNCHANGED writer_locals
MapStack_Store(m, v) ==
  /\ Go(m, "Writer_NoStack", "MapStack_MmapUnlock")
  /\ mm_vma[m] # v
  /\ mm_stack' = [mm_stack EXCEPT ![m] = v]
  /\ UNCHANGED <<ofVma, pte, mmap_lock, mm_vma, pmd, rmaps, memory, OfReaders, writer_locals>>
MapStack_MmapUnlock(m) ==
  MmapUnlocks(m, "MapStack_MmapUnlock") \/ MmapUnlocks(m, "Writer_NoStack")

--------------------------------------------------------------------------------
FaultGoesOn(r) ==
  \/ Lookup_Trylock(r) \/ Lookup_Again(r) \/ Lookup_Rewalk(r) \/ Miss_Unlock(r) \/ EndRead_Unlock(r)
  \/ Fault_MmapLock(r) \/ Fault_Find(r) \/ Fault_FindStack(r) \/ Fault_MmapUnlock(r)
  \/ Stack_Trylock(r) \/ Stack_Look(r) \/ Fault_Link(r) \/ Fault_Grow(r) \/ Stack_Link(r)
  \/ Stack_Grow(r) \/ Grow_MmapUnlock(r) \/ Grow_MmapLock(r) \/ Grow_Look(r) \/ Grow_Downgrade(r)
  \/ Walk_Pmd(r) \/ Walk_Again(r) \/ (\E t \in Tables : Pte_Alloc(r, t)) \/ Pte_Init(r)
  \/ Pmd_Install(r) \/ Pte_Free(r) \/ Set_Pte(r)
WalkGoesOn(r) ==
  \/ File_Find(r) \/ File_Pmd(r) \/ File_Clear(r) \/ File_Unlock(r)
  \/ Anon_Find(r) \/ Anon_Pmd(r) \/ Anon_Clear(r) \/ Anon_Unlock(r)
  \/ Gup_Pmd(r) \/ Gup_Pte(r) \/ Gup_Pin(r) \/ Gup_Recheck(r) \/ Gup_Unpin(r)
  \/ (\E t \in Tables : Gup_Alloc(r, t)) \/ Gup_Init(r) \/ Gup_Install(r)
  \/ Gup_IrqRestore(r) \/ Gup_IrqRestorePinned(r) \/ Gup_Put(r)
ReaderGoesOn(r) == FaultGoesOn(r) \/ WalkGoesOn(r)
MapGoesOn(m) ==
  \/ Neighbour_StartWrite(m) \/ Find_Old(m) \/ Old_StartWrite(m)
  \/ Unmap_Clear(m) \/ Downgrade_OldEndWrite(m) \/ Downgrade_StackEndWrite(m)
  \/ Downgrade_Mmap(m) \/ Clean_Mark(m) \/ Hole_Store(m)
  \/ Clean_Pmd(m) \/ Clean_Zap(m) \/ Clean_FileLock(m) \/ Clean_AnonLock(m) \/ Clean_Unlink(m)
  \/ Clean_AnonUnlock(m) \/ Clean_FileUnlock(m) \/ Clean_ClearPmd(m) \/ Clean_Free(m)
  \/ (\E v \in Vmas : New_Link(m, v) \/ New_StoreFirst(m, v))
  \/ New_LinkLate(m) \/ New_Store(m) \/ Abort_Clear(m)
  \/ Writer_OldEndWrite(m) \/ Writer_NeighbourEndWrite(m)
  \/ Writer_MmapUnlock(m) \/ Downgraded_MmapUnlock(m) \/ MapStack_MmapUnlock(m)
CollapseGoesOn(m) ==
  \/ Collapse_StartWrite(m) \/ Collapse_FileLock(m) \/ Collapse_AnonLock(m) \/ Collapse_Pmd(m)
  \/ Collapse_ClearPmd(m) \/ Collapse_Pins(m) \/ Collapse_Restore(m) \/ Collapse_Free(m)
  \/ Collapse_FreeNow(m)
  \/ Collapse_AnonUnlock(m) \/ Collapse_FileUnlock(m) \/ Collapse_EndWrite(m)
  \/ Collapse_MmapUnlock(m)
Begin(m) ==
  \/ Map_FindStack(m) \/ Unmap_FindStack(m) \/ Collapse_Find(m) \/ MapStack_Find(m)
  \/ \E v \in Vmas : MapStack_Store(m, v)
WriterGoesOn(m) == Begin(m) \/ MapGoesOn(m) \/ CollapseGoesOn(m)

Next ==
  \/ \E r \in Readers :
       \/ ReaderGoesOn(r)
       \/ \E m \in Mms :
            \/ Lookup_Walk(r, m) \/ Stack_Walk(r, m) \/ File_Lock(r, m) \/ Anon_Lock(r, m)
            \/ Gup_IrqSave(r, m)
  \/ \E m \in Mms : MmapLock_Write(m) \/ WriterGoesOn(m)
Spec == Init /\ [][Next]_vars
================================================================================
