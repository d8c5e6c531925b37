------------------------------- MODULE LockOrder -------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The locks of memory management, and which of them may be waited for     *)
(* while another one is held.  Who only tries waits for nobody, and may    *)
(* try anything.                                                           *)
(***************************************************************************)
EXTENDS Integers

MmapLock == 1
VmaLock == 2
HugetlbLock == 3    \* i_mmap_rwsem of a hugetlb mapping
MappingLock == 4    \* i_mmap_rwsem of any other one
AnonLock == 5       \* of an anon_vma
PageTableLock == 6
Locks == 1..6

\* What may be waited for by whoever has this one.
Inside(lock) ==
  CASE lock = MmapLock -> {VmaLock, HugetlbLock, MappingLock, AnonLock, PageTableLock}
    [] lock = VmaLock -> {HugetlbLock, MappingLock, AnonLock, PageTableLock}
    [] lock = HugetlbLock -> {MappingLock, AnonLock}
    [] lock = MappingLock -> {AnonLock, PageTableLock}
    [] OTHER -> {}

\* There is no circle: what stands inside another one has the greater number.
ASSUME \A outer, inner \in Locks : inner \in Inside(outer) => outer < inner
================================================================================
