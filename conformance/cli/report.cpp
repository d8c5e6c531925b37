// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <functional>

#include "book/folder.hpp"
#include "book/gather.hpp"
#include "book/pages.hpp"
#include "build_info.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/frame/crash.hpp"
#include "cli/picture.hpp"
#include "cli/report_judge.hpp"
#include "model/parallel.hpp"
#include "model/stopwatch.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  std::string out, verdicts;
  std::vector<std::string> protocols;
};

/// All that a report is made of, and the pages that are made on the way.
class Making {
 public:
  Making(Session& session, const Arguments& arguments)
      : session_(session), manifest_(read_manifest()), answers_(Answers::of(*manifest_)) {
    report_.manifest = manifest_.get();
    report_.answers = &answers_;
    report_.version = LOCKSTEP_VERSION;
    report_.command = "lockstep report";
    for (const std::string& name : arguments.protocols) {
      manifest_->protocol(name);
      report_.command += " --protocol " + name;
    }
    if (!arguments.verdicts.empty()) {
      report_.verdicts = book::Verdicts::read(arguments.verdicts, manifest_);
      report_.command += " --verdicts " + quoted(arguments.verdicts);
    }
    report_.command += " -o " + quoted(arguments.out);
    plan(arguments.protocols);
  }

  void run() {
    session_.progress.begin("pages", tasks_.size());
    parallel_for(session_.options.jobs, tasks_.size(), [this](std::size_t i, unsigned) {
      session_.check();
      const Stopwatch watch;
      tasks_[i].work();
      session_.progress.finished(tasks_[i].name + "  " + report::seconds(watch.seconds()));
    });
    session_.progress.end();
    for (std::size_t i = 0; i < walks_.size(); ++i) {
      report_.scenarios[i].walk = walks_[i].walk;
      if (walks_[i].page) pages_.push_back(std::move(*walks_[i].page));
    }
    for (std::size_t i = 0; i < report_.protocols.size(); ++i) {
      for (QuestionMade& made : questions_[i]) {
        report_.protocols[i].questions.push_back(std::move(made.question));
        pages_.push_back(std::move(made.page));
      }
    }
    for (book::Page& page : book::pages(report_)) pages_.push_back(std::move(page));
    std::ranges::sort(pages_, {}, &book::Page::path);
  }

  const std::vector<book::Page>& pages() const { return pages_; }
  const book::Report& report() const { return report_; }

  /// Of what was run: what was handed over has had its verdict.
  Verdict verdict() const {
    Verdicts all;
    for (const book::ScenarioPage& scenario : report_.scenarios) {
      if (scenario.walk) all.add(scenario.walk->replays ? Verdict::pass : Verdict::fail);
    }
    for (const book::ProtocolPage& protocol : report_.protocols) {
      for (const book::QuestionPage& question : protocol.questions) {
        for (const book::UnderModel& under : question.models) {
          // Of what nobody has said what to expect, that is an answer.
          all.add(under.reachable && !under.expected ? Verdict::pass : under.verdict());
        }
      }
    }
    return all.all();
  }

 private:
  struct Task {
    std::string name;
    std::function<void()> work;
  };

  void plan(const std::vector<std::string>& wanted) {
    const auto asked = [&](const std::string& name) {
      return wanted.empty() || std::ranges::find(wanted, name) != wanted.end();
    };
    for (const ManifestProtocol& protocol : manifest_->protocols) {
      if (asked(protocol.name)) report_.protocols.push_back({&protocol, "", "", {}, {}, {}, {}});
    }
    for (const ManifestScenario& scenario : manifest_->scenarios) {
      const Answers::Scenario& answer = answers_.scenarios.at(scenario.id);
      const ManifestProtocol* broken = answer.broken.first;
      if (!asked(scenario.protocol) && (broken == nullptr || !asked(broken->name))) continue;
      report_.scenarios.push_back({&scenario, &answer, {}});
    }
    if (wanted.empty()) report_.told = book::told_besides(*manifest_);
    tasks_.push_back({"versions", [this] { report_.tools = tools(); }});
    questions_.resize(report_.protocols.size());
    for (std::size_t i = 0; i < report_.protocols.size(); ++i) {
      const ManifestProtocol& protocol = *report_.protocols[i].stated;
      tasks_.push_back({protocol.name, [this, i, &protocol] {
                          report_.protocols[i] = book::gather(*manifest_, protocol, svg);
                        }});
      const auto names = questions_of(*manifest_, protocol.name);
      questions_[i].resize(names.size());
      for (std::size_t k = 0; k < names.size(); ++k) {
        tasks_.push_back({protocol.name + "/" + names[k], [this, i, k, name = names[k], &protocol] {
                            questions_[i][k] =
                                question_of(session_, *manifest_, protocol.name, name);
                          }});
      }
    }
    walks_.resize(report_.scenarios.size());
    for (std::size_t i = 0; i < report_.scenarios.size(); ++i) {
      const ManifestScenario& scenario = *report_.scenarios[i].stated;
      tasks_.push_back({scenario.id, [this, i, &scenario] {
                          walks_[i] = walk_of(session_, *manifest_, scenario);
                        }});
    }
  }

  Session& session_;
  std::shared_ptr<const Manifest> manifest_;
  Answers answers_;
  book::Report report_;
  std::vector<Task> tasks_;
  std::vector<WalkMade> walks_;                       ///< of each scenario
  std::vector<std::vector<QuestionMade>> questions_;  ///< of each protocol
  std::vector<book::Page> pages_;
};

Exit report_work(Session& session, const Arguments& arguments) {
  const Stopwatch watch;
  const book::Folder folder(arguments.out);
  Making making(session, arguments);
  making.run();
  const std::size_t bytes = folder.write(making.pages());
  const Verdict verdict = making.verdict();
  session.print(arguments.out + "/" + book::index_path + "\n");
  session.document({{"verdict", name_of(verdict)},
                    {"directory", arguments.out},
                    {"protocols", making.report().protocols.size()},
                    {"scenarios", making.report().scenarios.size()},
                    {"pages", making.pages().size()},
                    {"bytes", bytes},
                    {"seconds", watch.seconds()}});
  session.conclude(verdict,
                   fmt::format("{} and {}, {} in {:.1f} MB, {}",
                               report::counted(making.report().protocols.size(), "protocol"),
                               report::counted(making.report().scenarios.size(), "scenario"),
                               report::counted(making.pages().size(), "page"),
                               static_cast<double>(bytes) / 1e6, report::seconds(watch.seconds())));
  return exit_of(verdict);
}

const Command report_command{
    "report",
    "the whole as pages to read: protocols, scenarios, barrier tables, proofs",
    {"lockstep report -o pages", "lockstep report --protocol vma_lock -o vma_lock_pages"},
    [](CommandLine& line) {
      auto a = std::make_shared<Arguments>();
      line.add_option("-o,--out", a->out, "the folder: a new one, or a report, which is replaced")
          .required()
          .type_name("DIR");
      line.add_option("--protocol", a->protocols, "only this one and its scenarios; several times");
      line.add_option("--verdicts", a->verdicts,
                      "what `lockstep verify --json FILE` wrote: its verdicts stand in the\n"
                      "pages, of each protocol whose texts are still the same")
          .type_name("FILE");
      return Work([a](Session& session) { return report_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
