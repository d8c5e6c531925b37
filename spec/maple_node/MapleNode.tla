------------------------------- MODULE MapleNode --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Nodes of a maple tree in RCU mode.  A writer puts another node in the   *)
(* place of the one that it changes, and marks that dead; its memory is    *)
(* reused before readers have left it.  Who reads a node asks afterwards   *)
(* whether it was dead by then, and if so begins anew.  The tree is a root *)
(* with one leaf or two, or empty.                                         *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/maple_node.hpp).  pc holds the   *)
(* name of the site that a task will perform next, or of the point where   *)
(* it chooses one.  A local of a task is Null while it is dead.            *)
(***************************************************************************)
EXTENDS Slab, Integers

CONSTANTS
  Nodes,
  Trees,    \* each has one writer, who is called like it
  Null,     \* no object, no value
  Variant   \* "holds", or the name of what is different (see README.md)

VARIABLES
  parent,          \* of a node: who has it in a slot; Null of a root; itself once it is dead
  pivot,           \* the bound of its first slot; of a dead node its type, or a link
  slot, meta,      \* the first slot; the last, which has metadata while nobody needs it
  ma_root, ma_rcu, \* of a tree: its root; 1 while it is in RCU mode
  users,           \* of a tree: who may walk it, and its owner
  pc,
  rtree, rroot, rleaf, rpivot,        \* a reader's: where it is, and the bound that it has read
  wroot, wold, wnew, wchild, wtype    \* a writer's: the type is what it frees by

ofNode == <<parent, pivot, slot, meta>>
ofTree == <<ma_root, ma_rcu, users>>
sections == <<rcu, grace>>
atNode == <<rroot, rleaf, rpivot>>
ofReader == <<rtree, atNode>>
ofWriter == <<wroot, wold, wnew, wchild, wtype>>
vars == <<ofNode, ofTree, slab, sections, pc, ofReader, ofWriter>>

\* pivot.  A bound may look like any type: the root's like that of a leaf, a leaf's like a branch's.
RootBound == 1
LeafBound == 2
LeafType == 1
BranchType == 2
Linked == 3

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* A reader: is the root looked at before it is read?  And after?
LooksFirst == ~(Is("start_unchecked") \/ Is("root_unchecked"))
LooksAfter == ~(Is("root_unchecked") \/ Is("tests_first"))
AtDeadRoot == IF Is("root_stale") THEN "Start_Stale" ELSE "Start_Root"
\* Where the children of the root are known.
AfterChild == IF LooksAfter THEN "Root_Parent" ELSE "Leaf_Pivot"
AfterLeafBound == IF Is("entry_from_last") THEN "Leaf_Last" ELSE "Leaf_Slot"
AfterFound == IF Is("walk_keeps_rcu") THEN "Walk_Put" ELSE "Walk_RcuUnlock"

\* A writer: when is a node marked that is replaced?
LeafFirst == Is("publishes_first")
InFree == Is("dead_in_free")
AfterStoreInit == IF LeafFirst \/ InFree THEN "Store_Publish" ELSE "Store_Dead"
AfterStoreDead ==
  CASE LeafFirst -> "Free_Link" [] Is("held_up") -> "Writer_HeldUp" [] OTHER -> "Store_Publish"
AfterStorePublish == IF LeafFirst THEN "Store_Dead" ELSE "Free_Link"
AfterReplaceInit == IF Is("not_adopted") THEN "Replace_Publish" ELSE "Replace_Adopt"
AfterReplacePublish == IF InFree \/ Is("never_dead") THEN "Free_Link" ELSE "Replace_Dead"
ToFree == IF Is("freed_at_once") THEN "Free_Now" ELSE "Free_CallRcu"
AfterLink ==
  CASE InFree -> "Free_Dead" [] Is("not_freed") -> "Writer_Idle" [] OTHER -> ToFree

\* Who destroys a tree, and its owner.
AfterType == IF Is("meta_not_cleared") THEN "Destroy_Child" ELSE "Destroy_Last"
ToFreeAll == IF Is("no_grace") THEN "Reap_Type" ELSE "Destroy_InRcu"
AfterChildDead == IF Is("type_not_set") THEN "Destroy_Next" ELSE "Destroy_ChildType"
AfterOtherDead == IF Is("type_not_set") THEN ToFreeAll ELSE "Destroy_OtherType"
ClearsFirst == Is("mode_off_early")
AfterExit(hasTree) == IF hasTree THEN "Wipe_Clear" ELSE "Writer_Idle"

--------------------------------------------------------------------------------
Nothings(set) == [x \in set |-> Null]
Init ==
  /\ RcuInit(Nodes \cup Trees) /\ SlabInit(Nodes)
  /\ parent = Nothings(Nodes) /\ pivot = Nothings(Nodes)
  /\ slot = Nothings(Nodes) /\ meta = Nothings(Nodes)
  /\ ma_root = Nothings(Trees)
  /\ ma_rcu = [k \in Trees |-> 1] /\ users = [k \in Trees |-> 1]
  /\ pc = [t \in Readers \cup Trees |-> IF t \in Readers THEN "Reader_Idle" ELSE "Writer_Idle"]
  /\ rtree = Nothings(Readers) /\ rroot = Nothings(Readers)
  /\ rleaf = Nothings(Readers) /\ rpivot = Nothings(Readers)
  /\ wroot = Nothings(Trees) /\ wold = Nothings(Trees) /\ wnew = Nothings(Trees)
  /\ wchild = Nothings(Trees) /\ wtype = Nothings(Trees)

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]
Dead(local, t) == [local EXCEPT ![t] = Null]
IsDead(n) == parent[n] = n

--------------------------------------------------------------------------------
(* A reader. *)

Writers == <<ofNode, ofTree, slab, ofWriter>>

Walk_Get(r, k) ==
  LET gets == users[k] # 0 IN
    /\ Go(r, "Reader_Idle", IF gets THEN "Walk_RcuLock" ELSE "Reader_Idle")
    /\ users' = IF gets THEN [users EXCEPT ![k] = @ + 1] ELSE users
    /\ rtree' = IF gets THEN [rtree EXCEPT ![r] = k] ELSE rtree
    /\ UNCHANGED <<ofNode, ma_root, ma_rcu, slab, sections, atNode, ofWriter>>
Walk_RcuLock(r) ==
  /\ Go(r, "Walk_RcuLock", "Start_Root")
  /\ IF Is("walk_without_rcu") THEN UNCHANGED rcu ELSE RcuLock(r)
  /\ UNCHANGED <<Writers, grace, ofReader>>

\* The root, until it is not dead.
Start_Root(r) ==
  LET root == ma_root[rtree[r]] IN
    /\ Go(r, "Start_Root", CASE root = Null -> "None_RcuUnlock"
                               [] LooksFirst -> "Start_Parent" [] OTHER -> "Root_Pivot")
    /\ rroot' = [rroot EXCEPT ![r] = root]
    /\ UNCHANGED <<Writers, sections, rtree, rleaf, rpivot>>
\* The reader has met a dead node and begins anew.
Again(r) == rroot' = Dead(rroot, r) /\ rleaf' = Dead(rleaf, r) /\ rpivot' = Dead(rpivot, r)
Start_Parent(r) ==
  LET dead == IsDead(rroot[r]) IN
    /\ Go(r, "Start_Parent", IF dead THEN AtDeadRoot ELSE "Root_Pivot")
    /\ IF dead /\ ~Is("root_stale") THEN Again(r) ELSE UNCHANGED atNode
    /\ UNCHANGED <<Writers, sections, rtree>>

\* Variant: at the same root.
Start_Stale(r) == Go(r, "Start_Stale", "Start_Parent") /\ UNCHANGED <<Writers, sections, ofReader>>

\* What a node has is read, and then whether it is dead.
Root_Pivot(r) ==
  LET bound == pivot[rroot[r]] IN
    /\ Go(r, "Root_Pivot", IF bound = RootBound THEN "Root_Slot" ELSE "Root_Last")
    /\ rpivot' = [rpivot EXCEPT ![r] = bound]
    /\ UNCHANGED <<Writers, sections, rtree, rroot, rleaf>>
Child(r, from, field) ==
  /\ Go(r, from, AfterChild)
  /\ rleaf' = [rleaf EXCEPT ![r] = field[rroot[r]]]
  /\ rroot' = IF LooksAfter THEN rroot ELSE Dead(rroot, r)
  /\ UNCHANGED <<Writers, sections, rtree, rpivot>>
Root_Slot(r) == Child(r, "Root_Slot", slot)
Root_Last(r) == Child(r, "Root_Last", meta)
Root_Parent(r) ==
  LET dead == IsDead(rroot[r]) IN
    /\ Go(r, "Root_Parent", IF dead THEN "Start_Root" ELSE "Leaf_Pivot")
    /\ IF dead THEN Again(r) ELSE rroot' = Dead(rroot, r) /\ UNCHANGED <<rleaf, rpivot>>
    /\ UNCHANGED <<Writers, sections, rtree>>
Leaf_Pivot(r) ==
  LET bound == pivot[rleaf[r]] IN
    /\ Go(r, "Leaf_Pivot", IF bound = LeafBound THEN AfterLeafBound ELSE "Leaf_Last")
    /\ rpivot' = [rpivot EXCEPT ![r] = bound]
    /\ UNCHANGED <<Writers, sections, rtree, rroot, rleaf>>
Entry(r, from) == Go(r, from, "Leaf_Parent") /\ UNCHANGED <<Writers, sections, ofReader>>
Leaf_Slot(r) == Entry(r, "Leaf_Slot")
Leaf_Last(r) == Entry(r, "Leaf_Last")
Leaf_Parent(r) ==
  LET dead == IsDead(rleaf[r]) IN
    /\ Go(r, "Leaf_Parent", IF dead THEN "Start_Root" ELSE AfterFound)
    /\ IF dead THEN Again(r)
       ELSE /\ rleaf' = Dead(rleaf, r) /\ UNCHANGED rroot
            /\ rpivot' = IF Is("walk_keeps_rcu") THEN Dead(rpivot, r) ELSE rpivot
    /\ UNCHANGED <<Writers, sections, rtree>>

\* A node whose last grace period is over has no fields any more.
LeavesSection(r, from) ==
  LET left(field) == [n \in Nodes |-> IF GoesWith(r, n) THEN Null ELSE field[n]] IN
    /\ Go(r, from, "Walk_Put")
    /\ SlabUnlock(r, Nodes, Nodes \cup Trees)
    /\ parent' = left(parent) /\ pivot' = left(pivot) /\ slot' = left(slot) /\ meta' = left(meta)
    /\ rpivot' = Dead(rpivot, r)
    /\ UNCHANGED <<ofTree, ofWriter, rtree, rroot, rleaf>>
Walk_RcuUnlock(r) == LeavesSection(r, "Walk_RcuUnlock")
None_RcuUnlock(r) == LeavesSection(r, "None_RcuUnlock")
Walk_Put(r) ==
  /\ Go(r, "Walk_Put", "Reader_Idle")
  /\ users' = [users EXCEPT ![rtree[r]] = @ - 1]
  /\ rtree' = Dead(rtree, r)
  /\ UNCHANGED <<ofNode, ma_root, ma_rcu, slab, sections, atNode, ofWriter>>

--------------------------------------------------------------------------------
(* A writer: one step, of some of the variables. *)

\* Of a node: a field is set.
InNode == <<ofTree, slab, sections, ofReader>>
SetsParent(n, to) == parent' = [parent EXCEPT ![n] = to] /\ UNCHANGED <<InNode, pivot, slot, meta>>
SetsPivot(n, to) == pivot' = [pivot EXCEPT ![n] = to] /\ UNCHANGED <<InNode, parent, slot, meta>>
SetsSlot(n, to) == slot' = [slot EXCEPT ![n] = to] /\ UNCHANGED <<InNode, parent, pivot, meta>>
SetsMeta(n, to) == meta' = [meta EXCEPT ![n] = to] /\ UNCHANGED <<InNode, parent, pivot, slot>>
\* A new one is filled.
Fills(n, up, bound, first) ==
  /\ parent' = [parent EXCEPT ![n] = up] /\ pivot' = [pivot EXCEPT ![n] = bound]
  /\ slot' = [slot EXCEPT ![n] = first] /\ meta' = [meta EXCEPT ![n] = n]
  /\ UNCHANGED InNode
Allocates(n) == MayAllocate(n) /\ Allocate(n) /\ UNCHANGED <<ofNode, ofTree, rcu, ofReader>>
\* It goes, at once or when those have left that may be at it.
Goes(n, stays) ==
  LET left(field) == [field EXCEPT ![n] = IF stays THEN @ ELSE Null] IN
    /\ parent' = left(parent) /\ pivot' = left(pivot) /\ slot' = left(slot) /\ meta' = left(meta)
    /\ UNCHANGED <<ofTree, rcu, ofReader>>
FreesAfterGrace(n) == Free(n) /\ Goes(n, Stays)
FreesAtOnce(n) == FreeAtOnce(n) /\ Goes(n, FALSE) /\ UNCHANGED grace
\* Of a tree: a field is set.
SetsRoot(k, to) ==
  /\ ma_root' = [ma_root EXCEPT ![k] = to]
  /\ UNCHANGED <<ofNode, ma_rcu, users, slab, sections, ofReader>>
SetsRcu(k, to) ==
  /\ ma_rcu' = [ma_rcu EXCEPT ![k] = to]
  /\ UNCHANGED <<ofNode, ma_root, users, slab, sections, ofReader>>
SetsUsers(k, to) ==
  /\ users' = [users EXCEPT ![k] = to]
  /\ UNCHANGED <<ofNode, ma_root, ma_rcu, slab, sections, ofReader>>
\* A look, which changes nothing.
Looks == UNCHANGED <<ofNode, ofTree, slab, sections, ofReader>>

\* What the writer knows stays, or all of it is forgotten.
Keeps == UNCHANGED ofWriter
Ends(k) ==
  /\ wroot' = Dead(wroot, k) /\ wold' = Dead(wold, k) /\ wnew' = Dead(wnew, k)
  /\ wchild' = Dead(wchild, k) /\ UNCHANGED wtype

MayBegin(k) == pc[k] = "Writer_Idle" /\ ma_rcu[k] = 1
HasRoot(k) == ma_root[k] # Null
Root(k) == ma_root[k]

\* An empty tree gets a root with one leaf.
Build_Leaf(k, n) ==
  /\ MayBegin(k) /\ ~HasRoot(k)
  /\ Go(k, "Writer_Idle", "Writer_HasLeaf")
  /\ Allocates(n)
  /\ wchild' = [wchild EXCEPT ![k] = n]
  /\ UNCHANGED <<wroot, wold, wnew, wtype>>
Build_Root(k, n) ==
  /\ Go(k, "Writer_HasLeaf", "Build_Init")
  /\ Allocates(n)
  /\ wnew' = [wnew EXCEPT ![k] = n]
  /\ UNCHANGED <<wroot, wold, wchild, wtype>>
Build_Init(k) ==
  LET leaf == wchild[k] new == wnew[k] IN
    /\ Go(k, "Build_Init", "Build_Publish")
    /\ parent' = [parent EXCEPT ![leaf] = new]
    /\ pivot' = [pivot EXCEPT ![leaf] = LeafBound, ![new] = RootBound]
    /\ slot' = [slot EXCEPT ![leaf] = leaf, ![new] = leaf]
    /\ meta' = [meta EXCEPT ![leaf] = leaf, ![new] = new]
    /\ UNCHANGED <<InNode, ofWriter>>
Build_Publish(k) == Go(k, "Build_Publish", "Writer_Idle") /\ SetsRoot(k, wnew[k]) /\ Ends(k)
\* Or with two.
Two_Leaf(k, n) ==
  /\ Go(k, "Writer_HasLeaf", "Writer_HasLeaves")
  /\ Allocates(n)
  /\ wold' = [wold EXCEPT ![k] = n]
  /\ UNCHANGED <<wroot, wnew, wchild, wtype>>
Two_Root(k, n) ==
  /\ Go(k, "Writer_HasLeaves", "Two_Init")
  /\ Allocates(n)
  /\ wnew' = [wnew EXCEPT ![k] = n]
  /\ UNCHANGED <<wroot, wold, wchild, wtype>>
Two_Init(k) ==
  LET leaf == wchild[k] other == wold[k] new == wnew[k] IN
    /\ Go(k, "Two_Init", "Two_Publish")
    /\ parent' = [parent EXCEPT ![leaf] = new, ![other] = new]
    /\ pivot' = [pivot EXCEPT ![leaf] = LeafBound, ![other] = LeafBound, ![new] = RootBound]
    /\ slot' = [slot EXCEPT ![leaf] = leaf, ![other] = other, ![new] = leaf]
    /\ meta' = [meta EXCEPT ![leaf] = leaf, ![other] = other, ![new] = other]
    /\ UNCHANGED <<InNode, ofWriter>>
Two_Publish(k) == Go(k, "Two_Publish", "Writer_Idle") /\ SetsRoot(k, wnew[k]) /\ Ends(k)

\* A leaf is replaced: dead before the new one is there.
Store_Alloc(k, n) ==
  /\ MayBegin(k) /\ HasRoot(k) /\ meta[Root(k)] = Root(k)
  /\ Go(k, "Writer_Idle", "Store_Init")
  /\ Allocates(n)
  /\ wroot' = [wroot EXCEPT ![k] = Root(k)]
  /\ wold' = [wold EXCEPT ![k] = slot[Root(k)]]
  /\ wnew' = [wnew EXCEPT ![k] = n]
  /\ UNCHANGED <<wchild, wtype>>
Store_Init(k) ==
  Go(k, "Store_Init", AfterStoreInit) /\ Fills(wnew[k], wroot[k], LeafBound, wnew[k]) /\ Keeps
Store_Dead(k) == Go(k, "Store_Dead", AfterStoreDead) /\ SetsParent(wold[k], wold[k]) /\ Keeps
Store_Publish(k) ==
  Go(k, "Store_Publish", AfterStorePublish) /\ SetsSlot(wroot[k], wnew[k]) /\ Keeps
\* Variant: it may be held up before that.
Held_Publish(k) == Go(k, "Writer_HeldUp", "Free_Link") /\ SetsSlot(wroot[k], wnew[k]) /\ Keeps

\* The root is replaced: the new one is there before the old one is dead.
Replace_Alloc(k, n) ==
  /\ MayBegin(k) /\ HasRoot(k) /\ meta[Root(k)] = Root(k)
  /\ Go(k, "Writer_Idle", "Replace_Init")
  /\ Allocates(n)
  /\ wroot' = [wroot EXCEPT ![k] = Root(k)]
  /\ wold' = [wold EXCEPT ![k] = Root(k)]
  /\ wchild' = [wchild EXCEPT ![k] = slot[Root(k)]]
  /\ wnew' = [wnew EXCEPT ![k] = n]
  /\ UNCHANGED wtype
Replace_Init(k) ==
  Go(k, "Replace_Init", AfterReplaceInit) /\ Fills(wnew[k], Null, RootBound, wchild[k]) /\ Keeps
Replace_Adopt(k) ==
  Go(k, "Replace_Adopt", "Replace_Publish") /\ SetsParent(wchild[k], wnew[k]) /\ Keeps
Replace_Publish(k) ==
  Go(k, "Replace_Publish", AfterReplacePublish) /\ SetsRoot(k, wnew[k]) /\ Keeps
Replace_Dead(k) ==
  Go(k, "Replace_Dead", "Free_Link") /\ SetsParent(wold[k], wold[k]) /\ Keeps

\* What was replaced goes: its pivots link dead nodes, and then RCU has it.
Free_Link(k) ==
  /\ Go(k, "Free_Link", AfterLink)
  /\ SetsPivot(wold[k], Linked)
  /\ IF Is("not_freed") THEN Ends(k) ELSE Keeps
\* Variants: it is marked here and no sooner; it goes at once.
Free_Dead(k) == Go(k, "Free_Dead", "Free_CallRcu") /\ SetsParent(wold[k], wold[k]) /\ Keeps
Free_Now(k) == Go(k, "Free_Now", "Writer_Idle") /\ FreesAtOnce(wold[k]) /\ Ends(k)
Free_CallRcu(k) == Go(k, "Free_CallRcu", "Writer_Idle") /\ FreesAfterGrace(wold[k]) /\ Ends(k)

\* All of the tree goes: first it is marked.
HasTree(k) == wroot' = [wroot EXCEPT ![k] = Root(k)] /\ UNCHANGED <<wold, wnew, wchild, wtype>>
Knows(k, n) == wchild' = [wchild EXCEPT ![k] = n] /\ UNCHANGED <<wroot, wold, wnew, wtype>>
Wipe_Clear(k) ==
  \/ /\ MayBegin(k) /\ HasRoot(k)
     /\ Go(k, "Writer_Idle", "Destroy_Dead")
     /\ SetsRoot(k, Null)
     /\ HasTree(k)
  \/ Go(k, "Wipe_Clear", "Destroy_Dead") /\ SetsRoot(k, Null) /\ Keeps
Destroy_Dead(k) ==
  Go(k, "Destroy_Dead", "Destroy_Type") /\ SetsParent(wroot[k], wroot[k]) /\ Keeps
Destroy_Type(k) ==
  Go(k, "Destroy_Type", AfterType) /\ SetsPivot(wroot[k], BranchType) /\ Keeps
\* What the last slot has is metadata, or a child.
Destroy_Last(k) ==
  LET isMeta == meta[wroot[k]] = wroot[k] IN
    /\ Go(k, "Destroy_Last", IF isMeta THEN "Destroy_Meta" ELSE "Destroy_Child")
    /\ Looks
    /\ Keeps
Destroy_Meta(k) == Go(k, "Destroy_Meta", "Destroy_Child") /\ SetsMeta(wroot[k], Null) /\ Keeps
Destroy_Child(k) ==
  Go(k, "Destroy_Child", "Destroy_ChildDead") /\ Looks /\ Knows(k, slot[wroot[k]])
Destroy_ChildDead(k) ==
  Go(k, "Destroy_ChildDead", AfterChildDead) /\ SetsParent(wchild[k], wchild[k]) /\ Keeps
Destroy_ChildType(k) ==
  Go(k, "Destroy_ChildType", "Destroy_Next") /\ SetsPivot(wchild[k], LeafType) /\ Keeps
\* The last slot may have another child.
Other(k) == meta[wroot[k]]
Destroy_Next(k) ==
  /\ Go(k, "Destroy_Next", IF Other(k) = Null THEN ToFreeAll ELSE "Destroy_OtherDead")
  /\ Looks
  /\ Knows(k, Other(k))
\* It has been marked, and is left alone from now on.
Leaves(k) == wchild' = Dead(wchild, k) /\ UNCHANGED <<wroot, wold, wnew, wtype>>
Destroy_OtherDead(k) ==
  /\ Go(k, "Destroy_OtherDead", AfterOtherDead)
  /\ SetsParent(wchild[k], wchild[k])
  /\ IF AfterOtherDead = ToFreeAll THEN Leaves(k) ELSE Keeps
Destroy_OtherType(k) ==
  Go(k, "Destroy_OtherType", ToFreeAll) /\ SetsPivot(wchild[k], LeafType) /\ Leaves(k)

\* In RCU mode readers may be there still.
Destroy_InRcu(k) ==
  /\ Go(k, "Destroy_InRcu", IF ma_rcu[k] = 1 THEN "Grace_Begin" ELSE "Reap_Type")
  /\ Looks
  /\ Keeps
Grace_Begin(k) ==
  /\ Go(k, "Grace_Begin", "Grace_End")
  /\ GraceBegins(k)
  /\ UNCHANGED <<ofNode, ofTree, slab, rcu, ofReader, ofWriter>>
Grace_End(k) == Go(k, "Grace_End", "Reap_Type") /\ GraceIsOver(k) /\ Looks /\ Keeps

\* Then it is walked again, by the types, and freed.
GoesBy(k, n) == wtype' = [wtype EXCEPT ![k] = pivot[n]] /\ UNCHANGED <<wroot, wold, wnew, wchild>>
Reap_Type(k) == Go(k, "Reap_Type", "Reap_Child") /\ Looks /\ GoesBy(k, wroot[k])
Reap_Child(k) == Go(k, "Reap_Child", "Reap_ChildType") /\ Looks /\ Knows(k, slot[wroot[k]])
Reap_ChildType(k) == Go(k, "Reap_ChildType", "Reap_FreeChild") /\ Looks /\ GoesBy(k, wchild[k])
Reap_FreeChild(k) == Go(k, "Reap_FreeChild", "Reap_Next") /\ FreesAtOnce(wchild[k]) /\ Keeps
\* It has freed the leaves.
Leafless(k) == wtype' = Dead(wtype, k) /\ UNCHANGED <<wroot, wold, wnew>>
Reap_Next(k) ==
  LET done == Other(k) = Null IN
    /\ Go(k, "Reap_Next", IF done THEN "Reap_FreeRoot" ELSE "Reap_OtherType")
    /\ Looks
    /\ wchild' = [wchild EXCEPT ![k] = Other(k)]
    /\ IF done THEN Leafless(k) ELSE UNCHANGED <<wroot, wold, wnew, wtype>>
Reap_OtherType(k) == Go(k, "Reap_OtherType", "Reap_FreeOther") /\ Looks /\ GoesBy(k, wchild[k])
Reap_FreeOther(k) ==
  /\ Go(k, "Reap_FreeOther", "Reap_FreeRoot")
  /\ FreesAtOnce(wchild[k])
  /\ wchild' = Dead(wchild, k) /\ Leafless(k)
Reap_FreeRoot(k) == Go(k, "Reap_FreeRoot", "Writer_Idle") /\ FreesAtOnce(wroot[k]) /\ Ends(k)

\* The owner goes when nobody else may walk the tree, and RCU mode is switched off.
Exit_Put(k) ==
  /\ IF ClearsFirst THEN Go(k, "Exit_Put", AfterExit(wroot[k] # Null)) /\ Keeps
     ELSE MayBegin(k) /\ Go(k, "Writer_Idle", "Exit_ClearRcu") /\ HasTree(k)
  /\ Is("exit_does_not_wait") \/ users[k] = 1
  /\ SetsUsers(k, IF Is("exit_stays") THEN 1 ELSE users[k] - 1)
Exit_ClearRcu(k) ==
  /\ IF ClearsFirst THEN MayBegin(k) /\ Go(k, "Writer_Idle", "Exit_Put") /\ HasTree(k)
     ELSE Go(k, "Exit_ClearRcu", AfterExit(wroot[k] # Null)) /\ Keeps
  /\ SetsRcu(k, 0)
\* The tree of another mm.
Init_SetRcu(k) ==
  /\ pc[k] = "Writer_Idle" /\ ma_rcu[k] = 0
  /\ Go(k, "Writer_Idle", "Init_SetUsers")
  /\ SetsRcu(k, 1)
  /\ Keeps
Init_SetUsers(k) == Go(k, "Init_SetUsers", "Writer_Idle") /\ SetsUsers(k, 1) /\ Keeps

--------------------------------------------------------------------------------
WalkGoesOn(r) ==
  \/ Walk_RcuLock(r) \/ Start_Root(r) \/ Start_Parent(r) \/ Start_Stale(r) \/ Root_Pivot(r)
  \/ Root_Slot(r) \/ Root_Last(r) \/ Root_Parent(r) \/ Leaf_Pivot(r) \/ Leaf_Slot(r) \/ Leaf_Last(r)
  \/ Leaf_Parent(r) \/ Walk_RcuUnlock(r) \/ None_RcuUnlock(r) \/ Walk_Put(r)
WriterStep(k) ==
  \/ Build_Init(k) \/ Build_Publish(k) \/ Two_Init(k) \/ Two_Publish(k)
  \/ Store_Init(k) \/ Store_Dead(k) \/ Store_Publish(k) \/ Held_Publish(k)
  \/ Replace_Init(k) \/ Replace_Adopt(k) \/ Replace_Publish(k) \/ Replace_Dead(k)
  \/ Free_Link(k) \/ Free_Dead(k) \/ Free_CallRcu(k) \/ Free_Now(k)
  \/ Wipe_Clear(k) \/ Destroy_Dead(k) \/ Destroy_Type(k) \/ Destroy_Last(k) \/ Destroy_Meta(k)
  \/ Destroy_Child(k) \/ Destroy_ChildDead(k) \/ Destroy_ChildType(k) \/ Destroy_Next(k)
  \/ Destroy_OtherDead(k) \/ Destroy_OtherType(k) \/ Destroy_InRcu(k)
  \/ Grace_Begin(k) \/ Grace_End(k)
  \/ Reap_Type(k) \/ Reap_Child(k) \/ Reap_ChildType(k) \/ Reap_FreeChild(k)
  \/ Reap_Next(k) \/ Reap_OtherType(k) \/ Reap_FreeOther(k) \/ Reap_FreeRoot(k)
  \/ Exit_Put(k) \/ Exit_ClearRcu(k) \/ Init_SetRcu(k) \/ Init_SetUsers(k)

Next ==
  \/ \E r \in Readers : WalkGoesOn(r) \/ \E k \in Trees : Walk_Get(r, k)
  \/ \E k \in Trees :
       WriterStep(k) \/ \E n \in Nodes :
         \/ Build_Leaf(k, n) \/ Build_Root(k, n) \/ Two_Leaf(k, n) \/ Two_Root(k, n)
         \/ Store_Alloc(k, n) \/ Replace_Alloc(k, n)
Spec == Init /\ [][Next]_vars
================================================================================
