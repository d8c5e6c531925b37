// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "survivors.hpp"

namespace lockstep::testing {

namespace {

constexpr std::string_view gives_up =
    "benign: the reader gives up where it could go on, and takes mmap_lock";
constexpr std::string_view early_look =
    "benign: the look at the sequence before the count is raised is for speed only";
constexpr std::string_view retries =
    "liveness: the lookup begins anew although nothing has changed (LookupEnds)";
constexpr std::string_view spins = "benign: the writer does not sleep, it looks again and again";
constexpr std::string_view unseen =
    "benign: while the count is 0 nobody relies on these fields; in weak memory it is a question "
    "for the judge of orders";
constexpr std::string_view registers_late =
    "benign: who waits is written after the state, but still before the count is looked at";

}  // namespace

const std::vector<Survivor>& survivors_of(const std::string& protocol) {
  static const std::vector<Survivor> none,
      vma_refcnt{
          {"skip Lookup_Walk -> Lookup_RcuUnlockNone", gives_up},
          {"skip StartRead_CheckSeq -> StartRead_RcuUnlock", gives_up},
          {"skip StartRead_RecheckSeq -> StartRead_PutDec", gives_up},
          {"skip Lookup_CheckRange -> Put_Dec", gives_up},
          {"skip Use_LoadData -> Put_Dec", "benign: the reader does not use what it has locked"},
          {"skip StartRead_IncRef -> StartRead_RcuUnlock", gives_up},
          {"skip StartRead_IncRef -> StartRead_RcuUnlock (way 2)", retries},
          {"skip StartRead_LoadSeq -> StartRead_CheckSeq", early_look},
          {"skip StartRead_CheckSeq -> StartRead_IncRef", early_look},

          {"skip StartWrite_CheckSeq -> StartWrite_SetFlag",
           "benign: the writer drains and marks once more what it has marked already"},
          {"skip Modify_Begin -> Modify_End",
           "benign: the change is one step; nobody could have seen it half done"},
          {"skip StartWrite_SetState -> StartWrite_CheckCount", spins},
          {"skip StartWrite_Sleep -> StartWrite_SetState", spins},
          {"sink StartWrite_SetState past StartWrite_CheckCount -> StartWrite_Finish", spins},
          {"hoist StartWrite_Finish above StartWrite_CheckCount", spins},
          {"skip Detach_SetState -> Detach_CheckCount", spins},
          {"skip Detach_Sleep -> Detach_SetState", spins},
          {"sink Detach_SetState past Detach_CheckCount -> Detach_Finish", spins},
          {"hoist Detach_Finish above Detach_CheckCount", spins},
          {"delay StartWrite_SetWaiter past StartWrite_SetState", registers_late},
          {"delay Detach_SetWaiter past Detach_SetState", registers_late},

          {"move Alloc_Init past Alloc_SetSeq", unseen},
          {"move Dup_CopyMm past Dup_CopyData", unseen},
          {"move Dup_CopyData past Dup_SetSeq", unseen},
          {"move Dup_SetSeq past Dup_SetRefcnt", unseen},
          {"move Dup_SetRefcnt past Dup_SetStart", unseen},
      };
  return protocol == "vma_refcnt" ? vma_refcnt : none;
}

}  // namespace lockstep::testing
