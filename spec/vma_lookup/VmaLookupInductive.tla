-------------------------- MODULE VmaLookupInductive ---------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* Why VmaLookup is safe for any number of readers, VMAs and addresses of  *)
(* one mm.  There is one m, so \A says what \E does; it is faster.         *)
(***************************************************************************)
EXTENDS VmaLookup

\* A new VMA is filled field by field, and is in no tree yet.
SetsLockLast == Variant \in {"dup_copies_struct", "flag_copies_struct", "count_copies_struct"}
NoLockYet == IF SetsLockLast THEN Filling ELSE {"Alloc_Init", "Dup_SetLock", "Dup_CopyLock"}
DataCopied == {"Dup_CopyFirst", "Dup_CopyLast"} \cup
  IF SetsLockLast THEN {"Dup_SetLock"} ELSE {}
NoDataYet == Filling \ DataCopied
NoFirstYet == Filling \cup {"Split_SetLast", "New_SetFirst"}
NoLastYet == NoFirstYet \cup {"New_SetLast"}
Fresh == NoLastYet \cup {"New_Lock", "Attach_ClearFlag", "New_Store"}
New(m, v, sites) == v = wnew[m] /\ pc[m] \in sites

\* What a writer has at hand, by where it is.
Copying == (Filling \ {"Alloc_Init"}) \cup {"Split_SetLast"}
Inserting ==
  {"New_SetFirst", "New_SetLast", "New_Lock", "Attach_ClearFlag", "New_Store", "New_EndWrite"}
Growing ==
  {"Merge_Lock", "Merge_SetFlag", "Shift_SetFirst", "Shift_SetLast", "Expand_SetLast",
   "Expand_Store"}
Grown == {"Expand_EndWrite", "Shift_EndWrite", "Merge_EndWrite", "Merge_Free"}
HasOther == (Growing \cup Grown) \ {"Expand_SetLast", "Expand_Store", "Expand_EndWrite"}
HasVma == Copying \cup Growing \cup Grown \cup
  {"StartWrite_Lock", "Writer_Locked", "Modify_End", "Modify_EndWrite", "Unmap_Clear",
   "Unmap_EndWrite", "Unmap_Free", "Split_EndWrite"}

\* Variants: where the second walk starts is known.
Cursor ==
  {"StartRead_Trylock", "Lookup_CheckFirst", "Lookup_CheckLast", "Rewalk_Walk"}

Locals ==
  /\ \A r \in Readers :
       /\ IF pc[r] = "Reader_Idle" THEN rmm[r] = Null /\ raddr[r] = Null
          ELSE rmm[r] \in Mms /\ raddr[r] \in Slots
       /\ pc[r] \in Touching => rvma[r] \in Vmas
       /\ pc[r] \notin Touching => rvma[r] = Null \/ pc[r] = "Miss_Unlock"
       /\ IF pc[r] = "Miss_Unlock" THEN rmissed[r] \in Vmas ELSE rmissed[r] = Null
       /\ KeepsCursor /\ pc[r] \in Cursor => rindex[r] \in Slots
  /\ \A m \in Mms :
       /\ IF pc[m] \in {"Writer_Idle", "Reserve_Store"} THEN wslot[m] = Null
          ELSE wslot[m] \in Slots
       /\ pc[m] \in HasVma => wvma[m] \in Vmas
       /\ pc[m] \notin HasVma => wvma[m] = Null \/ pc[m] \in Inserting
       /\ IF pc[m] \in Fresh \cup {"New_EndWrite", "Split_EndWrite"} THEN wnew[m] \in Vmas
          ELSE wnew[m] = Null
       /\ IF pc[m] \in Growing \cup Grown THEN wto[m] \in Slots
          ELSE wto[m] = Null /\ wother[m] = Null
       /\ pc[m] \in HasOther => wother[m] \in Vmas

\* Fields are there while the page is, once they are set.
Fields ==
  \A m \in Mms, v \in Vmas : slab[v] # "none" =>
    /\ ~New(m, v, NoLockYet) => vm_lock[v] \in Int
    /\ ~New(m, v, NoDataYet) => vm_data[v] \in {Torn, Whole, Contents}
    /\ ~New(m, v, NoFirstYet) => vm_first[v] \in Slots
    /\ ~New(m, v, NoLastYet) => vm_last[v] \in Slots

\* The bare entry is there, or comes, where the tree has nothing.
Root ==
  \A m \in Mms : ~BareVmas =>
    /\ mm_root[m] \in {Nodes, Bare}
    /\ mm_root[m] = Bare => pc[m] = "Writer_Idle"
    /\ mm_root[m] = Bare \/ pc[m] = "Reserve_Store" => \A s \in Slots : tree[m][s] = Null

\* What is freed waits for the sections that may have found it.
Grace == RcuOK /\ \A v \in Vmas, r \in Readers : grace[v][r] => rcu[r]
Kept(r, v) ==
  /\ slab[v] = "used" \/ (slab[v] = "free" /\ grace[v][r])
  /\ \A m \in Mms : ~New(m, v, Fresh)
Pages ==
  \A r \in Readers :
    /\ pc[r] \in Touching \ {"Use_LoadData", "EndRead_Unlock"} => Kept(r, rvma[r])
    /\ pc[r] = "Miss_Unlock" => Kept(r, rmissed[r]) /\ (rvma[r] # Null => Kept(r, rvma[r]))

\* What a writer has at hand is in use, and is not the same twice.
Used ==
  \A m \in Mms :
    /\ wvma[m] # Null => slab[wvma[m]] = "used" /\ wvma[m] # wnew[m] /\ wvma[m] # wother[m]
    /\ wnew[m] # Null => slab[wnew[m]] = "used"
    /\ wother[m] # Null => slab[wother[m]] = "used"

\* In use, and in no tree: not yet, or no more.
Out(m, v) ==
  \/ New(m, v, Fresh)
  \/ v = wvma[m] /\ pc[m] \in {"Unmap_EndWrite", "Unmap_Free"}
  \/ v = wother[m] /\ pc[m] \in Grown /\ vm_first[v] = wto[m]
\* A VMA that has lost an address, which has still to be another's.
Lost(m, v, s) ==
  \/ v = wvma[m] /\ s = wslot[m] /\ pc[m] \in Inserting \ {"New_EndWrite"}
  \/ v = wother[m] /\ s = wto[m] /\ pc[m] \in {"Expand_SetLast", "Expand_Store"}
\* Variants: the flag is set of what has left the tree, and of what is about to.
Leaves(m, v) ==
  \/ v = wvma[m] /\ pc[m] = "Unmap_Clear"
  \/ v = wother[m] /\ pc[m] \in {"Expand_SetLast", "Expand_Store"} /\ vm_first[v] = wto[m]
Flag ==
  \A m \in Mms :
    /\ pc[m] = "New_Store" => vm_detached[wnew[m]] = 0
    /\ \A v \in Vmas : slab[v] # "none" /\ ~New(m, v, Fresh) =>
         /\ vm_detached[v] \in {0, 1}
         /\ vm_detached[v] = 0 <=> slab[v] = "used" /\ ~Out(m, v) /\ ~Leaves(m, v)
\* What the tree has covers the address; what covers an address is there.
Tree ==
  /\ \A m \in Mms, s \in Slots :
       LET v == tree[m][s] IN
         v # Null => slab[v] = "used" /\ ~Out(m, v) /\ (Covers(v, s) \/ Lost(m, v, s))
  /\ Flags => Flag
Bounds ==
  \A m \in Mms, v \in Vmas :
    slab[v] = "used" /\ ~Out(m, v) =>
      /\ tree[m][vm_first[v]] = v
      /\ tree[m][vm_last[v]] = v \/ (v = wvma[m] /\ pc[m] = "Expand_Store")

\* Until the tree changes, the address at hand is that of the VMA at hand, or nobody's.
Slot ==
  \A m \in Mms :
    /\ pc[m] \in Fresh \cup {"StartWrite_Lock", "Writer_Locked", "Unmap_Clear"} =>
         tree[m][wslot[m]] = wvma[m]
    /\ pc[m] = "Unmap_Clear" => OneAddress(wvma[m])
\* One of two addresses goes to the new VMA.
Split ==
  \A m \in Mms :
    /\ pc[m] \in Copying \cup Inserting /\ wvma[m] # Null =>
         /\ vm_first[wvma[m]] # wslot[m]
         /\ pc[m] \in Inserting => OneAddress(wvma[m])
    /\ pc[m] \in Fresh \ NoFirstYet => vm_first[wnew[m]] = wslot[m]
    /\ pc[m] \in Fresh \ NoLastYet => vm_last[wnew[m]] = wslot[m]
\* An address comes to the VMA at hand, from nobody or from the other.
Grows ==
  \A m \in Mms :
    /\ pc[m] \in Growing =>
         /\ tree[m][wto[m]] = wother[m] /\ vm_first[wvma[m]] # wto[m]
         /\ IF pc[m] = "Expand_Store" THEN vm_last[wvma[m]] = wto[m] ELSE OneAddress(wvma[m])
    /\ pc[m] \in {"Merge_SetFlag", "Expand_SetLast", "Expand_Store"} /\ wother[m] # Null =>
         OneAddress(wother[m])
    /\ pc[m] \in {"Shift_SetFirst", "Shift_SetLast"} =>
         ~OneAddress(wother[m]) /\ (vm_first[wother[m]] = wto[m] <=> pc[m] = "Shift_SetFirst")
    /\ pc[m] \in {"Shift_EndWrite", "Merge_EndWrite", "Merge_Free"} =>
         (vm_first[wother[m]] # wto[m] <=> pc[m] = "Shift_EndWrite")

\* The counting equation; who has marked a VMA has it alone.
Count ==
  \A m \in Mms, v \in Vmas : slab[v] # "none" /\ ~New(m, v, NoLockYet) =>
    vm_lock[v] = IF Marks(m, v) THEN WriteLocked ELSE Holders(v)
Alone == \A m \in Mms, v \in Vmas : Marks(m, v) => Holders(v) = 0
\* What was seen under the lock stays so as long as that is held: what the tree has, and the bounds.
Seen ==
  \A r \in Readers :
    /\ pc[r] \in Validated \cup {"EndRead_Unlock"} => tree[rmm[r]][raddr[r]] = rvma[r]
    /\ pc[r] = "Lookup_CheckLast" => vm_first[rvma[r]] # raddr[r]
    /\ pc[r] = "Rewalk_Walk" /\ KeepsCursor => Covers(rvma[r], raddr[r])
    /\ Flags /\ pc[r] \in {"Lookup_CheckFirst", "Lookup_CheckLast"} =>
         slab[rvma[r]] = "used" /\ \A m \in Mms : ~Out(m, rvma[r])

\* The contents of a VMA are torn by who changes it.
Half ==
  \A m \in Mms, v \in Vmas :
    vm_data[v] = Torn /\ slab[v] # "none" /\ ~New(m, v, NoDataYet)
      => v = wvma[m] /\ pc[m] = "Modify_End"
Copied ==
  \A m \in Mms : pc[m] \in DataCopied \cup {"Split_SetLast"} =>
    vm_data[wnew[m]] = vm_data[wvma[m]]

Inductive ==
  /\ Locals
  /\ Fields
  /\ Root
  /\ Grace
  /\ Pages
  /\ Used
  /\ Tree
  /\ Bounds
  /\ Slot
  /\ Split
  /\ Grows
  /\ Count
  /\ Alone
  /\ Seen
  /\ Half
  /\ Copied
================================================================================
