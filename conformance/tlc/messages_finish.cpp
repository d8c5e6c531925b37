// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>

#include "model/verdict.hpp"
#include "tlc/characters.hpp"
#include "tlc/messages.hpp"

namespace lockstep::tlc {

namespace {

/// Of what is wrong with a specification the cause may stand far behind.
constexpr std::size_t cause = 4000;

/// Many lines as one, and not too long for a message. A message that TLC puts into an exception's
/// text keeps its marks there: they say nothing.
std::string one_line(std::string_view whole, std::size_t most = 300) {
  std::string text{whole}, out;
  for (std::size_t at = 0; (at = text.find("@!@!@", at)) != std::string::npos;) {
    const std::size_t end = text.find("@!@!@", at + 5);
    const std::size_t line = std::min(text.find('\n', at), text.size());
    text.erase(at, end < line ? end + 5 - at : line - at);
  }
  for (const char c : text) {
    const bool printable = static_cast<unsigned char>(c) >= 0x20 && c != 0x7f;
    const char shown = c == '\n' ? ' ' : printable ? c : '?';
    if (shown != ' ' || (!out.empty() && out.back() != ' ')) out += shown;
    if (out.size() == most) return out + "...";
  }
  while (out.ends_with(' ')) out.pop_back();
  return out;
}

/// The number after `word`, or 0.
std::size_t number_after(std::string_view text, std::string_view word) {
  const std::size_t at = text.find(word);
  std::size_t value = 0;
  if (at != std::string_view::npos) {
    std::from_chars(text.data() + at + word.size(), text.data() + text.size(), value);
  }
  return value;
}

/// The word after `before`, or "".
std::string word_after(std::string_view text, std::string_view before) {
  const std::size_t at = text.find(before);
  if (at == std::string_view::npos) return {};
  text.remove_prefix(at + before.size());
  const auto end = std::ranges::find_if_not(text, is_word);
  return {text.begin(), end};
}

/// The status with which the JVM ends when it is told to give up without memory.
constexpr int exit_out_of_memory = 3;

}  // namespace

void MessageReader::fail_parsing() const {
  std::string text;
  for (const std::string& line : parse_errors_) text += line + "\n";
  std::string file = word_after(text, "of module ");
  if (file.empty()) file = word_after(text, "In module ");
  std::size_t line = number_after(text, "at line ");
  std::size_t column = number_after(text, ", column ");
  if (line == 0) {
    line = number_after(text, "line ");
    column = number_after(text, ", col ");
  }
  if (text.empty()) text = failure_.empty() ? outside_ : failure_;
  throw InputError(file.empty() ? "the specification" : file + ".tla", line, column,
                   "TLC cannot parse it: " + one_line(text, cause));
}

Report MessageReader::finish(int exit_code, int signal, std::string_view errors) {
  if (!partial_.empty()) line(partial_);
  partial_.clear();
  if (errors.find("OutOfMemoryError") != std::string_view::npos ||
      (signal == 0 && exit_code == exit_out_of_memory)) {
    out_of_memory_ = true;
  }
  if (out_of_memory_) throw Undecided("TLC ran out of heap; give it more memory");
  if (signal != 0) {
    throw Undecided("TLC was killed by signal " + std::to_string(signal) +
                    (signal == 9 ? " (is the machine out of memory?)" : ""));
  }
  if (!started_) {
    const std::string_view said = errors.empty() ? std::string_view{outside_} : errors;
    throw Undecided("what was run is not TLC: it ended with status " + std::to_string(exit_code) +
                    (said.empty() ? " and said nothing" : " and said: " + one_line(said)));
  }
  if (!failure_.empty() && failure_.find("No space left") != std::string::npos) {
    throw Undecided("TLC found no space left on the disk");
  }
  if (finished_ && exit_code != 0 && parsing_failed_) fail_parsing();
  if (finished_ && exit_code != 0 && !failure_.empty()) {
    throw InputError("the specification", 0, 0,
                     "TLC cannot evaluate it: " + one_line(failure_, cause));
  }
  const bool complete =
      finished_ && open_.empty() &&
      (violated_ ? exit_code >= 10 && exit_code <= 13 : succeeded_ && exit_code == 0);
  if (!complete) {
    throw Undecided("TLC's report is not complete (status " + std::to_string(exit_code) + ")" +
                    (errors.empty() ? "" : ": " + one_line(errors)));
  }
  return std::move(report_);
}

}  // namespace lockstep::tlc
