------------------------- MODULE MmapOverlapProperties -------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What MmapOverlap promises.                                              *)
(***************************************************************************)
EXTENDS MmapOverlap

--------------------------------------------------------------------------------
(* Where a task is. *)

\* A reader reads or writes the page table that it has found.
Touching == {"Set_Pte", "Pte_Init", "File_Clear", "Anon_Clear", "Gup_Pte"}
InSection ==
  {"Gup_Pmd", "Gup_Pte", "Gup_Pin", "Gup_Recheck", "Gup_Unpin", "Gup_IrqRestore",
   "Gup_IrqRestorePinned"}

--------------------------------------------------------------------------------
\* Property (I-20, I-05): a page table that a reader walks has not been freed; one that gup_fast()
\* reads has not gone.
TableThere ==
  \A r \in Readers : pc[r] \in Touching =>
    slab[rtable[r]] = "used" \/ (pc[r] = "Gup_Pte" /\ slab[rtable[r]] = "free")

\* Property (L-06): a reader is in an RCU section exactly where the protocol says so.
RcuOK == \A r \in Readers : rcu[r] = (pc[r] \in InSection)
================================================================================
