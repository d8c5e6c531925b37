// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "holders.hpp"

#include <algorithm>

#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "subject.hpp"
#include "tla/evaluate.hpp"
#include "unbounded/asking.hpp"
#include "unbounded/engine.hpp"

namespace lockstep::testing {

namespace {

/// v is a VMA of those whereabouts.
std::string premise(const Whereabouts& w) {
  const std::string tree = w.second ? "InTree(v)" : "~InTree(v)";
  if (w.first.empty()) return "(\\A m \\in Mms : wvma[m] # v) /\\ " + tree;
  return "(\\E m \\in Mms : Has(m, v, {\"" + w.first + "\"})) /\\ " + tree;
}
std::string says(Claim claim) {
  switch (claim) {
    case nobody: return "Holders(v) = 0";
    case nobody_new:
      return "\\A r \\in Readers : rvma'[r] = v /\\ pc[r] \\notin Counted => pc'[r] \\notin "
             "Counted";
    case no_use: return "\\A r \\in Readers : rvma[r] = v => pc[r] \\notin Validated";
    case claims: break;
  }
  return "TRUE";
}
std::string stated(const Whereabouts& w, Claim claim) {
  return "\\A v \\in Vmas : " + premise(w) + " => (" + says(claim) + ")";
}

/// What the solver says.
class Shown {
 public:
  Shown() : engine_(invariant_alone(), 0), known_(engine_.solver()) {
    engine_.assume_invariant(known_, {});
  }
  /// Of every state, or of every step. What is false is not worth much time.
  bool operator()(const std::string& text, bool of_steps, unsigned milliseconds) {
    milliseconds_ = milliseconds;
    const unbounded::Named named{"claim", formula(text)};
    if (!of_steps) return contradicted(engine_.follows(named));
    for (std::size_t way = 0; way < engine_.ways().size(); ++way) {
      known_.push();
      engine_.assume_step(known_, way);
      const bool shown = contradicted(engine_.done(way, named));
      known_.pop();
      if (!shown) return false;
    }
    return true;
  }

 private:
  static unbounded::Question invariant_alone() {
    static const ProofSubject subject = subject_of("holds");
    return subject.question;
  }
  bool contradicted(const std::vector<unbounded::Goal>& goals) {
    return std::ranges::all_of(goals, [&](const unbounded::Goal& goal) {
      known_.push();
      for (const z3::expr& e : goal.denial) known_.add(e);
      unbounded::limit(known_, milliseconds_);
      const bool out = known_.check() == z3::unsat;
      known_.pop();
      return out;
    });
  }
  unbounded::Engine engine_;
  z3::solver known_;
  unsigned milliseconds_ = 0;
};

/// What a model of some size comes to.
class Seen {
 public:
  explicit Seen(const std::string& size)
      : model_(model_of(size)),
        system_(model_->world(), model_->automata()),
        evaluate_(system_.world(), members(), {}) {
    const std::vector<Automaton> automata = model_->automata();
    for (const Node& node : automata.at(1).nodes) {
      if (node.name.empty()) continue;
      for (const bool tree : {false, true}) add({node.name, tree});
    }
    for (const bool tree : {false, true}) add({"", tree});
  }

  std::map<Whereabouts, Known> run() {
    SearchOptions options;
    options.step_monitors = {{"look", [this](const Atom* before, const Atom* after) {
                                look(before, after);
                                return true;
                              }}};
    search(system_, options);
    std::map<Whereabouts, Known> out;
    for (const auto& [w, one] : all_) {
      if (one.met) out.emplace(w, one.known);
    }
    return out;
  }

 private:
  struct One {
    Atom place = 0;
    tla::Expr there;
    std::array<tla::Expr, claims> stated;
    bool met = false;
    Known known;
  };

  void add(const Whereabouts& w) {
    One one;
    if (!w.first.empty()) one.place = system_.world().layout().symbols.find(w.first);
    one.there = formula("\\E v \\in Vmas : " + premise(w));
    for (std::size_t c = 0; c < claims; ++c) {
      one.stated[c] = formula(testing::stated(w, static_cast<Claim>(c)));
    }
    all_.emplace(w, std::move(one));
  }
  std::map<std::string, std::vector<Atom>> members() const {
    std::map<std::string, std::vector<Atom>> out;
    for (const auto& [set, objects] : objects_of_sets(*model_)) {
      for (const std::string& o : objects) {
        out[set].push_back(system_.world().layout().symbols.find(o));
      }
    }
    return out;
  }
  void look(const Atom* before, const Atom* after) {
    for (auto& [w, one] : all_) {
      const auto here = [&](const World::Task& task) { return before[task.pc] == one.place; };
      if (!w.first.empty() && std::ranges::none_of(system_.world().tasks(), here)) continue;
      if (evaluate_(one.there, before) == 0) continue;
      one.met = true;
      for (std::size_t c = 0; c < claims; ++c) {
        bool& violated = one.known.violated[c];
        violated = violated || evaluate_(one.stated[c], before, after) == 0;
      }
    }
  }

  std::unique_ptr<Model> model_;
  AutomatonSystem system_;
  tla::Evaluator evaluate_;
  std::map<Whereabouts, One> all_;
};

}  // namespace

std::map<Whereabouts, Known> known_of_holders(const std::vector<std::string>& sizes) {
  std::map<Whereabouts, Known> out;
  for (const std::string& size : sizes) {
    for (const auto& [w, known] : Seen(size).run()) {
      for (std::size_t c = 0; c < claims; ++c) {
        bool& violated = out[w].violated[c];
        violated = violated || known.violated[c];
      }
    }
  }
  Shown shown;
  constexpr unsigned patient = 5'000, hasty = 100;
  for (std::size_t c = 0; c < claims; ++c) {
    const Claim claim = static_cast<Claim>(c);
    const bool of_steps = claim == nobody_new;
    // Usually all is shown that has not been seen to be otherwise, and one query of each step says
    // so.
    std::string together;
    for (const auto& [w, known] : out) {
      if (!known.violated[c]) together += (together.empty() ? "(" : " \\/ (") + premise(w) + ")";
    }
    const bool all =
        !together.empty() &&
        shown("\\A v \\in Vmas : (" + together + ") => (" + says(claim) + ")", of_steps, patient);
    for (auto& [w, known] : out) {
      const bool here = all && !known.violated[c];
      known.shown[c] =
          here || shown(stated(w, claim), of_steps, known.violated[c] ? hasty : patient);
    }
  }
  return out;
}

}  // namespace lockstep::testing
