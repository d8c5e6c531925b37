// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/views.hpp"

#include "unbounded/asking.hpp"
#include "unbounded/view_formula.hpp"

namespace lockstep::unbounded {

namespace {

/// An engine that knows the invariant, and that there is one object of the single sets.
struct Room {
  Engine engine;
  z3::solver known;
  FeatureTerms terms;
  std::vector<z3::expr> objects;  ///< of the view that is asked about

  Room(const Question& question, const ViewSpec& spec, unsigned few)
      : engine(question, few), known(engine.solver()), terms(engine, spec) {
    const Signature& sig = engine.signature();
    engine.assume_invariant(known, {});
    for (const auto& [name, set] : spec.sets) {
      objects.push_back(sig.fresh(engine.set_sort(set), name));
      known.add(sig.is_object(objects.back()) && sig.is_there(objects.back()));
    }
    for (const std::string& set : spec.single) {
      const z3::sort sort = engine.set_sort(set);
      const z3::expr only = sig.fresh(sort, "only"), x = sig.fresh(sort, "x");
      z3::expr_vector bound(sig.context());
      bound.push_back(x);
      known.add(sig.is_object(only) && sig.is_there(only));
      known.add(sig.for_all(bound, z3::implies(sig.is_object(x), x == only)));
    }
  }

  /// Objects of a sort that a step along the way may have to do with: what the locals of the tasks
  /// name that are spoken of, and what the step chooses.
  std::vector<z3::expr> concerned(const z3::sort& sort, std::size_t way) {
    const Signature& sig = engine.signature();
    std::vector<z3::expr> tasks{engine.step(way).task}, out;
    for (const z3::expr& object : objects) tasks.push_back(object);
    const auto add = [&](const z3::expr& object) {
      if (!z3::eq(object.get_sort(), sort)) return;
      for (const z3::expr& known_one : out) {
        if (z3::eq(known_one, object)) return;
      }
      out.push_back(object);
    };
    for (const z3::expr& task : tasks) {
      add(task);
      for (std::size_t f = 0; f < sig.size(); ++f) {
        const Function& function = sig.functions()[f];
        if (!function.role || function.sort != lockstep::Sort::name) continue;
        if (!z3::eq(function.arguments.front(), task.get_sort())) continue;
        add(engine.before().read(f, {task}).term);
      }
    }
    for (const auto& [name, chosen] : engine.step(way).chosen) add(chosen);
    return out;
  }

  /// That the views of all that are concerned are of the set: less than that all views are.
  void assume_views(const ViewSet& set, const ViewSpec& spec, std::size_t way) {
    std::vector<std::vector<z3::expr>> tuples{{}};
    for (const auto& [name, of] : spec.sets) {
      std::vector<std::vector<z3::expr>> longer;
      for (const auto& tuple : tuples) {
        for (const z3::expr& object : concerned(engine.set_sort(of), way)) {
          longer.push_back(tuple);
          longer.back().push_back(object);
        }
      }
      tuples = std::move(longer);
    }
    for (const auto& tuple : tuples) {
      known.add(in_view(set, tuple));
    }
  }
  /// Of another set of views than before.
  void forget_views() { said_.clear(); }

 private:
  /// If they are objects, their view is of the set. Other ways speak of the same: to say it takes
  /// longer than to add it.
  z3::expr in_view(const ViewSet& set, const std::vector<z3::expr>& tuple) {
    std::vector<unsigned> key;
    for (const z3::expr& object : tuple) key.push_back(object.id());
    const auto known_one = said_.find(key);
    if (known_one != said_.end()) return known_one->second.front();
    z3::expr_vector there(engine.signature().context());
    for (const z3::expr& object : tuple) there.push_back(engine.signature().is_object(object));
    std::vector<z3::expr> kept{z3::implies(z3::mk_and(there), terms.in(set, tuple, {}))};
    kept.insert(kept.end(), tuple.begin(), tuple.end());
    return said_.emplace(std::move(key), std::move(kept)).first->second.front();
  }

  std::map<std::vector<unsigned>, std::vector<z3::expr>> said_;  ///< of the set of this closure
};

View nearest(const Views& views, const View& to) {
  const View* best = nullptr;
  std::size_t least = to.size() + 1;
  for (const auto& [view, origin] : views) {
    std::size_t differ = 0;
    for (std::size_t i = 0; i < to.size(); ++i) differ += view[i] == to[i] ? 0 : 1;
    if (differ < least) {
      least = differ;
      best = &view;
    }
  }
  return best == nullptr ? View{} : *best;
}

}  // namespace

struct Closure::Rooms {
  Question question;
  ViewSpec spec;
  Room any;
  std::unique_ptr<Room> small;

  Rooms(const Question& q, const ViewSpec& s) : question(q), spec(s), any(question, spec, 0) {}
  Room& few() {
    if (!small) small = std::make_unique<Room>(question, spec, 3);
    return *small;
  }
};

Closure::Closure(const Question& question, const ViewSpec& spec)
    : rooms_(std::make_unique<Rooms>(question, spec)) {}
Closure::~Closure() = default;

std::vector<Closure::Escape> Closure::escapes(const Views& views, const Options& options) {
  const ViewSet set(views);
  rooms_->any.forget_views();
  if (rooms_->small) rooms_->small->forget_views();
  std::vector<Escape> out;
  const std::vector<Way>& ways = rooms_->any.engine.ways();
  const auto ask = [&](Room& room, std::size_t way, bool afresh, Escape& escape) {
    room.known.push();
    room.engine.assume_step(room.known, way);
    room.assume_views(set, rooms_->spec, way);
    room.known.add(!room.terms.in(set, room.objects, way));
    z3::solver fresh(room.known.ctx());
    limit(room.known, options.small_milliseconds);
    const z3::check_result result =
        afresh ? check_afresh(room.known.assertions(), options.query_milliseconds, fresh)
               : check(room.known, options.small_milliseconds);
    z3::solver& asked = afresh ? fresh : room.known;
    if (result == z3::sat) {
      Constants shown{{"task", room.engine.step(way).task}};
      for (const z3::expr& object : room.objects) shown.emplace_back("", object);
      const z3::model model = asked.get_model();
      escape.state = room.engine.describe(model, shown);
      escape.view = room.terms.shown(model, set, room.objects, way);
      escape.nearest = nearest(views, escape.view);
    }
    if (result == z3::unknown) escape.state = asked.reason_unknown();
    room.known.pop();
    return result;
  };
  for (std::size_t way = 0; way < ways.size(); ++way) {
    if (options.on_progress) options.on_progress(way, ways.size(), ways[way].name);
    Escape escape{ways[way].name, false, {}, {}, {}};
    z3::check_result result = ask(rooms_->any, way, false, escape);
    if (result == z3::unsat) continue;
    // That no way leads out where there are few objects says nothing; that one does, all.
    Escape small{escape.edge, false, {}, {}, {}};
    if (ask(rooms_->few(), way, false, small) == z3::sat) {
      escape = std::move(small);
      result = z3::sat;
    }
    if (result == z3::unknown) result = ask(rooms_->any, way, true, escape);
    if (result == z3::unsat) continue;
    escape.unknown = result == z3::unknown;
    out.push_back(std::move(escape));
    if (options.first_only) break;
  }
  return out;
}

std::pair<std::vector<View>, std::vector<View>> Closure::underived(const Views& views,
                                                                   const Options& options) {
  std::pair<std::vector<View>, std::vector<View>> out;
  const ViewSet set(views);
  Room& room = rooms_->few();
  const std::vector<Way>& ways = room.engine.ways();
  std::uint64_t done = 0;
  for (const auto& [view, origin] : views) {
    if (options.on_progress) options.on_progress(done++, views.size(), "views");
    if (!origin.before) continue;
    bool derived = false, unknown = false;
    for (std::size_t way = 0; way < ways.size() && !derived; ++way) {
      const auto& nodes = rooms_->question.automata[ways[way].role].nodes;
      if (ways[way].role != origin.role || nodes[ways[way].from].name != origin.from ||
          nodes[ways[way].to].name != origin.to) {
        continue;
      }
      room.known.push();
      room.engine.assume_step(room.known, way);
      const z3::expr& task = room.engine.step(way).task;
      if (origin.focus) room.known.add(task == room.objects[*origin.focus]);
      for (std::size_t i = 0; i < room.objects.size(); ++i) {
        const bool same_sort = z3::eq(room.objects[i].get_sort(), task.get_sort());
        if (same_sort && origin.focus != i) room.known.add(task != room.objects[i]);
      }
      room.known.add(room.terms.is(*origin.before, room.objects, {}));
      room.known.add(room.terms.is(view, room.objects, way));
      limit(room.known, options.query_milliseconds);
      const z3::check_result result = check(room.known, options.query_milliseconds);
      derived = result == z3::sat;
      unknown = unknown || result == z3::unknown;
      room.known.pop();
    }
    if (!derived) (unknown ? out.second : out.first).push_back(view);
  }
  return out;
}

namespace {

/// Is what is seen a condition? Then it is told as one: `AtHome(v)`, `~(AtHome(v))`.
bool is_condition(const tla::Expression& see) {
  using enum tla::Form;
  switch (see.form) {
    case negation:
    case conjunction:
    case disjunction:
    case implies:
    case equal:
    case less:
    case less_equal:
    case member:
    case for_all:
    case exists: return true;
    default: return false;
  }
}

std::string text(const Feature& feature, Atom value, const Symbols& symbols) {
  if (value == hidden) return feature.text + " not seen";
  if (value == other) return feature.text + " as in none";
  if (!is_condition(*feature.see)) return feature.text + " = " + symbols.text(value);
  return value != 0 ? feature.text : "~(" + feature.text + ")";
}

}  // namespace

std::string text(const ViewSpec& spec, const View& view, const Symbols& symbols,
                 const View* beside) {
  std::string out;
  for (std::size_t i = 0; i < view.size(); ++i) {
    if (beside == nullptr ? view[i] == hidden : (*beside)[i] == view[i]) continue;
    out += (out.empty() ? "" : ", ") + text(spec.features[i], view[i], symbols);
  }
  return out;
}

}  // namespace lockstep::unbounded
