// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstddef>
#include <set>
#include <string>

#include "claims/manifest.hpp"

namespace lockstep {

/// Holds the parts of a protocol's description against each other by their names, before anything
/// is judged: what one of them names, and another lacks, nobody would judge. Variants are those of
/// the reference, of the specification and of protocol.json alike; a string of a module is a site,
/// a point, a value that a variable may have or a variant; the actions of `Next` are the sites of
/// the reference in all its forms; `Spec` is `Init` and `Next` and no more, because TLC takes the
/// one and our engines the others; what the modules ASSUME is so at every size; the module that a
/// .cfg file runs says nothing of its own; every module of the folder belongs to what is judged;
/// the registration gives a value to every constant, and to no other; the reference starts as
/// `Init` says. Throws InputError with file, line and column.
void hold_described(const ManifestProtocol& protocol);

/// What strings may stand for in a protocol's modules, or in a property that somebody asks for.
struct KnownStrings {
  explicit KnownStrings(const ManifestProtocol& protocol);
  /// Throws InputError at the place of one that is unknown, with the nearest that is known.
  void hold(const std::string& text, const std::string& file, std::size_t line,
            std::size_t column) const;
  /// The same of every string in a formula; `where` names it in errors.
  void hold_text(const std::string& text, const std::string& where) const;

  std::set<std::string> known;
};

}  // namespace lockstep
