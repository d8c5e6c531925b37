// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <optional>

#include "claims/judges.hpp"
#include "claims/posed.hpp"

namespace lockstep {

/// Moments that need not be reachable: cells of those that are, with other values.
class Planted {
 public:
  /// Walks what the subject does; the same subject gives the same walks.
  /// `module`: of its specification.
  Planted(const Subject& subject, const tla::ModuleText& module);

  /// A moment of which one of the two properties says that it must not be, and the other that it
  /// may; each has an answer. It is looked for from moments of walks on, by giving a cell that
  /// decides another value that its variable could have; none is found: perhaps there is none.
  std::optional<Moment> tells_apart(const Posed& a, const Posed& b, unsigned attempts,
                                    unsigned seed);

  /// How many moments a property refuses, of those that one cell tells from a moment of walks, or
  /// from one of `more`. What says anything else than the property in one of them has another
  /// number, or the same by chance.
  std::uint64_t refused(const Posed& property, const std::vector<Moment>& more);

 private:
  World world_;  ///< of the subject, with the names of sites that other forms have

 public:
  Poser poser;

 private:
  Planted(const Subject& subject, const tla::ModuleText& module, std::unique_ptr<System> system);
  struct Search;

  std::uint64_t refuses(const Posed& property, const Moment& moment) const;

  std::unique_ptr<System> system_;
  std::vector<Moment> seen_;               ///< steps of walks
  std::vector<std::vector<Atom>> values_;  ///< by slot: what a cell could be, each once
};

}  // namespace lockstep
