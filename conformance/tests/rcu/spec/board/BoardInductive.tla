---------------------------- MODULE BoardInductive -----------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Why Board is safe for any number of readers, notices and boards.        *)
(***************************************************************************)
EXTENDS Board

Home ==
  /\ \A r \in Readers :
       /\ rcu[r] <=> pc[r] # "Reader_Idle"
       /\ IF pc[r] = "Reader_Idle" THEN at[r] = Null ELSE at[r] \in Boards
       /\ pc[r] = "Reader_Idle" => seen[r] = Null
       /\ pc[r] = "Look_Read" => seen[r] \in Notices
  /\ \A b \in Boards :
       IF pc[b] = "Keeper_Idle" THEN held[b] = Null ELSE held[b] \in Notices
Own ==
  /\ \A a, b \in Boards : held[a] = held[b] /\ held[a] # Null => a = b
  /\ \A b \in Boards : held[b] # Null => slab[held[b]] = "used"
\* A board has what its keeper holds, until that is taken down.
Pinned ==
  \A b \in Boards :
    pinned[b] = IF pc[b] = "Keeper_Pinned" THEN held[b] ELSE Null
Written ==
  \A b \in Boards :
    pc[b] \notin {"Keeper_Idle", "Pin_Write", "Unpin_Free"} => text[held[b]] = 1
\* What a reader has seen is held by a keeper that has not waited for it to the end, or waits for it.
Seen ==
  \A r \in Readers, n \in Notices : seen[r] = n =>
    /\ text[n] = 1
    /\ IF slab[n] = "used"
       THEN \E b \in Boards :
              /\ held[b] = n
              /\ pc[b] \in {"Keeper_Pinned", "Unpin_Sync", "Unpin_Synced", "Drop_Free"}
              /\ pc[b] = "Unpin_Synced" => grace[b][r]
       ELSE slab[n] = "free" /\ grace[n][r]

Inductive == Home /\ Own /\ Pinned /\ Written /\ Seen
================================================================================
