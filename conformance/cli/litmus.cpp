// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <fmt/format.h>

#include <algorithm>
#include <fstream>
#include <map>
#include <nlohmann/json.hpp>
#include <set>
#include <sstream>

#include "cli/frame/command.hpp"
#include "cli/litmus_run.hpp"
#include "cli/picture.hpp"
#include "orders/litmus/verdicts.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

using orders::Observed;
using orders::litmus::KnownVerdicts;

struct Arguments {
  std::vector<std::string> paths, models;
  std::string check;
  PictureFiles picture;
  bool witness = false;
};

KnownVerdicts known_verdicts(const Arguments& arguments) {
  std::ifstream in(arguments.check, std::ios::binary);
  std::stringstream text;
  text << in.rdbuf();
  if (!in) throw InputError(arguments.check, 0, 0, "cannot be read; expected a table of verdicts");
  return KnownVerdicts::parse(text.str(), arguments.check, arguments.models);
}

std::string race_word(const std::optional<bool>& race) {
  return !race ? "?" : *race ? "race" : "";
}

/// No execution ends, so none shows the condition; nothing else has been cut off.
bool says_never(const LitmusVerdict& v) {
  return v.observation.empty && v.observation.fault.empty() && !v.cut_loops;
}

/// What a table of verdicts says to one of ours.
struct Comparison {
  Verdict verdict = Verdict::pass;
  bool known = false;
  std::string words;  ///< of a difference
};

Comparison compare(const LitmusVerdict& ours, const KnownVerdicts::Known& known) {
  Comparison out;
  const auto differ = [&out](const std::string& expected) {
    out.verdict = Verdict::fail;
    out.words += (out.words.empty() ? "expected " : ", ") + expected;
  };
  if (known.verdict) {
    out.known = true;
    if (says_never(ours) && *known.verdict == Observed::never) {
      // Which is how others call it.
    } else if (ours.observation.verdict == Observed::unknown) {
      out.verdict = Verdict::unknown;
    } else if (ours.observation.verdict != *known.verdict) {
      differ(std::string{name_of(*known.verdict)});
    }
  }
  if (known.race) {
    out.known = true;
    if (!ours.observation.race) {
      if (out.verdict == Verdict::pass) out.verdict = Verdict::unknown;
    } else if (*ours.observation.race != *known.race) {
      differ(*known.race ? "a race" : "no race");
    }
  }
  return out;
}

/// The file's own comment speaks of the model of its dialect.
std::string said_by_file(const LitmusVerdict& v) {
  if (!v.result) return "";
  const auto stated = orders::litmus::observed_of(*v.result);
  const Observed ours = says_never(v) ? Observed::never : v.observation.verdict;
  if (!stated || ours == Observed::unknown || *stated == ours) return "";
  return "the file says " + std::string{name_of(*stated)};
}

class Report {
 public:
  Report(Session& session, const Arguments& arguments)
      : session_{session}, print_witnesses_{arguments.witness} {
    if (!arguments.check.empty()) known_ = known_verdicts(arguments);
  }

  Exit of(const std::vector<LitmusVerdict>& all) {
    std::string witnesses;
    std::map<std::string, std::string> file_of;
    for (const LitmusVerdict& v : all) {
      if (file_of.emplace(v.test, v.file).first->second != v.file) named_twice_.insert(v.test);
    }
    for (const LitmusVerdict& v : all) {
      add(v);
      if (!print_witnesses_) continue;
      witnesses += v.witness;
      if (!v.witness.empty()) witnesses += "\n";
    }
    session_.print(witnesses + table_.text(session_.width()));
    if (known_) say_coverage(all);
    session_.document(documents_);
    session_.conclude(verdicts_.all(), summary());
    const Verdict verdict = verdicts_.all();
    if (session_.stop_reason() == StopReason::signal) return Exit::interrupted;
    return unreadable_ > 0 && verdict != Verdict::fail ? Exit::input : exit_of(verdict);
  }

 private:
  void add(const LitmusVerdict& v) {
    const orders::Observation& o = v.observation;
    seconds_ += o.seconds;
    ++counts_[o.verdict];
    if (o.race.value_or(false)) ++races_;
    if (v.unreadable) ++unreadable_;
    std::string words = o.empty ? o.reason : o.fault;
    if (words.empty() || (!o.empty && !o.reason.empty())) {
      words += (words.empty() ? "" : "; ") + o.reason;
    }
    Verdict verdict = o.verdict == Observed::unknown ? Verdict::unknown : Verdict::pass;
    if (!o.fault.empty()) {
      ++faults_;
      if (!known_) verdict = Verdict::fail;
    }
    if (o.empty) ++empty_;
    bool listed = true, judged = true;
    if (known_) {
      const Comparison c = compare(v, known_->of(v.test, v.model));
      if (c.known) {
        ++compared_;
        verdict = c.verdict;
        if (c.verdict == Verdict::fail) ++differ_;
      }
      words += (words.empty() || c.words.empty() ? "" : "; ") + c.words;
      listed = verdict != Verdict::pass || !o.fault.empty();
      // What nobody knows is neither right nor wrong; where we do not know it either it is listed.
      judged = c.known;
      if (judged) verdicts_.add(verdict);
    } else {
      const std::string said = said_by_file(v);
      if (!said.empty()) {
        ++against_file_;
        verdict = Verdict::fail;
      }
      verdicts_.add(verdict);
      words += (words.empty() || said.empty() ? "" : "; ") + said;
    }
    if (v.cut_loops) {
      ++cut_;
      if (o.verdict != Observed::unknown) {  // a race too may hide behind the bound
        words += std::string{words.empty() ? "" : "; "} + "of 3 iterations of each loop";
      }
    }
    document(v, judged ? verdict : Verdict::unknown);
    if (!listed) return;
    const bool speaks = known_ || verdict != Verdict::pass;
    table_.row({named_twice_.contains(v.test) ? v.file : v.test, v.model,
                std::string{name_of(o.verdict)},
                o.verdict == Observed::unknown ? "" : race_word(o.race), report::seconds(o.seconds),
                words, judged && speaks ? session_.paint.verdict(verdict) : ""});
  }

  void document(const LitmusVerdict& v, Verdict outcome) {
    const orders::Observation& o = v.observation;
    const auto text = [](const std::string& t) {
      return t.empty() ? report::Json(nullptr) : report::Json(t);
    };
    report::Json ends = nullptr;
    if (o.empty) {
      ends = false;
    } else if (o.verdict != Observed::unknown) {
      ends = true;
    }
    documents_.push_back({{"test", v.test},
                          {"file", v.file},
                          {"model", v.model},
                          {"verdict", name_of(o.verdict)},
                          {"race", o.race ? report::Json(*o.race) : report::Json(nullptr)},
                          {"reason", text(o.reason)},
                          {"ends", ends},
                          {"fault", text(o.fault)},
                          {"stated", v.result ? report::Json(*v.result) : report::Json(nullptr)},
                          {"outcome", lockstep::name_of(outcome)},
                          {"loops_cut", v.cut_loops},
                          {"seconds", o.seconds}});
  }

  void say_coverage(const std::vector<LitmusVerdict>& all) {
    std::set<std::string> seen;
    std::size_t not_in_table = 0, not_asked = 0;
    for (const LitmusVerdict& v : all) {
      if (seen.insert(v.test).second && !known_->has(v.test)) ++not_in_table;
    }
    for (const std::string& test : known_->tests()) {
      if (!seen.contains(test)) ++not_asked;
    }
    session_.print(fmt::format(
        "{} verdicts compared, {} differ; {} tests are not in the table, {} tests of the table "
        "were not asked\n",
        report::grouped(compared_), differ_, not_in_table, not_asked));
  }

  std::string summary() {
    std::string out = fmt::format(
        "{} Never, {} Sometimes, {} Always, {} Unknown; {} with a data race",
        report::grouped(counts_[Observed::never]), report::grouped(counts_[Observed::sometimes]),
        report::grouped(counts_[Observed::always]), report::grouped(counts_[Observed::unknown]),
        report::grouped(races_));
    if (empty_ > 0) out += fmt::format("; no execution of {} ends", empty_);
    if (faults_ > 0) out += fmt::format("; {} with an access to no memory", faults_);
    if (against_file_ > 0) out += fmt::format("; {} not what their file says", against_file_);
    if (cut_ > 0) out += fmt::format("; {} with loops unrolled 3 times", cut_);
    return out + "; " + report::seconds(seconds_) + " in all";
  }

  Session& session_;
  bool print_witnesses_;
  std::optional<KnownVerdicts> known_;
  report::Table table_{{"test", "model", "verdict", "race", ">time", "", ""}};
  report::Json documents_ = report::Json::array();
  Verdicts verdicts_;
  std::map<Observed, std::size_t> counts_;
  std::set<std::string> named_twice_;  ///< base names of several files
  std::size_t empty_ = 0, faults_ = 0;
  std::size_t races_ = 0, unreadable_ = 0, compared_ = 0, differ_ = 0, against_file_ = 0, cut_ = 0;
  double seconds_ = 0;
};

void draw_first(Session& session, const std::vector<LitmusVerdict>& all,
                const PictureFiles& files) {
  if (!files.wanted()) return;
  const auto drawn = std::ranges::find_if(all, [](const auto& v) { return !v.graph.empty(); });
  if (drawn == all.end()) {
    throw InputError("--dot, --svg, --png", 0, 0,
                     "no witness to draw; expected a test whose condition some execution shows");
  }
  draw(drawn->graph, files);
  session.note("drawn: " + drawn->test + " under " + drawn->model);
}

Exit litmus_work(Session& session, Arguments arguments) {
  // A table has a column for each model: without one it is the kernel's that is compared.
  if (arguments.models.empty() && !arguments.check.empty()) arguments.models = {"lkmm"};
  Report report{session, arguments};
  const LitmusPlan plan{litmus_files(arguments.paths), arguments.models,
                        arguments.witness || arguments.picture.wanted()};
  const std::vector<LitmusVerdict> all = judge_litmus(session, plan);
  if (session.stop_reason() == StopReason::none) {
    draw_first(session, all, arguments.picture);
  } else {
    session.note(session.stop_text());
  }
  return report.of(all);
}

const Command litmus{
    "litmus",
    "verdicts of litmus tests: Never, Sometimes, Always; data races",
    {"lockstep litmus test.litmus --witness",
     "lockstep litmus tests/ --model lkmm --model sc --check verdicts.tsv"},
    [](CommandLine& line) {
      auto a = std::make_shared<Arguments>();
      line.add_option("FILE-OR-DIR", a->paths, "litmus tests, or directories of files *.litmus")
          .required();
      line.add_option(
              "--model", a->models,
              "sc, tso, armv8, lkmm or rc11, or a file; several times (default: lkmm, and rc11 for C11)")
          .type_name("MODEL|FILE");
      line.add_option("--check", a->check,
                      "a table of verdicts to compare with: test, model, MODEL_race")
          .type_name("FILE.tsv");
      line.add_option("--dot", a->picture.dot, "draw the first witness, for Graphviz")
          .type_name("FILE");
      line.add_option("--svg", a->picture.svg, "the same as SVG; needs Graphviz").type_name("FILE");
      line.add_option("--png", a->picture.png, "the same as PNG; needs Graphviz").type_name("FILE");
      line.add_flag("--witness", a->witness,
                    "print an execution that shows the condition, as columns");
      return Work([a](Session& session) { return litmus_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
