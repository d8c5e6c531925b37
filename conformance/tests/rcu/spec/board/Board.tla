--------------------------------- MODULE Board ---------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* A keeper pins notices to its board and takes them down again; readers   *)
(* look at what is pinned, inside of an RCU section.  A notice that was    *)
(* taken down is wiped once synchronize_rcu() has returned, and freed at   *)
(* once; or it is handed to call_rcu(), which frees it.                    *)
(***************************************************************************)
EXTENDS Slab, FiniteSets
CONSTANTS Notices, Boards, Null, Variant
VARIABLES pinned, text, pc, at, seen, held
vars == <<pinned, text, slab, grace, pc, rcu, at, seen, held>>

Waiting == Notices \cup Boards
Is(variant) == Variant = variant

Init == /\ RcuInit(Waiting)
        /\ SlabInit(Notices)
        /\ pinned = [b \in Boards |-> Null]
        /\ text = [n \in Notices |-> Null]
        /\ pc = [t \in Readers \cup Boards |->
                   IF t \in Readers THEN "Reader_Idle" ELSE "Keeper_Idle"]
        /\ at = [r \in Readers |-> Null]
        /\ seen = [r \in Readers |-> Null]
        /\ held = [b \in Boards |-> Null]
Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

--------------------------------------------------------------------------------
OfReader == <<pinned, held>>
Forget(r) == at' = [at EXCEPT ![r] = Null] /\ seen' = [seen EXCEPT ![r] = Null]
\* The section ends; what waited for it alone is gone.
EndSection(r) ==
  /\ SlabUnlock(r, Notices, Waiting)
  /\ text' = [n \in Notices |-> IF GoesWith(r, n) THEN Null ELSE text[n]]

Look_Lock(r, b) ==
  /\ Go(r, "Reader_Idle", "Look_Find")
  /\ RcuLock(r)
  /\ at' = [at EXCEPT ![r] = b]
  /\ UNCHANGED <<OfReader, text, slab, grace, seen>>
Look_Find(r) ==
  LET found == pinned[at[r]] IN
    /\ Go(r, "Look_Find", CASE Is("unlock_early") -> "Look_UnlockEarly"
                            [] found = Null -> "Look_Unlock" [] OTHER -> "Look_Read")
    /\ seen' = [seen EXCEPT ![r] = found]
    /\ UNCHANGED <<OfReader, text, slab, grace, rcu, at>>
Look_Read(r) ==
  /\ Go(r, "Look_Read", CASE Is("unlock_early") -> "Reader_Idle"
                          [] Is("reads_on") -> "Look_Read" [] OTHER -> "Look_Unlock")
  /\ IF Is("unlock_early") THEN Forget(r) ELSE UNCHANGED <<at, seen>>
  /\ UNCHANGED <<OfReader, text, slab, grace, rcu>>
Look_Unlock(r) ==
  Go(r, "Look_Unlock", "Reader_Idle") /\ EndSection(r) /\ Forget(r) /\ UNCHANGED OfReader
\* Variant: the section ends before the reader has read.
Look_UnlockEarly(r) ==
  /\ Go(r, "Look_UnlockEarly", IF seen[r] = Null THEN "Reader_Idle" ELSE "Look_Read")
  /\ EndSection(r)
  /\ IF seen[r] = Null THEN Forget(r) ELSE UNCHANGED <<at, seen>>
  /\ UNCHANGED OfReader

--------------------------------------------------------------------------------
OfKeeper == <<rcu, at, seen>>

Pin_Alloc(b, n) ==
  /\ Go(b, "Keeper_Idle", "Pin_Write")
  /\ MayAllocate(n)
  /\ Allocate(n)
  /\ held' = [held EXCEPT ![b] = n]
  /\ UNCHANGED <<OfKeeper, pinned, text>>
Pin_Write(b) ==
  /\ Go(b, "Pin_Write", "Pin_Publish")
  /\ text' = [text EXCEPT ![held[b]] = 1]
  /\ UNCHANGED <<OfKeeper, pinned, slab, grace, held>>
Pin_Publish(b) ==
  /\ Go(b, "Pin_Publish", "Keeper_Pinned")
  /\ pinned' = [pinned EXCEPT ![b] = held[b]]
  /\ UNCHANGED <<OfKeeper, text, slab, grace, held>>

\* It is taken down and wiped.  Variants: before the wait is over, or after a wait that is too early.
AfterStore == IF Is("no_sync") \/ Is("sync_first") THEN "Unpin_Wipe" ELSE "Unpin_Sync"
Unpin_Store(b) ==
  /\ Go(b, IF Is("sync_first") THEN "Unpin_Store" ELSE "Keeper_Pinned", AfterStore)
  /\ pinned' = [pinned EXCEPT ![b] = Null]
  /\ UNCHANGED <<OfKeeper, text, slab, grace, held>>
Unpin_Sync(b) ==
  /\ Go(b, IF Is("sync_first") THEN "Keeper_Pinned" ELSE "Unpin_Sync", "Unpin_Synced")
  /\ GraceBegins(b)
  /\ UNCHANGED <<OfKeeper, pinned, text, slab, held>>
Unpin_Synced(b) ==
  /\ Go(b, "Unpin_Synced", IF Is("sync_first") THEN "Unpin_Store" ELSE "Unpin_Wipe")
  /\ GraceIsOver(b)
  /\ UNCHANGED <<OfKeeper, pinned, text, slab, grace, held>>
Unpin_Wipe(b) ==
  /\ Go(b, "Unpin_Wipe", "Unpin_Free")
  /\ text' = [text EXCEPT ![held[b]] = 0]
  /\ UNCHANGED <<OfKeeper, pinned, slab, grace, held>>
\* kfree()
Gone(b, site, to) ==
  /\ Go(b, site, to)
  /\ FreeAtOnce(held[b])
  /\ text' = [text EXCEPT ![held[b]] = Null]
  /\ held' = [held EXCEPT ![b] = Null]
  /\ UNCHANGED <<OfKeeper, pinned, grace>>
Unpin_Free(b) == Gone(b, "Unpin_Free", "Keeper_Idle")

\* It is taken down and left to call_rcu().  Variants: before, or to kfree().
DropsFirst == Is("drop_first")
AfterDrop ==
  CASE DropsFirst -> "Keeper_Idle" [] Is("drop_at_once") -> "Drop_FreeNow" [] OTHER -> "Drop_Free"
Drop_Store(b) ==
  /\ Go(b, IF DropsFirst THEN "Drop_Store" ELSE "Keeper_Pinned", AfterDrop)
  /\ pinned' = [pinned EXCEPT ![b] = Null]
  /\ IF DropsFirst THEN held' = [held EXCEPT ![b] = Null] ELSE UNCHANGED held
  /\ UNCHANGED <<OfKeeper, text, slab, grace>>
Drop_Free(b) ==
  /\ Go(b, IF DropsFirst THEN "Keeper_Pinned" ELSE "Drop_Free",
        IF DropsFirst THEN "Drop_Store" ELSE "Keeper_Idle")
  /\ Free(held[b])
  /\ text' = [text EXCEPT ![held[b]] = IF Stays THEN @ ELSE Null]
  /\ IF DropsFirst THEN UNCHANGED held ELSE held' = [held EXCEPT ![b] = Null]
  /\ UNCHANGED <<OfKeeper, pinned>>
Drop_FreeNow(b) == Gone(b, "Drop_FreeNow", "Keeper_Idle")

Next == \/ \E r \in Readers : \/ \E b \in Boards : Look_Lock(r, b)
                              \/ Look_Find(r) \/ Look_Read(r)
                              \/ Look_Unlock(r) \/ Look_UnlockEarly(r)
        \/ \E b \in Boards : \/ \E n \in Notices : Pin_Alloc(b, n)
                             \/ Pin_Write(b) \/ Pin_Publish(b)
                             \/ Unpin_Store(b) \/ Unpin_Sync(b) \/ Unpin_Synced(b)
                             \/ Unpin_Wipe(b) \/ Unpin_Free(b)
                             \/ Drop_Store(b) \/ Drop_Free(b) \/ Drop_FreeNow(b)
Spec == Init /\ [][Next]_vars

\* Who is inside of a section goes on, and a wait that is over ends.
Fairness == /\ \A r \in Readers : WF_vars(Look_Find(r) \/ Look_Read(r) \/ Look_Unlock(r))
            /\ \A b \in Boards : WF_vars(Unpin_Synced(b))
FairSpec == Spec /\ Fairness

--------------------------------------------------------------------------------
\* Property (I-01): a notice that a reader reads is there, and not wiped.
ReadOK == \A r \in Readers, n \in Notices : pc[r] = "Look_Read" /\ seen[r] = n => text[n] = 1

\* Property (I-02): once the wait is over, nobody has the notice; nor does a section find it that
\* began later.
GoneOK ==
  \A r \in Readers, b \in Boards :
    pc[b] \in {"Unpin_Wipe", "Unpin_Free"} => seen[r] # held[b] /\ pinned[b] = Null

\* Property (L-01): synchronize_rcu() returns, though sections begin all the time.
SyncEnds == \A b \in Boards : pc[b] = "Unpin_Synced" ~> pc[b] # "Unpin_Synced"

\* Possible: the wait is over while a section is open that began later.
LaterSection == \E r \in Readers, b \in Boards : pc[b] = "Unpin_Wipe" /\ rcu[r]

\* Possible: the keeper goes on while a notice waits for its readers.
GoesOn ==
  \E r \in Readers, n \in Notices, b \in Boards :
    seen[r] = n /\ slab[n] = "free" /\ pc[b] = "Keeper_Pinned"
================================================================================
