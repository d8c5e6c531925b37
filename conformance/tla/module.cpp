// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/module.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "tla/every_step.hpp"
#include "tla/expand.hpp"
#include "tla/module_text.hpp"
#include "tla/parser.hpp"

namespace lockstep::tla {

struct Module::Syntax {
  std::shared_ptr<const ModuleText> text;

  const Definition& definition(std::string_view name) const {
    const Known known = find(*text, name);
    if (known.definition == nullptr) {
      throw InputError{text->file, 0, 0, "no definition '" + std::string{name} + "'"};
    }
    return *known.definition;
  }
  /// The body of one without parameters.
  const Node& body(std::string_view name) const {
    const Definition& found = definition(name);
    if (found.error) throw InputError{*found.error};
    if (!found.parameters.empty()) refuse(found.place, "'" + found.name + "' has parameters");
    return *found.body;
  }
};

Module::Module(std::unique_ptr<Syntax> syntax) : syntax_(std::move(syntax)) {}
Module::~Module() = default;
Module::Module(Module&&) noexcept = default;

Module Module::read(std::string_view name, const std::vector<std::filesystem::path>& directories) {
  return Module{std::make_unique<Syntax>(Syntax{read_module(name, directories)})};
}

Module Module::of(std::shared_ptr<const ModuleText> text) {
  return Module{std::make_unique<Syntax>(Syntax{std::move(text)})};
}

const ModuleText& Module::text() const {
  return *syntax_->text;
}

std::vector<std::string> Module::definitions() const {
  std::vector<std::string> out;
  for (const Definition& definition : syntax_->text->definitions) out.push_back(definition.name);
  return out;
}

bool Module::defines(std::string_view name) const {
  const Definition* found = find(*syntax_->text, name).definition;
  return found != nullptr && found->parameters.empty();
}

Place Module::place(std::string_view definition) const {
  return syntax_->definition(definition).place;
}

std::string Module::comment(std::string_view definition) const {
  const Known known = find(*syntax_->text, definition);
  return comment_above(*known.module, syntax_->definition(definition).place.line);
}

Expr Module::expand(std::string_view definition, const Constants& constants) const {
  Expander expander{*syntax_->text, constants};
  const Node name{Node::Kind::name, std::string{definition}, {}, {}, {}, place(definition)};
  syntax_->body(definition);
  return expander.expand(name);
}

bool Module::is_every_step(std::string_view definition) const {
  return !syntax_->definition(definition).every_step.empty();
}

bool Module::is_refinement(std::string_view definition) const {
  return !syntax_->definition(definition).refines.empty();
}

Expr Module::expand_every_step(std::string_view property, const Constants& constants) const {
  const Definition& found = syntax_->definition(property);
  if (found.every_step.empty()) {
    refuse(found.place, "'" + found.name + "' is not of the form [][Action]_vars");
  }
  check_every_step(*syntax_->text, found);
  return expand(found.every_step, constants);
}

Expr Module::expand_text(std::string_view text, std::string_view where,
                         const Constants& constants) const {
  const Tokens read = tokens(text, where);
  Parser parser{read.tokens, where};
  const NodePtr node = parser.expression();
  if (parser.raw().type != Token::Type::end) parser.unexpected("an operator, or the end");
  return Expander{*syntax_->text, constants}.expand(*node);
}

std::vector<Expr> Module::assumptions(const Constants& constants, const Ground* ground) const {
  std::vector<Expr> out;
  for (const ModuleText* module : all_of(*syntax_->text)) {
    for (const ModuleText::Assumption& assumption : module->assumptions) {
      if (assumption.error) throw InputError{*assumption.error};
      out.push_back(Expander{*module, constants, ground}.expand(*assumption.body));
    }
  }
  return out;
}

std::vector<std::string> Module::conjuncts(std::string_view definition) const {
  std::vector<std::string> out;
  const auto add = [&](const auto& self, const Node& node) -> void {
    if (node.kind == Node::Kind::name && node.args.empty() &&
        find(*syntax_->text, node.text).definition != nullptr) {
      out.push_back(node.text);
    } else if ((node.kind == Node::Kind::list || node.kind == Node::Kind::infix) &&
               node.text == "/\\") {
      for (const NodePtr& arg : node.args) self(self, *arg);
    } else {
      refuse(node.place, "expected the name of a definition, or a conjunction of them");
    }
  };
  add(add, syntax_->body(definition));
  return out;
}

}  // namespace lockstep::tla
