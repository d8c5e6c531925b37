// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/posed.hpp"

#include "tla/flat.hpp"
#include "tla/module_text.hpp"
#include "tla/refinement.hpp"
#include "tla/temporal.hpp"

namespace lockstep {

namespace {

const Atom* after_of(const Moment& moment) {
  return moment.after.empty() ? nullptr : moment.after.data();
}

tla::Expr junction(tla::Form form, std::vector<tla::Expr> args, const tla::Place& place) {
  tla::Expression out{form, 0, {}, {}, false, std::move(args), place};
  return std::make_shared<const tla::Expression>(std::move(out));
}

tla::Expr negation(const tla::Expr& of) {
  return junction(tla::Form::negation, {of}, of->place);
}

}  // namespace

Poser::Poser(const World& world, const std::vector<std::pair<std::string, std::string>>& constants)
    : given_(tla::ModelConstants::of(constants)),
      world_(world),
      ground_(world.layout(), given_.members),
      evaluate_(world, atoms_of(world, given_), {}) {}

Posed Poser::pose(const tla::Module& module, const std::string& property) {
  Posed out;
  const auto add = [&](tla::Evaluator::Handle handle) { out.parts.push_back({handle, 0}); };
  tla::Expr expr;
  const tla::Definition* definition = tla::find(module.text(), property).definition;
  if (definition != nullptr && definition->says == tla::Says::behaviour) {
    out.apart = true;
    for (const tla::Expr& one : live(module, property, out.steps)) {
      add(evaluate_.compile_truth(one));
    }
  } else if (module.is_refinement(property)) {
    const tla::Refinement refinement =
        tla::read_refinement(module, property, given_.constants, ground_);
    expr = junction(tla::Form::disjunction, {refinement.stays, refinement.next},
                    refinement.next->place);
    out.steps = true;
  } else if (module.is_every_step(property)) {
    expr = module.expand_every_step(property, given_.constants);
    out.steps = true;
  } else {
    expr = module.expand(property, given_.constants);
  }
  if (expr) {
    for (const auto handle : evaluate_.parts(evaluate_.compile_truth(expr))) add(handle);
  }
  // Compiling may have begun anew for all of them.
  for (Posed::Part& part : out.parts) part.likeness = evaluate_.likeness(part.handle);
  return out;
}

std::vector<tla::Expr> Poser::live(const tla::Module& module, const std::string& property,
                                   bool& steps) const {
  std::vector<tla::Expr> out;
  const tla::TemporalReader reader{module, given_.constants, ground_};
  for (const tla::LiveClause& clause : reader.property(property)) {
    for (const tla::Expr& one : {clause.from, clause.stays}) {
      if (one) out.push_back(negation(one));
    }
    for (const auto* conditions : {&clause.always, &clause.again}) {
      for (const tla::Expr& one : *conditions) out.push_back(negation(one));
    }
    for (const auto* conditions : {&clause.never_steps, &clause.again_steps}) {
      for (const tla::StepCondition& one : *conditions) {
        out.push_back(negation(one.holds));
        steps = true;
      }
    }
  }
  return out;
}

Poser::Answer Poser::ask(const Posed::Part& part, const Moment& moment) const {
  if (moment.state == moment.after) return Answer::holds;  // [][A]_vars lets it be
  try {
    const bool holds = evaluate_(part.handle, moment.state.data(), after_of(moment)) != 0;
    return holds ? Answer::holds : Answer::fails;
  } catch (const tla::CannotEvaluate&) {
    return Answer::cannot;
  }
}

Poser::Answer Poser::ask(const Posed& posed, const Moment& moment) const {
  for (const Posed::Part& part : posed.parts) {
    if (const Answer one = ask(part, moment); one != Answer::holds) return one;
  }
  return Answer::holds;
}

std::vector<std::size_t> Poser::slots_read(const Posed::Part& part, const Moment& moment) const {
  return evaluate_.slots_read(part.handle, moment.state.data(), after_of(moment));
}

tla::Reads Poser::reads(const Posed& posed) const {
  tla::Reads out;
  out.state.resize(world_.layout().size());
  out.after.resize(out.state.size());
  for (const Posed::Part& part : posed.parts) {
    const tla::Reads one = evaluate_.reads(part.handle);
    for (std::size_t i = 0; i < out.state.size(); ++i) {
      if (one.state[i]) out.state[i] = true;
      if (one.after[i]) out.after[i] = true;
    }
  }
  return out;
}

}  // namespace lockstep
