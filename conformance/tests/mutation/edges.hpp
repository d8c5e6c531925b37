// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <set>
#include <string>
#include <vector>

#include "model/automaton.hpp"

// Private work between sites: what it mentions, and two pieces of it made one.
namespace lockstep::testing {

using Names = std::set<std::string>;
using Updates = std::vector<AutomatonEdge::Update>;

void add_names(const Term& term, Names& out);
Names names_in(const Term& term);
/// Everything that a site's own access mentions: locals, choices, the value read.
Names names_in(const Node& node);
/// The value that a site has read (`@`), or loaded beside it (`also0`)?
bool is_result(const std::string& name);
bool mentions_result(const Term& term);
/// Is this name a choice or a peek, which only its own step knows?
bool is_of_step(const std::string& name);

Names locals_set(const Updates& updates);
/// The updates that need the result of the site before, or those that do not.
Updates with_result(const Updates& updates, bool wanted);
/// First these, then those: one simultaneous assignment.
Updates in_sequence(const Updates& first, const Updates& second);
/// A term that is evaluated after the updates, as one that is evaluated before them.
Term before(const Term& term, const Updates& updates);

std::vector<std::size_t> edges_from(const Automaton& automaton, std::uint32_t node);
std::vector<std::size_t> edges_into(const Automaton& automaton, std::uint32_t node);
/// Takes out the nodes that nothing refers to any more; the edges must not mention them.
void remove_node(Automaton& automaton, std::uint32_t node);

}  // namespace lockstep::testing
