// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/writer.hpp"

#include <algorithm>

#include "orders/litmus/writing/names.hpp"
#include "orders/litmus/writing/terms.hpp"
#include "orders/litmus/writing/thread_writer.hpp"

namespace lockstep::orders::litmus {

namespace writing {

namespace {

class Writer {
 public:
  Writer(const Program& program, const Symbols& symbols)
      : form_{form_of(program)}, names_{form_, symbols} {}

  std::string write(const Heading& heading) {
    for (std::size_t i = 0; i < form_.guesses.size(); ++i) {
      guessed_[form_.guesses[i].name] = names_.fresh("guess" + std::to_string(i + 1));
    }
    for (int t = 0; t < static_cast<int>(form_.program.threads.size()); ++t) {
      std::map<std::string, std::string> mine;
      for (const Guess& g : form_.guesses) {
        if (g.thread == t) mine[g.name] = guessed_.at(g.name);
      }
      threads_.emplace_back(form_, names_, t, std::move(mine));
    }
    std::vector<std::string> filters;
    for (const Term& a : form_.program.assumptions) {
      const std::string p = proposition(a);
      if (p != "true") filters.push_back(p);
    }
    for (const ThreadWriter& t : threads_) {
      for (const std::string& reg : t.required()) filters.push_back(reg + "=1");
    }
    const std::string forbidden = proposition(form_.program.forbidden);
    std::string out = "C " + heading.name + "\n\n" + comment(heading) + "\n{\n" + initial() + "}\n";
    for (const ThreadWriter& t : threads_) out += "\n" + t.text();
    out += guesser();
    if (!filters.empty()) {
      out += "\nfilter (";
      for (std::size_t i = 0; i < filters.size(); ++i)
        out += (i == 0 ? "" : " /\\\n        ") + filters[i];
      out += ")";
    }
    return out + "\nexists (" + bare(forbidden) + ")\n";
  }

 private:
  std::string comment(const Heading& heading) const {
    std::string out = "(*\n";
    if (heading.result) out += " * Result: " + *heading.result + "\n *\n";
    for (const std::string& line : heading.about) out += " * " + line + "\n";
    for (std::size_t t = 0; t < form_.program.threads.size(); ++t) {
      out += " * P" + std::to_string(t) + " is " + form_.program.threads[t] + ".\n";
    }
    std::string legend;
    for (const std::string& l : names_.legend()) legend += (legend.empty() ? "" : ", ") + l;
    if (!legend.empty()) out += " * Names as numbers: " + legend + ".\n";
    for (const Guess& g : form_.guesses) out += " * " + guessed_.at(g.name) + ": " + g.why + ".\n";
    return out + " *)\n";
  }

  std::string initial() const {
    std::string out;
    for (const Variable& v : names_.variables()) {
      if (!v.domain && !v.spinlock) out += "\t" + v.name + " = " + names_.number(v.initial) + ";\n";
    }
    for (const Guess& g : form_.guesses) {
      out += "\t" + guessed_.at(g.name) + " = " + names_.number(g.values[0]) + ";\n";
    }
    return out;
  }

  /// One more task, which sets what the others guess; they read it before anything else, in the
  /// order in which it is written, so that nothing is ordered by it.
  std::string guesser() const {
    std::string parameters, body;
    for (const auto& [name, variable] : guessed_) {
      const auto g = std::ranges::find(form_.guesses, name, &Guess::name);
      if (g->values.size() < 2) continue;
      parameters += (parameters.empty() ? "int *" : ", int *") + variable;
      for (std::size_t i = 1; i < g->values.size(); ++i) {
        body += "\tWRITE_ONCE(*" + variable + ", " + names_.number(g->values[i]) + ");\n";
      }
    }
    if (body.empty()) return "";
    return "\nP" + std::to_string(threads_.size()) + "(" + parameters + ")\n{\n" + body + "}\n";
  }

  /// The one thread whose values a term needs; -1 of none, -2 of several or of memory.
  int thread_of(const Term& t) const {
    int thread = -1;
    each_variable(t, [&](const TermNode& v) {
      int by = -2;
      if (v.value != 0) {
        by = form_.program.events[v.value - 1].thread;
      } else if (!names_.is_final(v.name)) {
        by = std::ranges::find(form_.guesses, v.name, &Guess::name)->thread;
      }
      thread = thread == -1 || thread == by ? by : -2;
    });
    return thread;
  }

  /// Something that a proposition can compare.
  std::string observable(const Term& t) {
    if (t->op == Op::constant) return names_.number(t->value);
    if (t->op == Op::variable && t->value == 0 && names_.is_final(t->name)) {
      return names_.variable_of_final(t->name);
    }
    const int thread = thread_of(t);
    if (thread < 0)
      throw Unwritable{"a litmus test cannot say a calculation with values of several tasks"};
    return threads_[thread].at_end(t);
  }

  std::string proposition(const Term& t) {
    switch (t->op) {
      case Op::constant: return t->value != 0 ? "true" : "false";
      case Op::logical_and: return all(conjuncts(t), " /\\ ");
      case Op::logical_or: return all(disjuncts(t), " \\/ ");
      case Op::logical_not: return "~(" + bare(proposition(t->args[0])) + ")";
      case Op::eq:
      case Op::ne: {
        // A constant stands on the right.
        const bool turn = t->args[0]->op == Op::constant;
        const Term &left = t->args[turn ? 1 : 0], &right = t->args[turn ? 0 : 1];
        if (plain(left) && plain(right)) return equality(t->op, left, right);
        if (thread_of(t) == -2) return equality(t->op, left, right);
        break;
      }
      default: break;
    }
    return observable(t) + "=1";
  }
  bool plain(const Term& t) const {
    return t->op == Op::constant ||
           (t->op == Op::variable && (t->value == 0 || !form_.flags.contains(t->value - 1)));
  }
  std::string equality(Op op, const Term& left, const Term& right) {
    const std::string same = observable(left) + "=" + observable(right);
    return op == Op::eq ? same : "~(" + same + ")";
  }
  std::string all(const std::vector<Term>& parts, const std::string& between) {
    std::string out;
    for (const Term& part : parts) out += (out.empty() ? "" : between) + proposition(part);
    return "(" + out + ")";
  }

  const Form form_;
  Names names_;
  std::vector<ThreadWriter> threads_;
  std::map<std::string, std::string> guessed_;  ///< variables, by name of the guess
};

}  // namespace

static std::string test(const Program& program, const Symbols& symbols, const Heading& heading) {
  return Writer{program, symbols}.write(heading);
}

}  // namespace writing

std::string write(const Program& program, const Symbols& symbols, const Heading& heading) {
  return writing::test(program, symbols, heading);
}

}  // namespace lockstep::orders::litmus
