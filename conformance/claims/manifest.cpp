// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/manifest.hpp"

#include <fstream>
#include <set>

#include "model/verdict.hpp"

namespace lockstep {

namespace {

using nlohmann::json;

/// A member of the document with its place, so that whatever is wrong can be named.
class Member {
 public:
  Member(const json& value, std::string place, const std::string& file)
      : value_(value), place_(std::move(place)), file_(file) {}

  Member operator[](const std::string& name) const {
    if (!value_.is_object() || !value_.contains(name)) fail("has no member '" + name + "'");
    return {value_.at(name), place_ + "/" + name, file_};
  }
  bool has(const std::string& name) const { return value_.is_object() && value_.contains(name); }
  std::string text() const {
    if (!value_.is_string()) fail("is no string");
    return value_.get<std::string>();
  }
  std::string text_or(const std::string& name, std::string other) const {
    return has(name) && !value_.at(name).is_null() ? (*this)[name].text() : std::move(other);
  }
  bool flag(const std::string& name) const {
    if (!has(name)) return false;
    if (!value_.at(name).is_boolean()) (*this)[name].fail("is neither true nor false");
    return value_.at(name).get<bool>();
  }
  std::optional<std::uint64_t> count(const std::string& name) const {
    if (!has(name) || value_.at(name).is_null()) return std::nullopt;
    if (!value_.at(name).is_number_unsigned()) (*this)[name].fail("is no number");
    return value_.at(name).get<std::uint64_t>();
  }
  std::vector<Member> items() const {
    if (!value_.is_array()) fail("is no list");
    std::vector<Member> out;
    for (std::size_t i = 0; i < value_.size(); ++i) {
      out.emplace_back(value_[i], place_ + "/" + std::to_string(i), file_);
    }
    return out;
  }
  std::vector<std::string> texts() const {
    std::vector<std::string> out;
    for (const Member& item : items()) out.push_back(item.text());
    return out;
  }
  std::map<std::string, Member> members() const {
    if (!value_.is_object()) fail("is no object");
    std::map<std::string, Member> out;
    for (const auto& [name, value] : value_.items()) {
      out.emplace(name, Member(value, place_ + "/" + name, file_));
    }
    return out;
  }
  const json& raw() const { return value_; }
  [[noreturn]] void fail(const std::string& what) const {
    throw InputError(file_, 0, 0, (place_.empty() ? "/" : place_) + " " + what);
  }

 private:
  const json& value_;
  std::string place_;
  const std::string& file_;
};

Expected read_expected(const Member& from) {
  return {from["verdict"].text(), from.count("steps"), {}};
}

ManifestVariant read_variant(const Member& from) {
  ManifestVariant out{from["name"].text(), from.flag("holds"), from["why"].text(), {},
                      from.text_or("size", ""), from.flag("quick"), {}, false};
  if (const std::string id = from.text_or("scenario", ""); !id.empty()) out.scenario = id;
  if (from.has("expected")) {
    for (const auto& [judge, expected] : from["expected"].members()) {
      out.expected[judge] = read_expected(expected);
      if (judge == "inductive") out.quick_proof = expected.flag("quick");
    }
  }
  return out;
}

ManifestProof::Views read_views(const Member& from) {
  ManifestProof::Views out;
  for (const Member& set : from["sets"].items()) {
    out.sets.emplace_back(set["name"].text(), set["of"].text());
  }
  out.single = from["single"].texts();
  for (const Member& feature : from["features"].items()) {
    out.features.emplace_back(feature["see"].text(), feature.text_or("when", ""));
  }
  out.sizes = from["sizes"].texts();
  out.cutoff = from["cutoff"].text();
  return out;
}

ManifestProtocol read_protocol(const Member& from) {
  ManifestProtocol out;
  out.name = from["name"].text();
  out.title = from["title"].text();
  const Member spec = from["spec"];
  out.module = spec["module"].text();
  out.directories = spec["directories"].texts();
  out.view = spec.text_or("view", "");
  out.fairness = spec.text_or("fairness", "");
  for (const auto& [prefix, function] : from["kernel"].members()) out.kernel[prefix] = function.text();
  for (const Member& size : from["sizes"].items()) {
    out.sizes.push_back({size["size"].text(), size["claims"].texts(), size.flag("quick"),
                         size.count("states")});
  }
  if (out.sizes.empty()) from["sizes"].fail("is empty");
  const std::set<std::string> kinds{"invariant", "action", "refinement", "liveness"};
  for (const Member& property : from["properties"].items()) {
    if (!kinds.contains(property["kind"].text())) {
      property["kind"].fail("is none of invariant, action, refinement, liveness");
    }
    out.properties.push_back({property["name"].text(), property["kind"].text(),
                              property["ids"].texts(), property["words"].text(),
                              property.text_or("implied_by", "")});
  }
  for (const Member& variant : from["variants"].items()) out.variants.push_back(read_variant(variant));
  if (from.has("proof")) {
    const Member proof = from["proof"];
    out.proof = {proof["module"].text(), proof["invariant"].text(), proof["parameters"].texts(),
                 proof["assumption"].text(), proof["walks"].texts(), {}, {}, {}, {}, {}, {}};
    if (out.proof->walks.empty()) proof["walks"].fail("is empty");
    for (const auto& [name, word] : proof["words"].members()) out.proof->words[name] = word.text();
    out.proof->unbounded = proof["unbounded"].texts();
    for (const auto& [name, set] : proof["counts"].members()) out.proof->counts[name] = set.text();
    if (proof.has("limits")) {
      out.proof->limits = proof["limits"]["assumptions"].texts();
      for (const auto& [name, says] : proof["limits"]["properties"].members()) {
        out.proof->limit_properties.push_back({name, says.text()});
      }
    }
    if (proof.has("views")) out.proof->views = read_views(proof["views"]);
  }
  out.questions = from["questions"].raw();
  if (from.has("orders_needed")) {
    for (const auto& [model, sites] : from["orders_needed"].members()) {
      for (const auto& [site, verdict] : sites.members()) {
        out.orders_needed[model][site] = verdict.text();
      }
    }
  }
  return out;
}

}  // namespace

const ManifestVariant& ManifestProtocol::variant(const std::string& variant_name) const {
  std::string known;
  for (const ManifestVariant& variant : variants) {
    if (variant.name == variant_name) return variant;
    known += (known.empty() ? "" : ", ") + variant.name;
  }
  throw InputError("variant '" + variant_name + "'", 0, 0,
                   "unknown for " + name + "; expected one of: " + known);
}

Manifest Manifest::read(const std::filesystem::path& root) {
  const std::filesystem::path path = root / "spec" / "manifest.json";
  const std::string file = path.string();
  std::ifstream in(path);
  if (!in) throw InputError(file, 0, 0, "cannot be read; expected the manifest of the protocols");
  json document;
  try {
    document = json::parse(in);
  } catch (const json::parse_error& error) {
    throw InputError(file, 0, 0, error.what());
  }
  Manifest out;
  out.root = root;
  const Member top(document, "", file);
  for (const Member& protocol : top["protocols"].items()) out.protocols.push_back(read_protocol(protocol));
  for (const Member& s : top["scenarios"].items()) {
    out.scenarios.push_back({s["id"].text(), s["title"].text(), s["protocol"].text(),
                             s["source"].text(), s["question"].text(), s.text_or("broken", ""),
                             s.text_or("holds", "")});
  }
  return out;
}

const ManifestProtocol& Manifest::protocol(const std::string& name) const {
  std::string known;
  for (const ManifestProtocol& protocol : protocols) {
    if (protocol.name == name) return protocol;
    known += (known.empty() ? "" : ", ") + protocol.name;
  }
  throw InputError("protocol '" + name + "'", 0, 0, "unknown; expected one of: " + known);
}

const ManifestScenario& Manifest::scenario(const std::string& id) const {
  for (const ManifestScenario& scenario : scenarios) {
    if (scenario.id == id) return scenario;
  }
  throw InputError("scenario '" + id + "'", 0, 0, "unknown; `lockstep list scenarios` shows them");
}

}  // namespace lockstep
