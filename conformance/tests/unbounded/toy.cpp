// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "toy.hpp"

#include <fstream>

#include "model/verdict.hpp"
#include "tests/process.hpp"
#include "tla/module.hpp"

namespace lockstep::testing {

namespace {

tla::Module words() {
  const Scratch scratch;
  std::ofstream(scratch / "Toy.tla") << "---- MODULE Toy ----\nEXTENDS Integers, FiniteSets\n"
                                        "CONSTANTS Users, Boxes, Null, Again, Busy, A, B\n"
                                        "VARIABLES pc, at, n, count\n====\n";
  return tla::Module::read("Toy", {std::filesystem::path{scratch / "Toy.tla"}.parent_path()});
}

std::vector<unbounded::Named> named(char letter, const std::vector<std::string>& texts) {
  static const tla::Module module = words();
  tla::Constants constants;
  constants.sets = {"Users", "Boxes"};
  constants.model_values = {"Null", "Again", "Busy"};
  constants.parameters = {"A", "B"};
  std::vector<unbounded::Named> out;
  for (const std::string& text : texts) {
    const std::string name = letter + std::to_string(out.size() + 1);
    out.push_back({name, module.expand_text(text, name, constants)});
  }
  return out;
}

WorldSpec spec() {
  WorldSpec out;
  out.kinds = {{"Box", {"b1", "b2"}}};
  out.fields = {{"count", "Box", "", Sort::integer, 0, ""}};
  out.roles = {
      {"user", {"u1", "u2"}, {{"at", Sort::name, "", "Box"}, {"n", Sort::integer, ""}}, false, {}}};
  return out;
}

}  // namespace

const char* const Toy::counted =
    "\\A b \\in Boxes : count[b] = Cardinality({u \\in Users : pc[u] = \"Leave\" /\\ at[u] = b})";
const char* const Toy::somewhere = "\\A u \\in Users : pc[u] = \"Leave\" => at[u] \\in Boxes";

Toy::Toy(std::vector<std::string> values) {
  WorldSpec of = spec();
  of.values = std::move(values);
  world = std::make_unique<World>(std::move(of));
  user.role = "user";
  user.locals = {"at", "n"};
  const Term at = term::variable("at"), old = term::variable("@");
  lockstep::Node point, in, out;
  point.name = "Idle";
  point.type = lockstep::Node::Type::point;
  in.name = "Enter";
  in.kind = Kind::rmw;
  in.cell = {"Box", "count", at, nullptr};
  in.new_value = term::add(old, term::constant(1));
  out = in;
  out.name = "Leave";
  out.new_value = term::sub(old, term::constant(1));
  user.nodes = {point, in, out};
  const Atom box = world->first_object("Box");
  AutomatonEdge choose{idle, enter, {{"arg0", {box, box + 1}}}, {}, nullptr, {}};
  choose.updates.push_back({"at", term::variable("arg0")});
  AutomatonEdge back{leave, idle, {}, {}, nullptr, {}};
  back.updates.push_back({"at", term::constant(null_atom)});
  user.edges = {choose, {enter, leave, {}, {}, nullptr, {}}, back};
}

unbounded::Question Toy::question() const {
  return {world.get(),
          {user},
          named('C', conjuncts),
          named('P', properties),
          named('S', actions),
          named('A', assumptions),
          {{"Users", "u1"}, {"Boxes", "b1"}},
          {},
          named('R', possible)};
}

unbounded::Proof Toy::prove(unbounded::Options options, unbounded::Shown* shown) const {
  const unbounded::Question asked = question();
  return unbounded::Prover(asked, shown).prove(options);
}

std::string Toy::verdict() const {
  try {
    const unbounded::Proof proof = prove();
    std::string out{name_of(proof.verdict)};
    if (proof.failures.empty()) return out;
    const unbounded::Failure& first = proof.failures.front();
    return out + ": " + first.edge + (first.edge.empty() ? "" : ", ") + first.conjunct;
  } catch (const InputError& error) {
    return std::string{"refused: "} + error.what();
  } catch (const std::logic_error& error) {
    return std::string{"refused: "} + error.what();
  }
}

}  // namespace lockstep::testing
