// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "model/verdict.hpp"
#include "tla/expression.hpp"
#include "tla/lexer.hpp"

namespace lockstep::tla {

struct Node;
using NodePtr = std::shared_ptr<const Node>;

/// `a`, `goes(_)`
struct Parameter {
  std::string name;
  std::size_t arity = 0;
};

/// What a definition says something of, by its form alone: of a state or a value, of every step
/// (`[][A]_vars`), of behaviours (`~>`, `<>`, `WF_vars(A)`), or that another module's specification
/// is implemented (`Abstract!Spec`).
enum class Says { state, step, behaviour, refinement };

struct ModuleText;

/// `INSTANCE Module WITH name <- value, ...`
struct Instance {
  struct Substitution {
    std::string name;
    NodePtr value;
    Place place;
  };
  std::string module;
  std::vector<Substitution> with;
  Place place;
  std::shared_ptr<const ModuleText> text;  ///< of the module, read for this instance alone
};

/// `Name == body`, `Name(a, b) == body`: of a module, or of a LET.
struct Definition {
  std::string name;
  std::vector<Parameter> parameters;
  NodePtr body;                     ///< null if it is not understood
  std::optional<InputError> error;  ///< then: why
  Place place;
  bool local = false;
  std::string every_step;              ///< "Step" of `[][Step]_vars`, which is not understood else
  std::string subscript;               ///< then: "vars"
  bool of_steps = false;               ///< of a module's definition: it begins with `[][`
  Says says = Says::state;             ///< of a module's definition
  bool plain_spec = false;             ///< is it `Init /\ [][Next]_vars`, and no more?
  std::shared_ptr<Instance> instance;  ///< of `Name == INSTANCE ...`; its body is null
  std::string refines;                 ///< "Abstract" of `Abstract!Spec`
  std::set<std::string> mentions;      ///< of a module's definition: every name in its text
};

/// `x, y \in S`
struct Bound {
  std::vector<std::string> names;
  NodePtr set;
};

/// What is written, as it is written.
struct Node {
  enum class Kind {
    name,        ///< `text`, or `text(args)`
    number,      ///< `text`
    string,      ///< `text`
    prefix,      ///< operator `text` of args[0]; also DOMAIN and UNCHANGED
    infix,       ///< operator `text` between args[0] and args[1]
    list,        ///< items `args` with bullets `text`
    prime,       ///< args[0]'
    apply,       ///< args[0][args[1]]
    set,         ///< {args}
    filter,      ///< {x \in S : args[0]}
    functions,   ///< [args[0] -> args[1]]
    quantifier,  ///< `text` (\A, \E) `bounds` : args[0]
    choice,      ///< IF args[0] THEN args[1] ELSE args[2]
    cases,       ///< args: condition, value, condition, value ... and, if it is odd, that of OTHER
    let,         ///< `definitions` IN args[0]
    tuple,       ///< <<args>>
    function,    ///< [x \in S |-> args[0]], of all `bounds`
    except,      ///< [args[0] EXCEPT args[1], ...]: each an `update`
    update,      ///< ![args[0]][args[1]] = the last of args
    choose,      ///< CHOOSE x \in S : args[0]
    temporal,  ///< `text`: [] or <> of args[0], args[0] ~> args[1]; WF or SF of the action args[0],
               ///< [A] or <<A>> of it, under the subscript args[1]
  };
  Kind kind;
  std::string text;
  std::vector<NodePtr> args;
  std::vector<Bound> bounds;
  std::vector<Definition> definitions;
  Place place;
};

/// A module as it is written.
struct ModuleText {
  struct Constant {
    std::size_t arity = 0;
    Place place;
  };
  struct Assumption {
    NodePtr body;
    std::optional<InputError> error;
  };
  std::string name, file;
  std::vector<std::shared_ptr<const ModuleText>> extends;
  std::set<std::string> standard;  ///< the standard modules that it extends
  std::map<std::string, Constant> constants;
  std::set<std::string> variables;
  std::vector<Definition> definitions;
  std::vector<Assumption> assumptions;
  std::vector<Comment> comments;
  std::optional<Place> first_unit;  ///< behind EXTENDS; none: there is nothing else
};

}  // namespace lockstep::tla
