// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/signature.hpp"

#include <algorithm>
#include <stdexcept>
#include <utility>

#include "machines/protocol_error.hpp"

namespace lockstep::unbounded {

namespace {
/// Of codes in a row two comparisons are enough.
z3::expr is_one_of(const z3::expr& value, const std::vector<int>& codes) {
  const auto [least, most] = std::ranges::minmax(codes);
  if (static_cast<std::size_t>(most - least) + 1 == codes.size())
    return value >= least && value <= most;
  z3::expr_vector ways(value.ctx());
  for (const int code : codes) ways.push_back(value == code);
  return z3::mk_or(ways);
}
}  // namespace

Signature::Signature(z3::context& context, const World& world,
                     const std::vector<Automaton>& automata, const Places& places, unsigned objects)
    : context_(context), world_(world) {
  const WorldSpec& spec = world.spec();
  if (automata.size() != spec.roles.size())
    throw std::logic_error("not one automaton of each role");
  std::map<std::vector<std::string>, z3::sort> by_names;
  const auto sort_for = [&](const std::string& name, const std::vector<std::string>& names) {
    const auto found = by_names.find(names);
    if (found != by_names.end()) return found->second;
    const z3::sort sort = context_.uninterpreted_sort(name.c_str());
    Nothings& nothing = nothing_[name];
    const auto add_nothing = [&](const std::string& value) {
      const z3::expr added = context_.constant((value + "_" + name).c_str(), sort);
      for (const auto& [other, known] : nothing) facts_.push_back(known != added);
      nothing.emplace_back(value, added);
    };
    add_nothing("Null");
    for (const std::string& value : spec.values) add_nothing(value);
    if (objects > 0) {
      auto& few = few_[name];
      for (const auto& [value, one] : nothing) few.push_back(one);
      for (unsigned i = 0; i < objects; ++i) few.push_back(fresh(sort, name));
    }
    by_names.emplace(names, sort);
    return sort;
  };
  for (const auto& kind : spec.kinds) sorts_.emplace(kind.name, sort_for(kind.name, kind.objects));
  for (const auto& role : spec.roles) {
    sorts_.emplace("role " + role.name, sort_for("task_" + role.name, role.tasks));
  }

  for (const Automaton& automaton : automata) {
    for (const auto& [name, value] : automaton.parameters) parameters_.insert(name);
  }

  // Codes: the sites of each role in a row, but for those that it shares; then whatever is asked
  // for.
  for (std::size_t r = 0; r < automata.size(); ++r) {
    std::vector<int>& codes = codes_.emplace_back();
    for (const std::string& place : places[r]) codes.push_back(code(place));
  }

  for (const auto& field : spec.fields) {
    std::vector<z3::sort> arguments{kind(field.kind)};
    if (!field.index.empty()) arguments.push_back(kind(field.index));
    const bool page = spec.has_pages(field.kind);
    add(field.name, std::move(arguments), field.sort, field.values,
        page && field.sort == Sort::integer, page, {});
  }
  for (const auto& kind : spec.kinds) {
    if (kind.lifetime != WorldSpec::Lifetime::kept) add_life(kind);
  }
  for (std::size_t r = 0; r < spec.roles.size(); ++r) {
    add("pc", {role(r)}, Sort::string, "", false, false, r);
    const z3::expr task = fresh(role(r), "task");
    const z3::expr pc = functions_.back().value(task);
    z3::expr_vector bound(context_);
    bound.push_back(task);
    facts_.push_back(for_all(bound, is_one_of(pc, codes_[r])));
    if (spec.roles[r].rcu) add("rcu", {role(r)}, Sort::boolean, "", false, false, r);
    if (spec.roles[r].sync) add_graces(role(r));
    for (const auto& local : spec.roles[r].locals) {
      add(local.name, {role(r)}, local.sort, local.values, local.sort == Sort::integer, false, r);
    }
  }
  close();
}

void Signature::add_life(const WorldSpec::Kind& of) {
  const z3::sort sort = kind(of.name);
  add("slab", {sort}, Sort::string, "", false, false, {});
  const z3::expr object = fresh(sort, "object");
  const z3::expr slab = functions_.back().value(object);
  z3::expr_vector bound(context_);
  bound.push_back(object);
  facts_.push_back(
      for_all(bound, slab == code("none") || slab == code("free") || slab == code("used")));
  if (of.waits()) add_graces(sort);
}

/// Which sections must end before it goes, or goes on.
void Signature::add_graces(const z3::sort& waiting) {
  const auto& roles = world_.spec().roles;
  for (std::size_t r = 0; r < roles.size(); ++r) {
    if (roles[r].rcu) add("grace", {waiting, role(r)}, Sort::boolean, "", false, false, {});
  }
}

void Signature::add(std::string variable, std::vector<z3::sort> arguments, Sort sort,
                    const std::string& values, bool nullable, bool page,
                    std::optional<std::size_t> role) {
  if (sort == Sort::name && values.empty()) {
    throw ProtocolError("of " + variable + " it is not known what objects it names");
  }
  const z3::sort range = sort == Sort::boolean ? booleans()
                         : sort == Sort::name  ? kind(values)
                                               : integers();
  z3::sort_vector domain(context_);
  std::string name = variable;
  for (const z3::sort& argument : arguments) domain.push_back(argument);
  if (role || variable == "grace") name += ":" + arguments.back().name().str();
  Function f{std::move(variable),
             std::move(arguments),
             context_.function(name.c_str(), domain, range),
             {},
             sort,
             page,
             role};
  if (nullable) f.null = context_.function((name + "?").c_str(), domain, booleans());
  functions_.push_back(std::move(f));
}

std::optional<std::size_t> Signature::find(std::string_view variable, const z3::sort& first) const {
  for (std::size_t i = 0; i < functions_.size(); ++i) {
    const Function& f = functions_[i];
    if (f.variable == variable && z3::eq(f.arguments.front(), first)) return i;
  }
  return std::nullopt;
}

std::size_t Signature::get(std::string_view variable, const z3::sort& first) const {
  if (const auto found = find(variable, first)) return *found;
  throw ProtocolError("no variable " + std::string{variable} + " of " + first.name().str());
}

z3::sort Signature::kind(std::string_view kind) const {
  const auto found = sorts_.find(kind);
  if (found == sorts_.end()) throw ProtocolError("no kind " + std::string{kind});
  return found->second;
}

z3::sort Signature::role(std::size_t role) const {
  return kind("role " + world_.spec().roles[role].name);
}

std::optional<z3::sort> Signature::sort_of(Atom object) const {
  const std::string name = world_.layout().symbols.text(object);
  for (const auto& kind : world_.spec().kinds) {
    for (const std::string& known : kind.objects) {
      if (known == name) return this->kind(kind.name);
    }
  }
  for (std::size_t r = 0; r < world_.spec().roles.size(); ++r) {
    for (const std::string& known : world_.spec().roles[r].tasks) {
      if (known == name) return role(r);
    }
  }
  return std::nullopt;
}

const Signature::Nothings& Signature::nothings(const z3::sort& sort) const {
  return nothing_.at(sort.name().str());
}
bool Signature::is_nothing(std::string_view name) const {
  const auto& values = world_.spec().values;
  return name == "Null" || std::ranges::find(values, name) != values.end();
}
z3::expr Signature::nothing_of(const z3::sort& sort, std::string_view name) const {
  for (const auto& [value, nothing] : nothings(sort)) {
    if (value == name) return nothing;
  }
  throw ProtocolError("no model value " + std::string{name} + " in the registration");
}
z3::expr Signature::is_object(const z3::expr& value) const {
  const Nothings& all = nothings(value.get_sort());
  z3::expr is = value != all.front().second;
  for (std::size_t i = 1; i < all.size(); ++i) is = is && value != all[i].second;
  return is;
}

int Signature::code(std::string_view text) const {
  const auto found = codes_of_.find(text);
  if (found != codes_of_.end()) return found->second;
  const int code = static_cast<int>(codes_of_.size());
  codes_of_.emplace(text, code);
  return code;
}

std::string Signature::text_of_code(int code) const {
  for (const auto& [text, known] : codes_of_) {
    if (known == code) return text;
  }
  return std::to_string(code);
}

z3::expr Signature::parameter(std::string_view name) const {
  return context_.int_const(std::string{name}.c_str());
}

z3::expr Signature::fresh(const z3::sort& sort, std::string_view hint) const {
  const std::string name = naming_ + std::string{hint} + "!" + std::to_string(fresh_++);
  return context_.constant(name.c_str(), sort);
}

Signature::Naming::Naming(const Signature& signature, std::string of)
    : signature_(signature), before_(std::exchange(signature.fresh_, 0)) {
  if (!signature.naming_.empty()) throw std::logic_error("names within names");
  signature.naming_ = std::move(of);
}
Signature::Naming::~Naming() {
  signature_.fresh_ = before_;
  signature_.naming_.clear();
}

z3::expr Signature::for_all(const z3::expr_vector& bound, const z3::expr& body) const {
  return few_.empty() ? z3::forall(bound, body) : expanded(bound, body, true);
}
z3::expr Signature::exists(const z3::expr_vector& bound, const z3::expr& body) const {
  return few_.empty() ? z3::exists(bound, body) : expanded(bound, body, false);
}

z3::expr Signature::expanded(const z3::expr_vector& bound, const z3::expr& body, bool all) const {
  z3::expr_vector instances(context_);
  std::vector<std::size_t> digits(bound.size());
  for (bool more = true; more;) {
    z3::expr_vector with(context_);
    for (unsigned i = 0; i < bound.size(); ++i) {
      with.push_back(few_.at(bound[i].get_sort().name().str())[digits[i]]);
    }
    z3::expr instance = body;
    instances.push_back(instance.substitute(bound, with).simplify());
    more = false;
    for (unsigned i = bound.size(); i-- > 0 && !more;) {
      more = ++digits[i] < few_.at(bound[i].get_sort().name().str()).size();
      if (!more) digits[i] = 0;
    }
  }
  return all ? z3::mk_and(instances) : z3::mk_or(instances);
}

z3::expr Signature::is_there(const z3::expr& constant) const {
  z3::expr_vector ways(context_);
  const auto few = few_.find(constant.get_sort().name().str());
  if (few == few_.end()) return context_.bool_val(true);
  for (const z3::expr& one : few->second) ways.push_back(constant == one);
  return z3::mk_or(ways);
}

z3::expr Signature::number_of(const z3::sort& sort,
                              const std::function<z3::expr(const z3::expr&)>& is) const {
  const auto found = few_.find(sort.name().str());
  if (found == few_.end()) throw std::logic_error("any number of objects is counted");
  const std::vector<z3::expr>& few = found->second;
  z3::expr out = context_.int_val(0);
  for (std::size_t i = 0; i < few.size(); ++i) {
    z3::expr once = is(few[i]);  // two of them may be the same
    for (std::size_t before = 0; before < i; ++before) once = once && few[i] != few[before];
    out = out + z3::ite(once, context_.int_val(1), context_.int_val(0));
  }
  return out;
}

void Signature::close() {
  for (const Function& f : functions_) {
    if (f.sort != Sort::name) continue;
    z3::expr_vector bound(context_);
    for (const z3::sort& sort : f.arguments) bound.push_back(fresh(sort, "x"));
    facts_.push_back(for_all(bound, is_there(f.value(bound))));
  }
}

}  // namespace lockstep::unbounded
