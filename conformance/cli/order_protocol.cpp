// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <memory>
#include <mutex>

#include "cli/emit.hpp"
#include "cli/order.hpp"
#include "orders/witness/judge.hpp"
#include "report/suggest.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

namespace {

/// `Alloc_Init=once, Alloc_SetSeq=once`
std::string text_of(const orders::Overrides& assumed) {
  std::string out;
  for (const auto& [site, order] : assumed) {
    out += (out.empty() ? "" : ", ") + site + "=" + std::string{name_of(order)};
  }
  return out;
}

/// A protocol's questions under the models that are asked for.
class ProtocolWork {
 public:
  ProtocolWork(Session& session, const OrderArguments& arguments)
      : session_{session},
        arguments_{arguments},
        manifest_{read_manifest()},
        subject_{OrderSubject::of(*manifest_, arguments.subject)},
        models_{models_of(arguments)},
        answer_{session, report::Json::object({{"protocol", arguments.subject}})} {
    hold_against_code(*subject_.model);
    choose_questions();
    read_overrides();
  }

  Exit run() {
    session_.progress.begin("questions", questions_.size() * models_.size());
    for (const orders::Question& question : questions_) {
      for (const std::string& model : models_) judge(question, model);
    }
    session_.progress.end();
    // What each declared order is good for; with orders of the user's own that is another question.
    if (overrides_.empty() && !arguments_.minimal) needs();
    if (arguments_.minimal) minimal();
    if (!arguments_.emit.empty()) emit();
    const Verdict verdict = give();
    answer_.draw(arguments_.picture);
    return exit_of(verdict);
  }

  /// What there is to say when the work has been stopped: nobody knows the rest.
  Verdict give_stopped() {
    const std::lock_guard lock(mutex_);
    const std::string why = "not judged: " + session_.stop_text();
    std::size_t asked = 0;
    for (const orders::Question& question : questions_) {
      for (const std::string& model : models_) {
        if (asked++ < done_) continue;
        answer_.verdicts.add(Verdict::unknown);
        table_.row(
            {question.name, model, "", why, "", "", "", session_.paint.verdict(Verdict::unknown)});
        answer_.questions.push_back({{"name", question.name},
                                     {"model", model},
                                     {"reachable", nullptr},
                                     {"expected", nullptr},
                                     {"reason", why}});
      }
    }
    if (asked == done_) {
      answer_.verdicts.add(Verdict::unknown);
      answer_.text += "\nwhat is asked beyond these questions: " + why + "\n";
    }
    return give();
  }

 private:
  Verdict give() {
    answer_.text = table_.text(session_.width()) + assumptions() + races_text() + answer_.text;
    answer_.give();
    session_.conclude(
        answer_.verdicts.all(),
        fmt::format("{} questions, {} models, one path a task", questions_.size(), models_.size()) +
            (overrides_.empty() ? "" : ", with " + text_of(overrides_)));
    return answer_.verdicts.all();
  }

  void choose_questions() {
    const auto& wanted = arguments_.questions;
    for (const orders::Question& question : subject_.questions) {
      if (wanted.empty() || std::ranges::find(wanted, question.name) != wanted.end()) {
        questions_.push_back(question);
      }
    }
    for (const std::string& name : wanted) subject_.question(name);
  }

  void read_overrides() {
    const std::vector<std::string> sites = orders::sites_of(subject_.automata);
    for (const std::string& text : arguments_.weaken) {
      const auto [site, order] = orders::parse_override(text);
      if (std::ranges::find(sites, site) == sites.end()) {
        throw InputError(
            "--weaken " + text, 0, 0,
            arguments_.subject + " has no site '" + site + "'" + report::suggestion(site, sites));
      }
      orders::check_order({"--weaken"}, site, order, subject_.automata);
      overrides_.insert_or_assign(site, order);
    }
    for (const auto& [site, order] : overrides_) {
      if (std::ranges::any_of(questions_, [&](const auto& q) { return meets(q, site); })) continue;
      throw InputError("--weaken " + site + "=" + std::string{name_of(order)}, 0, 0,
                       "no question that is asked meets " + site + ": its order changes nothing");
    }
  }

  bool meets(const orders::Question& question, const std::string& site) const {
    const auto program = orders::open_question(question, subject_.automata, subject_.symbols,
                                               orders::Opening::declared, overrides_)
                             .program;
    return std::ranges::any_of(program.events, [&](const orders::Event& e) {
      return e.site == site || e.site.starts_with(site + ".") || site.starts_with(e.site + ".");
    });
  }

  void judge(const orders::Question& question, const std::string& model) {
    session_.check();
    session_.progress.at(done_, question.name + " under " + model);
    const orders::MemoryModel memory = orders::find_model(model);
    const orders::Judgement judged =
        orders::judge(question, subject_.automata, memory, subject_.symbols, overrides_);
    const std::lock_guard lock(mutex_);
    ++done_;
    const bool decided = judged.outcome != orders::Outcome::unknown;
    // A question that nobody has said what to expect of is an answer, not a failure.
    Verdict verdict = judged.expected ? judged.verdict : Verdict::pass;
    if (!decided) verdict = judged.vacuous ? Verdict::fail : Verdict::unknown;
    answer_.verdicts.add(verdict);
    report::Json reachable = nullptr;
    if (decided) reachable = judged.outcome == orders::Outcome::reachable;
    if (decided) reached_[{question.name, model}] = judged.outcome == orders::Outcome::reachable;
    if (judged.outcome == orders::Outcome::never) never_.emplace(question.name, model);
    const std::string expected = !judged.expected ? "" : *judged.expected ? "reachable" : "never";
    table_.row({question.name, model, expected,
                decided ? std::string{name_of(judged.outcome)} : judged.reason,
                std::to_string(judged.events), std::to_string(judged.visits),
                report::seconds(judged.seconds), session_.paint.verdict(verdict)});
    answer_.questions.push_back({{"name", question.name},
                                 {"model", model},
                                 {"reachable", reachable},
                                 {"expected", or_null(judged.expected)}});
    if (!decided) answer_.questions.back()["reason"] = judged.reason;
    races(question, model, memory);
    for (const auto& [site, order] : question.orders) {
      answer_.questions.back()["orders"][site] = name_of(order);
    }
    if (!judged.columns) return;
    const std::string why = judged.interleaving ? " (an interleaving: no order can mend it)" : "";
    answer_.witness(question.name + " under " + model + why, *judged.columns,
                    {{"site", nullptr},
                     {"weakened_to", nullptr},
                     {"model", model},
                     {"question", question.name}});
  }

  /// Where the model knows races: what races, whatever the end.
  void races(const orders::Question& question, const std::string& model,
             const orders::MemoryModel& memory) {
    if (std::ranges::none_of(memory.axioms, &orders::Axiom::flag)) return;
    const orders::Races found =
        orders::races_of(question, subject_.automata, memory, subject_.symbols, overrides_);
    report::Json pairs = report::Json::array();
    for (const auto& [a, b] : found.found) pairs.push_back({a, b});
    report::Json& said = answer_.questions.back();
    said["races"] = found.reason.empty() ? pairs : report::Json(nullptr);
    if (!found.reason.empty()) said["races_reason"] = found.reason;
    if (found.found.empty() && found.reason.empty()) return;
    races_ += fmt::format(
        "  {} under {}: {}\n", question.name, model,
        found.reason.empty() ? orders::text(found.found) : "not known: " + found.reason);
  }

  std::string races_text() const {
    return races_.empty() ? ""
                          : "\nraces, of which reference/ says that Linux has them:\n" + races_;
  }

  std::string assumptions() const {
    std::string out;
    for (const orders::Question& question : questions_) {
      if (question.orders.empty()) continue;
      out += "\n" + question.name + ", with " + text_of(question.orders) + ": " + question.words;
    }
    return out.empty() ? out : out + "\n";
  }

  /// The questions whose forbidden end no execution reaches with the declared orders.
  std::vector<orders::AskedQuestion> safe_questions(const std::string& model) const {
    std::vector<orders::AskedQuestion> out;
    for (const orders::Question& q : questions_) {
      if (!never_.contains({q.name, model})) continue;
      const auto which =
          arguments_.relaxed ? orders::Opening::also_relaxed : orders::Opening::declared;
      out.push_back(
          {q.name, orders::open_question(q, subject_.automata, subject_.symbols, which, overrides_),
           q.orders});
    }
    return out;
  }

  void needs() {
    NeedsByModel all;
    session_.progress.begin("models", models_.size());
    for (const std::string& model : models_) {
      session_.check();
      session_.progress.at(all.size(), "needed orders under " + model);
      const auto memory = orders::find_model(model);
      all.emplace_back(model, site_needs(safe_questions(model), memory, enumeration(session_)));
      if (model == "sc") continue;  // no order changes what it reaches
      for (const orders::Weakening& w :
           orders::needed_orders(questions_, subject_.automata, memory, subject_.symbols)) {
        if (!w.columns) continue;
        const std::string weaker{name_of(w.weakened_to)};
        const std::lock_guard lock(mutex_);
        // Those of several models would be hundreds of lines.
        answer_.witness(
            w.site + "=" + weaker + " breaks " + w.question + " under " + model, *w.columns,
            {{"site", w.site}, {"weakened_to", weaker}, {"model", model}, {"question", w.question}},
            models_.size() == 1);
      }
    }
    session_.progress.end();
    const std::lock_guard lock(mutex_);
    answer_.text += "\n";
    answer_needs(answer_, all);
  }

  /// No placement of the sites that are open mends what is reachable with the declared orders.
  std::string left_out(const std::string& model) const {
    std::string out;
    for (const orders::Question& q : questions_) {
      if (!never_.contains({q.name, model})) out += (out.empty() ? "" : ", ") + q.name;
    }
    return out.empty() ? out : "not asked, for it is not never under " + model + ": " + out + "\n";
  }

  void emit() {
    const Emission emitted =
        emit_litmus(session_, arguments_.subject, questions_, subject_.automata, subject_.symbols,
                    overrides_, reached_, arguments_.emit);
    const std::lock_guard lock(mutex_);
    answer_.verdicts.add(emitted.verdict);
    answer_.text += "\n" + emitted.text;
  }

  void minimal() {
    session_.progress.begin("models", models_.size());
    std::size_t done = 0;
    for (const std::string& model : models_) {
      session_.progress.at(done++, "minimal placements under " + model);
      const auto memory = orders::find_model(model);
      MinimalAnswer out{arguments_.subject, {}, {}, {}};
      std::vector<orders::MinimalOrders> parts;
      for (const orders::AskedQuestion& q : safe_questions(model)) {
        parts.push_back(minimal_orders(q.opened.program, memory, enumeration(session_)));
        out.programs.push_back(q.opened.program);
      }
      out.found = joined(parts);
      out.found.model = model;
      out.declared = out.found.lattice.weakest();
      for (const orders::AskedQuestion& q : safe_questions(model)) {
        for (const auto& o : q.opened.lattice.written(q.opened.declared)) {
          out.declared->at(out.found.lattice.find(o)) = true;
        }
      }
      out.declared = out.found.lattice.closed(*out.declared);
      const std::lock_guard lock(mutex_);
      answer_.text += "\n" + left_out(model);
      answer_minimal(answer_, out, arguments_);
    }
    session_.progress.end();
  }

  Session& session_;
  const OrderArguments& arguments_;
  std::shared_ptr<const Manifest> manifest_;
  OrderSubject subject_;
  std::vector<std::string> models_;
  std::vector<orders::Question> questions_;
  orders::Overrides overrides_;
  std::set<std::pair<std::string, std::string>> never_;  ///< question, model
  Reached reached_;
  std::mutex mutex_;  ///< of what follows: a limit may end the work beside it
  OrderAnswer answer_;
  report::Table table_{{"question", "model", "expected", "got", ">events", ">visits", ">time", ""}};
  std::size_t done_ = 0;
  std::string races_;  ///< a line for each question and model
};

}  // namespace

Exit order_protocol(Session& session, const OrderArguments& arguments) {
  const auto work = std::make_shared<ProtocolWork>(session, arguments);
  session.when_stopped([work] { return work->give_stopped(); });
  return work->run();
}

}  // namespace lockstep::cli
