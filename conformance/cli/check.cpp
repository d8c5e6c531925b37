// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/live.hpp"
#include "cli/check_distributed.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

struct Arguments : SubjectArguments {
  DistributedArguments distributed;
  unsigned workers = 2;
  bool safety = false;
};

Exit check_work(Session& session, const Arguments& arguments) {
  const auto manifest = read_manifest();
  const Subject subject = arguments.subject(*manifest);
  if (arguments.distributed.distributed) {
    return check_distributed_work(session, subject, arguments.distributed);
  }
  if (arguments.distributed.workers_wanted != 1) {
    throw InputError("--workers-wanted", 0, 0,
                     "speaks of workers on other machines; expected --distributed too, or "
                     "--workers for those of this one");
  }
  std::vector<std::string> claims{"safe", "refines"};
  if (!arguments.safety) claims.push_back("live");
  const auto asked = usual_properties(subject, claims);
  Layout layout = subject.model->world().layout();
  begin_states(session, subject);
  const auto result = check_with_tlc(subject, asked, layout, workshop(session, arguments.workers));
  session.progress.end();
  const std::string got = words(result);
  const std::string violated = result.holds() ? "" : got.substr(got.find(' ') + 1);
  if (!result.holds()) {
    session.print(
        behaviour_columns(subject, layout, result.states, result.steps, violated, result.back_to) +
        "\n");
  }
  const Judged judged = judge_words(subject, "tlc", got);
  const double rate = static_cast<double>(result.counts.states) / std::max(result.seconds, 1e-9);
  session.print(
      fmt::format("{} {}: {}, expected {}\n{} states, {} transitions, depth {}, {}, {} states/s\n",
                  subject.protocol->name, subject.variant, got, judged.expected,
                  report::grouped(result.counts.states), report::grouped(steps_taken(result)),
                  result.counts.depth, report::seconds(result.seconds),
                  report::grouped(static_cast<std::uint64_t>(rate))));
  report::Json document{{"states", result.counts.states},
                        {"transitions", steps_taken(result)},
                        {"depth", result.counts.depth},
                        {"seconds", result.seconds},
                        {"tlc_version", or_null(result.version)},
                        {"workers", result.workers},
                        {"tlc_states_per_second", rate},
                        {"violated", nullptr},
                        {"steps", nullptr}};
  if (!result.holds()) {
    document["violated"] = violated;
    document["steps"] = result.steps.size();
  }
  session.document(subject_document(subject, judged.verdict, document));
  // Of a variant that breaks liveness that is asked all the same.
  const bool safety = arguments.safety && live_among(subject, asked).empty();
  session.conclude(judged.verdict, subject.model->bounds() + ", " + tool_of(result) + ", " +
                                       report::counted(result.workers, "worker") + ", " +
                                       report::grouped(result.counts.states) + " states" +
                                       (safety ? ", safety" : ""));
  return exit_of(judged.verdict);
}

const Command check{
    "check",
    "TLC on one protocol: invariants, refinement, liveness",
    {"lockstep check vma_refcnt --size 1x2x2",
     "lockstep check vma_refcnt --size 3x2x2 --distributed --workers-wanted 2"},
    [](CommandLine& line) {
      auto arguments = std::make_shared<Arguments>();
      arguments->add_to(line);
      const Argument workers =
          line.add_option("--workers", arguments->workers,
                          "of TLC, at most 64; 1 gives the same behaviour each time")
              .within(1, 64)
              .type_name("N");
      line.add_flag("--safety", arguments->safety, "without liveness");
      arguments->distributed.add_to(line, workers);
      return Work([arguments](Session& session) { return check_work(session, *arguments); });
    }};

}  // namespace
}  // namespace lockstep::cli
