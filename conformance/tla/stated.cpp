// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/stated.hpp"

#include <algorithm>
#include <set>

#include "tla/every_step.hpp"
#include "tla/expand.hpp"

namespace lockstep::tla {
namespace {

constexpr std::string_view property = "Property", refuted = "Refuted", possible = "Possible";

/// The ids and words of `Property (I-09, I-15): words`.
void read_comment(std::string_view text, Stated& out) {
  out.refuted = text.starts_with(refuted);
  out.possible = text.starts_with(possible);
  text.remove_prefix((out.refuted ? refuted : out.possible ? possible : property).size());
  const auto malformed = [&] {
    refuse(out.place, "the comment above '" + out.name +
                          "' is not understood; expected `Property (I-09): words`, or without ids");
  };
  if (text.starts_with(" (")) {
    const std::size_t close = text.find(')');
    if (close == std::string_view::npos) malformed();
    std::string_view ids = text.substr(2, close - 2);
    text.remove_prefix(close + 1);
    while (!ids.empty()) {
      const std::size_t comma = std::min(ids.find(", "), ids.size());
      out.ids.emplace_back(ids.substr(0, comma));
      ids.remove_prefix(std::min(comma + 2, ids.size()));
    }
    if (out.ids.empty()) malformed();
  }
  if (!text.starts_with(": ") || text.size() < 4) malformed();
  out.words = text.substr(2);
  if (out.words.ends_with('.')) out.words.pop_back();
}

Stated::Says kind_of(Says says) {
  switch (says) {
    case Says::state: return Stated::Says::invariant;
    case Says::step: return Stated::Says::step;
    case Says::behaviour: return Stated::Says::liveness;
    case Says::refinement: return Stated::Says::refinement;
  }
  return Stated::Says::invariant;
}

}  // namespace

void refuse_stated(const ModuleText& module, std::string_view judged) {
  for (const Definition& definition : module.definitions) {
    const std::string comment = comment_above(module, definition.place.line);
    for (const std::string_view word : {property, refuted, possible}) {
      if (!comment.starts_with(word)) continue;
      const std::string_view rest = std::string_view{comment}.substr(word.size());
      if (!rest.starts_with(":") && !rest.starts_with(" (")) continue;
      refuse(definition.place, "nobody judges '" + definition.name + "': of what " + module.name +
                                   " states nothing is asked; expected the property in module " +
                                   std::string{judged});
    }
  }
}

std::vector<Stated> stated_properties(const Module& module,
                                      const std::vector<std::string>& others) {
  for (const ModuleText* extended : all_of(module.text())) {
    if (extended != &module.text()) refuse_stated(*extended, module.text().name);
  }
  std::set<std::string> used(others.begin(), others.end());
  used.insert("Spec");
  for (const Definition& definition : module.text().definitions) {
    std::set<std::string> mentions = definition.mentions;
    mentions.erase(definition.name);
    used.merge(mentions);
  }
  std::vector<Stated> out;
  for (const Definition& definition : module.text().definitions) {
    const std::string comment = module.comment(definition.name);
    const bool stated = comment.starts_with(property) || comment.starts_with(refuted) ||
                        comment.starts_with(possible);
    if (!stated) {
      if (!definition.parameters.empty() || used.contains(definition.name)) continue;
      // What is a specification is no property: its fairness is told to the judges elsewhere.
      const bool fair = definition.mentions.contains("Spec");
      refuse(definition.place,
             "nobody judges '" + definition.name + "'" +
                 (fair ? ", a specification; where it is Spec with its fairness, the 'spec' of "
                         "protocol.json has to say so: \"fair\": \"" +
                             definition.name + "\", and \"fairness\", what it adds to Spec; else "
                       : "; ") +
                 "expected a comment `Property: ...` directly above it, or a definition that uses "
                 "it");
    }
    Stated one{definition.name, kind_of(definition.says), {}, {}, false, false, definition.place};
    if (!definition.parameters.empty()) {
      refuse(definition.place, "the property '" + definition.name + "' has parameters");
    }
    check_every_step(module.text(), definition);
    read_comment(comment, one);
    if (one.refuted && one.says != Stated::Says::liveness) {
      refuse(one.place, "'" + one.name +
                            "' is Refuted, which only what is live may be: what refutes "
                            "an invariant or a property of steps is a variant that breaks it");
    }
    if (one.possible && one.says != Stated::Says::invariant) {
      refuse(one.place, "'" + one.name + "' is Possible, which only a state may be");
    }
    out.push_back(std::move(one));
  }
  return out;
}

}  // namespace lockstep::tla
