// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "machines/extraction.hpp"
#include "machines/symbolic_values.hpp"

// The bodies of the symbolic values, which need to know the extraction.
namespace lockstep {

template <class K>
const Term& Symbolic<K>::fresh() const {
  if (born != 0) run->check_use(term, born);
  return term;
}

template <class K>
SymbolicLocal<K>::SymbolicLocal(Extraction& run, std::string_view name, Atom dead, Term value)
    : run_(&run), name_(name), dead_(dead) {
  run_->birth(name_);
  assign(std::move(value));
}

template <class K>
SymbolicLocal<K>::SymbolicLocal(SymbolicLocal&& other) noexcept
    : run_(other.run_),
      name_(other.name_),
      dead_(other.dead_),
      value_(other.value_),
      assigned_(other.assigned_),
      live_(other.live_) {
  other.live_ = false;
}

template <class K>
void SymbolicLocal<K>::assign(Term value) {
  run_->update(name_, value);
  value_ = std::move(value);
  assigned_ = run_->segment();
  live_ = true;
  forgotten_ = false;
}

template <class K>
void SymbolicLocal<K>::forget() {
  if (!live_) return;
  live_ = false;
  forgotten_ = true;
  value_ = term::constant(dead_);
  assigned_ = run_->segment();
  run_->death(name_);
  run_->update(name_, term::constant(dead_));
}

template <class K>
Term SymbolicLocal<K>::term() const {
  // A forgotten reference is Null, as on the stepped machine; its name must not be another local's.
  const bool is_null = forgotten_ && !std::is_same_v<K, int> && !run_->lives(name_);
  if (!live_ && !is_null) throw Drift("local " + name_ + " is used after it was forgotten");
  // A site speaks of the locals as they are when it is performed: after this segment's updates.
  return assigned_ == run_->segment() && !run_->at_site() ? value_ : term::variable(name_);
}

template <class K>
SymbolicLocal<K>::operator bool() const {
  return run_->decide(term::ne(term(), term::constant(0)), run_->segment());
}

}  // namespace lockstep
