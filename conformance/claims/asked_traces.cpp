// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <map>
#include <set>

#include "claims/asked.hpp"
#include "claims/trace_file.hpp"
#include "traces/itf.hpp"

namespace lockstep {

namespace {

const std::string lasso = "replays, into a loop";

Outcome replay_file(const Manifest& manifest, const std::filesystem::path& path,
                    const Expected& wanted) {
  const TraceFile file = TraceFile::read(manifest, path);
  const Trace& trace = file.trace;
  Outcome out{words(file), true, trace.states.size(), {}, trace.steps.size(), 0};
  if (file.difference) return out;
  const bool to_violate = wanted.verdict.starts_with("violates ");
  if (!file.violated.empty() && (to_violate || trace.subject.variant == "holds")) {
    out.got = "violates " + file.violated;
  } else if (to_violate) {
    out.got = "replays, into no violation";
  } else if (wanted.verdict == lasso && trace.loop) {
    out.got = lasso;
  }
  return out;
}

/// What must come of a behaviour of a variant: where some judge finds a state or a step that is
/// wrong, the behaviour ends there, after as many steps. What is violated by going on for ever is
/// no state: that behaviour must be a lasso, and who says that it is unfair is the judge of
/// liveness. Of a variant of which nothing of the kind is recorded it must be a behaviour.
Expected expected_of_trace(const ManifestProtocol& p, const std::string& variant) {
  const Expected replays{"replays", {}, {}, {}};
  if (variant == "holds") return replays;
  const auto& expected = p.variant(variant).expected;
  for (const char* judge : {"tlc", "reference"}) {
    const auto found = expected.find(judge);
    if (found == expected.end() || !found->second.verdict.starts_with("violates ")) continue;
    for (const ManifestProperty& property : p.properties) {
      if (found->second.verdict != "violates " + property.name) continue;
      if (property.kind == "liveness") return {lasso, found->second.steps, {}, {}};
    }
    return found->second;
  }
  return replays;
}

/// The name of a broken variant's golden trace.
std::string golden_of(const ManifestVariant& variant) {
  return variant.holds || !variant.scenario ? "" : *variant.scenario + "_" + variant.name;
}

}  // namespace

void add_traces(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const std::filesystem::path& folder = p.golden;
  std::set<std::filesystem::path> files;
  if (std::filesystem::is_directory(folder)) {
    for (const auto& entry : std::filesystem::directory_iterator(folder)) {
      if (entry.path().string().ends_with(".itf.json")) files.insert(entry.path());
    }
  }
  for (const auto& file : files) {
    const TraceSubject subject = ItfFile(file).subject();
    Check check;
    std::string name = file.filename().string();
    name.resize(name.size() - std::string_view{".itf.json"}.size());
    check.id = p.name + "/replays/" + name;
    check.protocol = p.name;
    check.claim = "replays";
    check.judge = "reference";
    check.variant = subject.variant;
    // What is called as a variant's golden trace is to be it.
    const auto called = std::ranges::find(p.variants, name, golden_of);
    if (called != p.variants.end()) check.variant = called->name;
    const auto of = std::ranges::find(p.variants, check.variant, &ManifestVariant::name);
    if (of != p.variants.end()) check.scenario = of->scenario;
    check.quick = true;
    if (subject.protocol != p.name || subject.variant != check.variant) {
      check.expected = {"replays", {}, {}, {}};
      check.run = [subject](const Workshop&) {
        return Outcome{"the golden trace is of " + subject.protocol + ", " + subject.variant};
      };
      out.push_back(std::move(check));
      continue;
    }
    check.bounds = bounds_of(p.name, Size::parse(subject.size));
    check.expected = expected_of_trace(p, subject.variant);
    check.expected.states.reset();
    if (const auto known = p.traces.find(name); known != p.traces.end()) {
      check.expected.states = known->second;
    }
    check.run = [manifest, file, wanted = check.expected](const Workshop&) {
      return replay_file(*manifest, file, wanted);
    };
    out.push_back(std::move(check));
  }
  // What ought to be there and is not.
  std::map<std::string, const ManifestVariant*> wanted;
  for (const auto& [name, states] : p.traces) wanted[name] = nullptr;
  for (const ManifestVariant& variant : p.variants) {
    if (const std::string name = golden_of(variant); !name.empty()) wanted[name] = &variant;
  }
  const auto model = Protocol::find(p.name).model(Size::parse(p.default_size()), "holds");
  if (files.empty() && model->has_code()) wanted["cover"] = nullptr;
  for (const auto& [name, variant] : wanted) {
    if (files.contains(folder / (name + ".itf.json"))) continue;
    Check check;
    check.id = p.name + "/replays/" + name;
    check.protocol = p.name;
    check.claim = "replays";
    check.judge = "reference";
    if (variant != nullptr) {
      check.scenario = variant->scenario;
      check.variant = variant->name;
    }
    check.expected = {"replays", {}, {}, {}};
    check.quick = true;
    check.run = [](const Workshop&) {
      return Outcome{"there is no golden trace; `lockstep trace` writes one"};
    };
    out.push_back(std::move(check));
  }
}

}  // namespace lockstep
