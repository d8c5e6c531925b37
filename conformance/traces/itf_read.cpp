// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fstream>
#include <iterator>
#include <unordered_map>

#include "model/verdict.hpp"
#include "traces/itf.hpp"
#include "traces/json_reader.hpp"

namespace lockstep {

namespace {

using Kind = JsonTree::Kind;

/// Fills one flat state after the other.
class StateReader {
 public:
  StateReader(const JsonReader& reader, Layout& layout) : reader_(reader), layout_(layout) {
    for (std::size_t i = 0; i < layout.size(); ++i) slots_.emplace(layout[i].text(), i);
    variables_ = layout.variables();
  }

  State state(const JsonTree& tree) {
    State out(layout_.size());
    seen_.assign(layout_.size(), false);
    for (std::size_t i = 0; i < tree.keys.size(); ++i) {
      if (tree.keys[i].starts_with('#')) continue;
      if (std::ranges::find(variables_, tree.keys[i]) == variables_.end()) {
        reader_.fail(tree.items[i], "unknown variable " + tree.keys[i]);
      }
      value(tree.items[i], tree.keys[i], out);
    }
    const auto missing = std::ranges::find(seen_, false);
    if (missing != seen_.end()) {
      const auto slot = static_cast<std::size_t>(missing - seen_.begin());
      reader_.fail(tree, "the state has no " + layout_[slot].text());
    }
    return out;
  }

 private:
  void value(const JsonTree& tree, const std::string& path, State& out) {
    if (tree.kind == Kind::object && tree.find("#map") != nullptr) {
      for (const JsonTree& pair : reader_.member(tree, "#map", Kind::array).items) {
        if (pair.kind != Kind::array || pair.items.size() != 2) {
          reader_.fail(pair, "not a pair of an argument and its value");
        }
        value(pair.items[1], path + "[" + key(pair.items[0]) + "]", out);
      }
      return;
    }
    const auto found = slots_.find(path);
    if (found == slots_.end()) reader_.fail(tree, path + " is not a part of the protocol's state");
    if (seen_[found->second]) reader_.fail(tree, path + " stands twice in the state");
    seen_[found->second] = true;
    out[found->second] = scalar(tree, layout_[found->second].sort, path);
  }

  std::string key(const JsonTree& tree) const {
    Atom number = 0;
    if (tree.kind == Kind::string) return tree.text;
    if (!reader_.integer(tree, number)) reader_.fail(tree, "not an argument of a function");
    return std::to_string(number);
  }

  Atom scalar(const JsonTree& tree, Sort sort, const std::string& path) {
    Atom number = 0;
    // A local that is dead is Null, whatever its sort.
    if (tree.kind == Kind::string && tree.text == "Null") return null_atom;
    switch (sort) {
      case Sort::integer:
        if (!reader_.integer(tree, number)) reader_.fail(tree, path + " is not an integer");
        return number;
      case Sort::boolean:
        if (tree.kind != Kind::boolean) reader_.fail(tree, path + " is not true or false");
        return static_cast<Atom>(tree.number);
      default:
        if (tree.kind != Kind::string) reader_.fail(tree, path + " is not a name in quotes");
        return layout_.symbols.intern(tree.text);
    }
  }

  const JsonReader& reader_;
  Layout& layout_;
  std::unordered_map<std::string, std::size_t> slots_;
  std::vector<std::string> variables_;
  std::vector<bool> seen_;
};

Step read_step(const JsonReader& reader, const JsonTree& meta, Symbols& symbols) {
  Step step;
  step.site = symbols.intern(reader.string(meta, "site"));
  step.task = symbols.intern(reader.string(meta, "task"));
  const JsonTree& args = reader.member(meta, "args", Kind::array);
  if (args.items.size() > Step::max_args) reader.fail(args, "too many arguments for a step");
  for (const JsonTree& arg : args.items) {
    Atom& out = step.args[step.arg_count++];
    if (arg.kind == Kind::string) {
      out = symbols.intern(arg.text);
    } else if (!reader.integer(arg, out)) {
      reader.fail(arg, "an argument is neither a name nor an integer");
    }
  }
  return step;
}

void check_variables(const JsonReader& reader, const JsonTree& root, const Layout& layout) {
  const JsonTree& vars = reader.member(root, "vars", Kind::array);
  std::vector<std::string> want = layout.variables();
  for (const JsonTree& name : vars.items) {
    const auto found = std::ranges::find(want, name.text);
    if (name.kind != Kind::string || found == want.end()) {
      reader.fail(name, "\"vars\" names " + (name.text.empty() ? "no variable" : name.text) +
                            ", which the protocol does not have, or has once");
    }
    want.erase(found);
  }
  if (!want.empty()) reader.fail(vars, "\"vars\" does not name " + want.front());
}

}  // namespace

ItfFile::ItfFile(const std::filesystem::path& path) : name_(path.string()) {
  std::ifstream file{path, std::ios::binary};
  if (!file || std::filesystem::is_directory(path)) {
    throw InputError(name_, 0, 0, "cannot be read; expected a trace in the ITF format");
  }
  text_.assign(std::istreambuf_iterator<char>{file}, {});
  read_header();
}

ItfFile::ItfFile(std::string text, std::string name)
    : name_(std::move(name)), text_(std::move(text)) {
  read_header();
}

void ItfFile::read_header() {
  root_ = read_json(text_, name_);
  const JsonReader reader{text_, name_};
  const JsonTree& meta = reader.member(root_, "#meta", Kind::object);
  subject_ = {reader.string(meta, "protocol"), reader.string(meta, "variant"),
              reader.string(meta, "size")};
}

Trace ItfFile::trace(Layout& layout) const {
  const JsonReader reader{text_, name_};
  check_variables(reader, root_, layout);
  Trace out;
  out.subject = subject_;
  const JsonTree& states = reader.member(root_, "states", Kind::array);
  if (states.items.empty()) reader.fail(states, "a trace without states");
  StateReader state_reader{reader, layout};
  for (std::size_t i = 0; i < states.items.size(); ++i) {
    const JsonTree& state = states.items[i];
    const JsonTree& meta = reader.member(state, "#meta", Kind::object);
    if (reader.index(meta, "index") != i) {
      reader.fail(meta, "a state is missing; expected index " + std::to_string(i));
    }
    if (i > 0) out.steps.push_back(read_step(reader, meta, layout.symbols));
    out.states.push_back(state_reader.state(state));
  }
  if (root_.find("loop") == nullptr) return out;
  out.loop = reader.index(root_, "loop");
  if (*out.loop >= out.states.size()) reader.fail(root_, "\"loop\" names no state");
  const JsonTree& meta = reader.member(root_, "#meta", Kind::object);
  out.steps.push_back(
      read_step(reader, reader.member(meta, "closed_by", Kind::object), layout.symbols));
  return out;
}

}  // namespace lockstep
