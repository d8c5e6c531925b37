------------------------------ MODULE MCVmaRefcnt ------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What TLC runs; the .cfg files choose sizes, variant and properties.     *)
(***************************************************************************)
EXTENDS VmaRefcntProperties
================================================================================
