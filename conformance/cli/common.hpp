// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <fmt/format.h>

#include <filesystem>
#include <memory>
#include <nlohmann/json.hpp>
#include <optional>
#include <string>

#include "claims/judges.hpp"
#include "cli/frame/command_line.hpp"
#include "cli/frame/session.hpp"
#include "report/columns.hpp"
#include "report/document.hpp"

namespace lockstep::cli {

/// The protocol, size and variant that a command is about.
struct SubjectArguments {
  std::string protocol, size, variant = "holds";
  /// Adds PROTOCOL, --size and --variant.
  void add_to(CommandLine& line);
  /// The manifest's size and variant where none is given.
  Subject subject(const Manifest& manifest) const;
};

std::shared_ptr<const Manifest> read_manifest(Stale stale = Stale::refused);

/// Below it each run makes a directory of its own, and removes it: LOCKSTEP_SCRATCH, else in the
/// directory for temporary files. InputError where TMPDIR names none.
std::filesystem::path scratch_root();

/// Where TLC works, with the session's limits; `what` is told as progress.
Workshop workshop(Session& session, unsigned workers);
/// The bar for a search of states: how many there should be is known of what is recorded.
void begin_states(Session& session, const Subject& subject);

/// What is not there is null.
template <class T>
report::Json or_null(const std::optional<T>& value) {
  return value ? report::Json(*value) : report::Json(nullptr);
}
inline report::Json or_null(const std::string& text) {
  return text.empty() ? report::Json(nullptr) : report::Json(text);
}

/// The document of a command that is about one subject: the verdict, what it is about, and `more`.
report::Json subject_document(const Subject& subject, Verdict verdict, const report::Json& more);

report::Json step_json(const Step& step, const Symbols& symbols);
report::Json steps_json(const std::vector<Step>& steps, const Symbols& symbols);
report::Json value_json(const Slot& slot, Atom atom, const Symbols& symbols);

/// How a behaviour of this subject is written as columns: titles, locals and sites of its tasks.
report::Columns column_style(const Model& model);
std::string behaviour_columns(const Subject& subject, const Layout& layout,
                              const std::vector<State>& states, const std::vector<Step>& steps,
                              const std::string& violated,
                              std::optional<std::size_t> back_to = std::nullopt,
                              const Broken* broken = nullptr);

/// The verdict of a command that looked at one variant: did it come out as the manifest expects?
struct Judged {
  Verdict verdict = Verdict::unknown;
  std::string expected;
};
Judged judge_words(const Subject& subject, const std::string& judge, const std::string& got);

}  // namespace lockstep::cli
