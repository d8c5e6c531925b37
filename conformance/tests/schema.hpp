// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <nlohmann/json.hpp>
#include <string>

#include "report/schema.hpp"
#include "report/text.hpp"
#include "tests/process.hpp"

namespace lockstep::testing {

inline report::Json schema_named(const std::string& name) {
  const std::string file = LOCKSTEP_SOURCE_DIR "/conformance/schemas/" + name + ".schema.json";
  return report::Json::parse(text_of(file));
}

/// What is wrong with a document by conformance/schemas/`name`.schema.json, a line each; "" when
/// it fits: `CHECK(misfits_of("verify", outcome.out) == "");`
inline std::string misfits_of(const std::string& name, const std::string& document) {
  const report::Json json = report::Json::parse(document, nullptr, false);
  if (json.is_discarded()) return "no JSON: " + document.substr(0, 80);
  return report::join(report::misfits(schema_named(name), json), "\n");
}

}  // namespace lockstep::testing
