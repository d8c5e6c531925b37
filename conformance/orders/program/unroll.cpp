// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/program/unroll.hpp"

#include <algorithm>
#include <functional>

#include "model/verdict.hpp"
#include "orders/program/builder.hpp"

namespace lockstep::orders {

namespace {

/// Reads that a branch or a wait has tested.
struct Branch {
  std::uint32_t node;
  bool decides_all;  ///< of a wait
  std::vector<Dependency> reads;
};

/// What a path knows, besides where it stands in the tree of events.
struct Path {
  std::map<std::string, Term> locals;
  std::map<std::string, Term> names;  ///< arguments, peeks and what a site also loads
  std::map<std::uint32_t, int> visits;
  std::vector<Branch> branches;
  std::vector<std::pair<CellTerm, Term>> written;  ///< value null = not known
};

class Unrolling {
 public:
  Unrolling(Program& program, const TaskSpec& task, const Automaton& automaton,
            const Overrides& overrides)
      : program_{program},
        task_{task},
        automaton_{automaton},
        overrides_{overrides},
        thread_{program, task.name} {}

  std::vector<TaskEnd> run() {
    Path path;
    path.names["self"] = term::constant(task_.self);
    for (const std::string& local : automaton_.locals)
      path.locals[local] = term::constant(null_atom);
    for (const auto& [local, value] : task_.locals) {
      if (!path.locals.contains(local)) unknown("local", local);
      path.locals[local] = term::constant(value);
    }
    for (std::uint32_t n = 0; n < automaton_.nodes.size(); ++n) {
      if (automaton_.nodes[n].name == task_.start) {
        visit(n, path);
        return std::move(ends_);
      }
    }
    unknown("node", task_.start);
  }

 private:
  [[noreturn]] void unknown(const std::string& what, const std::string& name) const {
    throw InputError{"task " + task_.name, 0, 0,
                     "the automaton of " + automaton_.role + " has no " + what + " '" + name + "'"};
  }

  void visit(std::uint32_t n, Path path) {
    const Node& node = automaton_.nodes[n];
    const Term here = thread_.position().guard;
    if (task_.stop_at.contains(node.name)) {
      ends_.push_back({here, node.name, std::move(path.locals)});
      return;
    }
    if (++path.visits[n] > task_.visits) {
      program_.assumptions.push_back(term::negate(here));
      return;
    }
    set_control(n, path);
    const Term old = perform(n, node, path);
    if (!node.result.empty() && old != nullptr) path.locals[node.result] = old;
    leave(n, path, old);
  }

  /// The branches that decide whether the task comes to `n` at all.
  void set_control(std::uint32_t n, const Path& path) {
    std::vector<Dependency>& control = thread_.position().control;
    control.clear();
    for (const Branch& b : path.branches) {
      if (!b.decides_all && !avoidable(automaton_, b.node, n)) continue;
      control.insert(control.end(), b.reads.begin(), b.reads.end());
    }
  }

  Term resolve(const Term& t, const Path& path, const Term& old,
               const std::map<std::string, Term>& more = {}) const {
    return term::substitute(t, [&](const TermNode& v) {
      if (v.value != 0) return Term{};
      if (v.name == "@") return old;
      if (const auto found = more.find(v.name); found != more.end()) return found->second;
      if (const auto found = path.names.find(v.name); found != path.names.end())
        return found->second;
      if (const auto found = path.locals.find(v.name); found != path.locals.end())
        return found->second;
      unknown("local, choice or peek", v.name);
    });
  }
  CellTerm resolve(const CellTerm& cell, const Path& path, const Term& old,
                   const std::map<std::string, Term>& more = {}) const {
    return {cell.kind, cell.field, resolve(cell.object, path, old, more),
            resolve(cell.index, path, old, more)};
  }
  Order order_of(const std::string& site, Order declared) const {
    const auto found = overrides_.find(site);
    return found == overrides_.end() ? declared : found->second;
  }

  static bool mentions_old(const Term& t) {
    if (t == nullptr) return false;
    if (t->op == Op::variable) return t->name == "@";
    return std::ranges::any_of(t->args, mentions_old);
  }
  static bool speaks_of_old(const AutomatonEdge& e) {
    return mentions_old(e.condition) ||
           std::ranges::any_of(e.updates, [](const auto& u) { return mentions_old(u.value); });
  }
  bool needs_old(std::uint32_t n) const {
    const Node& node = automaton_.nodes[n];
    bool needs = !node.result.empty() || mentions_old(node.new_value) || mentions_old(node.guard);
    for (const AutomatonEdge& e : automaton_.edges) {
      needs = needs || (e.from == n && speaks_of_old(e));
    }
    return needs;
  }

  void grant(std::uint32_t n, const Term& guard, const Term& old, Path& path) {
    if (guard == nullptr) return;
    const Term granted = resolve(guard, path, old);
    thread_.assume(granted);
    // No read of spin_lock() decides a branch: the model has it as one operation, which waits.
    if (old != nullptr && thread_.last().has(Mark::lock)) return;
    path.branches.push_back({n, true, reads_of(granted, program_)});
  }

  void write_group(const Node& node, const Term& old, Path& path) {
    Order declared = node.order == Order::none ? Order::plain : node.order;
    if (node.kind == Kind::group) declared = order_of(node.name, declared);
    for (const GroupWrite& w : node.group) {
      const CellTerm cell = resolve(w.cell, path, old);
      const Term value = resolve(w.value, path, old);
      const std::string site = node.name + "." + w.cell.field;
      thread_.write(site, cell, value, order_of(site, declared));
      path.written.emplace_back(cell, value);
    }
  }

  /// What a spinlock's event is besides its order, which is a lock's no more once it is weakened.
  void mark(Mark what) {
    Event& last = thread_.last();
    last.marks |= static_cast<std::uint16_t>(what);
    if (last.in_rmw) program_.events[last.partner].marks = last.marks;
  }

  /// The events of a node; returns the value that it read, or null.
  Term perform(std::uint32_t n, const Node& node, Path& path) {
    const Order order = order_of(node.name, node.order);
    if (node.type == Node::Type::fence || node.kind == Kind::fence) {
      thread_.fence(node.name, order);
      return nullptr;
    }
    if (node.type == Node::Type::point) {
      grant(n, node.guard, nullptr, path);
      return nullptr;
    }
    if (node.every) {
      wait_for_every(n, node, order, path);
      return nullptr;
    }
    const bool frees = node.kind == Kind::free || node.kind == Kind::call_rcu;
    const bool accesses = !node.cell.field.empty() && !frees;
    const CellTerm cell = accesses ? resolve(node.cell, path, nullptr) : CellTerm{};
    for (const Peek& also : node.also) {
      path.names[also.name] = peek(node.name, resolve(also.cell, path, nullptr), path);
    }
    Term old;
    switch (node.kind) {
      case Kind::load:
      case Kind::wait:
        old = thread_.read(node.name, cell, order);
        grant(n, node.guard, old, path);
        return old;
      case Kind::store:
      case Kind::unlock: {
        if (needs_old(n)) {
          old = thread_.read(node.name, cell, order == Order::plain ? order : Order::once);
        }
        grant(n, node.guard, old, path);
        const Term value = resolve(node.new_value, path, old);
        if (order == Order::full)
          thread_.store_mb(node.name, cell, value);
        else
          thread_.write(node.name, cell, value, order);
        if (node.spinlock && order == node.order) mark(Mark::unlock);
        // A store of declared `full` keeps its fence, as an empty one, when it is weakened, so
        // that an event has the same number under all orders.
        if (node.order == Order::full && order != Order::full) {
          thread_.fence(node.name, Order::none);
        }
        path.written.emplace_back(cell, value);
        return old;
      }
      case Kind::rmw:
      case Kind::lock: {
        const Term value = resolve(node.new_value, path, nullptr);
        old = thread_.rmw(node.name, cell, order, value, resolve(node.writes_if, path, nullptr));
        if (node.spinlock && order == node.order) mark(Mark::lock);
        if (node.noreturn) mark(Mark::noreturn);
        grant(n, node.guard, old, path);
        path.written.emplace_back(cell, nullptr);
        return old;
      }
      case Kind::rcu_lock: thread_.rcu_lock(node.name); break;
      case Kind::rcu_unlock: thread_.rcu_unlock(node.name); break;
      // synchronize_rcu() is one event, where it begins: nothing stands between that and its end.
      // A question that begins with the task inside has none, and promises nothing of it.
      case Kind::sync:
        if (order == Order::grace)
          thread_.grace(node.name);
        else
          thread_.fence(node.name, order);
        break;
      default: break;
    }
    grant(n, node.guard, nullptr, path);
    write_group(node, nullptr, path);
    return nullptr;
  }

  /// A load of each element that the question has a cell for.
  void wait_for_every(std::uint32_t n, const Node& node, Order order, Path& path) {
    const CellTerm array = resolve(node.cell, path, nullptr);
    std::vector<CellTerm> elements;
    for (const Event& e : program_.events) {
      if (e.thread == initial_thread && e.cell.field == array.field &&
          term::equal(e.cell.object, array.object)) {
        elements.push_back(e.cell);
      }
    }
    if (elements.empty()) {
      throw InputError{"task " + task_.name, 0, 0,
                       "site " + node.name + " waits for every element of " + array.field +
                           "; expected cells for them"};
    }
    for (const CellTerm& element : elements) {
      grant(n, node.guard, thread_.read(node.name, element, order), path);
    }
  }

  Term peek(const std::string& site, const CellTerm& cell, const Path& path) {
    for (auto w = path.written.rbegin(); w != path.written.rend(); ++w) {
      const Term same = same_cell(w->first, cell);
      if (term::is_constant(same, 0)) continue;
      if (term::is_constant(same, 1) && w->second != nullptr) return w->second;
      break;
    }
    return thread_.read(site + "." + cell.field, cell, Order::plain);
  }

  /// A choice is one variable for all edges that leave this visit of the node.
  Term choose(const Choice& c, const std::string& site, const std::string& visit) {
    for (const std::string& name : {site + "." + c.name, c.name}) {
      if (const auto fixed = task_.choices.find(name); fixed != task_.choices.end()) {
        return term::constant(fixed->second);
      }
    }
    return declare(task_.name + "." + c.name + visit);
  }
  Term declare(const std::string& name) {
    Term variable = term::variable(name);
    for (const Term& known : program_.choices) {
      if (known->name == name) return known;
    }
    program_.choices.push_back(variable);
    return variable;
  }

  /// The way behind this visit of the site, where the question names it.
  const std::string* only_way(std::uint32_t n, const Path& path) const {
    const auto named = task_.next.find(automaton_.nodes[n].name);
    if (named == task_.next.end()) return nullptr;
    if (named->second.size() == 1) return &named->second.front();
    std::size_t visit = 0;
    for (const auto& [node, times] : path.visits) {
      if (automaton_.nodes[node].name == named->first) visit += static_cast<std::size_t>(times);
    }
    return visit > named->second.size() ? nullptr : &named->second[visit - 1];
  }

  void leave(std::uint32_t n, const Path& path, const Term& old) {
    struct Way {
      const AutomatonEdge* edge;
      Term taken;
      std::map<std::string, Term> names;
    };
    const std::string visit = "'" + std::to_string(++instances_);
    const Term here = thread_.position().guard;
    struct Peeked {
      CellTerm cell;
      Term when, value;
    };
    std::vector<Peeked> peeked;
    std::vector<Way> ways;
    bool last = true;
    const std::string* const only = only_way(n, path);
    for (const AutomatonEdge& e : automaton_.edges) {
      if (e.from != n) continue;
      last = false;
      if (only != nullptr && *only != automaton_.nodes[e.to].name) continue;
      Way way{&e, term::constant(1), {}};
      for (const Choice& c : e.choices) {
        const Term chosen = way.names[c.name] = choose(c, automaton_.nodes[n].name, visit);
        Term in_domain = term::constant(0);
        for (const Atom a : c.domain) {
          in_domain = term::either(in_domain, term::eq(chosen, term::constant(a)));
        }
        way.taken = term::both(way.taken, in_domain);
      }
      for (const Peek& p : e.peeks) {
        // The edges of one visit that look at the same cell, having come as far, do it by one read.
        const CellTerm cell = resolve(p.cell, path, old, way.names);
        const Term when =
            p.when == nullptr ? term::constant(1) : resolve(p.when, path, old, way.names);
        if (term::is_constant(when, 0)) {  // nor does the task come to the edge's end
          way.names[p.name] = term::constant(null_atom);
          continue;
        }
        auto known = std::ranges::find_if(peeked, [&](const Peeked& k) {
          return term::equal(k.when, when) && term::is_constant(same_cell(k.cell, cell), 1);
        });
        if (known == peeked.end()) {
          thread_.enter(when);
          peeked.push_back({cell, when, peek(automaton_.nodes[n].name, cell, path)});
          thread_.leave();
          known = std::prev(peeked.end());
        }
        way.names[p.name] = known->value;
      }
      if (old == nullptr && speaks_of_old(e)) unknown("value read at", automaton_.nodes[n].name);
      if (e.condition != nullptr) {
        way.taken = term::both(way.taken, resolve(e.condition, path, old, way.names));
      }
      if (!term::is_constant(way.taken, 0)) ways.push_back(std::move(way));
    }
    if (last) {
      ends_.push_back({here, {}, path.locals});
      return;
    }
    const bool opposite =
        ways.size() == 2 && term::equal(ways[0].taken, term::negate(ways[1].taken));
    const ThreadBuilder::Position fork = thread_.position();
    Term any = term::constant(0);
    for (std::size_t i = 0; i < ways.size(); ++i) {
      Way& way = ways[i];
      const std::vector<Dependency> tested = reads_of(way.taken, program_);
      // Where conditions overlap, which edge is taken is a choice of its own.
      if (ways.size() > 1 && !opposite) {
        const Term edge = declare(task_.name + ".edge" + visit);
        way.taken = term::both(way.taken, term::eq(edge, term::constant(static_cast<Atom>(i))));
      }
      any = term::either(any, way.taken);
      Path next = path;
      if (!tested.empty()) next.branches.push_back({n, false, tested});
      for (const auto& [local, value] : way.edge->updates) {
        next.locals[local] = resolve(value, path, old, way.names);
      }
      for (const auto& [name, value] : way.names) next.names[name] = value;
      thread_.position() = fork;
      thread_.position().guard = term::both(here, way.taken);
      this->visit(way.edge->to, std::move(next));
    }
    thread_.position() = fork;
    if (!opposite) thread_.assume(any);
  }

  Program& program_;
  const TaskSpec& task_;
  const Automaton& automaton_;
  const Overrides& overrides_;
  ThreadBuilder thread_;
  std::vector<TaskEnd> ends_;
  int instances_ = 0;
};

}  // namespace

bool avoidable(const Automaton& automaton, std::uint32_t from, std::uint32_t site) {
  std::map<std::uint32_t, int> state;  // 1 = on the way, 2 = done
  const std::function<bool(std::uint32_t)> escapes = [&](std::uint32_t n) {
    if (state[n] != 0) return state[n] == 1;  // a loop that misses the site
    state[n] = 1;
    bool end = true;
    for (const AutomatonEdge& e : automaton.edges) {
      if (e.from != n) continue;
      end = false;
      if (e.to != site && escapes(e.to)) return true;
    }
    state[n] = 2;
    return end;
  };
  return escapes(from);
}

std::vector<TaskEnd> unroll(Program& program, const TaskSpec& task, const Automaton& automaton,
                            const Overrides& overrides) {
  return Unrolling{program, task, automaton, overrides}.run();
}

}  // namespace lockstep::orders
