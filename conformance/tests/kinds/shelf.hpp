// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "machines/registration.hpp"

// A protocol with two kinds of objects that are allocated and freed. A keeper puts a node, or a
// tag, on its shelf and takes it away again; readers look at both inside an RCU section. Nodes are
// type-safe; what becomes of a freed tag is another matter in each of its registrations. Its module
// is Shelf.tla.
namespace lockstep::shelf {

using Lifetime = WorldSpec::Lifetime;

struct Shelf {
  static constexpr std::string_view kind = "Shelf";
};
struct Node {
  static constexpr std::string_view kind = "Node";
};
struct Tag {
  static constexpr std::string_view kind = "Tag";
};
inline constexpr Field<"node", Shelf, Node> node;
inline constexpr Field<"tag", Shelf, Tag> tag;
inline constexpr Field<"size", Node, int> size;
inline constexpr Field<"link", Node, int> link;  ///< the slab's own, in a free one
inline constexpr Field<"text", Tag, int> text;

template <class M>
struct Holds {
  M& m;
  static constexpr bool reads_tags = true;
};
template <class M>
struct NodesOnly : Holds<M> {
  static constexpr bool reads_tags = false;
};

struct Reader {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    for (;;) {
      m.point("Reader_Idle"_point);
      const auto at = m.named("at"_local, m.template choose<Shelf>());
      m.rcu_read_lock("Lock"_site);
      const auto found = m.named("rnode"_local, m.load("Find_Node"_site, at, node, Order::once));
      if (found != null) m.load("Use_Node"_site, found, size, Order::plain);
      if constexpr (Code<M>::reads_tags) {
        const auto other = m.named("rtag"_local, m.load("Find_Tag"_site, at, tag, Order::once));
        if (other != null) m.load("Use_Tag"_site, other, text, Order::plain);
        m.rcu_read_unlock("Unlock"_site);
      } else {
        m.rcu_read_unlock("Unlock"_site);
      }
    }
  }
};

struct Keeper {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers&) {
    const auto own = m.template own<Shelf>();
    for (;;) {
      m.point("Keeper_Idle"_point);
      if (m.branch(2) == 0) {
        const auto mine = m.named("wnode"_local, m.template allocate<Node>("Node_Make"_site));
        m.group("Node_Fill"_site, write(mine, size, 1), write(mine, link, 0));
        m.store("Node_Put"_site, own, node, mine, Order::release);
        m.store("Node_Take"_site, own, node, null, Order::once);
        m.free("Node_Free"_site, mine, link);
      } else {
        const auto mine = m.named("wtag"_local, m.template allocate<Tag>("Tag_Make"_site));
        m.store("Tag_Fill"_site, mine, text, 1, Order::plain);
        m.store("Tag_Put"_site, own, tag, mine, Order::release);
        m.store("Tag_Take"_site, own, tag, null, Order::once);
        m.free("Tag_Free"_site, mine);
      }
    }
  }
};

template <Lifetime of_tags>
const RegisteredProtocol& protocol() {
  constexpr int number = static_cast<int>(of_tags);
  static const std::string name = "shelf" + std::to_string(number);
  static const RegisteredProtocol registered(
      {{name,
        {{"Readers", "reader"}, {"Nodes", "node"}, {"Tags", "tag"}, {"Shelves", "shelf", 1}},
        {{"life", "Life", "lifetime", [](const Numbers&) -> std::uint32_t { return number; }}}},
       {{"Shelf", "k", "Shelves"},
        {"Node", "n", "Nodes", Lifetime::type_safe},
        {"Tag", "t", "Tags", of_tags}},
       {variable_of(node), variable_of(tag), variable_of(size), variable_of(link),
        variable_of(text)},
       {},
       {},
       {{"reader", "r", "Readers", {"Reader_Idle"}}, {"keeper", "k", "Shelves", {"Keeper_Idle"}}},
       {"Null"},
       [] {
         return std::vector<Form>{form<Holds, Reader, Keeper>("holds"),
                                  form<NodesOnly, Reader, Keeper>("nodes_only")};
       }});
  return registered;
}

}  // namespace lockstep::shelf
