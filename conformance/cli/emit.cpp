// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/emit.hpp"

#include <filesystem>
#include <fstream>
#include <sstream>

#include "orders/encode/observe.hpp"
#include "orders/litmus/litmus.hpp"
#include "orders/litmus/verdicts.hpp"
#include "orders/litmus/writer.hpp"
#include "report/document.hpp"

namespace lockstep::cli {

namespace {

namespace fs = std::filesystem;

using orders::litmus::Unwritable;

std::string content(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  return out.str();
}

std::string orders_of(const orders::Overrides& orders) {
  std::string out;
  for (const auto& [site, order] : orders) {
    out += (out.empty() ? "" : ", ") + site + "=" + std::string{name_of(order)};
  }
  return out;
}

orders::litmus::Heading heading(const std::string& protocol, const orders::Question& q,
                                const orders::Program& program,
                                const orders::Overrides& overrides) {
  orders::litmus::Heading out{protocol + "-" + q.name, {}, {}};
  const auto verdict = orders::observe(program, orders::builtin_model("lkmm"), {}, false).verdict;
  if (verdict != orders::Observed::unknown) out.result = std::string{name_of(verdict)};
  out.about.push_back("Protocol " + protocol + ", question " + q.name + ": may it end with");
  out.about.push_back("  " + q.forbidden);
  if (!q.orders.empty()) out.about.push_back("Assumed: " + orders_of(q.orders));
  if (!overrides.empty()) out.about.push_back("Judged with: " + orders_of(overrides));
  out.about.push_back("Each line of a task ends with the site of the protocol that it stands for.");
  return out;
}

/// Why the test that was made of a question is no good: `litmus` does not read it, or judges it
/// otherwise than `order` did. Empty = it is as it should be.
std::string differs(const std::string& text, const std::string& file, const orders::Question& q,
                    const Reached& reached) {
  std::optional<orders::litmus::Test> test;
  try {
    test = orders::litmus::read(text, file);
  } catch (const orders::litmus::Unsupported& e) {
    return "a litmus test cannot say it: " + e.text();
  } catch (const InputError& e) {
    return std::string{"the test would be none: "} + e.what();
  }
  if (test->result) {
    const auto lkmm = orders::builtin_model("lkmm");
    const auto judged = orders::observe(test->program, lkmm, orders::quick(), false).verdict;
    if (orders::litmus::observed_of(*test->result) != judged) {
      return "the test would be " + std::string{name_of(judged)} + " under lkmm, the question is " +
             *test->result;
    }
  }
  for (const auto& [asked, reachable] : reached) {
    if (asked.first != q.name) continue;
    const orders::Observation o =
        orders::observe(test->program, orders::find_model(asked.second), orders::quick(), false);
    const std::string under = " under " + asked.second;
    if (o.verdict == orders::Observed::unknown || !o.fault.empty()) {
      return "the test is not decided" + under + ": " + (o.fault.empty() ? o.reason : o.fault);
    }
    if ((o.verdict != orders::Observed::never) == reachable) continue;
    return "the test would be " + std::string{name_of(o.verdict)} + under + ", the question is " +
           (reachable ? "reachable" : "never");
  }
  return "";
}

}  // namespace

Emission emit_litmus(Session& session, const std::string& protocol,
                     const std::vector<orders::Question>& questions,
                     const orders::Automata& automata, const Symbols& symbols,
                     const orders::Overrides& overrides, const Reached& reached,
                     const std::string& directory) {
  std::error_code error;
  fs::create_directories(directory, error);
  if (!fs::is_directory(directory)) {
    throw InputError(directory, 0, 0, "cannot be made; expected a directory, or a place for one");
  }
  Emission out;
  std::size_t written = 0;
  for (const orders::Question& q : questions) {
    session.check();
    const orders::Program program = make_program(q, automata, symbols, overrides);
    const fs::path file = fs::path(directory) / (protocol + "-" + q.name + ".litmus");
    try {
      const std::string text = write(program, symbols, heading(protocol, q, program, overrides));
      if (const std::string why = differs(text, file.string(), q, reached); !why.empty()) {
        throw Unwritable{why};
      }
      const bool there = fs::is_regular_file(file, error);
      if (there && content(file) == text) {
        out.text += file.string() + ": as it was\n";
        continue;
      }
      report::write_file(file.string(), text);
      ++written;
      out.text += file.string() + (there ? ": replaced\n" : ": written\n");
    } catch (const Unwritable& u) {
      out.verdict = Verdict::unknown;
      out.text += file.string() + ": UNKNOWN, not written: " + u.what() + "\n";
    }
  }
  out.text += fmt::format("{} of {} questions written\n", written, questions.size());
  return out;
}

}  // namespace lockstep::cli
