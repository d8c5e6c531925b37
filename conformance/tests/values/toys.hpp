// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <string>
#include <vector>

#include "machines/registration.hpp"
#include "orders/witness/judge.hpp"
#include "unbounded/prove.hpp"

namespace lockstep::values {

/// A protocol of this folder and the module that describes it. The last count of its sizes is of
/// boxes.
struct Toy {
  const RegisteredProtocol& protocol;
  const char* module;

  std::unique_ptr<Model> model(std::string_view size, std::string_view variant) const {
    return protocol.model(Size::parse(size), variant);
  }

  /// Do code, automaton and text have one graph at that size? "N states", or what differs.
  std::string graph(std::string_view size, std::string_view variant) const;
  /// "holds" where TLC finds as many states and transitions in the text as there are in the code.
  std::string by_tlc(std::string_view size, std::string_view variant) const;
  /// What the explorer finds of these properties: "holds", or the name of what does not.
  std::string explored(std::string_view size, std::string_view variant,
                       const std::vector<std::string>& properties) const;
  /// The same for any number: "proved", or the first way and conjunct that fail. With an assumption
  /// about the numbers that the protocol is built with, for any of those too.
  std::string proved(std::string_view variant, const std::vector<std::string>& conjuncts,
                     const std::string& assumed = "") const;

  /// A question about memory orders, in a text of question_file.hpp: its program, and its answer.
  orders::Program program(std::string_view variant, const std::string& question,
                          const orders::Overrides& weaker = {}) const;
  orders::Judgement ask(std::string_view variant, const std::string& question, const char* model,
                        const orders::Overrides& weaker = {}) const;
  /// The same question as a litmus test: what differs, or "".
  std::string as_litmus(std::string_view variant, const std::string& question,
                        const orders::Overrides& weaker = {}) const;

 private:
  struct Asked;
  Asked asked(std::string_view variant, const std::string& question) const;
};

/// Never or reachable, by the first letter, under sc, tso, armv8, lkmm and rc11: "nnrrr".
std::string outcomes(const Toy& toy, std::string_view variant, const std::string& question,
                     const orders::Overrides& weaker = {});

}  // namespace lockstep::values
