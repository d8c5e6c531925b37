// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/evaluate.hpp"

#include <optional>
#include <stdexcept>
#include <unordered_map>

#include "model/verdict.hpp"
#include "tla/compile.hpp"
#include "tla/lower.hpp"

namespace lockstep::tla {

struct Evaluator::Compiled {
  struct Known {
    Expr expr;
    std::map<std::string, Atom> bound;
    std::optional<std::pair<Handle, std::size_t>> part;  ///< of which, and its number
    std::shared_ptr<const Lowered> lowered = nullptr;
    NodeId root = 0;
    std::unique_ptr<Program> program = nullptr;

    Known copy() const {
      return {expr, bound, part, lowered, root, std::make_unique<Program>(*program)};
    }
  };

  const World& world;
  std::map<std::string, std::vector<Atom>> sets;
  std::map<std::string, Atom> parameters;
  std::shared_ptr<Compiler> compiler;
  std::vector<Known> known;
  std::unordered_map<const Expression*, Handle> handles;
  bool copied = false;  ///< then the compiler is another's: nothing is added to it

  void build(Known& one) const {
    if (one.part) {
      const Known& whole = known[one.part->first];
      one.lowered = whole.lowered;
      one.root = (*whole.lowered)[whole.root].args.at(one.part->second);
    } else {
      std::vector<std::string> names;
      std::vector<Atom> values;
      for (const auto& [name, value] : one.bound) {
        names.push_back(name);
        values.push_back(value);
      }
      const Code code = compiler->compile(one.expr, names);
      const auto lowered = std::make_shared<Lowered>(compiler->frames());
      one.root = lowered->lower(code, values);
      one.lowered = lowered;
    }
    one.program = std::make_unique<Program>(*one.lowered, one.root, compiler->symbols());
  }

  /// A name that is new may be one of a string that no state had.
  bool is_stale() const {
    return !compiler || compiler->symbols() != world.layout().symbols.size();
  }
  void refresh() {
    compiler = std::make_shared<Compiler>(world, sets, parameters);
    copied = false;
    for (Known& one : known) build(one);
  }
  Handle add(Known one) {
    if (is_stale() || copied) refresh();
    build(one);
    known.push_back(std::move(one));
    return static_cast<Handle>(known.size() - 1);
  }
};

Evaluator::Evaluator(const World& world, std::map<std::string, std::vector<Atom>> sets,
                     std::map<std::string, Atom> parameters)
    : compiled_(new Compiled{world, std::move(sets), std::move(parameters), {}, {}, {}}) {}
Evaluator::~Evaluator() = default;
Evaluator::Evaluator(Evaluator&&) noexcept = default;
Evaluator::Evaluator(const Evaluator& other)
    : compiled_(new Compiled{other.compiled_->world,
                             other.compiled_->sets,
                             other.compiled_->parameters,
                             other.compiled_->compiler,
                             {},
                             other.compiled_->handles,
                             true}) {
  for (const Compiled::Known& one : other.compiled_->known) compiled_->known.push_back(one.copy());
}

Evaluator::Handle Evaluator::compile(const Expr& expr, const std::map<std::string, Atom>& bound) {
  return compiled_->add({.expr = expr, .bound = bound, .part = {}});
}

Evaluator::Handle Evaluator::compile_truth(const Expr& expr) {
  const Handle out = compile(expr);
  const Compiled::Known& one = compiled_->known[out];
  const LowNode& root = (*one.lowered)[one.root];
  if (root.kind != Kind::boolean && root.op != LowNode::Op::undefined) {
    throw InputError{expr->place.file, expr->place.line, expr->place.column,
                     "expected a truth value"};
  }
  return out;
}

std::vector<Evaluator::Handle> Evaluator::parts(Handle handle) {
  if (compiled_->is_stale()) compiled_->refresh();
  const Compiled::Known& whole = compiled_->known[handle];
  const LowNode& root = (*whole.lowered)[whole.root];
  if (root.op != LowNode::Op::conjunction) return {handle};
  const std::size_t count = root.args.size();
  const Expr expr = whole.expr;
  std::vector<Handle> out;
  for (std::size_t i = 0; i < count; ++i) {
    out.push_back(compiled_->add({.expr = expr, .bound = {}, .part = std::pair{handle, i}}));
  }
  return out;
}

bool Evaluator::holds_unchanged(Handle handle) const {
  const Compiled::Known& one = compiled_->known[handle];
  Lowered lowered = *one.lowered;
  return lowered.is(lowered.staying(one.root), true);
}

bool Evaluator::holds_by(Handle handle, const tla::KnownCell& known) const {
  const Compiled::Known& one = compiled_->known[handle];
  return tla::holds_by(*one.lowered, one.root, known);
}

Place Evaluator::place(Handle handle) const {
  const Compiled::Known& one = compiled_->known[handle];
  return one.lowered->source(one.root).place;
}

Reads Evaluator::reads(Handle handle) const {
  const Compiled::Known& one = compiled_->known[handle];
  return reads_of(*one.lowered, one.root, compiled_->world.layout());
}

std::uint64_t Evaluator::likeness(Handle handle) const {
  const Compiled::Known& one = compiled_->known[handle];
  std::unordered_map<NodeId, std::uint64_t> known;
  const auto mix = [](std::uint64_t a, std::uint64_t b) {
    a ^= b + 0x9e3779b97f4a7c15U + (a << 6U) + (a >> 2U);
    a *= 0xff51afd7ed558ccdU;
    return a ^ (a >> 33U);
  };
  const auto of = [&](const auto& self, NodeId id) -> std::uint64_t {
    if (const auto found = known.find(id); found != known.end()) return found->second;
    const LowNode& node = (*one.lowered)[id];
    std::uint64_t out = mix(static_cast<std::uint64_t>(node.op), node.primed ? 1 : 0);
    out = mix(out, static_cast<std::uint64_t>(node.kind));
    out = mix(out, reinterpret_cast<std::uintptr_t>(node.cells));
    if (node.op == LowNode::Op::in) {
      for (const Atom member : one.lowered->set(node.atom)) {
        out = mix(out, static_cast<std::uint64_t>(member));
      }
    } else {
      out = mix(out, static_cast<std::uint64_t>(node.atom));
    }
    for (const NodeId arg : node.args) out = mix(out, self(self, arg));
    known.emplace(id, out);
    return out;
  };
  return of(of, one.root);
}

Atom Evaluator::operator()(Handle handle, const Atom* state, const Atom* after) const {
  if (compiled_->is_stale()) compiled_->refresh();
  return compiled_->known[handle].program->run(state, after);
}

std::vector<std::size_t> Evaluator::slots_read(Handle handle, const Atom* state,
                                               const Atom* after) const {
  if (compiled_->is_stale()) compiled_->refresh();
  return compiled_->known[handle].program->slots_read(state, after);
}

Atom Evaluator::operator()(const Expr& expr, const Atom* state, const Atom* after) const {
  auto found = compiled_->handles.find(expr.get());
  if (found == compiled_->handles.end()) {
    const Handle handle = compiled_->add({.expr = expr, .bound = {}, .part = {}});
    found = compiled_->handles.emplace(expr.get(), handle).first;
  }
  return (*this)(found->second, state, after);
}

}  // namespace lockstep::tla
