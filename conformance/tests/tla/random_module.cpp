// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/tla/random_module.hpp"

#include <algorithm>

namespace lockstep::testing {

std::string RandomModule::number(int depth) {
  if (depth <= 0 || upto(4) == 0) {
    return upto(2) == 0 ? std::to_string(upto(3)) : "n[" + object("S", 0) + "]";
  }
  const int d = depth - 1;
  switch (upto(15)) {
    case 0: return "((" + number(d) + " + " + number(d) + ") % 3)";
    case 1: return "((" + number(d) + " - " + number(d) + ") % 3)";
    case 2: return "((" + number(d) + " * " + number(d) + ") % 3)";
    case 3: return "(IF " + truth(d) + " THEN " + number(d) + " ELSE " + number(d) + ")";
    case 4:
      return "(CASE " + truth(d) + " -> " + number(d) + " [] " + truth(d) + " -> " + number(d) +
             " [] OTHER -> " + number(d) + ")";
    case 5: {
      const std::string i = fresh("i"), of = number(d);
      return "(LET " + i + " == " + of + " IN (" + i + " + " + number(d) + " * " + i + ") % 3)";
    }
    case 6: {
      const std::string x = fresh("x");
      of_s_.push_back(x);
      const std::string that = truth(d);
      of_s_.pop_back();
      return "Cardinality({" + x + " \\in S : " + that + "})";
    }
    case 7: return "<<" + number(d) + ", " + number(d) + ", 1>>[1 + " + number(d) + "]";
    case 8: return "Len(<<" + truth(d) + ", " + number(d) + ">>)";
    case 9: return constructor("n", d) + "[" + object("S", d) + "]";
    case 10: return except("n", d) + "[" + object("S", d) + "]";
    case 11: {
      const std::string i = fresh("i");
      return "(CHOOSE " + i + " \\in 0 .. 2 : " + i + " >= " + number(d) + ")";
    }
    case 12: {
      const std::string f = fresh("f"), i = fresh("i");
      return "(LET " + f + "(" + i + ") == (" + i + " + " + number(d) + ") % 3 IN " + f + "(" +
             number(d) + "))";
    }
    case 13:
      if (std::ranges::find(assigned_, "n") != assigned_.end()) {
        return "n'[" + object("S", d) + "]";
      }
      [[fallthrough]];
    default: return "n[" + object("S", d) + "]";
  }
}

std::string RandomModule::object(const std::string& set, int depth) {
  const std::vector<std::string>& bound = set == "S" ? of_s_ : of_t_;
  if (depth <= 0 || often()) return pick(bound);
  const int d = depth - 1;
  if (set == "T" && upto(2) == 0) {
    const std::string g = "g[" + object("S", d) + "][" + object("T", 0) + "]";
    return "(IF " + g + " = Null THEN " + object("T", d) + " ELSE " + g + ")";
  }
  return "(IF " + truth(d) + " THEN " + object(set, d) + " ELSE " + object(set, d) + ")";
}

std::string RandomModule::name(int depth) {
  switch (upto(4)) {
    case 0: return "Null";
    case 1: return "g[" + object("S", depth - 1) + "][" + object("T", depth - 1) + "]";
    case 2:
      if (depth > 0) {
        return "(IF " + truth(depth - 1) + " THEN " + name(depth - 1) + " ELSE Null)";
      }
      [[fallthrough]];
    default: return object("T", depth);
  }
}

std::string RandomModule::text(int depth) {
  if (depth <= 0) return pick({"\"a\"", "\"b\"", "p[" + object("S", 0) + "]"});
  const int d = depth - 1;
  switch (upto(6)) {
    case 0: return "(IF " + truth(d) + " THEN " + text(d) + " ELSE " + text(d) + ")";
    case 1: return "(CASE " + truth(d) + " -> " + text(d) + " [] OTHER -> " + text(d) + ")";
    case 2: return "<<\"b\", " + text(d) + ", \"a\">>[1 + " + number(d) + "]";
    case 3: {
      const std::string i = fresh("i");
      return "(LET " + i + " == CHOOSE " + i + "x \\in DOMAIN Path : Path[" + i +
             "x] = " + text(0) + " IN Path[IF " + i + " = Len(Path) THEN 1 ELSE " + i + " + 1])";
    }
    case 4: return except("p", d) + "[" + object("S", d) + "]";
    default: return text(0);
  }
}

std::string RandomModule::truth(int depth) {
  if (depth <= 0) {
    return pick({"b[" + object("S", 0) + "]", "n[" + object("S", 0) + "] = " + number(0),
                 "p[" + object("S", 0) + "] = \"a\"",
                 "g[" + object("S", 0) + "][" + object("T", 0) + "] = Null", "TRUE"});
  }
  const int d = depth - 1;
  const auto both = [&](const std::string& op) { return "(" + truth(d) + op + truth(d) + ")"; };
  switch (upto(19)) {
    case 0: return both(" /\\ ");
    case 1: return both(" \\/ ");
    case 2: return both(" => ");
    case 3: return both(" <=> ");
    case 4: return "~" + truth(d);
    case 5:
      return "(" + number(d) + pick({" < ", " <= ", " > ", " >= ", " = ", " # "}) + number(d) + ")";
    case 6: return "(" + text(d) + pick({" = ", " # "}) + text(d) + ")";
    case 7: return "(" + name(d) + pick({" = ", " # "}) + name(d) + ")";
    case 8: return "(" + number(d) + pick({" \\in ", " \\notin "}) + "{0, " + number(d) + "})";
    case 9: return "(" + number(d) + " \\in " + number(d) + " .. 2)";
    case 10: return "(" + name(d) + " \\in (T \\cup {Null}) \\ {" + name(d) + "})";
    case 11:
    case 12: {
      const std::string x = fresh("x"), sign = pick({"\\A ", "\\E "});
      of_s_.push_back(x);
      const std::string that = truth(d);
      of_s_.pop_back();
      return "(" + sign + x + " \\in S : " + that + ")";
    }
    case 13: {
      const std::string x = fresh("x"), sign = pick({"\\A ", "\\E "});
      const std::string filter = truth(d);
      of_t_.push_back(x);
      const std::string that = truth(d);
      of_t_.pop_back();
      const std::string y = fresh("y");
      return "(" + sign + x + " \\in {" + y + " \\in T : " + filter + "} : " + that + ")";
    }
    case 14: return "(IF " + truth(d) + " THEN " + truth(d) + " ELSE " + truth(d) + ")";
    case 15: return "(" + function("n", d) + " = " + function("n", d) + ")";
    case 16: return "(" + text(d) + " \\in {\"a\", " + text(d) + "})";
    case 17:
      if (!assigned_.empty()) {
        const std::string v = pick(assigned_);
        return "(" + v + "' = " + v + ")";
      }
      [[fallthrough]];
    default: return "b[" + object("S", d) + "]";
  }
}

std::string RandomModule::value(const std::string& variable, int depth) {
  if (variable == "n") return number(depth);
  if (variable == "b") return truth(depth);
  if (variable == "p") return text(depth);
  return name(depth);
}

std::string RandomModule::constructor(const std::string& variable, int depth) {
  const std::string x = fresh("x"), y = fresh("y");
  of_s_.push_back(x);
  std::string out = "[" + x + " \\in S |-> ";
  if (variable == "g") {
    of_t_.push_back(y);
    out += "[" + y + " \\in T |-> " + name(depth) + "]";
    of_t_.pop_back();
  } else {
    out += value(variable, depth);
  }
  of_s_.pop_back();
  return out + "]";
}

std::string RandomModule::except(const std::string& variable, int depth) {
  std::string out = "[" + variable + " EXCEPT ";
  const std::size_t updates = 1 + upto(2);
  for (std::size_t i = 0; i < updates; ++i) {
    if (i > 0) out += ", ";
    out += "![" + object("S", depth) + "]";
    if (variable == "g") out += "[" + object("T", depth) + "]";
    const std::string plain = value(variable, depth);
    const std::string old = variable == "n"   ? "(@ + " + number(depth - 1) + ") % 3"
                            : variable == "b" ? "~@"
                                              : "IF " + truth(depth - 1) + " THEN @ ELSE " + plain;
    out += " = " + (upto(3) == 0 ? old : plain);
  }
  return out + "]";
}

std::string RandomModule::function(const std::string& variable, int depth) {
  if (depth <= 0 || upto(5) == 0) return variable;
  switch (upto(5)) {
    case 0: return constructor(variable, depth - 1);
    case 1:
      return "(IF " + truth(depth - 1) + " THEN " + function(variable, depth - 1) + " ELSE " +
             function(variable, depth - 1) + ")";
    default: return except(variable, depth - 1);
  }
}

std::string RandomModule::assignment(const std::string& v, int depth) {
  const int d = depth - 1;
  const std::string plain = v + "' = " + function(v, 2);
  if (depth <= 0) return plain;
  switch (upto(11)) {
    case 0:
      return "(IF " + truth(d) + " THEN " + assignment(v, d) + " ELSE " + assignment(v, d) + ")";
    case 1: return "(IF " + truth(d) + " THEN " + assignment(v, d) + " ELSE UNCHANGED " + v + ")";
    case 2:
      return "(CASE " + truth(d) + " -> " + assignment(v, d) + " [] " + truth(d) + " -> " +
             assignment(v, d) + " [] OTHER -> UNCHANGED <<" + v + ">>)";
    case 3: return "(" + assignment(v, d) + " \\/ " + assignment(v, d) + ")";
    case 4: return "((" + truth(d) + " /\\ " + assignment(v, d) + ") \\/ " + plain + ")";
    case 5: {
      const std::string x = fresh("x");
      of_s_.push_back(x);
      const std::string that = assignment(v, d);
      of_s_.pop_back();
      const std::string y = fresh("y");
      return "(\\E " + x + " \\in {" + y + " \\in S : b[" + y + "]} \\cup {" + object("S", 1) +
             "} : " + that + ")";
    }
    case 6: {
      const std::string f = fresh("f"), is = function(v, 2);
      return "(LET " + f + " == " + is + " IN " + v + "' = [" + f + " EXCEPT ![" + object("S", 0) +
             "] = " + (v == "g" ? f + "[" + object("S", 0) + "]" : value(v, d)) + "])";
    }
    case 7:
      if (v == "n") {
        const std::string it = fresh("it"), u = fresh("u");
        return "(LET " + it + "(" + u + ") == " + u + " = " + object("S", 1) + " /\\ " + truth(d) +
               " IN Change(" + it + ", " + number(d) + "))";
      }
      [[fallthrough]];
    default: return plain;
  }
}

std::vector<std::string> RandomModule::some_variables() {
  std::vector<std::string> out{"n", "g", "b", "p"};
  std::ranges::shuffle(out, random_);
  out.resize(2 + upto(3));
  return out;
}

std::string RandomModule::action(const std::vector<std::string>& changes) {
  of_s_ = {"s"};
  of_t_ = {"t"};
  assigned_.clear();
  std::string out = "  /\\ pc[w] " + pick({"= \"X\"", "= \"Y\"", "\\in {\"X\", \"Y\"}"}) + "\n";
  if (often()) out += "  /\\ " + truth(3) + "\n";
  std::string same;
  for (const std::string variable : {"n", "g", "b", "p"}) {
    if (std::ranges::find(changes, variable) != changes.end() && often()) {
      out += "  /\\ " + assignment(variable, 2) + "\n";
      assigned_.push_back(variable);
      if (upto(4) == 0) out += "  /\\ " + truth(2) + "\n";
    } else {
      same += std::string{same.empty() ? "" : ", "} + variable;
    }
  }
  out += "  /\\ pc' = [pc EXCEPT ![w] = " +
         pick({"\"X\"", "\"Y\"", "@", "IF " + truth(1) + " THEN \"X\" ELSE \"Y\""}) + "]\n";
  if (!same.empty()) out += "  /\\ UNCHANGED <<" + same + ">>\n";
  return out;
}

std::string RandomModule::start() {
  of_s_ = {"s"};
  of_t_ = {"t"};
  assigned_.clear();
  return "/\\ n' = " + constructor("n", 1) + " /\\ g' = " + constructor("g", 1) +
         " /\\ b' = " + constructor("b", 1) + " /\\ UNCHANGED <<p, pc>>";
}

Batch random_batch(std::uint64_t seed, std::size_t modules) {
  std::vector<Batch::Part> parts;
  for (std::size_t i = 1; i <= modules; ++i) {
    RandomModule random{seed * 1000 + i};
    Batch::Part part{random.start(), {}};
    const auto changes = random.some_variables();
    for (int action = 0; action < 3; ++action) part.actions.push_back(random.action(changes));
    parts.push_back(std::move(part));
  }
  return Batch{parts};
}

}  // namespace lockstep::testing
