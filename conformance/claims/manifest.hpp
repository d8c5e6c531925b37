// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "model/verdict.hpp"

namespace lockstep {

class Part;

/// What becomes of an entry of verdicts.json that nothing measures any more. It is never taken, and
/// ManifestProtocol::dropped says so; to all_checks() it is an error too, after all others:
/// whatever made it stale may be one.
enum class Stale { refused, dropped };

/// What stands for a verdict that only a measurement can give, until there is one.
inline constexpr std::string_view not_recorded = "not recorded yet";

/// What a judge must say: "holds", "violates RefcntOK", ...; and in how many steps, where that has
/// been recorded.
struct Expected {
  std::string verdict;
  std::optional<std::uint64_t> steps;
  std::optional<std::uint64_t> states;       ///< that every judge of a size must have seen
  std::optional<std::uint64_t> transitions;  ///< the same
  /// That another judge is recorded to have needed, where both look for the shortest way.
  std::optional<std::uint64_t> steps_elsewhere = {};
  /// What has been recorded besides, by name: see Outcome::table.
  std::map<std::string, std::string> table = {};
};

/// A property as the specification states it: the definition, and the comment above it.
struct ManifestProperty {
  std::string name;
  std::string kind;              ///< invariant, action, liveness, refinement, possible
  std::vector<std::string> ids;  ///< of the requirements: I-15, L-05
  std::string words;
};

struct ManifestVariant {
  std::string name;
  std::string breaks;  ///< the property that it violates first; "": it holds
  bool holds = false;
  std::string why;
  std::optional<std::string> scenario;
  std::string size;  ///< its own, else the usual one of variants
  bool quick = false;
  std::map<std::string, Expected> expected;  ///< by judge: tlc, reference, equal, inductive
  bool quick_proof = false;
  std::string not_proved = "";  ///< why the proof is not asked about it; or ""
  bool by_tlc = true;           ///< else the explorer judges what holds, and no TLC
};

struct ManifestSize {
  std::string size;
  std::vector<std::string> claims;
  bool quick = false;
  std::vector<std::string> not_by_tlc;               ///< claims that our own engines judge alone
  std::optional<std::uint64_t> states, transitions;  ///< as recorded

  bool has(std::string_view claim) const;
  bool by_tlc(std::string_view claim) const;
};

/// The proof for any number of readers: where its invariant stands.
struct ManifestProof {
  std::string module;                    ///< of the specification, in the same directories
  std::string invariant;                 ///< the definition: a conjunction of names
  std::vector<std::string> parameters;   ///< constants that stay open
  std::string assumption;                ///< what is known of them: "Limit < Flag"; or ""
  std::map<std::string, int> in_linux;   ///< what they are there; it has to be allowed
  std::vector<std::string> exactly_one;  ///< sets of one object, whatever else there is: "Mms"
  std::vector<std::string> walks;        ///< sizes of the random walks
  std::map<std::string, std::string>
      counts;  ///< Holders: Vmas; operators that count, and over what
  struct Extra {
    std::string name, says;  ///< a property, as text
  };
  /// Of the constants that stay open: under which assumptions what follows is asked.
  std::vector<std::string> limits;
  std::vector<Extra> limit_properties;  ///< that are asked then, besides the manifest's

  /// What is seen of a state through one object of each of some sets.
  struct Views {
    std::vector<std::pair<std::string, std::string>> sets;      ///< "r", "Readers"
    std::vector<std::string> single;                            ///< sets of one object
    std::vector<std::pair<std::string, std::string>> features;  ///< what is seen; when, or ""
    std::vector<std::string> sizes;                             ///< in the order of trying
    std::string cutoff;                                         ///< which of them is expected
  };
  std::optional<Views> views;
};

/// A step of the reference that others can come between, and why it stands so.
struct ManifestNotAtomic {
  std::string site, size, why;  ///< `size`: one at which they do
};

/// A turn of the code that is made at no size, or never in company of a role, and why.
struct ManifestUncovered {
  std::string turn;  ///< `reader Look -> Use`, or the words that several begin with
  std::string with;  ///< the role; ""
  std::string why;
};

/// A protocol: what people state in spec/NAME/protocol.json, what the modules beside it say of
/// properties, and what has been recorded in spec/NAME/verdicts.json.
struct ManifestProtocol {
  std::string name, title;
  std::string module;                              ///< of the specification
  std::vector<std::filesystem::path> directories;  ///< where its modules lie; first its own
  std::filesystem::path golden;                    ///< the folder of its golden traces
  bool foreign = false;                            ///< of a folder of the user's
  std::string view, fairness, fair;                ///< definitions; fair: the specification with it
  std::vector<ManifestSize> sizes;
  std::vector<ManifestProperty> properties;
  std::vector<ManifestVariant> variants;
  std::vector<ManifestProperty> possible;  ///< states that have to be reachable
  std::vector<ManifestNotAtomic> not_atomic;
  std::vector<ManifestUncovered> uncovered;
  std::vector<ManifestProperty> refuted;         ///< claims too much: known to be violated
  std::vector<std::filesystem::path> questions;  ///< files, read by the judge of orders
  std::optional<ManifestProof> proof;
  std::string not_proved;  ///< why there is none; or ""
  std::map<std::string, std::map<std::string, std::string>>
      orders_needed;                            ///< model, site: verdict
  std::map<std::string, std::string> turns;     ///< of the code, by name: where each is made
  std::map<std::string, std::uint64_t> killed;  ///< by property: how much it refuses, as recorded
  std::map<std::string, std::uint64_t> traces;  ///< golden ones, by name: how many states each has
  std::shared_ptr<const Part> stated;           ///< protocol.json, for who finds it wrong
  std::shared_ptr<const Part> recorded;         ///< verdicts.json, where there is one
  Stale stale = Stale::refused;
  std::vector<InputError> dropped;  ///< of verdicts.json, each with its place

  /// An entry of verdicts.json is stale, and why: the error, or what is told of it.
  InputError is_stale(const Part& entry, const std::string& why) const;

  const ManifestVariant& variant(const std::string& variant_name) const;
  /// The sizes with a claim, those with the fewest states first; what is not recorded comes last.
  std::vector<ManifestSize> smallest_first(std::string_view claim) const;
  /// The size that commands take when none is given.
  const std::string& default_size() const { return sizes.front().size; }
};

struct ManifestScenario {
  std::string id, title, protocol, source, question, broken, holds;
  std::string kind;   ///< "safety", "liveness", "definition", "performance", ...
  bool wrong = true;  ///< should something break?
};

/// What there is to check, and what must come out: every folder of spec/ with a protocol.json, and
/// spec/scenarios.json; and every folder with a protocol.json in the folders that a user brings.
struct Manifest {
  std::filesystem::path root;  ///< of spec/ and traces/
  std::vector<ManifestProtocol> protocols;
  std::vector<ManifestScenario> scenarios;

  /// Throws InputError with the file, line and column.
  static Manifest read(const std::filesystem::path& root, Stale stale = Stale::refused,
                       const std::vector<std::filesystem::path>& foreign = {});
  const ManifestProtocol& protocol(const std::string& name) const;
  const ManifestScenario& scenario(const std::string& id) const;
};

}  // namespace lockstep
