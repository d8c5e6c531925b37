// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/turns.hpp"

#include <algorithm>

#include "claims/asked.hpp"
#include "explore/coverage.hpp"
#include "machines/protocol.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

constexpr std::string_view all_made = "the sizes together make every turn";

/// The sizes at which the two descriptions are compared, the smaller ones first: those whose counts
/// have the smaller product.
std::vector<Size> compared(const ManifestProtocol& p) {
  std::vector<Size> out;
  for (const ManifestSize& size : p.sizes) {
    if (size.has("equal")) out.push_back(Size::parse(size.size));
  }
  std::ranges::stable_sort(out, {}, [](const Size& size) {
    std::uint64_t product = 1;
    for (const std::uint32_t count : size.counts) product *= count;
    return product;
  });
  return out;
}

/// The first size of each turn: of all, and of each company.
struct First {
  std::string alone;
  std::vector<std::string> with;
};

void note(std::string& first, bool made, const Size& size) {
  if (made && first.empty()) first = size.text();
}

std::string text(const First& first, const std::vector<std::string>& roles) {
  if (first.alone.empty()) return "never";
  std::string out = first.alone;
  for (std::size_t r = 0; r < roles.size(); ++r) {
    if (!first.with[r].empty()) out += "; with " + roles[r] + ": " + first.with[r];
  }
  return out;
}

/// Does the member of `uncovered` speak of this gap? It names a turn, or the words that it begins
/// with: a role, or a site of it.
bool excuses(const ManifestUncovered& one, const std::string& turn, const std::string& with) {
  return one.with == with && (turn == one.turn || turn.starts_with(one.turn + " "));
}

}  // namespace

TurnsMade turns_made(const ManifestProtocol& protocol, const Workshop& workshop) {
  TurnsMade out;
  std::map<std::string, First> firsts;
  std::vector<std::string> order, roles;
  for (const Size& size : compared(protocol)) {
    const auto model = Protocol::find(protocol.name).model(size, "holds");
    const std::uint64_t before = out.states;
    const Coverage made =
        cover(model->world(), model->automata(Parameters::open), [&](std::uint64_t states) {
          if (workshop.on_progress) workshop.on_progress(before + states);
        });
    out.states += made.states;
    roles = made.roles;
    for (const Turn& turn : made.turns) {
      const std::string name = Coverage::text(turn);
      const auto [at, fresh] = firsts.try_emplace(name, First{"", {}});
      if (fresh) order.push_back(name), at->second.with.resize(roles.size());
      note(at->second.alone, turn.made, size);
      for (std::size_t r = 0; r < roles.size(); ++r) note(at->second.with[r], turn.with[r], size);
    }
  }
  std::vector<bool> needed(protocol.uncovered.size());
  const auto gap = [&](const std::string& turn, const std::string& with) {
    bool excused = false;
    for (std::size_t i = 0; i < needed.size(); ++i) {
      if (!excuses(protocol.uncovered[i], turn, with)) continue;
      needed[i] = excused = true;
    }
    if (!excused) out.gaps.push_back(turn + (with.empty() ? "" : ", with " + with));
  };
  for (const std::string& name : order) {
    const First& first = firsts.at(name);
    out.table[name] = text(first, roles);
    if (first.alone.empty()) {
      gap(name, "");
      continue;  // of what nobody does, nobody does it in company
    }
    for (std::size_t r = 0; r < roles.size(); ++r) {
      if (first.with[r].empty()) gap(name, roles[r]);
    }
  }
  for (std::size_t i = 0; i < needed.size(); ++i) {
    const ManifestUncovered& one = protocol.uncovered[i];
    if (!needed[i])
      out.needless.push_back(one.turn + (one.with.empty() ? "" : ", with " + one.with));
  }
  return out;
}

void add_turns(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const std::vector<Size> sizes = compared(p);
  if (sizes.empty()) return;
  if (!Protocol::find(p.name).has_code()) return;
  Check check;
  check.id = p.name + "/covered/turns";
  check.protocol = p.name;
  check.claim = "covered";
  check.judge = "reference";
  std::vector<std::string> names;
  for (const Size& size : sizes) names.push_back(size.text());
  check.bounds = "the sizes that claim 'equal': " + report::join(names, ", ");
  check.expected = {std::string{all_made}, {}, {}, {}, {}, p.turns};
  check.run = [manifest, name = p.name](const Workshop& workshop) {
    const TurnsMade made = turns_made(manifest->protocol(name), workshop);
    Outcome outcome{.got = std::string{all_made}, .states = made.states, .table = made.table};
    std::vector<std::string> wrong;
    constexpr std::size_t few = 5;
    if (!made.gaps.empty()) {
      const std::vector<std::string> first(made.gaps.begin(),
                                           made.gaps.begin() + std::min(few, made.gaps.size()));
      std::string text = "nobody makes: " + report::join(first, "; ");
      if (made.gaps.size() > few)
        text += "; and " + std::to_string(made.gaps.size() - few) + " more";
      wrong.push_back(text + "; expected a size that does, or a reason among 'uncovered'");
    }
    if (!made.needless.empty()) {
      wrong.push_back("'uncovered' excuses what is made: " + report::join(made.needless, "; "));
    }
    if (!wrong.empty()) outcome.got = report::join(wrong, "; ");
    return outcome;
  };
  out.push_back(std::move(check));
}

}  // namespace lockstep
