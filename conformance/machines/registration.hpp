// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <memory>
#include <source_location>
#include <string>
#include <string_view>
#include <type_traits>
#include <vector>

#include "lockstep/field.hpp"
#include "machines/protocol.hpp"
#include "machines/stepped.hpp"
#include "machines/symbolic.hpp"

namespace lockstep {

/// The endless task of one role, on each machine.
struct RoleCode {
  void (*stepped)(SteppedMachine&, const Numbers&);
  void (*symbolic)(SymbolicMachine&, const Numbers&);
};

/// One form of a protocol: today's, or a variant.
struct Form {
  std::string_view name;        ///< the specification's constant Variant
  std::vector<RoleCode> roles;  ///< in the order of the registration's
};

/// `Roles` have a static `run<Code, Machine>(Machine&, const Numbers&)` each.
template <template <class> class Code, class... Roles>
Form form(std::string_view name) {
  return {name,
          {RoleCode{&Roles::template run<Code, SteppedMachine>,
                    &Roles::template run<Code, SymbolicMachine>}...}};
}

/// Of a protocol that only its specification describes: no code, no tasks.
inline std::vector<Form> only_specified() {
  return {{"holds", {}}};
}

/// The variable of a field, from its type: an int, a bool, or the name of an object.
template <FixedString S, class O, class V>
WorldSpec::Field variable_of(const Field<S, O, V>&) {
  WorldSpec::Field out{std::string{S.view()}, std::string{O::kind}, "", Sort::integer, 0, "", ""};
  if constexpr (std::is_same_v<V, bool>) {
    out.sort = Sort::boolean;
  } else if constexpr (!std::is_same_v<V, int>) {
    out.sort = Sort::name;
    out.initial = null_atom;
    out.values = V::kind;
  }
  return out;
}
template <FixedString S, class O, class V, class I>
WorldSpec::Field variable_of(const ArrayField<S, O, V, I>&) {
  WorldSpec::Field out = variable_of(Field<S, O, V>{});
  out.index = I::kind;
  return out;
}

/// All that a protocol says of itself besides its code. Locals and their kinds, and which roles
/// enter RCU read-side sections, are learned from the code. What does not fit it is a ProtocolError
/// of the model.
struct Registration {
  /// Objects of a kind, or the tasks of a role: `prefix` and a number is the name of each.
  struct Kind {
    std::string_view name;
    std::string_view prefix;
    std::string_view count;  ///< of the size: how many
    WorldSpec::Lifetime lifetime = WorldSpec::Lifetime::kept;
  };
  struct Role {
    std::string_view name;
    std::string_view prefix;
    std::string_view count;
    std::vector<std::string> rests;  ///< points where a task may stay for ever
  };
  /// The specification's VIEW: numbers that matter only by how far they are behind a field of the
  /// only object of its kind.
  struct View {
    std::string base;
    std::vector<std::string> relative;  ///< fields and locals
    bool (*at)(const Numbers&);         ///< the sizes where it is so

    bool is_at(const Numbers& n) const { return at != nullptr && at(n); }
  };
  SizeForm sizes;
  std::vector<Kind> kinds;
  std::vector<WorldSpec::Field> fields;
  std::map<std::string, Atom> starts = {};  ///< of fields that do not start as 0 or Null
  View view = {};
  std::vector<Role> roles = {};
  /// The specification's constants that name themselves and no object: Null, and the ModelValues
  /// that the code knows.
  std::vector<std::string> values = {"Null"};
  std::vector<Form> (*forms)();                                  ///< "holds" first
  std::source_location where = std::source_location::current();  ///< it stands there, for messages
};

/// A protocol by its registration. A static object of this class registers it.
class RegisteredProtocol : public Protocol {
 public:
  explicit RegisteredProtocol(Registration registration);

  std::string_view name() const override { return registration_.sizes.protocol; }
  std::vector<std::string> variants() const override;
  const SizeForm& sizes() const override { return registration_.sizes; }
  bool has_code() const override { return !registration_.roles.empty(); }
  bool has_view(const Size& size) const override;
  std::unique_ptr<Model> model(const Size& size, std::string_view variant) const override;

  /// The model of a form, whether it is registered or not.
  std::unique_ptr<Model> model_of(const Size& size, const Form& form) const;
  const Registration& registration() const { return registration_; }

 private:
  const std::vector<Form>& forms() const;

  Registration registration_;
};

/// A registered protocol at one size, in one form.
class RegisteredModel : public Model {
 public:
  RegisteredModel(const Registration& registration, const Size& size, Form form);

  const World& world() const override { return world_; }
  std::unique_ptr<System> stepped() const override;
  std::vector<Automaton> automata(Parameters parameters) const override;
  std::vector<std::pair<std::string, std::string>> constants() const override;
  std::string bounds() const override { return registration_.sizes.words(size_); }

 protected:
  const Numbers& numbers() const { return numbers_; }

 private:
  const Registration& registration_;
  Size size_;
  Numbers numbers_;
  Form form_;
  World world_;
};

}  // namespace lockstep
