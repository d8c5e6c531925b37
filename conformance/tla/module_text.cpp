// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/module_text.hpp"

#include <algorithm>
#include <array>
#include <fstream>
#include <iterator>

#include "tla/units.hpp"

namespace lockstep::tla {
namespace {

namespace fs = std::filesystem;

constexpr std::array<std::string_view, 6> standard_modules = {"Naturals",  "Integers", "FiniteSets",
                                                              "Sequences", "TLC",      "Bags"};

bool is_standard(std::string_view name) {
  return std::ranges::find(standard_modules, name) != standard_modules.end();
}

class Reader {
 public:
  /// `around`: the modules whose instances are being read.
  explicit Reader(const std::vector<fs::path>& directories, std::set<std::string> around = {})
      : directories_(directories), around_(std::move(around)) {}

  std::shared_ptr<const ModuleText> read(const std::string& name, const Place& from) {
    if (around_.contains(name)) throw error(from, "module '" + name + "' is an instance in itself");
    if (const auto known = read_.find(name); known != read_.end()) {
      if (!known->second) throw error(from, "module '" + name + "' extends itself");
      return known->second;
    }
    read_[name] = nullptr;
    auto module = std::make_shared<ModuleText>();
    module->name = name;
    module->file = file_of(name, from).string();
    std::ifstream in{module->file, std::ios::binary};
    const std::string text{std::istreambuf_iterator<char>{in}, {}};
    if (!in) throw InputError{module->file, 0, 0, "cannot be read"};
    for (const Token& wanted : read_units(text, *module)) {
      const Place place{module->file, wanted.line, wanted.column};
      if (is_standard(wanted.text)) {
        // TLC takes its own, whatever is here.
        if (!where(wanted.text).empty()) {
          throw error(place, "a module '" + wanted.text + "' beside the standard one");
        }
        module->standard.insert(wanted.text);
      } else {
        module->extends.push_back(read(wanted.text, place));
      }
    }
    for (Definition& definition : module->definitions) {
      if (definition.instance) read_instance(definition, name);
    }
    check_names(*module);
    read_[name] = module;
    return module;
  }

 private:
  /// Apart from all else that is read: what a name means in it, its substitutions decide. Why it
  /// cannot be read is told to who asks for it.
  void read_instance(Definition& definition, const std::string& inside) const {
    Instance& instance = *definition.instance;
    std::set<std::string> around = around_;
    around.insert(inside);
    try {
      instance.text = Reader{directories_, std::move(around)}.read(instance.module, instance.place);
    } catch (const InputError& reason) {
      definition.error = reason;
      definition.instance = nullptr;
    }
  }

  static InputError error(const Place& place, const std::string& what) {
    return InputError{place.file, place.line, place.column, what};
  }

  std::vector<fs::path> where(const std::string& name) const {
    std::vector<fs::path> out;
    for (const fs::path& directory : directories_) {
      if (fs::path file = directory / (name + ".tla"); fs::exists(file)) out.push_back(file);
    }
    return out;
  }

  fs::path file_of(const std::string& name, const Place& from) const {
    const std::vector<fs::path> found = where(name);
    if (!found.empty()) return found.front();
    const std::string what = "no module '" + name + "' (" + name + ".tla)";
    if (from.file.empty()) throw InputError{name + ".tla", 0, 0, "no such file"};
    throw error(from, what);
  }

  /// A name has one meaning, as SANY asks.
  static void check_names(const ModuleText& module) {
    std::set<std::string> seen;
    for (const auto& [name, constant] : module.constants) seen.insert(name);
    for (const std::string& name : module.variables) {
      if (!seen.insert(name).second) {
        throw InputError{module.file, 0, 0, "'" + name + "' is declared twice"};
      }
    }
    for (const Definition& definition : module.definitions) {
      if (!seen.insert(definition.name).second) {
        throw error(definition.place, "'" + definition.name + "' is defined twice");
      }
    }
    for (const std::string& name : seen) {
      for (const auto& extended : module.extends) {
        if (find(*extended, name).module != nullptr && !hides(*extended, name)) {
          throw InputError{module.file, 0, 0,
                           "'" + name + "' is also a name of '" + extended->name + "'"};
        }
      }
    }
  }
  static bool hides(const ModuleText& module, const std::string& name) {
    const Known known = find(module, name);
    return known.definition != nullptr && known.definition->local;
  }

  const std::vector<fs::path>& directories_;
  std::set<std::string> around_;
  std::map<std::string, std::shared_ptr<const ModuleText>> read_;
};

}  // namespace

std::shared_ptr<const ModuleText> read_module(std::string_view name,
                                              const std::vector<fs::path>& directories) {
  return Reader{directories}.read(std::string{name}, {});
}

Known find(const ModuleText& module, std::string_view name) {
  const auto found = std::ranges::find(module.definitions, name, &Definition::name);
  if (found != module.definitions.end()) return {&module, &*found, nullptr, false};
  const auto constant = module.constants.find(std::string{name});
  if (constant != module.constants.end()) return {&module, nullptr, &constant->second, false};
  if (module.variables.contains(std::string{name})) return {&module, nullptr, nullptr, true};
  for (const auto& extended : module.extends) {
    const Known known = find(*extended, name);
    if (known.module == nullptr) continue;
    if (known.definition == nullptr || !known.definition->local) return known;
  }
  return {};
}

std::vector<const ModuleText*> all_of(const ModuleText& module) {
  std::vector<const ModuleText*> out;
  const auto add = [&out](const auto& self, const ModuleText& here) -> void {
    for (const auto& extended : here.extends) self(self, *extended);
    if (std::ranges::find(out, &here) == out.end()) out.push_back(&here);
  };
  add(add, module);
  return out;
}

std::string comment_above(const ModuleText& module, std::size_t line) {
  std::string out;
  for (auto c = module.comments.rbegin(); c != module.comments.rend(); ++c) {
    if (c->last_line + 1 != line) continue;
    out = c->text + (c->text.empty() || out.empty() ? "" : " ") + out;
    line = c->first_line;
  }
  return out;
}

bool has_standard(const ModuleText& module, std::string_view standard) {
  if (module.standard.contains(std::string{standard})) return true;
  if (standard == "Naturals" && module.standard.contains("Integers")) return true;
  return std::ranges::any_of(module.extends,
                             [&](const auto& m) { return has_standard(*m, standard); });
}

}  // namespace lockstep::tla
