// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/registration.hpp"

#include <algorithm>
#include <mutex>

#include "machines/discovery.hpp"
#include "machines/registration_check.hpp"
#include "machines/stepped_system.hpp"

namespace lockstep {

namespace {

std::vector<std::string> numbered(std::string_view prefix, std::uint32_t count) {
  std::vector<std::string> out;
  for (std::uint32_t i = 1; i <= count; ++i) out.push_back(std::string{prefix} + std::to_string(i));
  return out;
}

/// "{r1, r2}"
std::string set_of(std::string_view prefix, std::uint32_t count) {
  std::string out = "{";
  for (const std::string& name : numbered(prefix, count)) {
    out += (out.size() > 1 ? ", " : "") + name;
  }
  return out + "}";
}

/// The world but for what the code says of it.
WorldSpec stated(const Registration& registration, const Numbers& n) {
  check_names(registration);
  WorldSpec spec;
  for (const auto& kind : registration.kinds) {
    spec.kinds.push_back(
        {std::string{kind.name}, numbered(kind.prefix, n[kind.count]), kind.lifetime});
  }
  spec.fields = registration.fields;
  for (const auto& [name, value] : registration.starts) {
    const auto field = std::ranges::find(spec.fields, name, &WorldSpec::Field::name);
    field->initial = value;
  }
  for (const std::string& value : registration.values) {
    if (value != "Null") spec.values.push_back(value);
  }
  for (const auto& role : registration.roles) {
    spec.roles.push_back(
        {std::string{role.name}, numbered(role.prefix, n[role.count]), {}, false, role.rests});
  }
  return spec;
}

/// Of every role, from the code of all forms: they share the specification's variables.
const std::vector<Discovery>& learned(const Registration& registration) {
  static std::mutex mutex;
  static std::map<std::string, std::vector<Discovery>> all;
  const std::scoped_lock lock(mutex);
  const auto known = all.find(registration.sizes.protocol);
  if (known != all.end()) return known->second;
  const Numbers n = registration.sizes.numbers(registration.sizes.smallest());
  const WorldSpec spec = stated(registration, n);
  const World world(spec);
  std::vector<Discovery> roles(registration.roles.size());
  for (const Form& form : registration.forms()) {
    for (std::size_t role = 0; role < roles.size(); ++role) {
      try {
        Extraction(world, role, roles[role]).run([&](SymbolicMachine& m) {
          form.roles.at(role).symbolic(m, n);
        });
      } catch (const ProtocolError& error) {
        throw mistake(registration, "form " + std::string{form.name} + ", role " +
                                        spec.roles[role].name + ": " + error.what());
      }
    }
  }
  check_used(registration, roles);
  // In an order that no change of the code moves: how fast a solver is hangs on it.
  for (Discovery& role : roles) {
    std::ranges::sort(role.locals, {}, &WorldSpec::Local::name);
  }
  return all.emplace(registration.sizes.protocol, std::move(roles)).first->second;
}

WorldSpec world_of(const Registration& registration, const Numbers& n) {
  WorldSpec spec = stated(registration, n);
  const auto& roles = learned(registration);
  for (std::size_t role = 0; role < roles.size(); ++role) {
    spec.roles[role].locals = roles[role].locals;
    spec.roles[role].rcu = roles[role].rcu;
    spec.roles[role].sync = roles[role].sync;
    for (auto& kind : spec.kinds) {
      kind.call_rcu = kind.call_rcu || roles[role].call_rcu.contains(kind.name);
    }
  }
  const auto& view = registration.view;
  if (!view.is_at(n)) return spec;
  const auto is_relative = [&](const std::string& name) {
    return name == view.base || std::ranges::find(view.relative, name) != view.relative.end();
  };
  for (auto& field : spec.fields) {
    if (is_relative(field.name)) field.relative_to = view.base;
  }
  for (auto& role : spec.roles) {
    for (auto& local : role.locals) {
      if (is_relative(local.name)) local.relative_to = view.base;
    }
  }
  return spec;
}

}  // namespace

RegisteredModel::RegisteredModel(const Registration& registration, const Size& size, Form form)
    : registration_(registration),
      size_(size),
      numbers_(registration.sizes.numbers(size)),
      form_(std::move(form)),
      world_(world_of(registration, numbers_)) {}

std::unique_ptr<System> RegisteredModel::stepped() const {
  std::vector<SteppedSystem::Code> code;
  for (const auto& task : world_.tasks()) {
    code.push_back(
        [run = form_.roles.at(task.role).stepped, n = numbers_](SteppedMachine& m) { run(m, n); });
  }
  return std::make_unique<SteppedSystem>(world_, code);
}

std::vector<Automaton> RegisteredModel::automata(Parameters parameters) const {
  std::vector<Automaton> out;
  for (std::size_t role = 0; role < registration_.roles.size(); ++role) {
    const auto run = form_.roles.at(role).symbolic;
    out.push_back(
        Extraction(world_, role, parameters).run([&](SymbolicMachine& m) { run(m, numbers_); }));
  }
  return out;
}

std::vector<std::pair<std::string, std::string>> RegisteredModel::constants() const {
  std::vector<std::pair<std::string, std::string>> out;
  for (const auto& count : registration_.sizes.counts) {
    std::string_view prefix;
    for (const auto& kind : registration_.kinds) {
      if (kind.count == count.name) prefix = kind.prefix;
    }
    for (const auto& role : registration_.roles) {
      if (role.count == count.name) prefix = role.prefix;
    }
    out.emplace_back(count.name, set_of(prefix, numbers_[count.name]));
  }
  for (const std::string& value : registration_.values) out.emplace_back(value, value);
  for (const auto& setting : registration_.sizes.settings) {
    out.emplace_back(setting.constant, std::to_string(numbers_[setting.name]));
  }
  // What is only specified has one form.
  if (!form_.roles.empty()) out.emplace_back("Variant", "\"" + std::string{form_.name} + "\"");
  return out;
}

RegisteredProtocol::RegisteredProtocol(Registration registration)
    : registration_(std::move(registration)) {}

const std::vector<Form>& RegisteredProtocol::forms() const {
  static std::mutex mutex;
  static std::map<const RegisteredProtocol*, std::vector<Form>> all;
  const std::scoped_lock lock(mutex);
  const auto [known, added] = all.try_emplace(this);
  if (added) known->second = registration_.forms();
  return known->second;
}

std::vector<std::string> RegisteredProtocol::variants() const {
  std::vector<std::string> out;
  for (const Form& known : forms()) out.emplace_back(known.name);
  return out;
}

bool RegisteredProtocol::has_view(const Size& size) const {
  return registration_.view.is_at(registration_.sizes.numbers(size));
}

std::unique_ptr<Model> RegisteredProtocol::model_of(const Size& size, const Form& form) const {
  return std::make_unique<RegisteredModel>(registration_, size, form);
}

std::unique_ptr<Model> RegisteredProtocol::model(const Size& size, std::string_view variant) const {
  const auto found = std::ranges::find(forms(), variant, &Form::name);
  if (found == forms().end()) {
    std::string known;
    for (const Form& one : forms()) known += (known.empty() ? "" : ", ") + std::string{one.name};
    throw InputError(
        "variant '" + std::string{variant} + "'", 0, 0,
        "unknown to the code of " + std::string{name()} + "; expected one of: " + known);
  }
  return model_of(size, *found);
}

}  // namespace lockstep
