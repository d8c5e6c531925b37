// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/tla/random_text.hpp"

namespace lockstep::testing {

std::string RandomText::formula() {
  numbers_ = {"i", "j"};
  truths_ = {"p", "q", "r"};
  names_ = 0;
  std::string out;
  for (const std::string& line : truth(3)) {
    std::string moved = "    " + line;
    if (!out.empty() && below(12) == 0) {
      moved = below(2) == 0 ? " " + moved : moved.substr(1 + below(2));
    }
    out += moved + "\n";
  }
  return out;
}

RandomText::Block RandomText::beside(Block left, const std::string& between, const Block& right) {
  left.back() += between;
  const std::size_t column = left.back().size();
  left.back() += right.front();
  for (std::size_t i = 1; i < right.size(); ++i) {
    left.push_back(std::string(column, ' ') + right[i]);
  }
  return left;
}

void RandomText::add_below(Block& block, std::size_t column, const Block& other) {
  for (const std::string& line : other) block.push_back(std::string(column, ' ') + line);
}

RandomText::Block RandomText::truth(std::size_t depth) {
  if (depth == 0) return atom();
  switch (below(9)) {
    case 0: return atom();
    case 1:
    case 2: return list(depth);
    case 3:
    case 4: return chain(depth);
    case 5: return quantifier(depth);
    case 6: return choice(depth);
    case 7: return let(depth);
    default:
      return below(2) == 0 ? beside({"~"}, "", truth(depth - 1))
                           : beside(beside({"("}, "", truth(depth - 1)), ")", {""});
  }
}

std::string RandomText::number() {
  std::string out = below(4) == 0 ? "-" : "";
  for (std::size_t n = 1 + below(3);; --n) {
    out += below(4) == 0 ? std::to_string(below(3)) : numbers_[below(numbers_.size())];
    if (n == 1) return out;
    out += one_of({" + ", " - ", " * ", " % 2 + ", " - -"});
  }
}

RandomText::Block RandomText::atom() {
  switch (below(6)) {
    case 0: return {number() + one_of({" = ", " # ", " < ", " >= ", " =< ", " > "}) + number()};
    case 1:
      return {number() + one_of({" \\in ", " \\notin "}) +
              one_of({"{0, 1}", "0 .. 1", "{1} \\cup 2..3", "Nat \\ {1}", "{0, 1, 2} \\cap {2, i}",
                      "Int", "{n \\in 0..2 : n # j}"})};
    case 2: return {truths_[below(truths_.size())] + one_of({" = ", " # "}) + "r"};
    default: return {truths_[below(truths_.size())]};
  }
}

RandomText::Block RandomText::list(std::size_t depth) {
  const std::string bullet = one_of({"/\\ ", "\\/ "});
  Block out;
  for (std::size_t n = 2 + below(2); n > 0; --n) {
    add_below(out, 0, beside({bullet}, "", truth(depth - 1)));
  }
  return out;
}

RandomText::Block RandomText::chain(std::size_t depth) {
  Block out = truth(depth - 1);
  const std::string first = one_of({"/\\", "\\/", "=>", "<=>", "="});
  for (std::size_t n = 1 + below(2); n > 0; --n) {
    const std::string op = below(3) != 0 ? first : one_of({"/\\", "\\/", "=>", "<=>", "#"});
    if (below(2) == 0) {
      out = beside(std::move(out), " " + op + " ", truth(depth - 1));
    } else {
      add_below(out, below(6), beside({op + " "}, "", truth(depth - 1)));
    }
  }
  return out;
}

RandomText::Block RandomText::quantifier(std::size_t depth) {
  const std::string name = "n" + std::to_string(++names_);
  Block out{std::string{one_of({"\\A ", "\\E "})} + name + " \\in " +
            one_of({"{0, 1} : ", "{i, 2} : ", "0..j : ", "{0, j} \\ {1} : "})};
  numbers_.push_back(name);
  const Block body = truth(depth - 1);
  numbers_.pop_back();
  if (below(2) == 0) return beside(std::move(out), "", body);
  add_below(out, below(5), body);
  return out;
}

RandomText::Block RandomText::choice(std::size_t depth) {
  if (below(2) == 0) {
    Block out = beside({"IF "}, "", truth(depth - 1));
    out = beside(std::move(out), " THEN ", truth(depth - 1));
    if (below(2) == 0) return beside(std::move(out), " ELSE ", truth(depth - 1));
    add_below(out, 1 + below(3), beside({"ELSE "}, "", truth(depth - 1)));
    return out;
  }
  Block out = beside({"CASE "}, "", truth(depth - 1));
  out = beside(std::move(out), " -> ", truth(depth - 1));
  add_below(out, 2, beside({"[] OTHER -> "}, "", truth(depth - 1)));
  return out;
}

RandomText::Block RandomText::let(std::size_t depth) {
  const std::string name = "t" + std::to_string(++names_);
  Block out = beside({"LET " + name + " == "}, "", truth(depth - 1));
  truths_.push_back(name);
  add_below(out, below(2), beside({"IN "}, "", truth(depth - 1)));
  truths_.pop_back();
  return out;
}

}  // namespace lockstep::testing
