// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/page/order_data.hpp"

#include <algorithm>
#include <nlohmann/json.hpp>

#include "claims/beside/sites.hpp"
#include "orders/placements/needs.hpp"
#include "orders/placements/opened.hpp"
#include "orders/placements/unsafe.hpp"

namespace lockstep {
namespace {

using orders::Placement;
using report::Json;

Json numbers_of(const Placement& placement) {
  Json out = Json::array();
  for (std::size_t i = 0; i < placement.size(); ++i) {
    if (placement[i]) out.push_back(i);
  }
  return out;
}

class OrderData {
 public:
  explicit OrderData(const OrderPage& page)
      : page_(page),
        opened_(orders::open_question(page.question, page.subject.automata, page.subject.symbols,
                                      orders::Opening::declared)) {
    for (std::size_t i = 0; i < lattice().size(); ++i) {
      const std::string& site = lattice()[i].site;
      if (std::ranges::find(sites_, site) == sites_.end()) sites_.push_back(site);
    }
  }

  Json document() {
    Json assumed = Json::array(), models = Json::array();
    for (const auto& [site, order] : page_.question.orders) {
      assumed.push_back(site + "=" + std::string{name_of(order)});
    }
    for (const std::string& model : page_.models) models.push_back(judged(model));
    return {{"protocol", page_.protocol},
            {"question", page_.question.name},
            {"ids", page_.question.ids},
            {"words", page_.question.words},
            {"forbidden", page_.question.forbidden},
            {"assumed", assumed},
            {"declared", numbers_of(opened_.declared)},
            {"sites", sites()},
            {"models", models}};
  }

 private:
  const orders::OrderLattice& lattice() const { return opened_.lattice; }
  bool is_fence(const std::string& site) const { return orders::is_fence(opened_.program, site); }

  std::vector<orders::SiteOrder> written(const Placement& placement,
                                         const std::string& site) const {
    std::vector<orders::SiteOrder> out = lattice().written(placement);
    std::erase_if(out, [&](const orders::SiteOrder& o) { return o.site != site; });
    return out;
  }

  /// All orders that a site may have, from the weakest up.
  std::vector<Placement> levels(const std::string& site) const {
    std::vector<Placement> out{lattice().weakest()};
    for (std::size_t i = 0; i < lattice().size(); ++i) {
      if (lattice()[i].site != site) continue;
      const std::vector<Placement> before = out;
      for (Placement level : before) {
        level[i] = true;
        level = lattice().closed(std::move(level));
        if (std::ranges::find(out, level) == out.end()) out.push_back(std::move(level));
      }
    }
    std::ranges::stable_sort(out, {},
                             [](const Placement& p) { return std::ranges::count(p, true); });
    return out;
  }

  Json sites() const {
    const beside::Sites beside(page_.manifest, page_.protocol);
    Json out = Json::array();
    for (const std::string& site : sites_) {
      Json told = Json::array();
      for (const Placement& level : levels(site)) {
        told.push_back(
            {orders::order_text(written(level, site), is_fence(site)), numbers_of(level)});
      }
      const beside::Site* kernel = beside.find(site);
      out.push_back(
          {{"name", site}, {"kernel", kernel == nullptr ? "" : kernel->kernel}, {"levels", told}});
    }
    return out;
  }

  Json judged(const std::string& name) {
    const orders::MemoryModel model = orders::find_model(name);
    const orders::MinimalOrders found =
        orders::minimal_orders(opened_.program, model, page_.options);
    Json out{{"name", name},
             {"title", model.title},
             {"complete", found.complete},
             {"reason", found.reason},
             {"mended", found.mended},
             {"minimal", Json::array()},
             {"witnesses", Json::array()}};
    if (!found.complete) return out;
    std::vector<Placement> minimal;
    for (const Placement& placement : found.placements) {
      minimal.push_back(here(found.lattice, placement));
      out["minimal"].push_back(numbers_of(minimal.back()));
    }
    // First what weakens the declared orders: its words say what that is.
    std::vector<Placement> shown;
    for (const Placement& top : {opened_.declared, lattice().strongest()}) {
      for (const Placement& unsafe : orders::maximal_unsafe(lattice(), minimal, top)) {
        const auto [placement, overrides] = in_words(unsafe);
        if (std::ranges::find(shown, placement) != shown.end()) continue;
        shown.push_back(placement);
        Json witness = witness_of(placement, overrides, model);
        if (!witness.is_null()) out["witnesses"].push_back(std::move(witness));
      }
    }
    return out;
  }

  /// A placement by the orders of another lattice of the same sites.
  Placement here(const orders::OrderLattice& other, const Placement& placement) const {
    Placement out = lattice().weakest();
    for (std::size_t i = 0; i < placement.size(); ++i) {
      if (placement[i]) out.at(static_cast<std::size_t>(lattice().find(other[i]))) = true;
    }
    return out;
  }

  /// The order that gives a site just these orders, if one word says it: none does for a fence with
  /// rmb and wmb.
  std::optional<Order> in_a_word(const Placement& level, const std::string& site) const {
    const Order order = orders::single_order(written(level, site), is_fence(site));
    const Placement again = orders::with_order(lattice(), lattice().weakest(), site, order);
    return again == level ? std::optional{order} : std::nullopt;
  }

  /// The strongest placement within this one that has an order of one word for each site.
  std::pair<Placement, orders::Overrides> in_words(const Placement& placement) const {
    Placement all = lattice().weakest();
    orders::Overrides overrides;
    for (const std::string& site : sites_) {
      Placement best = lattice().weakest();
      for (const Placement& level : levels(site)) {
        if (orders::within(level, placement) && in_a_word(level, site)) best = level;
      }
      if (written(best, site) != written(opened_.declared, site)) {
        overrides[site] = *in_a_word(best, site);
      }
      for (std::size_t i = 0; i < best.size(); ++i) all[i] = all[i] || best[i];
    }
    return {all, overrides};
  }

  Json witness_of(const Placement& placement, const orders::Overrides& overrides,
                  const orders::MemoryModel& model) const {
    const orders::Judgement judged =
        orders::judge(page_.question, page_.subject.automata, model, page_.subject.symbols,
                      overrides, page_.options.limits);
    if (judged.outcome == orders::Outcome::never) {
      throw std::logic_error(page_.question.name + " under " + model.name +
                             ": two judges differ about " +
                             orders::text(lattice().written(placement)));
    }
    if (!judged.columns) return nullptr;
    Json changed = Json::array();
    for (const auto& [site, order] : overrides) {
      changed.push_back(site + "=" + std::string{name_of(order)});
    }
    Json columns = orders::to_json(*judged.columns);
    for (std::size_t i = 0; i < judged.columns->rows.size(); ++i) {
      columns["rows"][i]["matters"] = judged.columns->rows[i].matters;
    }
    return {{"placement", numbers_of(placement)},
            {"changed", changed},
            {"interleaving", judged.interleaving},
            {"columns", columns},
            {"svg", page_.draw(judged.columns->dot)}};
  }

  const OrderPage& page_;
  const orders::Opened opened_;
  std::vector<std::string> sites_;
};

}  // namespace

Json order_data(const OrderPage& page) {
  return OrderData(page).document();
}

}  // namespace lockstep
