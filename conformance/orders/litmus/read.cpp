// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>

#include "orders/litmus/context.hpp"
#include "orders/litmus/primitives.hpp"
#include "orders/litmus/ranges.hpp"

namespace lockstep::orders::litmus {

namespace {

/// What memory and registers hold before the threads begin.
class Beginning {
 public:
  Beginning(const Syntax& syntax, Context& context) : context_{context} {
    registers.resize(syntax.threads.size());
    for (const Initial& i : syntax.initial) {
      if (i.elements && !i.element) declare_array(i);
    }
    for (const Initial& i : syntax.initial) {
      if (i.thread >= 0) {
        set_register(i);
      } else if (i.elements) {
        set_elements(i);
      } else {
        set(i, i.name, -1, i.values.empty() ? nullptr : &i.values[0]);
      }
    }
    for (const Thread& thread : syntax.threads) {
      for (const std::string& p : thread.parameters) {
        context_.variables.insert(p);
        if (thread.names.contains(p)) touch(p);
      }
    }
    if (syntax.filter) touch(*syntax.filter);
    touch(syntax.proposition);
    for (const std::string& name : order_) write(name);
  }

  std::vector<Registers> registers;

 private:
  void touch(const std::string& name) {
    if (values_.contains(name)) return;
    context_.variables.insert(name);
    values_[name];
    order_.push_back(name);
  }
  void touch(const Condition& c) {
    if (c.kind == Condition::Kind::compare && c.left.thread < 0) touch(c.left.name);
    for (const Condition& part : c.args) touch(part);
  }
  Term value(const Value* v) {
    if (v == nullptr) return term::constant(0);
    if (v->address.empty()) return context_.number(v->number);
    if (context_.arrays.contains(v->address)) {
      context_.source.unsupported(v->place, "the address of the array '" + v->address + "'");
    }
    touch(v->address);
    return context_.address(v->address);
  }
  void declare_array(const Initial& i) {
    if (!context_.arrays.emplace(i.name, static_cast<int>(*i.elements)).second) {
      context_.source.wrong(i.place, "'" + i.name + "' is declared twice");
    }
  }
  void set_register(const Initial& i) {
    if (i.thread >= static_cast<int>(registers.size())) {
      context_.source.wrong(i.place, "there is no thread P" + std::to_string(i.thread));
    }
    if (i.elements) context_.source.unsupported(i.place, "an array of a thread");
    const Term v = value(i.values.empty() ? nullptr : &i.values[0]);
    if (!registers[i.thread].emplace(i.name, v).second) {
      context_.source.wrong(i.place, "'" + i.name + "' is given a value twice");
    }
  }
  void set_elements(const Initial& i) {
    const int size = context_.arrays.contains(i.name) ? context_.arrays.at(i.name) : 0;
    const int first = i.element ? static_cast<int>(*i.elements) : 0;
    if (first + static_cast<int>(i.values.size()) > size) {
      context_.source.wrong(i.place,
                            "no such element; '" + i.name + "' has " + std::to_string(size));
    }
    if (i.values.empty()) touch(i.name);
    for (std::size_t n = 0; n < i.values.size(); ++n) {
      set(i, i.name, first + static_cast<int>(n), &i.values[n]);
    }
  }
  void set(const Initial& i, const std::string& name, int index, const Value* v) {
    touch(name);
    const Term given = value(v);
    if (!values_[name].emplace(index, given).second) {
      context_.source.wrong(i.place, "'" + name + "' is given a value twice");
    }
  }
  void write(const std::string& name) {
    const auto array = context_.arrays.find(name);
    const bool is_array = array != context_.arrays.end();
    for (int n = is_array ? 0 : -1; n < (is_array ? array->second : 0); ++n) {
      const auto known = values_[name].find(n);
      initially(context_.program(), context_.cell(name, is_array ? term::constant(n) : nullptr),
                known == values_[name].end() ? term::constant(0) : known->second);
      if (!is_array) break;
    }
  }

  Context& context_;
  std::map<std::string, std::map<int, Term>> values_;  ///< by element; -1 = of no array
  std::vector<std::string> order_;
};

/// C11 is what has atomic types, or calls a function that the kernel does not have.
Dialect dialect_of(const Syntax& syntax) {
  const auto c11_alone = [](const std::string& name) {
    const Primitive* p = find_primitive(name, Dialect::kernel);
    return p != nullptr && p->dialect == Dialect::c11;
  };
  const bool c11 = std::ranges::any_of(syntax.threads, [&](const Thread& t) {
    return !t.atomics.empty() || std::ranges::any_of(t.names, c11_alone);
  });
  return c11 ? Dialect::c11 : Dialect::kernel;
}

}  // namespace

Test read(std::string_view text, std::string_view file) {
  const Source source{std::string{file}};
  const Syntax syntax = parse(text, source);
  Test test;
  test.program.closed = true;
  test.name = test.program.name = syntax.name;
  test.file = source.file;
  test.quantifier = syntax.quantifier;
  test.result = syntax.result;
  test.dialect = dialect_of(syntax);
  Context context{test, source};
  Beginning beginning{syntax, context};
  for (std::size_t n = 0; n < syntax.threads.size(); ++n) {
    beginning.registers[n] =
        translate(syntax.threads[n], std::move(beginning.registers[n]), context);
  }
  if (test.dialect == Dialect::c11) {
    for (Event& e : test.program.events) {
      if (e.thread != initial_thread) e.marks |= static_cast<std::uint16_t>(Mark::c11);
    }
  }
  if (syntax.filter) {
    test.program.assumptions.push_back(translate(*syntax.filter, beginning.registers, context));
  }
  test.program.forbidden = translate(syntax.proposition, beginning.registers, context);
  check_ranges(test.program, context.computed, context.beyond, source);
  return test;
}

}  // namespace lockstep::orders::litmus
