// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <map>
#include <vector>

#include "unbounded/signature.hpp"
#include "unbounded/structure.hpp"

namespace lockstep::testing {

/// The objects of a model as constants of the prover's own signature, and the states of the model
/// as what its functions give at every tuple of them.
class Pinned {
 public:
  /// `world`: of the model; that of the signature may be of another size.
  Pinned(const unbounded::Signature& signature, const World& world);

  /// One cell of the model's state.
  struct Cell {
    std::size_t slot = 0, function = 0;
    unbounded::Structure::Arguments at;
  };
  const std::vector<Cell>& cells() const { return cells_; }

  const z3::expr& object(Atom name) const { return objects_.at(name); }
  const std::map<Atom, z3::expr>& objects() const { return objects_; }
  /// The objects of one sort.
  std::vector<z3::expr> objects_of(const z3::sort& sort) const;
  /// All are different, and there are no others.
  const z3::expr_vector& closure() const { return closure_; }
  /// All are different.
  const z3::expr_vector& distinct() const { return distinct_; }

  /// The same, said of these objects one by one: without quantifiers.
  z3::expr ground(const z3::expr& e) const;

  /// The atom as a value of the cell's function.
  unbounded::Value value(const Cell& cell, Atom atom) const;
  /// Does the structure have the atom in that cell?
  z3::expr has(const unbounded::Structure& structure, const Cell& cell, Atom atom) const;
  /// ... these atoms in all cells?
  z3::expr is(const unbounded::Structure& structure, const Atom* state) const;
  /// The structure of a state.
  unbounded::Structure structure(const Atom* state) const;
  /// What another atom of its kind a cell could have.
  std::vector<Atom> others(const Cell& cell, Atom atom,
                           const std::vector<std::vector<Atom>>& stops) const;

 private:
  const unbounded::Signature& sig_;
  const World& world_;
  std::map<Atom, z3::expr> objects_;
  std::vector<Cell> cells_;
  std::map<std::string, z3::expr_vector> all_;  ///< by sort, with the names of none
  z3::expr_vector closure_, distinct_;
};

}  // namespace lockstep::testing
