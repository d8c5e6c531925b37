// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <fstream>

#include "explore/search.hpp"
#include "model/verdict.hpp"
#include "tests/process.hpp"
#include "tests/tla/random_module.hpp"
#include "tla/spec_system.hpp"
#include "tlc/dot.hpp"
#include "tlc/driver.hpp"

namespace lockstep::testing {

World random_world() {
  WorldSpec spec;
  spec.kinds = {{"S", {"s1", "s2"}}, {"T", {"t1", "t2"}}, {"Z", {"z1"}}};
  spec.fields = {{"n", "S", "", Sort::integer, 0, ""},
                 {"g", "S", "T", Sort::name, null_atom, "", "T"},
                 {"b", "S", "", Sort::boolean, 0, ""},
                 {"p", "S", "", Sort::string, 0, ""},
                 {"which", "Z", "", Sort::integer, 0, ""}};
  spec.roles = {{"worker", {"w1", "w2"}, {}, false, {}}};
  return World{spec};
}

std::vector<std::pair<std::string, std::string>> random_constants() {
  return {
      {"S", "{s1, s2}"}, {"T", "{t1, t2}"}, {"Z", "{z1}"}, {"Tasks", "{w1, w2}"}, {"Null", "Null"}};
}

Batch::Batch(const std::vector<Part>& parts) {
  text =
      "---- MODULE Batch ----\nEXTENDS Integers, FiniteSets, Sequences\n"
      "CONSTANTS S, T, Z, Tasks, Null\nVARIABLES n, g, b, p, which, pc\n"
      "vars == <<n, g, b, p, which, pc>>\n"
      "Path == <<\"a\", \"b\">>\n"
      "Change(is(_), i) == n' = [s \\in S |-> IF is(s) THEN i ELSE n[s]]\n"
      "Init == /\\ n = [s \\in S |-> 0] /\\ g = [s \\in S |-> [t \\in T |-> Null]]\n"
      "        /\\ b = [s \\in S |-> FALSE] /\\ p = [s \\in S |-> \"a\"]\n"
      "        /\\ pc = [w \\in Tasks |-> \"X\"] /\\ which = [z \\in Z |-> 0]\n";
  std::string next;
  const auto add = [&](const std::string& name, std::size_t from, std::size_t to,
                       const std::string& body) {
    const auto here = [](std::size_t part) {
      return " = [z \\in Z |-> " + std::to_string(part) + "]\n";
    };
    text +=
        name + "(w, s, t) ==\n  /\\ which" + here(from) + "  /\\ which'" + here(to) + body + "\n";
    next += "  \\/ \\E w \\in Tasks, s \\in S, t \\in T : " + name + "(w, s, t)\n";
    actions.push_back(name);
  };
  for (std::size_t i = 1; i <= parts.size(); ++i) {
    add("Begin" + std::to_string(i), 0, i, parts[i - 1].start);
    for (std::size_t a = 0; a < parts[i - 1].actions.size(); ++a) {
      add("A" + std::to_string(i) + "_" + std::to_string(a), i, i, parts[i - 1].actions[a]);
    }
  }
  text += "Next ==\n" + next + "====\n";
}

namespace {

tlc::ModelRun question_of(const Batch& batch, const Scratch& scratch) {
  tlc::ModelRun run;
  run.spec_module = "Batch";
  run.spec_directories = {scratch / "."};
  for (const auto& [name, value] : random_constants()) run.constants.push_back({name, value});
  run.model_values = {"s1", "s2", "t1", "t2", "z1", "w1", "w2", "Null"};
  for (const std::string& action : batch.actions) {
    for (auto& instance : tlc::instances(action, {"w1", "w2"}, {{"s1", "s2"}, {"t1", "t2"}})) {
      run.actions.push_back(std::move(instance));
    }
  }
  return run;
}

tlc::Options options_in(const Scratch& scratch) {
  tlc::Options options;
  options.scratch_root = scratch / "tlc";
  options.brief = true;
  return options;
}

tla::SpecSystem system_of(const Batch& batch, const Scratch& scratch) {
  std::ofstream{scratch / "Batch.tla"} << batch.text;
  const tla::Module module = tla::Module::read("Batch", {scratch / "."});
  return {random_world(), tla::SpecSource{module, random_constants(), {}}};
}

}  // namespace

std::string refused_here(const Batch& batch) {
  const Scratch scratch;
  try {
    tla::SpecSystem system = system_of(batch, scratch);
    search(system, {});
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

std::string refused_by_tlc(const Batch& batch) {
  const Scratch scratch;
  std::ofstream{scratch / "Batch.tla"} << batch.text;
  Layout layout = random_world().layout();
  try {
    tlc::dump(question_of(batch, scratch), layout, options_in(scratch));
    return "";
  } catch (const InputError& error) {
    return error.what();
  }
}

std::string difference_of(const Batch& batch, ComparisonResult& sum) {
  const Scratch scratch;
  tla::SpecSystem system = system_of(batch, scratch);
  Layout layout = system.world().layout();
  const tlc::Dump dump = tlc::dump(question_of(batch, scratch), layout, options_in(scratch));
  const LabelledGraph graph = tlc::read_dot(dump.path(), layout, dump.table);
  const ComparisonResult result = compare(graph, layout, system);
  sum.states += result.states;
  sum.transitions += result.transitions;
  if (!result.difference) {
    return result.states == graph.nodes() ? "" : "states that are not come to";
  }
  std::string out = std::string{name_of(result.difference->kind)} + ": " +
                    result.difference->step.text(layout.symbols) + " after";
  for (const Step& step : result.difference->steps) out += " " + step.text(layout.symbols);
  return out + "\n" + batch.text;
}

}  // namespace lockstep::testing
