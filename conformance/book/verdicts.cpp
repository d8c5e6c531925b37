// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "book/verdicts.hpp"

#include <filesystem>
#include <fstream>
#include <iterator>
#include <nlohmann/json.hpp>

#include "claims/check.hpp"
#include "claims/texts.hpp"
#include "report/schema.hpp"
#include "report/suggest.hpp"

namespace lockstep::book {

extern const char* const embedded_schemas[];  // that of `verify --json` alone: name, text

namespace {

using report::Json;

std::string text_of(const std::filesystem::path& file) {
  std::ifstream in(file, std::ios::binary);
  if (!in) throw InputError(file.string(), 0, 0, "cannot be read");
  return {std::istreambuf_iterator<char>{in}, {}};
}

Json document_of(const std::string& file) {
  const Json document = Json::parse(text_of(file), nullptr, false);
  const std::string advice = "; expected the document of `lockstep verify --json FILE`";
  if (document.is_discarded()) throw InputError(file, 0, 0, "is no JSON" + advice);
  const auto misfits = report::misfits(Json::parse(embedded_schemas[1]), document);
  if (!misfits.empty()) throw InputError(file, 0, 0, misfits.front() + advice);
  return document;
}

std::string word(const Json& value) {
  return value.is_null() ? std::string{} : value.get<std::string>();
}

Verdict verdict_named(const std::string& name) {
  if (name == name_of(Verdict::pass)) return Verdict::pass;
  return name == name_of(Verdict::fail) ? Verdict::fail : Verdict::unknown;
}

}  // namespace

Verdict Verdicts::Standing::verdict() const {
  if (failed > 0) return Verdict::fail;
  return all > 0 && passed == all ? Verdict::pass : Verdict::unknown;
}

Verdicts Verdicts::read(const std::string& file, const std::shared_ptr<const Manifest>& manifest) {
  const Json document = document_of(file);
  Verdicts out;
  out.file_ = file;
  for (const auto& [name, mark] : document["texts"].items()) {
    const ManifestProtocol& p = manifest->protocol(name);  // of another tree: an error
    out.standings_[name].stale = mark_of_texts(*manifest, p) != mark.get<std::string>();
  }
  std::map<std::string, std::string> expected;
  for (const Check& check : all_checks(manifest)) {
    expected[check.id] = check.expected.verdict;
    ++out.standings_[check.protocol].all;
  }
  for (const Json& check : document["checks"]) {
    const std::string id = check["id"], protocol = check["protocol"];
    const auto known = expected.find(id);
    const auto standing = out.standings_.find(protocol);
    if (standing == out.standings_.end()) manifest->protocol(protocol);
    if (!document["texts"].contains(protocol) || standing->second.stale) continue;
    if (known == expected.end() || known->second != check["expected"].get<std::string>()) continue;
    expected.erase(known);  // a check counts once
    const Verdict verdict = verdict_named(check["verdict"]);
    ++standing->second.asked;
    standing->second.passed += verdict == Verdict::pass ? 1U : 0U;
    standing->second.failed += verdict == Verdict::fail ? 1U : 0U;
    out.judged_.push_back({id, protocol, word(check["scenario"]), check["claim"], check["judge"],
                           word(check["tool"]), check["variant"], word(check["model"]),
                           check["got"], verdict});
  }
  return out;
}

const Verdicts::Standing& Verdicts::of(const std::string& protocol) const {
  static const Standing none;
  const auto found = standings_.find(protocol);
  return found == standings_.end() ? none : found->second;
}

}  // namespace lockstep::book
