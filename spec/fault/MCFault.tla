-------------------------------- MODULE MCFault --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What TLC runs; the .cfg files choose sizes and properties.              *)
(***************************************************************************)
EXTENDS FaultProperties
================================================================================
