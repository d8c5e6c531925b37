// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/order_fuzz/differences.hpp"

#include <algorithm>

#include "tests/order_fuzz/interleaver.hpp"

namespace lockstep::orders::fuzz {

namespace {

using Does = Statement::Does;

bool any_test(const Test&) {
  return true;
}

/// ARMv8 keeps a store-release before a later load-acquire (STLR, LDAR), which neither C nor the
/// kernel asks for; x86 has a bare MOV for both, and lets the load go ahead of the store. A
/// read-modify-write in either place drains the store buffer of x86.
bool without_release_before_acquire(const Test& test) {
  return std::ranges::none_of(test.threads, [](const std::vector<Statement>& thread) {
    const auto release = std::ranges::find_if(thread, [](const Statement& s) {
      return s.does == Does::write && s.order == Order::release;
    });
    return std::any_of(release, thread.end(), [](const Statement& s) {
      return s.does == Does::read && s.order == Order::acquire;
    });
  });
}

/// What the stronger model lets happen, the weaker one does.
struct Inclusion {
  const char *stronger, *weaker;
  bool (*applies)(const Test&);
};
constexpr Inclusion inclusions[] = {
    {"sc", "tso", any_test},     {"sc", "armv8", any_test},
    {"sc", "lkmm", any_test},    {"sc", "rc11", any_test},
    {"armv8", "lkmm", any_test}, {"tso", "armv8", without_release_before_acquire},
};

/// Does an end that is seen with one verdict go unseen with the other?
bool loses(Observed stronger, Observed weaker) {
  return weaker != Observed::sometimes && weaker != stronger;
}

}  // namespace

Differences::Differences() {
  for (const char* name : {"sc", "tso", "armv8", "lkmm", "rc11"}) replace(builtin_model(name));
}

std::string Differences::of(const Test& test) {
  const Program program = program_of(test);
  const Observed expected = interleave(program);
  std::map<std::string, Observed> verdicts;
  for (const auto& [name, model] : models_) {
    try {
      const Observation o = observe(program, model, {}, false);
      if (o.verdict == Observed::unknown) return name + ": unknown, " + o.reason;
      verdicts[name] = o.verdict;
    } catch (const std::exception& e) {
      return name + ": " + e.what();
    }
  }
  const auto said = [&verdicts](const char* model) {
    return std::string{model} + ": " + std::string{name_of(verdicts[model])};
  };
  if (verdicts["sc"] != expected) {
    return said("sc") + ", interleaved: " + std::string{name_of(expected)};
  }
  for (const auto& [stronger, weaker, applies] : inclusions) {
    if (applies(test) && loses(verdicts[stronger], verdicts[weaker])) {
      return said(stronger) + ", and yet " + said(weaker);
    }
  }
  ++judged_;
  ++interleaved_[std::string{name_of(expected)}];
  for (const auto& [name, verdict] : verdicts) weaker_[name] += verdict != expected;
  return {};
}

std::string Differences::tally() const {
  std::string out = std::to_string(judged_) + " tests, none differ; under sc";
  for (const auto& [verdict, count] : interleaved_) {
    out += " " + verdict + " " + std::to_string(count);
  }
  out += "; weaker than that under";
  for (const auto& [model, count] : weaker_) {
    if (model != "sc") out += " " + model + " " + std::to_string(count);
  }
  return out;
}

}  // namespace lockstep::orders::fuzz
