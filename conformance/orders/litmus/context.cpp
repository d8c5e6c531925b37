// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/context.hpp"

namespace lockstep::orders::litmus {

void Context::step(Place place) {
  if (++steps_ > limits::steps) source.unsupported(place, "a test that runs this long");
}

Term Context::number(long value) {
  if (value <= limits::number && value >= -limits::number) {
    return term::constant(static_cast<Atom>(value));
  }
  beyond = true;
  const Term made = address(std::to_string(value));
  numbers_[made->value] = value;
  return made;
}

std::optional<long> Context::number_of(const Term& t) const {
  if (t->op != Op::constant) return std::nullopt;
  if (!is_symbol(t->value)) return t->value;
  const auto found = numbers_.find(t->value);
  return found == numbers_.end() ? std::nullopt : std::optional{found->second};
}

std::size_t Context::parts(const Term& t) {
  if (t == nullptr || t->args.empty()) return 1;
  if (const auto found = parts_.find(t.get()); found != parts_.end()) return found->second.second;
  std::size_t sum = 1;
  for (const Term& arg : t->args) sum += parts(arg);
  parts_.emplace(t.get(), std::pair{t, sum});
  return sum;
}

Term Context::bounded(Term t, Place place) {
  if (parts(t) > limits::parts) source.unsupported(place, "a value computed in this many steps");
  return t;
}

void Context::note_unassigned(int thread, const std::string& name) {
  test.unassigned.insert(std::to_string(thread) + ":" + name);
}

void Context::check_events(Place place) const {
  if (test.program.events.size() > limits::events) {
    source.unsupported(place, "a test of more than " + std::to_string(limits::events) + " events");
  }
}

int Context::open(const std::string& site, Kind kind, Place place) {
  auto& all = program().open;
  for (std::size_t i = 0; i < all.size(); ++i) {
    if (all[i].site != site) continue;
    if (all[i].kind != kind) {
      source.wrong(place, "site '" + site + "' is a " + std::string{name_of(all[i].kind)} +
                              " elsewhere; expected a name of its own");
    }
    return static_cast<int>(i);
  }
  all.push_back({site, kind});
  return static_cast<int>(all.size()) - 1;
}

}  // namespace lockstep::orders::litmus
