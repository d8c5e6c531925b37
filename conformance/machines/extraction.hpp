// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <array>
#include <functional>
#include <map>
#include <set>
#include <string>
#include <vector>

#include "machines/discovery.hpp"
#include "machines/protocol_error.hpp"
#include "machines/world.hpp"
#include "model/automaton.hpp"

namespace lockstep {

class SymbolicMachine;

/// The code does what the automaton of its sites could not say: a site with two meanings, a value
/// used after it may have changed, a local without a name.
class Drift : public ProtocolError {
 public:
  using ProtocolError::ProtocolError;
};

/// What the numbers are that a protocol is built with: those of the model, or variables of their
/// names, which the automaton's terms then mention.
enum class Parameters { given, open };

/// One run of a task on terms after another, each following other branches, until every combination
/// of branches between two sites has been followed: the site automaton. A site is expanded twice,
/// and again for every two nodes that were just before it, and all must say the same: so a helper
/// whose names stand at two program points is noticed. What is hidden deeper than that (a counter
/// of rounds) is found by the random walks of `shake`.
class Extraction {
 public:
  using Code = std::function<void(SymbolicMachine&)>;
  Extraction(const World& world, std::size_t role, Parameters parameters = Parameters::given)
      : world_(world), role_(role), parameters_(parameters) {}
  /// To learn what the code says of its world, which need not know the role's locals.
  Extraction(const World& world, std::size_t role, Discovery& discovery)
      : world_(world), role_(role), parameters_(Parameters::given), discovery_(&discovery) {}

  /// Throws Drift.
  Automaton run(const Code& code);

  // ---- for the machine ----

  const World& world() const { return world_; }
  std::size_t role() const { return role_; }
  /// A number that the protocol is built with: its value, or a variable where it stays open.
  Term parameter(const std::string& name, Atom value);
  /// The task arrives at a program point; `node` is all that the call says of it.
  void arrive(Node node);
  /// The task goes nowhere from where it has arrived.
  [[noreturn]] void end() { throw Finished{}; }
  /// Which way? Follows the script, then true first. `born`: the segment of the condition's values.
  bool decide(const Term& condition, std::size_t born);
  /// A choice between `ways` that no value decides.
  std::uint32_t branch(std::uint32_t ways);
  void assume(const Term& condition);
  Term argument(const std::vector<Atom>& domain);
  Term peek(CellTerm cell);
  /// Throws ProtocolError where the role's tasks are not called as the objects of the kind are.
  void check_own(std::string_view kind) const;
  /// Throws ProtocolError where a task that stays at the point would be a deadlock.
  void check_rest(std::string_view point) const;
  void update(const std::string& local, Term value);
  /// What a local of that name is when it is dead. Throws ProtocolError where the world has none,
  /// or one of another sort.
  Atom dead(std::string_view local, Sort sort, std::string_view values);
  /// A local begins to live, and ends; two of one name would be one variable of the automaton.
  void birth(const std::string& local);
  void death(const std::string& local) { alive_.erase(local); }
  bool lives(const std::string& local) const { return alive_.contains(local); }
  std::size_t segment() const { return segment_; }
  /// Between begin_site() and arrive() the terms of a site are made.
  void begin_site(std::string_view name) {
    at_site_ = true;
    site_ = name;
  }
  bool at_site() const { return at_site_; }
  /// May a value that was read in segment `born` be used now? Throws Drift if not.
  void check_use(const Term& value, std::size_t born) const;

 private:
  struct Finished {};  ///< thrown to leave a run
  /// What has been found between a node and the next.
  struct Segment {
    std::int64_t from = -1;
    std::size_t visit = 0;
    AutomatonEdge edge;
    std::map<std::string, Term> updates;
    std::vector<std::pair<Term, bool>> decided;
  };

  /// How an arrival came about: the one before it, and what was decided since. 0: the run begins.
  using Way = std::pair<std::size_t, std::vector<std::uint32_t>>;
  struct Arrival {
    std::size_t id;
    std::uint32_t node;
    std::size_t visit;
  };

  /// A value that was read at the last stop, in words: `(what Get read + 1)`.
  std::string in_words(const Term& value) const;
  void begin(std::int64_t from, std::size_t visit);
  void check_cells(const Node& node);
  /// Throws ProtocolError where the world has no such cell. `where`: the site.
  void check_cell(const CellTerm& cell, const std::string& where, bool every = false);
  void hold_life(const Node& node) const;
  void hold_values(const Term& term);
  void hold_values(const CellTerm& cell);
  void hold_values(const Node& node);
  void hold_values(const AutomatonEdge& edge);
  Arrival arrival(const Node& node);
  void discover(const Node& node);
  std::uint32_t node_number(const Node& node);
  void add_edge(std::uint32_t to);
  void finish();
  Atom look_up(std::string_view local, Sort sort, std::string_view values);
  std::uint32_t follow(std::uint32_t ways);

  const World& world_;
  std::size_t role_;
  Parameters parameters_;
  Discovery* discovery_ = nullptr;
  Automaton automaton_;
  std::map<std::string, std::uint32_t> numbers_;
  std::vector<std::string> node_texts_;
  /// One way of reaching a node, and what followed.
  struct Visit {
    std::set<std::string> alive;  ///< the locals that lived on arrival; the others are dead
    std::map<std::string, AutomatonEdge> edges;  ///< by their text
  };
  /// The edges of a visit by their text, but for updates that say of a local that it is dead where
  /// it was so before in one of the two.
  std::map<std::string, AutomatonEdge> compared(const Visit& visit, const Visit& other) const;
  std::vector<std::vector<Visit>> found_;  ///< for each node: its visits that are followed
  std::map<Way, Arrival> arrivals_;        ///< of all runs
  /// The nodes that were arrived at with the two before them: each such way is followed.
  std::set<std::array<std::int64_t, 3>> followed_;
  std::int64_t before_ = -1;  ///< the node before `now_.from`
  std::vector<std::uint32_t> script_, decisions_;
  std::vector<std::vector<std::uint32_t>> pending_;
  std::size_t segment_ = 0, arguments_ = 0, most_arguments_ = 0;
  std::size_t arrived_ = 0, since_ = 0;  ///< the last arrival, and how much was decided by then
  bool after_point_ = false, at_site_ = false;
  std::string site_;  ///< whose terms are made
  Segment now_;
  std::set<std::string> alive_;       ///< the locals that live
  std::map<std::string, Atom> dead_;  ///< what each local that has been met is when it is dead
};

}  // namespace lockstep
