// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/check_distributed.hpp"

#include <unistd.h>

#include <algorithm>
#include <utility>

#include "claims/distributed.hpp"
#include "report/text.hpp"
#include "tlc/java.hpp"

namespace lockstep::cli {
namespace {

std::string this_machine() {
  char name[256] = "";
  gethostname(name, sizeof name - 1);
  return name;
}

/// What is said of the run, whatever came of it.
struct Told {
  const Subject& subject;
  const AskedDistributed& asked;
  const tlc::ServerResult& server;

  std::string left_out() const {
    if (asked.left_out.empty()) return "";
    return "left out, distributed TLC judges invariants alone: " +
           report::join(asked.left_out, ", ") + "\n";
  }
  std::string bounds() const {
    const std::string version = server.version.empty() ? "of unknown version" : server.version;
    return subject.model->bounds() + ", TLC " + version + " distributed, " +
           report::counted(server.workers, "worker") +
           (server.lost == 0 ? ""
                             : ", " + report::counted(server.lost, "thread") + " of them lost") +
           ", " + report::grouped(server.counts.states) + " states, invariants alone";
  }
  report::Json document(Verdict verdict, const std::string& violated,
                        const std::optional<std::size_t>& steps) const {
    const double rate = static_cast<double>(server.counts.states) / std::max(server.seconds, 1e-9);
    return subject_document(
        subject, verdict,
        {{"states", server.counts.states},
         {"transitions", nullptr},
         {"depth", nullptr},
         {"seconds", server.seconds},
         {"tlc_version", or_null(server.version)},
         {"workers", std::max(1u, server.workers)},
         {"tlc_states_per_second", rate},
         {"violated", or_null(violated)},
         {"steps", or_null(steps)},
         {"distributed",
          {{"threads", server.threads}, {"lost", server.lost}, {"left_out", asked.left_out}}}});
  }
};

tlc::ServerOptions options_of(Session& session, const DistributedArguments& arguments) {
  tlc::ServerOptions out;
  out.scratch_root = scratch_root();
  out.address = tlc::hold_free(
      {arguments.address.empty() ? this_machine() : arguments.address, arguments.port});
  out.wanted = arguments.workers_wanted;
  out.on_workers = [&session, wanted = out.wanted, before = 0u](unsigned there) mutable {
    session.check();
    session.progress.at(there);
    if (std::exchange(before, there) == there || there == wanted) return;
    session.note(fmt::format("{} of {} are there", there, report::counted(wanted, "worker")));
  };
  out.on_note = [&session](const std::string& text) { session.note(text); };
  out.on_progress = [&session, began = false](const tlc::Progress& now) mutable {
    session.check();
    if (!std::exchange(began, true)) session.progress.begin("states", 0);
    session.progress.at(now.states);
  };
  return out;
}

/// The server does not tell what is wrong with the state that it stopped at, nor the way to it.
/// The first is asked here of the state, the second of the specification.
Exit say_violated(Session& session, const Told& told, const Layout& layout) {
  const Subject& subject = told.subject;
  const std::vector<State>& states = told.server.states;
  std::string violated;
  if (!states.empty()) {
    const Trace at_end{subject.trace_subject(), {states.back()}, {}, {}};
    violated = violated_at_end(subject, at_end, told.asked.invariants).property;
  }
  const std::string why = "TLC's server stopped at a state";
  if (violated.empty() && !states.empty()) {
    throw Undecided(why +
                    " that violates no invariant here, and does not say what is wrong; "
                    "'check' without --distributed does");
  }
  if (!violated.empty()) {
    session.note("a state violates " + violated + "; looking for a shortest way to one");
    session.when_stopped([&session, told, violated, &layout] {
      const Judged judged = judge_words(told.subject, "tlc", "violates " + violated);
      session.print(
          behaviour_columns(told.subject, layout, {told.server.states.back()}, {}, violated) +
          "\n" + told.left_out());
      session.document(told.document(judged.verdict, violated, std::nullopt));
      session.conclude(judged.verdict, told.bounds() + ", violates " + violated +
                                           ", the way there was not found: " + session.stop_text());
      return judged.verdict;
    });
  }
  session.progress.begin("states", 0);
  const auto system = spec_system(subject);
  const std::vector<std::string> names =
      violated.empty() ? told.asked.invariants : std::vector<std::string>{violated};
  const SearchResult search = explore(*system, subject, names, workshop(session, 1));
  session.progress.end();
  if (!search.violation || (!violated.empty() && search.violation->property != violated)) {
    throw Undecided(why +
                    ", and no behaviour of the specification shows anything wrong; 'check' "
                    "without --distributed says who is right");
  }
  const Violation& found = *search.violation;
  const std::string got = words(search);
  const Layout& names_of = system->world().layout();
  const Judged judged = judge_words(subject, "tlc", got);
  session.print(behaviour_columns(subject, names_of, found.states, found.steps, found.property,
                                  std::nullopt, &found.broken) +
                "\n");
  session.print(fmt::format("{} {}: {}, expected {}\n{}", subject.protocol->name, subject.variant,
                            got, judged.expected, told.left_out()));
  session.document(told.document(judged.verdict, found.property, found.steps.size()));
  session.conclude(judged.verdict, told.bounds());
  return exit_of(judged.verdict);
}

}  // namespace

void DistributedArguments::add_to(CommandLine& line, const Argument& workers) {
  line.add_flag("--distributed", distributed,
                "TLC's server here, and workers on other machines, each started by the line that "
                "is printed; invariants alone")
      .excludes(workers);
  line.add_option("--workers-wanted", workers_wanted,
                  "wait for so many workers before anything is explored, at most 50")
      .within(1, 50)
      .type_name("N");
  line.add_option("--address", address, "under which workers reach this machine")
      .type_name("A")
      .default_str("its name");
  line.add_option("--port", port, "where they come; 0 is any that is free (default: 10997)")
      .within(0, 65535)
      .type_name("N");
}

Exit check_distributed_work(Session& session, const Subject& subject,
                            const DistributedArguments& arguments) {
  const AskedDistributed asked = AskedDistributed::of(subject);
  tlc::find_java();
  const tlc::ServerOptions options = options_of(session, arguments);
  const std::string line = tlc::worker_line(options.address);
  session.note(fmt::format(
      "waiting for {} at {}:{}; on each machine, with Java and this TLC:\n  {}",
      report::counted(options.wanted, "worker"), options.address.host, options.address.port, line));
  session.progress.begin("workers", options.wanted);
  Layout layout = subject.model->world().layout();
  const tlc::ServerResult server = check_distributed(subject, asked, layout, options);
  session.progress.end();
  const Told told{subject, asked, server};
  if (server.stopped) return say_violated(session, told, layout);
  const Judged judged = judge_words(subject, "tlc", "holds");
  session.print(fmt::format(
      "{} {}: holds, expected {}\n{} states, {} with {}, {}, {} states/s\n{}",
      subject.protocol->name, subject.variant, judged.expected,
      report::grouped(server.counts.states), report::counted(server.workers, "worker"),
      report::counted(server.threads, "thread"), report::seconds(server.seconds),
      report::grouped(static_cast<std::uint64_t>(static_cast<double>(server.counts.states) /
                                                 std::max(server.seconds, 1e-9))),
      told.left_out()));
  session.document(told.document(judged.verdict, "", std::nullopt));
  session.conclude(judged.verdict, told.bounds());
  return exit_of(judged.verdict);
}

}  // namespace lockstep::cli
