--------------------------------- MODULE Shelf ---------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* A keeper puts a node, or a tag, on its shelf and takes it away again;   *)
(* readers look at both inside an RCU section.  Nodes are type-safe.       *)
(* Life says what becomes of a freed tag: 1 type-safe, 2 freed after a     *)
(* grace period, 3 freed at once.                                          *)
(***************************************************************************)
EXTENDS Integers, FiniteSets
CONSTANTS Readers, Nodes, Tags, Shelves, Life, Null, Variant
VARIABLES node, tag, size, link, text, slab, grace, pc, rcu, at, rnode, rtag, wnode, wtag
vars == <<node, tag, size, link, text, slab, grace, pc, rcu, at, rnode, rtag, wnode, wtag>>

Waiting == IF Life = 3 THEN Nodes ELSE Nodes \cup Tags
AtOnce == IF Life = 1 THEN Nodes \cup Tags ELSE Nodes

Init == /\ node = [k \in Shelves |-> Null]
        /\ tag = [k \in Shelves |-> Null]
        /\ size = [n \in Nodes |-> Null]
        /\ link = [n \in Nodes |-> Null]
        /\ text = [t \in Tags |-> Null]
        /\ slab = [o \in Nodes \cup Tags |-> "none"]
        /\ grace = [o \in Waiting |-> [r \in Readers |-> FALSE]]
        /\ pc = [t \in Readers \cup Shelves |->
                   IF t \in Readers THEN "Reader_Idle" ELSE "Keeper_Idle"]
        /\ rcu = [r \in Readers |-> FALSE]
        /\ at = [r \in Readers |-> Null]
        /\ rnode = [r \in Readers |-> Null]
        /\ rtag = [r \in Readers |-> Null]
        /\ wnode = [k \in Shelves |-> Null]
        /\ wtag = [k \in Shelves |-> Null]

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]
objects == <<size, link, text, slab, grace>>
readers == <<rcu, at, rnode, rtag>>
keepers == <<wnode, wtag>>

AfterNode == IF Variant = "holds" THEN "Find_Tag" ELSE "Unlock"
Lock(r, k) == /\ Go(r, "Reader_Idle", "Find_Node")
              /\ at' = [at EXCEPT ![r] = k]
              /\ rcu' = [rcu EXCEPT ![r] = TRUE]
              /\ UNCHANGED <<node, tag, objects, rnode, rtag, keepers>>
Find_Node(r) == /\ Go(r, "Find_Node", IF node[at[r]] = Null THEN AfterNode ELSE "Use_Node")
                /\ rnode' = [rnode EXCEPT ![r] = node[at[r]]]
                /\ UNCHANGED <<node, tag, objects, rcu, at, rtag, keepers>>
Use_Node(r) == Go(r, "Use_Node", AfterNode) /\ UNCHANGED <<node, tag, objects, readers, keepers>>
Find_Tag(r) == /\ Go(r, "Find_Tag", IF tag[at[r]] = Null THEN "Unlock" ELSE "Use_Tag")
               /\ rtag' = [rtag EXCEPT ![r] = tag[at[r]]]
               /\ UNCHANGED <<node, tag, objects, rcu, at, rnode, keepers>>
Use_Tag(r) == Go(r, "Use_Tag", "Unlock") /\ UNCHANGED <<node, tag, objects, readers, keepers>>

\* The section ends.  A page goes back when every section that was open at the free has ended.
Unlock(r) ==
  LET waits == [o \in Waiting |-> [grace[o] EXCEPT ![r] = FALSE]]
      goes(o) == o \in Waiting /\ slab[o] = "free" /\ \A q \in Readers : ~waits[o][q]
  IN /\ Go(r, "Unlock", "Reader_Idle")
     /\ rcu' = [rcu EXCEPT ![r] = FALSE]
     /\ at' = [at EXCEPT ![r] = Null]
     /\ rnode' = [rnode EXCEPT ![r] = Null]
     /\ rtag' = [rtag EXCEPT ![r] = Null]
     /\ grace' = waits
     /\ slab' = [o \in Nodes \cup Tags |-> IF goes(o) THEN "none" ELSE slab[o]]
     /\ size' = [n \in Nodes |-> IF goes(n) THEN Null ELSE size[n]]
     /\ link' = [n \in Nodes |-> IF goes(n) THEN Null ELSE link[n]]
     /\ text' = [t \in Tags |-> IF goes(t) THEN Null ELSE text[t]]
     /\ UNCHANGED <<node, tag, keepers>>

Make(o) == /\ IF o \in AtOnce THEN slab[o] # "used" ELSE slab[o] = "none"
           /\ slab' = [slab EXCEPT ![o] = "used"]
           /\ grace' = [p \in Waiting |-> IF p = o THEN [r \in Readers |-> FALSE] ELSE grace[p]]
\* Does a freed object stay?
Stays(o) == o \in Waiting /\ \E r \in Readers : rcu[r]
Free(o) == /\ slab' = [slab EXCEPT ![o] = IF Stays(o) THEN "free" ELSE "none"]
           /\ grace' = [p \in Waiting |-> IF p = o THEN [r \in Readers |-> rcu[r]] ELSE grace[p]]

Node_Make(k, n) == /\ Go(k, "Keeper_Idle", "Node_Fill")
                   /\ Make(n)
                   /\ wnode' = [wnode EXCEPT ![k] = n]
                   /\ UNCHANGED <<node, tag, size, link, text, readers, wtag>>
Node_Fill(k) == /\ Go(k, "Node_Fill", "Node_Put")
                /\ size' = [size EXCEPT ![wnode[k]] = 1]
                /\ link' = [link EXCEPT ![wnode[k]] = 0]
                /\ UNCHANGED <<node, tag, text, slab, grace, readers, keepers>>
Node_Put(k) == /\ Go(k, "Node_Put", "Node_Take")
               /\ node' = [node EXCEPT ![k] = wnode[k]]
               /\ UNCHANGED <<tag, objects, readers, keepers>>
Node_Take(k) == /\ Go(k, "Node_Take", "Node_Free")
                /\ node' = [node EXCEPT ![k] = Null]
                /\ UNCHANGED <<tag, objects, readers, keepers>>
Node_Free(k) == /\ Go(k, "Node_Free", "Keeper_Idle")
                /\ Free(wnode[k])
                /\ size' = [size EXCEPT ![wnode[k]] = IF Stays(wnode[k]) THEN @ ELSE Null]
                /\ link' = [link EXCEPT ![wnode[k]] = Null]
                /\ wnode' = [wnode EXCEPT ![k] = Null]
                /\ UNCHANGED <<node, tag, text, readers, wtag>>

Tag_Make(k, t) == /\ Go(k, "Keeper_Idle", "Tag_Fill")
                  /\ Make(t)
                  /\ wtag' = [wtag EXCEPT ![k] = t]
                  /\ UNCHANGED <<node, tag, size, link, text, readers, wnode>>
Tag_Fill(k) == /\ Go(k, "Tag_Fill", "Tag_Put")
               /\ text' = [text EXCEPT ![wtag[k]] = 1]
               /\ UNCHANGED <<node, tag, size, link, slab, grace, readers, keepers>>
Tag_Put(k) == /\ Go(k, "Tag_Put", "Tag_Take")
              /\ tag' = [tag EXCEPT ![k] = wtag[k]]
              /\ UNCHANGED <<node, objects, readers, keepers>>
Tag_Take(k) == /\ Go(k, "Tag_Take", "Tag_Free")
               /\ tag' = [tag EXCEPT ![k] = Null]
               /\ UNCHANGED <<node, objects, readers, keepers>>
Tag_Free(k) == /\ Go(k, "Tag_Free", "Keeper_Idle")
               /\ Free(wtag[k])
               /\ text' = [text EXCEPT ![wtag[k]] = IF Stays(wtag[k]) THEN @ ELSE Null]
               /\ wtag' = [wtag EXCEPT ![k] = Null]
               /\ UNCHANGED <<node, tag, size, link, readers, wnode>>

Next == \/ \E r \in Readers : \/ \E k \in Shelves : Lock(r, k)
                              \/ Find_Node(r) \/ Use_Node(r) \/ Find_Tag(r) \/ Use_Tag(r)
                              \/ Unlock(r)
        \/ \E k \in Shelves : \/ \E n \in Nodes : Node_Make(k, n)
                              \/ \E t \in Tags : Tag_Make(k, t)
                              \/ Node_Fill(k) \/ Node_Put(k) \/ Node_Take(k) \/ Node_Free(k)
                              \/ Tag_Fill(k) \/ Tag_Put(k) \/ Tag_Take(k) \/ Tag_Free(k)
Spec == Init /\ [][Next]_vars

--------------------------------------------------------------------------------
\* Of the proof, for any number of everything.
Found ==
  \A r \in Readers :
    /\ (pc[r] # "Reader_Idle" => at[r] \in Shelves /\ rcu[r])
    /\ (pc[r] = "Reader_Idle" => ~rcu[r])
    /\ (pc[r] = "Use_Node" => rnode[r] \in Nodes)
    /\ (pc[r] = "Use_Tag" => rtag[r] \in Tags)
    /\ (rnode[r] # Null => rcu[r] /\ rnode[r] \in Nodes)
    /\ (rtag[r] # Null => rcu[r] /\ rtag[r] \in Tags)
\* What a reader has found is filled, and stays while it looks.
SeenNodes ==
  \A r \in Readers, n \in Nodes : rnode[r] = n =>
    size[n] \in Int /\ (slab[n] = "used" \/ (slab[n] = "free" /\ grace[n][r]))
SeenTags ==
  \A r \in Readers, t \in Tags : rtag[r] = t =>
    text[t] \in Int /\ (slab[t] = "used" \/ (slab[t] = "free" /\ grace[t][r]))
\* Who looks at nodes only has found no tag.
NoTags == \A r \in Readers : rtag[r] = Null
OnShelf ==
  \A k \in Shelves :
    /\ \A n \in Nodes : node[k] = n => pc[k] = "Node_Take" /\ wnode[k] = n /\ size[n] \in Int
    /\ \A t \in Tags : tag[k] = t => pc[k] = "Tag_Take" /\ wtag[k] = t /\ text[t] \in Int
    /\ (node[k] = Null \/ node[k] \in Nodes)
    /\ (tag[k] = Null \/ tag[k] \in Tags)
InHand ==
  \A k \in Shelves :
    /\ (pc[k] \in {"Node_Fill", "Node_Put", "Node_Take", "Node_Free"} <=> wnode[k] # Null)
    /\ (pc[k] \in {"Tag_Fill", "Tag_Put", "Tag_Take", "Tag_Free"} <=> wtag[k] # Null)
    /\ (wnode[k] # Null => wnode[k] \in Nodes)
    /\ (wtag[k] # Null => wtag[k] \in Tags)
    /\ \A n \in Nodes : wnode[k] = n => slab[n] = "used"
    /\ \A t \in Tags : wtag[k] = t => slab[t] = "used"
    /\ (pc[k] \in {"Node_Put", "Node_Take", "Node_Free"} =>
          \A n \in Nodes : wnode[k] = n => size[n] \in Int)
    /\ (pc[k] \in {"Tag_Put", "Tag_Take", "Tag_Free"} =>
          \A t \in Tags : wtag[k] = t => text[t] \in Int)
Alone ==
  /\ \A k, l \in Shelves, n \in Nodes : wnode[k] = n /\ wnode[l] = n => k = l
  /\ \A k, l \in Shelves, t \in Tags : wtag[k] = t /\ wtag[l] = t => k = l
================================================================================
