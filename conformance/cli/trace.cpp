// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <filesystem>
#include <map>
#include <random>

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "machines/automaton_system.hpp"
#include "report/text.hpp"
#include "tlc/dot.hpp"
#include "traces/cover.hpp"
#include "traces/itf.hpp"

namespace lockstep::cli {
namespace {

struct Arguments : SubjectArguments {
  std::string out, cover, scenario;
  std::size_t simulate = 0, depth = 100;
  std::uint64_t seed = 1;
};

/// The specification's graph with every number in the states: behaviours are read off it, so no
/// two states may be taken for one.
struct ExactGraph {
  Subject subject;
  Layout layout;
  LabelledGraph graph;

  ExactGraph(const Manifest& manifest, const SubjectArguments& arguments, const Workshop& shop)
      : subject(arguments.subject(manifest)) {
    if (subject.model->world().layout().has_view()) {
      Size size = subject.size;
      size.sections = size.sections.value_or(2);
      subject = Subject::of(manifest, subject.protocol->name, size, subject.variant);
    }
    layout = subject.model->world().layout();
    const auto run = question_of(subject, {});
    const tlc::Dump dump = tlc::dump(run, layout, options_of(shop));
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

std::vector<Walk> simulate(const LabelledGraph& graph, const Arguments& arguments) {
  std::mt19937_64 random(arguments.seed);
  std::vector<Walk> walks(arguments.simulate);
  for (Walk& walk : walks) {
    walk.start = graph.initial.front();
    std::uint32_t node = walk.start;
    for (std::size_t i = 0; i < arguments.depth; ++i) {
      const std::uint64_t ways = graph.first_edge[node + 1] - graph.first_edge[node];
      if (ways == 0) break;
      walk.edges.push_back(graph.first_edge[node] + random() % ways);
      node = graph.edges[walk.edges.back()].target;
    }
  }
  return walks;
}

/// `cover.itf.json` for one trace, `cover-1.itf.json` and so on for several.
std::string file_name(const std::string& out, std::size_t number, std::size_t of) {
  if (of == 1) return out;
  const std::filesystem::path path(out);
  const std::string name = path.filename().string();
  const std::size_t dot = std::min(name.find('.', 1), name.size());
  return (path.parent_path() / (name.substr(0, dot) + "-" + std::to_string(number) + name.substr(dot))).string();
}

Exit finish(Session& session, const Subject& subject, const std::vector<std::string>& files,
            std::size_t steps, report::Json edges, report::Json covered, double seconds) {
  session.document({{"protocol", subject.protocol->name}, {"variant", subject.variant},
                    {"size", subject.size.text()}, {"files", files}, {"traces", files.size()},
                    {"steps", steps}, {"edges", edges}, {"edges_covered", covered},
                    {"seconds", seconds}});
  for (const std::string& file : files) session.print(file + "\n");
  session.print(fmt::format("{} traces, {} steps, {}\n", files.size(), steps, subject.model->bounds()));
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
  const auto found = check_with_tlc(subject, usual_properties(subject, false), layout, workshop(session, 1));
  if (found.holds()) {
    throw Undecided("TLC finds nothing wrong in " + subject.variant + "; there is no behaviour to write");
  }
  write_itf(arguments.out, {subject.trace_subject(), found.states, found.steps, found.back_to}, layout);
  return finish(session, subject, {arguments.out}, found.steps.size(), nullptr, nullptr, found.seconds);
}

Exit trace_work(Session& session, const Arguments& arguments) {
  report::expect_writable(arguments.out);
  const auto manifest = read_manifest();
  const bool broken = arguments.variant != "holds" && arguments.cover.empty() && arguments.simulate == 0;
  if (!arguments.scenario.empty() || broken) return counterexample(session, arguments, *manifest);
  if (arguments.cover.empty() && arguments.simulate == 0) {
    throw InputError("trace", 0, 0, "needs to know which: --cover edges, --simulate N, --scenario S "
                                    "or the --variant of a broken one");
  }
  session.progress.begin("states", 0);
  const ExactGraph exact(*manifest, arguments, workshop(session, 1));
  const std::vector<Walk> walks =
      arguments.simulate != 0 ? simulate(exact.graph, arguments) : Ways(exact).cover();
  session.progress.end();
  std::vector<std::string> files;
  std::size_t steps = 0;
  std::vector<bool> covered(exact.graph.edges.size());
  for (const Walk& walk : walks) {
    session.check();
    files.push_back(file_name(arguments.out, files.size() + 1, walks.size()));
    write_itf(files.back(), trace_of(exact.graph, walk, exact.subject.trace_subject()), exact.layout);
    steps += walk.edges.size();
    for (const std::uint64_t edge : walk.edges) covered[edge] = true;
  }
  return finish(session, exact.subject, files, steps, exact.graph.edges.size(),
                std::ranges::count(covered, true), 0);
}

const Command trace{"trace", "ITF traces from the specification",
                    {"lockstep trace vma_refcnt -o s39.itf.json --scenario S39",
                     "lockstep trace vma_refcnt --size 1x2x2 -o cover.itf.json --cover edges"},
                    [](CLI::App& app) {
  auto a = std::make_shared<Arguments>();
  a->add_to(app);
  app.add_option("-o,--out", a->out, "the file; of several traces the files are numbered")->required();
  app.add_option("--cover", a->cover, "edges: together they take every edge of the site automaton")
      ->check(CLI::IsMember({"edges"}));
  app.add_option("--simulate", a->simulate, "so many random behaviours");
  app.add_option("--depth", a->depth, "steps of a random behaviour");
  app.add_option("--seed", a->seed, "the same seed gives the same behaviours");
  app.add_option("--scenario", a->scenario, "the shortest behaviour that shows it: S39");
  return Work([a](Session& session) { return trace_work(session, *a); });
}};

}  // namespace
}  // namespace lockstep::cli
