// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <catch2/catch.hpp>
#include <nlohmann/json.hpp>
#include <set>
#include <string>
#include <vector>

// The document in a page, read by other means than the page reads it.
namespace lockstep::testing {

using Json = nlohmann::json;

inline std::string document_text(const std::string& page) {
  const std::string open = "<script type=\"application/json\" id=\"data\">";
  const std::size_t at = page.find(open);
  REQUIRE(at != std::string::npos);
  const std::size_t from = at + open.size();
  return page.substr(from, page.find("</script>", from) - from);
}

class PageDocument {
 public:
  explicit PageDocument(const std::string& page) : data(Json::parse(document_text(page))) {
    for (const Json& node : data["nodes"]) {
      const std::size_t from = node[0];
      REQUIRE(from <= values_.size());
      auto values = values_.empty() ? Values(data["slots"].size()) : values_[from];
      const Json& change = data["changes"].at(node[1].get<std::size_t>());
      for (std::size_t i = 0; i < change.size(); i += 2) {
        values.at(change[i]) = data["values"].at(change[i + 1].get<std::size_t>());
      }
      values_.push_back(std::move(values));
    }
  }

  using Values = std::vector<std::string>;
  const Values& values(std::size_t node) const { return values_.at(node); }
  std::size_t way(std::size_t state) const { return data["way"].at(state); }

  struct Edge {
    std::string step;  ///< `Alloc_Slab(m1, s1, v1)`
    long to = 0;       ///< below 0: it fails
    std::vector<std::string> effects;
    std::set<std::string> broken;
  };
  bool expanded(std::size_t node) const { return node < data["edges"].size(); }
  std::vector<Edge> edges(std::size_t node) const {
    const Json& flat = data["edges"].at(node);
    std::vector<Edge> out;
    for (std::size_t i = 0; i < flat.size(); i += 4) {
      const Json& step = data["steps"].at(flat[i].get<std::size_t>());
      std::string text = data["sites"].at(step[0][0].get<std::size_t>());
      text += "(" + data["tasks"].at(step[0][1].get<std::size_t>()).get<std::string>();
      for (const Json& argument : step[1]) text += ", " + argument.get<std::string>();
      out.push_back({text + ")", flat[i + 1], data["effects"].at(flat[i + 2].get<std::size_t>()),
                     set(flat[i + 3])});
    }
    return out;
  }
  /// The properties of states that do not hold there.
  std::set<std::string> broken(std::size_t node) const { return set(data["nodes"].at(node)[2]); }

  const Json data;

 private:
  std::set<std::string> set(std::size_t number) const {
    std::set<std::string> out;
    for (const std::size_t property : data["sets"].at(number)) {
      out.insert(data["properties"].at(property)["name"]);
    }
    return out;
  }

  std::vector<Values> values_;
};

}  // namespace lockstep::testing
