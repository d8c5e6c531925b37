// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "harmless_typos.hpp"

#include <algorithm>

namespace lockstep::testing {

const std::vector<HarmlessTypo>& harmless_typos() {
  static const std::vector<HarmlessTypo> all{
      {R"(TypeOK: mm_count becomes mm_lock_seq)", "equivalent"},
      {R"(TypeOK: wsrc becomes wvma)", "equivalent"},
      {R"(TypeOK: <=> becomes =>)", "weaker"},
      {R"(TypeOK: <=> becomes => (2))", "weaker"},
      {R"(TypeOK: => becomes <=>)", "stronger"},
      {R"(TypeOK: <=> becomes => (3))", "weaker"},
      {R"(TypeOK: <=> becomes => (4))", "weaker"},
      {R"(TypeOK: <=> becomes => (5))", "weaker"},
      {R"(TypeOK: /\ vm_mm \in [Vmas -> Mms \cup {Null}] left out)", "weaker"},
      {R"(TypeOK: /\ vm_start \in [Vmas -> Slots \cup {Null}] left out)", "weaker"},
      {R"(TypeOK: /\ \A v \in Vmas : vm_lock_seq[v] = Null \/ vm_lock_seq[v] \in Int left out)",
       "equivalent"},
      {R"(TypeOK: /\ \A v \in Vmas : vm_refcnt[v] = Null \/ vm_refcnt[v] \in Int left out)",
       "equivalent"},
      {R"(TypeOK: /\ vm_data \in [Vmas -> {Torn, Whole, Null}] left out)", "weaker"},
      {R"(TypeOK: /\ slab \in [Vmas -> {"none", "used", "free"}] left out)", "equivalent"},
      {R"(TypeOK: /\ grace \in [Vmas -> [Readers -> BOOLEAN]] left out)", "equivalent"},
      {R"(TypeOK: /\ task_state \in [Mms -> {Running, Sleeping}] left out)", "weaker"},
      {R"(TypeOK: /\ mm_count \in [Mms -> Nat] left out)", "equivalent"},
      {R"(TypeOK: /\ \A r \in Readers : pc[r] \in ReaderSites left out)", "equivalent"},
      {R"(TypeOK: /\ \A m \in Mms : pc[m] \in WriterSites left out)", "equivalent"},
      {R"(TypeOK: /\ rcu \in [Readers -> BOOLEAN] left out)", "equivalent"},
      {R"(TypeOK: /\ rvma \in [Readers -> Vmas \cup {Null, Again}] left out)", "equivalent"},
      {R"(TypeOK: /\ \A r \in Readers : rseq[r] = Null \/ rseq[r] \in Int left out)", "equivalent"},
      {R"(TypeOK: /\ rwake \in [Readers -> Mms \cup {Null}] left out)", "equivalent"},
      {R"(TypeOK: /\ wsrc \in [Mms -> Vmas \cup {Null}] left out)", "equivalent"},
      {R"(TypeOK: /\ wexcl \in [Mms -> BOOLEAN] left out)", "equivalent"},
      {R"(TypeOK: /\ rwake[r] = Null <=> pc[r] \notin Waking left out)", "weaker"},
      {R"(Count: => becomes <=>)", "equivalent"},
      {R"(WaitOK: /\ becomes \/)", "weaker"},
      {R"(NoLostWake: + becomes -)", "weaker"},
      {R"(NoLostWake: = becomes # (8))", "equivalent"},
      {R"(NoLostWake: \/ pc[m] = "Detach_Sleep" /\ vm_refcnt[wvma[m]] = Excluding left out)",
       "weaker"},
      {R"(NoLostWake: \/ pc[r] = "Put_LoadMm" /\ vm_mm[rvma[r]] = m left out)", "equivalent"},
      {R"(Linking: \A becomes \E (3))", "equivalent"},
      {R"(Linking: /\ \A s \in Slots : tree[m][s] # wvma[m] left out (2))", "equivalent"},
      {R"(Excluded: /\ pc[m] = "StartWrite_ClearFlag" => wexcl[m] left out)", "weaker"},
      {R"(Waiter: => becomes <=>)", "stronger"},
      {R"(Alone: Undecided becomes Drained)", "equivalent"},
      {R"(Alone: /\ pc[m] \in Undecided /\ tree[m][wslot[m]] = Null => Holders(wvma[m]) = 0 left out)",
       "equivalent"},
  };
  return all;
}

std::string reason_of(const std::string& typo) {
  const auto found = std::ranges::find(harmless_typos(), typo, &HarmlessTypo::typo);
  return found == harmless_typos().end() ? "" : std::string{found->reason};
}

}  // namespace lockstep::testing
