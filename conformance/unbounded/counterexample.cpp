// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "unbounded/counterexample.hpp"

#include <map>

namespace lockstep::unbounded {

namespace {

class Picture {
 public:
  Picture(const Signature& signature, const Structure& state, const z3::model& model,
          const std::vector<ShownCount>& counts)
      : sig_(signature), state_(state), model_(model), counts_(counts) {}

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
    // A line may name objects that nobody has met before, and elements of arrays with them: the
    // lines stand when all objects have names.
    std::string lines;
    std::size_t known;
    do {
      known = shown_.size();
      lines.clear();
      for (std::size_t i = 0; i < known; ++i) lines += line(z3::expr(shown_[i]));
    } while (known != shown_.size());
    return out + lines + numbers();
  }

 private:
  z3::expr eval(const z3::expr& e) const { return model_.eval(e, true); }

  /// The name of an object; from here on it is one of those to be shown.
  std::string note(const z3::expr& value) {
    const std::string key = value.to_string();
    if (const auto known = names_.find(key); known != names_.end()) return known->second;
    const z3::sort sort = value.get_sort();
    for (const auto& [name, nothing] : sig_.nothings(sort)) {
      if (z3::eq(value, eval(nothing))) return names_[key] = name;
    }
    std::string name = prefix(sort) + std::to_string(++count_[sort.name().str()]);
    shown_.push_back(value);
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
    if (f.sort == Sort::string) {
      const std::string string = sig_.text_of_code(term.get_numeral_int());
      return f.variable == "pc" ? string : "\"" + string + "\"";
    }
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
      const std::size_t known = shown_.size();
      for (std::size_t n = 0; n < known; ++n) {
        const z3::expr index = shown_[n];
        if (!z3::eq(index.get_sort(), f.arguments[1])) continue;
        const std::string value = text(f, state_.read(i, {object, index}));
        if (value == "Null" || value == "FALSE") continue;
        rest += (rest.empty() ? "" : ", ") + f.variable + "[" + note(index) + "] = " + value;
      }
    }
    if (where.empty() && rest.empty()) return "";
    return "  " + note(object) + where + (rest.empty() ? "" : ": " + rest) + "\n";
  }

  /// Of the counted sets: how many members, where there are any.
  std::string numbers() {
    std::string out;
    for (const ShownCount& count : counts_) {
      if (count.sorts.size() != 1) continue;
      for (const z3::expr& object : shown_) {
        if (!z3::eq(object.get_sort(), count.sorts.front())) continue;
        const std::string number = text(eval(count.count(object)));
        if (number != "0") {
          out += (out.empty() ? "  " : ", ") + count.name + "(" + note(object) + ") = " + number;
        }
      }
    }
    return out.empty() ? out : out + "\n";
  }

  const Signature& sig_;
  const Structure& state_;
  const z3::model& model_;
  const std::vector<ShownCount>& counts_;
  std::map<std::string, std::string> names_;
  std::map<std::string, int> count_;
  std::vector<z3::expr> shown_;  ///< the objects, in the order in which they were met
};

}  // namespace

std::string describe(const Signature& signature, const Structure& state, const z3::model& model,
                     const std::vector<std::pair<std::string, z3::expr>>& constants,
                     const std::vector<ShownCount>& counts) {
  return Picture(signature, state, model, counts).run(constants);
}

}  // namespace lockstep::unbounded
