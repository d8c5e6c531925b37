// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/named.hpp"

#include <algorithm>

#include "machines/protocol.hpp"
#include "model/verdict.hpp"

namespace lockstep {

namespace {

namespace fs = std::filesystem;

void module_there(const Part& from, const std::vector<fs::path>& directories) {
  const std::string file = from.text() + ".tla";
  for (const fs::path& directory : directories) {
    if (fs::exists(directory / file)) return;
  }
  from.fail("names module " + from.text() + ", but there is no " +
            (directories.front() / file).string());
}

/// What a size may claim, and the kinds of properties that the claim is about, if it is.
struct Claim {
  std::string_view name;
  std::vector<std::string_view> about;
};
const std::vector<Claim>& claims() {
  static const std::vector<Claim> all{{"safe", {"invariant", "action"}},
                                      {"refines", {"refinement"}},
                                      {"live", {"liveness"}},
                                      {"equal", {}},
                                      {"view", {}},
                                      {"inductive", {}}};
  return all;
}

/// Holds what is named against a protocol's code.
class Names {
 public:
  Names(const Protocol& code, const ManifestProtocol& p) : code_(code), p_(p) {}

  Size size(const Part& from) const {
    try {
      const Size size = Size::parse(from.text());
      code_.sizes().numbers(size);
      return size;
    } catch (const InputError& error) {
      from.fail(std::string{"is refused: "} + error.what());
    }
  }
  void sizes(const Part& list) const {
    for (const Part& one : list.items()) size(one);
  }

  /// A set of which each size of the walks has one object, as the proof supposes.
  void exactly_one(const Part& from, const Part& walks) const {
    std::string all;
    for (const SizeForm::Count& count : code_.sizes().counts) {
      all += (all.empty() ? "" : ", ") + count.name;
    }
    const auto is = [&](const SizeForm::Count& count) { return count.name == from.text(); };
    if (std::ranges::none_of(code_.sizes().counts, is)) {
      from.fail("is '" + from.text() + "', which no size counts; expected one of: " + all);
    }
    for (const Part& walk : walks.items()) {
      const std::uint32_t has = code_.sizes().numbers(size(walk))[from.text()];
      if (has == 1) continue;
      walk.fail("has " + std::to_string(has) + " of " + from.text() +
                ", of which the proof supposes exactly one");
    }
  }

  void variant(const Part& from) const {
    const std::vector<std::string> known = code_.variants();
    const std::string name = from.text();
    if (std::ranges::find(known, name) != known.end()) return;
    std::string all;
    for (const std::string& one : known) {
      if (one != "holds") all += (all.empty() ? "" : ", ") + one;
    }
    from.fail("is '" + name + "', which is no form of the reference; expected " +
              (all.empty() ? "" : "one of: " + all + "; or ") +
              "a form of that name in the registration");
  }

  void claim(const Part& from, const Size& size) const {
    const std::string name = from.text();
    const auto found = std::ranges::find(claims(), name, &Claim::name);
    if (found == claims().end()) {
      std::string all;
      for (const Claim& one : claims()) all += (all.empty() ? "" : ", ") + std::string{one.name};
      from.fail("is claim '" + name + "', which is unknown; expected one of: " + all);
    }
    const std::string is = "is '" + name + "', but ";
    const auto is_about = [&](const ManifestProperty& property) {
      return std::ranges::find(found->about, property.kind) != found->about.end();
    };
    if (!found->about.empty() && std::ranges::none_of(p_.properties, is_about)) {
      from.fail(is + "module " + p_.module + " states no property of that kind");
    }
    if (name == "inductive" && !p_.proof) from.fail(is + "there is no 'proof'");
    if (name == "view" && !code_.has_view(size)) {
      from.fail(is +
                "states of this size are not told apart by a VIEW; expected a size where the "
                "registration's .view says so");
    }
    if (name == "equal" && !code_.has_code()) {
      from.fail(is + "the registration has no code to compare the specification with");
    }
  }

 private:
  const Protocol& code_;
  const ManifestProtocol& p_;
};

}  // namespace

tla::Module named_module(const Part& spec, const std::vector<fs::path>& directories) {
  module_there(spec["module"], directories);
  tla::Module module = tla::Module::read(spec["module"].text(), directories);
  for (const char* member : {"view", "fairness", "fair"}) {
    const std::string name = spec.text_or(member, "");
    if (name.empty() || module.defines(name)) continue;
    spec[member].fail("names '" + name + "', which module " + spec["module"].text() +
                      " does not define");
  }
  const bool fairness = !spec.text_or("fairness", "").empty();
  if (fairness != !spec.text_or("fair", "").empty()) {
    spec.fail(fairness
                  ? "has 'fairness' without 'fair'; expected the definition that is Spec /\\ " +
                        spec["fairness"].text() + ", as \"fair\": \"FairSpec\""
                  : "has 'fair' without 'fairness'; expected the definition that " +
                        spec["fair"].text() + " adds to Spec, as \"fairness\": \"Fairness\"");
  }
  return module;
}

void check_named(const Part& from, const ManifestProtocol& p) {
  const auto& all = Protocol::all();
  const auto code =
      std::ranges::find_if(all, [&](const Protocol* known) { return known->name() == p.name; });
  if (code == all.end()) {
    from.fail("is of '" + p.name +
              "', but no protocol of that name is registered; expected a file "
              "of conformance/protocols/, or a folder of another name");
  }
  const Names names(**code, p);
  for (const Part& entry : from["sizes"].items()) {
    const Size size = names.size(entry["size"]);
    for (const Part& claim : entry["claims"].items()) names.claim(claim, size);
  }
  if (from.has("variant_size")) names.size(from["variant_size"]);
  for (const Part& variant : from["variants"].items()) {
    names.variant(variant["name"]);
    if (variant.has("size")) names.size(variant["size"]);
  }
  if (!p.proof) return;
  const Part proof = from["proof"];
  module_there(proof["module"], p.directories);
  names.sizes(proof["walks"]);
  if (proof.has("exactly_one")) {
    for (const Part& set : proof["exactly_one"].items()) names.exactly_one(set, proof["walks"]);
  }
  if (proof.has("views")) names.sizes(proof["views"]["sizes"]);
}

}  // namespace lockstep
