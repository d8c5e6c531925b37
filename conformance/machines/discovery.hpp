// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <string_view>
#include <vector>

#include "machines/world.hpp"

namespace lockstep {

/// What the code of a role's tasks says of its world when it is run: its locals, as they are
/// met, the fields, points and names of no object that it knows, whether it enters RCU
/// read-side sections, and what waits for those.
class Discovery {
 public:
  /// A local of that name holds a value of that sort; `values`: the kind of the objects that it
  /// names. Throws ProtocolError where it has held another.
  void local(std::string_view name, Sort sort, std::string_view values);

  std::vector<WorldSpec::Local> locals;
  std::set<std::string> fields;  ///< that some site accesses
  std::set<std::string> points;
  std::set<std::string> model_values;  ///< "Again"; without Null
  std::set<std::string> call_rcu;      ///< kinds whose objects are handed to it
  bool rcu = false;
  bool sync = false;  ///< does it call synchronize_rcu()?
};

}  // namespace lockstep
