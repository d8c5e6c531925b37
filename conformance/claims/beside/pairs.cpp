// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/pairs.hpp"

#include <algorithm>

#include "model/verdict.hpp"
#include "orders/models/model.hpp"
#include "orders/placements/needs.hpp"

namespace lockstep::beside {

namespace {

/// `writer.StartWrite_CheckCount (dependency)`, `m1.Alloc_Init.vm_mm`
std::string site_of(const std::string& partner) {
  const std::string site = partner.substr(partner.find('.') + 1);
  return site.substr(0, site.find_first_of(". "));
}

bool has(const Partners& partners, const std::string& a, const std::string& b) {
  const auto found = partners.find(a);
  return found != partners.end() && found->second.contains(b);
}

std::string joined(const std::set<std::string>& names) {
  std::string out;
  for (const std::string& name : names) out += (out.empty() ? "" : ", ") + name;
  return out;
}

/// One literal, and the sites that end with it.
void hold(const Literal& literal, const std::vector<const Site*>& own, const Sites& sites,
          const Partners& partners) {
  std::set<std::string> wanted, said;
  for (const Site* site : own) {
    if (const auto of = partners.find(site->name); of != partners.end()) {
      wanted.insert(of->second.begin(), of->second.end());
    }
  }
  for (const Word& word : literal.pairs) {
    const auto others = sites.named(word);
    bool right = false;
    for (const Site* other : others) {
      said.insert(other->name);
      for (const Site* site : own) {
        right = right || has(partners, site->name, other->name) ||
                has(partners, other->name, site->name);
      }
    }
    if (right) continue;
    throw InputError(
        word.place.file, word.place.line, word.place.column,
        literal.name + " does not pair with " + word.text + ": no question needs both" +
            (wanted.empty() ? ", nor any partner" : "; `order` has " + joined(wanted)));
  }
  for (const std::string& partner : wanted) {
    if (said.contains(partner)) continue;
    throw InputError(literal.place.file, literal.place.line, literal.place.column,
                     literal.name + " pairs with " + partner +
                         ", and nothing says so; expected // pairs with " + joined(wanted));
  }
}

}  // namespace

Partners partners_of(const OrderSubject& subject) {
  const std::string model = "lkmm";
  std::vector<orders::AskedQuestion> asked;
  for (const orders::Question& q : subject.questions) {
    const auto expected = q.expected.find(model);
    if (expected == q.expected.end() || expected->second) continue;
    asked.push_back(
        {q.name,
         orders::open_question(q, subject.automata, subject.symbols, orders::Opening::declared),
         q.orders});
  }
  Partners out;
  for (const orders::SiteNeed& need : site_needs(asked, orders::builtin_model(model))) {
    if (!need.reason.empty()) throw Undecided(need.site + " under " + model + ": " + need.reason);
    for (const std::string& partner : need.pairs_with) {
      out[site_of(need.site)].insert(site_of(partner));
    }
  }
  return out;
}

void hold_pairs(const Sites& sites, const Partners& partners) {
  std::map<const Literal*, std::vector<const Site*>> by_literal;
  std::vector<const Literal*> in_order;
  for (const Site& site : sites.all()) {
    if (site.variant != "holds") continue;
    if (by_literal[site.literal].empty()) in_order.push_back(site.literal);
    by_literal[site.literal].push_back(&site);
  }
  for (const Literal* literal : in_order) hold(*literal, by_literal[literal], sites, partners);
}

}  // namespace lockstep::beside
