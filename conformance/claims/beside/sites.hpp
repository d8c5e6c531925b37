// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "claims/beside/kernel_facts.hpp"
#include "claims/beside/sources.hpp"
#include "claims/manifest.hpp"
#include "machines/protocol.hpp"

namespace lockstep::beside {

/// A site or a fence of a protocol, and what stands beside it.
struct Site {
  std::string name, variant;  ///< the first variant that has it, "holds" before all
  Kind kind = Kind::load;
  Order order = Order::plain;  ///< as declared
  const Literal* literal = nullptr;
  std::string kernel;     ///< the kernel's function, or ""
  std::string primitive;  ///< the kernel's; "" is a plain access, or none at all
  std::string why;        ///< why there is no function, or why the order differs
};

/// What is known of Linux: the tree's, or of a user's protocol its own, where it has one.
std::filesystem::path kernel_facts_of(const Manifest& manifest, const ManifestProtocol& protocol);

/// What stands beside the sites of a protocol, held against what is known of Linux, and against the
/// orders that the reference declares.
class Sites {
 public:
  /// Throws InputError with the place of the first comment that is wrong, or of the site without
  /// one. Without a reference, or without the texts of it, there are no sites.
  Sites(const Manifest& manifest, const std::string& protocol);

  bool has_code() const { return has_code_; }
  /// Are the texts there?
  bool found() const { return sources_ != nullptr && sources_->found(); }
  /// Those of the form that holds first.
  const std::vector<Site>& all() const { return sites_; }
  const Site* find(const std::string& name) const;
  /// `Dec` is the literal of Put_Dec and of StartRead_PutDec.
  std::vector<const Site*> named(const std::string& literal) const;
  /// The same of what a comment names; throws InputError where that is none.
  std::vector<const Site*> named(const Word& word) const;

 private:
  /// Of sites and of literals: what a comment may name.
  std::string nearest(const std::string& name) const;
  void add(const Model& model, const std::string& variant);
  void resolve(Site& site) const;
  void without_function() const;
  void unread() const;

  bool has_code_ = false;
  std::unique_ptr<Sources> sources_;
  KernelFacts facts_;
  std::vector<Site> sites_;
};

}  // namespace lockstep::beside
