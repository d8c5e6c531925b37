// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "protocols/vma_refcnt_monitors.hpp"

#include <memory>

#include "protocols/vma_refcnt_state.hpp"

namespace lockstep::vma_refcnt {
namespace {

// A property of every VMA (by its atom), reader or writer (by its number).
bool all_below(std::size_t count, auto holds) {
  for (std::size_t i = 0; i < count; ++i) {
    if (!holds(i)) return false;
  }
  return true;
}
bool all_vmas(const Places& p, auto holds) {
  return all_below(p.vmas,
                   [&](std::size_t i) { return holds(p.first_vma + static_cast<Atom>(i)); });
}
bool all_readers(const Places& p, auto holds) {
  return all_below(p.readers, holds);
}
bool all_writers(const Places& p, auto holds) {
  return all_below(p.mms, holds);
}

/// Of what TypeOK says, the part that the machines do not see to by themselves: a local is dead, or
/// alive, where it should be.
bool locals_have_types(const Places& p, const Atom* s) {
  const auto dead = [s](const Places::Cells& local, std::size_t i) {
    return s[local.base + i] == null_atom;
  };
  return all_readers(p,
                     [&](std::size_t r) {
                       const std::uint32_t at = p.reader_place(s, r);
                       const bool idle = (at & reader_idle) != 0;
                       const bool has_vma = p.slab.at(s, s[p.rvma.base + r]) != null_atom;
                       return dead(p.rmm, r) == idle &&
                              dead(p.raddr, r) == (idle || (at & over) != 0) &&
                              (has_vma || (at & (touching | counted | looks_at_seq)) == 0) &&
                              dead(p.rwake, r) == ((at & wakes) == 0) &&
                              dead(p.rother, r) == ((at & knows_other) == 0);
                     }) &&
         all_writers(p, [&](std::size_t m) {
           const bool none = (p.writer_place(s, m) & between) != 0;
           return dead(p.wslot, m) == none && dead(p.wvma, m) == none;
         });
}

bool section_ok(const Places& p, const Atom* s) {
  return all_writers(p, [&](std::size_t m) {
    return (s[p.mm_lock_seq.base + m] % 2 == 0) == ((p.writer_place(s, m) & outside) != 0);
  });
}

bool count_ok(const Places& p, const Atom* s) {
  return all_vmas(p, [&](Atom v) {
    const int n =
        (p.attached(s, v) ? 1 : 0) + (p.flagged(s, v) ? p.excluding : 0) + p.holders(s, v);
    const Atom count = p.vm_refcnt.at(s, v);
    const bool has_page = p.slab.at(s, v) != p.none;
    if (has_page && count == n) return true;
    return count == null_atom && n == 0 && (!has_page || p.any_has(s, v, filling));
  });
}

bool refcnt_ok(const Places& p, const Atom* s) {
  return all_vmas(p, [&](Atom v) { return p.vm_refcnt.at(s, v) >= 0; });  // Null is above all
}

bool limit_ok(const Places& p, const Atom* s) {
  return all_vmas(p,
                  [&](Atom v) { return (p.attached(s, v) ? 1 : 0) + p.holders(s, v) <= p.limit; });
}

bool free_ok(const Places& p, const Atom* s) {
  return all_vmas(p, [&](Atom v) {
    const Atom count = p.vm_refcnt.at(s, v);
    return count == 0 || count == null_atom || p.in_tree(s, v) ||
           p.any_has(s, v, stores | still_counted | detaching);
  });
}

bool excl_ok(const Places& p, const Atom* s) {
  return all_readers(p, [&](std::size_t r) {
    if ((p.reader_place(s, r) & validated) == 0) return true;
    const Atom v = s[p.rvma.base + r];
    return all_writers(p, [&](std::size_t m) {
      return !p.write_locked(s, m, v) && !(s[p.wexcl.base + m] != 0 && s[p.wvma.base + m] == v) &&
             !p.has(s, m, v, modifies);
    });
  });
}

bool use_ok(const Places& p, const Atom* s) {
  return all_readers(p, [&](std::size_t r) {
    if ((p.reader_place(s, r) & uses) == 0) return true;
    const Atom v = s[p.rvma.base + r], mm = s[p.rmm.base + r], address = s[p.raddr.base + r];
    return p.slab.at(s, v) == p.used && p.tree_at(s, mm, address) == v && p.vm_mm.at(s, v) == mm &&
           p.vm_start.at(s, v) == address && p.vm_data.at(s, v) == whole;
  });
}

bool marks_ok(const Places& p, const Atom* s) {
  return all_writers(p, [&](std::size_t m) {
    return (p.writer_place(s, m) & outside) == 0 ||
           all_vmas(p, [&](Atom v) { return !p.marked(s, m, v); });
  });
}

/// At these places of its writer the VMA at hand is write-locked.
template <std::uint32_t Where>
bool marked_at(const Places& p, const Atom* s) {
  return all_writers(p, [&](std::size_t m) {
    return (p.writer_place(s, m) & Where) == 0 || p.write_locked(s, m, s[p.wvma.base + m]);
  });
}

bool tree_ok(const Places& p, const Atom* s) {
  for (std::size_t i = 0; i < p.mms * p.slots; ++i) {
    const Atom v = s[p.tree + i];
    if (v == null_atom) continue;
    if (p.slab.at(s, v) != p.used ||
        p.vm_mm.at(s, v) != p.first_mm + static_cast<Atom>(i / p.slots) ||
        p.vm_start.at(s, v) != p.first_slot + static_cast<Atom>(i % p.slots)) {
      return false;
    }
  }
  return all_vmas(p, [&](Atom v) {
    if (p.slab.at(s, v) != p.used) return true;
    for (std::size_t m = 0; m < p.mms; ++m) {
      if (s[p.wvma.base + m] == v || s[p.wsrc.base + m] == v) return true;
    }
    const Atom count = p.vm_refcnt.at(s, v);
    return p.in_tree(s, v) && count >= 1 && count != null_atom;
  });
}

bool page_ok(const Places& p, const Atom* s) {
  const auto kept = [&](Atom v) { return v == null_atom || p.slab.at(s, v) == p.used; };
  return all_readers(p,
                     [&](std::size_t r) {
                       return (p.reader_place(s, r) & touching) == 0 ||
                              p.slab.at(s, s[p.rvma.base + r]) != p.none;
                     }) &&
         all_writers(p, [&](std::size_t m) {
           return kept(s[p.wvma.base + m]) && kept(s[p.wsrc.base + m]);
         });
}

bool mm_ok(const Places& p, const Atom* s) {
  const auto lives = [&](Atom mm) { return p.mm_count.at(s, mm) != 0; };
  const auto in_use = [&](Atom mm) {
    for (std::size_t i = 0; i < p.slots; ++i) {
      if (p.tree_at(s, mm, p.first_slot + static_cast<Atom>(i)) != null_atom) return true;
    }
    return !all_vmas(p, [&](Atom v) {
      return p.slab.at(s, v) != p.used || p.vm_mm.at(s, v) != mm || p.any_has(s, v, filling);
    });
  };
  return all_readers(p,
                     [&](std::size_t r) {
                       const std::uint32_t at = p.reader_place(s, r);
                       return ((at & touches_mm) == 0 || lives(s[p.rmm.base + r])) &&
                              ((at & wakes) == 0 || lives(s[p.rwake.base + r])) &&
                              ((at & touches_other) == 0 || lives(s[p.rother.base + r]));
                     }) &&
         all_writers(p, [&](std::size_t m) {
           const std::uint32_t at = p.writer_place(s, m);
           const Atom mm = p.first_mm + static_cast<Atom>(m);
           return ((at & gone) != 0 || lives(mm)) && ((at & exited) == 0 || !in_use(mm));
         });
}

bool mm_count_ok(const Places& p, const Atom* s) {
  return all_writers(p, [&](std::size_t m) {
    const Atom mm = p.first_mm + static_cast<Atom>(m);
    Atom count = (p.writer_place(s, m) & gone) != 0 ? 0 : 1;
    for (std::size_t r = 0; r < p.readers; ++r) {
      const std::uint32_t at = p.reader_place(s, r);
      count += (at & reader_idle) == 0 && s[p.rmm.base + r] == mm ? 1 : 0;
      count += (at & pins_other) != 0 && s[p.rother.base + r] == mm ? 1 : 0;
    }
    return s[p.mm_count.base + m] == count;
  });
}

bool rcu_ok(const Places& p, const Atom* s) {
  return all_readers(p, [&](std::size_t r) {
    return (s[p.reader_rcu[r]] != 0) == ((p.reader_place(s, r) & in_rcu) != 0);
  });
}

bool wait_ok(const Places& p, const Atom* s) {
  return all_writers(p, [&](std::size_t m) {
    return (p.writer_place(s, m) & (waiting | waiting_detached)) != 0 ||
           (s[p.writer_wait.base + m] == null_atom && s[p.task_state.base + m] == running);
  });
}

bool no_lost_wake(const Places& p, const Atom* s) {
  return all_writers(p, [&](std::size_t m) {
    if (s[p.task_state.base + m] != sleeping) return true;
    const std::uint32_t at = p.writer_place(s, m);
    const Atom count = p.vm_refcnt.at(s, s[p.wvma.base + m]);
    const bool over = ((at & sleeps) != 0 && count == p.excluding + 1) ||
                      ((at & sleeps_detached) != 0 && count == p.excluding);
    if (!over) return true;
    const Atom mm = p.first_mm + static_cast<Atom>(m);
    return !all_readers(p, [&](std::size_t r) {  // is there one that wakes?
      const std::uint32_t reader = p.reader_place(s, r);
      return !((reader & wakes) != 0 && s[p.rwake.base + r] == mm) &&
             !((reader & loads_mm) != 0 && p.vm_mm.at(s, s[p.rvma.base + r]) == mm);
    });
  });
}

}  // namespace

std::vector<Monitor> monitors_of(const World& world, const Counts& counts, const Rules& rules) {
  const auto places = std::make_shared<const Places>(world, counts, rules);
  using Holds = bool (*)(const Places&, const Atom*);
  const std::pair<const char*, Holds> all[] = {
      {"TypeOK", locals_have_types}, {"SectionOK", section_ok}, {"CountOK", count_ok},
      {"RefcntOK", refcnt_ok}, {"LimitOK", limit_ok}, {"FreeOK", free_ok}, {"ExclOK", excl_ok},
      {"UseOK", use_ok}, {"MarksOK", marks_ok}, {"ModifyMarkedOK", marked_at<modifies>},
      {"LeaveMarkedOK", marked_at<still_counted | detaching>},
      {"AttachMarkedOK", marked_at<attaches | stores>}, {"TreeOK", tree_ok}, {"PageOK", page_ok},
      {"MmOK", mm_ok}, {"MmCountOK", mm_count_ok}, {"RcuOK", rcu_ok}, {"WaitOK", wait_ok}, {"NoLostWake", no_lost_wake}};
  std::vector<Monitor> out;
  for (const auto& [name, holds] : all) {
    out.push_back({name, [places, holds = holds](const Atom* s) { return holds(*places, s); }});
  }
  return out;
}

}  // namespace lockstep::vma_refcnt
