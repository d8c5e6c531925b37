// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "claims/beside/scan.hpp"

// Which comment belongs to which site.
namespace lockstep::beside {
namespace {

/// `function: literal [kernel's names] <those above the function> pairs`, a line each.
std::string said(const std::string& text) {
  std::string out;
  for (const Literal& l : scan("x.hpp", text).literals) {
    out += l.function + ": " + (l.suffix ? "+" : "") + l.name;
    const auto names = [&](const std::optional<KernelComment>& k, const char* open) {
      if (!k) return;
      out += std::string{" "} + open;
      for (const Word& w : k->names) out += w.text + ",";
      if (k->here) out += "here " + k->here->text + ",";
      out += k->why;
    };
    names(l.kernel, "[");
    names(l.of_function, "<");
    for (const Word& w : l.pairs) out += " ~" + w.text;
    for (const Word& w : l.races) out += " ^" + w.text;
    out += "\n";
  }
  return out;
}

}  // namespace

TEST_CASE("beside: a comment belongs to the next site, wherever its statement begins") {
  CHECK(said("void f(auto& m) {\n"
             "  // why\n"
             "  // kernel: g, READ_ONCE\n"
             "  // pairs with A, B\n"
             "  // races with C,\n"
             "  // D\n"
             "  const auto x =\n"
             "      m.named(\"x\"_local, m.load(\"A_B\"_site, once));\n"
             "  m.load(\"C_D\"_site);\n"
             "}\n") == "f: A_B [g,READ_ONCE, ~A ~B ^C ^D\nf: C_D\n");
}
TEST_CASE("beside: at the end of a line it belongs to the sites of the line") {
  CHECK(said("void f(auto& m) {\n"
             "  g(\"A_B\"_site,  // kernel: one\n"
             "    \"C_D\"_site,  // kernel: two, smp_wmb\n"
             "    m);\n"
             "}\n") == "f: A_B [one,\nf: C_D [two,smp_wmb,\n");
}
TEST_CASE("beside: above a function it belongs to all of its sites") {
  CHECK(said("/// Words.\n"
             "// kernel: g\n"
             "template <class M>\n"
             "void f(M& m, int x = 3) {\n"
             "  if (x) {\n"
             "    m.load(\"A_B\"_site);\n"
             "  }\n"
             "  wait([&] { return m.load(prefix + \"End\"_site); });\n"
             "}\n"
             "void h(auto& m) { m.load(\"C_D\"_site); }\n") == "f: A_B <g,\nf: +End <g,\nh: C_D\n");
}
TEST_CASE("beside: a long comment goes on, and says why") {
  CHECK(said("void f(auto& m) {\n"
             "  // kernel: g, rcu_dereference (here plain: nobody else\n"
             "  // writes it)\n"
             "  m.load(\"A_B\"_site);\n"
             "  // kernel: none, there is none\n"
             "  // in Linux\n"
             "  // pairs with A,\n"
             "  // B\n"
             "  m.load(\"C_D\"_site);\n"
             "}\n") ==
        "f: A_B [g,rcu_dereference,here plain,nobody else writes it\n"
        "f: C_D [there is none in Linux ~A ~B\n");
}
TEST_CASE("beside: strings, numbers and other comments hide nothing") {
  CHECK(said("void f(auto& m) {\n"
             "  const int n = 20'000; /* \" */ const char c = '\"';\n"
             "  auto r = R\"(\" // kernel: x\n)\";\n"
             "  log(\"// kernel: x\\\"\"); m.load(\"A_B\"_site);\n"
             "}\n") == "f: A_B\n");
}
TEST_CASE("beside: what is not understood is an error with its place") {
  const auto refused = [](const std::string& line, const std::string& why) {
    const std::string text = "void f(auto& m) {\n  " + line + "\n  m.load(\"A_B\"_site);\n}\n";
    CAPTURE(line);
    CHECK_THROWS_WITH(scan("x.hpp", text), Catch::StartsWith(why));
  };
  refused("// kernel: one, two, three", "x.hpp:2:6: three names of the kernel");
  refused("// kernel: one two", "x.hpp:2:14: 'one two' is no name");
  refused("// kernel: one,", "x.hpp:2:18: '' is no name");
  refused("// kernel: none", "x.hpp:2:6: no function of the kernel, and not why");
  refused("// kernel: one (weaker)", "x.hpp:2:18: what differs here is not understood");
  refused("// kernel: one (here plain:)", "x.hpp:2:18: not why it differs here");
  refused("// pairs with", "x.hpp:2:16: '' is no name");
  refused("// pairs with A.", "x.hpp:2:17: 'A.' is no name");
  refused("// release: pairs with A", "x.hpp:2:15: 'pairs with' in a sentence is checked by no");
  refused("// races with", "x.hpp:2:16: '' is no name");
  refused("// plain: races with A", "x.hpp:2:13: 'races with' in a sentence is checked by no");
  refused("/* races with A */", "x.hpp:2:3: a comment beside a site begins with //");
  refused("/* pairs with A */", "x.hpp:2:3: a comment beside a site begins with //");
  refused("// kernel: one\n  // kernel: two", "x.hpp:3:6: a second 'kernel:' beside one site");
  refused("// kernel: one\n  vma.forget();", "x.hpp:2:6: stands beside no site");
  refused("vma.forget();  // kernel: one", "x.hpp:2:21: stands beside no site");
}
TEST_CASE("beside: a pair stands beside a site, not above a function; nothing stands at an end") {
  CHECK_THROWS_WITH(scan("x.hpp", "// pairs with A\nvoid f(auto& m) { m.load(\"A_B\"_site); }\n"),
                    Catch::StartsWith("x.hpp:1:15: stands beside no site"));
  CHECK_THROWS_WITH(scan("x.hpp", "void f(auto& m) {\n  m.x();\n  // kernel: one\n}\n"),
                    Catch::StartsWith("x.hpp:3:6: stands beside no site"));
  CHECK_THROWS_WITH(scan("x.hpp", "// kernel: one"),
                    Catch::StartsWith("x.hpp:1:4: stands beside no site"));
}

}  // namespace lockstep::beside
