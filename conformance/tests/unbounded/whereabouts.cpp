// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "whereabouts.hpp"

#include <algorithm>
#include <sstream>
#include <stdexcept>

#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "subject.hpp"
#include "tests/process.hpp"
#include "tla/evaluate.hpp"
#include "unbounded/asking.hpp"
#include "unbounded/engine.hpp"

namespace lockstep::testing {

namespace {

std::vector<std::string> pieces(const std::string& text) {
  std::vector<std::string> out;
  for (std::size_t from = 0; from <= text.size();) {
    const std::size_t to = std::min(text.find(" | ", from), text.size());
    out.push_back(text.substr(from, to - from));
    from = to + 3;
  }
  return out;
}

WhereaboutsTable read(const std::string& text) {
  WhereaboutsTable out;
  std::map<std::string, std::vector<std::string>> by_key;
  std::vector<std::vector<std::string>> words;
  std::istringstream lines(text);
  for (std::string line; std::getline(lines, line);) {
    if (line.starts_with('#')) continue;
    const std::size_t colon = line.find(": ");
    const std::string key = line.substr(0, colon);
    const auto values = pieces(line.substr(colon + 2));
    if (key == "claim") {
      out.claims.push_back({values.at(0), values.at(1)});
    } else if (key == "word") {
      words.push_back(values);
    } else if (!by_key.emplace(key, values).second) {
      throw std::runtime_error("whereabouts: a second " + key);
    }
  }
  for (const auto& word : words) {
    auto& made = out.vocabulary[word.front()];
    for (std::size_t i = 1; i < word.size(); ++i) {
      const auto claim = std::ranges::find(out.claims, word[i], &WhereaboutsTable::Claim::name);
      if (claim == out.claims.end()) throw std::runtime_error("no claim " + word[i]);
      made.insert(static_cast<std::size_t>(claim - out.claims.begin()));
    }
  }
  out.heading = by_key.at("heading").at(0);
  const auto& columns = by_key.at("columns");
  out.side = columns.at(0), out.place = columns.at(1), out.words = columns.at(2);
  out.inside = by_key.at("sides").at(0), out.outside = by_key.at("sides").at(1);
  out.sizes = by_key.at("sizes");
  out.object = by_key.at("object").at(0);
  out.split = by_key.at("split").at(0);
  out.at = by_key.at("at").at(0);
  out.nowhere = by_key.at("nowhere").at(0);
  return out;
}

/// The object is there.
std::string premise(const WhereaboutsTable& table, const Whereabouts& w) {
  std::string place = w.first.empty() ? table.nowhere : table.at;
  if (!w.first.empty()) place.replace(place.find("SITE"), 4, w.first);
  return "(" + place + ") /\\ " + (w.second ? "" : "~") + table.split;
}
std::string stated(const WhereaboutsTable& table, const Whereabouts& w, std::size_t claim) {
  return "\\A " + table.object + " : " + premise(table, w) + " => (" + table.claims[claim].says +
         ")";
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
      const bool out = unbounded::check(known_, milliseconds_) == z3::unsat;
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
  Seen(const WhereaboutsTable& table, const std::string& size)
      : table_(table),
        model_(model_of(size)),
        system_(model_->world(), model_->automata()),
        evaluate_(system_.world(), members(), {}) {
    for (const Automaton& automaton : model_->automata()) {
      for (const Node& node : automaton.nodes) {
        if (node.name.empty()) continue;
        for (const bool split : {false, true}) add({node.name, split});
      }
    }
    for (const bool split : {false, true}) add({"", split});
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
    std::vector<tla::Expr> stated;
    bool met = false;
    Known known;
  };

  void add(const Whereabouts& w) {
    One one;
    if (!w.first.empty()) one.place = system_.world().layout().symbols.find(w.first);
    one.there = formula("\\E " + table_.object + " : " + premise(table_, w));
    for (std::size_t c = 0; c < table_.claims.size(); ++c) {
      one.stated.push_back(formula(testing::stated(table_, w, c)));
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
      for (std::size_t c = 0; c < one.stated.size(); ++c) {
        if (one.known.violated.contains(c)) continue;
        if (evaluate_(one.stated[c], before, after) == 0) one.known.violated.insert(c);
      }
    }
  }

  const WhereaboutsTable& table_;
  std::unique_ptr<Model> model_;
  AutomatonSystem system_;
  tla::Evaluator evaluate_;
  std::map<Whereabouts, One> all_;
};

}  // namespace

const WhereaboutsTable& WhereaboutsTable::of_proved() {
  static const WhereaboutsTable table = read(text_of(
      LOCKSTEP_SOURCE_DIR "/conformance/tests/unbounded/whereabouts/" + proved().name + ".txt"));
  return table;
}

std::map<Whereabouts, Known> known_of(const WhereaboutsTable& table) {
  std::map<Whereabouts, Known> out;
  for (const std::string& size : table.sizes) {
    for (const auto& [w, known] : Seen(table, size).run()) {
      out[w].violated.insert(known.violated.begin(), known.violated.end());
    }
  }
  Shown shown;
  constexpr unsigned patient = 5'000, hasty = 100;
  for (std::size_t c = 0; c < table.claims.size(); ++c) {
    const std::string& says = table.claims[c].says;
    const bool of_steps = says.find('\'') != std::string::npos;
    // Usually all is shown that has not been seen to be otherwise, and one query of each step says
    // so.
    std::string together;
    for (const auto& [w, known] : out) {
      if (known.violated.contains(c)) continue;
      together += (together.empty() ? "(" : " \\/ (") + premise(table, w) + ")";
    }
    const bool all =
        !together.empty() &&
        shown("\\A " + table.object + " : (" + together + ") => (" + says + ")", of_steps, patient);
    for (auto& [w, known] : out) {
      const bool violated = known.violated.contains(c);
      if ((all && !violated) || shown(stated(table, w, c), of_steps, violated ? hasty : patient)) {
        known.shown.insert(c);
      }
    }
  }
  return out;
}

}  // namespace lockstep::testing
