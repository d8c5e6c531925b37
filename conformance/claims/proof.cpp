// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/proof.hpp"

#include <algorithm>

#include "machines/automaton_system.hpp"
#include "machines/automaton_text.hpp"
#include "machines/shake.hpp"
#include "model/verdict.hpp"
#include "tla/model_constants.hpp"

namespace lockstep {

namespace {
/// They are cheap beside the proof; of a form that breaks, whose proof ends where it fails, they
/// are not, and what is hidden there makes nothing true.
std::uint32_t walks_of_a_size(const ProofSubject& subject) {
  const bool holds = subject.variant == "holds" || subject.protocol->variant(subject.variant).holds;
  return holds ? 100 : 20;
}
}  // namespace

tla::Module proof_module(const ManifestProtocol& protocol) {
  return tla::Module::read(protocol.proof->module, protocol.directories);
}

std::map<std::string, std::vector<std::string>> objects_of_sets(const Model& model) {
  std::map<std::string, std::vector<std::string>> out;
  for (const auto& [name, value] : model.constants()) {
    if (!value.starts_with('{')) continue;
    std::vector<std::string>& objects = out[name];
    for (std::size_t at = 1; at < value.size();) {
      const std::size_t end = value.find_first_of(",}", at);
      objects.push_back(value.substr(at, end - at));
      at = value.find_first_not_of(", ", end);
      if (value[end] == '}') break;
    }
  }
  return out;
}

std::string partial_set(const Model& model) {
  const WorldSpec& spec = model.world().spec();
  for (const auto& [name, objects] : objects_of_sets(model)) {
    const bool whole =
        std::ranges::any_of(spec.kinds, [&](const auto& k) { return k.objects == objects; }) ||
        std::ranges::any_of(spec.roles, [&](const auto& r) { return r.tasks == objects; });
    if (!whole) return name;
  }
  return "";
}

tla::Constants proof_constants(const Model& model, const ManifestProof& proof) {
  tla::Constants out = tla::ModelConstants::of(model.constants()).constants;
  for (const std::string& open : proof.parameters) {
    out.parameters.insert(open);
    out.sets.erase(open);
    out.strings.erase(open);
    out.integers.erase(open);
    out.model_values.erase(open);
  }
  return out;
}

ProofSubject ProofSubject::of(const Manifest& manifest, const std::string& name,
                              const std::string& variant,
                              const std::optional<std::string>& assumption,
                              const std::vector<ManifestProof::Extra>& extra) {
  ProofSubject out;
  out.protocol = &manifest.protocol(name);
  out.variant = variant;
  if (variant != "holds") out.protocol->variant(variant);
  if (!out.protocol->proof && !out.protocol->not_proved.empty()) {
    throw Undecided("nobody has proved " + name + ": " + out.protocol->not_proved);
  }
  if (!out.protocol->proof) {
    throw InputError("protocol '" + name + "'", 0, 0, "there is no code of it, and no proof");
  }
  const ManifestProof& proof = *out.protocol->proof;
  const Protocol& code = Protocol::find(name);
  out.model = code.model(code.sizes().smallest(), variant);
  const tla::Module module = proof_module(*out.protocol);

  unbounded::Question& q = out.question;
  q.world = &out.model->world();
  q.automata = out.model->automata(Parameters::open);
  const tla::Constants constants = proof_constants(*out.model, proof);
  for (const auto& [set, objects] : objects_of_sets(*out.model)) q.sets[set] = objects.front();
  q.exactly_one = proof.exactly_one;
  for (const std::string& conjunct : module.conjuncts(proof.invariant)) {
    q.conjuncts.push_back({conjunct, module.expand(conjunct, constants)});
  }
  for (const ManifestProperty& property : out.protocol->properties) {
    if (property.kind == "invariant") {
      q.properties.push_back({property.name, module.expand(property.name, constants)});
    } else if (property.kind == "action") {
      q.actions.push_back({property.name, module.expand_every_step(property.name, constants)});
    } else {
      out.left_out.push_back(&property);
    }
  }
  for (const ManifestProperty& state : out.protocol->possible) {
    q.possible.push_back({state.name, module.expand(state.name, constants)});
  }
  for (const ManifestProof::Extra& e : extra) {
    q.properties.push_back(
        {e.name, module.expand_text(e.says, "the manifest's " + e.name, constants)});
  }
  for (const auto& [count, set] : proof.counts) {
    const std::string says = "\\A x \\in " + set + " : " + count + "(x) >= 0";
    q.counts.push_back({count, module.expand_text(says, "the manifest's " + count, constants)});
  }
  const std::string known = assumption.value_or(proof.assumption);
  if (known.empty()) return out;
  q.assumptions.push_back(
      {known, module.expand_text(known, assumption ? "--assume" : "the manifest's assumption",
                                 constants)});
  return out;
}

std::string ProofSubject::any_number() const {
  const SizeForm& sizes = Protocol::find(protocol->name).sizes();
  const Numbers numbers = sizes.numbers(sizes.smallest());
  std::vector<std::string> all;
  std::string of_one;
  for (const SizeForm::Count& count : sizes.counts) {
    if (!question.sets.contains(count.name)) continue;
    const auto& ones = question.exactly_one;
    if (std::ranges::find(ones, count.name) == ones.end()) {
      all.push_back(count.word + "s");
    } else {
      of_one += ", exactly one " + count.word;
    }
  }
  for (const SizeForm::Setting& setting : sizes.settings) {
    if (setting.bound && numbers[setting.name] == Size::any) all.push_back(setting.word + "s");
  }
  std::string out = "any number of ";
  for (std::size_t i = 0; i < all.size(); ++i) {
    out += (i == 0 ? "" : i + 1 == all.size() ? " and " : ", ") + all[i];
  }
  return out + of_one;
}

std::string ProofSubject::bounds() const {
  const SizeForm& sizes = Protocol::find(protocol->name).sizes();
  std::string out = any_number();
  for (const std::string& bound : sizes.bounds(sizes.smallest())) out += ", " + bound;
  return out + "; sequentially consistent";
}

std::size_t walks_of(const ProofSubject& subject) {
  return subject.protocol->proof->walks.size() * walks_of_a_size(subject);
}

std::optional<std::string> walk(const ProofSubject& subject, const std::function<void()>& on_walk) {
  const Protocol& protocol = Protocol::find(subject.protocol->name);
  const auto at = [&](const Size& size) { return protocol.model(size, subject.variant); };
  return walk(subject, at, on_walk);
}

std::optional<std::string> walk(const ProofSubject& subject,
                                const std::function<std::unique_ptr<Model>(const Size&)>& at,
                                const std::function<void()>& on_walk) {
  ShakeOptions options;
  options.on_walk = on_walk;
  options.walks = walks_of_a_size(subject);
  for (const std::string& size : subject.protocol->proof->walks) {
    const auto model = at(Size::parse(size));
    if (const std::string set = partial_set(*model); !set.empty()) {
      return "at " + size + " the constant " + set + " is not all objects of a kind";
    }
    const auto automata = model->automata(Parameters::open);
    for (std::size_t role = 0; role < automata.size(); ++role) {
      const auto other = difference(subject.question.automata[role], subject.model->world(),
                                    automata[role], model->world());
      if (other) return "at " + size + " the automaton is not that of the proof; " + *other;
    }
    const auto code = model->stepped();
    AutomatonSystem automaton(model->world(), automata);
    if (const auto hidden = shake(*code, automaton, options)) return "at " + size + ", " + *hidden;
  }
  return std::nullopt;
}

}  // namespace lockstep
