// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <stop_token>

#include "model/verdict.hpp"
#include "unbounded/asking.hpp"
#include "unbounded/rooms.hpp"

// What the invariant allows: an invariant that excludes what has to happen shows something of
// nothing.
namespace lockstep::unbounded {

Allowed find(Prover::Rooms& rooms, const Options& options, const Adds& add) {
  using enum Allowed::Is;
  for (unsigned objects = 1; objects <= Prover::Rooms::most; ++objects) {
    if (options.stop.stop_requested()) return {unknown, "ended before all had been asked"};
    z3::solver& known = rooms.counted(objects, options.without);
    known.push();
    add(rooms.small(objects, options.without).engine, known);
    limit(known, options.small_milliseconds);
    const bool found = check(known, options.small_milliseconds) == z3::sat;
    known.pop();
    if (found) return {yes, ""};
  }
  z3::solver known = rooms.any.solver();
  rooms.any.assume_invariant(known, options.without);
  add(rooms.any, known);
  limit(known, options.small_milliseconds);
  z3::check_result result = check(known, options.small_milliseconds);
  std::string why;
  if (result == z3::unknown) {
    z3::solver fresh(known.ctx());
    result = check_afresh(known.assertions(), options.query_milliseconds, fresh);
    if (result == z3::unknown) why = fresh.reason_unknown();
  }
  switch (result) {
    case z3::unsat: return {no, ""};
    case z3::unknown: return {unknown, why};
    case z3::sat: break;
  }
  if (!rooms.any.counts()) return {yes, ""};
  return {unknown, "no state of up to " + std::to_string(Prover::Rooms::most) +
                       " objects is one, and of more the solver does not count"};
}

Allowed Prover::allows(const Named& state, const Options& options) {
  const std::stop_callback cancel(options.stop, [this] { rooms_->any.interrupt(); });
  try {
    return find(*rooms_, options, [&](Engine& engine, z3::solver& known) {
      known.add(engine.says(state.says, {}, std::nullopt));
    });
  } catch (const InputError& refused) {
    return {Allowed::Is::unknown, refused.what()};
  }
}

Prover::Guards Prover::guards(const Options& options) {
  Guards out;
  const std::vector<Way>& ways = rooms_->any.ways();
  out.ways = ways.size();
  const auto stopped = [&] { return options.stop.stop_requested(); };
  const std::stop_callback cancel(options.stop, [this] { rooms_->any.interrupt(); });
  for (std::size_t way = 0; way < ways.size() && !stopped(); ++way) {
    if (options.on_progress) options.on_progress(way, ways.size(), ways[way].name);
    const Allowed found = find(*rooms_, options, [&](Engine& engine, z3::solver& known) {
      engine.assume_step(known, way);
    });
    switch (found.is) {
      case Allowed::Is::yes: ++out.satisfiable; break;
      case Allowed::Is::no: out.never.push_back(ways[way].name); break;
      case Allowed::Is::unknown:
        if (!stopped()) out.unknown.push_back(ways[way].name);
    }
  }
  out.stopped = stopped();
  return out;
}

}  // namespace lockstep::unbounded
