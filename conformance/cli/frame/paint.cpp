// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/paint.hpp"

#include <unistd.h>

#include <cstdlib>

namespace lockstep::cli {
namespace {

bool wanted(std::string_view when) {
  if (when != "auto") return when == "always";
  const char* no_color = std::getenv("NO_COLOR");  // a convention of many programs
  const char* term = std::getenv("TERM");
  return isatty(STDOUT_FILENO) != 0 && (no_color == nullptr || *no_color == '\0') &&
         term != nullptr && std::string_view(term) != "dumb";
}

}  // namespace

Paint::Paint(std::string_view when) : on_(wanted(when)) {}

std::string Paint::in(std::string_view code, std::string_view text) const {
  if (!on_) return std::string(text);
  return "\033[" + std::string(code) + "m" + std::string(text) + "\033[0m";
}

std::string Paint::verdict(Verdict verdict) const {
  const std::string_view name = name_of(verdict);
  switch (verdict) {
    case Verdict::pass: return good(name);
    case Verdict::fail: return bad(name);
    case Verdict::unknown: break;
  }
  return doubtful(name);
}

}  // namespace lockstep::cli
