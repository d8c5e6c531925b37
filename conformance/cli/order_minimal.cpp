// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "cli/order.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

namespace {

using orders::MinimalOrders;
using orders::Placement;

/// The orders that the declared placement has and this one lacks: single steps down from it.
std::vector<orders::SiteOrder> surplus(const MinimalOrders& found, const Placement& placement,
                                       const Placement& declared) {
  std::vector<orders::SiteOrder> out;
  for (std::size_t i = 0; i < declared.size(); ++i) {
    if (declared[i] && !placement[i]) out.push_back(found.lattice[i]);
  }
  return out;
}

/// Which placements the declared one stands above, and by which steps.
void distance(const MinimalOrders& found, const Placement& declared, std::string& text,
              report::Json& json) {
  json["declared_above"] = report::Json::array();
  for (std::size_t i = 0; i < found.placements.size(); ++i) {
    if (!orders::within(found.placements[i], declared)) continue;
    const auto more = surplus(found, found.placements[i], declared);
    report::Json steps = report::Json::array();
    for (const auto& o : more) steps.push_back(orders::text(o, '='));
    text += fmt::format("  the declared orders are {} steps above number {}: {}\n", more.size(),
                        i + 1, orders::text(more));
    json["declared_above"].push_back({{"number", i + 1}, {"steps", steps}});
  }
  if (json["declared_above"].empty()) text += "  the declared orders stand above none of them\n";
}

}  // namespace

void answer_minimal(OrderAnswer& answer, const MinimalAnswer& minimal,
                    const OrderArguments& arguments) {
  const MinimalOrders& found = minimal.found;
  std::string text = "== " + minimal.name + " " + found.model + "\n";
  report::Json list = report::Json::array();
  const std::size_t count = found.placements.size();
  std::string how_many = "minimal placements " + std::to_string(count);
  if (!found.mended) how_many = "no placement: reachable with the strongest orders too";
  if (!found.complete) {
    how_many = (count == 0 ? "minimal placements unknown"
                           : "at least " + std::to_string(count) + " minimal placements") +
               " (UNKNOWN: " + found.reason + ")";
  }
  text += fmt::format("  sites {}, combinations {:.0f}, {}:\n", found.lattice.sites(),
                      found.lattice.combinations(), how_many);
  for (const auto& placement : found.written()) {
    text += "    " + orders::text(placement) + "\n";
    report::Json orders = report::Json::array();
    for (const auto& o : placement) orders.push_back(orders::text(o, '='));
    list.push_back(std::move(orders));
  }
  if (!minimal.not_open.empty()) {
    text += "  not open, so as they are: " + report::join(minimal.not_open, ", ") + "\n";
  }
  report::Json about{
      {"sites", found.lattice.sites()}, {"combinations", found.lattice.combinations()},
      {"complete", found.complete},     {"mended", found.mended},
      {"calls", found.calls},           {"cpu_seconds", found.cpu_seconds}};
  if (!minimal.not_open.empty()) about["not_open"] = minimal.not_open;
  if (!found.complete) about["reason"] = found.reason;
  if (minimal.declared && found.complete && found.mended) {
    distance(found, *minimal.declared, text, about);
  }
  answer.verdicts.add(found.complete ? Verdict::pass : Verdict::unknown);
  if (arguments.recheck && found.complete) {
    const auto again = recheck(found, minimal.programs, orders::find_model(found.model));
    for (const std::string& wrong : again.wrong) text += "  DIFFERS: " + wrong + "\n";
    text += fmt::format("  {} placements and steps below asked again: {} differ\n", again.queries,
                        again.wrong.size());
    about["rechecked"] = again.queries;
    answer.verdicts.add(again.wrong.empty() ? Verdict::pass : Verdict::fail);
  }
  text += fmt::format("  {} calls of the solver, {}\n", found.calls,
                      report::seconds(found.cpu_seconds));
  answer.text += text;
  answer.minimal[found.model] = std::move(list);
  answer.placements[found.model] = std::move(about);
}

}  // namespace lockstep::cli
