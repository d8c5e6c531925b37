// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/registration.hpp"

// The abstract per-VMA lock. Nothing implements it as it stands: it has no tasks, and its steps are
// the specification's alone.
namespace lockstep::vma_lock {
namespace {

struct Mm {
  static constexpr std::string_view kind = "Mm";
};
struct Vma {
  static constexpr std::string_view kind = "Vma";
};
struct Reader {
  static constexpr std::string_view kind = "Reader";
};

const RegisteredProtocol protocol{
    {.sizes = {"vma_lock", {{"Readers", "reader"}, {"Vmas", "VMA"}, {"Mms", "mm"}}},
     .kinds = {{"Mm", "m", "Mms"}, {"Vma", "v", "Vmas"}, {"Reader", "r", "Readers"}},
     .fields = {variable_of(Field<"open", Mm, bool>{}), variable_of(Field<"owner", Vma, Mm>{}),
                variable_of(ArrayField<"marked", Mm, bool, Vma>{}),
                variable_of(Field<"torn", Vma, bool>{}), variable_of(Field<"asked", Reader, Mm>{}),
                variable_of(Field<"held", Reader, Vma>{})},
     .forms = only_specified}};

}  // namespace
}  // namespace lockstep::vma_lock
