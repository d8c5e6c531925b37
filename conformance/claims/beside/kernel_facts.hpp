// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "lockstep/order.hpp"

namespace lockstep::beside {

/// A primitive of the kernel that accesses memory or orders accesses.
struct KernelPrimitive {
  Order order = Order::none;
  std::vector<Kind> kinds;  ///< of sites that it may stand beside
};

/// What is known of one version of Linux: spec/kernel.json.
class KernelFacts {
 public:
  /// Throws InputError with the place.
  static KernelFacts read(const std::filesystem::path& file);

  const std::string& version() const { return version_; }
  bool knows_function(const std::string& name) const { return functions_.contains(name); }
  /// Those of spec/kernel.json, by what it says that they are; and those of the memory model.
  std::optional<KernelPrimitive> primitive(const std::string& name) const;
  /// `; did you mean 'mmgrab'?` of all names, or "".
  std::string nearest(const std::string& name) const;

 private:
  std::string version_;
  std::map<std::string, std::string> functions_;  ///< and the file of each
  std::map<std::string, std::string> primitives_;
};

}  // namespace lockstep::beside
