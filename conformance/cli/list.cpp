// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <set>

#include "claims/beside/site_rows.hpp"
#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/list.hpp"
#include "orders/models/mapping.hpp"
#include "report/dot.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

struct Arguments {
  std::string what = "protocols", protocol;
  bool dot = false;
};

Listing protocols(const Manifest& manifest, std::size_t width) {
  Listing out;
  report::Table table({"protocol", "sizes", "variants", "title"});
  for (const auto& p : manifest.protocols) {
    std::vector<std::string> sizes;
    report::Json variants = report::Json::array({"holds"});
    for (const auto& size : p.sizes) sizes.push_back(size.size);
    for (const auto& variant : p.variants) variants.push_back(variant.name);
    table.row({p.name, report::join(sizes, " "), std::to_string(variants.size()), p.title});
    out.json.push_back(
        {{"name", p.name}, {"title", p.title}, {"sizes", sizes}, {"variants", variants}});
  }
  out.text = table.text(width);
  return out;
}

Listing sites(const Manifest& manifest, std::size_t width) {
  Listing out;
  report::Table table({"site", "role", "kind", "cell", "order", "kernel function", "primitive",
                       "specification", "reference"});
  for (const auto& p : manifest.protocols) {
    for (const beside::SiteRow& site : beside::site_rows(manifest, p)) {
      table.row({site.name, site.role, site.kind, site.cell, site.order, site.kernel,
                 site.primitive, site.specification, site.reference});
      out.json.push_back({{"protocol", p.name},
                          {"site", site.name},
                          {"role", site.role},
                          {"kind", site.kind},
                          {"cell", or_null(site.cell)},
                          {"order", site.order},
                          {"kernel", or_null(site.kernel)},
                          {"primitive", or_null(site.primitive)},
                          {"spec", or_null(site.specification)},
                          {"reference", or_null(site.reference)}});
    }
  }
  out.text = table.text(width);
  return out;
}

/// What there is of each model, and which of its events each operation of a program makes.
Listing models() {
  Listing out;
  std::vector<orders::MemoryModel> models;
  for (const std::string& name : orders::builtin_model_names()) {
    models.push_back(orders::builtin_model(name));
  }
  const std::vector<orders::Operation> operations = orders::operations();
  report::Table titles({"model", "title"}), sets({"model", "set", "events"});
  for (const orders::MemoryModel& model : models) {
    titles.row({model.name, model.title});
    report::Json named = report::Json::object(), made = report::Json::array();
    for (const orders::Definition& d : model.definitions) {
      if (d.mapping.empty()) continue;
      sets.row({model.name, d.name, d.mapping});
      named[d.name] = d.mapping;
    }
    for (const orders::Operation& o : operations) {
      report::Json events = report::Json::array();
      for (const orders::Mapped& m : orders::mapping(o, model)) {
        events.push_back({{"act", m.act}, {"sets", m.sets}});
      }
      made.push_back({{"operation", o.name}, {"fails", o.fails}, {"events", events}});
    }
    out.json.push_back({{"name", model.name},
                        {"title", model.title},
                        {"source", model.source},
                        {"sets", named},
                        {"mapping", made}});
  }
  std::vector<std::string> columns{"operation"};
  for (const orders::MemoryModel& model : models) columns.push_back(model.name);
  report::Table mapping(columns);
  for (const orders::Operation& o : operations) {
    std::vector<std::string> row{o.name + (o.fails ? ", failing" : "")};
    for (const orders::MemoryModel& model : models) row.push_back(text(orders::mapping(o, model)));
    mapping.row(row);
  }
  out.text = titles.text() + "\n" + sets.text() + "\n" + mapping.text();
  return out;
}

Listing automata_of(const Manifest& manifest, const Arguments& arguments, std::size_t width) {
  if (arguments.protocol.empty()) {
    throw InputError("list automaton", 0, 0,
                     "needs a protocol; expected `list automaton vma_refcnt`");
  }
  const ManifestProtocol& p = manifest.protocol(arguments.protocol);
  const auto model = Protocol::find(p.name).model(Size::parse(p.default_size()), "holds");
  hold_against_code(*model);
  const Symbols& symbols = model->world().layout().symbols;
  Listing out;
  const std::vector<Automaton> automata = model->automata();
  for (const Automaton& automaton : automata) {
    report::Table table({"from", "to", "when", "updates"});
    report::Json nodes = report::Json::array(), edges = report::Json::array();
    for (const Node& node : automaton.nodes) {
      constexpr std::string_view types[] = {"site", "point", "fence"};
      nodes.push_back({{"name", node.name}, {"type", types[static_cast<int>(node.type)]}});
    }
    for (const AutomatonEdge& edge : automaton.edges) {
      report::Json updates = report::Json::object();
      std::string text;
      for (const auto& [local, value] : edge.updates) {
        updates[local] = term::text(value, symbols);
        text += (text.empty() ? "" : ", ") + local + " := " + term::text(value, symbols);
      }
      const std::string condition =
          edge.condition == nullptr ? "" : term::text(edge.condition, symbols);
      table.row({automaton.nodes[edge.from].name, automaton.nodes[edge.to].name, condition, text});
      edges.push_back({{"from", automaton.nodes[edge.from].name},
                       {"to", automaton.nodes[edge.to].name},
                       {"condition", or_null(condition)},
                       {"updates", updates}});
    }
    out.json.push_back({{"role", automaton.role},
                        {"start", automaton.nodes[automaton.start].name},
                        {"locals", automaton.locals},
                        {"nodes", nodes},
                        {"edges", edges}});
    if (arguments.dot) continue;
    out.text += fmt::format("{}: {} nodes, {} edges\n\n{}\n", automaton.role,
                            automaton.nodes.size(), automaton.edges.size(), table.text(width));
  }
  if (arguments.dot) out.text = report::dot(automata, p.name, symbols);
  return out;
}

/// The protocol that was named, or all of them. What takes none refuses one.
Protocols protocols_asked(const Manifest& manifest, const Arguments& arguments) {
  Protocols out;
  for (const ManifestProtocol& p : manifest.protocols) {
    if (arguments.protocol.empty() || p.name == arguments.protocol) out.push_back(&p);
  }
  if (out.empty()) manifest.protocol(arguments.protocol);  // says which there are
  const std::set<std::string> one{"automaton", "variants", "properties",
                                  "questions", "turns",    "killers"};
  if (!arguments.protocol.empty() && !one.contains(arguments.what)) {
    throw InputError("list " + arguments.what, 0, 0,
                     "takes no protocol; expected `list " + arguments.what + "`");
  }
  if (arguments.dot && arguments.what != "automaton") {
    throw InputError("--dot", 0, 0, "is for `list automaton`");
  }
  return out;
}

Exit list_work(Session& session, const Arguments& arguments) {
  const auto manifest = read_manifest();
  const Protocols asked = protocols_asked(*manifest, arguments);
  const std::size_t width = session.width();
  Listing listing;
  std::string member = arguments.what;
  const std::set<std::string> of_the_whole{"scenarios", "properties", "statements", "numbers"};
  if (arguments.what == "protocols") listing = protocols(*manifest, width);
  if (arguments.what == "variants") listing = list_variants(asked, width);
  if (arguments.what == "properties" && !arguments.protocol.empty()) {
    listing = list_properties(asked, width);
  } else if (of_the_whole.contains(arguments.what)) {
    const Answers answers = Answers::of(*manifest);
    if (arguments.what == "scenarios") listing = list_scenarios(*manifest, answers, width);
    if (arguments.what == "properties") listing = list_ids(answers, width);
    if (arguments.what == "statements") listing = list_statements(answers, width);
    if (arguments.what == "numbers") listing = list_numbers(answers, width);
  }
  if (arguments.what == "turns") listing = list_turns(asked, width);
  if (arguments.what == "questions") listing = list_questions(*manifest, asked, width);
  if (arguments.what == "killers") {
    if (arguments.protocol.empty()) {
      throw InputError("list killers", 0, 0,
                       "needs a protocol; expected `list killers vma_refcnt`");
    }
    listing = list_killers(*manifest, asked, workshop(session, 1), width);
  }
  if (arguments.what == "sites") listing = sites(*manifest, width);
  if (arguments.what == "models") listing = models();
  if (arguments.what == "automaton") {
    listing = automata_of(*manifest, arguments, width);
    member = "automata";
  }
  session.print(listing.text);
  session.document({{member, listing.json}});
  return Exit::pass;
}

const Command list{
    "list",
    "what there is: protocols, variants, scenarios, properties, statements, numbers, sites, models",
    {"lockstep list sites", "lockstep list scenarios", "lockstep list variants vma_refcnt",
     "lockstep list automaton vma_refcnt --dot", "lockstep list killers vma_refcnt"},
    [](CommandLine& line) {
      auto a = std::make_shared<Arguments>();
      const std::vector<std::string> what{"protocols",  "variants",  "scenarios", "properties",
                                          "statements", "numbers",   "questions", "sites",
                                          "models",     "automaton", "turns",     "killers"};
      line.add_option("WHAT", a->what, report::join(what, ", ")).one_of(what);
      line.add_option("PROTOCOL", a->protocol,
                      "of variants, properties, questions, turns, killers and the automaton");
      line.add_flag("--dot", a->dot, "the automaton for Graphviz");
      return Work([a](Session& session) { return list_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
