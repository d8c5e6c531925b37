// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/planted.hpp"

#include <algorithm>
#include <map>
#include <random>
#include <set>
#include <tuple>

#include "explore/walk.hpp"
#include "tla/module_text.hpp"
#include "tla/strings.hpp"

namespace lockstep {

namespace {

constexpr unsigned walks = 12, depth = 80, seed_of_walks = 1;
constexpr unsigned flips = 60;  ///< cells that are changed, in one attempt
constexpr unsigned starts = 6;  ///< of so many moments the one nearest to a decision is taken
constexpr std::size_t few_moments = 24;

/// In an order that does not depend on when a name was met first.
std::vector<Atom> sorted(const std::set<Atom>& atoms, const Symbols& symbols) {
  std::vector<Atom> out(atoms.begin(), atoms.end());
  std::ranges::sort(out, {}, [&](Atom atom) {
    const bool name = is_symbol(atom);
    return std::tuple{name, name ? 0 : atom, name ? symbols.text(atom) : std::string{}};
  });
  return out;
}

/// The first name that is not Null.
std::optional<Atom> some_name(const std::set<Atom>& names, const Symbols& symbols) {
  for (const Atom atom : sorted(names, symbols)) {
    if (is_symbol(atom) && atom != null_atom) return atom;
  }
  return std::nullopt;
}

/// What a cell of each slot could be: what its variable is on walks, one more and one less than any
/// number there, and a name; of a name whatever name there is; of a site of a task whatever site
/// there is; of another string one that no cell of it ever is.
std::vector<std::vector<Atom>> values_of(const Layout& layout, const std::vector<Moment>& seen,
                                         const std::set<Atom>& sites) {
  std::map<std::string, std::set<Atom>> all;
  std::set<Atom> names;
  for (const Moment& moment : seen) {
    for (const State* state : {&moment.state, &moment.after}) {
      for (std::size_t slot = 0; slot < layout.size(); ++slot) {
        all[layout[slot].variable].insert((*state)[slot]);
        if (layout[slot].sort == Sort::name) names.insert((*state)[slot]);
      }
    }
  }
  for (const Slot& slot : layout.slots()) {
    for (const std::string& key : slot.keys) names.insert(layout.symbols.find(key));
  }
  std::vector<std::vector<Atom>> out;
  for (const Slot& slot : layout.slots()) {
    std::set<Atom> could = all[slot.variable];
    if (slot.sort == Sort::integer) {
      std::set<Atom> numbers;
      for (const Atom atom : could) {
        if (!is_symbol(atom)) numbers.insert({atom - 1, atom + 1});
      }
      could.insert(numbers.begin(), numbers.end());
      if (const auto name = some_name(names, layout.symbols)) could.insert(*name);
    }
    if (slot.sort == Sort::string && slot.variable != "pc") {
      if (const auto site = some_name(sites, layout.symbols)) could.insert(*site);
    }
    if (slot.sort == Sort::boolean) could.insert({0, 1});
    if (slot.sort == Sort::name) could.insert(names.begin(), names.end());
    if (slot.variable == "pc") could.insert(sites.begin(), sites.end());
    out.push_back(sorted(could, layout.symbols));
  }
  return out;
}

/// What the module writes as a string and is no variant and no state of an object: the sites and
/// points of all forms, those of variants too.
std::set<std::string> sites_of(const ManifestProtocol& p, const tla::ModuleText& module) {
  std::set<std::string> others{"holds", "none", "free", "used"};
  for (const ManifestVariant& variant : p.variants) others.insert(variant.name);
  std::set<std::string> out;
  for (const tla::WrittenString& one : tla::strings_of(module)) {
    if (!others.contains(one.text)) out.insert(one.text);
  }
  return out;
}

std::vector<Moment> steps_of_walks(System& system) {
  std::mt19937_64 random(seed_of_walks);
  std::vector<Moment> out;
  for (unsigned i = 0; i < walks; ++i) {
    const Trace walk = random_walk(system, depth, random);
    for (std::size_t j = 0; j + 1 < walk.states.size(); ++j) {
      out.push_back({walk.states[j], walk.states[j + 1]});
    }
  }
  return out;
}

/// The moment in the form that a property wants.
Moment as_asked(const Moment& moment, bool steps) {
  return steps ? moment : Moment{moment.state, {}};
}

}  // namespace

Planted::Planted(const Subject& subject, const tla::ModuleText& module)
    : Planted(subject, module, system_of(subject)) {}

Planted::Planted(const Subject& subject, const tla::ModuleText& module,
                 std::unique_ptr<System> system)
    : world_(system->world()),
      poser(world_, subject.model->constants()),
      system_(std::move(system)) {
  std::set<Atom> sites;
  for (const std::string& site : sites_of(*subject.protocol, module)) {
    sites.insert(world_.symbols().intern(site));
  }
  seen_ = steps_of_walks(*system_);
  values_ = values_of(world_.layout(), seen_, sites);
}

/// For a moment in which one part fails, `wanted`, and all of some others hold.
struct Planted::Search {
  Planted& in;
  std::vector<Posed::Part> wanted;  ///< one of these
  const Posed& broken;              ///< that has them
  Posed kept;
  unsigned attempts;
  std::mt19937_64 random;
  std::size_t weight = 1;  ///< of a part that has to hold, beside the one that has to fail

  using Answer = Poser::Answer;

  std::size_t below(std::size_t size) { return static_cast<std::size_t>(random() % size); }

  /// How much is wrong with a moment; 0: it is what is looked for.
  std::size_t wrong(const Posed::Part& part, const Moment& moment) const {
    std::size_t out = in.poser.ask(part, moment) == Answer::fails ? 0 : 1;
    for (const Posed::Part& one : kept.parts) {
      if (in.poser.ask(one, moment) != Answer::holds) out += weight;
    }
    return out;
  }

  /// The part to be changed: `part`, as long as it does not fail; else one that does not hold.
  const Posed::Part* due(const Posed::Part& part, const Moment& moment) {
    if (in.poser.ask(part, moment) != Answer::fails) return &part;
    const std::size_t from = kept.parts.empty() ? 0 : below(kept.parts.size());
    for (std::size_t i = 0; i < kept.parts.size(); ++i) {
      const Posed::Part& one = kept.parts[(from + i) % kept.parts.size()];
      if (in.poser.ask(one, moment) != Answer::holds) return &one;
    }
    return nullptr;
  }

  /// Gives one cell that decides another value: mostly the best there is, now and then any.
  void change(const Posed::Part& due, const Posed::Part& part, Moment& moment) {
    const std::vector<std::size_t> slots = in.poser.slots_read(due, moment);
    if (slots.empty()) return;
    constexpr unsigned any_of = 6;
    const bool any = below(any_of) == 0;
    const std::size_t slot = slots[below(slots.size())];
    State& state = broken.steps && below(2) == 0 ? moment.after : moment.state;
    const std::vector<Atom>& values = in.values_[slot];
    if (any) {
      state[slot] = values[below(values.size())];
      return;
    }
    Atom best = state[slot];
    std::size_t least = ~std::size_t{0}, furthest = 0;
    // Of values that are as good, the one by which more has to be looked at until it is decided.
    const std::size_t from = below(values.size());
    for (std::size_t i = 0; i < values.size(); ++i) {
      const Atom value = values[(from + i) % values.size()];
      state[slot] = value;
      const std::size_t now = wrong(part, moment);
      const std::size_t read = now <= least ? in.poser.slots_read(due, moment).size() : 0;
      if (now < least || (now == least && read > furthest)) {
        least = now;
        furthest = read;
        best = value;
      }
      if (least == 0) break;
    }
    state[slot] = best;
  }

  /// A moment of walks from which the part has much to look at until it is decided.
  Moment start(const Posed::Part& part) {
    Moment out;
    std::size_t furthest = 0;
    for (unsigned i = 0; i < starts; ++i) {
      Moment one = as_asked(in.seen_[below(in.seen_.size())], broken.steps);
      const std::size_t read = in.poser.slots_read(part, one).size();
      if (i > 0 && read <= furthest) continue;
      furthest = read;
      out = std::move(one);
    }
    return out;
  }

  std::optional<Moment> run() {
    if (wanted.empty()) return std::nullopt;
    for (unsigned attempt = 0; attempt < attempts; ++attempt) {
      const Posed::Part& part = wanted[below(wanted.size())];
      weight = 1 + attempt % 2;
      Moment moment = start(part);
      for (unsigned flip = 0; flip < flips; ++flip) {
        const Posed::Part* const one = due(part, moment);
        if (one == nullptr) {
          // A part before it may have no value.
          if (in.poser.ask(broken, moment) == Answer::fails) return moment;
          break;
        }
        change(*one, part, moment);
      }
    }
    return std::nullopt;
  }
};

std::optional<Moment> Planted::tells_apart(const Posed& a, const Posed& b, unsigned attempts,
                                           unsigned seed) {
  const auto has = [](const Posed& posed, const Posed::Part& part) {
    return std::ranges::find(posed.parts, part.likeness, &Posed::Part::likeness) !=
           posed.parts.end();
  };
  std::vector<Posed::Part> only_a, only_b;
  for (const Posed::Part& part : a.parts) {
    if (!has(b, part)) only_a.push_back(part);
  }
  for (const Posed::Part& part : b.parts) {
    if (!has(a, part)) only_b.push_back(part);
  }
  const auto found = [&](const std::vector<Posed::Part>& wanted, const Posed& broken,
                         const Posed& kept) -> std::optional<Moment> {
    if (a.apart) {
      const Posed alone{wanted, a.steps, true};
      return Search{*this, wanted, alone, Posed{}, attempts, std::mt19937_64(seed)}.run();
    }
    return Search{*this, wanted, broken, kept, attempts, std::mt19937_64(seed)}.run();
  };
  if (auto moment = found(only_a, a, b)) return moment;
  return found(only_b, b, a);
}

/// Of parts that are questions of their own each counts.
std::uint64_t Planted::refuses(const Posed& property, const Moment& moment) const {
  if (!property.apart) return poser.ask(property, moment) == Poser::Answer::fails ? 1 : 0;
  std::uint64_t out = 0;
  for (const Posed::Part& part : property.parts) {
    if (poser.ask(part, moment) == Poser::Answer::fails) ++out;
  }
  return out;
}

std::uint64_t Planted::refused(const Posed& property, const std::vector<Moment>& more) {
  std::set<Moment> from;
  for (std::size_t i = 0; i < few_moments; ++i) {
    from.insert(as_asked(seen_[i * seen_.size() / few_moments], property.steps));
  }
  from.insert(more.begin(), more.end());
  const tla::Reads reads = poser.reads(property);
  std::uint64_t out = 0;
  for (Moment moment : from) {
    const auto vary = [&](State& state, const std::vector<bool>& read) {
      for (std::size_t slot = 0; slot < state.size(); ++slot) {
        if (!read[slot]) continue;
        const Atom kept = state[slot];
        for (const Atom value : values_[slot]) {
          state[slot] = value;
          out += refuses(property, moment);
        }
        state[slot] = kept;
      }
    };
    vary(moment.state, reads.state);
    if (property.steps) vary(moment.after, reads.after);
  }
  return out;
}

}  // namespace lockstep
