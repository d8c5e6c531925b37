// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/written.hpp"

#include <algorithm>

namespace lockstep::tla {
namespace {

using Kind = Node::Kind;

std::string joined(const std::vector<NodePtr>& nodes, const std::string& between,
                   std::string (*one)(const Node&)) {
  std::string out;
  for (const NodePtr& node : nodes) out += (out.empty() ? "" : between) + one(*node);
  return out;
}

/// As an operand of something else.
std::string operand(const Node& node) {
  constexpr Kind open[] = {Kind::infix, Kind::list, Kind::quantifier, Kind::choice,
                           Kind::cases, Kind::let,  Kind::choose};
  const bool loose = std::ranges::find(open, node.kind) != std::end(open) ||
                     (node.kind == Kind::temporal && node.text == "~>");
  return loose ? "(" + written(node) + ")" : written(node);
}

/// Where what binds less tightly than a comparison needs no parentheses.
std::string conjunct(const Node& node) {
  const bool tight = node.kind == Kind::infix && node.text != "/\\" && node.text != "\\/" &&
                     node.text != "=>" && node.text != "<=>";
  return tight ? written(node) : operand(node);
}

std::string text_of(const std::vector<Bound>& bounds) {
  std::string out;
  for (const Bound& bound : bounds) {
    std::string names;
    for (const std::string& name : bound.names) names += (names.empty() ? "" : ", ") + name;
    out += (out.empty() ? "" : ", ") + names + " \\in " + operand(*bound.set);
  }
  return out;
}

std::string cases(const Node& node) {
  std::string out = "CASE ";
  for (std::size_t i = 0; i + 1 < node.args.size(); i += 2) {
    out += (i == 0 ? "" : " [] ") + operand(*node.args[i]) + " -> " + operand(*node.args[i + 1]);
  }
  const bool other = node.args.size() % 2 == 1;
  return out + (other ? " [] OTHER -> " + operand(*node.args.back()) : "");
}

std::string update(const Node& node) {
  std::string out = "!";
  for (std::size_t i = 0; i + 1 < node.args.size(); ++i) out += "[" + written(*node.args[i]) + "]";
  return out + " = " + written(*node.args.back());
}

std::string temporal(const Node& node) {
  const auto arg = [&](std::size_t i) { return operand(*node.args[i]); };
  if (node.text == "~>") return conjunct(*node.args[0]) + " ~> " + conjunct(*node.args[1]);
  if (node.args.size() < 2) return node.text + arg(0);
  if (node.text == "[A]") return "[" + written(*node.args[0]) + "]_" + arg(1);
  if (node.text == "<<A>>") return "<<" + written(*node.args[0]) + ">>_" + arg(1);
  return node.text + "_" + arg(1) + "(" + written(*node.args[0]) + ")";
}

}  // namespace

std::string written(const Node& node) {
  const auto arg = [&](std::size_t i) -> const Node& { return *node.args[i]; };
  switch (node.kind) {
    case Kind::name:
      return node.args.empty() ? node.text
                               : node.text + "(" + joined(node.args, ", ", written) + ")";
    case Kind::number: return node.text;
    case Kind::string: return "\"" + node.text + "\"";
    case Kind::prefix:
      return node.text + (node.text == "~" || node.text == "-" ? "" : " ") + operand(arg(0));
    case Kind::infix: {
      const bool loose =
          node.text == "/\\" || node.text == "\\/" || node.text == "=>" || node.text == "<=>";
      return joined(node.args, " " + node.text + " ", loose ? conjunct : operand);
    }
    case Kind::list:
      return (node.args.size() == 1 ? node.text + " " : "") +
             joined(node.args, " " + node.text + " ", conjunct);
    case Kind::prime: return operand(arg(0)) + "'";
    case Kind::apply: return operand(arg(0)) + "[" + written(arg(1)) + "]";
    case Kind::set: return "{" + joined(node.args, ", ", written) + "}";
    case Kind::filter: return "{" + text_of(node.bounds) + " : " + written(arg(0)) + "}";
    case Kind::functions: return "[" + written(arg(0)) + " -> " + written(arg(1)) + "]";
    case Kind::quantifier: return node.text + " " + text_of(node.bounds) + " : " + written(arg(0));
    case Kind::choice:
      return "IF " + written(arg(0)) + " THEN " + written(arg(1)) + " ELSE " + written(arg(2));
    case Kind::cases: return cases(node);
    case Kind::let: {
      std::string names;
      for (const Definition& one : node.definitions)
        names += (names.empty() ? "" : ", ") + one.name;
      return "LET " + names + " IN " + written(arg(0));
    }
    case Kind::tuple: return "<<" + joined(node.args, ", ", written) + ">>";
    case Kind::function: return "[" + text_of(node.bounds) + " |-> " + written(arg(0)) + "]";
    case Kind::except: {
      std::string out = "[" + operand(arg(0)) + " EXCEPT ";
      for (std::size_t i = 1; i < node.args.size(); ++i)
        out += (i > 1 ? ", " : "") + update(arg(i));
      return out + "]";
    }
    case Kind::update: return update(node);
    case Kind::choose: return "CHOOSE " + text_of(node.bounds) + " : " + written(arg(0));
    case Kind::temporal: return temporal(node);
  }
  return "";
}

}  // namespace lockstep::tla
