// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/check.hpp"

#include "claims/beside/pairs.hpp"
#include "claims/beside/races.hpp"
#include "claims/judges.hpp"
#include "model/stopwatch.hpp"

namespace lockstep {

namespace {

/// Throws Undecided where the texts are not there.
beside::Sites sites_of(const Manifest& manifest, const std::string& protocol) {
  beside::Sites out(manifest, protocol);
  if (!out.found()) {
    throw Undecided("conformance/protocols/" + protocol + ".cpp is not below " +
                    manifest.root.string());
  }
  return out;
}

}  // namespace

void add_beside(std::vector<Check>& out, const std::shared_ptr<const Manifest>& manifest,
                const ManifestProtocol& protocol) {
  const auto texts = protocol.foreign ? beside::kernel_facts_of(*manifest, protocol)
                                      : manifest->root / "reference";
  if (!std::filesystem::exists(texts)) return;
  const Size size = Size::parse(protocol.default_size());
  if (!Protocol::find(protocol.name).model(size, "holds")->has_code()) return;
  Check check;
  check.protocol = protocol.name;
  check.quick = true;
  check.claim = "kernel";
  check.id = protocol.name + "/kernel";
  check.judge = "reference";
  check.bounds = protocol.foreign ? "kernel.json" : "spec/kernel.json";
  check.expected.verdict = "known and stated";
  check.run = [manifest, name = protocol.name](const Workshop&) {
    const Stopwatch watch;
    sites_of(*manifest, name);
    return Outcome{"known and stated", true, {}, {}, {}, watch.seconds()};
  };
  out.push_back(check);
  check.judge = "z3";
  check.model = "lkmm";
  check.bounds = "the questions of " + protocol.name;
  const auto by_questions = [&](const char* claim, const char* words, auto hold) {
    check.claim = claim;
    check.id = protocol.name + "/" + claim;
    check.expected.verdict = words;
    check.run = [manifest, name = protocol.name, words, hold](const Workshop&) {
      const Stopwatch watch;
      const auto sites = [&] {
        try {
          return sites_of(*manifest, name);
        } catch (const InputError&) {
          throw Undecided(std::string{not_read_beside} + name + "/kernel");
        }
      }();
      const OrderSubject subject = OrderSubject::of(*manifest, name);
      hold_against_code(*subject.model);
      hold(sites, subject);
      return Outcome{words, true, {}, {}, {}, watch.seconds()};
    };
    out.push_back(check);
  };
  by_questions("pairs", "needed together",
               [](const beside::Sites& sites, const OrderSubject& subject) {
                 beside::hold_pairs(sites, beside::partners_of(subject));
               });
  by_questions("races", "as stated", [](const beside::Sites& sites, const OrderSubject& subject) {
    beside::hold_races(sites, beside::races_of(subject));
  });
}

}  // namespace lockstep
