// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/first_violations.hpp"

#include <cstring>

#include "explore/state_set.hpp"

namespace lockstep {

namespace {

/// One level of states after the other.
class Levels final : public System::Visitor {
 public:
  Levels(System& system, SpecProperties& properties)
      : system_(system),
        properties_(properties),
        identity_(system.world().layout()),
        bytes_(system.snapshot_bytes()),
        slots_(system.world().layout().size()),
        present_(bytes_) {}

  FirstViolations run(const Workshop& workshop) {
    FirstViolations out;
    system_.initial(present_.data());
    known_.insert(identity_(present()));
    next_ = present_;
    if (properties_.at_start(present().data())) {
      const StateView state = present();
      out.moments.push_back({State(state.begin(), state.end()), State(state.begin(), state.end())});
      return out;
    }
    while (!next_.empty() && found_.empty()) {
      ++out.steps;
      const std::vector<std::byte> level = std::move(next_);
      next_.clear();
      for (std::size_t at = 0; at < level.size(); at += bytes_) {
        if (at / bytes_ % 256 == 0 && workshop.on_progress) workshop.on_progress(states_);
        std::memcpy(present_.data(), level.data() + at, bytes_);
        system_.expand(present_.data(), *this);
      }
    }
    out.moments = std::move(found_);
    return out;
  }

 private:
  StateView present() const { return {reinterpret_cast<const Atom*>(present_.data()), slots_}; }

  void step(const Step&) override {
    const StateView before = present(), after = system_.state();
    const bool fresh = known_.insert(identity_(after));
    if (properties_.by(before.data(), after.data()) ||
        (fresh && properties_.rest_of(after.data()))) {
      found_.push_back({State(before.begin(), before.end()), State(after.begin(), after.end())});
    }
    if (!fresh) return;
    ++states_;
    next_.resize(next_.size() + bytes_);
    system_.save(next_.data() + next_.size() - bytes_);
  }
  void fault(const Step&, const std::string&) override {}

  System& system_;
  SpecProperties& properties_;
  StateIdentity identity_;
  std::size_t bytes_, slots_;
  std::vector<std::byte> present_, next_;
  StateSet known_;
  std::uint64_t states_ = 1;
  std::vector<Moment> found_;
};

}  // namespace

FirstViolations first_violations(const Subject& subject, const std::string& property,
                                 const Workshop& workshop) {
  const auto system = system_of(subject);
  AskedProperties asked(subject, system->world(), {property});
  return Levels(*system, asked.properties).run(workshop);
}

}  // namespace lockstep
