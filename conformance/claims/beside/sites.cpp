// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/beside/sites.hpp"

#include <algorithm>
#include <set>

#include "machines/protocol.hpp"
#include "model/verdict.hpp"
#include "report/suggest.hpp"

namespace lockstep::beside {

namespace {

[[noreturn]] void fail(const Place& at, const std::string& what) {
  throw InputError(at.file, at.line, at.column, what);
}

bool has_order(Kind kind) {
  switch (kind) {
    case Kind::alloc:
    case Kind::free:
    case Kind::call_rcu:
    case Kind::rcu_lock:
    case Kind::rcu_unlock:
    case Kind::sync_end: return false;
    default: return true;
  }
}

/// free() of a kind that is `rcu_freed` is what the kernel calls kfree_rcu().
Kind kind_of(const Node& node, const WorldSpec& world) {
  const WorldSpec::Kind* of = world.find_kind(node.cell.kind);
  const bool waits = of != nullptr && of->lifetime == WorldSpec::Lifetime::rcu_freed;
  return node.kind == Kind::free && waits ? Kind::call_rcu : node.kind;
}

/// The names of one comment.
struct Named {
  const Word* function = nullptr;
  const Word* primitive = nullptr;
};

Named names_of(const KernelComment& comment, const KernelFacts& facts) {
  Named out;
  for (const Word& word : comment.names) {
    const bool is_function = facts.knows_function(word.text);
    if (!is_function && !facts.primitive(word.text)) {
      fail(word.place, "'" + word.text + "' is no function and no primitive of Linux " +
                           facts.version() + " that spec/kernel.json knows" +
                           facts.nearest(word.text));
    }
    if (is_function ? out.function != nullptr || out.primitive != nullptr
                    : out.primitive != nullptr) {
      fail(word.place, "'" + word.text +
                           "' is one name too many; expected a function, then a "
                           "primitive");
    }
    (is_function ? out.function : out.primitive) = &word;
  }
  return out;
}

/// The primitive's order, or a plain access, against the declared one.
void hold_order(const Site& site, const KernelComment& said, const Word* word,
                const KernelFacts& facts) {
  const Place& place = word != nullptr ? word->place : said.place;
  const std::string of_kernel = word != nullptr ? word->text : "the kernel's access";
  Order order = Order::plain;
  if (word != nullptr) {
    const KernelPrimitive primitive = *facts.primitive(word->text);
    if (std::ranges::find(primitive.kinds, site.kind) == primitive.kinds.end()) {
      fail(place,
           word->text + " is no " + std::string{name_of(site.kind)} + ", as " + site.name + " is");
    }
    order = primitive.order;
  }
  if (!has_order(site.kind)) {
    if (said.here) fail(said.here->place, site.name + " has no order");
    return;
  }
  const std::string declared{name_of(site.order)}, kernels{name_of(order)};
  if (!said.here) {
    if (site.order == order) return;
    fail(place, site.name + " is " + declared + " here, " + of_kernel + " is " + kernels +
                    "; expected the same, or that it is said: (here " + declared + ": WHY)");
  }
  if (said.here->text != declared) {
    fail(said.here->place, site.name + " is " + declared + " here, not " + said.here->text);
  }
  if (site.order == order) {
    fail(said.here->place, of_kernel + " is " + kernels + " too: nothing differs any more");
  }
}

}  // namespace

std::filesystem::path kernel_facts_of(const Manifest& manifest, const ManifestProtocol& protocol) {
  if (protocol.foreign) return protocol.directories.front() / "kernel.json";
  return manifest.root / "spec" / "kernel.json";
}

Sites::Sites(const Manifest& manifest, const std::string& protocol) {
  const Protocol& known = Protocol::find(protocol);
  const Size size = Size::parse(manifest.protocol(protocol).default_size());
  const auto holds = known.model(size, "holds");
  has_code_ = holds->has_code();
  if (!has_code_) return;
  const ManifestProtocol& described = manifest.protocol(protocol);
  const std::filesystem::path facts = kernel_facts_of(manifest, described);
  if (described.foreign) {
    if (!std::filesystem::exists(facts)) return;
    sources_ = std::make_unique<Sources>(described.directories.front());
  } else {
    std::vector<std::string> all;
    for (const ManifestProtocol& p : manifest.protocols) all.push_back(p.name);
    sources_ = std::make_unique<Sources>(manifest.root, protocol, all);
  }
  if (!sources_->found()) return;
  facts_ = KernelFacts::read(facts);
  add(*holds, "holds");
  for (const std::string& variant : known.variants()) {
    if (variant != "holds") add(*known.model(size, variant), variant);
  }
  without_function();
  unread();
}

void Sites::add(const Model& model, const std::string& variant) {
  for (const Automaton& automaton : model.automata()) {
    for (const Node& node : automaton.nodes) {
      if (node.type == Node::Type::point || find(node.name) != nullptr) continue;
      const Kind kind = kind_of(node, model.world().spec());
      Site site{node.name, variant, kind, node.order, sources_->of(node.name), "", "", ""};
      if (site.literal == nullptr) {
        throw InputError("site " + node.name, 0, 0,
                         "nothing in the reference spells it; expected \"" + node.name +
                             "\"_site, or a beginning and + \"END\"_site");
      }
      resolve(site);
      sites_.push_back(std::move(site));
    }
  }
}

void Sites::resolve(Site& site) const {
  const Literal& at = *site.literal;
  const auto& own = at.kernel;
  const auto& around = at.of_function;
  if (own ? own->none : around && around->none) {
    site.why = own ? own->why : around->why;
    return;
  }
  const Named beside = own ? names_of(*own, facts_) : Named{};
  const Named above = around ? names_of(*around, facts_) : Named{};
  const Word* function = beside.function != nullptr ? beside.function : above.function;
  if (function != nullptr) {
    site.kernel = function->text;
  } else if (facts_.knows_function(at.function)) {
    site.kernel = at.function;
  } else {
    return;  // see without_function()
  }
  const Word* primitive = beside.primitive != nullptr ? beside.primitive : above.primitive;
  if (primitive != nullptr) site.primitive = primitive->text;
  KernelComment said;
  if (own) said = *own;
  if (!own && around) said = *around;
  if (!own && !around) said.place = at.place;
  hold_order(site, said, primitive, facts_);
  site.why = said.why;
}

void Sites::without_function() const {
  const auto lacks = [](const Site& site) { return site.kernel.empty() && site.why.empty(); };
  const auto first = std::ranges::find_if(sites_, lacks);
  if (first == sites_.end()) return;
  std::string others;
  for (const Site& site : sites_) {
    if (&site != &*first && lacks(site)) others += (others.empty() ? "" : ", ") + site.name;
  }
  const std::string& function = first->literal->function;
  fail(first->literal->place,
       first->name + " has no function of the kernel: no comment has one, and Linux has none " +
           "called '" + function +
           "'; expected // kernel: FUNCTION, PRIMITIVE or // kernel: none, WHY" +
           (others.empty() ? "" : " (also for " + others + ")"));
}

/// A comment that nobody would hold against anything is an error.
void Sites::unread() const {
  std::set<const Literal*> homes;
  for (const Site& site : sites_) {
    homes.insert(site.literal);
    if (site.variant != "holds" && site.literal->partner() != nullptr) {
      fail(site.literal->partner()->place,
           site.name +
               " is a site of variants only, and questions are asked of the form that "
               "holds");
    }
  }
  for (const Literal& literal : sources_->literals()) {
    if (homes.contains(&literal) || (!literal.kernel && literal.partner() == nullptr)) continue;
    const Place& place = literal.kernel ? literal.kernel->place : literal.partner()->place;
    const Site* site = find(literal.name);
    if (literal.suffix || site == nullptr) {
      fail(place, "'" + literal.name +
                      "' is no site; expected it beside the whole name of a site, "
                      "or beside the end of names");
    }
    const Place& home = site->literal->place;
    fail(place, "what stands beside " + literal.name + " is read at " + home.file + ":" +
                    std::to_string(home.line) + ", and nowhere else");
  }
}

const Site* Sites::find(const std::string& name) const {
  const auto found = std::ranges::find(sites_, name, &Site::name);
  return found == sites_.end() ? nullptr : &*found;
}

std::vector<const Site*> Sites::named(const std::string& literal) const {
  std::vector<const Site*> out;
  for (const Site& site : sites_) {
    if (site.variant != "holds") continue;
    if (site.name == literal || (site.literal->suffix && site.literal->name == literal)) {
      out.push_back(&site);
    }
  }
  return out;
}

std::vector<const Site*> Sites::named(const Word& word) const {
  std::vector<const Site*> out = named(word.text);
  if (!out.empty()) return out;
  throw InputError(word.place.file, word.place.line, word.place.column,
                   "'" + word.text + "' is no site, and the end of none" + nearest(word.text));
}

std::string Sites::nearest(const std::string& name) const {
  std::set<std::string> all;
  for (const Site& site : sites_) {
    if (site.variant != "holds") continue;
    all.insert(site.name);
    all.insert(site.literal->name);
  }
  return report::suggestion(name, {all.begin(), all.end()});
}

}  // namespace lockstep::beside
