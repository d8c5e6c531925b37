// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tiny_spec.hpp"

#include <stdlib.h>
#include <unistd.h>

#include <fstream>

#include "../skip.hpp"
#include "model/verdict.hpp"
#include "tlc/java.hpp"

namespace lockstep::testing {

namespace fs = std::filesystem;

namespace {

constexpr const char* spec_text = R"(---- MODULE Tiny ----
EXTENDS Integers
CONSTANTS Readers, Null, Limit
VARIABLES owner, count, pc
vars == <<owner, count, pc>>
Init == owner = Null /\ count = -1 /\ pc = [r \in Readers |-> "idle"]
Lock(r) == /\ owner = Null /\ owner' = r
           /\ pc' = [pc EXCEPT ![r] = "in \"it\""] /\ UNCHANGED count
Bump(r, n) == /\ owner = r /\ count < Limit /\ count' = count + n /\ UNCHANGED <<owner, pc>>
Unlock(r) == /\ owner = r /\ owner' = Null
             /\ pc' = [pc EXCEPT ![r] = "idle"] /\ UNCHANGED count
TypeOK == owner \in Readers \cup {Null} /\ count \in -1..(Limit + 1)
Low == count < 2
Bad == owner + 1 = 2
ByOne == [][count' <= count + 1]_vars
Reached == (count = -1) ~> (count >= Limit)
Owned == [][owner' # owner => Null \in {owner, owner'}]_vars
Counter == INSTANCE Counter WITH n <- count
Counts == Counter!Spec
====
)";

constexpr const char* abstract_text = R"(---- MODULE Counter ----
EXTENDS Integers
VARIABLE n
Spec == n = -1 /\ [][n' = n + 1]_n
====
)";

}  // namespace

Environment::Environment(std::string name, const char* value) : name_(std::move(name)) {
  const char* old = getenv(name_.c_str());
  had_ = old != nullptr;
  if (had_) old_ = old;
  value != nullptr ? setenv(name_.c_str(), value, 1) : unsetenv(name_.c_str());
}

Environment::~Environment() {
  had_ ? setenv(name_.c_str(), old_.c_str(), 1) : unsetenv(name_.c_str());
}

TinySpec::TinySpec() {
  std::string name = (fs::temp_directory_path() / "lockstep-test-XXXXXX").string();
  if (mkdtemp(name.data()) == nullptr) throw Undecided("no temporary directory");
  root = name;
  fs::create_directory(root / "spec: 1");
  std::ofstream{root / "spec: 1" / "Tiny.tla"} << spec_text;
  std::ofstream{root / "spec: 1" / "Counter.tla"} << abstract_text;
}

TinySpec::~TinySpec() {
  std::error_code ignored;
  fs::remove_all(root, ignored);
}

bool TinySpec::scratch_is_empty() const {
  return !fs::exists(scratch()) || fs::is_empty(scratch());
}

fs::path TinySpec::fake_java(const std::string& body) const {
  const fs::path home = root / "java";
  fs::create_directories(home / "bin");
  std::ofstream{home / "bin" / "java"} << "#!/bin/sh\n" << body << "\n";
  fs::permissions(home / "bin" / "java", fs::perms::owner_all);
  return home;
}

tlc::ModelRun TinySpec::run() const {
  tlc::ModelRun run;
  run.spec_module = "Tiny";
  run.spec_directories = {root / "spec: 1"};
  run.constants = {{"Readers", "{r1, r2}"}, {"Null", "Null"}, {"Limit", "3"}};
  run.model_values = {"r1", "r2"};
  run.actions = tlc::instances("Lock", {"r1", "r2"}, {});
  for (const char* action : {"Bump", "Unlock"}) {
    const bool bumps = action == std::string{"Bump"};
    for (auto& one : tlc::instances(action, {"r1", "r2"},
                                    bumps ? std::vector<std::vector<std::string>>{{"1", "2"}}
                                          : std::vector<std::vector<std::string>>{})) {
      run.actions.push_back(std::move(one));
    }
  }
  run.invariants = {"TypeOK"};
  return run;
}

tlc::Options TinySpec::options() const {
  tlc::Options options;
  options.scratch_root = scratch();
  options.heap_bytes = 128u << 20;
  options.time_limit = 60;
  return options;
}

Layout TinySpec::layout() {
  Layout layout;
  layout.add({"owner", {}, Sort::name, {}});
  layout.add({"count", {}, Sort::integer, {}});
  layout.add({"pc", {"r1"}, Sort::string, {}});
  layout.add({"pc", {"r2"}, Sort::string, {}});
  return layout;
}

bool has_tlc() {
  try {
    tlc::find_java();
    tlc::find_jar();
    return true;
  } catch (const Undecided& reason) {
    skip(reason.what());
    return false;
  }
}

int processes_in(const fs::path& root) {
  int count = 0;
  std::error_code ignored;
  for (const auto& entry : fs::directory_iterator{"/proc", ignored}) {
    const fs::path where = fs::read_symlink(entry.path() / "cwd", ignored);
    if (!ignored && where.string().starts_with(root.string())) ++count;
  }
  return count;
}

}  // namespace lockstep::testing
