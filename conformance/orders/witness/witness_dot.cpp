// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/witness/witness_dot.hpp"

#include <algorithm>

#include "orders/witness/cycle.hpp"

namespace lockstep::orders {

namespace {

std::string escaped(const std::string& text) {
  std::string out;
  for (const char c : text) out += c == '"' || c == '\\' ? std::string{'\\', c} : std::string{c};
  return out;
}

class Picture {
 public:
  Picture(const Program& program, const Execution& x, const Breach& against, const Symbols& symbols)
      : program_{program}, x_{x}, symbols_{symbols} {
    const std::vector<CycleStep> steps = spelt_out(program, x, against.events);
    for (std::size_t i = 0; i < steps.size(); ++i) {
      cycle_.insert({node_of(steps[i].event), node_of(steps[(i + 1) % steps.size()].event)});
    }
    choose_events(steps);
  }

  std::string draw() {
    out_ =
        "digraph witness {\n"
        "  graph [fontname=\"Helvetica\", rankdir=TB, newrank=true, nodesep=1.5, ranksep=0.5, splines=line];\n"
        "  node [shape=box, fontname=\"Helvetica\", fontsize=12, margin=\"0.12,0.06\"];\n"
        "  edge [fontname=\"Helvetica\", fontsize=11];\n";
    for (int t = 0; t < static_cast<int>(program_.threads.size()); ++t) task(t);
    starts();
    communication();
    dependencies();
    return out_ + "}\n";
  }

 private:
  bool access(const Event& e) const { return e.act == Act::read || e.act == Act::write; }
  int node_of(int e) const {
    const Event& event = program_.events[e];
    return event.in_rmw && event.act == Act::write ? event.partner : e;
  }
  std::string id(int e) const { return "e" + std::to_string(node_of(e)); }
  std::string cell(int e) const { return cell_in(x_, program_.events[e].cell, symbols_); }
  int source(int read) const {
    const auto w = x_.reads_from.find(read);
    return w == x_.reads_from.end() ? -1 : w->second;
  }
  bool before(int first, int second) const {
    return std::ranges::find(x_.order, std::pair{first, second}) != x_.order.end();
  }
  bool shown(int e) const { return shown_.contains(node_of(e)); }

  /// What lies on the cycle, and what hands a value from one task to another; without a cycle, all
  /// that touches a cell through which tasks meet.
  void choose_events(const std::vector<CycleStep>& steps) {
    if (!steps.empty()) {
      for (const CycleStep& step : steps) shown_.insert(node_of(step.event));
      for (const auto& [read, write] : x_.reads_from) {
        const int from = program_.events[write].thread;
        if (from == initial_thread || from == program_.events[read].thread) continue;
        shown_.insert(node_of(read));
        shown_.insert(node_of(write));
      }
      return;
    }
    std::map<std::string, std::set<int>> users, writers;
    for (const Event& e : program_.events) {
      if (!x_.happened[e.id] || e.thread == initial_thread || !access(e)) continue;
      users[cell(e.id)].insert(e.thread);
      if (e.act == Act::write) writers[cell(e.id)].insert(e.thread);
    }
    for (const Event& e : program_.events) {
      if (!x_.happened[e.id] || e.thread == initial_thread) continue;
      const bool meets = access(e) && users[cell(e.id)].size() > 1 && !writers[cell(e.id)].empty();
      const bool waits = !access(e) && e.act != Act::fence;
      if (meets || waits) shown_.insert(node_of(e.id));
    }
  }

  std::string label(int e) {
    const Event& event = program_.events[e];
    const std::string letter = letters_ < 26 ? std::string{static_cast<char>('a' + letters_)}
                                             : "e" + std::to_string(letters_);
    ++letters_;
    std::string what;
    if (!access(event)) {
      what = std::string{name_of(event.act)};
    } else {
      const bool changes = event.in_rmw && x_.happened[event.partner];
      what = std::string{event.in_rmw ? "RMW" : name_of(event.act)} + "[" +
             std::string{lockstep::name_of(event.order)} + "] " + cell(e) +
             (event.in_rmw ? ": " : "=") + symbols_.text(x_.values[e]);
      if (event.in_rmw)
        what += changes ? " to " + symbols_.text(x_.values[event.partner]) : " (failed)";
      const int from = event.act == Act::read ? source(e) : -1;
      if (from >= 0 && program_.events[from].thread == initial_thread) {
        what += " (init)";
        starts_[cell(e)] = symbols_.text(x_.values[from]);
      }
    }
    return letter + ": " + escaped(what) + "\\n" + escaped(event.site);
  }

  void edge(int from, int to, const std::string& label, const std::string& color) {
    const bool bold = cycle_.contains({node_of(from), node_of(to)});
    // From the side that looks towards the other task, named where it begins: lines cross halfway.
    const int here = program_.events[from].thread, there = program_.events[to].thread;
    const std::string sides = here < there   ? "tailport=e, headport=w, "
                              : here > there ? "tailport=w, headport=e, "
                                             : "tailport=e, headport=e, ";
    out_ += "  " + id(from) + " -> " + id(to) + " [taillabel=\"" + label +
            "\", labeldistance=2.6, labelangle=18, color=\"" + color + "\", fontcolor=\"" + color +
            "\", " + sides + "constraint=false" + (bold ? ", penwidth=3" : "") + "];\n";
  }

  /// The accesses of a task from top to bottom, and what stands between them.
  void task(int t) {
    out_ += "  subgraph cluster_" + std::to_string(t) + " {\n    label=\"" +
            escaped(program_.threads[t]) + "\"; color=\"gray70\"; fontsize=14;\n";
    std::vector<int> mine;
    for (const Event& e : program_.events) {
      if (e.thread != t || !shown_.contains(e.id)) continue;
      out_ += "    " + id(e.id) + " [label=\"" + label(e.id) + "\"];\n";
      mine.push_back(e.id);
    }
    out_ += "  }\n";
    if (!mine.empty()) first_.push_back(mine.front());
    for (std::size_t i = 1; i < mine.size(); ++i) in_order(mine[i - 1], mine[i]);
  }

  void in_order(int a, int b) {
    std::string fences;
    for (int e = program_.events[b].previous; e >= 0 && e != a; e = program_.events[e].previous) {
      const Event& between = program_.events[e];
      if (between.act != Act::fence || between.order == Order::none) continue;
      fences = std::string{lockstep::name_of(between.order)} + "\\n" + between.site +
               (fences.empty() ? "" : "\\n" + fences);
    }
    bool bold = false;
    // A step of the cycle in program order goes over all that stands between its ends.
    for (const auto& [from, to] : cycle_) {
      const bool over =
          (from == a || precedes(program_, from, a)) && (to == b || precedes(program_, b, to));
      if (over && precedes(program_, from, to)) {
        bold = true;
      }
    }
    const bool fenced = !fences.empty();
    const std::string color = fenced ? "darkgreen" : "black";
    out_ += "  " + id(a) + " -> " + id(b) + " [label=\" " + (fenced ? fences : std::string{"po"}) +
            " \", color=\"" + color + "\", fontcolor=\"" + color + "\", weight=10" +
            (bold ? ", penwidth=3" : "") + "];\n";
  }

  /// One node for all values at the start that somebody shown reads; the tasks hang below it.
  void starts() {
    std::string all;
    for (const auto& [name, value] : starts_)
      all += (all.empty() ? "" : "\\n") + escaped(name + "=" + value);
    out_ += all.empty() ? "  init [style=invis, label=\"\", height=0];\n"
                        : "  init [label=\"init\\n" + all +
                              "\", style=dashed, color=\"gray40\", group=init];\n";
    for (const int e : first_) out_ += "  init -> " + id(e) + " [style=invis];\n";
  }

  void communication() {
    for (const auto& [read, write] : x_.reads_from) {
      const int from = program_.events[write].thread;
      const bool inner = from == program_.events[read].thread && !on_cycle(write, read);
      if (shown(read) && shown(write) && from != initial_thread && !inner) {
        edge(write, read, "rf", "red");
      }
    }
    // Of co and fr those of the cycle; without one, the steps to the next write.
    const auto next = [this](int first, int second) {
      return std::ranges::none_of(x_.order, [&](const auto& pair) {
        return pair.first == first && before(pair.second, second);
      });
    };
    for (const auto& [first, second] : x_.order) {
      if (!shown(first) || !shown(second) || program_.events[first].thread == initial_thread)
        continue;
      const bool po = precedes(program_, first, second);
      if (source(node_of(second)) == first) continue;  // of an RMW: rf says it
      if ((cycle_.empty() && next(first, second) && !po) || on_cycle(first, second))
        edge(first, second, "co", "blue");
    }
    for (const auto& [read, write] : x_.reads_from) {
      if (!shown(read)) continue;
      for (const auto& [first, second] : x_.order) {
        if (first != write || !shown(second) || node_of(second) == node_of(read)) continue;
        const bool po = precedes(program_, read, second);
        if ((cycle_.empty() && next(first, second) && !po) || on_cycle(read, second))
          edge(read, second, "fr", "#ffa040");
      }
    }
  }
  bool on_cycle(int from, int to) const {
    return cycle_.contains({node_of(from), node_of(to)}) && !precedes(program_, from, to);
  }

  void dependencies() {
    for (const Event& e : program_.events) {
      if (!x_.happened[e.id] || !shown(e.id)) continue;
      const auto draw = [&](const std::vector<Dependency>& all, const char* name,
                            const char* color) {
        for (const Dependency& d : all) {
          const bool holds = d.when == nullptr || value_in(x_, d.when) != 0;
          if (!holds || !shown(d.read) || node_of(d.read) == node_of(e.id)) continue;
          const bool bold = cycle_.contains({node_of(d.read), node_of(e.id)});
          if (name[0] == 'c' && !bold) continue;  // they would hide the others
          if (drawn_.insert({node_of(d.read), node_of(e.id)}).second)
            edge(d.read, e.id, name, color);
        }
      };
      draw(e.address, "addr", "indigo");
      draw(e.data, "data", "indigo");
      if (e.act == Act::write) draw(e.control, "ctrl", "darkviolet");
    }
  }

  const Program& program_;
  const Execution& x_;
  const Symbols& symbols_;
  std::set<int> shown_;  ///< read halves stand for both
  std::set<std::pair<int, int>> cycle_, drawn_;
  std::map<std::string, std::string> starts_;  ///< cells at the start, as shown events read them
  std::vector<int> first_;                     ///< of each task
  std::string out_;
  int letters_ = 0;
};

}  // namespace

std::string witness_dot(const Program& program, const Execution& execution, const Breach& against,
                        const Symbols& symbols) {
  return Picture{program, execution, against, symbols}.draw();
}

}  // namespace lockstep::orders
