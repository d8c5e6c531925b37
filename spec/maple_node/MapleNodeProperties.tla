--------------------------- MODULE MapleNodeProperties --------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* What MapleNode promises.                                                *)
(***************************************************************************)
EXTENDS MapleNode, FiniteSets

\* Who walks goes on.  A writer may be held up, but not between a mark and what it publishes then.
Fairness ==
  /\ \A r \in Readers : WF_vars(WalkGoesOn(r))
  /\ \A k \in Trees : WF_vars(Store_Publish(k))
FairSpec == Spec /\ Fairness

--------------------------------------------------------------------------------
(* Where a task is. *)

InSection ==
  {"Start_Root", "Start_Parent", "Start_Stale", "Root_Pivot", "Root_Slot", "Root_Last",
   "Root_Parent", "Leaf_Pivot", "Leaf_Slot", "Leaf_Last", "Leaf_Parent", "Walk_RcuUnlock",
   "None_RcuUnlock"}
Walking == InSection \ {"Walk_RcuUnlock", "None_RcuUnlock"}
\* A writer frees what it has destroyed.
Reaping ==
  {"Reap_Type", "Reap_Child", "Reap_ChildType", "Reap_FreeChild", "Reap_Next", "Reap_OtherType",
   "Reap_FreeOther", "Reap_FreeRoot"}
FreesLeaf == {"Reap_FreeChild", "Reap_FreeOther"}

--------------------------------------------------------------------------------
\* Property (I-05): a node that a task reads, writes or frees is there.
NodeThere ==
  /\ \A r \in Readers :
       /\ rroot[r] # Null => slab[rroot[r]] # "none"
       /\ rleaf[r] # Null => slab[rleaf[r]] # "none"
  /\ \A k \in Trees :
       /\ wroot[k] # Null => slab[wroot[k]] # "none"
       /\ pc[k] \in {"Destroy_ChildDead", "Reap_ChildType"} \cup FreesLeaf =>
            slab[wchild[k]] # "none"

\* Property (I-18): the bound by which a reader has chosen a slot was that of a live node.
PivotOK ==
  \A r \in Readers :
    /\ pc[r] = "Leaf_Pivot" => rpivot[r] = RootBound
    /\ pc[r] = "Walk_RcuUnlock" => rpivot[r] = LeafBound

ReadsEntry ==
  \A r \in Readers :
    pc'[r] = "Leaf_Parent" /\ pc[r] # "Leaf_Parent" =>
      pc[r] = IF rpivot[r] = LeafBound THEN "Leaf_Slot" ELSE "Leaf_Last"
\* Property (I-18): what a reader takes for an entry was read from the slot that the leaf's bound
\* points to: the last slot of a live leaf has metadata, which is no entry.
EntryOK == [][ReadsEntry]_vars

GoesOnFromLive ==
  \A r \in Readers :
    /\ pc[r] = "Start_Parent" /\ pc'[r] = "Root_Pivot" => ~IsDead(rroot[r])
    /\ rroot[r] # Null /\ pc'[r] = "Leaf_Pivot" => ~IsDead(rroot[r])
    /\ rleaf[r] # Null /\ pc'[r] = "Walk_RcuUnlock" => ~IsDead(rleaf[r])
\* Property (I-18): a reader goes on from no node that is dead.
LiveOK == [][GoesOnFromLive]_vars

\* Property (I-19): a node that is handed to RCU, or freed, is dead.
DeadOK ==
  \A k \in Trees :
    /\ pc[k] = "Free_CallRcu" => IsDead(wold[k])
    /\ pc[k] \in Reaping => IsDead(wroot[k])
    /\ pc[k] \in FreesLeaf => IsDead(wchild[k])

\* Property (P17): who destroys a tree takes no metadata for a node, and each node for what it is: a
\* leaf that is taken for a branch has entries that are taken for nodes.
WalkOK ==
  \A k \in Trees :
    /\ wchild[k] # Null => wchild[k] # wroot[k]
    /\ pc[k] = "Reap_Child" => wtype[k] = BranchType
    /\ pc[k] \in FreesLeaf => wtype[k] = LeafType

InTree(k, n) ==
  IF HasRoot(k) THEN n \in {Root(k), slot[Root(k)], meta[Root(k)]} ELSE FALSE
\* Property (P14): while no writer is at work, each node is in a tree or has been freed, and the
\* tree is one: its root is nobody's child, and its leaves are the root's. A leaf has its entry, and
\* metadata behind it.
TreeOK ==
  \A k \in Trees : pc[k] = "Writer_Idle" =>
    \A n \in Nodes :
      /\ slab[n] = "used" => InTree(k, n)
      /\ InTree(k, n) => parent[n] = IF n = Root(k) THEN Null ELSE Root(k)
      /\ InTree(k, n) /\ n # Root(k) => slot[n] = n /\ meta[n] = n /\ pivot[n] = LeafBound

\* Property (P18): while a tree is not in RCU mode nobody walks it.
ModeOK == \A k \in Trees : ma_rcu[k] = 0 => \A r \in Readers : rtree[r] # k

Owned(k) ==
  (ma_rcu[k] = 1 /\ pc[k] \notin {"Exit_ClearRcu", "Init_SetUsers"}) \/ pc[k] = "Exit_Put"
\* Property (P37): a tree counts those who may walk it, and its owner.
UsersOK ==
  \A k \in Trees :
    users[k] = Cardinality({r \in Readers : rtree[r] = k}) + (IF Owned(k) THEN 1 ELSE 0)

\* Property (L-06): a reader is in an RCU section exactly where the protocol says so.
RcuOK == \A r \in Readers : rcu[r] = (pc[r] \in InSection)

\* A walk that begins now meets a dead node.
ShowsDead(k) == HasRoot(k) /\ (IsDead(Root(k)) \/ IsDead(slot[Root(k)]))
MeetsDead(r) == pc[r] \in Walking /\ ShowsDead(rtree[r])
\* Property (L-08): a walk does not meet a dead node again and again: another takes its place.
GetsLive == \A r \in Readers : MeetsDead(r) ~> ~MeetsDead(r)

WalksIdle(r) == pc[r] \in Walking /\ pc[rtree[r]] = "Writer_Idle"
\* Property (L-01, L-08): a walk ends if the tree stops changing.
WalkEnds == \A r \in Readers : WalksIdle(r) ~> ~WalksIdle(r)

\* Possible: a walk starts at a root that is dead (S35).
StartsAtDead == \E r \in Readers : pc[r] = "Start_Parent" /\ IsDead(rroot[r])

\* Possible: a reader has a bound of the root that is none, but a link.
ReadsLink == \E r \in Readers : pc[r] = "Root_Parent" /\ rpivot[r] = Linked

\* Possible: the same of a leaf, and the type.
LeafReadsType == \E r \in Readers : pc[r] = "Leaf_Parent" /\ rpivot[r] = LeafType

\* Possible: a reader comes from a dead root to a leaf that lives on.
OldRootLiveLeaf ==
  \E r \in Readers, k \in Trees :
    pc[r] = "Root_Parent" /\ IsDead(rroot[r]) /\ InTree(k, rleaf[r])

\* Possible: who destroys waits for a reader that is in the tree.
WaitsForReader ==
  \E k \in Trees, r \in Readers : pc[k] = "Grace_End" /\ grace[k][r] /\ rleaf[r] # Null

\* Possible: a tree is destroyed that is not in RCU mode.
DestroysUnread == \E k \in Trees : pc[k] = "Reap_Child" /\ ma_rcu[k] = 0
================================================================================
