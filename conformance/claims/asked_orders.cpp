// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <mutex>
#include <set>

#include "claims/asked.hpp"
#include "claims/judges.hpp"
#include "claims/recorded.hpp"
#include "orders/witness/judge.hpp"

namespace lockstep {

namespace {

std::string order_words(orders::Outcome outcome) {
  return outcome == orders::Outcome::reachable ? "reachable" : "never";
}

/// Every order, one notch down, under every model but SC, where no order matters. What must come of
/// it is recorded.
void add_needed_orders(std::vector<Check>& out, const ManifestProtocol& p,
                       const std::shared_ptr<OrderSubject>& subject,
                       const std::function<void()>& held) {
  std::set<std::string> sites;
  for (const auto& declared : orders::declared_orders(subject->automata)) {
    for (const Order weaker : one_notch_weaker(declared.kind, declared.order)) {
      sites.insert(declared.site + "=" + std::string{name_of(weaker)});
    }
  }
  for (const std::string& model : orders::builtin_model_names()) {
    if (model == "sc") continue;
    // One run of the judge answers for all sites of a model.
    struct Shared {
      std::once_flag once;
      std::vector<orders::Weakening> weakenings;
    };
    const auto shared = std::make_shared<Shared>();
    for (const std::string& site : sites) {
      Check check;
      check.id = p.name + "/needed/" + site + "/" + model;
      check.protocol = p.name;
      check.claim = "orders-needed";
      check.judge = "z3";
      check.model = model;
      check.site = site;
      check.bounds = "the questions of " + p.name;
      check.expected.verdict = not_recorded;
      if (const auto of = p.orders_needed.find(model); of != p.orders_needed.end()) {
        const auto recorded = of->second.find(site);
        if (recorded != of->second.end()) check.expected.verdict = recorded->second;
      }
      check.quick = true;
      check.group = p.name + "/needed/" + model;
      check.run = [subject, held, shared, model, site](const Workshop&) {
        held();
        std::call_once(shared->once, [&] {
          shared->weakenings =
              orders::needed_orders(subject->questions, subject->automata,
                                    orders::builtin_model(model), subject->symbols);
        });
        std::string got;
        for (const orders::Weakening& w : shared->weakenings) {
          if (w.site + "=" + std::string{name_of(w.weakened_to)} != site) continue;
          if (w.outcome == orders::Outcome::unknown) return Outcome{w.reason, false, {}, {}, {}, 0};
          got = w.outcome == orders::Outcome::reachable ? "breaks " + w.question
                                                        : "stronger than needed";
        }
        if (got.empty()) got = "no such weakening";
        return Outcome{got};
      };
      out.push_back(std::move(check));
    }
  }
}

}  // namespace

void add_orders(std::vector<Check>& out, const ManifestRef& manifest, const ManifestProtocol& p) {
  const auto subject = std::make_shared<OrderSubject>(OrderSubject::of(*manifest, p.name));
  // Once, by whoever is first to say something by the automata.
  const auto held = [subject, once = std::make_shared<std::once_flag>()] {
    std::call_once(*once, [&] { hold_against_code(*subject->model); });
  };
  for (std::size_t i = 0; i < subject->questions.size(); ++i) {
    const orders::Question& question = subject->questions[i];
    for (const auto& [model, reachable] : question.expected) {
      Check check;
      check.id = p.name + "/orders/" + question.name + "/" + model;
      check.protocol = p.name;
      for (const auto& id : question.ids) {
        if (id.size() == 3 && (id[0] == 'S' || id[0] == 'D')) check.scenario = id;
      }
      check.claim = "orders-suffice";
      check.judge = "z3";
      check.model = model;
      check.bounds = std::to_string(question.tasks.size()) + " tasks, one path each, " +
                     std::to_string(question.visits()) + " visits a site";
      for (const auto& [site, order] : question.orders) {
        check.bounds += ", assuming " + site + "=" + std::string{name_of(order)};
      }
      check.expected = {reachable ? "reachable" : "never", {}, {}, {}};
      check.quick = true;
      check.run = [subject, held, i, model](const Workshop&) {
        held();
        const auto judged = orders::judge(subject->questions[i], subject->automata,
                                          orders::builtin_model(model), subject->symbols);
        if (judged.outcome == orders::Outcome::unknown) {
          return Outcome{judged.reason, judged.vacuous, {}, {}, {}, judged.seconds};
        }
        return Outcome{order_words(judged.outcome), true, {}, {}, {}, judged.seconds};
      };
      out.push_back(std::move(check));
    }
  }
  add_needed_orders(out, p, subject, held);
}

}  // namespace lockstep
