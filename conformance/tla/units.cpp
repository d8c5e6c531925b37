// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tla/units.hpp"

#include <algorithm>
#include <array>

#include "tla/parser.hpp"

namespace lockstep::tla {
namespace {

/// Where the line `---- MODULE Name ----` begins: what stands before it is no TLA+.
std::size_t find_header(std::string_view text, std::size_t& line) {
  std::size_t at = 0;
  for (line = 1; at < text.size(); ++line) {
    const std::size_t end = std::min(text.find('\n', at), text.size());
    const std::string_view content = text.substr(at, end - at);
    const std::size_t word = content.find_first_not_of('-');
    if (content.starts_with("----") && word != std::string_view::npos) {
      const std::size_t begin = content.find_first_not_of(' ', word);
      if (begin != std::string_view::npos && content.substr(begin).starts_with("MODULE "))
        return at;
    }
    at = end + 1;
  }
  return std::string_view::npos;
}

class Units {
 public:
  Units(const std::vector<Token>& tokens, ModuleText& module)
      : tokens_(tokens), module_(module), parser_(tokens, module.file) {}

  std::vector<Token> read() {
    header();
    if (raw().is_name("EXTENDS")) {
      extends_ = names("a module's name");
    }
    while (raw().type != Token::Type::module_end) {
      if (raw().type == Token::Type::end) parser_.unexpected("'====', the end of the module");
      unit();
    }
    return std::move(extends_);
  }

 private:
  const Token& raw(std::size_t ahead = 0) const { return parser_.raw(ahead); }

  void header() {
    parser_.take();
    parser_.take();
    const Token name = parser_.expect_name("the module's name");
    if (name.text != module_.name) {
      parser_.refuse(name, "module '" + name.text + "' in a file that is called otherwise");
    }
    if (raw().type != Token::Type::separator) parser_.unexpected("'----'");
    parser_.take();
  }

  /// A keyword and a list of names.
  std::vector<Token> names(std::string_view what) {
    std::vector<Token> out;
    do {
      parser_.take();
      out.push_back(parser_.expect_name(what));
    } while (raw().is(","));
    return out;
  }

  void unit() {
    const Token first = raw();
    if (first.type != Token::Type::separator && !module_.first_unit) {
      module_.first_unit = parser_.place(first);
    }
    if (first.type == Token::Type::separator) {
      if (raw(1).is_name("MODULE")) parser_.refuse(first, "a module inside of a module");
      parser_.take();
    } else if (!begins_unit(parser_.position())) {
      parser_.unexpected("a unit that begins in column 1");
    } else if (first.text == "CONSTANT" || first.text == "CONSTANTS") {
      constants();
    } else if (first.text == "VARIABLE" || first.text == "VARIABLES") {
      for (const Token& name : names("a variable")) {
        if (!module_.variables.insert(name.text).second) parser_.refuse(name, "declared twice");
      }
    } else if (first.text == "ASSUME" || first.text == "ASSUMPTION" || first.text == "AXIOM") {
      assumption();
    } else if (is_theorem(first.text)) {
      skip_unit();
    } else if (first.text == "INSTANCE" || first.text == "RECURSIVE") {
      parser_.refuse(first, "'" + first.text + "' is not understood");
    } else {
      definition();
    }
  }

  static bool is_theorem(std::string_view word) {
    constexpr std::array<std::string_view, 4> words = {"THEOREM", "LEMMA", "PROPOSITION",
                                                       "COROLLARY"};
    return std::ranges::find(words, word) != words.end();
  }
  static bool is_keyword(std::string_view word) {
    constexpr std::array<std::string_view, 10> words = {
        "CONSTANT",   "CONSTANTS", "VARIABLE", "VARIABLES", "ASSUME",
        "ASSUMPTION", "AXIOM",     "LOCAL",    "INSTANCE",  "RECURSIVE"};
    return std::ranges::find(words, word) != words.end() || is_theorem(word);
  }

  /// Does a unit begin at this token? A definition does with `Name ==`, `Name(`, `Name[`.
  bool begins_unit(std::size_t i) const {
    const Token& token = tokens_[i];
    if (token.type == Token::Type::separator || token.type == Token::Type::module_end ||
        token.type == Token::Type::end) {
      return true;
    }
    if (token.column != 1 || token.type != Token::Type::name) return false;
    if (is_keyword(token.text)) return true;
    if (is_reserved(token.text)) return false;
    const Token& next = tokens_[i + 1];
    if (next.is("==")) return true;
    if (!next.is("(") && !next.is("[")) return false;
    int open = 0;
    for (++i; i + 1 < tokens_.size(); ++i) {
      if (tokens_[i].is("(") || tokens_[i].is("[") || tokens_[i].is("{")) ++open;
      if (tokens_[i].is(")") || tokens_[i].is("]") || tokens_[i].is("}")) --open;
      if (open == 0) return tokens_[i + 1].is("==");
    }
    return false;
  }

  /// To the next unit.
  void skip_unit() {
    std::size_t i = parser_.position() + 1;
    while (!begins_unit(i)) {
      // Perhaps `x + y == ...`, which would change what is read after it.
      if (tokens_[i].column == 1 && tokens_[i].type == Token::Type::name) {
        parser_.refuse(tokens_[i],
                       describe(tokens_[i]) + "; expected a unit, or no name in column 1");
      }
      ++i;
    }
    parser_.go_to(i);
  }

  void constants() {
    do {
      parser_.take();
      const Token name = parser_.expect_name("a constant");
      ModuleText::Constant constant{0, {module_.file, name.line, name.column}};
      if (raw().is("(")) {
        do {
          parser_.take();
          parser_.expect("_");
          ++constant.arity;
        } while (raw().is(","));
        parser_.expect(")");
      }
      if (!module_.constants.emplace(name.text, constant).second) {
        parser_.refuse(name, "declared twice");
      }
    } while (raw().is(","));
  }

  /// The expression that is the rest of the unit; null, and the error, if it is not understood.
  NodePtr body(std::optional<InputError>& error, std::size_t start) {
    try {
      NodePtr node = parser_.expression();
      if (!begins_unit(parser_.position())) {
        parser_.unexpected("an operator, or the next unit in column 1");
      }
      return node;
    } catch (const InputError& reason) {
      error = reason;
      parser_.go_to(start);
      skip_unit();
      return nullptr;
    }
  }

  void assumption() {
    const std::size_t start = parser_.position();
    parser_.take();
    if (raw().type == Token::Type::name && raw(1).is("==")) {
      parser_.refuse(raw(), "an assumption with a name is not understood");
    }
    ModuleText::Assumption assumption;
    assumption.body = body(assumption.error, start);
    module_.assumptions.push_back(std::move(assumption));
  }

  void definition() {
    const std::size_t start = parser_.position();
    Definition out;
    if (raw().is_name("LOCAL")) {
      parser_.take();
      out.local = true;
    }
    const Token name = parser_.expect_name("a name to define");
    out.name = name.text;
    out.place = parser_.place(name);
    try {
      if (raw().is("[")) parser_.refuse(raw(), "the definition of a function is not understood");
      out.parameters = parser_.parameters();
      parser_.expect("==");
    } catch (const InputError& reason) {
      // Where the definition of an operator like + would come to be misread as its use.
      if (!raw().is("[")) throw;
      out.error = reason;
      parser_.go_to(start);
      skip_unit();
      module_.definitions.push_back(std::move(out));
      return;
    }
    if (raw().is("[]") && raw(1).is("[") && raw(2).type == Token::Type::name && raw(3).is("]_") &&
        raw(4).type == Token::Type::name && begins_unit(parser_.position() + 5)) {
      out.every_step = raw(2).text;
      out.subscript = raw(4).text;
    }
    out.of_steps = raw().is("[]") && raw(1).is("[");
    look_over(out);
    out.plain_spec = is_plain_spec();
    if (raw().is_name("INSTANCE")) {
      instance(out, start);
      module_.definitions.push_back(std::move(out));
      return;
    }
    out.body = body(out.error, start);
    module_.definitions.push_back(std::move(out));
  }

  /// INSTANCE Module WITH name <- value, ...
  void instance(Definition& out, std::size_t start) {
    const Token word = raw();
    InputError error{module_.file, word.line, word.column,
                     "an instance is understood in a definition `Name!Spec` alone"};
    try {
      if (!out.parameters.empty()) {
        parser_.refuse(word, "an instance with parameters is not understood");
      }
      parser_.take();
      const Token module = parser_.expect_name("the module of the instance");
      auto read =
          std::make_shared<Instance>(Instance{module.text, {}, parser_.place(module), nullptr});
      if (raw().is_name("WITH")) {
        do {
          parser_.take();
          const Token name = parser_.expect_name("a constant or a variable of the module");
          parser_.expect("<-");
          read->with.push_back({name.text, parser_.expression(), parser_.place(name)});
        } while (raw().is(","));
      }
      if (!begins_unit(parser_.position())) parser_.unexpected("',', or the next unit in column 1");
      out.instance = std::move(read);
    } catch (const InputError& reason) {
      error = reason;
      parser_.go_to(start);
      skip_unit();
    }
    out.error = error;
  }

  /// `Init /\ [][Next]_vars`, up to the next unit.
  bool is_plain_spec() const {
    std::size_t i = parser_.position();
    if (tokens_[i].is("/\\")) ++i;
    for (const std::string_view wanted : {"Init", "/\\", "[]", "[", "Next", "]_", "vars"}) {
      if (begins_unit(i) || tokens_[i].text != wanted) return false;
      ++i;
    }
    return begins_unit(i);
  }

  /// Behind it [] is no "always", which has nothing before it, but between two arms of a CASE.
  static bool ends_expression(const Token& token) {
    switch (token.type) {
      case Token::Type::number:
      case Token::Type::string: return true;
      case Token::Type::name:
        return !is_reserved(token.text) || token.text == "TRUE" || token.text == "FALSE" ||
               token.text == "BOOLEAN" || token.text == "STRING";
      default:
        return std::ranges::any_of(std::array{")", "]", "}", ">>", "'", "@"},
                                   [&](const char* end) { return token.is(end); });
    }
  }

  /// Its form and the names in it, whether its text is understood or not.
  void look_over(Definition& out) const {
    if (!out.every_step.empty()) out.says = Says::step;
    const std::size_t first = parser_.position();
    for (std::size_t i = first; !begins_unit(i); ++i) {
      const Token& token = tokens_[i];
      if (token.type == Token::Type::name) {
        out.mentions.insert(token.text);
        if (token.text.starts_with("WF_") || token.text.starts_with("SF_")) {
          out.says = Says::behaviour;
        }
      }
      const bool always =
          token.is("[]") && out.every_step.empty() && !ends_expression(tokens_[i - 1]);
      if (token.is("~>") || token.is("<>") || always) out.says = Says::behaviour;
      // Of what else an instance defines TLC would look at the first state alone.
      const bool whole = i == first + 1 && token.is("!") && tokens_[first + 2].is_name("Spec");
      if (whole && begins_unit(first + 3)) {
        out.says = Says::refinement;
        out.refines = tokens_[first].text;
      }
    }
  }

  const std::vector<Token>& tokens_;
  ModuleText& module_;
  Parser parser_;
  std::vector<Token> extends_;
};

}  // namespace

std::vector<Token> read_units(std::string_view text, ModuleText& module) {
  std::size_t line = 1;
  const std::size_t header = find_header(text, line);
  if (header == std::string_view::npos) {
    throw InputError{module.file, 1, 1,
                     "no module; expected '---- MODULE " + module.name + " ----'"};
  }
  text.remove_prefix(header);
  Tokens read = tokens(text, module.file, line);
  module.comments = std::move(read.comments);
  return Units{read.tokens, module}.read();
}

}  // namespace lockstep::tla
