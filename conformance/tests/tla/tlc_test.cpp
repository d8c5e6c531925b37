// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>
#include <fstream>

#include "model/verdict.hpp"
#include "tests/has_tlc.hpp"
#include "tests/process.hpp"
#include "tests/tla/random_text.hpp"
#include "tla/module.hpp"
#include "tlc/java.hpp"

using namespace lockstep;
using namespace lockstep::testing;

namespace {

const std::vector<std::string> arguments = {"FALSE, FALSE, FALSE, 0, 1", "TRUE, FALSE, FALSE, 1, 0",
                                            "FALSE, TRUE, FALSE, 1, 1",  "FALSE, FALSE, TRUE, 2, 1",
                                            "TRUE, TRUE, FALSE, 0, 0",   "TRUE, FALSE, TRUE, 1, 2",
                                            "FALSE, TRUE, TRUE, 0, 2",   "TRUE, TRUE, TRUE, 2, 2"};

std::string module_text(const std::string& units) {
  return "---- MODULE Values ----\nEXTENDS Integers, FiniteSets, TLC\n" + units + "====\n";
}

tla::Module read(const Scratch& scratch, const std::string& units) {
  std::ofstream{scratch / "Values.tla"} << module_text(units);
  return tla::Module::read("Values", {scratch / "."});
}

/// What is true of the arguments, as the bits of a number.
std::size_t values(const tla::Module& module, const std::string& name) {
  std::size_t out = 0;
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    const tla::Expr e = module.expand_text(name + "(" + arguments[i] + ")", name, {});
    REQUIRE(e->form == tla::Form::boolean);
    if (e->number != 0) out += std::size_t{1} << i;
  }
  return out;
}

/// The same for TLC.
std::string printed(const std::string& name) {
  std::string out = "ASSUME PrintT(\"" + name + " \" \\o ToString(0";
  for (std::size_t i = 0; i < arguments.size(); ++i) {
    out += "\n  + (IF " + name + "(" + arguments[i] + ") THEN " +
           std::to_string(std::size_t{1} << i) + " ELSE 0)";
  }
  return out + "))\n";
}

}  // namespace

TEST_CASE("columns and precedences mean to TLC what they mean here", "[tla][tlc]") {
  if (!has_tlc_or_skips()) return;
  const Scratch scratch;
  RandomText random{7};
  std::string units, asks;
  std::map<std::string, std::size_t> here;
  std::map<std::size_t, int> different;
  for (int tried = 0; tried < 2500; ++tried) {
    const std::string name = "F" + std::to_string(tried);
    const std::string unit = name + "(p, q, r, i, j) ==\n" + random.formula();
    try {
      const std::size_t found = values(read(scratch, unit), name);
      here[name] = found;
      ++different[found];
      units += unit;
      asks += printed(name);
    } catch (const InputError&) {
      // Refused: that is no misreading.
    }
  }
  REQUIRE(here.size() > 700);
  REQUIRE(different.size() > 80);
  std::ofstream{scratch / "Values.tla"} << module_text("LOCAL INSTANCE Sequences\n" + units + asks);
  std::ofstream{scratch / "Values.cfg"};
  const Outcome tlc = run({tlc::find_java().string(), "-XX:+UseSerialGC", "-cp",
                           tlc::find_jar().string(), "tlc2.TLC", "-metadir", scratch / "states",
                           "-config", scratch / "Values.cfg", scratch / "Values.tla"});
  std::map<std::string, std::size_t> there;
  std::istringstream lines{tlc.out};
  for (std::string line; std::getline(lines, line);) {
    std::istringstream words{line.starts_with('"') ? line.substr(1) : line};
    std::string name;
    std::size_t value = 0;
    if (words >> name >> value && here.contains(name)) there[name] = value;
  }
  INFO(tlc.out.substr(0, 3000));
  CHECK(there.size() == here.size());
  for (const auto& [name, value] : there) {
    INFO(units.substr(units.find(name + "("), 600));
    CHECK(here.at(name) == value);
  }
}
