// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/extraction.hpp"

#include <algorithm>

#include "machines/automaton_text.hpp"
#include "machines/symbolic.hpp"
#include "model/step.hpp"

namespace lockstep {

std::size_t segment_of(const Extraction* run) {
  return run->segment();
}

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
    arrived_ = since_ = 0;
    after_point_ = false;
    before_ = -1;
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
    hold_life(node);
    hold_values(node);
    automaton_.nodes.push_back(node);
    node_texts_.push_back(text(node, world_.layout().symbols));
    found_.emplace_back();
  } else if (node_texts_[at->second] != text(node, world_.layout().symbols)) {
    throw Drift("site " + node.name + " has two meanings: " + node_texts_[at->second] + " and " +
                text(node, world_.layout().symbols));
  }
  return at->second;
}

/// Nothing is allocated or freed of a kind whose objects are kept; and a kind whose objects may be
/// used anew at once has no word for those that may not yet.
void Extraction::hold_life(const Node& node) const {
  const bool lives =
      node.kind == Kind::alloc || node.kind == Kind::free || node.kind == Kind::call_rcu;
  if (node.type != Node::Type::site || !lives) return;
  if (node.kind == Kind::call_rcu &&
      world_.kind(node.cell.kind).lifetime == WorldSpec::Lifetime::type_safe) {
    throw ProtocolError("site " + node.name + " hands an object of kind " + node.cell.kind +
                        " to call_rcu(), and the registration says that it is type-safe; "
                        "expected that it is freed, or rcu_freed");
  }
  if (world_.spec().has_pages(node.cell.kind)) return;
  throw ProtocolError("site " + node.name + (node.kind == Kind::alloc ? " allocates" : " frees") +
                      " an object of kind " + node.cell.kind +
                      ", which the registration keeps for ever; expected another lifetime of it");
}

/// The code names no value that the registration does not list.
void Extraction::hold_values(const Term& term) {
  if (term == nullptr) return;
  for (const Term& arg : term->args) hold_values(arg);
  if (term->op != Op::constant || !world_.is_value(term->value)) return;
  const std::string& name = world_.layout().symbols.name(term->value);
  const std::vector<std::string>& listed = world_.spec().values;
  if (std::ranges::find(listed, name) == listed.end()) {
    std::string known = "Null";
    for (const std::string& one : listed) known += ", " + one;
    throw ProtocolError("the code knows the model value " + name +
                        ", but the registration's .values list " + known + "; expected " + name +
                        " among them");
  }
  if (discovery_ != nullptr) discovery_->model_values.insert(name);
}

void Extraction::hold_values(const CellTerm& cell) {
  hold_values(cell.object);
  hold_values(cell.index);
}

void Extraction::hold_values(const Node& node) {
  hold_values(node.cell);
  for (const Term& term : {node.guard, node.new_value, node.writes_if}) hold_values(term);
  for (const GroupWrite& write : node.group) {
    hold_values(write.cell);
    hold_values(write.value);
  }
  for (const Peek& also : node.also) hold_values(also.cell);
}

void Extraction::hold_values(const AutomatonEdge& edge) {
  hold_values(edge.condition);
  for (const Peek& peek : edge.peeks) hold_values(peek.cell);
  for (const auto& [local, value] : edge.updates) hold_values(value);
}

void Extraction::check_use(const Term& value, std::size_t born) const {
  if (at_site_ && born == segment_ + 1) return;  // of the site that is being made
  if (born != segment_) {
    throw Drift("a value that was read before the last site is used after it: " +
                term::text(value, world_.layout().symbols) + "; name it as a local");
  }
  if (!at_site_) return;
  term::substitute(value, [&](const TermNode& variable) -> Term {
    if (!variable.name.starts_with("arg")) {
      throw Drift("a value without a name is carried to site " + site_ + ": " + in_words(value) +
                  "; name it before that site: m.named(\"next\"_local, ...)");
    }
    return nullptr;
  });
}

std::string Extraction::in_words(const Term& value) const {
  const Symbols& symbols = world_.layout().symbols;
  const auto from = static_cast<std::size_t>(now_.from);
  const std::string& last = now_.from < 0 ? automaton_.role : automaton_.nodes[from].name;
  const Term told = term::substitute(value, [&](const TermNode& variable) -> Term {
    if (variable.name == "@") return term::variable("what " + last + " read");
    for (const Peek& peek : now_.edge.peeks) {
      if (peek.name != variable.name) continue;
      return term::variable("the peek of " + peek.cell.field + "[" +
                            term::text(peek.cell.object, symbols) + "]");
    }
    if (variable.name.starts_with("also")) return term::variable("what " + last + " also read");
    return nullptr;
  });
  return term::text(told, symbols);
}

void Extraction::arrive(Node node) {
  at_site_ = false;
  const Node::Type type = node.type;
  if (type == Node::Type::point && after_point_) {
    throw Drift("point " + node.name + " comes directly after point " +
                automaton_.nodes[static_cast<std::size_t>(now_.from)].name +
                ": the step between them would have no site; make one point of both");
  }
  const Arrival at = arrival(node);
  // Arguments may be mentioned until the task stops; the site after a point is no stop.
  if (type == Node::Type::site && !after_point_) arguments_ = 0;
  if (type == Node::Type::point) arguments_ = 0;
  if (type != Node::Type::fence) after_point_ = type == Node::Type::point;
  before_ = type == Node::Type::point ? -1 : now_.from;
  arrived_ = at.id;
  since_ = decisions_.size();
  begin(at.node, at.visit);
}

Extraction::Arrival Extraction::arrival(const Node& node) {
  // A run is determined by its decisions. So these and the arrival before say which one this is;
  // what an earlier run has made of it holds, and of the step to it.
  Way way{arrived_, {decisions_.begin() + static_cast<std::ptrdiff_t>(since_), decisions_.end()}};
  const auto known = arrivals_.find(way);
  if (known != arrivals_.end()) return known->second;
  check_cells(node);
  if (discovery_ != nullptr) discover(node);
  const std::uint32_t number = node_number(node);
  if (now_.from < 0) {
    automaton_.start = number;
  } else {
    add_edge(number);
  }
  const bool other_way = followed_.insert({before_, now_.from, number}).second;
  if (!other_way && found_[number].size() >= 2) throw Finished{};
  const Arrival out{arrivals_.size() + 1, number, found_[number].size()};
  found_[number].push_back({alive_, {}});
  arrivals_.emplace(std::move(way), out);
  return out;
}

void Extraction::discover(const Node& node) {
  if (node.type == Node::Type::point) discovery_->points.insert(node.name);
  if (node.type != Node::Type::site) return;
  if (node.kind == Kind::rcu_lock) discovery_->rcu = true;
  if (node.kind == Kind::sync) discovery_->sync = true;
  if (node.kind == Kind::call_rcu) discovery_->call_rcu.insert(node.cell.kind);
}

void Extraction::check_cells(const Node& node) {
  check_cell(node.cell, node.name, node.every);
  for (const GroupWrite& write : node.group) check_cell(write.cell, node.name);
  for (const Peek& also : node.also) check_cell(also.cell, node.name);
}

void Extraction::check_cell(const CellTerm& cell, const std::string& where, bool every) {
  if (cell.field.empty()) return;
  const auto& fields = world_.spec().fields;
  const auto known = std::ranges::find(fields, cell.field, &WorldSpec::Field::name);
  const auto of = [](const std::string& kind, bool indexed) {
    return "of kind " + kind + (indexed ? ", indexed" : "");
  };
  const bool indexed = every || cell.index != nullptr;
  if (known == fields.end()) {
    throw ProtocolError(where + " accesses field " + cell.field + " " + of(cell.kind, indexed) +
                        ", which is not in the protocol's world; list it in the registration's "
                        ".fields, by variable_of()");
  }
  if (known->kind != cell.kind || known->index.empty() == indexed) {
    throw ProtocolError(where + " accesses field " + cell.field + " " + of(cell.kind, indexed) +
                        "; in the registration's .fields it is " +
                        of(known->kind, !known->index.empty()));
  }
  if (discovery_ != nullptr) discovery_->fields.insert(cell.field);
}

void Extraction::check_own(std::string_view kind) const {
  const auto& role = world_.spec().roles[role_];
  const auto& objects = world_.kind(kind).objects;
  if (objects == role.tasks) return;
  throw ProtocolError("own<" + std::string{kind} + ">() of role " + role.name +
                      " is the object that the task is called like, but tasks begin with " +
                      role.tasks.front() + " and objects with " + objects.front() +
                      "; give both one prefix and one count in the registration");
}

void Extraction::check_rest(std::string_view point) const {
  const auto& role = world_.spec().roles[role_];
  if (std::ranges::find(role.rests, point) != role.rests.end()) return;
  throw ProtocolError("a task stays at " + std::string{point} +
                      " for ever, which is a deadlock; list it among the rests of role " +
                      role.name + " in the registration");
}

Atom Extraction::dead(std::string_view local, Sort sort, std::string_view values) {
  const Atom value = look_up(local, sort, values);
  dead_[std::string{local}] = value;
  return value;
}

Atom Extraction::look_up(std::string_view local, Sort sort, std::string_view values) {
  const std::string& role = world_.spec().roles[role_].name;
  const std::string kind{values.empty() && sort == Sort::name ? "role " + role : values};
  if (discovery_ != nullptr) {
    discovery_->local(local, sort, kind);
    return sort == Sort::boolean ? 0 : null_atom;
  }
  const World::LocalSlots* known = world_.find_local(role_, local);
  if (known == nullptr) {
    throw ProtocolError("local " + std::string{local} + " of role " + role +
                        " is not in the protocol's world; its registration has to list a form that "
                        "names it");
  }
  if ((known->sort == Sort::boolean) != (sort == Sort::boolean)) {
    throw ProtocolError("local " + std::string{local} + " of role " + role +
                        " holds a truth value here and another value elsewhere");
  }
  return known->dead;
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

std::uint32_t Extraction::branch(std::uint32_t ways) {
  return follow(ways);
}

bool Extraction::decide(const Term& condition, std::size_t born) {
  // There `@` is not what it is after the site; and what is decided before the first stop is of no
  // edge.
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
  if (arguments_ == Step::max_args) {
    throw ProtocolError("a step chooses more than " + std::to_string(Step::max_args) +
                        " objects, more than a step can hold; name a point between them");
  }
  Choice choice{"arg" + std::to_string(arguments_++), domain};
  most_arguments_ = std::max(most_arguments_, arguments_);
  Term value = term::variable(choice.name);
  now_.edge.choices.push_back(std::move(choice));
  return value;
}

Term Extraction::peek(CellTerm cell) {
  check_cell(cell, "a peek");
  std::string name = "peek" + std::to_string(now_.edge.peeks.size());
  now_.edge.peeks.push_back({name, std::move(cell), now_.edge.condition});
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
  hold_values(edge);
  std::string key = text(edge, automaton_, world_);
  found_[edge.from][now_.visit].edges.emplace(std::move(key), std::move(edge));
}

std::map<std::string, AutomatonEdge> Extraction::compared(const Visit& visit,
                                                          const Visit& other) const {
  std::map<std::string, AutomatonEdge> out;
  for (const auto& [key, edge] : visit.edges) {
    AutomatonEdge stripped = edge;
    std::erase_if(stripped.updates, [&](const AutomatonEdge::Update& update) {
      if (visit.alive.contains(update.local) && other.alive.contains(update.local)) return false;
      const auto dead = dead_.find(update.local);
      return dead != dead_.end() && term::is_constant(update.value, dead->second);
    });
    out.emplace(text(stripped, automaton_, world_), edge);
  }
  return out;
}

void Extraction::finish() {
  for (std::size_t n = 0; n < found_.size(); ++n) {
    const auto& visits = found_[n];
    const auto refuse = [&](const std::string& key) {
      throw Drift("what follows site " + automaton_.nodes[n].name +
                  " depends on more than its locals: only one way of reaching it leads to " + key +
                  "; a site at two program points needs two names");
    };
    std::map<std::string, AutomatonEdge> edges = visits.front().edges;
    for (std::size_t v = 1; v < visits.size(); ++v) {
      const auto first = compared(visits.front(), visits[v]);
      const auto other = compared(visits[v], visits.front());
      for (const auto& [key, edge] : first) {
        if (!other.contains(key)) refuse(key);
      }
      for (const auto& [key, edge] : other) {
        const auto same = first.find(key);
        if (same == first.end()) refuse(key);
        // A local that lives in the other alone dies there: said of both, it is true of both.
        auto& updates = edges.at(text(same->second, automaton_, world_)).updates;
        for (const auto& update : edge.updates) {
          const auto known =
              std::ranges::find(updates, update.local, &AutomatonEdge::Update::local);
          if (known == updates.end()) updates.push_back(update);
        }
      }
    }
    for (const auto& [key, edge] : edges) automaton_.edges.push_back(edge);
  }
  if (const auto name = circle(automaton_); !name.empty()) {
    throw Drift("from " + name + " back to it no site is met");
  }
  for (std::size_t i = 0; i < most_arguments_; ++i) {
    automaton_.locals.push_back("arg" + std::to_string(i));
  }
}

}  // namespace lockstep
