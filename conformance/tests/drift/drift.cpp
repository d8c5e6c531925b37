// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <algorithm>

#include "claims/judges.hpp"
#include "orders/program/question.hpp"
#include "sites.hpp"

namespace lockstep::testing {

ReferenceSites reference_sites(const ManifestProtocol& protocol) {
  ReferenceSites out;
  const Protocol& known = Protocol::find(protocol.name);
  for (const std::string& variant : known.variants()) {
    const auto model = known.model(Size::parse(protocol.default_size()), variant);
    for (const Automaton& automaton : model->automata()) {
      for (const Node& node : automaton.nodes) {
        if (node.type != Node::Type::site) out.no_actions.insert(node.name);
        if (node.type != Node::Type::site) continue;
        out.all.insert(node.name);
        if (variant == "holds") out.holds.insert(node.name);
      }
    }
  }
  return out;
}

Sites order_sites(const Manifest& manifest, const std::string& protocol) {
  const OrderSubject subject = OrderSubject::of(manifest, protocol);
  Sites out;
  for (const orders::Question& question : subject.questions) {
    const auto program = orders::make_program(question, subject.automata, subject.symbols);
    for (const orders::Event& event : program.events) {
      if (event.thread == orders::initial_thread) continue;
      out.insert(event.site.substr(0, event.site.find('.')));
    }
  }
  return out;
}

namespace {

/// Lines about sites that stand in one place and are missing in another.
class Report {
 public:
  void missing(const Sites& sites, const std::string& there, const Sites& in,
               const std::string& here) {
    for (const std::string& site : sites) {
      if (!in.contains(site)) lines.push_back(site + ": in " + there + ", missing in " + here);
    }
  }
  void same(const Sites& some, const std::string& there, const Sites& others,
            const std::string& here) {
    missing(some, there, others, here);
    missing(others, here, some, there);
  }

  std::vector<std::string> lines;
};

}  // namespace

std::vector<std::string> drift(const Texts& texts, const Known& known) {
  Report report;
  Sites spec, beside;
  for (const auto& [name, text] : texts.modules) {
    Actions actions = actions_of(text, known.reference.all);
    spec.merge(actions.in_next);
    beside.merge(actions.beside_next);
  }
  report.same(spec, "the specification's Next", known.reference.all, "the reference");
  for (const std::string& site : beside) {
    report.lines.push_back(site + ": defined in the specification, missing in its Next");
  }

  Sites traced;
  for (const auto& [name, text] : texts.traces) {
    const Sites sites = sites_of_trace(text, name);
    report.missing(sites, "trace " + name, known.reference.all, "the reference");
    traced.insert(sites.begin(), sites.end());
  }
  report.missing(known.reference.holds, "the reference", traced, "the golden traces");

  Sites named = known.reference.all;
  named.insert(known.reference.no_actions.begin(), known.reference.no_actions.end());
  report.missing(known.orders, "the events of `order`", named, "the reference");
  return report.lines;
}

}  // namespace lockstep::testing
