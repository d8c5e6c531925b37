// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <z3++.h>

#include <functional>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "machines/world.hpp"
#include "unbounded/ways.hpp"

namespace lockstep::unbounded {

/// A value of a cell or a local. An integer may be Null: not initialised, or dead; then `term` is
/// anything.
struct Value {
  z3::expr term;
  std::optional<z3::expr> null;
};

/// A variable of the specification as a function of objects: nothing bounds how many there are.
struct Function {
  std::string variable;  ///< "vm_refcnt", "pc"
  std::vector<z3::sort> arguments;
  z3::func_decl value;
  std::optional<z3::func_decl> null;  ///< of an integer that may be Null
  Sort sort = Sort::integer;
  bool page = false;                ///< what is in it goes with the object's page
  std::optional<std::size_t> role;  ///< a local of this role's tasks, their `pc` or `rcu`
};

/// The sorts and functions of a protocol's states, for any number of everything. A kind of objects
/// and a role of tasks are a sort each; those with the same names in the model (the writer of m1 is
/// m1) share one.
class Signature {
 public:
  /// `objects`: 0 = any number; else at most so many of every sort. What holds in such a state
  /// need not hold in others, but what is found in one is found.
  Signature(z3::context& context, const World& world, const std::vector<Automaton>& automata,
            const Places& places, unsigned objects);

  z3::context& context() const { return context_; }
  const World& world() const { return world_; }
  const std::vector<Function>& functions() const { return functions_; }
  std::size_t size() const { return functions_.size(); }
  /// The function of a variable whose first argument is of that sort; none if there is none.
  std::optional<std::size_t> find(std::string_view variable, const z3::sort& first) const;
  std::size_t get(std::string_view variable, const z3::sort& first) const;

  z3::sort kind(std::string_view kind) const;
  z3::sort role(std::size_t role) const;
  /// The sort of the objects of a model: of v1, Vma's. None if it is no object.
  std::optional<z3::sort> sort_of(Atom object) const;
  z3::sort integers() const { return context_.int_sort(); }
  z3::sort booleans() const { return context_.bool_sort(); }

  /// No object of that sort, as a value of it.
  z3::expr null_of(const z3::sort& sort) const { return nothing_of(sort, "Null"); }
  /// The name of no object, Null or one that the world lists, as a value of that sort.
  z3::expr nothing_of(const z3::sort& sort, std::string_view name) const;
  /// Null and the others, with their names.
  using Nothings = std::vector<std::pair<std::string, z3::expr>>;
  const Nothings& nothings(const z3::sort& sort) const;
  bool is_nothing(std::string_view name) const;
  /// Is it an object, and not Null or another name of none?
  z3::expr is_object(const z3::expr& value) const;
  /// The number that stands for a string: a site, "free". The sites at which the tasks of a role
  /// stop have numbers in a row.
  int code(std::string_view text) const;
  std::string text_of_code(int code) const;
  /// A number that the protocol is built with: Limit. Whether the automata leave one of that name
  /// open.
  bool is_parameter(std::string_view name) const { return parameters_.contains(name); }
  z3::expr parameter(std::string_view name) const;

  /// What is true of every state by its form alone: names are distinct, tasks are at their sites.
  const std::vector<z3::expr>& facts() const { return facts_; }

  z3::expr fresh(const z3::sort& sort, std::string_view hint) const;
  /// While it lives the names of what is fresh are of its own and count from 0: what is made by the
  /// same calls is the same text, whatever was made before. One at a time.
  class Naming {
   public:
    Naming(const Signature& signature, std::string of);
    ~Naming();
    Naming(const Naming&) = delete;
    Naming& operator=(const Naming&) = delete;

   private:
    const Signature& signature_;
    int before_;
  };

  // ---- Quantifiers: over any number of objects, or over the few of a small state ----

  z3::expr for_all(const z3::expr_vector& bound, const z3::expr& body) const;
  z3::expr exists(const z3::expr_vector& bound, const z3::expr& body) const;
  /// Is the constant one of the few? Anything is, where there is any number.
  z3::expr is_there(const z3::expr& constant) const;
  /// Of how many of the few it is true. Throws std::logic_error where there is any number.
  z3::expr number_of(const z3::sort& sort,
                     const std::function<z3::expr(const z3::expr&)>& is) const;

 private:
  z3::expr expanded(const z3::expr_vector& bound, const z3::expr& body, bool all) const;
  void close();
  /// What becomes of the objects of a kind that are allocated and freed.
  void add_life(const WorldSpec::Kind& of);
  void add_graces(const z3::sort& waiting);
  void add(std::string variable, std::vector<z3::sort> arguments, Sort sort,
           const std::string& values, bool nullable, bool page, std::optional<std::size_t> role);

  z3::context& context_;
  const World& world_;
  std::map<std::string, z3::sort, std::less<>> sorts_;  ///< by kind, and by "role NAME"
  std::map<std::string, Nothings> nothing_;             ///< by sort's name
  std::map<std::string, std::vector<z3::expr>> few_;  ///< all there are, by sort's name; else empty
  std::vector<Function> functions_;
  mutable std::map<std::string, int, std::less<>> codes_of_;
  std::vector<std::vector<int>> codes_;  ///< of the sites where a role's tasks stop
  std::vector<z3::expr> facts_;
  std::set<std::string, std::less<>> parameters_;
  mutable int fresh_ = 0;
  mutable std::string naming_;
};

}  // namespace lockstep::unbounded
