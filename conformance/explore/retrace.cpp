// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "explore/retrace.hpp"

namespace lockstep {
namespace {

class Retrace : private System::Visitor {
 public:
  explicit Retrace(System& system) : system_(system) {}

  Behaviour follow(const std::vector<std::uint32_t>& ordinals) {
    std::vector<std::byte> current(system_.snapshot_bytes());
    next_ = current;
    system_.initial(current.data());
    const auto* atoms = reinterpret_cast<const Atom*>(current.data());
    out_.states.emplace_back(atoms, atoms + system_.world().layout().size());
    for (const std::uint32_t wanted : ordinals) {
      wanted_ = wanted;
      ordinal_ = 0;
      system_.expand(current.data(), *this);
      current = next_;
    }
    return std::move(out_);
  }

 private:
  void step(const Step& taken) override {
    if (ordinal_++ != wanted_) return;
    out_.steps.push_back(taken);
    out_.states.emplace_back(system_.state().begin(), system_.state().end());
    system_.save(next_.data());
  }
  void fault(const Step& taken, const std::string&) override {
    if (ordinal_++ == wanted_) out_.steps.push_back(taken);
  }

  System& system_;
  Behaviour out_;
  std::vector<std::byte> next_;
  std::uint32_t wanted_ = 0, ordinal_ = 0;
};

}  // namespace

Behaviour retrace(System& system, const std::vector<std::uint32_t>& ordinals) {
  return Retrace(system).follow(ordinals);
}

}  // namespace lockstep
