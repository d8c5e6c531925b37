// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/extraction.hpp"

#include <algorithm>

#include "machines/automaton_text.hpp"
#include "machines/symbolic.hpp"

namespace lockstep {

std::size_t segment_of(const Extraction* run) { return run->segment(); }

SymbolicBool::operator bool() const {
  if (term->op == Op::constant) return term->value != 0;
  return run->decide(term, born);
}

Automaton Extraction::run(const Code& code) {
  const auto& role = world_.spec().roles[role_];
  automaton_.role = role.name;
  for (const auto& local : role.locals) automaton_.locals.push_back(local.name);
  pending_.push_back({});
  while (!pending_.empty()) {
    script_ = std::move(pending_.back());
    pending_.pop_back();
    decisions_.clear();
    alive_.clear();
    arrivals_ = 0;
    after_point_ = false;
    begin(-1, 0);
    try {
      SymbolicMachine machine(*this);
      code(machine);
      throw Drift("the task of role '" + role.name + "' ended; tasks are endless");
    } catch (const Finished&) {
    }
  }
  finish();
  return std::move(automaton_);
}

void Extraction::begin(std::int64_t from, std::size_t visit) {
  now_ = {from, visit, {}, {}, {}};
  ++segment_;
}

std::uint32_t Extraction::node_number(const Node& node) {
  const auto [at, added] =
      numbers_.try_emplace(node.name, static_cast<std::uint32_t>(automaton_.nodes.size()));
  if (added) {
    automaton_.nodes.push_back(node);
    node_texts_.push_back(text(node, world_.layout().symbols));
    found_.emplace_back();
  } else if (node_texts_[at->second] != text(node, world_.layout().symbols)) {
    throw Drift("site " + node.name + " has two meanings: " + node_texts_[at->second] + " and " +
                text(node, world_.layout().symbols));
  }
  return at->second;
}

void Extraction::check_use(const Term& value, std::size_t born) const {
  if (at_site_ && born == segment_ + 1) return;  // of the site that is being made
  if (born != segment_) {
    throw Drift("a value that was read before the last site is used after it: " +
                term::text(value, world_.layout().symbols) + "; name it as a local");
  }
  if (!at_site_) return;
  term::substitute(value, [](const TermNode& variable) -> Term {
    if (!variable.name.starts_with("arg")) {
      throw Drift("a value without a name is carried to the next site: " + variable.name);
    }
    return nullptr;
  });
}

void Extraction::arrive(Node node) {
  at_site_ = false;
  const Node::Type type = node.type;
  const std::uint32_t number = node_number(node);
  if (now_.from < 0) {
    automaton_.start = number;
  } else {
    add_edge(number);
  }
  // Arguments may be mentioned until the task stops; the site after a point is no stop.
  if (type == Node::Type::site && !after_point_) arguments_ = 0;
  if (type == Node::Type::point) arguments_ = 0;
  if (type != Node::Type::fence) after_point_ = type == Node::Type::point;

  // A run is determined by its decisions, so these and the number of arrivals say which arrival
  // this is; one that an earlier run has made is not new.
  std::vector<std::uint32_t> way = decisions_;
  way.push_back(arrivals_++);
  const auto [visit, is_new] = visits_.try_emplace(std::move(way), found_[number].size());
  if (is_new) {
    if (found_[number].size() == 2) {
      visits_.erase(visit);
      throw Finished{};
    }
    found_[number].emplace_back();
  }
  begin(number, visit->second);
}

std::uint32_t Extraction::follow(std::uint32_t ways) {
  const std::size_t at = decisions_.size();
  const std::uint32_t way = at < script_.size() ? script_[at] : 0;
  if (at >= script_.size()) {
    for (std::uint32_t other = 1; other < ways; ++other) {
      pending_.push_back(decisions_);
      pending_.back().push_back(other);
    }
  }
  decisions_.push_back(way);
  return way;
}

Term Extraction::parameter(const std::string& name, Atom value) {
  if (parameters_ == Parameters::given) return term::constant(value);
  const auto [known, added] = automaton_.parameters.try_emplace(name, value);
  if (known->second != value) throw Drift("the parameter " + name + " has two values");
  return term::variable(name);
}

std::uint32_t Extraction::branch(std::uint32_t ways) { return follow(ways); }

bool Extraction::decide(const Term& condition, std::size_t born) {
  // There `@` is not what it is after the site; and what is decided before the first stop is of no edge.
  if (at_site_ || now_.from < 0) {
    throw Drift((at_site_ ? "a branch inside of a site: " : "a branch before the first stop: ") +
                term::text(condition, world_.layout().symbols));
  }
  check_use(condition, born);
  for (const auto& [decided, value] : now_.decided) {
    if (term::equal(decided, condition)) return value;
    if (term::equal(decided, term::negate(condition))) return !value;
  }
  const bool value = follow(2) == 0;
  now_.decided.emplace_back(condition, value);
  assume(value ? condition : term::negate(condition));
  return value;
}

void Extraction::assume(const Term& condition) {
  Term& all = now_.edge.condition;
  all = all == nullptr ? condition : term::both(all, condition);
}

Term Extraction::argument(const std::vector<Atom>& domain) {
  Choice choice{"arg" + std::to_string(arguments_++), domain, true};
  most_arguments_ = std::max(most_arguments_, arguments_);
  Term value = term::variable(choice.name);
  now_.edge.choices.push_back(std::move(choice));
  return value;
}

Term Extraction::peek(CellTerm cell) {
  std::string name = "peek" + std::to_string(now_.edge.peeks.size());
  now_.edge.peeks.push_back({name, std::move(cell)});
  return term::variable(std::move(name));
}

void Extraction::birth(const std::string& local) {
  if (!alive_.insert(local).second) throw Drift("two locals at a time have the name " + local);
}

void Extraction::update(const std::string& local, Term value) {
  now_.updates[local] = std::move(value);
}

void Extraction::add_edge(std::uint32_t to) {
  AutomatonEdge edge = now_.edge;
  edge.from = static_cast<std::uint32_t>(now_.from);
  edge.to = to;
  for (const auto& [local, value] : now_.updates) {
    const bool same = value->op == Op::variable && value->name == local;
    if (!same) edge.updates.push_back({local, value});
  }
  std::string key = text(edge, automaton_, world_);
  found_[edge.from][now_.visit].emplace(std::move(key), std::move(edge));
}

void Extraction::finish() {
  for (std::size_t n = 0; n < found_.size(); ++n) {
    const auto& visits = found_[n];
    for (const auto& [key, edge] : visits.front()) {
      if (visits.size() > 1 && !visits[1].contains(key)) {
        throw Drift("what follows site " + automaton_.nodes[n].name +
                    " depends on more than its locals: only one way of reaching it leads to " + key);
      }
      automaton_.edges.push_back(edge);
    }
    if (visits.size() > 1 && visits[1].size() != visits[0].size()) {
      throw Drift("what follows site " + automaton_.nodes[n].name +
                  " depends on more than its locals");
    }
  }
  if (const auto name = circle(automaton_); !name.empty()) {
    throw Drift("from " + name + " back to it no site is met");
  }
  for (std::size_t i = 0; i < most_arguments_; ++i) {
    automaton_.locals.push_back("arg" + std::to_string(i));
  }
}

}  // namespace lockstep
