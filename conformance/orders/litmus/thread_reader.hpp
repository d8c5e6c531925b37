// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>

#include "orders/litmus/context.hpp"
#include "orders/litmus/primitives.hpp"

namespace lockstep::orders::litmus {

/// Carries out a thread on terms; its accesses become events.
class ThreadReader {
 public:
  ThreadReader(const Thread& thread, Registers registers, Context& context);
  Registers run();

 private:
  /// What an expression names: a variable of the thread, or a cell.
  struct Object {
    bool local = false;
    std::string name;
    CellTerm cell;
  };

  // statements.cpp
  void statement(const Statement& s);
  void statements(const std::vector<Statement>& body);
  void loop(const Statement& s, int iteration);
  /// `then` happens where the condition holds, `otherwise` elsewhere.
  void branch(const Term& condition, Place place, const std::function<void()>& then,
              const std::function<void()>& otherwise = nullptr);

  // expressions.cpp
  Term value(const ExprPtr& e);
  void effect(const ExprPtr& e);                   ///< its value, if it has one, is not wanted
  Term name(const Expr& e, bool as_base = false);  ///< the base of an element may be an array
  Term unassigned(const std::string& name);
  Term unary(const Expr& e);
  Term binary(const Expr& e);
  Term short_circuit(const Expr& e);
  Term conditional(const Expr& e);
  Term assign(const Expr& e);
  Term step(const Expr& e, const ExprPtr& operand, bool gives_old);
  Object object(const ExprPtr& e);
  CellTerm pointed_at(const ExprPtr& pointer);  ///< by a plain access
  CellTerm cell_at(const ExprPtr& pointer);
  CellTerm element(const ExprPtr& base, const ExprPtr& index, Place place);
  bool is_array(const ExprPtr& e) const;
  Term load(const Object& o, Place place);
  void store(const Object& o, const Term& value, Place place);

  // calls.cpp
  Term call(const Expr& e);
  struct Arguments {
    std::vector<Term> values;  ///< null where it is no value
    CellTerm cell;
    std::string site;
    std::string changed;        ///< the variable of the thread that is given by its address
    CellTerm expected;          ///< where it is not in such a variable
    std::vector<Order> orders;  ///< of C11
  };
  Arguments arguments(const Primitive& p, const Expr& e);
  Term perform(const Primitive& p, const Arguments& args, const std::string& site, Place place);
  Term with_arguments(const Term& t, const Arguments& args, Place place);
  /// Of a term that a primitive computes.
  void note_computed(const Term& t, Place place);
  std::string site_at(Place place);
  std::string given_by_address(const ExprPtr& e) const;

  // c11_calls.cpp
  Order order(const Primitive& p, const ExprPtr& e, bool if_failed) const;
  Term compare_exchange(const Primitive& p, Arguments args, const std::string& site, Place place);

  bool is_local(const std::string& name) const;

  const Thread& thread_;
  Context& context_;
  ThreadBuilder builder_;
  Registers registers_;
  std::set<std::string> locals_;  ///< declared or assigned somewhere
  std::map<std::size_t, int> sites_;
};

/// Throws Unsupported where two operands access memory and C does not say which comes first: a
/// compiler may choose. `arguments` are those of the function that is called.
void check_sequence(const Expr& e, std::string_view arguments, const Source& source);

/// `a op b` as C computes it; throws Unsupported for what terms cannot say.
Term compute(const std::string& op, const Term& a, const Term& b, Place place, Context& context);

}  // namespace lockstep::orders::litmus
