// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <filesystem>
#include <initializer_list>
#include <memory>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

#include "traces/json_tree.hpp"

namespace lockstep {

/// A part of a JSON document that people write. Whatever is asked of it and not there, or not of
/// the kind that is wanted, is an InputError with file, line and column.
class Part {
 public:
  /// The whole of a file. `what` it is stands in messages: "the facts of a protocol".
  static Part of_file(const std::filesystem::path& path, std::string_view what);

  Part operator[](std::string_view name) const;
  bool has(std::string_view name) const;
  /// Refuses every member but these, with a suggestion.
  void only(std::initializer_list<std::string_view> known) const;

  std::string text() const;
  /// A text that says something.
  std::string words() const;
  /// null, and what is not there, is `otherwise`.
  std::string text_or(std::string_view name, std::string otherwise) const;
  bool flag(std::string_view name) const;
  std::uint64_t number() const;
  std::optional<std::uint64_t> number_of(std::string_view name) const;
  bool is_null() const { return tree_->kind == JsonTree::Kind::null; }
  std::vector<Part> items() const;
  std::vector<std::string> texts() const;
  std::vector<std::pair<std::string, Part>> members() const;

  [[noreturn]] void fail(const std::string& what) const;

 private:
  struct Document {
    std::string file, text;
    JsonTree tree;
  };
  Part(std::shared_ptr<const Document> document, const JsonTree* tree, std::string name)
      : document_(std::move(document)), tree_(tree), name_(std::move(name)) {}

  std::shared_ptr<const Document> document_;
  const JsonTree* tree_;
  std::string name_;  ///< as messages call it: 'sizes', or item 3 of 'sizes'
};

}  // namespace lockstep
