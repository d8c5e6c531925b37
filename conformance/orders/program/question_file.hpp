// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>
#include <optional>
#include <string>

#include "orders/program/question.hpp"

namespace lockstep::orders {

/// What a name of the specification stands for, if it is a number: Flag.
using Constant = std::function<std::optional<Atom>(const std::string& name)>;

/// A question about memory orders, from a file NAME.question, or 01_NAME.question where the number
/// says in which order questions are read:
///
///     \* a comment, on a line of its own
///     ids: D15, O15
///     words: why the question is asked; with `assume`, why that is assumed
///     cells: vm_refcnt[v1] = Flag + 1, tree[m1][s1] = v1, tree[m1][s2] = Null
///     assume: MmapUnlock_SeqEnd = once
///     task writer: writer as m1 at Attach_SetMm
///       locals: wvma = v1
///       choose: Writer_Section.arg0 = s1
///       next: Writer_Section -> MmapUnlock_Wmb
///       visits: 2
///       until: Attach_Done
///     forbidden: reader@Use /\ reader.Use # 7
///     reachable: lkmm
///
/// `next` says which way is taken behind a site: `A -> B` at each visit, `A -> B then C` at the
/// first and at the second, behind which all ways are open. Every name must be one of the automata.
/// A line that is indented deeper than its entry goes on with it. `task NAME: ROLE as SELF at
/// SITE`; SELF is by default the task's own name. A number is itself; a name is a number of the
/// specification, or else an object. `reachable` names the models under which the forbidden end is
/// known to be reachable; under every other one of `models` it must never be. A cell that is not
/// given has no value, and a task that reads it makes the verdict UNKNOWN. Throws InputError with
/// file, line and column.
Question read_question(const std::filesystem::path& file, Symbols& symbols,
                       const Constant& constant);
/// A question is called as its file, without the number that puts it in its place.
std::string question_name(const std::filesystem::path& file);
/// The same of a text; `name` is the question's.
Question parse_question_text(const std::string& text, const std::string& file,
                             const std::string& name, Symbols& symbols, const Constant& constant);

}  // namespace lockstep::orders
