// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <functional>
#include <string>
#include <vector>

#include "claims/check.hpp"
#include "claims/proof.hpp"
#include "unbounded/views.hpp"

namespace lockstep {

/// What the manifest sees of a state through one object of each set, as expressions of the
/// specification. Throws InputError where it names no views.
unbounded::ViewSpec view_spec(const ProofSubject& subject);

struct GraphViews {
  unbounded::Views views;
  std::uint64_t states = 0, transitions = 0;
  double seconds = 0;
};
/// The views in the reference's whole state graph at a size, each with the step that first gave it.
GraphViews graph_views(const ProofSubject& subject, const unbounded::ViewSpec& spec,
                       const Size& size,
                       const std::function<void(std::uint64_t states)>& on_progress);

/// What was found at one size.
struct CutoffSize {
  std::string size;
  std::uint64_t states = 0;
  unbounded::Views views;
  std::vector<unbounded::View> missing;             ///< which another size's graph has
  std::vector<unbounded::Closure::Escape> escapes;  ///< the first; empty = closed
  std::vector<unbounded::View> underived, unknown;  ///< where it is closed
  double graph_seconds = 0, seconds = 0;

  bool closed() const {
    return missing.empty() && escapes.empty() && underived.empty() && unknown.empty();
  }
  bool undecided() const;
};
/// Of the manifest's sizes the first whose graph lacks no view of the others': is its set of views
/// closed, and does the relation give each of them? Then every view, of however many, is in that
/// graph. The invariant is taken as shown.
std::vector<CutoffSize> find_cutoff(
    const ProofSubject& subject, const unbounded::ViewSpec& spec,
    const std::function<void(const std::string& what, std::uint64_t done, std::uint64_t total)>&
        tell);

/// In the words of the manifest: "cutoff 2x2x2", or which steps lead out of the views of the last
/// size.
std::string words(const std::vector<CutoffSize>& sizes);

/// The check of the claim `cutoff`, of protocols whose views the manifest names.
void add_cutoff(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                const ManifestProtocol& protocol);

}  // namespace lockstep
