// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/check.hpp"

#include "claims/beside/pairs.hpp"
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
  if (!std::filesystem::is_directory(manifest->root / "reference")) return;
  const Size size = Size::parse(protocol.default_size());
  if (!Protocol::find(protocol.name).model(size, "holds")->has_code()) return;
  Check check;
  check.protocol = protocol.name;
  check.quick = true;
  check.claim = "kernel";
  check.id = protocol.name + "/kernel";
  check.judge = "reference";
  check.bounds = "spec/kernel.json";
  check.expected.verdict = "known and stated";
  check.run = [manifest, name = protocol.name](const Workshop&) {
    const Stopwatch watch;
    sites_of(*manifest, name);
    return Outcome{"known and stated", true, {}, {}, {}, watch.seconds()};
  };
  out.push_back(check);
  check.claim = "pairs";
  check.id = protocol.name + "/pairs";
  check.judge = "z3";
  check.model = "lkmm";
  check.bounds = "the questions of " + protocol.name;
  check.expected.verdict = "needed together";
  check.run = [manifest, name = protocol.name](const Workshop&) {
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
    beside::hold_pairs(sites, beside::partners_of(subject));
    return Outcome{"needed together", true, {}, {}, {}, watch.seconds()};
  };
  out.push_back(std::move(check));
}

}  // namespace lockstep
