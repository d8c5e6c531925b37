// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "claims/cutoff.hpp"

#include <algorithm>
#include <set>
#include <tuple>

#include "explore/search.hpp"
#include "model/stopwatch.hpp"
#include "model/verdict.hpp"
#include "tla/evaluate.hpp"

namespace lockstep {

using unbounded::Feature;
using unbounded::View;
using unbounded::ViewSpec;

namespace {

/// `\A r \in Readers : \A v \in Vmas : TEXT`, without its quantifiers; their variables get the
/// names of the spec.
tla::Expr open_expression(const tla::Module& module, const tla::Constants& constants,
                          const ManifestProof::Views& views, const std::string& text) {
  std::string closed;
  for (const auto& [name, set] : views.sets) {
    closed += (closed.empty() ? "\\A " : ", ") + name + " \\in " + set;
  }
  closed += " : " + text;
  tla::Expr e = module.expand_text(closed, "the manifest's view '" + text + "'", constants);
  std::map<std::string, std::string> names;
  for (const auto& [name, set] : views.sets) {
    if (e->form != tla::Form::for_all || e->name != set) {
      throw InputError("the manifest's view '" + text + "'", 0, 0,
                       "is always the same; expected what differs");
    }
    names[e->bound] = name;
    e = e->args[0];
  }
  return tla::rewrite(e, [&](const tla::Expression& n) -> tla::Expr {
    const auto found = names.find(n.name);
    if (n.form != tla::Form::bound || found == names.end()) return nullptr;
    tla::Expression copy = n;
    copy.name = found->second;
    return std::make_shared<tla::Expression>(std::move(copy));
  });
}

/// The objects of a view put in the place of its variables.
tla::Expr of_objects(const tla::Expr& e, const std::map<std::string, std::string>& objects) {
  return tla::rewrite(e, [&](const tla::Expression& n) -> tla::Expr {
    const auto found = objects.find(n.name);
    if (n.form != tla::Form::bound || found == objects.end()) return nullptr;
    tla::Expression copy = n;
    copy.form = tla::Form::model_value;
    copy.name = found->second;
    return std::make_shared<tla::Expression>(std::move(copy));
  });
}

/// The views of one choice of objects, by what they can depend on: the state without the other
/// objects of their sets.
struct Focus {
  std::vector<std::string> objects;
  std::vector<std::pair<tla::Expr, tla::Expr>> features;  ///< see, when
  std::vector<std::size_t> slots;
  std::unique_ptr<StateSet> seen = std::make_unique<StateSet>();  ///< what was in them
};

class Collector {
 public:
  /// `names`: whose symbols the views' strings are; models of other sizes number them otherwise.
  Collector(const Model& model, const ViewSpec& spec, const Symbols& names)
      : world_(model.world()), names_(names), spec_(spec), evaluator_(world_, atoms(model), {}) {
    std::vector<std::vector<std::string>> choices{{}};
    const auto sets = objects_of_sets(model);
    for (const auto& [name, set] : spec.sets) {
      std::vector<std::vector<std::string>> longer;
      for (const auto& some : choices) {
        for (const std::string& object : sets.at(set)) {
          longer.push_back(some);
          longer.back().push_back(object);
        }
      }
      choices = std::move(longer);
    }
    for (const auto& objects : choices) add_focus(model, objects);
  }

  void state(const Atom* state) { look(nullptr, state); }
  void step(const Atom* before, const Atom* after) { look(before, after); }
  unbounded::Views take() { return std::move(views_); }

 private:
  static std::map<std::string, std::vector<Atom>> atoms(const Model& model) {
    std::map<std::string, std::vector<Atom>> out;
    for (const auto& [set, objects] : objects_of_sets(model)) {
      for (const auto& o : objects) out[set].push_back(model.world().layout().symbols.find(o));
    }
    return out;
  }

  void add_focus(const Model& model, const std::vector<std::string>& objects) {
    Focus focus;
    focus.objects = objects;
    std::map<std::string, std::string> by_name;
    std::set<std::string> others;
    const auto sets = objects_of_sets(model);
    for (std::size_t i = 0; i < objects.size(); ++i) {
      by_name[spec_.sets[i].first] = objects[i];
      for (const std::string& other : sets.at(spec_.sets[i].second)) {
        if (other != objects[i]) others.insert(other);
      }
    }
    for (const Feature& f : spec_.features) {
      focus.features.emplace_back(of_objects(f.see, by_name),
                                  f.when ? of_objects(f.when, by_name) : nullptr);
    }
    for (std::size_t i = 0; i < world_.layout().size(); ++i) {
      const Slot& slot = world_.layout()[i];
      const auto other = [&](const std::string& key) { return others.contains(key); };
      if (std::ranges::none_of(slot.keys, other)) focus.slots.push_back(i);
    }
    foci_.push_back(std::move(focus));
  }

  View view(const Focus& focus, const Atom* state) const {
    View out;
    for (const auto& [see, when] : focus.features) {
      Atom value = unbounded::hidden;
      if (when == nullptr || evaluator_(when, state) != 0) value = evaluator_(see, state);
      out.push_back(is_symbol(value) ? names_.find(world_.layout().symbols.name(value)) : value);
    }
    return out;
  }

  void look(const Atom* before, const Atom* after) {
    for (Focus& focus : foci_) {
      part_.clear();
      for (const std::size_t slot : focus.slots) part_.push_back(after[slot]);
      if (!focus.seen->insert(key_of(part_))) continue;
      View seen = view(focus, after);
      if (views_.contains(seen)) continue;
      unbounded::Origin origin;
      if (before != nullptr) {
        origin.before = view(focus, before);
        for (const World::Task& task : world_.tasks()) {
          if (before[task.pc] == after[task.pc]) continue;
          const Symbols& names = world_.layout().symbols;
          origin.role = task.role;
          origin.from = names.name(before[task.pc]);
          origin.to = names.name(after[task.pc]);
          for (std::size_t i = 0; i < focus.objects.size(); ++i) {
            if (focus.objects[i] == names.name(task.name)) origin.focus = i;
          }
        }
      }
      views_.emplace(std::move(seen), std::move(origin));
    }
  }

  const World& world_;
  const Symbols& names_;
  const ViewSpec& spec_;
  tla::Evaluator evaluator_;
  std::vector<Focus> foci_;
  std::vector<Atom> part_;
  unbounded::Views views_;
};

}  // namespace

ViewSpec view_spec(const ProofSubject& subject) {
  const ManifestProof& proof = *subject.protocol->proof;
  if (!proof.views) {
    throw InputError("protocol '" + subject.protocol->name + "'", 0, 0,
                     "the manifest's proof of it names no views");
  }
  const tla::Module module = proof_module(*subject.protocol);
  const tla::Constants constants = proof_constants(*subject.model, proof);
  ViewSpec out{proof.views->sets, {}, proof.views->single};
  for (const auto& [see, when] : proof.views->features) {
    tla::Expr seen = open_expression(module, constants, *proof.views, see);
    out.features.push_back(
        {see, std::move(seen),
         when.empty() ? nullptr : open_expression(module, constants, *proof.views, when)});
  }
  return out;
}

GraphViews graph_views(const ProofSubject& subject, const ViewSpec& spec, const Size& size,
                       const std::function<void(std::uint64_t)>& on_progress) {
  const auto model = Protocol::find(subject.protocol->name).model(size, subject.variant);
  Collector collector(*model, spec, subject.model->world().layout().symbols);
  const auto system = model->stepped();
  SearchOptions options;
  std::vector<std::byte> start(system->snapshot_bytes());
  system->initial(start.data());
  collector.state(system->state().data());
  options.step_monitors.push_back({"views", [&](const Atom* before, const Atom* after) {
                                     collector.step(before, after);
                                     return true;
                                   }});
  if (on_progress) {
    options.on_progress = [&](const SearchProgress& p) { on_progress(p.states); };
  }
  const SearchResult result = search(*system, options);
  return {collector.take(), result.states, result.transitions, result.seconds};
}

bool CutoffSize::undecided() const {
  const auto is_unknown = [](const auto& escape) { return escape.unknown; };
  return missing.empty() && underived.empty() &&
         (escapes.empty() ? !unknown.empty() : std::ranges::all_of(escapes, is_unknown));
}

std::vector<CutoffSize> find_cutoff(
    const ProofSubject& subject, const ViewSpec& spec,
    const std::function<void(const std::string&, std::uint64_t, std::uint64_t)>& tell) {
  std::vector<CutoffSize> out;
  for (const std::string& size : subject.protocol->proof->views->sizes) {
    GraphViews graph = graph_views(subject, spec, Size::parse(size),
                                   [&](std::uint64_t n) { tell(size + ": states", n, 0); });
    out.push_back({size, graph.states, std::move(graph.views), {}, {}, {}, {}, graph.seconds, 0});
  }
  for (CutoffSize& one : out) {
    std::set<View> all;
    for (const CutoffSize& another : out) {
      for (const auto& [view, origin] : another.views) {
        if (!one.views.contains(view)) all.insert(view);
      }
    }
    one.missing.assign(all.begin(), all.end());
  }
  const auto candidate = [](const CutoffSize& at) { return at.missing.empty(); };
  const auto at = std::ranges::find_if(out, candidate);
  if (at == out.end()) return out;
  out.erase(at + 1, out.end());
  unbounded::Options options;
  options.first_only = true;
  options.on_progress = [&](std::uint64_t done, std::uint64_t total, const std::string& what) {
    tell(at->size + ": " + what, done, total);
  };
  const Stopwatch watch;
  unbounded::Closure closure(subject.question, spec);
  at->escapes = closure.escapes(at->views, options);
  if (at->escapes.empty()) {
    std::tie(at->underived, at->unknown) = closure.underived(at->views, options);
  }
  at->seconds = watch.seconds();
  return out;
}

}  // namespace lockstep
