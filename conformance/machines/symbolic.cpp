// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/symbolic.hpp"

namespace lockstep {
namespace {

CellTerm names_of(const auto& cell) {
  return {std::string{cell.kind}, std::string{cell.field}, cell.object, cell.index};
}

}  // namespace

void SymbolicMachine::assume(const SymbolicBool& condition) {
  if (condition.term->op != Op::constant) run_.check_use(condition.term, condition.born);
  run_.assume(condition.term);
}

Node SymbolicMachine::begin(std::string_view site, Kind kind, Order order) {
  run_.begin_site(site);
  Node node;
  node.name = site;
  node.kind = kind;
  node.order = order;
  return node;
}

void SymbolicMachine::set_cell(Node& node, const Cell& cell) {
  node.cell = names_of(cell);
}

void SymbolicMachine::add_also(Node& node, const Cell& cell) {
  node.also.push_back({"also" + std::to_string(node.also.size()), names_of(cell)});
}

void SymbolicMachine::add_write(Node& node, const Cell& cell, Term value) {
  node.group.push_back({names_of(cell), std::move(value)});
}

Term SymbolicMachine::before() {
  return term::variable("@");
}

Term SymbolicMachine::also(std::size_t which) {
  return term::variable("also" + std::to_string(which));
}

Term SymbolicMachine::peek(const Cell& cell) {
  return run_.peek(names_of(cell));
}

Term SymbolicMachine::any(std::string_view kind) {
  std::vector<Atom> domain;
  for (std::size_t i = 0; i < run_.world().kind(kind).objects.size(); ++i) {
    domain.push_back(run_.world().first_object(kind) + static_cast<Atom>(i));
  }
  return run_.argument(domain);
}

void SymbolicMachine::arrive_at_point(std::string_view name) {
  Node node;
  node.name = name;
  node.type = Node::Type::point;
  run_.arrive(std::move(node));
}

}  // namespace lockstep
