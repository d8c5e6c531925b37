// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/tla/small_world.hpp"

#include "model/verdict.hpp"
#include "tests/tla/small_module.hpp"

namespace lockstep::testing {

World small_world() {
  WorldSpec spec;
  spec.kinds = {{"S", {"s1", "s2"}}, {"T", {"t1", "t2"}}};
  spec.fields = {{"n", "S", "", Sort::integer, 0, ""},
                 {"g", "S", "T", Sort::name, null_atom, "", "T"},
                 {"b", "S", "", Sort::boolean, 0, ""},
                 {"p", "S", "", Sort::string, 0, ""},
                 {"q", "S", "", Sort::integer, 0, ""}};
  spec.roles = {{"worker", {"w1"}, {}, false, {}}};
  return World{spec};
}

std::string world_text(std::string_view units) {
  return "---- MODULE Small ----\nEXTENDS Integers, FiniteSets, Sequences\n"
         "CONSTANTS S, T, Tasks, Null, Variant\nVARIABLES n, g, b, p, q, pc\n" +
         std::string{units} + "\n====\n";
}

std::vector<std::pair<std::string, std::string>> world_constants() {
  return {{"S", "{s1, s2}"},
          {"T", "{t1, t2}"},
          {"Tasks", "{w1}"},
          {"Null", "Null"},
          {"Variant", "\"holds\""}};
}

std::unique_ptr<tla::SpecSystem> small_spec(std::string_view units) {
  const tla::Module module = module_of("Small", world_text(units));
  return std::make_unique<tla::SpecSystem>(small_world(),
                                           tla::SpecSource{module, world_constants(), {}});
}

const std::string_view usual_start =
    "Init == /\\ n = [s \\in S |-> 0] /\\ g = [s \\in S |-> [t \\in T |-> Null]]\n"
    "        /\\ b = [s \\in S |-> FALSE] /\\ p = [s \\in S |-> \"a\"]\n"
    "        /\\ q = [s \\in S |-> 5] /\\ pc = [w \\in Tasks |-> \"Idle\"]\n";

namespace {

class Changes final : public System::Visitor {
 public:
  Changes(const System& system, StateView before) : system_(system), before_(before) {}
  void step(const Step&) override {
    const Layout& layout = system_.world().layout();
    std::string text;
    for (std::size_t i = 0; i < layout.size(); ++i) {
      const Atom now = system_.state()[i];
      if (now == before_[i]) continue;
      text += (text.empty() ? "" : " ") + layout[i].text() + "=" + layout.symbols.text(now);
    }
    found.insert(text.empty() ? "nothing" : text);
  }
  void fault(const Step&, const std::string& what) override { found.insert("fault " + what); }

  std::set<std::string> found;

 private:
  const System& system_;
  StateView before_;
};

}  // namespace

std::set<std::string> steps_of(std::string_view units) {
  try {
    const auto system = small_spec(units);
    std::vector<std::byte> first(system->snapshot_bytes());
    system->initial(first.data());
    const StateView before{reinterpret_cast<const Atom*>(first.data()),
                           system->world().layout().size()};
    Changes changes{*system, before};
    system->expand(first.data(), changes);
    return changes.found;
  } catch (const InputError& error) {
    const std::string what = error.what();
    return {what.substr(what.find(".tla:") == std::string::npos ? 0 : what.find(".tla:") + 5)};
  }
}

}  // namespace lockstep::testing
