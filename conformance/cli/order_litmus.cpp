// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <fstream>
#include <memory>
#include <mutex>
#include <sstream>

#include "cli/order.hpp"
#include "orders/litmus/litmus.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

namespace {

using orders::Decision;
using orders::Outcome;

orders::litmus::Test read_test(const std::string& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream text;
  if (!in || !(text << in.rdbuf())) {
    throw InputError(file, 0, 0, "cannot be read; expected a litmus test");
  }
  try {
    return orders::litmus::read(text.str(), file);
  } catch (const orders::litmus::Unsupported& construct) {
    throw Undecided(construct.text());
  }
}

/// A litmus test under the models that are asked for. Where it has sites, the strongest orders
/// count as declared.
class LitmusWork {
 public:
  LitmusWork(Session& session, const OrderArguments& arguments)
      : session_{session},
        arguments_{arguments},
        test_{read_test(arguments.subject)},
        models_{models_of(arguments)},
        sites_{!test_.program.open.empty()},
        answer_{session, report::Json::object({{"file", arguments.subject}})},
        table_{
            {"test", "model", sites_ ? "with the strongest orders" : "got", ">events", ">time"}} {
    if (arguments.minimal && test_.dialect == orders::litmus::Dialect::c11) {
      throw InputError(arguments.subject, 0, 0,
                       "is a C11 test; --minimal places the kernel's orders");
    }
    if (!arguments.emit.empty() || arguments.picture.wanted()) {
      throw InputError("--emit-litmus, --dot, --svg, --png", 0, 0,
                       "are for protocols; a litmus test is drawn by 'lockstep litmus'");
    }
    if (!arguments.questions.empty()) {
      throw InputError("--question", 0, 0, "is for protocols; a litmus test asks one question");
    }
    orders::Program& p = test_.program;
    // What must not be: the proposition, and of `forall` its contrary.
    if (test_.quantifier == orders::litmus::Quantifier::forall)
      p.forbidden = term::negate(p.forbidden);
    for (const std::string& text : arguments.weaken) {
      const auto [site, order] = orders::parse_override(text);
      orders::fix_order(p, site, order);
    }
    sites_ = !p.open.empty();  // one of them may have been given its order
    // A placement may be missing just where the test has no order yet.
    const auto which = arguments.minimal || arguments.relaxed ? orders::Opening::also_relaxed
                                                              : orders::Opening::declared;
    opened_ = sites_ ? orders::strongest(p) : orders::opened(p, which);
  }

  Exit run() {
    NeedsByModel needs;
    for (const std::string& name : models_) {
      session_.check();
      const orders::MemoryModel model = orders::find_model(name);
      const Decision d = judge(model);
      // What is reachable with the declared orders needs none of them.
      if (arguments_.minimal || d.outcome != Outcome::never) continue;
      if (test_.dialect == orders::litmus::Dialect::c11) {
        needs.emplace_back(name, c11_needs(test_.program, model, enumeration(session_)));
      } else if (opened_.lattice.size() > 0) {
        needs.emplace_back(name, site_needs({{test_.name, opened_}}, model, enumeration(session_)));
        weakenings(model, models_.size() == 1);
      }
    }
    if (!needs.empty()) {
      const std::lock_guard lock(mutex_);
      answer_.text += "\n";
      answer_needs(answer_, needs);
    }
    for (const std::string& name : models_) {
      if (arguments_.minimal) minimal(orders::find_model(name));
    }
    return exit_of(give());
  }

  /// What there is to say when the work has been stopped: nobody knows the rest.
  Verdict give_stopped() {
    const std::lock_guard lock(mutex_);
    const std::string why = "not judged: " + session_.stop_text();
    for (std::size_t i = done_; i < models_.size(); ++i) {
      table_.row({test_.name, models_[i], why, "", ""});
      answer_.questions.push_back({{"name", test_.name},
                                   {"model", models_[i]},
                                   {"reachable", nullptr},
                                   {"expected", nullptr},
                                   {"reason", why}});
    }
    if (done_ == models_.size()) answer_.text += "what else is asked: " + why + "\n";
    answer_.verdicts.add(Verdict::unknown);
    return give();
  }

 private:
  Verdict give() {
    std::string table = table_.text(session_.width());
    if (test_.cut_loops)
      table += "loops are cut: executions with more iterations are not considered\n";
    answer_.text = table + answer_.text;
    answer_.give();
    session_.conclude(answer_.verdicts.all(),
                      fmt::format("{}, {} models", test_.name, models_.size()));
    return answer_.verdicts.all();
  }

  orders::Program declared() const {
    return with_orders(opened_.program, opened_.lattice, opened_.declared);
  }

  Decision judge(const orders::MemoryModel& model) {
    const orders::Program program = declared();
    // What SC reaches no order can mend.
    const auto sc = orders::builtin_model("sc");
    Decision d = decide(program, sc);
    const bool interleaving = d.outcome == Outcome::reachable;
    if (!interleaving && model.name != "sc") d = decide(program, model);
    const std::lock_guard lock(mutex_);
    ++done_;
    const bool decided = d.outcome != Outcome::unknown;
    if (d.empty) d.reason = why_nothing_ends(test_, "");
    answer_.verdicts.add(decided ? Verdict::pass : d.fault ? Verdict::fail : Verdict::unknown);
    table_.row({test_.name, model.name, decided ? std::string{name_of(d.outcome)} : d.reason,
                std::to_string(d.events), report::seconds(d.seconds)});
    report::Json reachable = nullptr;
    if (decided) reachable = d.outcome == Outcome::reachable;
    answer_.questions.push_back({{"name", test_.name},
                                 {"model", model.name},
                                 {"reachable", reachable},
                                 {"expected", nullptr}});
    if (!decided) answer_.questions.back()["reason"] = d.reason;
    if (!d.witness) return d;
    const auto against = interleaving ? orders::Breach{} : breach(program, *d.witness, sc);
    orders::Columns shown = columns(program, *d.witness, against, test_.symbols);
    if (!interleaving) shown.under = "sc";
    const std::string why = interleaving ? " (an interleaving: no order can mend it)" : "";
    answer_.witness(test_.name + " under " + model.name + why, shown,
                    {{"site", nullptr}, {"weakened_to", nullptr}, {"model", model.name}});
    return d;
  }

  /// A witness for each single step down from the declared orders.
  void weakenings(const orders::MemoryModel& model, bool print) {
    const orders::Program whole = declared();
    for (const int step : opened_.lattice.highest(opened_.declared)) {
      session_.check();
      orders::Placement less = opened_.declared;
      less[step] = false;
      const orders::Program program = with_orders(opened_.program, opened_.lattice, less);
      const Decision d = decide(program, model);
      if (!d.witness) continue;
      orders::Breach against;
      if (program.events.size() == whole.events.size()) against = breach(whole, *d.witness, model);
      orders::Columns shown = columns(program, *d.witness, against, test_.symbols);
      shown.under = "the declared orders";
      const orders::SiteOrder& lost = opened_.lattice[step];
      std::vector<orders::SiteOrder> left;
      for (const auto& o : opened_.lattice.written(less)) {
        if (o.site == lost.site) left.push_back(o);
      }
      const bool fence = orders::is_fence(opened_.program, lost.site);
      const std::lock_guard lock(mutex_);
      answer_.witness(
          lost.site + " with " + order_text(left, fence) + " alone, under " + model.name, shown,
          {{"site", lost.site},
           {"weakened_to", name_of(single_order(left, fence))},
           {"model", model.name}},
          print);
    }
  }

  void minimal(const orders::MemoryModel& model) {
    MinimalAnswer out{test_.name, {}, {opened_.program}, {}};
    out.found = minimal_orders(opened_.program, model, enumeration(session_));
    if (!sites_) out.declared = opened_.declared;
    out.not_open = not_open();
    const std::lock_guard lock(mutex_);
    answer_.text += "\n";
    answer_minimal(answer_, out, arguments_);
  }

  /// `P0.L5 (plain)`: what keeps the order that the test gives it.
  std::vector<std::string> not_open() const {
    std::vector<std::string> out;
    for (const orders::Event& e : opened_.program.events) {
      if (e.thread == orders::initial_thread || e.open >= 0) continue;
      std::string what{spoken(e, e.order)};
      for (const auto& [mark, name] : orders::mark_names) {
        if (e.has(mark)) what = name;
      }
      const bool ordered =
          e.act == orders::Act::read || e.act == orders::Act::write || e.act == orders::Act::fence;
      if (!ordered) what = name_of(e.act);
      const std::string said = opened_.program.threads[e.thread] + "." + e.site + " (" + what + ")";
      if (std::ranges::find(out, said) == out.end()) out.push_back(said);
    }
    return out;
  }

  Session& session_;
  const OrderArguments& arguments_;
  orders::litmus::Test test_;
  std::vector<std::string> models_;
  bool sites_ = false;
  orders::Opened opened_;
  std::mutex mutex_;  ///< of what follows: a limit may end the work beside it
  OrderAnswer answer_;
  report::Table table_;
  std::size_t done_ = 0;
};

}  // namespace

Exit order_file(Session& session, const OrderArguments& arguments) {
  const auto work = std::make_shared<LitmusWork>(session, arguments);
  session.when_stopped([work] { return work->give_stopped(); });
  return work->run();
}

}  // namespace lockstep::cli
