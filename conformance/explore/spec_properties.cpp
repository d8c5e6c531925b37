// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/spec_properties.hpp"

#include <algorithm>
#include <bit>

#include "model/verdict.hpp"
#include "tla/refinement.hpp"

namespace lockstep {
std::map<std::string, std::vector<Atom>> atoms_of(const World& world,
                                                  const tla::ModelConstants& given) {
  std::map<std::string, std::vector<Atom>> out;
  for (const auto& [set, members] : given.members) {
    auto& atoms = out[set];
    for (const std::string& member : members) {
      atoms.push_back(world.layout().symbols.find(member));
      if (is_symbol(atoms.back())) continue;
      throw InputError{"the constant " + set, 0, 0, "no state has an object '" + member + "'"};
    }
  }
  return out;
}

namespace {

tla::Constants with_objects(const tla::ModelConstants& given) {
  tla::Constants out = given.constants;
  for (const auto& [set, members] : given.members) {
    out.objects.insert(members.begin(), members.end());
  }
  return out;
}

[[noreturn]] void refuse(const tla::Place& at, const std::string& what) {
  throw InputError{at.file, at.line, at.column, what};
}

}  // namespace

SpecProperties::SpecProperties(const World& world, const tla::Module& module,
                               const std::vector<std::pair<std::string, std::string>>& constants)
    : SpecProperties(world, module, tla::ModelConstants::of(constants)) {}

SpecProperties::SpecProperties(const World& world, const tla::Module& module,
                               const tla::ModelConstants& given)
    : world_(world),
      module_(module),
      constants_(given.constants),
      beside_module_(with_objects(given)),
      ground_(world.layout(), given.members),
      evaluate_(world, atoms_of(world, given), {}),
      shown_{{}, {world, false}},
      beside_{{}, {world, false}},
      steps_{{}, {world, true}} {}

void SpecProperties::add(Group& group, const Part& part,
                         std::map<std::size_t, tla::Tests> tests) const {
  group.parts.push_back(part);
  group.due.add(std::move(tests), [&](const tla::KnownCell& known) {
    return evaluate_.holds_by(part.handle, known);
  });
}

/// What tells a step from one that changes nothing: one cell, if the part holds of every step that
/// leaves that as it is.
std::map<std::size_t, tla::Tests> SpecProperties::tests_of_step(
    tla::Evaluator::Handle handle) const {
  std::map<std::size_t, tla::Tests> tests = evaluate_.reads(handle).after_tests;
  for (const auto& [slot, test] : tests) {
    const tla::KnownCell stays{tla::KnownCell::Of::stays, slot, 0};
    if (evaluate_.holds_by(handle, stays)) return {{slot, {true, {}}}};
  }
  if (evaluate_.holds_unchanged(handle)) return tests;
  for (std::size_t slot = 0; slot < world_.layout().size(); ++slot) tests[slot].more = true;
  return tests;
}

void SpecProperties::add(const std::string& name) {
  if (!has(name)) add_definition(name, false);
}

void SpecProperties::add_text(const std::string& text, const std::string& where) {
  if (has(text)) return;
  const std::vector<std::string> known = module_.definitions();
  const bool defined = std::ranges::find(known, text) != known.end();
  if (defined && (module_.is_every_step(text) || module_.is_refinement(text))) {
    return add_definition(text, true);
  }
  add(module_.expand_text(text, where, beside_module_), Of::state, true);
  names_.push_back(text);
}

void SpecProperties::add_definition(const std::string& name, bool only_view) {
  if (module_.is_refinement(name)) {
    const tla::Refinement refinement = tla::read_refinement(module_, name, constants_, ground_);
    add(refinement.start, Of::start, only_view);
    Refined refined{{{}, {world_, true}},
                    {evaluate_.compile_truth(refinement.next), names_.size()}};
    for (const auto handle : evaluate_.parts(evaluate_.compile_truth(refinement.stays))) {
      if (only_view) hold_to_view(handle);
      add(refined.stays, {handle, names_.size()}, tests_of_step(handle));
    }
    if (only_view) hold_to_view(refined.next.handle);
    refined_.push_back(std::move(refined));
  } else if (module_.is_every_step(name)) {
    add(module_.expand_every_step(name, constants_), Of::step, only_view);
  } else {
    add(module_.expand(name, constants_), Of::state, only_view);
  }
  names_.push_back(name);
}

void SpecProperties::keep_readers_of(const std::vector<bool>& slots) {
  const auto reads_none = [&](const Part& part) {
    const tla::Reads reads = evaluate_.reads(part.handle);
    for (std::size_t i = 0; i < slots.size(); ++i) {
      if (slots[i] && (reads.state[i] || reads.after[i])) return false;
    }
    return true;
  };
  std::erase_if(order_, reads_none);
  std::erase_if(steps_.parts, reads_none);
}

bool SpecProperties::has(const std::string& name) const {
  return std::ranges::find(names_, name) != names_.end();
}

void SpecProperties::add(const tla::Expr& expr, Of of, bool only_view) {
  const tla::Evaluator::Handle whole = evaluate_.compile_truth(expr);
  const std::size_t property = names_.size();
  for (const tla::Evaluator::Handle handle : evaluate_.parts(whole)) {
    const Part part{handle, property};
    const tla::Reads reads = evaluate_.reads(handle);
    if (only_view) hold_to_view(handle);
    if (of == Of::step) {
      add(steps_, part, tests_of_step(handle));
      continue;
    }
    if (std::ranges::find(reads.after, true) != reads.after.end()) {
      refuse(evaluate_.place(handle),
             "an invariant with a prime; expected a definition of the form [][A]_vars");
    }
    if (of == Of::start) {
      starts_.push_back(part);
      continue;
    }
    order_.push_back(part);
    add(reads.beside_view ? beside_ : shown_, part, reads.state_tests);
  }
}

void SpecProperties::hold_to_view(tla::Evaluator::Handle handle) const {
  if (!evaluate_.reads(handle).beside_view) return;
  refuse(evaluate_.place(handle),
         "speaks of a number that the VIEW hides, other than by asking whether it is equal to "
         "the one that it is set against: states that differ in it alone are not told apart; "
         "expected a size that bounds it, --size COUNTS,NAME=NUMBER");
}

bool SpecProperties::holds(const Part& part, const Atom* state, const Atom* after) const {
  try {
    return evaluate_(part.handle, state, after) != 0;
  } catch (const tla::CannotEvaluate&) {
    return false;
  }
}

Broken SpecProperties::broken(const Part& part, const Atom* state, const Atom* after) const {
  Broken out;
  try {
    evaluate_(part.handle, state, after);
    out.place = evaluate_.place(part.handle);
  } catch (const tla::CannotEvaluate& error) {
    out.cannot = error.what_is_wrong;
    out.place = error.place;
  }
  out.property = names_[part.property];
  out.slots = evaluate_.slots_read(part.handle, state, after);
  return out;
}

const SpecProperties::Part* SpecProperties::failing(Group& group, const Atom* state,
                                                    const Atom* after) const {
  const bool step = after != nullptr;
  const PartsDue::Words& due = group.due.of(changes_, step ? state : nullptr, step ? after : state);
  for (std::size_t w = 0; w < due.size(); ++w) {
    for (std::uint64_t asked = due[w]; asked != 0; asked &= asked - 1) {
      const Part& part = group.parts[w * 64 + static_cast<std::size_t>(std::countr_zero(asked))];
      if (!holds(part, state, after)) return &part;
    }
  }
  return nullptr;
}

std::optional<Broken> SpecProperties::ask(Group& group, const Atom* state, const Atom* after) {
  const Part* const part = failing(group, state, after);
  return part == nullptr ? std::nullopt : std::optional{broken(*part, state, after)};
}

/// Most steps change nothing of what is refined, which is cheap to see.
bool SpecProperties::is_step_of(Refined& refined, const Atom* before, const Atom* after) const {
  return failing(refined.stays, before, after) == nullptr || holds(refined.next, before, after);
}

std::optional<Broken> SpecProperties::at_start(const Atom* state) {
  for (const Part& part : starts_) {
    if (!holds(part, state, nullptr)) return broken(part, state, nullptr);
  }
  return at(state);
}

std::optional<Broken> SpecProperties::at(const Atom* state) {
  for (const Part& part : order_) {
    if (!holds(part, state, nullptr)) return broken(part, state, nullptr);
  }
  return std::nullopt;
}

void SpecProperties::note_changes(const Atom* before, const Atom* after) {
  changes_.clear();
  const std::size_t size = world_.layout().size();
  for (std::size_t i = 0; i < size; ++i) {
    if (before[i] != after[i]) changes_.push_back({i, before[i], after[i]});
  }
}

std::optional<Broken> SpecProperties::by(const Atom* before, const Atom* after) {
  note_changes(before, after);
  if (changes_.empty()) return std::nullopt;  // [][A]_vars lets it be
  if (auto found = ask(steps_, before, after)) return found;
  for (Refined& refined : refined_) {
    if (!is_step_of(refined, before, after)) return broken(refined.next, before, after);
  }
  return ask(beside_, after, nullptr);
}

std::vector<std::string> SpecProperties::all_at(const Atom* state) {
  std::vector<std::string> out;
  for (const Part& part : order_) {
    const std::string& name = names_[part.property];
    if (!out.empty() && out.back() == name) continue;
    if (!holds(part, state, nullptr)) out.push_back(name);
  }
  return out;
}

std::vector<std::string> SpecProperties::all_by(const Atom* before, const Atom* after) {
  std::vector<std::string> out;
  note_changes(before, after);
  if (changes_.empty()) return out;
  for (const Part& part : steps_.parts) {
    const std::string& name = names_[part.property];
    if (!out.empty() && out.back() == name) continue;
    if (!holds(part, before, after)) out.push_back(name);
  }
  for (Refined& refined : refined_) {
    if (!is_step_of(refined, before, after)) out.push_back(names_[refined.next.property]);
  }
  return out;
}

}  // namespace lockstep
