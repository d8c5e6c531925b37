// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/verify_shown.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <sstream>

#include "cli/frame/crash.hpp"
#include "cli/verify_advice.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

/// What the judge said; in how many steps, where that is asked; and what is to be remarked.
std::string got(const Check& check, const Checked& checked) {
  const auto steps = check.expected.steps ? checked.outcome.steps : std::nullopt;
  return with_steps(checked.outcome.got, steps) +
         (checked.remark.empty() ? "" : ", " + checked.remark);
}

/// The judge as a row names it: with the memory model, or with the version of what was run.
std::string who(const Check& check, const Outcome& outcome) {
  if (check.model) return check.judge + ", " + *check.model;
  if (outcome.tool.empty()) return check.judge;
  return check.judge == "tlc" ? outcome.tool : check.judge + ", " + outcome.tool;
}

struct Sum {
  std::size_t passed = 0, failed = 0, all = 0;
  double seconds = 0;
  Verdicts verdicts;
};

}  // namespace

std::string with_steps(const std::string& words, const std::optional<std::uint64_t>& steps) {
  return steps ? words + " in " + std::to_string(*steps) + " steps" : words;
}

/// Lines that begin with `indent` blanks.
std::string VerifyText::line(std::size_t indent, const std::string& text) const {
  std::string out;
  std::istringstream lines(text);
  for (std::string one; std::getline(lines, one);) {
    out += report::wrapped(std::string(indent, ' ') + one, width_);
  }
  return out;
}

/// With the folders of the user's protocols, without which it would not know them.
std::string VerifyText::command(const std::string& shown) const {
  std::string out = shown;
  for (const std::string& folder : session_.options.protocols) {
    out += " --protocols " + quoted(folder);
  }
  return out;
}

std::string VerifyText::shown(std::size_t check) const {
  return command(shown_by(*run_.manifest, run_.checks[check], all_[check].outcome));
}

std::string VerifyText::table() const {
  report::Table table(
      {"check", "claim", "judge", "bounds", "expected", "got", ">states", ">time", ""});
  for (std::size_t i = 0; i < run_.checks.size(); ++i) {
    const Check& check = run_.checks[i];
    const Checked& checked = all_[i];
    table.row({check.id, check.claim, who(check, checked.outcome), check.bounds,
               with_steps(check.expected.verdict, check.expected.steps), got(check, checked),
               checked.outcome.states ? report::grouped(*checked.outcome.states) : "",
               report::seconds(checked.outcome.seconds), session_.paint.verdict(checked.verdict)});
  }
  return table.text(width_) + "\n";
}

std::string VerifyText::failures() const {
  std::string out;
  for (std::size_t i = 0; i < run_.checks.size(); ++i) {
    const Check& check = run_.checks[i];
    if (all_[i].verdict != Verdict::fail) continue;
    out += session_.paint.verdict(Verdict::fail) + "  " + line(6, check.id).substr(6);
    out += line(6, check.claim + ", " + check.judge + (check.model ? ", " + *check.model : "") +
                       (check.bounds.empty() ? "" : ": " + check.bounds));
    out += line(6, "expected " + with_steps(check.expected.verdict, check.expected.steps));
    out += line(6, "got      " + got(check, all_[i]));
    out += line(6, "shown by lockstep " + shown(i));
  }
  return out;
}

std::string VerifyText::unknowns() const {
  std::map<std::string, std::vector<std::size_t>> reasons;
  for (std::size_t i = 0; i < all_.size(); ++i) {
    if (all_[i].verdict == Verdict::unknown) reasons[all_[i].got()].push_back(i);
  }
  std::string out;
  constexpr std::size_t most = 3;
  for (const auto& [reason, which] : reasons) {
    const std::string head = report::counted(which.size(), "check") + ": " + reason;
    out += session_.paint.verdict(Verdict::unknown) + "  " + line(9, head).substr(9);
    for (std::size_t i = 0; i < which.size() && i < most; ++i) {
      out += line(6, run_.checks[which[i]].id);
    }
    if (which.size() > most) out += fmt::format("      and {} more\n", which.size() - most);
    out += line(6, "to decide: " + to_decide(reason, shown(which.front())));
  }
  return out;
}

std::string VerifyText::protocols() const {
  std::map<std::string, Sum> sums;
  std::size_t widest = 0;
  for (std::size_t i = 0; i < run_.checks.size(); ++i) {
    Sum& sum = sums[run_.checks[i].protocol];
    sum.passed += all_[i].verdict == Verdict::pass ? 1u : 0u;
    sum.failed += all_[i].verdict == Verdict::fail ? 1u : 0u;
    sum.seconds += all_[i].outcome.seconds;
    ++sum.all;
    sum.verdicts.add(all_[i].verdict);
  }
  for (const auto& [protocol, sum] : sums) widest = std::max(widest, protocol.size());
  std::string out;
  for (const auto& [protocol, sum] : sums) {
    const Verdict verdict = sum.verdicts.all();
    std::string text = report::pad(protocol, widest) +
                       fmt::format("  {} of {} checks as expected", sum.passed, sum.all);
    if (sum.failed > 0) text += fmt::format(", {} not", sum.failed);
    const std::size_t open = sum.all - sum.passed - sum.failed;
    if (open > 0) text += fmt::format(", {} undecided", open);
    text += ", " + report::seconds(sum.seconds);
    if (const std::string safe = safe_at(protocol); !safe.empty()) text += "; safe: " + safe;
    out += session_.paint.verdict(verdict) + std::string(9 - name_of(verdict).size(), ' ') +
           line(9, text).substr(9);
  }
  return out;
}

/// The bounds of the first size at which all of its judges found the protocol safe; "" of none.
std::string VerifyText::safe_at(const std::string& protocol) const {
  std::vector<std::pair<std::string, bool>> sizes;
  for (std::size_t i = 0; i < run_.checks.size(); ++i) {
    const Check& check = run_.checks[i];
    if (check.protocol != protocol || check.claim != "safe" || check.variant != "holds") continue;
    const auto known = std::ranges::find(sizes, check.bounds, &std::pair<std::string, bool>::first);
    const bool passed = all_[i].verdict == Verdict::pass;
    if (known == sizes.end()) {
      sizes.emplace_back(check.bounds, passed);
    } else {
      known->second = known->second && passed;
    }
  }
  const auto safe = std::ranges::find(sizes, true, &std::pair<std::string, bool>::second);
  return safe == sizes.end() ? "" : safe->first;
}

/// Why there is nothing to check of what was asked; "" where there is.
std::string VerifyText::nothing_to_check() const {
  if (!run_.checks.empty()) return "";
  std::string out;
  for (const std::string& id : run_.arguments.scenarios) {
    const ManifestScenario& scenario = run_.manifest->scenario(id);
    const bool there = std::ranges::any_of(run_.manifest->protocols, [&](const auto& protocol) {
      return protocol.name == scenario.protocol;
    });
    const auto& asked = run_.arguments.protocols;
    const bool among = asked.empty() || std::ranges::find(asked, scenario.protocol) != asked.end();
    out += (out.empty() ? "" : "; ") + id + ": " +
           (!there   ? "its protocol, " + scenario.protocol + ", is not described here yet"
            : !among ? "its protocol, " + scenario.protocol + ", was not asked for"
                     : "no variant and no question of " + scenario.protocol + " is about it");
  }
  if (run_.arguments.quick) out += std::string{out.empty() ? "" : "; "} + "no such check is quick";
  return out.empty() ? "the manifest has no check for what was asked" : out;
}

std::string VerifyText::last_line(double seconds) const {
  std::string out = fmt::format("{} in {}", report::counted(run_.checks.size(), "check"),
                                report::seconds(seconds));
  if (const std::string nothing = nothing_to_check(); !nothing.empty()) return out + ": " + nothing;
  std::map<std::string, std::string> safe;
  for (const Check& check : run_.checks) safe[check.protocol];
  std::string bounds;
  for (auto& [protocol, at] : safe) {
    at = safe_at(protocol);
    if (!at.empty()) bounds += "; " + protocol + " safe: " + at;
  }
  // Of many protocols the lines above say it.
  const std::size_t verdict = std::string_view{"UNKNOWN, "}.size();
  return verdict + out.size() + bounds.size() <= width_ ? out + bounds : out;
}

}  // namespace lockstep::cli
