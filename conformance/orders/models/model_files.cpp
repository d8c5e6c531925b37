// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <fstream>
#include <sstream>

#include "model/verdict.hpp"
#include "orders/models/model.hpp"

namespace lockstep::orders {

/// Made by the build from models/*.model: name, text, name, text, ..., null.
extern const char* const embedded_models[];

std::vector<std::string> builtin_model_names() {
  std::vector<std::string> names;
  for (const char* const* m = embedded_models; *m != nullptr; m += 2) names.emplace_back(*m);
  return names;
}

std::string_view builtin_model_text(std::string_view name) {
  for (const char* const* m = embedded_models; *m != nullptr; m += 2) {
    if (name == *m) return m[1];
  }
  return {};
}

MemoryModel builtin_model(std::string_view name) {
  const std::string_view text = builtin_model_text(name);
  if (text.empty()) {
    std::string known;
    for (const std::string& n : builtin_model_names()) known += (known.empty() ? "" : ", ") + n;
    throw InputError{name, 0, 0, "no such memory model; expected one of " + known + ", or a path"};
  }
  return parse_model(text, std::string{name} + ".model");
}

MemoryModel load_model(const std::string& path) {
  std::ifstream in{path, std::ios::binary};
  if (!in) throw InputError{path, 0, 0, "cannot be read; expected a memory model"};
  std::ostringstream text;
  text << in.rdbuf();
  return parse_model(text.str(), path);
}

MemoryModel find_model(const std::string& name_or_path) {
  const bool path = name_or_path.find_first_of("/.") != std::string::npos;
  return path ? load_model(name_or_path) : builtin_model(name_or_path);
}

}  // namespace lockstep::orders
