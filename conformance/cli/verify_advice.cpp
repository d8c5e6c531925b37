// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/verify_advice.hpp"

#include "cli/frame/crash.hpp"

namespace lockstep::cli {
namespace {

/// The part behind the last `/`, or behind the last but one.
std::string last_part(const std::string& id) {
  return id.substr(id.rfind('/') + 1);
}

std::string of_model(const std::string& command, const Check& check) {
  std::string out = command + " " + check.protocol;
  if (!check.size.empty()) out += " --size " + check.size;
  if (check.variant != "holds") out += " --variant " + check.variant;
  return out;
}

}  // namespace

std::string shown_by(const Manifest& manifest, const Check& check, const Outcome& outcome) {
  const std::string& p = check.protocol;
  const std::string variant = check.variant == "holds" ? "" : " --variant " + check.variant;
  const std::string& claim = check.claim;
  if (claim == "replays") {
    const auto file = manifest.protocol(p).golden / (last_part(check.id) + ".itf.json");
    return "replay " + quoted(file.string());
  }
  if (claim == "inductive") return "prove " + p + variant;
  if (claim == "cutoff") return "prove " + p + " --cutoff";
  if (check.judge == "z3" && claim == "possible") return "prove " + p + " --guards";
  if (claim == "orders-needed") {
    return "order " + p + " --model " + *check.model + " --weaken " + check.site;
  }
  if (claim == "orders-suffice") {
    const std::string question = last_part(check.id.substr(0, check.id.rfind('/')));
    return "order " + p + " --question " + question + " --model " + *check.model;
  }
  if (claim == "killed") return "list killers " + p;
  if (check.id.ends_with("/covered/turns")) return "list turns " + p;
  if (claim == "equal") return of_model("compare", check);
  if (check.judge == "tlc" && !check.size.empty()) return of_model("check", check);
  if (check.judge == "reference" && !check.size.empty() && claim != "view") {
    // A property that is not of states alone is asked for by its name.
    const std::string violates = "violates ";
    const bool named = (claim == "live" || claim == "refines") && outcome.got.starts_with(violates);
    return of_model("explore", check) +
           (named ? " --property " + outcome.got.substr(violates.size()) : "");
  }
  return "verify --protocol " + p + (check.quick ? " --quick" : "") + " --verbose";
}

std::string to_decide(const std::string& why, const std::string& shown) {
  const auto says = [&](std::string_view text) { return why.find(text) != std::string::npos; };
  if (says("no Java")) return "install a Java runtime, or name one in JAVA_HOME";
  if (says("no TLC") || says("is not TLC")) return "name the jar of TLC in TLA2TOOLS_JAR";
  if (says("time limit of")) return "a longer --time-limit, or ask alone: lockstep " + shown;
  if (says("memory limit of")) return "a larger --memory-limit, or ask alone: lockstep " + shown;
  if (says("interrupted")) return "let it work to its end, or ask alone: lockstep " + shown;
  if (says("out of heap") || says("signal 9") || says("out of memory")) {
    return "more memory: ask alone, lockstep " + shown;
  }
  if (says("space left") || says("disk full")) return "name a larger disk in LOCKSTEP_SCRATCH";
  if (says("nobody has proved")) return "a proof; spec/README.md says how one is written";
  return "lockstep " + shown + " says more";
}

}  // namespace lockstep::cli
