// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "orders/litmus/writing/thread_writer.hpp"

#include <algorithm>

#include "orders/litmus/writing/terms.hpp"

namespace lockstep::orders::litmus::writing {

std::string bare(const std::string& text) {
  if (text.empty() || text.front() != '(') return text;
  int depth = 0;
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    depth += text[i] == '(' ? 1 : text[i] == ')' ? -1 : 0;
    if (depth == 0) return text;
  }
  return text.substr(1, text.size() - 2);
}

ThreadWriter::ThreadWriter(const Form& form, const Names& names, int thread,
                           std::map<std::string, std::string> guesses)
    : form_{form}, program_{form.program}, names_{names}, thread_{thread} {
  for (const auto& [name, variable] : guesses) {
    parameters_.insert("int *" + variable);
    const std::string reg = guesses_[name] = declare("g");
    line(reg + " = READ_ONCE(*" + variable + ");", "any of its values");
  }
  for (const Event& e : program_.events) {
    const bool second_half = e.in_rmw && e.act == Act::write;
    if (e.thread == thread && !second_half) write(e);
  }
  stand_under({});
}

std::string ThreadWriter::text() const {
  std::string out = "P" + std::to_string(thread_) + "(";
  std::string between;
  for (const std::string& p : parameters_) out += std::exchange(between, ", ") + p;
  out += ")\n{\n";
  for (const std::string& r : declared_) out += "\tint " + r + ";\n";
  if (!declared_.empty()) out += "\n";
  for (const std::string& r : somewhere_) out += "\t" + r + " = 0;\n";
  return out + start_ + body_ + "}\n";
}

void ThreadWriter::line(const std::string& code, const std::string& comment) {
  body_ += std::string(depth_, '\t') + code + (comment.empty() ? "" : "  // " + comment) + "\n";
}

std::string ThreadWriter::declare(const std::string& kind) {
  declared_.push_back(kind + std::to_string(++count_[kind]));
  if (!open_.empty() || depth_ > 1) somewhere_.insert(declared_.back());
  return declared_.back();
}

void ThreadWriter::open(const Term& condition) {
  const std::string c = this->condition(condition);
  line("if (" + c + ") {");
  open_.push_back(condition);
  ++depth_;
}

void ThreadWriter::close() {
  open_.pop_back();
  --depth_;
  line("}");
}

void ThreadWriter::stand_under(const std::vector<Term>& conditions) {
  std::size_t same = 0;
  while (same < open_.size() && same < conditions.size() &&
         term::equal(open_[same], conditions[same])) {
    ++same;
  }
  while (open_.size() > same) close();
  for (std::size_t i = same; i < conditions.size(); ++i) open(conditions[i]);
}

namespace {

const char* infix(Op op) {
  switch (op) {
    case Op::add: return " + ";
    case Op::sub: return " - ";
    case Op::mul: return " * ";
    case Op::band:
    case Op::logical_and: return " & ";
    case Op::bor:
    case Op::logical_or: return " | ";
    case Op::bxor: return " ^ ";
    case Op::eq: return " == ";
    case Op::ne: return " != ";
    case Op::lt: return " < ";
    default: return " <= ";
  }
}

bool is_truth(Op op) {
  switch (op) {
    case Op::eq:
    case Op::ne:
    case Op::lt:
    case Op::le:
    case Op::logical_and:
    case Op::logical_or:
    case Op::logical_not: return true;
    default: return false;
  }
}

}  // namespace

std::string ThreadWriter::condition(const Term& t) {
  return bare(expression(t));
}

std::string ThreadWriter::expression(const Term& t) {
  if (t->op == Op::constant) return names_.number(t->value);
  if (t->op == Op::variable) {
    if (t->value == 0) return guesses_.at(t->name);
    return registers_.at(t->value - 1);
  }
  if (t->op == Op::ite) return chosen(t);
  if ((t->op == Op::eq || t->op == Op::ne) && t->args[0]->op == Op::variable) {
    const auto flag = form_.flags.find(t->args[0]->value - 1);
    if (flag != form_.flags.end() && term::equal(flag->second, t->args[1])) {
      return "(" + registers_.at(flag->first) + (t->op == Op::ne ? " != 0)" : " == 0)");
    }
  }
  if (t->op == Op::logical_not) {
    const Term& no = t->args[0];
    if (no->op == Op::lt) return expression(term::le(no->args[1], no->args[0]));
    if (no->op == Op::le) return expression(term::lt(no->args[1], no->args[0]));
    return "(" + expression(no) + " == 0)";
  }
  const bool logic = t->op == Op::logical_and || t->op == Op::logical_or;
  std::string sides[2];
  for (const int i : {0, 1}) {
    sides[i] = expression(t->args[i]);
    if (logic && !is_truth(t->args[i]->op)) sides[i] = "(" + sides[i] + " != 0)";
  }
  const bool compares = t->op == Op::lt || t->op == Op::le;
  if (compares && t->args[0]->op == Op::constant) {
    return "(" + sides[1] + (t->op == Op::lt ? " > " : " >= ") + sides[0] + ")";
  }
  return "(" + sides[0] + infix(t->op) + sides[1] + ")";
}

std::string ThreadWriter::chosen(const Term& t) {
  const bool join = !t->name.empty();
  const std::string c = join ? condition(t->args[0]) : in_register("t", condition(t->args[0]));
  const std::string out = declare("t");
  somewhere_.insert(out);
  line("if (" + c + ") {");
  ++depth_;
  line(out + " = " + bare(expression(t->args[1])) + ";");
  --depth_;
  line("} else {");
  ++depth_;
  line(out + " = " + bare(expression(t->args[2])) + ";");
  --depth_;
  line("}");
  // What a branch decides is no data; what an expression chooses by is.
  return join ? out : "(" + out + " + (" + c + " & 0))";
}

std::string ThreadWriter::in_register(const std::string& kind, const std::string& value) {
  const std::string reg = declare(kind);
  line(reg + " = " + value + ";");
  return reg;
}

std::string ThreadWriter::at_end(const Term& t) {
  const std::string of = std::to_string(thread_) + ":";
  const bool flag = t->op == Op::variable && form_.flags.contains(t->value - 1);
  if (t->op == Op::variable && !flag) return of + expression(t);
  for (const auto& [known, reg] : ends_) {
    if (term::equal(known, t)) return of + reg;
  }
  const std::string reg = in_register("q", condition(t));
  ends_.emplace_back(t, reg);
  return of + reg;
}

std::string ThreadWriter::result(const Event& e) {
  return registers_[e.id] = declare("r");
}

}  // namespace lockstep::orders::litmus::writing
