// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/step.hpp"

#include <map>
#include "machines/protocol_error.hpp"

#include "unbounded/terms.hpp"

namespace lockstep::unbounded {

namespace {

/// What a field of a page that went holds.
Value nothing(const Signature& signature, const Function& f, const Value& before) {
  if (f.null) return {before.term, signature.context().bool_val(true)};
  return {signature.null_of(f.value.range()), {}};
}

// The writes of a step outlive the performer: they hold the signature, and what they need of the
// step.
class Performer {
 public:
  Performer(const Signature& signature, const Automaton& automaton, const Way& way)
      : sig_(signature),
        automaton_(automaton),
        way_(way),
        step_{signature.fresh(signature.role(way.role), automaton.role),
              z3::expr_vector(sig_.context()),
              {},
              Structure(signature),
              {}},
        terms_(signature, step_.after, way.role, step_.task) {}

  SymbolicStep run() {
    const std::string& from = automaton_.nodes[way_.from].name;
    require(sig_.is_object(step_.task) && sig_.is_there(step_.task));
    require(pc().term == sig_.context().int_val(sig_.code(from)));
    std::uint32_t node = way_.from;
    for (const std::size_t e : way_.edges) {
      visit(automaton_.nodes[node]);
      if (node == way_.site) step_.at_site = step_.conditions.size();
      follow(automaton_.edges[e]);
      node = automaton_.edges[e].to;
    }
    const int to = sig_.code(automaton_.nodes[way_.to].name);
    step_.after.write(pc_function(), {step_.task}, {sig_.context().int_val(to), {}});
    return std::move(step_);
  }

 private:
  void require(const z3::expr& condition) { step_.conditions.push_back(condition.simplify()); }
  void oblige(std::string what, const z3::expr& holds) {
    z3::expr_vector when(sig_.context());
    for (const z3::expr& c : step_.conditions) when.push_back(c);
    step_.obligations.push_back({std::move(what), std::move(when), holds});
    // Once it is shown it may be relied on.
    require(holds);
  }
  std::size_t pc_function() const { return sig_.get("pc", step_.task.get_sort()); }
  Value pc() const { return step_.after.read(pc_function(), {step_.task}); }
  z3::expr slab_is(const z3::expr& object, const char* what) const {
    const std::size_t slab = sig_.get("slab", object.get_sort());
    return step_.after.read(slab, {object}).term == sig_.code(what);
  }

  z3::expr truth_of(const Term& term) { return with_numbers(terms_.truth(term)); }
  Value value_of(const Term& term, const z3::sort& sort) {
    return with_numbers(terms_.value(term, sort));
  }
  Value nullable_of(const Term& term) { return with_numbers(terms_.nullable(term)); }
  /// Nobody calculates with a number that is not there.
  template <class T>
  T with_numbers(T out) {
    for (const z3::expr& is_number : terms_.take_numbers()) {
      oblige("a calculation with what nobody has written", is_number);
    }
    return out;
  }

  struct Cell {
    std::size_t function;
    Structure::Arguments at;
  };
  /// The cell that a term names, which must be there.
  Cell cell(const CellTerm& cell) {
    const z3::sort sort = sig_.kind(cell.kind);
    const Value object = value_of(cell.object, sort);
    Cell out{sig_.get(cell.field, sort), {object.term}};
    const Function& f = sig_.functions()[out.function];
    oblige(cell.field + ": a wild reference", sig_.is_object(object.term));
    if (f.page) oblige(cell.field + ": use after free", !slab_is(object.term, "none"));
    if (cell.index != nullptr) {
      const Value index = value_of(cell.index, f.arguments.at(1));
      oblige(cell.field + ": no such element", sig_.is_object(index.term));
      out.at.push_back(index.term);
    }
    return out;
  }
  Value read(const Cell& cell) {
    const Value value = step_.after.read(cell.function, cell.at);
    if (value.null) {
      oblige(sig_.functions()[cell.function].variable + ": a read of what nobody has written",
             !*value.null);
      return {value.term, {}};
    }
    return value;
  }
  Value value_for(const Cell& cell, const Term& term) {
    Value out = value_of(term, sig_.functions()[cell.function].value.range());
    if (sig_.functions()[cell.function].null && !out.null)
      out.null = sig_.context().bool_val(false);
    return out;
  }
  void write(const Cell& cell, const Value& value, const Term& when = nullptr) {
    if (when == nullptr) {
      step_.after.write(cell.function, cell.at, value);
      return;
    }
    const z3::expr condition = truth_of(when);
    step_.after.write(cell.function, cell.at,
                      choose(condition, value, step_.after.read(cell.function, cell.at)));
  }

  void touch(Touch::Kind kind, const Cell& cell) {
    step_.touches.push_back({kind, cell.function, cell.at, sig_.context().bool_val(true)});
  }
  /// A plain increment reads its own cell; another store does not look at it.
  static bool reads_its_cell(const Term& written) {
    bool out = false;
    term::substitute(written, [&](const TermNode& node) -> Term {
      out = out || node.name == "@";
      return nullptr;
    });
    return out;
  }

  void visit(const Node& node) {
    if (node.type != Node::Type::site) return;
    for (std::size_t i = 0; i < node.also.size(); ++i) {
      const Cell target = cell(node.also[i].cell);
      touch(Touch::Kind::read, target);
      terms_.set(node.also[i].name, read(target));
    }
    switch (node.kind) {
      case Kind::rcu_lock: set_rcu(true); return;
      case Kind::rcu_unlock: rcu_unlock(); return;
      case Kind::alloc: allocate(node); return;
      case Kind::free:
      case Kind::call_rcu: free(node); return;
      case Kind::sync: sync(); return;
      case Kind::sync_end: wait_for_sections(); return;
      case Kind::store:
      case Kind::unlock: {
        const Cell target = cell(node.cell);
        if (reads_its_cell(node.new_value)) touch(Touch::Kind::read, target);
        touch(Touch::Kind::write, target);
        terms_.set("@", step_.after.read(target.function, target.at));
        write(target, value_for(target, node.new_value));
        return;
      }
      default: break;
    }
    if (node.every) {
      wait_for_every(node);
      return;
    }
    if (node.cell.object != nullptr) {
      const Cell target = cell(node.cell);
      const Value old = read(target);
      terms_.set("@", old);
      touch(node.new_value == nullptr ? Touch::Kind::read : Touch::Kind::write, target);
      step_.chosen.emplace_back(node.name + " reads", old.term);
      if (node.guard != nullptr) require(truth_of(node.guard));
      if (node.new_value != nullptr)
        write(target, value_for(target, node.new_value), node.writes_if);
      if (node.writes_if != nullptr) step_.touches.back().writes = truth_of(node.writes_if);
    }
    write_group(node);
  }

  /// The guard holds of every element, however many there are.
  void wait_for_every(const Node& node) {
    const z3::sort sort = sig_.kind(node.cell.kind);
    const Value object = value_of(node.cell.object, sort);
    oblige(node.cell.field + ": a wild reference", sig_.is_object(object.term));
    const std::size_t function = sig_.get(node.cell.field, sort);
    if (sig_.functions()[function].page) {
      throw ProtocolError("a wait for every " + node.cell.field +
                          " is not understood: its page may be gone");
    }
    const z3::expr i = sig_.fresh(sig_.functions()[function].arguments.at(1), "i");
    z3::expr_vector bound(sig_.context());
    bound.push_back(i);
    if (node.guard != nullptr) {
      terms_.set("@", step_.after.read(function, {object.term, i}));
      require(sig_.for_all(bound, z3::implies(sig_.is_object(i), truth_of(node.guard))));
    }
    for (const char* one : {"one", "another"}) {
      touch(Touch::Kind::read, {function, {object.term, sig_.fresh(i.get_sort(), one)}});
    }
  }

  /// A group is simultaneous: no write of it reads what another has written.
  void write_group(const Node& node) {
    std::vector<std::pair<Cell, Value>> writes;
    for (const GroupWrite& w : node.group) {
      const Cell target = cell(w.cell);
      touch(Touch::Kind::write, target);
      writes.emplace_back(target, value_for(target, w.value));
    }
    for (const auto& [target, value] : writes) write(target, value);
  }

  WorldSpec::Lifetime lifetime_of(const CellTerm& cell) const {
    return sig_.world().kind(cell.kind).lifetime;
  }

  void set_rcu(bool inside) {
    step_.after.write(sig_.get("rcu", step_.task.get_sort()), {step_.task},
                      {sig_.context().bool_val(inside), {}});
  }
  /// Every `grace` function of objects of that sort: by object and task of one role.
  std::vector<std::size_t> graces(const z3::sort& objects) const {
    std::vector<std::size_t> out;
    for (std::size_t i = 0; i < sig_.size(); ++i) {
      const Function& f = sig_.functions()[i];
      if (f.variable == "grace" && z3::eq(f.arguments.front(), objects)) out.push_back(i);
    }
    return out;
  }

  /// Ends the section; the pages for which `goes` holds go. That there is a moment at which a page
  /// may stay although it could go is more than the machines do: what is shown holds for both.
  void rcu_unlock() {
    set_rcu(false);
    for (const auto& kind : sig_.world().spec().kinds) {
      if (kind.waits()) end_grace(sig_.kind(kind.name));
    }
    const auto& roles = sig_.world().spec().roles;
    for (std::size_t r = 0; r < roles.size(); ++r) {
      if (roles[r].sync) end_waits(sig_.role(r));
    }
  }
  /// Nobody of that sort waits for this section any more.
  void end_waits(const z3::sort& waiting) {
    for (const std::size_t g : graces(waiting)) {
      const Function& grace = sig_.functions()[g];
      if (!z3::eq(grace.arguments[1], step_.task.get_sort())) continue;
      step_.after.change(g,
                         [task = step_.task](const Structure::Arguments& at, const Value& before) {
                           return choose(at[1] == task, {task.ctx().bool_val(false), {}}, before);
                         });
    }
  }
  void end_grace(const z3::sort& objects) {
    const z3::func_decl goes = fresh_predicate("goes", objects);
    end_waits(objects);
    const z3::expr v = sig_.fresh(objects, "v");
    z3::expr_vector pages(sig_.context());
    pages.push_back(v);
    require(sig_.for_all(pages, z3::implies(goes(v), slab_is(v, "free"))));
    for (const std::size_t g : graces(objects)) {
      const z3::expr q = sig_.fresh(sig_.functions()[g].arguments[1], "q");
      const z3::expr waits = step_.after.read(g, {v, q}).term;
      z3::expr_vector bound(sig_.context());
      bound.push_back(v);
      bound.push_back(q);
      require(sig_.for_all(bound, z3::implies(goes(v) && sig_.is_object(q), !waits)));
    }
    release(objects, [goes](const z3::expr& object) { return goes(object); });
  }

  /// The task waits for the sections that are open now; for its own it would for ever.
  void sync() {
    const auto own = sig_.find("rcu", step_.task.get_sort());
    if (own) {
      oblige("rcu: synchronize_rcu within a section", !step_.after.read(*own, {step_.task}).term);
    }
    for (const std::size_t g : graces(step_.task.get_sort())) note_sections(g, step_.task);
  }
  /// Of the sections that are open now, from then on who waits knows that.
  void note_sections(std::size_t grace, const z3::expr& waiting) {
    const std::size_t rcu = sig_.get("rcu", sig_.functions()[grace].arguments[1]);
    step_.after.change(grace, [waiting, now = step_.after, rcu](const Structure::Arguments& at,
                                                                const Value& before) {
      return choose(at[0] == waiting, now.read(rcu, {at[1]}), before);
    });
  }
  void wait_for_sections() {
    for (const std::size_t g : graces(step_.task.get_sort())) {
      const z3::expr q = sig_.fresh(sig_.functions()[g].arguments[1], "q");
      z3::expr_vector bound(sig_.context());
      bound.push_back(q);
      const z3::expr waits = step_.after.read(g, {step_.task, q}).term;
      require(sig_.for_all(bound, z3::implies(sig_.is_object(q), !waits)));
    }
  }

  z3::func_decl fresh_predicate(const char* hint, const z3::sort& of) {
    const z3::expr unique = sig_.fresh(of, hint);
    return sig_.context().function(unique.decl().name().str().c_str(), of, sig_.booleans());
  }

  /// The pages of which `goes` holds go, with all that is in them.
  void release(const z3::sort& objects, std::function<z3::expr(const z3::expr&)> goes) {
    const z3::expr none = sig_.context().int_val(sig_.code("none"));
    for (std::size_t i = 0; i < sig_.size(); ++i) {
      const Function& f = sig_.functions()[i];
      if (!f.page || !z3::eq(f.arguments.front(), objects)) continue;
      step_.after.change(
          i, [&sig = sig_, goes, &f](const Structure::Arguments& at, const Value& before) {
            return choose(goes(at.front()), nothing(sig, f, before), before);
          });
    }
    const std::size_t slab = sig_.get("slab", objects);
    step_.after.change(slab, [goes, none](const Structure::Arguments& at, const Value& before) {
      return choose(goes(at.front()), {none, {}}, before);
    });
  }

  void allocate(const Node& node) {
    const z3::sort sort = sig_.kind(node.cell.kind);
    const z3::expr object = value_of(node.cell.object, sort).term;
    oblige(node.cell.kind + ": a wild reference", sig_.is_object(object));
    const bool at_once = lifetime_of(node.cell) == WorldSpec::Lifetime::type_safe;
    require(at_once ? !slab_is(object, "used") : slab_is(object, "none"));
    step_.after.write(sig_.get("slab", sort), {object},
                      {sig_.context().int_val(sig_.code("used")), {}});
    for (const std::size_t g : graces(sort)) {
      step_.after.change(g, [object](const Structure::Arguments& at, const Value& before) {
        return choose(at[0] == object, {object.ctx().bool_val(false), {}}, before);
      });
    }
  }

  /// Freed while a section is open, the page stays until the sections of now have ended.
  void free(const Node& node) {
    const z3::sort sort = sig_.kind(node.cell.kind);
    const z3::expr object = value_of(node.cell.object, sort).term;
    oblige(node.cell.kind + ": a wild reference", sig_.is_object(object));
    oblige(node.cell.kind + ": double free", slab_is(object, "used"));
    if (node.kind == Kind::free && lifetime_of(node.cell) == WorldSpec::Lifetime::freed) {
      release(sort, [object](const z3::expr& page) { return page == object; });
      return;
    }
    const z3::expr waits = sig_.fresh(sig_.booleans(), "waits");
    for (const std::size_t g : graces(sort)) {
      const z3::sort readers = sig_.functions()[g].arguments[1];
      const std::size_t rcu = sig_.get("rcu", readers);
      const Structure now = step_.after;
      const z3::expr q = sig_.fresh(readers, "q");
      z3::expr_vector bound(sig_.context());
      bound.push_back(q);
      require(
          sig_.for_all(bound, z3::implies(sig_.is_object(q) && now.read(rcu, {q}).term, waits)));
      note_sections(g, object);
    }
    if (!node.cell.field.empty()) {
      const std::size_t lost = sig_.get(node.cell.field, sort);
      const Value before = step_.after.read(lost, {object});
      step_.after.write(lost, {object}, nothing(sig_, sig_.functions()[lost], before));
    }
    step_.after.write(sig_.get("slab", sort), {object},
                      {sig_.context().int_val(sig_.code("free")), {}});
    release(sort, [object, waits](const z3::expr& page) { return page == object && !waits; });
  }

  void follow(const AutomatonEdge& edge) {
    for (const Choice& choice : edge.choices) {
      const auto sort = sig_.sort_of(choice.domain.at(0));
      for (const Atom atom : choice.domain) {
        const auto other = sig_.sort_of(atom);
        if (sort && other && z3::eq(*sort, *other)) continue;
        throw ProtocolError("a choice among other things than objects: " + choice.name);
      }
      const z3::expr chosen = sig_.fresh(*sort, choice.name);
      require(sig_.is_object(chosen) && sig_.is_there(chosen));
      terms_.set(choice.name, {chosen, {}});
      step_.chosen.emplace_back(choice.name, chosen);
    }
    for (const Peek& peek : edge.peeks) {
      // Where the task does not come to it, its cell need not be there.
      if (peek.when != nullptr) require(truth_of(peek.when));
      const Cell target = cell(peek.cell);
      touch(step_.at_site == 0 ? Touch::Kind::peek : Touch::Kind::late_peek, target);
      terms_.set(peek.name, read(target));
    }
    if (edge.condition != nullptr) require(truth_of(edge.condition));
    std::vector<std::pair<std::size_t, Value>> updates;
    for (const auto& [local, term] : edge.updates) {
      const std::size_t function = sig_.get(local, step_.task.get_sort());
      const Function& f = sig_.functions()[function];
      Value value = f.null ? nullable_of(term) : value_of(term, f.value.range());
      updates.emplace_back(function, value);
    }
    for (const auto& [function, value] : updates) {
      step_.after.write(function, {step_.task}, value);
    }
  }

  const Signature& sig_;
  const Automaton& automaton_;
  const Way& way_;
  SymbolicStep step_;
  Terms terms_;
};

}  // namespace

SymbolicStep perform(const Signature& signature, const Automaton& automaton, const Way& way) {
  return Performer(signature, automaton, way).run();
}

}  // namespace lockstep::unbounded
