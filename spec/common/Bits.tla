--------------------------------- MODULE Bits ---------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Single bits of a number.  `bit` is the bit's value, a power of two.     *)
(* Whatever the sign of the number, % is never negative.                   *)
(***************************************************************************)
EXTENDS Integers

Odd(x) == x % 2 = 1
HasBit(x, bit) == x % (2 * bit) >= bit
WithBit(x, bit) == IF HasBit(x, bit) THEN x ELSE x + bit
WithoutBit(x, bit) == IF HasBit(x, bit) THEN x - bit ELSE x
================================================================================
