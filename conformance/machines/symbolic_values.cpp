// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/symbolic_values.hpp"

#include "machines/extraction.hpp"

namespace lockstep {

SymbolicVariable::SymbolicVariable(Extraction& run, std::string_view name, bool refers, Atom dead,
                                   Term value)
    : run_(&run), name_(name), refers_(refers), dead_(dead) {
  run_->birth(name_);
  assign(std::move(value));
}

SymbolicVariable::SymbolicVariable(SymbolicVariable&& other) noexcept
    : run_(other.run_),
      name_(other.name_),
      refers_(other.refers_),
      dead_(other.dead_),
      value_(other.value_),
      assigned_(other.assigned_),
      live_(other.live_) {
  other.live_ = false;
}

void SymbolicVariable::assign(Term value) {
  run_->update(name_, value);
  value_ = std::move(value);
  assigned_ = run_->segment();
  live_ = true;
  forgotten_ = false;
}

void SymbolicVariable::forget() {
  if (!live_) return;
  live_ = false;
  forgotten_ = true;
  value_ = term::constant(dead_);
  assigned_ = run_->segment();
  run_->death(name_);
  run_->update(name_, term::constant(dead_));
}

Term SymbolicVariable::term() const {
  // A forgotten reference is Null, as on the stepped machine; its name must not be another local's.
  const bool is_null = forgotten_ && refers_ && !run_->lives(name_);
  if (!live_ && !is_null) throw Drift("local " + name_ + " is used after it was forgotten");
  // A site speaks of the locals as they are when it is performed: after this segment's updates.
  return assigned_ == run_->segment() && !run_->at_site() ? value_ : term::variable(name_);
}

SymbolicVariable::operator bool() const {
  return run_->decide(term::ne(term(), term::constant(0)), run_->segment());
}

}  // namespace lockstep
