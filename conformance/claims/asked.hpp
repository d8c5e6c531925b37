// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <vector>

#include "claims/check.hpp"
#include "claims/manifest.hpp"
#include "machines/size.hpp"

namespace lockstep {

using ManifestRef = std::shared_ptr<const Manifest>;

/// The bounds of a model, in words.
std::string bounds_of(const std::string& protocol, const Size& size);

// Each adds what there is to ask of a protocol, with the answer that is expected.

/// Of today's form, at each size what it claims.
void add_sizes(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of each variant: that it breaks what it is said to break, or nothing.
void add_variants(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of what is known to claim too much: that it is violated.
void add_refuted(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of each state that has to be reachable: that it is.
void add_possible(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of each property that no variant breaks: that it can fail.
void add_falsifiable(std::vector<Check>& out, const ManifestRef& manifest,
                     const ManifestProtocol& p);
/// Of each property, and of fairness: that whoever takes a part of it away changes a verdict.
void add_killed(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of the files that follow from what is stated elsewhere: that they do.
void add_derived(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of each golden trace.
void add_traces(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of the golden traces together: that they take every edge of the code.
void add_covered(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of the sizes together: that the code makes every turn there, in company of every role.
void add_turns(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);
/// Of each question under each model, and of each order.
void add_orders(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p);

}  // namespace lockstep
