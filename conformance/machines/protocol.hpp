// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "machines/extraction.hpp"
#include "machines/size.hpp"
#include "machines/system.hpp"
#include "model/automaton.hpp"

namespace lockstep {

/// A protocol at one size, in one variant: everything that the engines need to know of it.
class Model {
 public:
  virtual ~Model() = default;
  virtual const World& world() const = 0;
  /// Is there a reference? Else the specification stands alone, and only it has steps.
  bool has_code() const { return !world().tasks().empty(); }
  /// The reference, run by fibers.
  virtual std::unique_ptr<System> stepped() const = 0;
  /// The reference, run once on terms: one automaton a role.
  virtual std::vector<Automaton> automata(Parameters parameters = Parameters::given) const = 0;
  /// The specification's constants: name, and its value as a .cfg or a definition has it.
  virtual std::vector<std::pair<std::string, std::string>> constants() const = 0;
  /// "2 readers, 2 VMAs, 2 slots"
  virtual std::string bounds() const = 0;
};

/// A protocol registers itself by a file of this folder; no engine knows its name.
class Protocol {
 public:
  virtual ~Protocol() = default;
  virtual std::string_view name() const = 0;
  /// The variants that the reference knows, "holds" first.
  virtual std::vector<std::string> variants() const = 0;
  virtual std::unique_ptr<Model> model(const Size& size, std::string_view variant) const = 0;
  /// What the numbers of a size are.
  virtual const SizeForm& sizes() const = 0;
  /// As Model::has_code() of each model, and as has_view() of the world of a size; but by the
  /// registration alone, so that who reads the facts of all protocols need not run their code.
  virtual bool has_code() const = 0;
  virtual bool has_view(const Size& size) const = 0;

  static const std::vector<const Protocol*>& all();
  /// Throws InputError with a suggestion if there is none.
  static const Protocol& find(std::string_view name);

 protected:
  Protocol();
};

}  // namespace lockstep
