// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <set>
#include <string>
#include <vector>

#include "claims/beside/scan.hpp"

namespace lockstep::beside {

/// The texts in which a protocol's sites are spelled: its registration, which is every file of
/// conformance/protocols whose name begins with the protocol's (and with no longer one of `all`),
/// and what they include of that folder and of reference/.
class Sources {
 public:
  Sources(const std::filesystem::path& root, const std::string& protocol,
          const std::vector<std::string>& all);
  /// Of a protocol of the user's: every .cpp file of its folder, and what they include of it.
  explicit Sources(const std::filesystem::path& folder);

  /// Is there a registration? An installation may have none.
  bool found() const { return found_; }
  /// Literals of the reference before those of the registration, in the order of the text.
  const std::vector<Literal>& literals() const { return literals_; }

  /// The literal of a site: of the whole name, or else the end of it whose beginning is another
  /// literal; what a variant spells anew is the reference's. Null where there is none.
  const Literal* of(const std::string& site) const;

 private:
  class Walk;
  void take(Walk& walk, const std::set<std::filesystem::path>& own);
  const Literal* among(const std::string& site, std::size_t begin, std::size_t end) const;

  bool found_ = false;
  std::size_t of_reference_ = 0;  ///< so many literals
  std::vector<Literal> literals_;
};

}  // namespace lockstep::beside
