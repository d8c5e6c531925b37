// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "maple_node.hpp"

#include "machines/registration.hpp"

namespace lockstep::maple_node {
namespace {

struct ReaderRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p(m);
    reader(p);
  }
};
struct WriterRole {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    Code<M> p(m);
    Writer<Code<M>>(p).run();
  }
};

// ---- Who reads ---------------------------------------------------------------------------------

template <class M>
struct StartUnchecked : MapleNode<M, StartUnchecked<M>> {
  using MapleNode<M, StartUnchecked>::MapleNode;
  bool start_dead(const auto&) { return false; }
};
/// Nor is it asked once it was read.
template <class M>
struct RootUnchecked : MapleNode<M, RootUnchecked<M>> {
  using MapleNode<M, RootUnchecked>::MapleNode;
  bool start_dead(const auto&) { return false; }
  bool root_dead(const auto&) { return false; }
};
template <class M>
struct TestsFirst : MapleNode<M, TestsFirst<M>> {
  using MapleNode<M, TestsFirst>::MapleNode;
  bool root_dead(const auto&) { return false; }
};
/// It begins anew where it was: at the root that is dead, whatever the tree's is by now.
template <class M>
struct RootStale : MapleNode<M, RootStale<M>> {
  using Base = MapleNode<M, RootStale>;
  using Base::Base;
  bool start_dead(const auto& root) {
    while (Base::start_dead(root)) {
      // kernel: none, a walk that forgets the root which it has just looked at
      this->m.group("Start_Stale"_site);
    }
    return false;
  }
};
/// The last slot of a leaf is read, whatever its bound says.
template <class M>
struct EntryFromLast : MapleNode<M, EntryFromLast<M>> {
  using MapleNode<M, EntryFromLast>::MapleNode;
  // kernel: mtree_range_walk, rcu_dereference
  auto entry(const auto& leaf, const auto&) {
    return this->m.load("Leaf_Last"_site, leaf, meta, once);
  }
};
template <class M>
struct WalkWithoutRcu : MapleNode<M, WalkWithoutRcu<M>> {
  using Base = MapleNode<M, WalkWithoutRcu>;
  using Base::Base;
  void rcu_read_lock() { this->m.group("Walk_RcuLock"_site); }
};
/// A walk that finds something never leaves its section.
template <class M>
struct WalkKeepsRcu : MapleNode<M, WalkKeepsRcu<M>> {
  using Base = MapleNode<M, WalkKeepsRcu>;
  using Base::Base;
  using Base::rcu_read_unlock;
  void rcu_read_unlock(Site<"Walk_RcuUnlock">) {}
};

// ---- Who writes --------------------------------------------------------------------------------

/// It may be held up there for as long as it takes (Fairness).
template <class M>
struct HeldUp : MapleNode<M, HeldUp<M>> {
  using Base = MapleNode<M, HeldUp>;
  using Base::Base;
  void store(const auto& root, const auto& old, const auto& node) {
    Base::set_dead("Store_"_site, old);
    this->m.point("Writer_HeldUp"_point);
    // kernel: mas_replace, rcu_assign_pointer (here once: the barrier of the mark comes before it)
    this->m.store("Held_Publish"_site, root, slot, node, once);
  }
};
template <class M>
struct PublishesFirst : MapleNode<M, PublishesFirst<M>> {
  using Base = MapleNode<M, PublishesFirst>;
  using Base::Base;
  void store(const auto& root, const auto& old, const auto& node) {
    this->m.store("Store_Publish"_site, root, slot, node, release);
    Base::set_dead("Store_"_site, old);
  }
};
/// Who frees a node marks it, when its pivots are reused already.
template <class M>
struct DeadInFree : MapleNode<M, DeadInFree<M>> {
  using Base = MapleNode<M, DeadInFree>;
  using Base::Base;
  void store(const auto& root, const auto&, const auto& node) { Base::publish(root, node); }
  void replaced(const auto&) {}
  void ma_free_rcu(const auto& node) {
    // kernel: ma_free_rcu (here once: readers may look at it now)
    this->m.store("Free_Dead"_site, node, parent, node, once);
    Base::ma_free_rcu(node);
  }
};
template <class M>
struct NeverDead : MapleNode<M, NeverDead<M>> {
  using MapleNode<M, NeverDead>::MapleNode;
  void replaced(const auto&) {}
};
template <class M>
struct NotAdopted : MapleNode<M, NotAdopted<M>> {
  using MapleNode<M, NotAdopted>::MapleNode;
  void adopt(const auto&, const auto&) {}
};
template <class M>
struct NotFreed : MapleNode<M, NotFreed<M>> {
  using MapleNode<M, NotFreed>::MapleNode;
  void ma_free_rcu(const auto&) {}
};
template <class M>
struct FreedAtOnce : MapleNode<M, FreedAtOnce<M>> {
  using Base = MapleNode<M, FreedAtOnce>;
  using Base::Base;
  // kernel: ma_free_rcu, kmem_cache_free
  void ma_free_rcu(const auto& node) { this->m.free("Free_Now"_site, node); }
};

// ---- Who destroys ------------------------------------------------------------------------------

template <class M>
struct TypeNotSet : MapleNode<M, TypeNotSet<M>> {
  using MapleNode<M, TypeNotSet>::MapleNode;
  void set_leaf_type(auto, const auto&) {}
};
template <class M>
struct MetaNotCleared : MapleNode<M, MetaNotCleared<M>> {
  using MapleNode<M, MetaNotCleared>::MapleNode;
  void clear_meta(const auto&) {}
};
template <class M>
struct NoGrace : MapleNode<M, NoGrace<M>> {
  using Base = MapleNode<M, NoGrace>;
  using Base::Base;
  void destroy(const auto&, const auto& root) {
    Base::destroy_walk(root);
    Base::free_walk(root);
  }
};

// ---- The life of a tree ------------------------------------------------------------------------

template <class M>
struct ExitDoesNotWait : MapleNode<M, ExitDoesNotWait<M>> {
  using Base = MapleNode<M, ExitDoesNotWait>;
  using Base::Base;
  void last_put(const auto& tree) { this->m.fetch_sub("Exit_Put"_site, tree, users, 1, once); }
};
template <class M>
struct ModeOffEarly : MapleNode<M, ModeOffEarly<M>> {
  using Base = MapleNode<M, ModeOffEarly>;
  using Base::Base;
  void exit(const auto& tree) {
    Base::clear_in_rcu(tree);
    Base::last_put(tree);
  }
};
/// The owner waits until nobody else is counted, and stays counted.
template <class M>
struct ExitStays : MapleNode<M, ExitStays<M>> {
  using Base = MapleNode<M, ExitStays>;
  using Base::Base;
  void last_put(const auto& tree) { this->m.wait("Exit_Put"_site, tree, users, own); }
};

template <template <class> class Code>
Form variant(std::string_view name) {
  return form<Code, ReaderRole, WriterRole>(name);
}

const RegisteredProtocol protocol{
    {.sizes = {"maple_node", {{"Readers", "reader"}, {"Trees", "tree"}, {"Nodes", "node", 3}}, {}},
     .kinds = {{"Node", "n", "Nodes", WorldSpec::Lifetime::freed}, {"Tree", "k", "Trees"}},
     .fields = {variable_of(parent), variable_of(pivot), variable_of(slot), variable_of(meta),
                variable_of(ma_root), variable_of(ma_rcu), variable_of(users)},
     .starts = {{"ma_rcu", on}, {"users", own}},
     .roles = {{"reader", "r", "Readers", {"Reader_Idle"}},
               {"writer", "k", "Trees", {"Writer_Idle"}}},
     .forms = [] {
       return std::vector<Form>{variant<Holds>("holds"),
                                variant<PublishesFirst>("publishes_first"),
                                variant<StartUnchecked>("start_unchecked"),
                                variant<HeldUp>("held_up"),
                                variant<DeadInFree>("dead_in_free"),
                                variant<TestsFirst>("tests_first"),
                                variant<RootUnchecked>("root_unchecked"),
                                variant<RootStale>("root_stale"),
                                variant<EntryFromLast>("entry_from_last"),
                                variant<TypeNotSet>("type_not_set"),
                                variant<MetaNotCleared>("meta_not_cleared"),
                                variant<NeverDead>("never_dead"),
                                variant<NotAdopted>("not_adopted"),
                                variant<NotFreed>("not_freed"),
                                variant<FreedAtOnce>("freed_at_once"),
                                variant<NoGrace>("no_grace"),
                                variant<ExitDoesNotWait>("exit_does_not_wait"),
                                variant<ModeOffEarly>("mode_off_early"),
                                variant<WalkWithoutRcu>("walk_without_rcu"),
                                variant<WalkKeepsRcu>("walk_keeps_rcu"),
                                variant<ExitStays>("exit_stays")};
     }}};

}  // namespace
}  // namespace lockstep::maple_node
