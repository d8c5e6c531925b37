// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/registration_check.hpp"

#include <algorithm>
#include <set>

namespace lockstep {

namespace {

using Known = std::vector<std::string>;

template <class List, class Name>
Known names_of(const List& list, Name name) {
  Known out;
  for (const auto& one : list) out.emplace_back(one.*name);
  return out;
}

bool among(const Known& known, std::string_view name) {
  return std::ranges::find(known, name) != known.end();
}

std::string expected(const Known& known) {
  if (known.empty()) return "; expected none";
  std::string out;
  for (const std::string& name : known) out += (out.empty() ? "" : ", ") + name;
  return "; expected one of: " + out;
}

/// The locals of all roles.
Known locals_of(const std::vector<Discovery>& roles) {
  Known out;
  for (const Discovery& role : roles) {
    for (const auto& local : role.locals) out.push_back(local.name);
  }
  return out;
}

}  // namespace

ProtocolError mistake(const Registration& registration, const std::string& what) {
  const std::source_location& at = registration.where;
  return {at.file_name(), at.line(), registration.sizes.protocol + ": " + what};
}

void check_names(const Registration& registration) {
  const Known counts = names_of(registration.sizes.counts, &SizeForm::Count::name);
  const Known kinds = names_of(registration.kinds, &Registration::Kind::name);
  const Known fields = names_of(registration.fields, &WorldSpec::Field::name);
  const auto counted = [&](const std::string& who, std::string_view count) {
    if (among(counts, count)) return;
    throw mistake(registration, who + " is counted by '" + std::string{count} +
                                    "', which is no count of .sizes" + expected(counts));
  };
  for (const auto& kind : registration.kinds) counted("kind " + std::string{kind.name}, kind.count);
  for (const auto& role : registration.roles) counted("role " + std::string{role.name}, role.count);
  const auto is_kind = [&](const std::string& what, const std::string& kind) {
    if (kind.empty() || among(kinds, kind)) return;
    throw mistake(registration,
                  what + " kind '" + kind + "', which is not among .kinds" + expected(kinds));
  };
  std::set<std::string> seen;
  for (const auto& field : registration.fields) {
    if (!seen.insert(field.name).second) {
      throw mistake(registration, "field " + field.name + " stands twice in .fields");
    }
    is_kind("field " + field.name + " is of", field.kind);
    is_kind("field " + field.name + " is indexed by", field.index);
    is_kind("field " + field.name + " holds objects of", field.values);
  }
  for (const auto& [name, value] : registration.starts) {
    const auto field = std::ranges::find(registration.fields, name, &WorldSpec::Field::name);
    if (field == registration.fields.end()) {
      throw mistake(registration, ".starts gives a value to '" + name +
                                      "', which is not among .fields" + expected(fields));
    }
    const auto kind = std::ranges::find(registration.kinds, field->kind, &Registration::Kind::name);
    if (kind->lifetime == WorldSpec::Lifetime::kept) continue;
    throw mistake(registration, ".starts gives a value to " + name + ", but no object of kind " +
                                    field->kind +
                                    " is there until it is allocated: the field "
                                    "starts as Null");
  }
  if (registration.view.at != nullptr && !among(fields, registration.view.base)) {
    throw mistake(registration, ".view is relative to '" + registration.view.base +
                                    "', which is not among .fields" + expected(fields));
  }
}

void check_used(const Registration& registration, const std::vector<Discovery>& roles) {
  if (roles.empty()) return;  // what is only specified has no code
  for (const auto& field : registration.fields) {
    const bool used = std::ranges::any_of(
        roles, [&](const Discovery& role) { return role.fields.contains(field.name); });
    if (used) continue;
    throw mistake(registration, "field " + field.name +
                                    " stands in .fields, but no site of the reference accesses "
                                    "it; take it away, there and in the specification");
  }
  for (const std::string& value : registration.values) {
    const auto knows = [&](const Discovery& role) { return role.model_values.contains(value); };
    if (value == "Null" || std::ranges::any_of(roles, knows)) continue;
    throw mistake(registration, ".values lists " + value +
                                    ", but no form of the code knows a model value of that name; "
                                    "expected it in the code, or not among .values");
  }
  for (std::size_t r = 0; r < roles.size(); ++r) {
    const auto& role = registration.roles[r];
    for (const std::string& rest : role.rests) {
      if (roles[r].points.contains(rest)) continue;
      throw mistake(registration, "role " + std::string{role.name} + " rests at '" + rest +
                                      "', which is no point of its code" +
                                      expected({roles[r].points.begin(), roles[r].points.end()}));
    }
  }
  const auto& view = registration.view;
  if (view.at == nullptr) return;
  Known known = names_of(registration.fields, &WorldSpec::Field::name);
  for (std::string& local : locals_of(roles)) known.push_back(std::move(local));
  for (const std::string& name : view.relative) {
    if (among(known, name)) continue;
    throw mistake(registration, ".view counts '" + name + "' from " + view.base +
                                    ", but it is neither a field nor a local" + expected(known));
  }
}

}  // namespace lockstep
