// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <fstream>
#include <iterator>
#include <unordered_map>

#include "model/verdict.hpp"
#include "traces/itf.hpp"
#include "traces/itf_form.hpp"
#include "traces/json_reader.hpp"

namespace lockstep {

namespace {

using Kind = JsonTree::Kind;

std::string listed(const std::vector<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// A name; none that would steer a terminal when it is printed.
const std::string& plain(const JsonReader& reader, const JsonTree& tree) {
  const bool steers = std::ranges::any_of(
      tree.text, [](char c) { return static_cast<unsigned char>(c) < 0x20 || c == 0x7f; });
  if (steers) reader.fail(tree, "a name with control characters in it");
  return tree.text;
}

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
      if (tree.keys[i].starts_with('#') || is_beside_the_state(tree.keys[i])) continue;
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
    if (found == slots_.end()) {
      if (is_function(path)) {
        reader_.fail(tree, path + " is " + form_of(tree) +
                               "; expected a function, {\"#map\": [[argument, value], ...]}");
      }
      reader_.fail(tree, path + " is not a part of the protocol's state");
    }
    if (seen_[found->second]) reader_.fail(tree, path + " stands twice in the state");
    seen_[found->second] = true;
    out[found->second] = scalar(tree, layout_[found->second].sort, path);
  }

  /// Is it a variable, or a value of one, that takes an argument?
  bool is_function(const std::string& path) const {
    const std::string applied = path + "[";
    return std::ranges::any_of(slots_, [&](const auto& s) { return s.first.starts_with(applied); });
  }

  [[noreturn]] void no_scalar(const JsonTree& tree, const std::string& path,
                              const std::string& wanted) const {
    reader_.fail(tree, path + " is not " + wanted + ", but " + form_of(tree));
  }

  std::string key(const JsonTree& tree) const {
    Atom number = 0;
    if (tree.kind == Kind::string) return plain(reader_, tree);
    if (!reader_.integer(tree, number)) reader_.fail(tree, "not an argument of a function");
    return std::to_string(number);
  }

  Atom scalar(const JsonTree& tree, Sort sort, const std::string& path) {
    Atom number = 0;
    // A local that is dead is Null, whatever its sort.
    if (tree.kind == Kind::string && tree.text == "Null") return null_atom;
    switch (sort) {
      case Sort::integer:
        if (!reader_.integer(tree, number)) no_scalar(tree, path, "an integer");
        return number;
      case Sort::boolean:
        if (tree.kind != Kind::boolean) no_scalar(tree, path, "true or false");
        return static_cast<Atom>(tree.number);
      default:
        if (tree.kind != Kind::string) no_scalar(tree, path, "a name in quotes");
        return layout_.symbols.intern(plain(reader_, tree));
    }
  }

  const JsonReader& reader_;
  Layout& layout_;
  std::unordered_map<std::string, std::size_t> slots_;
  std::vector<std::string> variables_;
  std::vector<bool> seen_;
};

/// The atom of a site or a task; of none but those that there are.
Atom known_name(const JsonReader& reader, const JsonTree& meta, const char* what,
                const std::vector<std::string>& known, Symbols& symbols) {
  reader.string(meta, what);
  const std::string& name = plain(reader, *meta.find(what));
  if (!known.empty() && std::ranges::find(known, name) == known.end()) {
    reader.fail(*meta.find(what), std::string{"no "} + what + " '" + name +
                                      "' in this protocol; expected one of: " + listed(known));
  }
  return symbols.intern(name);
}

/// None where the file does not say which site it was.
std::optional<Step> read_step(const JsonReader& reader, const JsonTree* meta,
                              const StepNames& known, Symbols& symbols) {
  if (meta == nullptr || meta->find("site") == nullptr) return std::nullopt;
  Step step;
  step.site = known_name(reader, *meta, "site", known.sites, symbols);
  step.task = known_name(reader, *meta, "task", known.tasks, symbols);
  const JsonTree& args = reader.member(*meta, "args", Kind::array);
  if (args.items.size() > Step::max_args) reader.fail(args, "too many arguments for a step");
  for (const JsonTree& arg : args.items) {
    Atom& out = step.args[step.arg_count++];
    if (arg.kind == Kind::string) {
      out = symbols.intern(plain(reader, arg));
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
    if (is_beside_the_state(name.text)) continue;
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

ItfFile::ItfFile(const std::filesystem::path& path, std::vector<std::string> protocols)
    : name_(path.string()), protocols_(std::move(protocols)) {
  std::ifstream file{path, std::ios::binary};
  if (!file || std::filesystem::is_directory(path)) {
    throw InputError(name_, 0, 0, "cannot be read; expected a trace in the ITF format");
  }
  text_.assign(std::istreambuf_iterator<char>{file}, {});
  read_header();
}

ItfFile::ItfFile(std::string text, std::string name, std::vector<std::string> protocols)
    : name_(std::move(name)), text_(std::move(text)), protocols_(std::move(protocols)) {
  read_header();
}

void ItfFile::read_header() {
  root_ = read_json(text_, name_);
  const JsonReader reader{text_, name_};
  if (root_.find("#meta") == nullptr) fail_as_foreign(root_, "no \"#meta\" here");
  const JsonTree& meta = reader.member(root_, "#meta", Kind::object);
  for (const char* name : {"protocol", "variant", "size"}) {
    if (meta.find(name) == nullptr) {
      fail_as_foreign(meta, std::string{"no \""} + name + "\" here");
    }
  }
  subject_ = {reader.string(meta, "protocol"), reader.string(meta, "variant"),
              reader.string(meta, "size")};
  if (protocols_.empty() || std::ranges::find(protocols_, subject_.protocol) != protocols_.end()) {
    return;
  }
  reader.fail(*meta.find("protocol"), "protocol '" + subject_.protocol +
                                          "': unknown; expected one of: " + listed(protocols_));
}

void ItfFile::fail_as_foreign(const JsonTree& at, const std::string& what) const {
  const JsonReader reader{text_, name_};
  const JsonTree* meta = root_.find("#meta");
  const JsonTree* source = meta == nullptr ? nullptr : meta->find("source");
  std::string of =
      source != nullptr && source->kind == Kind::string ? " (" + source->text + ")" : "";
  // A trace that says its protocol is ours, with a part missing.
  const bool ours = meta != nullptr && meta->find("protocol") != nullptr;
  reader.fail(at, what + (ours ? "" : ": a trace of another tool" + of) +
                      "; expected \"#meta\" with \"protocol\"" +
                      (protocols_.empty() ? "" : " (" + listed(protocols_) + ")") +
                      ", \"variant\" (\"holds\", or a broken one's name) and \"size\" (\"2x2x2\")");
}

void ItfFile::fail_at_subject(const std::string& what) const {
  JsonReader{text_, name_}.fail(*root_.find("#meta"), what);
}

void ItfFile::fail_at_state(std::size_t state, const std::string& what) const {
  JsonReader{text_, name_}.fail(root_.find("states")->items.at(state), what);
}

Trace ItfFile::trace(Layout& layout, const StepNames& known) const {
  const JsonReader reader{text_, name_};
  check_variables(reader, root_, layout);
  Trace out;
  out.subject = subject_;
  const JsonTree& states = reader.member(root_, "states", Kind::array);
  if (states.items.empty()) reader.fail(states, "a trace without states");
  StateReader state_reader{reader, layout};
  const auto add_step = [&](const JsonTree* meta) {
    const auto step = read_step(reader, meta, known, layout.symbols);
    if (!step) out.unnamed.push_back(out.steps.size());
    out.steps.push_back(step.value_or(Step{}));
  };
  const auto meta_of = [&](const JsonTree& tree, const char* name) {
    const bool there = tree.kind == Kind::object && tree.find(name) != nullptr;
    return there ? &reader.member(tree, name, Kind::object) : nullptr;
  };
  for (std::size_t i = 0; i < states.items.size(); ++i) {
    const JsonTree& state = states.items[i];
    if (state.kind != Kind::object)
      reader.fail(state, "a state is " + form_of(state) + "; expected an object of variables");
    const JsonTree* meta = meta_of(state, "#meta");
    if (meta != nullptr && meta->find("index") != nullptr && reader.index(*meta, "index") != i) {
      reader.fail(*meta, "a state is missing; expected index " + std::to_string(i));
    }
    if (i > 0) add_step(meta);
    out.states.push_back(state_reader.state(state));
  }
  if (root_.find("loop") == nullptr) return out;
  out.loop = reader.index(root_, "loop");
  if (*out.loop >= out.states.size()) reader.fail(root_, "\"loop\" names no state");
  add_step(meta_of(reader.member(root_, "#meta", Kind::object), "closed_by"));
  return out;
}

}  // namespace lockstep
