// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/frame/suggest.hpp"
#include "orders/judge.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  std::string protocol;
  std::vector<std::string> questions, models, weaken;
};

std::string word(orders::Outcome outcome) {
  switch (outcome) {
    case orders::Outcome::reachable: return "reachable";
    case orders::Outcome::never: return "never";
    case orders::Outcome::unknown: break;
  }
  return "unknown";
}

report::Json or_null(const std::optional<bool>& value) {
  return value ? report::Json(*value) : report::Json(nullptr);
}

/// `Alloc_Init=once, Alloc_SetSeq=once`
std::string text_of(const orders::Overrides& assumed) {
  std::string out;
  for (const auto& [site, order] : assumed) {
    out += (out.empty() ? "" : ", ") + site + "=" + std::string{name_of(order)};
  }
  return out;
}

/// What is asked: the questions and models named, all where none is.
struct Plan {
  OrderSubject subject;
  std::vector<orders::Question> questions;
  std::vector<std::string> models;
  orders::Overrides overrides;
};

Plan plan_of(const Arguments& arguments, const Manifest& manifest) {
  Plan plan{OrderSubject::of(manifest, arguments.protocol), {}, arguments.models, {}};
  for (const orders::Question& question : plan.subject.questions) {
    const bool wanted = arguments.questions.empty() ||
                        std::ranges::find(arguments.questions, question.name) != arguments.questions.end();
    if (wanted) plan.questions.push_back(question);
  }
  for (const std::string& name : arguments.questions) {
    if (std::ranges::none_of(plan.questions, [&](const auto& q) { return q.name == name; })) {
      std::string known;
      for (const auto& q : plan.subject.questions) known += (known.empty() ? "" : ", ") + q.name;
      throw InputError("question '" + name + "'", 0, 0, "unknown; expected one of: " + known);
    }
  }
  if (plan.models.empty()) plan.models = {"sc", "lkmm"};
  const std::vector<std::string> sites = orders::sites_of(plan.subject.automata);
  for (const std::string& text : arguments.weaken) {
    const auto [site, order] = orders::parse_override(text);
    if (std::ranges::find(sites, site) == sites.end()) {
      throw InputError("--weaken " + text, 0, 0,
                       arguments.protocol + " has no site '" + site + "'" + suggestion(site, sites));
    }
    plan.overrides.insert_or_assign(site, order);
  }
  return plan;
}

Exit order_work(Session& session, const Arguments& arguments) {
  const auto manifest = read_manifest();
  const Plan plan = plan_of(arguments, *manifest);
  Verdicts verdicts;
  report::Json questions = report::Json::array(), witnesses = report::Json::array();
  report::Table table({"question", "model", "expected", "got", ">events", ">visits", ">time", ""});
  std::string columns;
  session.progress.begin("questions", plan.questions.size() * plan.models.size());
  std::size_t done = 0;
  for (const orders::Question& question : plan.questions) {
    for (const std::string& model : plan.models) {
      session.check();
      session.progress.at(done++, question.name + " under " + model);
      orders::Judgement judged = orders::judge(question, plan.subject.automata, orders::find_model(model),
                                               plan.subject.symbols, plan.overrides);
      const bool decided = judged.outcome != orders::Outcome::unknown;
      // A question that nobody has said what to expect of is an answer, not a failure.
      Verdict verdict = judged.verdict;
      if (decided && !judged.expected) verdict = Verdict::pass;
      if (!decided) verdict = Verdict::unknown;
      verdicts.add(verdict);
      report::Json reachable = nullptr;
      if (decided) reachable = judged.outcome == orders::Outcome::reachable;
      const std::string expected =
          !judged.expected ? "" : *judged.expected ? "reachable" : "never";
      table.row({question.name, model, expected, decided ? word(judged.outcome) : judged.reason,
                 std::to_string(judged.events), std::to_string(judged.visits),
                 report::seconds(judged.seconds), session.paint.verdict(verdict)});
      questions.push_back({{"name", question.name}, {"model", model},
                           {"reachable", reachable}, {"expected", or_null(judged.expected)}});
      for (const auto& [site, order] : question.orders) {
        questions.back()["orders"][site] = name_of(order);
      }
      if (judged.columns) {
        const std::string text = orders::text(*judged.columns);
        columns += "\n" + question.name + " under " + model +
                   (judged.interleaving ? " (an interleaving: no order can mend it)" : "") + ":\n" + text;
        witnesses.push_back({{"site", nullptr}, {"weakened_to", nullptr}, {"model", model}, {"columns", text}});
      }
    }
  }

  // What each declared order is good for; with orders of the user's own that is another question.
  report::Table needed({"site", "declared", "weakened to", "model", "what then"});
  report::Json sites = report::Json::array();
  if (plan.overrides.empty()) {
    std::map<std::string, report::Json> by_site;
    for (const std::string& model : plan.models) {
      if (model == "sc") continue;
      session.check();
      for (const orders::Weakening& w :
           orders::needed_orders(plan.questions, plan.subject.automata, orders::find_model(model),
                                 plan.subject.symbols)) {
        auto& site = by_site.try_emplace(w.site, report::Json{{"site", w.site},
                                                              {"declared", name_of(w.declared)},
                                                              {"needed", report::Json::object()}}).first->second;
        const std::string declared{name_of(w.declared)}, weaker{name_of(w.weakened_to)};
        std::string what = w.outcome == orders::Outcome::reachable ? "breaks " + w.question
                           : w.outcome == orders::Outcome::never   ? "nothing breaks: stronger than needed"
                                                                   : "unknown: " + w.reason;
        needed.row({w.site, declared, weaker, model, what});
        if (w.outcome == orders::Outcome::reachable) site["needed"][model] = declared;
        if (w.outcome == orders::Outcome::never && !site["needed"].contains(model)) site["needed"][model] = weaker;
        if (w.outcome == orders::Outcome::unknown) verdicts.add(Verdict::unknown);
        if (w.columns) {
          const std::string text = orders::text(*w.columns);
          columns += "\n" + w.site + "=" + weaker + " breaks " + w.question + " under " + model + ":\n" + text;
          witnesses.push_back({{"site", w.site}, {"weakened_to", weaker}, {"model", model}, {"columns", text}});
        }
      }
    }
    for (auto& [name, site] : by_site) sites.push_back(std::move(site));
  }
  session.progress.end();
  std::string assumed;
  for (const orders::Question& question : plan.questions) {
    if (question.orders.empty()) continue;
    assumed += "\n" + question.name + ", with " + text_of(question.orders) + ": " + question.words;
  }
  session.print(columns + "\n" + table.text() + assumed + (assumed.empty() ? "" : "\n"));
  if (!needed.empty()) session.print("\n" + needed.text());
  session.document({{"questions", questions}, {"sites", sites}, {"minimal", report::Json::object()},
                    {"witnesses", witnesses}});
  session.conclude(verdicts.all(), fmt::format("{} questions, {} models, one path a task",
                                               plan.questions.size(), plan.models.size()));
  return exit_of(verdicts.all());
}

const Command order{"order", "are the declared memory orders enough, and which are needed",
                    {"lockstep order vma_refcnt",
                     "lockstep order vma_refcnt --model lkmm --weaken Attach_SetRefcnt=once"},
                    [](CLI::App& app) {
  auto a = std::make_shared<Arguments>();
  app.add_option("PROTOCOL", a->protocol, "its name")->required();
  app.add_option("--question", a->questions, "only this one; several times");
  app.add_option("--model", a->models, "sc or lkmm, or a file; several times");
  app.add_option("--weaken", a->weaken, "SITE=ORDER: judge with this order instead; several times");
  return Work([a](Session& session) { return order_work(session, *a); });
}};

}  // namespace
}  // namespace lockstep::cli
