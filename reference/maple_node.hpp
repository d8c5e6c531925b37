// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
//
// Nodes of a maple tree in RCU mode: a writer never changes a node that readers may be at, it puts
// another in its place; who reads a node asks afterwards whether it was dead by then. Sources:
// Suren Baghdasaryan's series of January 2023, patches 02, 03, 05 and 06 (Liam R. Howlett).
// Functions are called as in spec/kernel.json: those of that series.
//
//   parent   who has the node in a slot; null of a root; the node itself once it is dead
//   pivot    the bound of the first slot. Of a dead node it is the type, or links dead nodes
//   slot     the first slot: of the root its child, of a leaf a user's entry
//   meta     the last slot, which has metadata while nobody needs it
//   ma_rcu   is the tree in RCU mode?
//   users    who may walk the tree, and its owner
#pragma once

#include "lockstep/field.hpp"
#include "lockstep/order.hpp"

namespace lockstep::maple_node {

using enum Order;

struct Node {
  static constexpr std::string_view kind = "Node";
};
struct Tree {
  static constexpr std::string_view kind = "Tree";
};

inline constexpr Field<"parent", Node, Node> parent;
inline constexpr Field<"pivot", Node, int> pivot;
inline constexpr Field<"slot", Node, Node> slot;
inline constexpr Field<"meta", Node, Node> meta;
inline constexpr Field<"ma_root", Tree, Node> ma_root;
inline constexpr Field<"ma_rcu", Tree, int> ma_rcu;
inline constexpr Field<"users", Tree, int> users;

/// pivot: a bound may look like any type. The root's looks like that of a leaf, a leaf's like that
/// of a branch.
inline constexpr int root_bound = 1, leaf_bound = 2;
inline constexpr int leaf_type = 1, branch_type = 2;
inline constexpr int linked = 3;           ///< pivot: the next of the dead nodes
inline constexpr int off = 0, on = 1;      ///< ma_rcu
inline constexpr int nobody = 0, own = 1;  ///< users

/// `Self` is the protocol itself, or a variant that replaces some of its functions.
template <class M, class Self>
class MapleNode {
 public:
  explicit MapleNode(M& machine) : m(machine) {}

  // ---- Reading ---------------------------------------------------------------------------------

  /// One lookup: of an index that the first slot of each node has.
  void lookup(const auto& tree) {
    self().rcu_read_lock();
    self().walk(tree);
  }
  // kernel: lock_vma_under_rcu, rcu_read_lock
  void rcu_read_lock() { m.rcu_read_lock("Walk_RcuLock"_site); }
  void rcu_read_unlock(auto site) { m.rcu_read_unlock(site); }

  void walk(const auto& tree) {
    for (;;) {
      // kernel: mas_start, rcu_dereference
      auto root = m.named("rroot"_local, m.load("Start_Root"_site, tree, ma_root, once));
      if (root == null) {
        // kernel: lock_vma_under_rcu, rcu_read_unlock
        return self().rcu_read_unlock("None_RcuUnlock"_site);
      }
      if (self().start_dead(root)) continue;
      // kernel: mtree_range_walk (here once: the node may be dead, and written)
      auto bound = m.named("rpivot"_local, m.load("Root_Pivot"_site, root, pivot, once));
      auto leaf = m.named("rleaf"_local, self().child(root, bound));
      if (self().root_dead(root)) continue;
      root.forget();
      // kernel: mtree_range_walk (here once: the node may be dead, and written)
      bound = m.load("Leaf_Pivot"_site, leaf, pivot, once);
      self().entry(leaf, bound);
      if (self().leaf_dead(leaf)) continue;
      leaf.forget();
      // kernel: lock_vma_under_rcu, rcu_read_unlock
      return self().rcu_read_unlock("Walk_RcuUnlock"_site);
    }
  }
  // kernel: mtree_range_walk, rcu_dereference
  auto child(const auto& root, const auto& bound) {
    return bound == root_bound ? m.load("Root_Slot"_site, root, slot, once)
                               : m.load("Root_Last"_site, root, meta, once);
  }
  // kernel: mtree_range_walk, rcu_dereference
  auto entry(const auto& leaf, const auto& bound) {
    return bound == leaf_bound ? m.load("Leaf_Slot"_site, leaf, slot, once)
                               : m.load("Leaf_Last"_site, leaf, meta, once);
  }
  /// Nothing of it was read before, so nothing has to come before this.
  // kernel: mas_start (here once: a writer may mark the node now)
  bool start_dead(const auto& root) {
    return m.load("Start_Parent"_site, root, parent, once) == root;
  }
  bool root_dead(const auto& root) { return dead("Root_"_site, root); }
  bool leaf_dead(const auto& leaf) { return dead("Leaf_"_site, leaf); }
  bool dead(auto prefix, const auto& node) {
    // What was read of the node, before the test: else it may be from a later time.
    // kernel: ma_dead_node, smp_rmb
    // pairs with Store_Wmb, Replace_Wmb, Destroy_Wmb, Destroy_ChildWmb, Destroy_OtherWmb
    m.fence(prefix + "Rmb"_site, rmb);
    // kernel: ma_dead_node (here once: a writer may mark the node now)
    return m.load(prefix + "Parent"_site, node, parent, once) == node;
  }

  // ---- Writing ---------------------------------------------------------------------------------

  // kernel: mte_set_node_dead (here once: readers may look at it now)
  void set_dead(auto prefix, const auto& node) {
    m.store(prefix + "Dead"_site, node, parent, node, once);
    // The mark, before the node's memory is another's: of the free list, of the walk that destroys.
    // kernel: mte_set_node_dead, smp_wmb
    // pairs with Root_Rmb, Leaf_Rmb
    m.fence(prefix + "Wmb"_site, wmb);
  }
  /// A leaf of `root` is replaced: it is dead before the new one is there.
  void store(const auto& root, const auto& old, const auto& node) {
    set_dead("Store_"_site, old);
    publish(root, node);
  }
  // kernel: mas_replace, rcu_assign_pointer (here once: the barrier of the mark comes before it)
  void publish(const auto& root, const auto& node) {
    m.store("Store_Publish"_site, root, slot, node, once);
  }
  /// The root is replaced: the new one is there before the old one is dead.
  void replace(const auto& tree, const auto& old, const auto& child, const auto& node) {
    self().adopt(child, node);
    // release: the new root, before whoever finds it.
    // kernel: mas_replace, rcu_assign_pointer
    // pairs with Start_Root
    m.store("Replace_Publish"_site, tree, ma_root, node, release);
    self().replaced(old);
  }
  void replaced(const auto& old) { set_dead("Replace_"_site, old); }
  // kernel: mas_adopt_children (here once: readers may look whether the child is dead)
  void adopt(const auto& child, const auto& node) {
    m.store("Replace_Adopt"_site, child, parent, node, once);
  }
  /// `node` is dead, and in no slot.
  // kernel: mas_free (here once: readers may be at the node)
  void free(const auto& node) {
    m.store("Free_Link"_site, node, pivot, linked, once);
    self().ma_free_rcu(node);
  }
  // kernel: ma_free_rcu, call_rcu
  void ma_free_rcu(const auto& node) { m.call_rcu("Free_CallRcu"_site, node); }

  // ---- Destroying ------------------------------------------------------------------------------

  /// All that was below a root which is nobody's any more: first it is marked, then it goes.
  void destroy(const auto& tree, const auto& root) {
    self().destroy_walk(root);
    if (self().in_rcu(tree)) grace();
    self().free_walk(root);
  }
  // kernel: none, the walk that frees is a callback of call_rcu(); here its writer waits for it
  void grace() { m.synchronize_rcu("Grace_Begin"_site, "Grace_End"_site); }
  // kernel: mte_destroy_walk
  bool in_rcu(const auto& tree) { return m.load("Destroy_InRcu"_site, tree, ma_rcu, plain) == on; }
  // kernel: mt_destroy_walk
  void destroy_walk(const auto& root) {
    set_dead("Destroy_"_site, root);
    self().set_root_type(root);
    self().clear_meta(root);
    auto child = m.named("wchild"_local, m.load("Destroy_Child"_site, root, slot, plain));
    dead_leaf("Destroy_Child"_site, child);
    child = m.load("Destroy_Next"_site, root, meta, plain);
    if (child != null) dead_leaf("Destroy_Other"_site, child);
  }
  // kernel: mas_destroy_descend (here once: readers may be at the node)
  void set_root_type(const auto& root) {
    m.store("Destroy_Type"_site, root, pivot, branch_type, once);
  }
  /// The last slot may have a child.
  void clear_meta(const auto& root) {
    // kernel: mas_clear_meta
    if (m.load("Destroy_Last"_site, root, meta, plain) != root) return;
    // kernel: mas_clear_meta (here once: readers may be at the node)
    m.store("Destroy_Meta"_site, root, meta, null, once);
  }
  void dead_leaf(auto prefix, const auto& leaf) {
    set_dead(prefix, leaf);
    self().set_leaf_type(prefix, leaf);
  }
  // kernel: mas_dead_leaves (here once: readers may be at the node)
  void set_leaf_type(auto prefix, const auto& leaf) {
    m.store(prefix + "Type"_site, leaf, pivot, leaf_type, once);
  }
  /// Nobody is at any of these nodes. The walk goes by the types that it reads.
  // kernel: mt_free_walk
  void free_walk(const auto& root) {
    auto type = m.named("wtype"_local, m.load("Reap_Type"_site, root, pivot, plain));
    auto child = m.named("wchild"_local, m.load("Reap_Child"_site, root, slot, plain));
    type = m.load("Reap_ChildType"_site, child, pivot, plain);
    m.free("Reap_FreeChild"_site, child);  // kernel: mt_free_bulk, kmem_cache_free
    child = m.load("Reap_Next"_site, root, meta, plain);
    if (child != null) {
      type = m.load("Reap_OtherType"_site, child, pivot, plain);
      m.free("Reap_FreeOther"_site, child);  // kernel: mt_free_bulk, kmem_cache_free
    }
    type.forget();
    child.forget();
    m.free("Reap_FreeRoot"_site, root);  // kernel: mt_free_walk, kmem_cache_free
  }

  // ---- The life of a tree ----------------------------------------------------------------------

  /// The last one who may walk the tree leaves, and RCU mode goes.
  void exit(const auto& tree) {
    self().last_put(tree);
    self().clear_in_rcu(tree);
  }
  // kernel: mmput, atomic_dec_and_test (here once: what is done to the tree comes behind a branch)
  void last_put(const auto& tree) {
    m.add_when("Exit_Put"_site, tree, users, -1, once, [](auto n) { return n == own; });
  }
  // kernel: mt_clear_in_rcu
  void clear_in_rcu(const auto& tree) { m.store("Exit_ClearRcu"_site, tree, ma_rcu, off, plain); }

  bool get(const auto& tree) {
    // acquire: the tree as it is now, where another one was before.
    // kernel: get_task_mm, mmget_not_zero (here acquire: no more is needed)
    return m.fetch_add_unless("Walk_Get"_site, tree, users, 1, acquire,
                              [](auto n) { return n == nobody; }) != nobody;
  }
  // kernel: mmput, atomic_dec_and_test (here once: a reader has only read, and it comes behind a
  // branch)
  void put(const auto& tree) { m.fetch_sub("Walk_Put"_site, tree, users, 1, once); }

  M& m;

 protected:
  Self& self() { return static_cast<Self&>(*this); }
};

template <class M>
struct Holds : MapleNode<M, Holds<M>> {
  using MapleNode<M, Holds<M>>::MapleNode;
};

// ---- The endless tasks that use it -------------------------------------------------------------

template <class Protocol>
void reader(Protocol& p) {
  auto& m = p.m;
  for (;;) {
    m.point("Reader_Idle"_point);
    const auto tree = m.named("rtree"_local, m.template choose<Tree>());
    if (!p.get(tree)) continue;
    p.lookup(tree);
    p.put(tree);
  }
}

/// Whoever changes the tree, and in the end its owner: one at a time, under a lock.
template <class Protocol>
class Writer {
 public:
  explicit Writer(Protocol& protocol) : p(protocol), m(p.m) {}

  void run() {
    const auto tree = m.template own<Tree>();
    for (;;) {
      m.point("Writer_Idle"_point);
      if (m.peek(tree, ma_rcu) == off) {
        start(tree);
        continue;
      }
      const auto root = m.named("wroot"_local, m.peek(tree, ma_root));
      switch (what(root)) {
        case 0: wipe(tree, root); break;
        case 1:
          p.exit(tree);
          if (root != null) wipe(tree, root);
          break;
        case 2: store(root); break;
        case 3: replace(tree, root); break;
        default: build(tree);
      }
    }
  }

 private:
  /// What may be done to a tree with that root.
  int what(const auto& root) {
    if (root == null) return m.branch(2) == 0 ? 4 : 1;
    return m.peek(root, meta) == root ? m.branch(4) : m.branch(2);
  }
  /// The tree of another mm.
  void start(const auto& tree) {
    m.store("Init_SetRcu"_site, tree, ma_rcu, on, plain);  // kernel: mt_init_flags
    // kernel: mm_init, atomic_set
    m.store("Init_SetUsers"_site, tree, users, own, once);
  }
  /// A root with one leaf, or with a second one in its last slot.
  void build(const auto& tree) {
    // kernel: mas_alloc_nodes, kmem_cache_alloc
    const auto leaf = m.named("wchild"_local, m.template allocate<Node>("Build_Leaf"_site));
    m.point("Writer_HasLeaf"_point);
    if (m.branch(2) == 1) return build_two(tree, leaf);
    // kernel: mas_alloc_nodes, kmem_cache_alloc
    const auto node = m.named("wnew"_local, m.template allocate<Node>("Build_Root"_site));
    // kernel: mas_spanning_rebalance
    m.group("Build_Init"_site, write(leaf, parent, node), write(leaf, pivot, leaf_bound),
            write(leaf, slot, leaf), write(leaf, meta, leaf), write(node, pivot, root_bound),
            write(node, slot, leaf), write(node, meta, node));
    // release: the tree, before whoever finds its root.
    // kernel: mas_replace, rcu_assign_pointer
    // pairs with Start_Root
    m.store("Build_Publish"_site, tree, ma_root, node, release);
  }
  void build_two(const auto& tree, const auto& leaf) {
    // kernel: mas_alloc_nodes, kmem_cache_alloc
    const auto other = m.named("wold"_local, m.template allocate<Node>("Two_Leaf"_site));
    m.point("Writer_HasLeaves"_point);
    // kernel: mas_alloc_nodes, kmem_cache_alloc
    const auto node = m.named("wnew"_local, m.template allocate<Node>("Two_Root"_site));
    // kernel: mas_spanning_rebalance
    m.group("Two_Init"_site, write(leaf, parent, node), write(leaf, pivot, leaf_bound),
            write(leaf, slot, leaf), write(leaf, meta, leaf), write(other, parent, node),
            write(other, pivot, leaf_bound), write(other, slot, other), write(other, meta, other),
            write(node, pivot, root_bound), write(node, slot, leaf), write(node, meta, other));
    // release: as Build_Publish.
    // kernel: mas_replace, rcu_assign_pointer
    // pairs with Start_Root
    m.store("Two_Publish"_site, tree, ma_root, node, release);
  }
  void store(const auto& root) {
    const auto old = m.named("wold"_local, m.peek(root, slot));
    // kernel: mas_alloc_nodes, kmem_cache_alloc
    const auto node = m.named("wnew"_local, m.template allocate<Node>("Store_Alloc"_site));
    // kernel: mas_wr_node_store
    m.group("Store_Init"_site, write(node, parent, root), write(node, pivot, leaf_bound),
            write(node, slot, node), write(node, meta, node));
    p.store(root, old, node);
    p.free(old);
  }
  void replace(const auto& tree, const auto& root) {
    const auto old = m.named("wold"_local, root);
    const auto child = m.named("wchild"_local, m.peek(root, slot));
    // kernel: mas_alloc_nodes, kmem_cache_alloc
    const auto node = m.named("wnew"_local, m.template allocate<Node>("Replace_Alloc"_site));
    // kernel: mas_spanning_rebalance
    m.group("Replace_Init"_site, write(node, pivot, root_bound), write(node, slot, child),
            write(node, meta, node));
    p.replace(tree, old, child, node);
    p.free(old);
  }
  void wipe(const auto& tree, const auto& root) {
    // kernel: __mt_destroy, rcu_assign_pointer (here once: there is nothing to publish)
    m.store("Wipe_Clear"_site, tree, ma_root, null, once);
    p.destroy(tree, root);
  }

  Protocol& p;
  decltype(Protocol::m)& m;
};

}  // namespace lockstep::maple_node
