// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <string>
#include <variant>
#include <vector>

#include "tla/function.hpp"
#include "tla/module.hpp"
#include "tla/module_text.hpp"
#include "tla/syntax.hpp"

namespace lockstep::tla {

struct Scope;

/// What is defined, with the names that its body sees: by a module, by LET, as an argument.
struct Operator {
  const std::vector<Parameter>* parameters = nullptr;
  const Node* body = nullptr;
  const Scope* scope = nullptr;
};

/// Names and what stands for them: the value of a variable of a quantifier, or an operator; a
/// function only for `@`.
using Meaning = std::variant<Expr, FunctionPtr, Operator>;
struct Scope {
  const Scope* parent = nullptr;
  const ModuleText* module = nullptr;
  std::map<std::string, Meaning> names;
};

/// A set, until it is asked for a member or gone through. Only constant sets have a name.
struct Set {
  enum class Kind {
    named,   ///< `name`: Vmas
    list,    ///< of `elements`
    filter,  ///< those `name` of sets[0] for which `predicate` holds in `scope`
    unite,   ///< sets[0] and sets[1]
    intersect,
    minus,
    range,  ///< elements[0] .. elements[1]
    naturals,
    integers,
    functions,  ///< from sets[0] to sets[1]
  };
  Kind kind = Kind::list;
  std::string name;
  std::vector<Expr> elements;
  std::vector<Set> sets;
  const Node* predicate = nullptr;
  const Scope* scope = nullptr;
  Place place;
};

/// Puts every definition in its place. One object expands one expression. On `ground` every
/// constant set has its members and every variable its cells: sets are gone through element by
/// element, and functions are understood as the values that they have.
class Expander {
 public:
  Expander(const ModuleText& module, const Constants& constants, const Ground* ground = nullptr);

  Expr expand(const Node& node);

 protected:
  class Depth;
  using Body = std::function<Expr(const Expr&)>;

  // Of values (expand.cpp).
  Expr truth(const Node& node, const Scope& scope);  ///< where it is said to hold
  Expr term(const Node& node, const Scope& scope);   ///< anywhere else
  Expr value(const Node& node, const Scope& scope);
  Expr name(const Node& node, const Scope& scope);
  Expr infix(const Node& node, const Scope& scope);
  Expr junction(const Node& node, bool both, const Scope& scope);
  Expr cases(const Node& node, const Scope& scope);
  Expr quantifier(const Node& node, const Scope& scope, std::size_t bound, std::size_t name,
                  const Scope& inner);
  Expr cardinality(const Node& node, const Scope& scope);
  Expr number_of(const Set& set, const Place& place);
  Expr minus(const Node& node, const Expr& e, const Scope& scope);

  // Of functions, on ground alone (function.cpp).
  Value any(const Node& node, const Scope& scope);
  static Expr scalar(const Value& value, const Place& place);
  Value named(const Node& node, const Scope& scope);
  Value variable(const std::string& name, const Place& place);
  Value after(const Node& node, const Scope& scope);
  Value primed(const Node& of, const Scope& scope, const Place& place);
  using Names = std::vector<std::pair<std::string, Place>>;
  /// The variables of a name, or of a tuple of names; `what` is asked of them.
  void variables(const Node& node, const Scope& scope, std::string_view what, Names& out);
  Expr staying(const Node& of, const Scope& scope, const Place& place);
  Value apply(const Value& function, const Expr& key, const Place& place);
  Value any_cases(const Node& node, const Scope& scope);
  Value function_of(const Node& node, const Scope& scope);
  Value except(const Node& node, const Scope& scope);
  Value updated(const Value& old, const Node& update, std::size_t level, const Scope& scope);
  Value choose(const Node& node, const Scope& scope);
  Expr is_member(const Value& value, const Set& set, const Place& place);
  struct Element {
    Expr value;
    Expr counts;  ///< is it in the set?
  };
  std::vector<Element> elements(const Set& set, const Place& place);
  /// Those of a set that the constants decide, each once.
  std::vector<Expr> constant_elements(const Set& set, const Place& place);

  // Of names (names.cpp).
  /// The body that a name stands for, with its arguments in their places; a null body if the name
  /// is no operator.
  Operator applied(const Node& node, const Scope& scope);
  const Meaning* local(const std::string& name, const Scope& scope) const;
  const Scope& scope_of(const ModuleText& module);
  const Scope& with_definitions(const Node& let, const Scope& scope);
  Scope& inside(const Scope& scope);
  void bind(Scope& scope, const std::string& name, Meaning meaning, const Place& place);
  Expr constant(const Node& node, const std::string& name, const ModuleText::Constant& constant);
  Expr fresh(const std::string& name, const Place& place);
  /// Does the module of `scope` know what the standard module defines?
  static bool standard(const Scope& scope, std::string_view module);

  // Of sets (sets.cpp, quantify.cpp).
  Set set(const Node& node, const Scope& scope);
  Set set_of_name(const Node& node, const Scope& scope);
  Set set_of_operator(const Node& node, const Scope& scope);
  const Node* chosen(const Node& node, const Scope& scope);
  Expr member(const Expr& e, const Set& set, const Place& place);
  Expr filtered(const Expr& e, const Set& filter);
  Expr over(bool all, const std::string& variable, const Set& set, const Body& body,
            const Place& place);
  Expr over_guarded(bool all, const std::string& variable, const Set& base, const Body& guard,
                    const Body& body, const Place& place);
  Expr over_elements(bool all, const std::vector<Expr>& elements, const Body& body,
                     const Place& place);

  const ModuleText& module_;
  const Constants& constants_;
  const Ground* ground_;
  /// What the variables are after the step, or at the start, as far as it has been said.
  const std::map<std::string, Value>* assigned_ = nullptr;
  bool initial_ = false;   ///< an action is read: else what the start is
  bool of_steps_ = false;  ///< a condition on steps is read: primes are of any state after
  bool primed_ = false;    ///< then: what is read is under a prime
  std::deque<Scope> scopes_;
  std::map<const ModuleText*, const Scope*> modules_;
  std::size_t next_ = 0, depth_ = 0, size_ = 0;
  bool asserted_ = true;  ///< what is expanded is said to hold: not negated, nor a condition
};

/// A definition that uses itself, or one that doubles what it is given again and again, must not
/// end the program.
class Expander::Depth {
 public:
  Depth(Expander& expander, const Place& place);
  ~Depth();
  Depth(const Depth&) = delete;
  Depth& operator=(const Depth&) = delete;

 private:
  Expander& expander_;
};

/// Can it be a function, by how it is written?
bool may_be_function(const Node& node);

/// Gives every variable of a quantifier a name of its own: that of its text, if it is not taken.
Expr with_own_names(const Expr& e, const ModuleText& module);

[[noreturn]] void refuse(const Place& place, const std::string& what);

}  // namespace lockstep::tla
