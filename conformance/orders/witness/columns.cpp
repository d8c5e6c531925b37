// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/witness/columns.hpp"

#include <algorithm>
#include <set>

#include "orders/witness/cycle.hpp"
#include "orders/witness/witness_dot.hpp"

namespace lockstep::orders {

namespace {

class Writer {
 public:
  Writer(const Program& program, const Execution& execution, const Symbols& symbols)
      : program_{program}, x_{execution}, symbols_{symbols} {}

  Columns write(const Breach& against, const Program* stronger) {
    Columns out;
    out.tasks = program_.threads;
    const std::set<std::string> met = meeting_places();
    for (const int e : sequence()) {
      if (write_half(e)) continue;
      out.rows.push_back(row(e));
      const Event& event = program_.events[e];
      const bool access = event.act == Act::read || event.act == Act::write;
      out.rows.back().matters =
          std::ranges::find(against.events, e) != against.events.end() ||
          (access ? met.contains(cell(event)) : event.act == Act::fence || against.axiom == "rcu");
    }
    cells(out);
    if (against.axiom.empty()) return out;
    out.law = against.axiom;
    std::vector<CycleStep> steps;
    for (const CycleStep& step : spelt_out(program_, x_, against.events)) {
      // The two halves of an RMW have one name.
      if (!steps.empty() && name(steps.back().event) == name(step.event)) {
        const int event = steps.back().event;
        steps.back() = step;
        steps.back().event = event;
      } else {
        steps.push_back(step);
      }
    }
    find_causes(steps, stronger == nullptr ? program_ : *stronger, x_, against);
    for (const CycleStep& step : steps) {
      out.cycle.push_back(name(step.event));
      out.steps.push_back(step.to_next);
    }
    out.words = in_words(program_, x_, steps, stronger, symbols_);
    return out;
  }

 private:
  bool write_half(int e) const {
    const Event& event = program_.events[e];
    return event.in_rmw && event.act == Act::write;
  }
  std::string name(int e) const { return name_of_event(program_, e); }
  std::string cell(const Event& e) const { return cell_in(x_, e.cell, symbols_); }

  /// The cells that one task writes and another one reads or writes.
  std::set<std::string> meeting_places() const {
    std::map<std::string, std::set<int>> readers, writers;
    for (const Event& e : program_.events) {
      if (!x_.happened[e.id] || e.thread == initial_thread) continue;
      if (e.act == Act::read) readers[cell(e)].insert(e.thread);
      if (e.act == Act::write) writers[cell(e)].insert(e.thread);
    }
    std::set<std::string> out;
    for (const auto& [name, by] : writers) {
      std::set<int> all = readers[name];
      all.insert(by.begin(), by.end());
      if (all.size() > 1) out.insert(name);
    }
    return out;
  }

  /// Tasks side by side: each in its own order, a read after what it reads from where that can be.
  std::vector<int> sequence() const {
    std::vector<std::vector<int>> rest(program_.threads.size());
    for (const Event& e : program_.events) {
      if (e.thread != initial_thread && x_.happened[e.id]) rest[e.thread].push_back(e.id);
    }
    std::set<int> done;
    const auto ready = [&](int e) {
      const auto from = x_.reads_from.find(e);
      return from == x_.reads_from.end() || done.contains(from->second) ||
             program_.events[from->second].thread == initial_thread;
    };
    std::vector<int> out;
    std::size_t task = 0, waiting = 0;
    while (std::ranges::any_of(rest, [](const auto& r) { return !r.empty(); })) {
      std::vector<int>& mine = rest[task];
      // Stay with a task while it can go on; when none can, the cycle is broken at the next one.
      if (!mine.empty() && (ready(mine.front()) || waiting >= rest.size())) {
        done.insert(mine.front());
        out.push_back(mine.front());
        mine.erase(mine.begin());
        waiting = 0;
      } else {
        task = (task + 1) % rest.size();
        ++waiting;
      }
    }
    return out;
  }

  Columns::Row row(int id) const {
    const Event& e = program_.events[id];
    Columns::Row r{e.thread, e.site, std::string{spoken(e, e.order)}, {}, {}};
    if (e.act == Act::read) {
      r.text = cell(e) + " -> " + symbols_.text(x_.values[id]);
      if (e.in_rmw) {
        if (!x_.happened[e.partner]) r.order = spoken(e, e.order_if_failed.value_or(e.order));
        r.text += x_.happened[e.partner] ? " = " + symbols_.text(x_.values[e.partner]) : " failed";
      }
      if (const auto w = x_.reads_from.find(id); w != x_.reads_from.end()) {
        r.reads_from = name(w->second);
      }
    } else if (e.act == Act::write) {
      r.text = cell(e) + " = " + symbols_.text(x_.values[id]);
    } else {
      r.text = e.act == Act::fence ? "fence" : std::string{name_of(e.act)};
      if (e.act != Act::fence) r.order.clear();
    }
    return r;
  }

  /// The order of the writes of each cell that more than one task writes.
  void cells(Columns& out) const {
    std::map<std::string, std::vector<int>> writes;
    std::map<int, int> rank;
    for (const auto& [first, second] : x_.order) ++rank[second];
    for (const Event& e : program_.events) {
      if (e.act == Act::write && x_.happened[e.id]) writes[cell(e)].push_back(e.id);
    }
    for (auto& [field, events] : writes) {
      std::set<int> by;
      for (const int e : events) by.insert(program_.events[e].thread);
      by.erase(initial_thread);
      if (by.size() < 2) continue;
      std::ranges::sort(events, {}, [&rank](int e) { return rank[e]; });
      Columns::Cell c{field, {}};
      for (const int e : events) {
        c.writes.push_back(symbols_.text(x_.values[e]) + " (" + name(e) + ")");
      }
      out.cells.push_back(std::move(c));
    }
  }

  const Program& program_;
  const Execution& x_;
  const Symbols& symbols_;
};

}  // namespace

Columns columns(const Program& program, const Execution& execution, const Breach& against,
                const Symbols& symbols, const Program* stronger) {
  Columns out = Writer{program, execution, symbols}.write(against, stronger);
  out.dot = witness_dot(program, execution, against, symbols);
  return out;
}

}  // namespace lockstep::orders
