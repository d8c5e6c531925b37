// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <sys/resource.h>

#include <algorithm>

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/lasso.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

report::Json violation_json(const Symbols& symbols, const SearchResult& result,
                            const std::string& columns) {
  if (!result.violation) return nullptr;
  const Violation& violation = *result.violation;
  const std::string kind = violation.property == "Fault"      ? "fault"
                           : violation.property == "Deadlock" ? "deadlock"
                                                              : "monitor";
  return {{"property", kind == "fault" ? violation.detail : violation.property},
          {"kind", kind},
          {"steps", violation.steps.size()},
          {"trace", steps_json(violation.steps, symbols)},
          {"columns", columns}};
}

std::uint64_t peak_bytes() {
  rusage usage{};
  getrusage(RUSAGE_SELF, &usage);
  return static_cast<std::uint64_t>(usage.ru_maxrss) * 1024;
}

/// How far a search came that is stopped, behind the count of its states, and what the rest would
/// take, as far as one can say.
std::string how_far(const Subject& subject, const SearchProgress& now, std::uint64_t bytes) {
  std::string out = fmt::format(", {} transitions", report::grouped(now.transitions));
  if (now.found.empty()) {
    out += fmt::format("; nothing is wrong within {}, {} states are still to be looked at",
                       report::counted(now.steps, "step"), report::grouped(now.waiting));
  } else {
    out += "; violates " + now.found + ", the way there was being looked for";
  }
  constexpr std::uint64_t few = 100'000;  // the program itself is most of it
  if (now.states < few) return out;
  const double each = static_cast<double>(bytes) / static_cast<double>(now.states);
  out += fmt::format("; some {:.0f} bytes a state", each);
  const auto recorded = subject.recorded_states();
  if (!recorded || subject.variant != "holds") return out + ", and nobody knows how many there are";
  return out + fmt::format(", and {} are recorded: {} MB", report::grouped(*recorded),
                           report::grouped(static_cast<std::uint64_t>(
                               each * static_cast<double>(*recorded) / 1e6)));
}

struct Arguments : SubjectArguments {
  bool spec = false;
  std::vector<std::string> further;  ///< properties
};

/// What of a property fails, and where it stands.
std::string where_it_fails(const Violation& violation, const Layout& layout) {
  const Broken& broken = violation.broken;
  const tla::Place& at = broken.place;
  if (at.line == 0) return "";
  const std::string where = fmt::format("{}:{}:{}", at.file, at.line, at.column);
  if (broken.cannot.empty()) return fmt::format("{} fails at {}\n", broken.property, where);
  std::string read;
  for (const std::size_t slot : broken.slots) {
    read += fmt::format("{} {} = {}", read.empty() ? "; read were" : ",", layout[slot].text(),
                        layout.symbols.text(violation.states.back()[slot]));
  }
  return fmt::format("{} has no value, TLC would stop too: {}: {}{}\n", broken.property, where,
                     broken.cannot, read);
}

Exit explore_work(Session& session, const Arguments& arguments) {
  const auto manifest = read_manifest();
  const Subject subject = arguments.subject(*manifest);
  std::vector<std::string> asked = usual_properties(subject, {"safe"}), further = arguments.further;
  asked.insert(asked.end(), further.begin(), further.end());
  const std::vector<std::string> live = live_among(subject, asked);
  std::erase_if(further, [&](const std::string& name) {
    return std::ranges::find(live, name) != live.end();
  });
  begin_states(session, subject);
  const auto system = arguments.spec ? spec_system(subject) : system_of(subject);
  Workshop searching = workshop(session, 1);
  searching.on_search = [&session, &subject, before = peak_bytes()](const SearchProgress& now) {
    session.progress.also(how_far(subject, now, peak_bytes() - before));
  };
  const SearchResult result =
      explore(*system, subject, usual_properties(subject, {"safe"}), searching, further);
  std::optional<LivenessJudged> lasso;
  if (!result.violation && !live.empty()) {
    session.progress.also(" looked at for " + report::join(live, ", ") +
                          "; of states and steps nothing is wrong in any of " +
                          report::grouped(result.states));
    lasso = judge_liveness(subject, live, workshop(session, 1));
  }
  session.progress.end();
  const bool violated_live = lasso && lasso->result.violation;
  const std::string got = violated_live ? words(lasso->result) : words(result);
  std::string columns;
  if (violated_live) {
    columns = lasso_columns(subject, *lasso);
    session.print(columns);
  }
  if (result.violation) {
    const Violation& v = *result.violation;
    const std::string violated = v.property == "Fault"     ? v.detail
                                 : v.broken.cannot.empty() ? v.property
                                                           : "";
    columns = behaviour_columns(subject, system->world().layout(), v.states, v.steps, violated,
                                std::nullopt, &v.broken);
    session.print(columns + "\n" + where_it_fails(v, system->world().layout()));
  }
  const Judged judged = judge_words(subject, "reference", got);
  session.print(fmt::format(
      "{} {}: {}, expected {}\n{} states, {} transitions, depth {}, {}, {} states/s, "
      "peak {} MB; states by 128 bits of hash\n",
      subject.protocol->name, subject.variant, got, judged.expected, report::grouped(result.states),
      report::grouped(result.transitions), result.depth, report::seconds(result.seconds),
      report::grouped(static_cast<std::uint64_t>(static_cast<double>(result.states) /
                                                 std::max(result.seconds, 1e-9))),
      peak_bytes() / 1'000'000));
  if (lasso) {
    session.print(fmt::format(
        "{}: {}, in the specification's own graph of {} states, "
        "{} transitions, {}\n",
        report::join(live, ", "), words(lasso->result), report::grouped(lasso->result.states),
        report::grouped(lasso->result.transitions), report::seconds(lasso->result.seconds)));
  }
  const report::Json violation =
      violated_live ? lasso_json(*lasso, columns)
                    : violation_json(system->world().layout().symbols, result, columns);
  session.document(subject_document(subject, judged.verdict,
                                    {{"states", result.states},
                                     {"transitions", result.transitions},
                                     {"seconds", result.seconds},
                                     {"peak_bytes", peak_bytes()},
                                     {"violation", violation}}));
  session.conclude(judged.verdict,
                   subject.model->bounds() + ", " + report::grouped(result.states) + " states");
  return exit_of(judged.verdict);
}

const Command explore_command{
    "explore",
    "all interleavings of the stepped reference, without Java",
    {"lockstep explore vma_refcnt --size 2x2x2",
     "lockstep explore vma_refcnt --size 3x2x2 --memory-limit 500M",
     R"(lockstep explore vma_refcnt --property '\A m \in Mms : mm_count[m] < 3')"},
    [](CommandLine& line) {
      auto arguments = std::make_shared<Arguments>();
      arguments->add_to(line);
      line.add_flag("--spec", arguments->spec,
                    "of the specification instead, by the text of its module");
      line.add_option(
              "--property", arguments->further,
              "a further invariant in TLA+, or the name of a definition, also one of liveness; "
              "may be repeated")
          .type_name("EXPR");
      return Work([arguments](Session& session) { return explore_work(session, *arguments); });
    }};

}  // namespace
}  // namespace lockstep::cli
