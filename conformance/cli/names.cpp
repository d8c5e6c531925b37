// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/names.hpp"

#include <filesystem>
#include <fstream>
#include <nlohmann/json.hpp>
#include <set>

#include "cli/frame/data.hpp"
#include "orders/models/model.hpp"
#include "orders/program/question_file.hpp"

namespace lockstep::cli {
namespace {

namespace fs = std::filesystem;
using Json = nlohmann::ordered_json;

Json read(const fs::path& file) {
  std::ifstream in(file);
  Json document = Json::parse(in, nullptr, false);
  return document.is_object() ? document : Json::object();
}

Json member(const Json& object, const char* name) {
  const auto found = object.find(name);
  return found == object.end() ? Json() : *found;
}
std::string text(const Json& object, const char* name) {
  const Json value = member(object, name);
  return value.is_string() ? value.get<std::string>() : "";
}

std::set<fs::path> entries_of(const fs::path& folder) {
  std::set<fs::path> out;
  std::error_code error;
  for (fs::directory_iterator at(folder, error), end; !error && at != end; at.increment(error)) {
    out.insert(at->path());
  }
  return out;
}

/// The folders of all protocols, or of the one that is given.
std::vector<fs::path> protocols(const Given& given) {
  std::vector<fs::path> roots{fs::path(data_root()) / "spec"};
  for (const std::string& folder : protocol_folders()) roots.emplace_back(folder);
  if (const auto own = given.find("DIR"); own != given.end()) roots.emplace_back(own->second);
  const auto named = given.find("PROTOCOL");
  std::vector<fs::path> out;
  for (const fs::path& root : roots) {
    for (const fs::path& folder : entries_of(root)) {
      const bool asked = named == given.end() || named->second == folder.filename();
      if (asked && fs::exists(folder / "protocol.json")) out.push_back(folder);
    }
  }
  return out;
}

void add_variants(const Given& given, std::vector<Candidate>& out) {
  const auto scenario = given.find("SCENARIO");
  if (given.contains("PROTOCOL")) out.push_back({"holds", "the protocol as it is"});
  for (const fs::path& folder : protocols(given)) {
    for (const Json& variant : member(read(folder / "protocol.json"), "variants")) {
      if (scenario != given.end() && text(variant, "scenario") != scenario->second) continue;
      out.push_back({text(variant, "name"), text(variant, "why")});
    }
  }
}

void add_sizes(const Given& given, std::vector<Candidate>& out) {
  for (const fs::path& folder : protocols(given)) {
    for (const Json& size : member(read(folder / "protocol.json"), "sizes")) {
      out.push_back({text(size, "size"), ""});
    }
  }
}

void add_questions(const Given& given, std::vector<Candidate>& out) {
  for (const fs::path& folder : protocols(given)) {
    for (const fs::path& file : entries_of(folder / "questions")) {
      if (file.extension() == ".question") out.push_back({orders::question_name(file), ""});
    }
  }
}

void add_weakenings(const Given& given, std::vector<Candidate>& out) {
  std::set<std::string> all;
  for (const fs::path& folder : protocols(given)) {
    const Json needed = member(read(folder / "verdicts.json"), "orders_needed");
    for (const auto& [model, sites] : needed.items()) {
      for (const auto& [weaker, why] : sites.items()) all.insert(weaker);
    }
  }
  for (const std::string& weaker : all) out.push_back({weaker, ""});
}

void add_scenarios(std::vector<Candidate>& out) {
  for (const Json& one : member(read(fs::path(data_root()) / "spec/scenarios.json"), "scenarios")) {
    out.push_back({text(one, "id"), text(one, "title")});
  }
}

}  // namespace

std::vector<Candidate> names_there_are(const std::string& value, const Given& given) {
  std::vector<Candidate> out;
  if (value == "PROTOCOL") {
    Given any = given;
    any.erase("PROTOCOL");
    for (const fs::path& folder : protocols(any)) {
      out.push_back({folder.filename().string(), text(read(folder / "protocol.json"), "title")});
    }
  }
  if (value == "VARIANT") add_variants(given, out);
  if (value == "SIZE") add_sizes(given, out);
  if (value == "QUESTION") add_questions(given, out);
  if (value == "SITE=ORDER") add_weakenings(given, out);
  if (value == "SCENARIO") add_scenarios(out);
  if (value == "MODEL") {
    for (const std::string& name : orders::builtin_model_names()) {
      out.push_back({name, orders::builtin_model(name).title});
    }
  }
  return out;
}

}  // namespace lockstep::cli
