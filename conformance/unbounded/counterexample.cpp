// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/counterexample.hpp"

#include <deque>
#include <map>

namespace lockstep::unbounded {

namespace {

class Picture {
 public:
  Picture(const Signature& signature, const Structure& state, const z3::model& model)
      : sig_(signature), state_(state), model_(model) {}

  std::string run(const std::vector<std::pair<std::string, z3::expr>>& constants) {
    std::string parameters;
    for (unsigned i = 0; i < model_.num_consts(); ++i) {
      const z3::func_decl d = model_.get_const_decl(i);
      if (d.range().is_int() && d.name().str().find('!') == std::string::npos) {
        parameters += (parameters.empty() ? "" : ", ") + d.name().str() + " = " + text(eval(d()));
      }
    }
    for (const auto& [name, constant] : constants) {
      if (!constant.get_sort().is_int() && !constant.get_sort().is_bool()) note(eval(constant));
    }
    std::string out = parameters.empty() ? "" : "  " + parameters + "\n";
    while (!pending_.empty()) {
      const z3::expr object = pending_.front();
      pending_.pop_front();
      out += line(object);
    }
    return out;
  }

 private:
  z3::expr eval(const z3::expr& e) const { return model_.eval(e, true); }

  /// The name of an object; from here on it is one of those to be shown.
  std::string note(const z3::expr& value) {
    const std::string key = value.to_string();
    if (const auto known = names_.find(key); known != names_.end()) return known->second;
    const z3::sort sort = value.get_sort();
    if (z3::eq(value, eval(sig_.null_of(sort)))) return names_[key] = "Null";
    if (z3::eq(value, eval(sig_.again_of(sort)))) return names_[key] = "Again";
    std::string name = prefix(sort) + std::to_string(++count_[sort.name().str()]);
    pending_.push_back(value);
    return names_[key] = std::move(name);
  }
  /// `v` of v1: as the model calls the objects of that sort.
  std::string prefix(const z3::sort& sort) const {
    const auto& spec = sig_.world().spec();
    std::string name;
    for (const auto& kind : spec.kinds) {
      if (name.empty() && z3::eq(sig_.kind(kind.name), sort)) name = kind.objects.front();
    }
    for (std::size_t r = 0; r < spec.roles.size(); ++r) {
      if (name.empty() && z3::eq(sig_.role(r), sort)) name = spec.roles[r].tasks.front();
    }
    return name.substr(0, name.find_first_of("0123456789"));
  }

  std::string text(const z3::expr& value) {
    if (value.is_numeral()) return value.get_decimal_string(0);
    if (value.is_bool()) return value.is_true() ? "TRUE" : "FALSE";
    if (value.get_sort().is_int()) return value.to_string();
    return note(value);
  }
  std::string text(const Function& f, const Value& value) {
    if (value.null && eval(*value.null).is_true()) return "Null";
    const z3::expr term = eval(value.term);
    if (f.sort == Sort::string) return sig_.text_of_code(term.get_numeral_int());
    return text(term);
  }

  std::string line(const z3::expr& object) {
    std::string where, rest;
    for (std::size_t i = 0; i < sig_.size(); ++i) {
      const Function& f = sig_.functions()[i];
      if (!z3::eq(f.arguments.front(), object.get_sort())) continue;
      if (f.arguments.size() == 1) {
        const std::string value = text(f, state_.read(i, {object}));
        if (f.variable == "pc") {
          where = " at " + value;
        } else if (value != "Null" && value != "FALSE") {
          rest += (rest.empty() ? "" : ", ") + f.variable + " = " + value;
        }
        continue;
      }
      // Of the elements only those whose index has been met.
      const auto known = shown_;
      for (const z3::expr& index : known) {
        if (!z3::eq(index.get_sort(), f.arguments[1])) continue;
        const std::string value = text(f, state_.read(i, {object, index}));
        if (value == "Null" || value == "FALSE") continue;
        rest += (rest.empty() ? "" : ", ") + f.variable + "[" + note(index) + "] = " + value;
      }
    }
    shown_.push_back(object);
    return "  " + note(object) + where + (rest.empty() ? "" : ": " + rest) + "\n";
  }

  const Signature& sig_;
  const Structure& state_;
  const z3::model& model_;
  std::map<std::string, std::string> names_;
  std::map<std::string, int> count_;
  std::deque<z3::expr> pending_;
  std::vector<z3::expr> shown_;
};

}  // namespace

std::string describe(const Signature& signature, const Structure& state, const z3::model& model,
                     const std::vector<std::pair<std::string, z3::expr>>& constants) {
  return Picture(signature, state, model).run(constants);
}

}  // namespace lockstep::unbounded
