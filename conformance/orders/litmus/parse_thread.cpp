// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <array>

#include "orders/litmus/cursor.hpp"
#include "orders/litmus/parse_expression.hpp"

namespace lockstep::orders::litmus {

namespace {

constexpr std::array not_read{"goto", "return", "break", "continue", "switch", "case", "asm"};

class StatementParser {
 public:
  StatementParser(Cursor& cursor, std::set<std::string>& names) : cursor_{cursor}, names_{names} {}

  void statement(std::vector<Statement>& out) {
    const Cursor::Level level{cursor_};
    Statement s;
    s.place = cursor_.peek().place;
    if (cursor_.accept(";")) return;
    for (const char* word : not_read) {
      const bool is_name = cursor_.sees("=", 1);  // the names of variables are free
      if (cursor_.sees(word) && !is_name)
        cursor_.source().unsupported(s.place, "'" + std::string{word} + "'");
    }
    if (cursor_.accept("{")) {
      s.kind = Statement::Kind::compound;
      while (!cursor_.accept("}")) statement(s.body);
      out.push_back(std::move(s));
    } else if (cursor_.accept("if")) {
      s.kind = Statement::Kind::choice;
      s.condition = in_parentheses();
      statement(s.body);
      if (cursor_.accept("else")) statement(s.otherwise);
      out.push_back(std::move(s));
    } else if (cursor_.accept("while")) {
      s.kind = Statement::Kind::loop;
      s.condition = in_parentheses();
      statement(s.body);
      out.push_back(std::move(s));
    } else if (cursor_.accept("do")) {
      s.kind = Statement::Kind::loop_after;
      statement(s.body);
      cursor_.expect("while");
      s.condition = in_parentheses();
      cursor_.expect(";");
      out.push_back(std::move(s));
    } else if (cursor_.accept("for")) {
      loop(std::move(s), out);
    } else {
      simple(out);
      cursor_.expect(";");
    }
  }

 private:
  ExprPtr expression() { return parse_expression(cursor_, names_); }
  ExprPtr in_parentheses() {
    cursor_.expect("(");
    ExprPtr e = expression();
    cursor_.expect(")");
    return e;
  }
  void loop(Statement s, std::vector<Statement>& out) {
    cursor_.expect("(");
    if (!cursor_.sees(";")) simple(out);
    cursor_.expect(";");
    if (!cursor_.sees(";")) s.condition = expression();
    cursor_.expect(";");
    if (!cursor_.sees(")")) s.step = expression();
    cursor_.expect(")");
    s.kind = Statement::Kind::loop;
    statement(s.body);
    out.push_back(std::move(s));
  }
  /// An expression, or declarations.
  void simple(std::vector<Statement>& out) {
    Statement s;
    s.place = cursor_.peek().place;
    const bool unknown_type = cursor_.sees_name() && cursor_.sees_name(1);
    if (!begins_type(cursor_)) {
      if (unknown_type) {
        cursor_.source().unsupported(s.place, "the type '" + cursor_.peek().text + "'");
      }
      s.condition = expression();
      out.push_back(std::move(s));
      return;
    }
    skip_type(cursor_);
    do {
      while (cursor_.accept("*") || cursor_.accept("const") || cursor_.accept("volatile")) {
      }
      Statement d;
      d.kind = Statement::Kind::declaration;
      d.place = cursor_.peek().place;
      d.name = cursor_.name("the name of a variable");
      names_.insert(d.name);
      if (cursor_.sees("[")) cursor_.source().unsupported(d.place, "an array of a thread");
      if (cursor_.accept("=")) d.condition = parse_assignment(cursor_, names_);
      out.push_back(std::move(d));
    } while (cursor_.accept(","));
  }

  Cursor& cursor_;
  std::set<std::string>& names_;
};

}  // namespace

bool names_thread(const Token& t) {
  return t.type == Token::Type::name && t.text.size() >= 2 && t.text.size() <= 4 &&
         t.text[0] == 'P' && t.text.find_first_not_of("0123456789", 1) == std::string::npos;
}

int parse_thread_number(Cursor& cursor) {
  return names_thread(cursor.peek()) ? std::stoi(cursor.next().text.substr(1))
                                     : cursor.index("the number of a thread");
}

Thread parse_thread(Cursor& cursor) {
  Thread thread;
  if (begins_type(cursor)) skip_type(cursor);
  thread.place = cursor.peek().place;
  if (!names_thread(cursor.peek())) cursor.wrong(cursor.peek(), "a thread, as in 'P0(int *x)'");
  thread.number = parse_thread_number(cursor);
  cursor.expect("(");
  while (!cursor.accept(")")) {
    const Place place = cursor.peek().place;
    if (!begins_type(cursor)) cursor.wrong(cursor.peek(), "the type of a parameter");
    const bool atomic = skip_type(cursor);
    if (thread.parameters.empty() && cursor.sees(")")) continue;  // `void`
    bool pointer = false;
    while (cursor.sees("*") || cursor.sees("const") || cursor.sees("volatile")) {
      pointer = cursor.next().text == "*" || pointer;
    }
    thread.parameters.push_back(cursor.name("the name of a parameter"));
    if (atomic) thread.atomics.insert(thread.parameters.back());
    if (cursor.accept("[")) {
      if (!cursor.sees("]")) cursor.index("']'");
      cursor.expect("]");
      pointer = true;
    }
    if (!pointer) {
      cursor.source().unsupported(
          place, "the parameter '" + thread.parameters.back() + "', which is no pointer,");
    }
    if (!cursor.sees(")")) cursor.expect(",");
  }
  cursor.expect("{");
  StatementParser parser{cursor, thread.names};
  while (!cursor.accept("}")) parser.statement(thread.body);
  return thread;
}

}  // namespace lockstep::orders::litmus
