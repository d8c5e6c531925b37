// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/described.hpp"

#include <algorithm>
#include <iterator>
#include <map>

#include "claims/assumed.hpp"
#include "claims/cfg_files.hpp"
#include "claims/part.hpp"
#include "claims/proof.hpp"
#include "claims/starts.hpp"
#include "machines/automaton_text.hpp"
#include "machines/protocol.hpp"
#include "report/suggest.hpp"
#include "tla/action.hpp"
#include "tla/fold.hpp"
#include "tla/function.hpp"
#include "tla/lexer.hpp"
#include "tla/model_constants.hpp"
#include "tla/module.hpp"
#include "tla/module_text.hpp"
#include "tla/refinement.hpp"
#include "tla/stated.hpp"
#include "tla/strings.hpp"

namespace lockstep {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const tla::Place& at, const std::string& what) {
  throw InputError(at.file, at.line, at.column, what);
}

/// The reference has no variant that protocol.json does not name.
void hold_variants(const ManifestProtocol& p) {
  const std::vector<std::string> coded = Protocol::find(p.name).variants();
  const Part variants = (*p.stated)["variants"];
  for (const std::string& name : coded) {
    if (name == "holds") continue;
    if (std::ranges::find(p.variants, name, &ManifestVariant::name) != p.variants.end()) continue;
    variants.fail("does not name '" + name + "', which the reference has: nobody judges it");
  }
}

/// A variant does something that the form that holds does not: else its verdict is that form's.
void hold_differences(const ManifestProtocol& p) {
  const Protocol& protocol = Protocol::find(p.name);
  for (std::size_t i = 0; i < p.variants.size(); ++i) {
    const Size size = Size::parse(p.variants[i].size);
    const auto usual = protocol.model(size, "holds"),
               other = protocol.model(size, p.variants[i].name);
    const std::vector<Automaton> a = usual->automata(), b = other->automata();
    bool differs = a.size() != b.size();
    for (std::size_t role = 0; !differs && role < a.size(); ++role) {
      differs = difference(a[role], usual->world(), b[role], other->world()).has_value();
    }
    if (differs) continue;
    (*p.stated)["variants"].items()[i]["name"].fail(
        "is '" + p.variants[i].name +
        "', whose code does what that of the form that holds does: it is no variant");
  }
}

/// One size is not claimed under two names.
void hold_sizes(const ManifestProtocol& p) {
  const Protocol& protocol = Protocol::find(p.name);
  std::map<std::map<std::string, std::string>, std::string> known;
  for (std::size_t i = 0; i < p.sizes.size(); ++i) {
    const auto model = protocol.model(Size::parse(p.sizes[i].size), "holds");
    const auto constants = model->constants();
    const auto [at, fresh] =
        known.try_emplace({constants.begin(), constants.end()}, p.sizes[i].size);
    if (fresh) continue;
    (*p.stated)["sizes"].items()[i]["size"].fail("is " + p.sizes[i].size + ", the same size as " +
                                                 at->second);
  }
}

/// The registration gives a value to every constant of the modules, and to no other.
void hold_constants(const ManifestProtocol& p, const Model& model, const tla::ModuleText& module) {
  std::vector<std::string> given;
  for (const auto& [name, value] : model.constants()) given.push_back(name);
  std::set<std::string> declared;
  for (const tla::ModuleText* one : tla::all_of(module)) {
    for (const auto& [name, constant] : one->constants) {
      declared.insert(name);
      if (std::ranges::find(given, name) != given.end()) continue;
      refuse(constant.place, "the constant '" + name +
                                 "' has no value; expected the registration of " + p.name +
                                 " to have a count, a setting or a value of that name" +
                                 report::suggestion(name, given));
    }
  }
  const std::vector<std::string> known(declared.begin(), declared.end());
  for (const std::string& name : given) {
    if (declared.contains(name)) continue;
    throw InputError(module.file, 0, 0,
                     "declares no constant '" + name + "', to which the registration of " + p.name +
                         " gives a value" + report::suggestion(name, known));
  }
}

/// Every string of the modules is known, and every variant is one of their strings.
void hold_strings(const ManifestProtocol& p, const tla::ModuleText& module) {
  const KnownStrings strings(p);
  std::set<std::string> written;
  for (const tla::WrittenString& one : tla::strings_of(module)) {
    strings.hold(one.text, one.place.file, one.place.line, one.place.column);
    written.insert(one.text);
  }
  const Part variants = (*p.stated)["variants"];
  for (std::size_t i = 0; i < p.variants.size(); ++i) {
    const std::string& name = p.variants[i].name;
    if (written.contains(name)) continue;
    variants.items()[i]["name"].fail("is '" + name + "', which module " + p.module +
                                     " does not name");
  }
}

/// TLC takes `Spec`, our engines `Init` and `Next`: they have to be the same.
void hold_spec(const tla::ModuleText& module) {
  const tla::Known spec = tla::find(module, "Spec");
  if (spec.definition == nullptr) {
    throw InputError(module.file, 0, 0, "defines no Spec; expected Spec == Init /\\ [][Next]_vars");
  }
  if (spec.definition->plain_spec) return;
  refuse(spec.definition->place,
         "'Spec' is more or less than our engines take it for; expected "
         "Spec == Init /\\ [][Next]_vars, and fairness in a definition of "
         "its own");
}

/// An action of the specification is a site of the reference, and a site is an action: what the one
/// of them never does at any size that is searched, the other would not miss.
void hold_actions(const ManifestProtocol& p, const tla::Module& module) {
  const Protocol& protocol = Protocol::find(p.name);
  // Code may depend on a size's numbers.
  std::vector<std::pair<std::string, std::string>> asked;
  for (const ManifestSize& size : p.sizes) asked.emplace_back(size.size, "holds");
  for (const ManifestVariant& v : p.variants) asked.emplace_back(v.size, v.name);
  std::map<std::string, std::string> sites;  // and the first form that has each
  std::set<std::string> names;
  for (const auto& [size, variant] : asked) {
    for (const Automaton& automaton : protocol.model(Size::parse(size), variant)->automata()) {
      for (const Node& node : automaton.nodes) {
        if (node.type != Node::Type::site) continue;
        sites.emplace(node.name, "form " + variant + ", role " + automaton.role);
        names.insert(node.name);
      }
    }
  }
  const auto model = protocol.model(Size::parse(p.default_size()), "holds");
  const tla::ModelConstants given = tla::ModelConstants::of(model->constants());
  const tla::Ground ground{model->world().layout(), given.members};
  std::set<std::string> called;
  for (const auto& [name, place] :
       tla::ActionReader{module, given.constants, ground}.called("Next", names)) {
    called.insert(name);
    if (names.contains(name)) continue;
    refuse(place, "'" + name + "' is an action of Next, but no site of the reference in any form" +
                      report::suggestion(name, {names.begin(), names.end()}));
  }
  for (const auto& [site, where] : sites) {
    if (called.contains(site)) continue;
    refuse(module.place("Next"), "has no action '" + site +
                                     "', which is a site of the reference (" + where + ")" +
                                     report::suggestion(site, {called.begin(), called.end()}));
  }
}

/// `says`, once the constants that stay open are these numbers: TRUE, FALSE, or what is open still.
tla::Expr given(const tla::Expr& says, const std::map<std::string, int>& numbers) {
  using tla::Form;
  return tla::rewrite(says, [&](const tla::Expression& e) -> tla::Expr {
    switch (e.form) {
      case Form::parameter: return tla::make_integer(numbers.at(e.name), e.place);
      case Form::negation: return tla::make_not(e.args[0], e.place);
      case Form::conjunction: return tla::make_and(e.args, e.place);
      case Form::disjunction: return tla::make_or(e.args, e.place);
      case Form::implies: return tla::make_implies(e.args[0], e.args[1], e.place);
      case Form::equal: return tla::make_equal(e.args[0], e.args[1], e.place);
      case Form::less:
      case Form::less_equal:
      case Form::add:
      case Form::subtract:
      case Form::multiply:
      case Form::modulo: return tla::make_arithmetic(e.form, e.args[0], e.args[1], e.place);
      default: return nullptr;
    }
  });
}

/// What is assumed of any number does not leave out the number that Linux has.
void hold_in_linux(const ManifestProtocol& p) {
  const ManifestProof& proof = *p.proof;
  if (proof.assumption.empty() || proof.parameters.empty()) return;
  const std::string where = "the assumption of the proof of " + p.name;
  const auto model = Protocol::find(p.name).model(Size::parse(p.default_size()), "holds");
  const tla::Expr assumed =
      proof_module(p).expand_text(proof.assumption, where, proof_constants(*model, proof));
  if (tla::is_true(given(assumed, proof.in_linux))) return;
  std::string numbers;
  for (const std::string& open : proof.parameters) {
    numbers +=
        (numbers.empty() ? "" : ", ") + open + " = " + std::to_string(proof.in_linux.at(open));
  }
  throw InputError(where, 0, 0, "does not hold of " + numbers + ", of Linux: " + proof.assumption);
}

/// What stays open in the proof stays open in the code that is proved.
void hold_open(const ManifestProtocol& p) {
  std::set<std::string> opened;
  const auto model = Protocol::find(p.name).model(Size::parse(p.default_size()), "holds");
  for (const Automaton& automaton : model->automata(Parameters::open)) {
    for (const auto& [name, value] : automaton.parameters) opened.insert(name);
  }
  for (const Part& name : (*p.stated)["proof"]["parameters"].items()) {
    if (opened.contains(name.text())) continue;
    name.fail("is '" + name.text() + "', which the code does not leave open: m.parameter(\"" +
              name.text() + "\"_parameter, ...) does");
  }
}

/// What the modules ASSUME of the constants they are, wherever something is judged.
void hold_assumed(const ManifestProtocol& p, const tla::Module& module) {
  const Protocol& protocol = Protocol::find(p.name);
  if (p.proof) {
    hold_in_linux(p);
    hold_open(p);
    hold_assumptions(tla::Module::read(p.proof->module, p.directories),
                     *protocol.model(Size::parse(p.default_size()), "holds"));
  }
  for (const ManifestSize& size : p.sizes) {
    hold_assumptions(module, *protocol.model(Size::parse(size.size), "holds"));
  }
  for (const ManifestVariant& variant : p.variants) {
    hold_assumptions(module, *protocol.model(Size::parse(variant.size), variant.name));
  }
}

/// What is refined says of every step what it may be.
void hold_refined(const tla::ModuleText& module) {
  for (const tla::Definition& definition : module.definitions) {
    if (definition.says != tla::Says::refinement) continue;
    hold_spec(*tla::instance_of(module, definition).text);
  }
}

/// What TLC runs by a .cfg is the module of the properties, and no module stands beside it unread.
void hold_modules(const ManifestProtocol& p, const tla::ModuleText& module) {
  std::set<std::string> used = tla::mentioned_names(module);
  std::set<std::string> judged;  // modules that somebody else reads than a TLC that runs a .cfg
  for (const tla::ModuleText* one : tla::all_of(module)) judged.insert(one->name);
  const std::string model = model_module(p);
  const auto run_by_tlc = tla::read_module(model, p.directories);
  std::vector<const tla::ModuleText*> beside = tla::all_of(*run_by_tlc);
  std::shared_ptr<const tla::ModuleText> proof;
  if (p.proof) {
    proof = tla::read_module(p.proof->module, p.directories);
    used.merge(tla::mentioned_names(*proof));
    for (const tla::ModuleText* one : tla::all_of(*proof)) judged.insert(one->name);
    std::ranges::copy(tla::all_of(*proof), std::back_inserter(beside));
  }
  for (const tla::ModuleText* one : beside) {
    if (one->name != p.module) tla::refuse_stated(*one, p.module);
  }
  if (std::ranges::none_of(run_by_tlc->extends,
                           [&](const auto& one) { return one->name == p.module; })) {
    throw InputError(run_by_tlc->file, 0, 0,
                     "does not extend " + p.module + ", whose properties the .cfg files name");
  }
  // TLC is run here on a module that Lockstep writes: what stands in this one binds those alone who
  // run a .cfg file by themselves.
  if (run_by_tlc->first_unit) {
    refuse(*run_by_tlc->first_unit,
           "nobody but a TLC that runs a .cfg file reads what stands "
           "here; expected EXTENDS and no more, and this in module " +
               p.module);
  }
  for (const tla::ModuleText* one : tla::all_of(*run_by_tlc)) {
    if (one == run_by_tlc.get() || judged.contains(one->name)) continue;
    throw InputError(run_by_tlc->file, 0, 0,
                     "extends " + one->name + ", which " + p.module +
                         " does not; expected it to extend what the other judges read");
  }
  used.merge(tla::mentioned_names(*run_by_tlc));
  for (const auto& entry : fs::directory_iterator(p.directories.front())) {
    if (entry.path().extension() != ".tla" || used.contains(entry.path().stem())) continue;
    throw InputError(entry.path().string(), 0, 0,
                     "nobody reads this module; expected it to be extended by " + p.module +
                         " or " + model + ", or no such file");
  }
}

/// Of questions and of traces nothing is left lying that nobody reads.
void hold_files(const ManifestProtocol& p) {
  const fs::path spec = p.directories.front();
  const auto hold = [](const fs::path& folder, std::string_view ending) {
    if (!fs::is_directory(folder)) return;
    for (const auto& entry : fs::directory_iterator(folder)) {
      if (!entry.is_directory() && entry.path().string().ends_with(ending)) continue;
      throw InputError(entry.path().string(), 0, 0,
                       "nobody reads this; expected a file NAME" + std::string{ending});
    }
  };
  hold(spec / "questions", ".question");
  hold(p.golden, ".itf.json");
}

/// The sizes claim what there is to claim of code, and the view is the world's.
void hold_claims(const ManifestProtocol& p) {
  const Protocol& protocol = Protocol::find(p.name);
  const auto model = [&](const std::string& size) {
    return protocol.model(Size::parse(size), "holds");
  };
  const Part sizes = (*p.stated)["sizes"];
  bool equal = false, viewed = false;
  for (const ManifestSize& size : p.sizes) {
    equal = equal || size.has("equal");
    viewed = viewed || model(size.size)->world().layout().has_view();
  }
  if (model(p.default_size())->has_code() && !equal) {
    sizes.fail(
        "has none that claims 'equal', so nobody judges whether the reference is what the "
        "specification says");
  }
  if (viewed == !p.view.empty()) return;
  const Part spec = (*p.stated)["spec"];
  spec.fail(viewed ? "names no 'view', but the registration has one"
                   : "names a view, but the registration has none at any of the sizes");
}

}  // namespace

KnownStrings::KnownStrings(const ManifestProtocol& p) : known{"holds"} {
  for (const ManifestVariant& variant : p.variants) known.insert(variant.name);
  const Protocol& protocol = Protocol::find(p.name);
  const Size size = Size::parse(p.default_size());
  const auto usual = protocol.model(size, "holds");
  if (!usual->has_code()) {
    // What Init and Next may give a variable, nothing else can be asked for.
    const auto module = tla::read_module(p.module, p.directories);
    for (const auto& one : tla::strings_of(*module, {"Init", "Next"})) known.insert(one.text);
    return;
  }
  if (usual->world().spec().has_pages()) known.merge(std::set<std::string>{"none", "free", "used"});
  for (const std::string& variant : protocol.variants()) {
    for (const Automaton& automaton : protocol.model(size, variant)->automata()) {
      for (const Node& node : automaton.nodes) known.insert(node.name);
    }
  }
}

void KnownStrings::hold(const std::string& text, const std::string& file, std::size_t line,
                        std::size_t column) const {
  if (known.contains(text)) return;
  throw InputError(file, line, column,
                   "\"" + text + "\" is no site, no point, no value of a variable and no variant" +
                       report::suggestion(text, {known.begin(), known.end()}));
}

void KnownStrings::hold_text(const std::string& text, const std::string& where) const {
  for (const tla::Token& token : tla::tokens(text, where).tokens) {
    if (token.type == tla::Token::Type::string) hold(token.text, where, token.line, token.column);
  }
}

void hold_described(const ManifestProtocol& p) {
  const tla::Module module = tla::Module::read(p.module, p.directories);
  const Size size = Size::parse(p.default_size());
  const Subject subject{&p, "holds", size, Protocol::find(p.name).model(size, "holds")};
  if (subject.model->has_code() && !p.proof && p.not_proved.empty()) {
    p.stated->fail("has no 'proof', and no reason why; expected 'proof' or 'not_proved'");
  }
  hold_constants(p, *subject.model, module.text());
  hold_variants(p);
  hold_sizes(p);
  if (subject.model->has_code()) hold_differences(p);
  hold_strings(p, module.text());
  hold_spec(module.text());
  if (subject.model->has_code()) hold_actions(p, module);
  hold_assumed(p, module);
  hold_refined(module.text());
  hold_modules(p, module.text());
  hold_files(p);
  hold_claims(p);
  if (subject.model->has_code()) hold_start(subject);
}

}  // namespace lockstep
