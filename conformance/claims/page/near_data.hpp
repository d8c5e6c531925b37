// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <utility>
#include <vector>

#include "claims/judges.hpp"
#include "claims/page/interned.hpp"
#include "explore/neighbourhood.hpp"
#include "report/columns.hpp"

namespace lockstep {

/// The states near a behaviour as numbers, one step further at a time. Whatever repeats is said
/// once: values, changes, steps, effects, and which properties do not hold.
class NearData {
 public:
  /// `properties` has those that are named. All but the names must live as long.
  NearData(const Neighbourhood& near, SpecProperties& properties, std::vector<std::string> names,
           const report::Columns& style);

  /// Takes what has become known since the last time.
  void add();
  std::size_t bytes() const;
  /// The members of the document, as they were after the first `times` calls of add().
  report::Json document(std::size_t times) const;

 private:
  struct List {
    const char* name;
    const Grown* list;
  };

  const Layout& layout() const { return near_.world().layout(); }
  const Symbols& symbols() const { return layout().symbols; }
  void add_node(std::size_t number);
  void add_edges(std::size_t number);
  std::size_t set_of(const std::vector<std::string>& broken);
  std::size_t step_of(const Step& step);
  std::vector<List> lists() const;

  const Neighbourhood& near_;
  SpecProperties& properties_;
  std::vector<std::string> names_;
  const report::Columns& style_;
  Interned<std::string> sites_, tasks_, values_, faults_;
  Interned<std::vector<std::string>> effects_;
  Interned<std::vector<std::size_t>> sets_, changes_;
  Interned<std::pair<std::vector<std::size_t>, std::vector<std::string>>> steps_;
  Grown nodes_, edges_;
  std::vector<std::vector<std::size_t>> marks_;  ///< the length of each list, after each add()
};

}  // namespace lockstep
