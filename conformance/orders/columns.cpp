// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/columns.hpp"

#include <algorithm>
#include <set>

namespace lockstep::orders {

namespace {

class Writer {
 public:
  Writer(const Program& program, const Execution& execution, const Symbols& symbols)
      : program_{program}, x_{execution}, symbols_{symbols} {}

  Columns write(const Breach& against) {
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
    for (const int e : against.events) out.cycle.push_back(name(e));
    return out;
  }

 private:
  bool write_half(int e) const {
    const Event& event = program_.events[e];
    return event.in_rmw && event.act == Act::write;
  }
  std::string name(int e) const {
    const Event& event = program_.events[e];
    return event.thread == initial_thread ? "init"
                                          : program_.threads[event.thread] + "." + event.site;
  }
  std::string cell(const Event& e) const {
    std::string out = e.cell.field;
    for (const Term& part : {e.cell.object, e.cell.index}) {
      if (part != nullptr) out += "[" + symbols_.text(value_in(x_, part)) + "]";
    }
    return out;
  }

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
    Columns::Row r{e.thread, e.site, std::string{lockstep::name_of(e.order)}, {}, {}};
    if (e.act == Act::read) {
      r.text = cell(e) + " -> " + symbols_.text(x_.values[id]);
      if (e.in_rmw) {
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

std::string joined(const std::vector<std::string>& parts, const char* between) {
  std::string out;
  for (const std::string& p : parts) out += (out.empty() ? "" : between) + p;
  return out;
}

}  // namespace

Columns columns(const Program& program, const Execution& execution, const Breach& against,
                const Symbols& symbols) {
  return Writer{program, execution, symbols}.write(against);
}

std::string text(const Columns& c) {
  const auto cell = [](const Columns::Row& r) {
    // `SITE.cell` of a group or of what a site also loads: the access says which cell.
    return r.site.substr(0, r.site.find('.')) + ": " + r.text +
           (r.order.empty() ? "" : " (" + r.order + ")") +
           (r.reads_from.empty() ? "" : " <- " + r.reads_from);
  };
  std::vector<std::size_t> width;
  for (const std::string& task : c.tasks) width.push_back(task.size());
  std::size_t others = 0;
  for (const auto& r : c.rows) {
    if (r.matters) width[r.task] = std::max(width[r.task], cell(r).size());
    if (!r.matters) ++others;
  }
  const auto line = [&](std::size_t task, const std::string& what) {
    std::string out;
    for (std::size_t t = 0; t < task; ++t) out += std::string(width[t] + 2, ' ');
    return out + what;
  };
  std::string out;
  for (std::size_t t = 0; t < c.tasks.size(); ++t) {
    const bool last = t + 1 == c.tasks.size();
    out += c.tasks[t] + (last ? "" : std::string(width[t] + 2 - c.tasks[t].size(), ' '));
  }
  out += "\n";
  for (const auto& r : c.rows) {
    if (r.matters) out += line(r.task, cell(r)) + "\n";
  }
  if (others > 0) {
    out += "(and " + std::to_string(others) + " that no other task can notice)\n";
  }
  for (const auto& w : c.cells) out += w.name + ": " + joined(w.writes, ", then ") + "\n";
  if (!c.law.empty()) {
    out +=
        "not possible under " + c.under + ", by " + c.law + ": " + joined(c.cycle, " -> ") + "\n";
  }
  return out;
}

nlohmann::json to_json(const Columns& c) {
  nlohmann::json rows = nlohmann::json::array(), cells = nlohmann::json::object();
  for (const auto& r : c.rows) {
    rows.push_back({{"task", c.tasks[r.task]},
                    {"site", r.site},
                    {"order", r.order},
                    {"text", r.text},
                    {"reads_from", r.reads_from}});
  }
  for (const auto& w : c.cells) cells[w.name] = w.writes;
  return {{"tasks", c.tasks}, {"rows", rows}, {"writes", cells},
          {"under", c.under}, {"law", c.law}, {"cycle", c.cycle}};
}

}  // namespace lockstep::orders
