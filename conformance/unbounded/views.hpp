// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <compare>
#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "unbounded/prove.hpp"

namespace lockstep::unbounded {

/// What is seen of a state through one object of each of some sets (one reader, one VMA): a value
/// that is one of few. `when` is null where it is always seen.
struct Feature {
  std::string text;  ///< "pc[r]", as the manifest has it
  tla::Expr see;     ///< its variables of `ViewSpec::sets` are `bound`
  tla::Expr when;
};

struct ViewSpec {
  std::vector<std::pair<std::string, std::string>>
      sets;  ///< the name of each variable, and its set
  std::vector<Feature> features;
  /// The sets of which a state is assumed to have one object: one address space.
  std::vector<std::string> single;
};

/// The values of the features, in their order; `hidden` where one is not seen.
using View = std::vector<Atom>;
inline constexpr Atom hidden = -1'000'000, other = hidden + 1;

/// How a view came up first: from which view of the same objects, and by which step.
struct Origin {
  std::optional<View> before;  ///< none = at the start
  std::string from, to;        ///< where the task stood that took the step, and stands then
  std::size_t role = 0;
  /// The variable of the view that stands for the task; none where it is another task.
  std::optional<std::size_t> focus;
};

using Views = std::map<View, Origin>;

/// Is a set of views closed: does no step of any task lead out of it, however many there are of
/// everything? Together with the invariant, the views of all objects are what is known of a state.
class Closure {
 public:
  Closure(const Question& question, const ViewSpec& spec);
  ~Closure();

  struct Escape {
    std::string edge;
    bool unknown = false;
    std::string state;  ///< before the step, in words; or why it is not known
    View view;          ///< after it: not in the set
    View nearest;       ///< of the set: the one that differs least
  };
  /// The ways that lead out, or of which it is not known. `first_only`: no more than one.
  std::vector<Escape> escapes(const Views& views, const Options& options);
  /// Of the views of a graph those that no step of the relation gives, in a small state in which
  /// the invariant holds and all views are of the set: then the relation lacks what the code does.
  /// The second member are those of which it is not known.
  std::pair<std::vector<View>, std::vector<View>> underived(const Views& views,
                                                            const Options& options);

 private:
  struct Rooms;
  std::unique_ptr<Rooms> rooms_;
};

/// `pc[r] = Put_Dec, slab[v] = used`: what is seen and differs from `beside`, if that is given.
std::string text(const ViewSpec& spec, const View& view, const Symbols& symbols,
                 const View* beside = nullptr);

}  // namespace lockstep::unbounded
