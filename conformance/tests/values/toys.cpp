// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/values/toys.hpp"

#include <set>

#include "claims/spec_run.hpp"
#include "explore/compare_systems.hpp"
#include "explore/search.hpp"
#include "machines/automaton_system.hpp"
#include "machines/shake.hpp"
#include "orders/program/question_file.hpp"
#include "tests/litmus_writer/round_trip.hpp"
#include "tests/process.hpp"
#include "tla/model_constants.hpp"
#include "tla/module.hpp"
#include "tla/spec_system.hpp"
#include "tlc/driver.hpp"

namespace lockstep::values {

namespace {

const std::vector<std::filesystem::path> directories{
    LOCKSTEP_SOURCE_DIR "/conformance/tests/values", LOCKSTEP_SOURCE_DIR "/spec/common"};

tla::Module module_of(const Toy& toy) {
  return tla::Module::read(toy.module, directories);
}

/// Of all variants: each is an action of the one module.
std::set<std::string> sites(const Toy& toy, std::string_view size) {
  std::set<std::string> out;
  for (const std::string& variant : toy.protocol.variants()) {
    for (const Automaton& automaton : toy.model(size, variant)->automata(Parameters::given)) {
      for (const Node& node : automaton.nodes) {
        if (node.type == Node::Type::site) out.insert(node.name);
      }
    }
  }
  return out;
}

}  // namespace

std::string Toy::graph(std::string_view size, std::string_view variant) const {
  const auto model = this->model(size, variant);
  const auto code = model->stepped();
  AutomatonSystem automaton(model->world(), model->automata(Parameters::given));
  tla::SpecSystem spec(model->world(), {module_of(*this), model->constants(), sites(*this, size)});
  const SearchResult by_code = search(*code, {}), by_automaton = search(automaton, {});
  if (by_code.violation) {
    return by_code.violation->property + " " + by_code.violation->detail + " after " +
           std::to_string(by_code.violation->steps.size());
  }
  if (by_code.states != by_automaton.states || by_code.transitions != by_automaton.transitions) {
    return "code " + std::to_string(by_code.states) + ", automaton " +
           std::to_string(by_automaton.states);
  }
  if (const auto drift = shake(*code, automaton, {})) return *drift;
  const auto difference = compare(spec, *code).result.difference;
  if (difference) {
    return std::string{name_of(difference->kind)} + ": " +
           model->world().layout().symbols.text(difference->step.site);
  }
  return std::to_string(by_code.states) + " states";
}

std::string Toy::by_tlc(std::string_view size, std::string_view variant) const {
  const testing::Scratch scratch;
  const auto model = this->model(size, variant);
  const tlc::ModelRun run = spec_run(*model, {module, directories, ""});
  tlc::Options options;
  options.scratch_root = scratch / "tlc";
  options.brief = true;
  Layout layout = model->world().layout();
  const tlc::CheckResult by_tlc = tlc::check(run, layout, options);
  const SearchResult by_code = search(*model->stepped(), {});
  if (!by_tlc.holds()) return "TLC does not end well";
  // It counts the start as a transition.
  const bool same = by_tlc.counts.states == by_code.states &&
                    by_tlc.counts.transitions == by_code.transitions + 1;
  return same ? "holds"
              : "TLC " + std::to_string(by_tlc.counts.states) + " states, code " +
                    std::to_string(by_code.states);
}

std::string Toy::explored(std::string_view size, std::string_view variant,
                          const std::vector<std::string>& properties) const {
  const auto model = this->model(size, variant);
  const tla::Module text = module_of(*this);
  SpecProperties asked(model->world(), text, model->constants());
  for (const std::string& name : properties) asked.add(name);
  SearchOptions options;
  options.properties = &asked;
  const auto code = model->stepped();
  const SearchResult result = search(*code, options);
  return result.violation ? result.violation->property : "holds";
}

std::string Toy::proved(std::string_view variant, const std::vector<std::string>& conjuncts,
                        const std::string& assumed) const {
  const auto& roles = protocol.registration().roles;
  const std::string size = roles.size() > 1 ? "1x1" : "1";
  const auto model = this->model(size, variant);
  const tla::Module text = module_of(*this);
  tla::Constants constants = tla::ModelConstants::of(model->constants()).constants;
  unbounded::Question question;
  question.world = &model->world();
  question.automata = model->automata(assumed.empty() ? Parameters::given : Parameters::open);
  if (!assumed.empty()) {
    for (const auto& [name, value] : constants.integers) constants.parameters.insert(name);
    constants.integers.clear();
    question.assumptions.push_back({assumed, text.expand_text(assumed, "a toy", constants)});
  }
  for (const auto& kind : protocol.registration().kinds) {
    question.sets.insert_or_assign(std::string{kind.count}, std::string{kind.prefix} + "1");
  }
  for (const auto& role : roles) {
    question.sets.insert_or_assign(std::string{role.count}, std::string{role.prefix} + "1");
  }
  for (const std::string& conjunct : conjuncts) {
    question.conjuncts.push_back({conjunct, text.expand(conjunct, constants)});
  }
  const unbounded::Proof proof = unbounded::Prover(question).prove({});
  if (proof.verdict == unbounded::Proof::Verdict::proved) return "proved";
  if (proof.failures.empty()) return "unknown";
  return proof.failures.front().edge + ", " + proof.failures.front().conjunct;
}

struct Toy::Asked {
  std::unique_ptr<Model> model;
  Symbols symbols;
  orders::Automata automata;
  orders::Question question;
};

Toy::Asked Toy::asked(std::string_view variant, const std::string& question) const {
  Asked out;
  out.model = model(protocol.registration().roles.size() > 1 ? "3x1" : "3", variant);
  out.symbols = out.model->world().layout().symbols;
  for (const Automaton& automaton : out.model->automata(Parameters::given)) {
    out.automata[automaton.role] = automaton;
  }
  const auto no_constant = [](const std::string&) { return std::optional<Atom>{}; };
  out.question = orders::parse_question_text("ids: A-01\nwords: A test.\n" + question,
                                             std::string{module} + ".question", "asked",
                                             out.symbols, no_constant);
  return out;
}

orders::Program Toy::program(std::string_view variant, const std::string& question,
                             const orders::Overrides& weaker) const {
  const Asked it = asked(variant, question);
  return orders::make_program(it.question, it.automata, it.symbols, weaker);
}

orders::Judgement Toy::ask(std::string_view variant, const std::string& question, const char* model,
                           const orders::Overrides& weaker) const {
  const Asked it = asked(variant, question);
  return orders::judge(it.question, it.automata, orders::builtin_model(model), it.symbols, weaker);
}

std::string Toy::as_litmus(std::string_view variant, const std::string& question,
                           const orders::Overrides& weaker) const {
  const Asked it = asked(variant, question);
  const orders::Program program =
      orders::make_program(it.question, it.automata, it.symbols, weaker);
  const std::string text = orders::written(program, it.symbols);
  const orders::Program back = orders::read_back(text);
  for (const char* model : orders::compared_models) {
    const std::string ours = orders::meaning(program, model), theirs = orders::meaning(back, model);
    if (ours != theirs) return std::string{model} + ": " + ours + ", but " + theirs + "\n" + text;
  }
  return "";
}

std::string outcomes(const Toy& toy, std::string_view variant, const std::string& question,
                     const orders::Overrides& weaker) {
  std::string out;
  for (const char* model : {"sc", "tso", "armv8", "lkmm", "rc11"}) {
    const orders::Judgement j = toy.ask(variant, question, model, weaker);
    if (j.outcome == orders::Outcome::unknown) return std::string{model} + ": " + j.reason;
    out += j.outcome == orders::Outcome::never ? 'n' : 'r';
  }
  return out;
}

}  // namespace lockstep::values
