// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "explore/walk.hpp"
#include "machines/automaton_system.hpp"
#include "model/stopwatch.hpp"
#include "report/text.hpp"
#include "tlc/dot.hpp"
#include "traces/atomic_file.hpp"
#include "traces/cover.hpp"
#include "traces/itf.hpp"

namespace lockstep::cli {
namespace {

struct Arguments : SubjectArguments {
  std::string out, cover, scenario;
  std::size_t simulate = 0, depth = 100;
  std::uint64_t seed = 1;
};

/// The subject with every number in its states: behaviours are written down, so what the VIEW
/// leaves out is bounded.
Subject exact_subject(const Manifest& manifest, const SubjectArguments& arguments) {
  constexpr std::uint32_t few = 2;  // of what runs for ever, where nothing bounds it
  Subject subject = arguments.subject(manifest);
  if (!subject.model->world().layout().has_view()) return subject;
  const std::string& protocol = subject.protocol->name;
  const Size size = Protocol::find(protocol).sizes().bounded(subject.size, few);
  subject = Subject::of(manifest, protocol, size, subject.variant);
  if (subject.model->world().layout().has_view()) {
    throw InputError("size '" + size.text() + "'", 0, 0,
                     "has states that are one only by the VIEW, so no behaviour can be read off "
                     "them; expected a bound on every number that grows");
  }
  return subject;
}

/// The specification's graph with every number in the states: behaviours are read off it, so no
/// two states may be taken for one.
struct ExactGraph {
  Subject subject;
  Layout layout;
  LabelledGraph graph;

  ExactGraph(const Manifest& manifest, const SubjectArguments& arguments, const Workshop& shop)
      : subject(exact_subject(manifest, arguments)) {
    layout = subject.model->world().layout();
    const auto run = question_of(subject, {});
    const tlc::Dump dump = tlc::dump(run, layout, options_of(subject, run, shop));
    graph = tlc::read_dot(dump.path(), layout, dump.table);
  }
};

/// The class of each edge of the graph: which way through the site automaton it is.
class Ways final : private System::Visitor {
 public:
  explicit Ways(const ExactGraph& exact)
      : graph_(exact.graph),
        system_(exact.subject.model->world(), exact.subject.model->automata()),
        class_of_(graph_.edges.size(), no_class) {
    for (node_ = 0; node_ < graph_.nodes(); ++node_) {
      system_.expand(reinterpret_cast<const std::byte*>(graph_.state(node_).data()), *this);
    }
  }
  std::vector<Walk> cover() const {
    return cover_classes(graph_, static_cast<std::uint32_t>(classes_.size()),
                         [this](std::uint32_t, std::uint64_t edge) { return class_of_[edge]; });
  }

 private:
  void step(const Step& step) override {
    const auto task = std::ranges::find(system_.world().tasks(), step.task, &World::Task::name);
    const auto number = static_cast<std::uint32_t>(classes_.size());
    const auto found = classes_.try_emplace({task->role, system_.edges_taken()}, number).first;
    for (auto e = graph_.first_edge[node_]; e < graph_.first_edge[node_ + 1]; ++e) {
      const auto& edge = graph_.edges[e];
      if (graph_.labels[edge.label] != step) continue;
      if (std::ranges::equal(graph_.state(edge.target), system_.state())) {
        class_of_[e] = found->second;
      }
    }
  }
  void fault(const Step&, const std::string&) override {}

  const LabelledGraph& graph_;
  AutomatonSystem system_;
  std::vector<std::uint32_t> class_of_;
  std::map<std::pair<std::size_t, std::vector<std::size_t>>, std::uint32_t> classes_;
  std::uint32_t node_ = 0;
};

/// `cover.itf.json` for one trace, `cover-1.itf.json` and so on for several.
std::string file_name(const std::string& out, std::size_t number, std::size_t of) {
  if (of == 1) return out;
  const std::filesystem::path path(out);
  const std::string name = path.filename().string();
  const std::size_t dot = std::min(name.find('.', 1), name.size());
  return (path.parent_path() /
          (name.substr(0, dot) + "-" + std::to_string(number) + name.substr(dot)))
      .string();
}

/// The files of several traces: numbered; what cannot be (a device, a pipe) gets one after the
/// other, a document each.
class TraceFiles {
 public:
  TraceFiles(std::string out, std::size_t traces)
      : out_(std::move(out)), traces_(traces), stream_(traces > 1 && is_stream(out_)) {}

  void add(const Trace& trace, const Layout& layout) {
    if (stream_) {
      texts_ += itf_text(trace, layout);
    } else {
      names_.push_back(file_name(out_, names_.size() + 1, traces_));
      write_itf(names_.back(), trace, layout);
    }
  }
  /// The names, when all have been added.
  std::vector<std::string> done() {
    if (!stream_) return names_;
    write_file(std::filesystem::path{out_}, texts_);
    return {out_};
  }

 private:
  std::string out_, texts_;
  std::size_t traces_;
  bool stream_;
  std::vector<std::string> names_;
};

Exit finish(Session& session, const Subject& subject, const std::vector<std::string>& files,
            std::size_t traces, std::size_t steps, report::Json edges, report::Json covered,
            double seconds) {
  session.document({{"protocol", subject.protocol->name},
                    {"variant", subject.variant},
                    {"size", subject.size.text()},
                    {"files", files},
                    {"traces", traces},
                    {"steps", steps},
                    {"edges", edges},
                    {"edges_covered", covered},
                    {"seconds", seconds}});
  for (const std::string& file : files) session.print(file + "\n");
  session.print(fmt::format("{}, {}, {}\n", report::counted(traces, "trace"),
                            report::counted(steps, "step"), subject.model->bounds()));
  return Exit::pass;
}

/// The shortest behaviour that shows what is wrong in a variant, or in a scenario's.
Exit counterexample(Session& session, const Arguments& arguments, const Manifest& manifest) {
  SubjectArguments about = arguments;
  if (!arguments.scenario.empty()) {
    manifest.scenario(arguments.scenario);
    for (const ManifestVariant& variant : manifest.protocol(arguments.protocol).variants) {
      if (variant.scenario == arguments.scenario && !variant.holds && about.variant == "holds") {
        about.variant = variant.name;
      }
    }
    if (about.variant == "holds") {
      throw InputError("scenario " + arguments.scenario, 0, 0,
                       "has no broken variant of " + arguments.protocol);
    }
  }
  const Subject subject = about.subject(manifest);
  Layout layout = subject.model->world().layout();
  const auto found = check_with_tlc(subject, usual_properties(subject, {"safe", "refines"}), layout,
                                    workshop(session, 1));
  if (found.holds()) {
    throw Undecided("TLC finds nothing wrong in " + subject.variant +
                    "; there is no behaviour to write");
  }
  write_itf(arguments.out, {subject.trace_subject(), found.states, found.steps, found.back_to},
            layout);
  return finish(session, subject, {arguments.out}, 1, found.steps.size(), nullptr, nullptr,
                found.seconds);
}

/// Random behaviours of the specification, by our own evaluation of its text: TLC would build the
/// whole graph first.
Exit simulate(Session& session, const Arguments& arguments, const Manifest& manifest) {
  const Stopwatch watch;
  const Subject subject = exact_subject(manifest, arguments);
  const auto spec = spec_system(subject);
  std::mt19937_64 random(arguments.seed);
  TraceFiles files{arguments.out, arguments.simulate};
  std::size_t steps = 0;
  session.progress.begin("traces", arguments.simulate);
  for (std::size_t i = 0; i < arguments.simulate; ++i) {
    session.check();
    Trace trace = random_walk(*spec, arguments.depth, random);
    trace.subject = subject.trace_subject();
    steps += trace.steps.size();
    files.add(trace, spec->world().layout());
    session.progress.at(i + 1);
  }
  session.progress.end();
  return finish(session, subject, files.done(), arguments.simulate, steps, nullptr, nullptr,
                watch.seconds());
}

Exit trace_work(Session& session, const Arguments& arguments) {
  report::expect_writable(arguments.out);
  const auto manifest = read_manifest();
  const bool broken =
      arguments.variant != "holds" && arguments.cover.empty() && arguments.simulate == 0;
  if (!arguments.scenario.empty() || broken) return counterexample(session, arguments, *manifest);
  if (arguments.cover.empty() && arguments.simulate == 0) {
    throw InputError("trace", 0, 0,
                     "needs to know which: --cover edges, --simulate N, --scenario S "
                     "or the --variant of a broken one");
  }
  if (arguments.simulate != 0) return simulate(session, arguments, *manifest);
  session.progress.begin("states", 0);
  const ExactGraph exact(*manifest, arguments, workshop(session, 1));
  const std::vector<Walk> walks = Ways(exact).cover();
  session.progress.end();
  TraceFiles files{arguments.out, walks.size()};
  std::size_t steps = 0;
  std::vector<bool> covered(exact.graph.edges.size());
  for (const Walk& walk : walks) {
    session.check();
    files.add(trace_of(exact.graph, walk, exact.subject.trace_subject()), exact.layout);
    steps += walk.edges.size();
    for (const std::uint64_t edge : walk.edges) covered[edge] = true;
  }
  return finish(session, exact.subject, files.done(), walks.size(), steps, exact.graph.edges.size(),
                std::ranges::count(covered, true), 0);
}

const Command trace{
    "trace",
    "ITF traces from the specification",
    {"lockstep trace vma_refcnt -o s39.itf.json --scenario S39",
     "lockstep trace vma_refcnt --size 1x2x2 -o cover.itf.json --cover edges"},
    [](CommandLine& line) {
      auto a = std::make_shared<Arguments>();
      a->add_to(line);
      line.add_option("-o,--out", a->out, "the file; of several traces the files are numbered")
          .type_name("FILE")
          .required();
      line.add_option("--cover", a->cover,
                      "edges: together they take every edge of the site automaton")
          .one_of({"edges"})
          .type_name("WHAT");
      line.add_option("--simulate", a->simulate, "so many random behaviours; without Java")
          .within(1, 1'000'000)
          .type_name("N");
      line.add_option("--depth", a->depth, "steps of a random behaviour (default: 100)")
          .within(1, 100'000)
          .type_name("D");
      line.add_option("--seed", a->seed, "the same seed gives the same behaviours")
          .within(0, std::uint64_t{1} << 62)
          .type_name("X");
      line.add_option("--scenario", a->scenario, "the shortest behaviour that shows it: S39")
          .type_name("SCENARIO");
      return Work([a](Session& session) { return trace_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
