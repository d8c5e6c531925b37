------------------------- MODULE MmapOverlapProperties -------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What MmapOverlap promises.                                              *)
(***************************************************************************)
EXTENDS MmapOverlap

\* Who has begun goes on; a reader gets a lock that is free again and again.
Fairness ==
  /\ \A r \in Readers : SF_vars(ReaderGoesOn(r))
  /\ \A m \in Mms : WF_vars(WriterGoesOn(m))
FairSpec == Spec /\ Fairness

--------------------------------------------------------------------------------
(* Where a reader is. *)

\* It looks for its page table, or has one at hand.
Walking ==
  {"Walk_Pmd", "Walk_Again", "Reader_NoTable", "Pte_Init", "Pmd_Install", "Pte_Free", "Set_Pte"}
\* It has the lock of rvma; mmap_lock.
HasVma(r) ==
  \/ pc[r] \in {"Lookup_Rewalk", "Miss_Unlock", "Stack_Look", "Stack_Link", "Stack_Grow",
                "EndRead_Unlock"}
  \/ pc[r] \in Walking /\ ~rslow[r]
HasMmap(r) ==
  \/ pc[r] \in {"Fault_Find", "Fault_FindStack", "Fault_Link", "Fault_Grow", "Fault_MmapUnlock",
                "Grow_MmapUnlock"}
  \/ pc[r] \in Walking /\ rslow[r]
HasFile == {"File_Find", "File_Pmd", "File_Clear", "File_Unlock"}
HasAnon == {"Anon_Find", "Anon_Pmd", "Anon_Clear", "Anon_Unlock"}
HasPin == {"Gup_Recheck", "Gup_Unpin", "Gup_IrqRestorePinned", "Gup_Put"}
\* It is in its section.
Looking ==
  {"Gup_Pmd", "Gup_Pte", "Gup_Pin", "Gup_Recheck", "Gup_Unpin", "Gup_IrqRestore",
   "Gup_IrqRestorePinned", "Gup_NoTable", "Gup_Init", "Gup_Install"}
\* It reads or writes the page table at hand.
Touching == {"Pte_Init", "Set_Pte", "File_Clear", "Anon_Clear", "Gup_Pte"}

(* Where a writer is. *)

\* It has begun to clean the area of wvma; it has not zapped the page yet.
BeforeZap ==
  {"Writer_Isolated", "Downgrade_StackEndWrite", "Downgrade_Mmap", "Hole_Store",
   "Clean_Mark", "Clean_Pmd", "Clean_Zap"}
AfterZap ==
  {"Clean_FileLock", "Clean_AnonLock", "Clean_Unlink", "Clean_AnonUnlock", "Clean_FileUnlock",
   "Clean_ClearPmd", "Clean_Free"}
Replaces == {"Writer_Cleaned", "New_Store", "New_LinkLate"}
Cleaning == {"Clean_Zap"} \cup AfterZap \cup Replaces
Collapsing ==
  {"Collapse_FileLock", "Collapse_AnonLock", "Collapse_Pmd", "Collapse_ClearPmd", "Collapse_Pins",
   "Collapse_Restore", "Collapse_Free", "Collapse_AnonUnlock", "Collapse_FileUnlock",
   "Collapse_EndWrite"}
StartsToWrite ==
  {"Old_StartWrite", "Neighbour_StartWrite", "Collapse_StartWrite", "Clean_Mark"}
\* It has mmap_lock for reading.
Downgraded(m) ==
  /\ wread[m] /\ pc[m] \notin {"Downgrade_StackEndWrite", "Downgrade_Mmap"}
  /\ pc[m] \in BeforeZap \cup AfterZap \cup {"Downgraded_MmapUnlock"}
\* It has marked what it has found: the old VMA, and the stack.
Marking(m) ==
  ~wread[m] /\ pc[m] \in {"Unmap_Clear", "Writer_OldEndWrite"} \cup BeforeZap \cup AfterZap
                         \cup Replaces
Marks(m, v) ==
  \/ v = wvma[m] /\ ((pc[m] \in Collapsing /\ ~CollapseUnlocked) \/ (LocksOld(m, v) /\ Marking(m)))
  \/ v = wstack[m] /\ LocksStack(m, v) /\
       (Marking(m) \/ pc[m] \in {"Find_Old", "Old_StartWrite", "Writer_NeighbourEndWrite",
                                 "Downgrade_StackEndWrite"})
TakesFileLock ==
  {"Clean_AnonLock", "Clean_Unlink", "Clean_AnonUnlock", "Clean_FileUnlock"} \cup
  (Collapsing \ {"Collapse_FileLock", "Collapse_EndWrite"})
TakesAnonLock == TakesFileLock \ {"Clean_AnonLock", "Clean_FileUnlock", "Collapse_AnonLock",
                                  "Collapse_FileUnlock"}

--------------------------------------------------------------------------------
\* Property (I-20, I-05): a page table that a reader walks has not been freed; one that gup_fast()
\* reads has not gone.
TableThere ==
  \A r \in Readers : pc[r] \in Touching =>
    slab[rtable[r]] = "used" \/ (pc[r] = "Gup_Pte" /\ slab[rtable[r]] = "free")

Instantiates ==
  \A r \in Readers, m \in Mms :
    pc[r] \in {"Pmd_Install", "Set_Pte"} /\ pc'[r] # pc[r] /\ pc[m] \in Cleaning /\
    rvma[r] = wvma[m] =>
      pmd'[m] = pmd[m] /\ \A t \in Tables : pte'[t] = pte[t]
\* Property (I-21): nothing is instantiated through a VMA whose clean-up has begun.
CleanOK == [][Instantiates]_vars

Page(m) == IF pmd[m] = Null THEN Null ELSE pte[pmd[m]]
\* Property (I-21): what is mapped where a VMA is, is that VMA's: no page of an old mapping is left
\* under a new one.
PagesOK == \A m \in Mms : Page(m) # Null /\ mm_vma[m] # Null => Page(m) = mm_vma[m]

\* Property (I-21): where no VMA is, nothing is mapped, but for what a writer is about to zap.
NothingLeft ==
  \A m \in Mms : Page(m) # Null /\ mm_vma[m] = Null => Page(m) = wvma[m] /\ pc[m] \in BeforeZap

\* Property (P24): rmap finds the VMA of a page that is mapped.
RmapOK == \A m \in Mms : Page(m) # Null => rmap[m] = Page(m)

\* Property (I-28): a writer write-locks a VMA only while it has mmap_lock for writing.
WriteLockOK == \A m \in Mms : pc[m] \in StartsToWrite => mmap_lock[m] = Locked

\* Property (I-12, I-09): the lock of a VMA counts the readers that have it, or is the mark of a
\* writer, which goes before mmap_lock is unlocked or downgraded.
LockOK ==
  \A v \in Vmas :
    vm_lock[v] = IF \E m \in Mms : Marks(m, v) THEN Locked
                 ELSE Cardinality({r \in Readers : rvma[r] = v /\ HasVma(r)})

\* A reader has mmap_lock for writing.
Grower(m) ==
  \E r \in Readers : rmm[r] = m /\
    (pc[r] \in {"Grow_Look", "Grow_Downgrade"}
     \/ (Exclusively /\ pc[r] \in {"Fault_Link", "Fault_Grow"}))
InMmap(m) ==
  LET readers == Cardinality({r \in Readers : rmm[r] = m /\ HasMmap(r)}) IN
    mmap_lock[m] = IF Grower(m) THEN Locked
                   ELSE IF pc[m] = "Writer_Idle" THEN readers
                   ELSE IF Downgraded(m) THEN readers + 1 ELSE Locked
InRmap(m, lock, sites, takes) ==
  lock[m] = IF pc[m] \in takes THEN Locked
            ELSE Cardinality({r \in Readers : rmm[r] = m /\ pc[r] \in sites})
\* Property (L-10): mmap_lock, the lock of the file and that of the anon_vma each count those who
\* have it for reading, or are a writer's.
LocksOK ==
  \A m \in Mms : InMmap(m) /\ InRmap(m, file_lock, HasFile, TakesFileLock)
                          /\ InRmap(m, anon_lock, HasAnon, TakesAnonLock)

\* Property (I-29): a page table that is not freed is installed, or a task has it at hand.
LeakOK ==
  \A t \in Tables : slab[t] = "used" =>
    \/ \E m \in Mms : t \in {pmd[m], wtable[m]}
    \/ \E r \in Readers :
         rtable[r] = t /\
         pc[r] \in {"Pte_Init", "Pmd_Install", "Pte_Free", "Gup_Init", "Gup_Install"}

Only ==
  \A r \in Readers : pc[r] \in Looking /\ pc'[r] # pc[r] =>
    /\ \A m \in Mms : pmd'[m] = pmd[m]
    /\ \A t \in Tables : pte'[t] = pte[t] \/ slab'[t] = "none"
\* Property (S44): gup_fast() installs nothing, and changes no entry.
GupOnlyLooks == [][Only]_vars

\* Property (S44): a page that gup_fast() returns is not one that a collapse takes away.
GupOK ==
  \A r \in Readers, m \in Mms :
    pc[r] \in {"Gup_IrqRestorePinned", "Gup_Put"} /\ pc[m] = "Collapse_Free" => rpage[r] # wvma[m]

\* Property (I-09): the pins of a page are those of gup_fast().
PinsOK ==
  \A v \in Vmas : vm_pins[v] = Cardinality({r \in Readers : rpage[r] = v /\ pc[r] \in HasPin})

\* Property (L-06): a reader is in an RCU section exactly where the protocol says so.
RcuOK == \A r \in Readers : rcu[r] = (pc[r] \in Looking)

\* Property (L-04, L-10): a fault ends, and so does every other walk.
WalkEnds == \A r \in Readers : pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle"

--------------------------------------------------------------------------------
(* What must be reachable. *)

\* Possible: a fault finds the old VMA in the tree while its area is cleaned, and is kept out (S43).
KeptOut ==
  \E r \in Readers, m \in Mms :
    pc[r] = "Lookup_Trylock" /\ wover[m] /\ pc[m] \in AfterZap /\ rvma[r] = mm_vma[m]

\* Possible: gup_fast() finds no page table, though a VMA is there: its area was cleaned (S44).
GupFindsNone ==
  \E r \in Readers, m \in Mms :
    pc[r] = "Gup_Pmd" /\ wover[m] /\ pc[m] = "Writer_Cleaned" /\ pmd[m] = Null /\ mm_vma[m] # Null

\* Possible: gup_fast() has a page that has been zapped since (S44).
PinnedBefore ==
  \E r \in Readers, m \in Mms : pc[r] = "Gup_Put" /\ pc[m] = "Clean_Free" /\ rpage[r] = wvma[m]

\* Possible: a collapse finds the page pinned, and leaves it.
CollapseGivesUp == \E m \in Mms : pc[m] = "Collapse_Restore"

\* Possible: the stack has grown over the range, and has a page there.
StackGrown == \E m \in Mms : Page(m) # Null /\ Page(m) = mm_stack[m]

\* Possible: a fault has mmap_lock, and finds nothing, while munmap() has it too and frees (S31).
FaultBesideUnmap ==
  \E r \in Readers, m \in Mms : pc[r] = "Fault_FindStack" /\ wread[m] /\ pc[m] = "Clean_Free"

\* Possible: who comes by the file unmaps a page.
FileUnmaps == \E r \in Readers : pc[r] = "File_Clear" /\ pte[rtable[r]] # Null

\* Possible: who comes by the anon_vma does.
AnonUnmaps == \E r \in Readers : pc[r] = "Anon_Clear" /\ pte[rtable[r]] # Null
================================================================================
