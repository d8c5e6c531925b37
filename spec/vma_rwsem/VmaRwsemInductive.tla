--------------------------- MODULE VmaRwsemInductive ---------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Why VmaRwsem is safe for any number of readers, VMAs and locks of one   *)
(* mm.  There is one m, so \A says what \E does; it is faster.             *)
(***************************************************************************)
EXTENDS VmaRwsemProperties

\* A reader has a VMA at hand; a lock.
Holding == Holds \cup {"StartRead_LoadSeq", "StartRead_CheckSeq", "StartRead_Trylock"}
Touching == (Holding \ {"StartRead_LoadSeq"}) \cup Tail

\* A writer has a VMA that is, or comes, in the tree.
Starting ==
  {"StartWrite_CheckSeq", "DownWrite_Trylock", "Slowpath_AddWaiter", "Slowpath_SetWaiters",
   "Writer_Locked", "Modify_End"} \cup Announced \cup Draining
\* It has one that is not: new, unmapped, or a copy and its source.
Isolated == {"Writer_Unmapped", "Downgraded_FreeLock"}
Moving == Copying \cup {"Dup_FreeLock", "Dup_FreeVma"}
Apart ==
  Isolated \cup Moving \cup {"Writer_Allocated", "Alloc_Init", "Downgraded_FreeVma"}
AtHand == Starting \cup Apart \cup {"Find_LoadLock"}
LockAtHand == AtHand \ {"Find_LoadLock", "Writer_Allocated", "Downgraded_FreeVma"}
OldAtHand == Moving \ {"Dup_FreeVma"}

\* What its VMA, or its lock, is made with is not there yet.
NoLockYet == {"Writer_Allocated", "Alloc_Init", "Dup_CopyLock"}
NoDataYet == NoLockYet \cup {"Dup_CopyData"}
NoSeqYet == NoDataYet \cup {"Dup_SetSeq"}
NoSemYet == {"Alloc_Init", "Dup_SetLock"}
HasLock(m, l, sites) == wsem[m] = l /\ pc[m] \in sites

Locals ==
  /\ \A r \in Readers :
       /\ IF pc[r] = "Reader_Idle" THEN rmm[r] = Null ELSE rmm[r] \in Mms
       /\ IF pc[r] \in Holding THEN rvma[r] \in Vmas ELSE rvma[r] = Null
       /\ IF pc[r] \in Touching THEN rsem[r] \in Locks ELSE rsem[r] = Null
       /\ pc[r] \in Waking => rtask[r] \in Mms
  /\ \A m \in Mms :
       /\ IF pc[m] \in AtHand THEN wvma[m] \in Vmas ELSE wvma[m] = Null
       /\ IF pc[m] \in LockAtHand THEN wsem[m] \in Locks ELSE wsem[m] = Null
       /\ IF pc[m] \in Moving THEN wsrc[m] \in Vmas ELSE wsrc[m] = Null
       /\ IF pc[m] \in OldAtHand THEN wold[m] \in Locks ELSE wold[m] = Null

\* Fields are there while the page is, once they are set.
DataField ==
  \A m \in Mms, v \in Vmas :
    IF slab[v] = "none" \/ Has(m, v, NoDataYet) THEN vm_data[v] = Null
    ELSE vm_data[v] \in {Torn, Whole, Contents}
SeqField ==
  \A m \in Mms, v \in Vmas :
    IF slab[v] = "none" \/ Has(m, v, NoSeqYet) THEN vm_lock_seq[v] = Null
    ELSE vm_lock_seq[v] \in Int
\* A writer is on the list exactly while it waits.
SemFields ==
  \A m \in Mms, l \in Locks :
    IF slab[l] = "none" \/ HasLock(m, l, NoSemYet)
    THEN sem_count[l] = Null /\ sem_owner[l] = Null /\ sem_waiter[l] = Null
    ELSE /\ sem_count[l] \in Int /\ sem_owner[l] \in {Nobody, AReader, AWriter}
         /\ sem_waiter[l] = IF HasLock(m, l, Listed) THEN m ELSE Null

\* What is freed waits for the sections that may have found it.
Grace ==
  /\ RcuOK
  /\ \A v \in Vmas, r \in Readers : grace[v][r] => rcu[r]
  /\ \A l \in Locks, r \in Readers : grace[l][r] => rcu[r]
Kept(r, o) == slab[o] = "used" \/ (slab[o] = "free" /\ grace[o][r])
\* What a reader has found is written, and is in use, or freed and waits for this reader's section.
VmaKept ==
  \A r \in Readers : pc[r] \in Holding =>
    /\ Kept(r, rvma[r])
    /\ vm_lock[rvma[r]] \in Locks /\ vm_lock_seq[rvma[r]] \in Int
    /\ \A m \in Mms : ~Has(m, rvma[r], NoLockYet \cup Copying)
\* So is the lock of that VMA, which is the one that the reader has at hand.
LockKept ==
  \A r \in Readers : pc[r] \in Holding =>
    /\ Kept(r, vm_lock[rvma[r]])
    /\ \A m \in Mms : ~HasLock(m, vm_lock[rvma[r]], NoSemYet)
    /\ pc[r] # "StartRead_LoadSeq" => rsem[r] = vm_lock[rvma[r]]
\* In the tail, too, where the VMA is forgotten.
SemKept ==
  \A r \in Readers : pc[r] \in Touching =>
    Kept(r, rsem[r]) /\ \A m \in Mms : ~HasLock(m, rsem[r], NoSemYet)

\* What a writer has at hand is in use, and nothing but that and the tree is.
Used ==
  \A m \in Mms :
    /\ pc[m] \in AtHand => slab[wvma[m]] = "used"
    /\ pc[m] \in LockAtHand => slab[wsem[m]] = "used"
    /\ pc[m] \in Moving => slab[wsrc[m]] = "used" /\ wsrc[m] # wvma[m]
    /\ pc[m] \in OldAtHand => slab[wold[m]] = "used"
VmasInUse ==
  \A m \in Mms, v \in Vmas : slab[v] = "used" => v = tree[m] \/ v = wvma[m] \/ v = wsrc[m]
LocksInUse ==
  \A m \in Mms, l \in Locks : slab[l] = "used" =>
    l = wsem[m] \/ l = wold[m] \/ (tree[m] # Null /\ vm_lock[tree[m]] = l)
\* Which lock is whose: a copy has that of its source, then one of its own.
Own ==
  \A m \in Mms :
    /\ pc[m] \in Starting \cup Isolated \cup (Moving \ Copying) => vm_lock[wvma[m]] = wsem[m]
    /\ pc[m] \in OldAtHand => vm_lock[wsrc[m]] = wold[m]
    /\ pc[m] \in Copying \ {"Dup_SetLock"} => wsem[m] = wold[m]
    /\ pc[m] \in {"Dup_SetLock", "Dup_FreeLock"} => wsem[m] # wold[m]
    /\ pc[m] = "Dup_FreeVma" => vm_lock[wsrc[m]] # wsem[m]
Tree ==
  \A m \in Mms :
    /\ tree[m] # Null =>
         tree[m] \in Vmas /\ slab[tree[m]] = "used" /\ vm_lock[tree[m]] \in Locks
           /\ slab[vm_lock[tree[m]]] = "used"
    /\ pc[m] \in Starting => tree[m] \in {Null, wvma[m]}
    /\ pc[m] \in {"Find_LoadLock", "Modify_End"} => tree[m] = wvma[m]
    /\ pc[m] \in Apart => tree[m] = Null

\* The counting equation; and who has the lock for writing has it alone, and says so.
Count ==
  \A l \in Locks : sem_count[l] # Null =>
    sem_count[l] = ReaderBias * ReadersIn(l) + WaitersBit * WaitersIn(l) + WriterBit * WritersIn(l)
Alone == \A m \in Mms : pc[m] \in Draining => ReadersIn(wsem[m]) = 0
Owner == \A m \in Mms, l \in Locks : sem_owner[l] = AWriter <=> HasLock(m, l, Owning)

\* A mark is of a section of the past, or of this one.
Numbers == \A m \in Mms : mm_lock_seq[m] >= 0
Marks ==
  \A m \in Mms, v \in Vmas : vm_lock_seq[v] # Null =>
    /\ vm_lock_seq[v] <= mm_lock_seq[m]
    /\ pc[m] \in Outside => vm_lock_seq[v] < mm_lock_seq[m]
HasMark ==
  \A m \in Mms :
    pc[m] \in {"UpWrite_ClearOwner", "UpWrite_Dec", "Writer_Locked", "Modify_End",
               "Writer_Unmapped"} => vm_lock_seq[wvma[m]] = mm_lock_seq[m]
\* What was seen unmarked under the lock stays so; what was seen in the tree then does, too.
Unmarked ==
  \A r \in Readers : pc[r] \in Inside \cup {"Lookup_Rewalk"} =>
    vm_lock_seq[rvma[r]] # mm_lock_seq[rmm[r]]
Found == \A r \in Readers : pc[r] \in Inside => tree[rmm[r]] = rvma[r]

\* The contents of a VMA are torn by who changes it, and copied whole.
Half == \A m \in Mms, v \in Vmas : vm_data[v] = Torn => Has(m, v, {"Modify_End"})
Copied ==
  \A m \in Mms :
    pc[m] \in {"Dup_SetSeq", "Writer_Copied", "Dup_SetLock", "Dup_FreeLock"} =>
      vm_data[wvma[m]] = vm_data[wsrc[m]]

Inductive ==
  /\ Locals
  /\ DataField
  /\ SeqField
  /\ SemFields
  /\ Grace
  /\ VmaKept
  /\ LockKept
  /\ SemKept
  /\ Used
  /\ VmasInUse
  /\ LocksInUse
  /\ Own
  /\ Tree
  /\ Count
  /\ Alone
  /\ Owner
  /\ Numbers
  /\ Marks
  /\ HasMark
  /\ Unmarked
  /\ Found
  /\ Half
  /\ Copied
  /\ RunsOK
  /\ NoLostWake
================================================================================
