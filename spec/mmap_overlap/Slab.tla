--------------------------------- MODULE Slab ----------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The life of objects that are allocated and freed, of any number of      *)
(* kinds: "none" (no page holds it), "used", "free" (freed, and there      *)
(* until a grace period has passed).  A page goes at the first moment that *)
(* it may; the fields of an object that is gone are Null, which is for the *)
(* protocol to say.                                                        *)
(***************************************************************************)
EXTENDS Rcu
VARIABLE slab

SlabInit(objects) == slab = [o \in objects |-> "none"]

\* May the object be handed out?  A type-safe one may, though readers may still look at its former
\* life; any other once nothing is left of that.
MayAllocateTypeSafe(o) == slab[o] # "used"
MayAllocate(o) == slab[o] = "none"
\* Of slab alone, for what never waits; and of grace too.
AllocateKind(o) == slab' = [slab EXCEPT ![o] = "used"]
Allocate(o) == AllocateKind(o) /\ grace' = [grace EXCEPT ![o] = NoSections]

\* Freed while a section is open, the object stays.
Stays == \E r \in Readers : rcu[r]
\* kmem_cache_free() of a type-safe object; kfree_rcu(), call_rcu()
Free(o) == GraceBegins(o) /\ slab' = [slab EXCEPT ![o] = IF Stays THEN "free" ELSE "none"]
\* kfree(), of slab alone
FreeAtOnce(o) == slab' = [slab EXCEPT ![o] = "none"]

\* Does the object go with the end of this section?
GoesWith(r, o) == slab[o] = "free" /\ \A q \in Readers : ~Without(r, o)[q]
\* With what goes at the end of a section.
SlabUnlock(r, objects, waiting) ==
  /\ RcuUnlock(r, waiting)
  /\ slab' = [o \in objects |-> IF GoesWith(r, o) THEN "none" ELSE slab[o]]
================================================================================
