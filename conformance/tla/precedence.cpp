// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/precedence.hpp"

#include <map>

namespace lockstep::tla {
namespace {

using Table = std::map<std::string_view, Binding>;

const Binding* find(const Table& table, std::string_view symbol) {
  const auto found = table.find(symbol);
  return found == table.end() ? nullptr : &found->second;
}

}  // namespace

const Binding* infix(std::string_view symbol) {
  static const Table table = {
      {"=>", {1, 1}},        {"<=>", {2, 2}},         {"/\\", {3, 3, true}},
      {"\\/", {3, 3, true}}, {"=", {5, 5}},           {"#", {5, 5}},
      {"<", {5, 5}},         {">", {5, 5}},           {"<=", {5, 5}},
      {">=", {5, 5}},        {"\\in", {5, 5}},        {"\\notin", {5, 5}},
      {"\\", {8, 8}},        {"\\cap", {8, 8, true}}, {"\\cup", {8, 8, true}},
      {"..", {9, 9}},        {"+", {10, 10, true}},   {"-", {11, 11, true}},
      {"%", {10, 11}},       {"*", {13, 13, true}},   {"~>", {2, 2}}};
  return find(table, symbol);
}

const Binding* prefix(std::string_view symbol) {
  static const Table table = {{"~", {4, 4}}, {"-", {12, 12}}, {"[]", {4, 15}}, {"<>", {4, 15}}};
  return find(table, symbol);
}

}  // namespace lockstep::tla
