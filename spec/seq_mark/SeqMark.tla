-------------------------------- MODULE SeqMark --------------------------------
(***************************************************************************)
(* SPDX-FileCopyrightText: The Lockstep authors                            *)
(* SPDX-License-Identifier: MIT                                            *)
(*                                                                         *)
(* The mark of the per-VMA lock: a VMA is write-locked while its           *)
(* vm_lock_seq equals the mm's mm_lock_seq.  One increment, when mmap_lock *)
(* is unlocked or downgraded, releases all marks.  The number is odd while *)
(* mmap_lock is write-locked, so that readers may do without any lock:     *)
(* they read it, then the VMA, then the number again.                      *)
(*                                                                         *)
(* One action is one access to shared memory, and is named as the site of  *)
(* the reference that makes it (reference/seq_mark.hpp).  pc holds the     *)
(* name of the site that a task will perform next, or of the point where   *)
(* it chooses one.  A local of a task is Null while it is dead.            *)
(***************************************************************************)
EXTENDS Integers, FiniteSets

CONSTANTS
  Readers,      \* tasks that take page faults
  Vmas,
  Speculators,  \* tasks that read VMAs without a lock
  Mms,          \* the address space; its writer is called like it
  Null,         \* no object, no value
  Modulus,      \* how many values mm_lock_seq has; 0 = any number, and it never wraps
  Variant       \* "holds", or the name of what is different (see README.md)

ASSUME Cardinality(Mms) = 1 /\ Modulus \in Nat

VARIABLES
  \* of a VMA: its rwsem (n > 0: readers; -1: a writer), its mark, two words that belong together
  vm_lock, vm_lock_seq, vm_start, vm_pgoff,
  mm_lock_seq,
  pc,
  rmm, rvma, rseq,                  \* a reader's: where it faults, the mark that it saw first
  smm, svma, sseq, sstart, spgoff,  \* a speculator's: where it looks, what it saw
  wvma                              \* a writer's: the VMA at hand

reader_locals == <<rmm, rvma, rseq>>
speculator_locals == <<smm, svma, sseq, sstart, spgoff>>
words == <<vm_start, vm_pgoff>>
vars == <<vm_lock, vm_lock_seq, words, mm_lock_seq, pc, reader_locals, speculator_locals, wvma>>

New == -1  \* the mark of a VMA that nobody has marked yet (UINT_MAX)

--------------------------------------------------------------------------------
(* What the variants change (README.md says why, and what each breaks). *)

Is(variant) == Variant = variant

\* The counter: is the lock of mmap_lock counted too, or the unlock alone?
CountsOnce == Is("counts_once") \/ Is("counts_once_wraps") \/ Is("counts_once_speculates")
\* Does it begin anew behind its last value?  Is that one called like the mark of a new VMA?
ToNew == Is("wraps_to_new") \/ Is("wraps_to_new_drains")
Wraps ==
  ToNew \/ Variant \in {"wraps", "wraps_drains", "wraps_drains_speculates", "counts_once_wraps"}
First == IF ToNew THEN New ELSE 0
NextAfter(n) == IF Wraps /\ Modulus # 0 /\ n + 1 = First + Modulus THEN First ELSE n + 1
\* One that does not wrap stays below the modulus, if there is one.
MayBegin(n) == Wraps \/ Modulus = 0 \/ n < Modulus - 2

\* down_read_trylock(): who has the lock already keeps a reader out?
KeepsOut(n) == IF Is("one_reader_at_a_time") THEN n # 0 ELSE n < 0

\* vma_start_write(): is the early exit enough?  What does the writer do with the VMA's lock?
Drains == Is("wraps_drains") \/ Is("wraps_drains_speculates") \/ Is("wraps_to_new_drains")
IfMarked == IF Drains THEN "StartWrite_CheckReaders" ELSE "Writer_Locked"
IfUnmarked ==
  CASE Is("modify_unmarked") -> "Writer_Locked"
    [] Is("marks_without_lock") -> "StartWrite_SetSeq"
    [] OTHER -> "StartWrite_Lock"
AfterSetSeq ==
  IF Is("marks_without_lock") \/ Is("marks_keeps_lock") THEN "Writer_Locked"
  ELSE "StartWrite_Unlock"

\* May a speculator use what it reads under that number?
Speculates ==
  Variant \notin {"counts_once", "counts_once_wraps", "wraps_drains", "wraps_to_new_drains"}
IsEven(n) == Speculates /\ (Is("spec_ignores_odd") \/ n % 2 = 0)

--------------------------------------------------------------------------------
Init ==
  /\ vm_lock = [v \in Vmas |-> 0] /\ vm_lock_seq = [v \in Vmas |-> New]
  /\ vm_start = [v \in Vmas |-> 0] /\ vm_pgoff = [v \in Vmas |-> 0]
  /\ mm_lock_seq = [m \in Mms |-> 0]
  /\ pc = [t \in Readers \cup Speculators \cup Mms |->
             IF t \in Readers THEN "Reader_Idle"
             ELSE IF t \in Speculators THEN "Spec_Idle" ELSE "Writer_Idle"]
  /\ rmm = [r \in Readers |-> Null] /\ rvma = [r \in Readers |-> Null]
  /\ rseq = [r \in Readers |-> Null]
  /\ smm = [s \in Speculators |-> Null] /\ svma = [s \in Speculators |-> Null]
  /\ sseq = [s \in Speculators |-> Null]
  /\ sstart = [s \in Speculators |-> Null] /\ spgoff = [s \in Speculators |-> Null]
  /\ wvma = [m \in Mms |-> Null]

Go(t, from, to) == pc[t] = from /\ pc' = [pc EXCEPT ![t] = to]

--------------------------------------------------------------------------------
(* A reader: it looks at the mark, takes the lock if that is free, and looks again. *)

OfReader == <<vm_lock_seq, words, mm_lock_seq, speculator_locals, wvma>>  \* not what it changes
Forget(r) == rmm' = [rmm EXCEPT ![r] = Null] /\ rvma' = [rvma EXCEPT ![r] = Null]
Keep == UNCHANGED <<rmm, rvma>>
Leave(r, site) ==
  /\ Go(r, site, "Reader_Idle")
  /\ vm_lock' = [vm_lock EXCEPT ![rvma[r]] = @ - 1]
  /\ Forget(r)
  /\ UNCHANGED <<OfReader, rseq>>

StartRead_LoadSeq(r, m, v) ==
  /\ Go(r, "Reader_Idle", "StartRead_CheckSeq")
  /\ rmm' = [rmm EXCEPT ![r] = m]
  /\ rvma' = [rvma EXCEPT ![r] = v]
  /\ rseq' = [rseq EXCEPT ![r] = vm_lock_seq[v]]
  /\ UNCHANGED <<OfReader, vm_lock>>
StartRead_CheckSeq(r) ==
  LET marked == rseq[r] = mm_lock_seq[rmm[r]] IN
    /\ Go(r, "StartRead_CheckSeq", IF marked THEN "Reader_Idle" ELSE "StartRead_Trylock")
    /\ IF marked THEN Forget(r) ELSE Keep
    /\ rseq' = [rseq EXCEPT ![r] = Null]
    /\ UNCHANGED <<OfReader, vm_lock>>
\* down_read_trylock()
StartRead_Trylock(r) ==
  LET free == ~KeepsOut(vm_lock[rvma[r]]) IN
    /\ Go(r, "StartRead_Trylock",
          CASE ~free -> "Reader_Idle"
            [] Is("no_recheck") -> "Use_Start"
            [] OTHER -> "StartRead_RecheckSeq")
    /\ IF free THEN vm_lock' = [vm_lock EXCEPT ![rvma[r]] = @ + 1] ELSE UNCHANGED vm_lock
    /\ IF free THEN Keep ELSE Forget(r)
    /\ UNCHANGED <<OfReader, rseq>>
StartRead_RecheckSeq(r) ==
  LET marked == vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]]
      gone == marked /\ Is("turned_away_keeps_lock")
  IN /\ Go(r, "StartRead_RecheckSeq",
           CASE gone -> "Reader_Idle" [] marked -> "StartRead_Unlock" [] OTHER -> "Use_Start")
     /\ IF gone THEN Forget(r) ELSE Keep
     /\ UNCHANGED <<OfReader, vm_lock, rseq>>
StartRead_Unlock(r) == Leave(r, "StartRead_Unlock")
Use_Start(r) == Go(r, "Use_Start", "Use_Pgoff") /\ UNCHANGED <<OfReader, vm_lock, reader_locals>>
Use_Pgoff(r) ==
  Go(r, "Use_Pgoff", "EndRead_Unlock") /\ UNCHANGED <<OfReader, vm_lock, reader_locals>>
EndRead_Unlock(r) == Leave(r, "EndRead_Unlock")

--------------------------------------------------------------------------------
(* A speculator: it reads the number, the two words, and the number again. *)

OfSpeculator == <<vm_lock, vm_lock_seq, words, mm_lock_seq, reader_locals, wvma>>
Forgotten(s) ==
  /\ sseq' = [sseq EXCEPT ![s] = Null]
  /\ sstart' = [sstart EXCEPT ![s] = Null]
  /\ spgoff' = [spgoff EXCEPT ![s] = Null]
Look(s, m, v) == smm' = [smm EXCEPT ![s] = m] /\ svma' = [svma EXCEPT ![s] = v]

Spec_Begin(s, m, v) ==
  LET even == IsEven(mm_lock_seq[m]) IN
    /\ Go(s, "Spec_Idle", CASE even -> "Spec_LoadStart"
                            [] Is("spec_waits") -> "Spec_Again"
                            [] OTHER -> "Spec_GiveUp")
    /\ Look(s, m, v)
    /\ sseq' = [sseq EXCEPT ![s] = IF even \/ Is("spec_waits") THEN mm_lock_seq[m] ELSE Null]
    /\ UNCHANGED <<OfSpeculator, sstart, spgoff>>
\* Variant: it waits for an even number.
Spec_Again(s) ==
  /\ Go(s, "Spec_Again", IF IsEven(mm_lock_seq[smm[s]]) THEN "Spec_LoadStart" ELSE "Spec_Again")
  /\ sseq' = [sseq EXCEPT ![s] = mm_lock_seq[smm[s]]]
  /\ UNCHANGED <<OfSpeculator, smm, svma, sstart, spgoff>>
Spec_LoadStart(s) ==
  /\ Go(s, "Spec_LoadStart", "Spec_LoadPgoff")
  /\ sstart' = [sstart EXCEPT ![s] = vm_start[svma[s]]]
  /\ UNCHANGED <<OfSpeculator, smm, svma, sseq, spgoff>>
Spec_LoadPgoff(s) ==
  /\ Go(s, "Spec_LoadPgoff", "Spec_Retry")
  /\ spgoff' = [spgoff EXCEPT ![s] = vm_pgoff[svma[s]]]
  /\ UNCHANGED <<OfSpeculator, smm, svma, sseq, sstart>>
Spec_Retry(s) ==
  LET good == Is("spec_no_retry") \/ sseq[s] = mm_lock_seq[smm[s]] IN
    /\ Go(s, "Spec_Retry", IF good THEN "Spec_Use" ELSE "Spec_GiveUp")
    /\ IF good THEN UNCHANGED <<sseq, sstart, spgoff>> ELSE Forgotten(s)
    /\ UNCHANGED <<OfSpeculator, smm, svma>>
Spec_Use(s) ==
  Go(s, "Spec_Use", "Spec_Idle") /\ Forgotten(s) /\ Look(s, Null, Null) /\ UNCHANGED OfSpeculator
\* It takes mmap_lock for reading.
Spec_GiveUp(s) ==
  /\ Go(s, "Spec_GiveUp", "Spec_Idle")
  /\ Look(s, Null, Null)
  /\ UNCHANGED <<OfSpeculator, sseq, sstart, spgoff>>

--------------------------------------------------------------------------------
(* A writer: under mmap_lock it marks VMAs and changes them. *)

OfOthers == <<reader_locals, speculator_locals>>

\* The next number, or the first.
NextSeq(m, counts) ==
  /\ IF counts THEN mm_lock_seq' = [mm_lock_seq EXCEPT ![m] = NextAfter(@)]
               ELSE UNCHANGED mm_lock_seq
  /\ UNCHANGED <<vm_lock, vm_lock_seq, words, OfOthers, wvma>>
MmapLock_SeqBegin(m) ==
  /\ Go(m, "Writer_Idle", "Writer_Section")
  /\ MayBegin(mm_lock_seq[m])
  /\ NextSeq(m, ~CountsOnce)
MmapUnlock_SeqEnd(m) ==
  Go(m, "Writer_Section", "Writer_Idle") /\ NextSeq(m, ~Is("unlock_keeps_marks"))
MmapDowngrade_SeqEnd(m) ==
  Go(m, "Writer_Section", "Writer_Downgraded") /\ NextSeq(m, ~Is("downgrade_keeps_marks"))

\* It goes on with mmap_lock for reading.
Downgraded_Start(m, v) ==
  /\ Go(m, "Writer_Downgraded", "Downgraded_Pgoff")
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ UNCHANGED <<vm_lock, vm_lock_seq, words, mm_lock_seq, OfOthers>>
Downgraded_Pgoff(m) ==
  /\ Go(m, "Downgraded_Pgoff", "Writer_Idle")
  /\ wvma' = [wvma EXCEPT ![m] = Null]
  /\ UNCHANGED <<vm_lock, vm_lock_seq, words, mm_lock_seq, OfOthers>>

\* vma_start_write()
StartWrite_CheckSeq(m, v) ==
  /\ Go(m, "Writer_Section", IF vm_lock_seq[v] = mm_lock_seq[m] THEN IfMarked ELSE IfUnmarked)
  /\ wvma' = [wvma EXCEPT ![m] = v]
  /\ UNCHANGED <<vm_lock, vm_lock_seq, words, mm_lock_seq, OfOthers>>
\* Variants: is a reader inside?
StartWrite_CheckReaders(m) ==
  /\ Go(m, "StartWrite_CheckReaders",
        IF vm_lock[wvma[m]] = 0 THEN "Writer_Locked" ELSE "StartWrite_Lock")
  /\ UNCHANGED <<vm_lock, vm_lock_seq, words, mm_lock_seq, OfOthers, wvma>>
StartWrite_Lock(m) ==
  /\ Go(m, "StartWrite_Lock", "StartWrite_SetSeq")
  /\ vm_lock[wvma[m]] = 0
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = -1]
  /\ UNCHANGED <<vm_lock_seq, words, mm_lock_seq, OfOthers, wvma>>
StartWrite_SetSeq(m) ==
  /\ Go(m, "StartWrite_SetSeq", AfterSetSeq)
  /\ vm_lock_seq' = [vm_lock_seq EXCEPT ![wvma[m]] = mm_lock_seq[m]]
  /\ UNCHANGED <<vm_lock, words, mm_lock_seq, OfOthers, wvma>>
StartWrite_Unlock(m) ==
  /\ Go(m, "StartWrite_Unlock", "Writer_Locked")
  /\ vm_lock' = [vm_lock EXCEPT ![wvma[m]] = @ + 1]
  /\ UNCHANGED <<vm_lock_seq, words, mm_lock_seq, OfOthers, wvma>>

\* Both words of a VMA change, one after the other.
SetStart(m, to, word) ==
  /\ Go(m, "Writer_Locked", to)
  /\ vm_start' = [vm_start EXCEPT ![wvma[m]] = word]
  /\ UNCHANGED <<vm_lock, vm_lock_seq, vm_pgoff, mm_lock_seq, OfOthers, wvma>>
SetPgoff(m, site, word) ==
  /\ Go(m, site, "Writer_Section")
  /\ vm_pgoff' = [vm_pgoff EXCEPT ![wvma[m]] = word]
  /\ wvma' = [wvma EXCEPT ![m] = Null]
  /\ UNCHANGED <<vm_lock, vm_lock_seq, vm_start, mm_lock_seq, OfOthers>>
Shrink_Start(m) == SetStart(m, "Shrink_Pgoff", 1)
Shrink_Pgoff(m) == SetPgoff(m, "Shrink_Pgoff", 1)
Expand_Start(m) == SetStart(m, "Expand_Pgoff", 0)
Expand_Pgoff(m) == SetPgoff(m, "Expand_Pgoff", 0)

--------------------------------------------------------------------------------
ReaderGoesOn(r) ==
  \/ StartRead_CheckSeq(r) \/ StartRead_Trylock(r) \/ StartRead_RecheckSeq(r)
  \/ StartRead_Unlock(r) \/ Use_Start(r) \/ Use_Pgoff(r) \/ EndRead_Unlock(r)
SpeculatorGoesOn(s) ==
  \/ Spec_Again(s) \/ Spec_LoadStart(s) \/ Spec_LoadPgoff(s) \/ Spec_Retry(s) \/ Spec_Use(s)
  \/ Spec_GiveUp(s)
WriterGoesOn(m) ==
  \/ StartWrite_CheckReaders(m) \/ StartWrite_Lock(m) \/ StartWrite_SetSeq(m)
  \/ StartWrite_Unlock(m) \/ Shrink_Pgoff(m) \/ Expand_Pgoff(m) \/ Downgraded_Pgoff(m)

Next ==
  \/ \E r \in Readers :
       ReaderGoesOn(r) \/ \E m \in Mms, v \in Vmas : StartRead_LoadSeq(r, m, v)
  \/ \E s \in Speculators :
       SpeculatorGoesOn(s) \/ \E m \in Mms, v \in Vmas : Spec_Begin(s, m, v)
  \/ \E m \in Mms :
       \/ MmapLock_SeqBegin(m) \/ MmapUnlock_SeqEnd(m) \/ MmapDowngrade_SeqEnd(m)
       \/ \E v \in Vmas : StartWrite_CheckSeq(m, v) \/ Downgraded_Start(m, v)
       \/ Shrink_Start(m) \/ Expand_Start(m)
       \/ WriterGoesOn(m)
Spec == Init /\ [][Next]_vars

\* Who has begun goes on; a writer need not end its section.
Fairness ==
  /\ \A r \in Readers : WF_vars(ReaderGoesOn(r))
  /\ \A s \in Speculators : WF_vars(SpeculatorGoesOn(s))
  /\ \A m \in Mms : WF_vars(WriterGoesOn(m))
FairSpec == Spec /\ Fairness

\* Without a modulus the number only grows, and is only asked whether another equals it and whether
\* it is odd; and that pc says.
View ==
  IF Modulus # 0 THEN vars
  ELSE LET now == mm_lock_seq[CHOOSE m \in Mms : TRUE] IN
       <<[v \in Vmas |-> vm_lock_seq[v] = now], [r \in Readers |-> rseq[r] = now],
         [s \in Speculators |-> sseq[s] = now],
         vm_lock, words, pc, rmm, rvma, smm, svma, sstart, spgoff, wvma>>

--------------------------------------------------------------------------------
(* Properties. *)

Using == {"Use_Start", "Use_Pgoff"}
\* A reader has the lock.
Holds == Using \cup {"StartRead_RecheckSeq", "StartRead_Unlock", "EndRead_Unlock"}
\* A writer has it.
Locking == {"StartWrite_SetSeq", "StartWrite_Unlock"}
Changing == {"Shrink_Pgoff", "Expand_Pgoff"}
\* mmap_lock is not write-locked.
Outside == {"Writer_Idle", "Writer_Downgraded", "Downgraded_Pgoff"}

\* Property (I-09): the lock of a VMA counts the readers that have it, or is a writer's.
LockOK ==
  \A v \in Vmas :
    vm_lock[v] = Cardinality({r \in Readers : rvma[r] = v /\ pc[r] \in Holds})
                 - Cardinality({m \in Mms : wvma[m] = v /\ pc[m] \in Locking})

\* Property (I-01): nobody changes a VMA that a reader uses.
ExclOK ==
  \A r \in Readers, m \in Mms : pc[r] \in Using /\ pc[m] \in Changing => rvma[r] # wvma[m]

\* Property (I-11, I-13): who changes a VMA has marked it.
ChangeOK ==
  \A m \in Mms : pc[m] \in Changing \cup {"Writer_Locked"} => vm_lock_seq[wvma[m]] = mm_lock_seq[m]

\* Property (I-12): no mark is left when mmap_lock is unlocked or downgraded.
MarkOK ==
  \A m \in Mms, v \in Vmas : pc[m] \in Outside => vm_lock_seq[v] # mm_lock_seq[m]

\* Property: what a speculator uses was together in the VMA.
SpecOK == \A s \in Speculators : pc[s] = "Spec_Use" => sstart[s] = spgoff[s]

Stands == \A v \in Vmas : vm_lock[v] > 0 => vm_lock_seq'[v] = vm_lock_seq[v]
\* Property (I-10): the mark stands still while a reader has the lock.
MarkStands == [][Stands]_vars

Refused ==
  \A r \in Readers :
    /\ pc[r] = "StartRead_CheckSeq" /\ pc'[r] = "Reader_Idle" => rseq[r] = mm_lock_seq[rmm[r]]
    /\ pc[r] = "StartRead_Trylock" /\ pc'[r] = "Reader_Idle" => vm_lock[rvma[r]] = -1
    /\ pc[r] = "StartRead_RecheckSeq" /\ pc'[r] = "StartRead_Unlock" =>
         vm_lock_seq[rvma[r]] = mm_lock_seq[rmm[r]]
\* Property: a reader is turned away by a mark or by a writer that has the lock, however many
\* readers are inside.
RefusalOK == [][Refused]_vars

\* Property (L-01): an attempt to read a VMA ends, with its lock or without; so does the use of it.
ReadEnds ==
  /\ \A r \in Readers : pc[r] # "Reader_Idle" ~> pc[r] = "Reader_Idle"
  /\ \A s \in Speculators : pc[s] # "Spec_Idle" ~> pc[s] = "Spec_Idle"

\* Property: a writer that has the lock of a VMA drops it.
LockReturns == \A v \in Vmas : vm_lock[v] < 0 ~> vm_lock[v] >= 0

\* Refuted: a writer that waits for readers gets the lock; here they may come and go for ever.
WriterGets == \A m \in Mms : pc[m] = "StartWrite_Lock" ~> pc[m] = "StartWrite_SetSeq"

\* Possible: a reader uses a VMA while mmap_lock is write-locked.
UsesInSection == \E r \in Readers, m \in Mms : pc[r] \in Using /\ pc[m] \notin Outside

\* Possible: two readers use one VMA at once.
UsedByTwo ==
  \E r1, r2 \in Readers :
    r1 # r2 /\ rvma[r1] = rvma[r2] /\ pc[r1] \in Using /\ pc[r2] \in Using

\* Possible: a reader has the lock, and is turned away by the mark.
TurnedAway == \E r \in Readers : pc[r] = "StartRead_Unlock"

\* Possible: a speculator uses two words that a writer has changed.
SpecUses == \E s \in Speculators : pc[s] = "Spec_Use" /\ sstart[s] = 1
================================================================================
