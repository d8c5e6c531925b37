// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <fstream>
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
        answer_{session} {
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
    sites_ = !p.open.empty();
    const auto which =
        arguments.relaxed ? orders::Opening::also_relaxed : orders::Opening::declared;
    opened_ = sites_ ? orders::strongest(p) : orders::opened(p, which);
  }

  Exit run() {
    const std::vector<std::string> models = models_of(arguments_);
    report::Table table(
        {"test", "model", sites_ ? "with the strongest orders" : "got", ">events", ">time"});
    NeedsByModel needs;
    for (const std::string& name : models) {
      session_.check();
      const orders::MemoryModel model = orders::find_model(name);
      const Decision d = judge(model, table);
      // What is reachable with the declared orders needs none of them.
      if (arguments_.minimal || d.outcome != Outcome::never) continue;
      if (test_.dialect == orders::litmus::Dialect::c11) {
        needs.emplace_back(name, c11_needs(test_.program, model, enumeration(session_)));
      } else if (opened_.lattice.size() > 0) {
        needs.emplace_back(name, site_needs({{test_.name, opened_}}, model, enumeration(session_)));
        weakenings(model, models.size() == 1);
      }
    }
    answer_.text += table.text();
    if (test_.cut_loops)
      answer_.text += "loops are cut: executions with more iterations are not considered\n";
    if (!needs.empty()) {
      answer_.text += "\n";
      answer_needs(answer_, needs);
    }
    for (const std::string& name : models) {
      if (arguments_.minimal) minimal(orders::find_model(name));
    }
    answer_.give();
    session_.conclude(answer_.verdicts.all(),
                      fmt::format("{}, {} models", test_.name, models.size()));
    return exit_of(answer_.verdicts.all());
  }

 private:
  orders::Program declared() const {
    return with_orders(opened_.program, opened_.lattice, opened_.declared);
  }

  Decision judge(const orders::MemoryModel& model, report::Table& table) {
    const orders::Program program = declared();
    // What SC reaches no order can mend.
    const auto sc = orders::builtin_model("sc");
    Decision d = decide(program, sc);
    const bool interleaving = d.outcome == Outcome::reachable;
    if (!interleaving && model.name != "sc") d = decide(program, model);
    const bool decided = d.outcome != Outcome::unknown;
    answer_.verdicts.add(decided ? Verdict::pass : Verdict::unknown);
    table.row({test_.name, model.name, decided ? std::string{name_of(d.outcome)} : d.reason,
               std::to_string(d.events), report::seconds(d.seconds)});
    report::Json reachable = nullptr;
    if (decided) reachable = d.outcome == Outcome::reachable;
    answer_.questions.push_back({{"name", test_.name},
                                 {"model", model.name},
                                 {"reachable", reachable},
                                 {"expected", nullptr}});
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
    answer_.text += "\n";
    answer_minimal(answer_, out, arguments_);
  }

  Session& session_;
  const OrderArguments& arguments_;
  orders::litmus::Test test_;
  bool sites_ = false;
  orders::Opened opened_;
  OrderAnswer answer_;
};

}  // namespace

Exit order_file(Session& session, const OrderArguments& arguments) {
  return LitmusWork{session, arguments}.run();
}

}  // namespace lockstep::cli
