// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "claims/first_violations.hpp"
#include "tla/parts.hpp"

namespace lockstep {

/// A part of a property, and what changes when it is taken away.
struct KilledPart {
  tla::PropertyPart part;
  std::string by;  ///< "no_recheck", "planted", "LookupEnds is violated"; "": nothing changes
  std::optional<std::uint64_t> steps;  ///< of a variant: its shortest way, which shows the part
  std::string size;                    ///< at which it was seen
};

/// All parts of a property, and how much it refuses: see Planted::refused(); of fairness, how much
/// it asks for: count_fair().
struct KilledParts {
  std::vector<KilledPart> parts;
  std::uint64_t count = 0;

  /// Has some part no killer yet?
  bool open() const;
};

/// Who notices that a part of a property is not there. A part is killed by
/// - a variant that breaks the property: every shortest way to do so is allowed without the part;
///   of what is live, the variant does not violate it without the part;
/// - the form that holds, which violates a refinement whose mapping is another one;
/// - what is planted: a moment that the property refuses and that without the part it allows, or
///   the reverse; the count that is recorded is another one then;
/// - of fairness: a property that the form that holds violates without the part, or one that is
///   refuted and is not violated any more.
/// A definition that several properties use is a part of the first of them; any of them may notice.
class Killers {
 public:
  Killers(const Manifest& manifest, const std::string& protocol);

  /// Every property that the protocol states, also those that must be reachable or are refuted;
  /// then its fairness, if there is any.
  std::vector<std::string> properties() const;
  tla::Place place(const std::string& property) const;
  /// `variants`: are they asked first, and not only about what nothing else tells? That is dearer.
  KilledParts of(const std::string& property, bool variants, const Workshop& workshop);

 private:
  struct Owned {
    tla::PropertyPart part;
    std::vector<std::string> asked;  ///< properties that may notice, its own first
  };

  std::vector<Owned> parts_of(const std::string& property) const;
  KilledParts of_fairness(const Workshop& workshop);
  void plant(const std::string& property, const std::vector<Owned>& parts, KilledParts& out);
  void plant_at_each(const std::string& property, unsigned attempts,
                     const std::vector<Owned>& parts, KilledParts& out);
  void plant_at_length(const std::string& property, const std::vector<Owned>& parts,
                       KilledParts& out);
  /// Where something is planted, and how often it is tried.
  struct Bed {
    std::string size, variant;
    unsigned attempts;
  };
  void plant_at(const std::string& property, const Bed& bed, const std::vector<Owned>& parts,
                KilledParts& out);
  bool by_variant(const Owned& owned, KilledPart& out, const Workshop& workshop);
  bool by_variant(const ManifestVariant& variant, const Owned& owned, KilledPart& out,
                  const Workshop& workshop);
  void by_form_that_holds(const std::string& property, KilledPart& out, const Workshop& workshop);
  tla::Module without(const tla::PropertyPart& part) const;
  const ManifestProperty* find(const std::string& property) const;

  const Manifest& manifest_;
  const ManifestProtocol& protocol_;
  tla::Module module_;
  std::map<std::string, FirstViolations> violations_;  ///< by variant
};

}  // namespace lockstep
