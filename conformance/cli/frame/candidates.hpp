// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <string>
#include <vector>

#include "cli/frame/tree.hpp"

namespace lockstep::cli {

/// A word that may stand where one is typed, and what it means.
struct Candidate {
  std::string word, help;
};

/// What the words before say: by what a value is called (PROTOCOL, SCENARIO), the last one.
using Given = std::map<std::string, std::string>;
/// The values called so: of PROTOCOL the protocols, of VARIANT those of the given protocol.
using NamesOf = std::function<std::vector<Candidate>(const std::string& value, const Given& given)>;

struct Candidates {
  std::vector<Candidate> words;
  bool files = false, folders = false;  ///< those too
};

/// What may stand for the last of `words`, which stand behind the name of the program. It may be
/// empty, or begin a word.
Candidates candidates(const ProgramText& program, const std::vector<std::string>& words,
                      const NamesOf& names_of);

/// A value is called by one name, or by several: PROTOCOL|FILE.litmus, FILE-OR-DIR.
std::vector<std::string> names_of_value(const std::string& value);

}  // namespace lockstep::cli
