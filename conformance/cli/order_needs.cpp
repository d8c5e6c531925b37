// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>
#include <map>
#include <set>

#include "cli/order.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

namespace {

using orders::SiteNeed;
using orders::SiteOrder;

constexpr std::string_view not_asked = "no question with this site is never";

/// Less than what is declared is marked where a question that says so assumes an order.
std::string needed_text(const SiteNeed& need) {
  if (need.reason == not_asked) return "-";
  if (!need.reason.empty()) return "?";
  std::vector<std::string> ways;
  for (const auto& way : need.weakest) {
    const bool less = way != need.declared && !need.assuming.empty();
    ways.push_back(orders::order_text(way, need.fence) + (less ? "*" : ""));
  }
  return report::join(ways, " or ");
}

report::Json names(const std::vector<SiteOrder>& orders) {
  report::Json out = report::Json::array();
  for (const SiteOrder& o : orders) out.push_back(name_of(o.order));
  return out;
}

/// One site under all models.
class Row {
 public:
  explicit Row(const SiteNeed& first) : first_{first} {
    json_ = {{"site", first.site},
             {"declared", name_of(single_order(first.declared, first.fence))},
             {"needed", report::Json::object()},
             {"weakest", report::Json::object()},
             {"questions", report::Json::object()},
             {"pairs_with", report::Json::object()}};
  }

  void add(const std::string& model, const SiteNeed& need) {
    cells_.push_back(needed_text(need));
    const auto marked = [&](const std::string& question) {
      return question + (need.assuming.contains(question) ? "*" : "");
    };
    for (const std::string& question : need.questions) partners_[marked(question)];
    for (const auto& [question, those] : need.partners) {
      partners_[marked(question)].insert(those.begin(), those.end());
    }
    if (!need.reason.empty()) return;
    json_["needed"][model] = name_of(single_order(need.weakest.front(), need.fence));
    for (const auto& way : need.weakest) json_["weakest"][model].push_back(names(way));
    json_["questions"][model] = need.questions;
    json_["pairs_with"][model] = need.pairs_with;
  }

  std::vector<std::string> cells() const {
    std::vector<std::string> out{first_.site, orders::order_text(first_.declared, first_.fence)};
    out.insert(out.end(), cells_.begin(), cells_.end());
    const auto [questions, partners] = side_by_side();
    out.push_back(report::join(questions, "\n"));
    out.push_back(report::join(partners, "\n"));
    return out;
  }
  const report::Json& json() const { return json_; }

 private:
  using Lines = std::vector<std::string>;
  /// Each question on a line with a partner that it needs: those of the same partners together.
  std::pair<Lines, Lines> side_by_side() const {
    std::pair<Lines, Lines> out;
    std::set<std::string> done;
    for (const auto& [first, those] : partners_) {
      if (done.contains(first)) continue;
      for (const auto& [question, its] : partners_) {
        if (its == those && done.insert(question).second) out.first.push_back(question);
      }
      out.second.insert(out.second.end(), those.begin(), those.end());
      const std::size_t height = std::max(out.first.size(), out.second.size());
      out.first.resize(height);
      out.second.resize(height);
    }
    return out;
  }

  const SiteNeed& first_;
  std::vector<std::string> cells_;
  std::map<std::string, std::set<std::string>> partners_;  ///< by question
  report::Json json_;
};

}  // namespace

void answer_needs(OrderAnswer& answer, const NeedsByModel& needs) {
  std::vector<std::string> titles{"site", "declared"};
  for (const auto& [model, sites] : needs) titles.push_back(model);
  titles.insert(titles.end(), {"or it breaks", "pairs with"});
  report::Table table(titles);
  std::vector<std::string> sites;
  std::string unknown;
  for (const auto& [model, all] : needs) {
    for (const SiteNeed& need : all) {
      if (std::ranges::find(sites, need.site) == sites.end()) sites.push_back(need.site);
      if (need.reason.empty()) continue;
      unknown += "? " + need.site + " under " + model + ": " + need.reason + "\n";
      answer.verdicts.add(Verdict::unknown);
    }
  }
  for (const std::string& site : sites) {
    std::optional<Row> row;
    for (const auto& [model, all] : needs) {
      const auto found = std::ranges::find(all, site, &SiteNeed::site);
      static const SiteNeed none{{}, {}, {}, {}, std::string{not_asked}, {}, {}, {}, {}, 0};
      if (found != all.end() && !row) {
        row.emplace(*found);
        for (const auto& before : needs) {
          if (before.first == model) break;
          row->add(before.first, none);
        }
      }
      if (row) row->add(model, found == all.end() ? none : *found);
    }
    table.row(row->cells());
    answer.sites.push_back(row->json());
  }
  if (table.empty()) return;
  const std::string rows = table.text(answer.session.width());
  answer.text += rows;
  if (rows.find('*') != std::string::npos) {
    answer.text +=
        "* by a question that assumes an order which is not declared: what it says of the code "
        "hangs on that\n";
  }
  answer.text += unknown;
}

}  // namespace lockstep::cli
