// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/part.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>

#include "model/verdict.hpp"

namespace lockstep {

Part Part::of_file(const std::filesystem::path& path, std::string_view what) {
  auto document = std::make_shared<Document>();
  document->file = path.string();
  std::ifstream in(path, std::ios::binary);
  document->text.assign(std::istreambuf_iterator<char>{in}, {});
  if (!in || !std::filesystem::is_regular_file(path)) {
    throw InputError(document->file, 0, 0, "cannot be read; expected " + std::string{what});
  }
  document->tree = read_json(document->text, document->file, what);
  const JsonTree* tree = &document->tree;
  return {std::move(document), tree, "the document"};
}

void Part::fail(const std::string& what) const {
  fail_at(document_->text, document_->file, tree_->offset, name_ + " " + what);
}

bool Part::has(std::string_view name) const {
  return tree_->kind == JsonTree::Kind::object && tree_->find(name) != nullptr;
}

Part Part::operator[](std::string_view name) const {
  if (!has(name)) fail("has no member '" + std::string{name} + "'");
  return {document_, tree_->find(name), "'" + std::string{name} + "'"};
}

void Part::only(std::initializer_list<std::string_view> known) const {
  for (const auto& [name, member] : members()) {
    if (std::ranges::find(known, name) != known.end()) continue;
    std::string expected;
    for (const std::string_view one : known) {
      expected += (expected.empty() ? "" : ", ") + std::string{one};
    }
    member.fail("is not known here; expected one of: " + expected);
  }
}

std::string Part::text() const {
  if (tree_->kind != JsonTree::Kind::string) fail("is no text");
  return tree_->text;
}

std::string Part::words() const {
  std::string out = text();
  if (out.find_first_not_of(' ') == std::string::npos) fail("is empty");
  return out;
}

std::string Part::text_or(std::string_view name, std::string otherwise) const {
  return has(name) && !(*this)[name].is_null() ? (*this)[name].text() : std::move(otherwise);
}

bool Part::flag(std::string_view name) const {
  if (!has(name)) return false;
  const Part member = (*this)[name];
  if (member.tree_->kind != JsonTree::Kind::boolean) member.fail("is neither true nor false");
  return member.tree_->number != 0;
}

std::uint64_t Part::number() const {
  if (tree_->kind != JsonTree::Kind::integer || tree_->number < 0) fail("is no number from 0 on");
  return static_cast<std::uint64_t>(tree_->number);
}

std::optional<std::uint64_t> Part::number_of(std::string_view name) const {
  if (!has(name) || (*this)[name].is_null()) return std::nullopt;
  return (*this)[name].number();
}

std::vector<Part> Part::items() const {
  if (tree_->kind != JsonTree::Kind::array) fail("is no list");
  std::vector<Part> out;
  for (const JsonTree& item : tree_->items) {
    out.push_back({document_, &item, "item " + std::to_string(out.size() + 1) + " of " + name_});
  }
  return out;
}

std::vector<std::string> Part::texts() const {
  std::vector<std::string> out;
  for (const Part& item : items()) out.push_back(item.text());
  return out;
}

std::vector<std::pair<std::string, Part>> Part::members() const {
  if (tree_->kind != JsonTree::Kind::object) fail("is no object");
  std::vector<std::pair<std::string, Part>> out;
  for (const std::string& name : tree_->keys) out.emplace_back(name, (*this)[name]);
  return out;
}

}  // namespace lockstep
