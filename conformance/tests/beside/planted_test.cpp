// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include <filesystem>
#include <fstream>

#include "claims/beside/check.hpp"
#include "claims/beside/pairs.hpp"
#include "tests/process.hpp"
#include "tests/with_code.hpp"

// What stands beside the sites of this tree is right; what is planted in a copy of it is found.
namespace lockstep::beside {
namespace {

namespace fs = std::filesystem;

/// A root with copies of the texts that are read.
class Copy {
 public:
  Copy() {
    const fs::path from = LOCKSTEP_SOURCE_DIR;
    fs::create_directories(root() / "conformance");
    for (const char* name : {"reference", "conformance/protocols", "spec"}) {
      fs::copy(from / name, root() / name, fs::copy_options::recursive);
    }
  }
  fs::path root() const { return scratch_ / "root"; }

  Copy& change(const std::string& file, const std::string& from, const std::string& to) {
    const std::string path = (root() / file).string();
    std::string text = testing::text_of(path);
    const std::size_t at = text.find(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    std::ofstream(path, std::ios::binary) << text;
    return *this;
  }
  Sites sites() const { return Sites(Manifest::read(root()), "vma_refcnt"); }

 private:
  testing::Scratch scratch_;
};

const std::string lock = "reference/vma_refcnt.hpp", wait = "reference/rcuwait.hpp",
                  tasks = "reference/vma_refcnt_tasks.hpp",
                  dup = "conformance/protocols/vma_refcnt_dup.cpp";

/// `FILE:LINE:`, found by the line's own text in the changed copy.
void refused(const Copy& copy, const std::string& file, const std::string& line,
             const std::string& why) {
  std::istringstream text(testing::text_of((copy.root() / file).string()));
  std::size_t number = 0;
  for (std::string here; std::getline(text, here);) {
    ++number;
    if (here.find(line) != std::string::npos) break;
  }
  CAPTURE(file, line, why);
  CHECK_THROWS_WITH(copy.sites(), Catch::Contains(file + ":" + std::to_string(number) + ":") &&
                                      Catch::Contains(why));
}

const Manifest& manifest() {
  static const Manifest read = Manifest::read(LOCKSTEP_SOURCE_DIR);
  return read;
}

/// What the judge of orders says, once for all.
const Partners& partners() {
  static const Partners all = partners_of(OrderSubject::of(manifest(), "vma_refcnt"));
  return all;
}

}  // namespace

TEST_CASE("beside: every site of every protocol has a function of the kernel, or a reason") {
  REQUIRE_FALSE(testing::with_code(manifest()).empty());
  for (const ManifestProtocol& p : testing::with_code(manifest())) {
    const Sites sites(manifest(), p.name);
    CHECK(sites.found());
    CHECK_FALSE(sites.all().empty());
    for (const Site& site : sites.all()) CHECK_FALSE((site.kernel.empty() && site.why.empty()));
    hold_pairs(sites, partners_of(OrderSubject::of(manifest(), p.name)));
  }
  CHECK(Sites(manifest(), "vma_lock").all().empty());
}

TEST_CASE("beside: a site is where its end is spelled, in the protocol's own files") {
  const Sites sites(manifest(), "vma_refcnt");
  const auto file_of = [&](const std::string& site) {
    return fs::path(sites.find(site)->literal->place.file).filename().string();
  };
  CHECK(file_of("Put_Dec") == "vma_refcnt.hpp");  // spelled whole in a variant too
  CHECK(file_of("Put_WakeMb") == "rcuwait.hpp");
  CHECK(file_of("Find_Walk") == "vma_refcnt_tasks.hpp");
  CHECK(file_of("MmapUnlock_SeqEnd") == "vma_refcnt.hpp");
  CHECK(file_of("Put_LoadMm") == "vma_refcnt_wait.cpp");
  CHECK(sites.find("Put_LoadMm")->variant == "put_loads_mm_late");
  CHECK(sites.named("Dec").size() == 3);
}

TEST_CASE("beside: a kernel function or primitive that is not known is named, and the nearest") {
  const std::string said = "// kernel: mas_walk, rcu_dereference";
  Copy function;
  function.change(lock, said, "// kernel: mas_wlak, rcu_dereference");
  refused(function, lock, "mas_wlak",
          "'mas_wlak' is no function and no primitive of Linux 7.2 that spec/kernel.json knows; "
          "did you mean 'mas_walk'?");
  Copy primitive;
  primitive.change(lock, said, "// kernel: mas_walk, rcu_derefrence");
  refused(primitive, lock, "rcu_derefrence", "did you mean 'rcu_dereference'?");
  Copy variant;
  variant.change(dup, "// kernel: vm_area_dup", "// kernel: vm_area_dupe");
  refused(variant, dup, "vm_area_dupe", "did you mean 'vm_area_dup'?");
  Copy two;
  two.change(lock, said, "// kernel: rcu_dereference, mas_walk");
  refused(two, lock, "rcu_dereference, mas_walk", "'mas_walk' is one name too many");
}

TEST_CASE("beside: an order that is not the kernel's is said, and said truly") {
  Copy weaker;
  weaker.change(lock, "__refcount_inc_not_zero_limited_acquire", "refcount_add_not_zero");
  refused(weaker, lock, "vma_start_read, refcount_add_not_zero",
          "StartRead_IncRef is acquire here, refcount_add_not_zero is once; expected the same, or "
          "that it is said: (here acquire: WHY)");
  Copy plain;
  plain.change(lock, "// kernel: __vma_start_write, WRITE_ONCE", "// kernel: __vma_start_write");
  refused(plain, lock, "// kernel: __vma_start_write",
          "StartWrite_SetSeq is once here, the kernel's access is plain; expected the same");
}

TEST_CASE("beside: a site without a kernel function is an error, and so is one without a reason") {
  Copy none;
  none.change(lock, "  // kernel: lock_vma_under_rcu\n", "");
  refused(none, lock, "\"Lookup_CheckRange\"_site",
          "Lookup_CheckRange has no function of the kernel: no comment has one, and Linux has none "
          "called 'covers'");
  // All of them at once, or the author of a new protocol would come back as often.
  none.change(tasks, "  // kernel: vm_area_free\n", "");
  refused(none, lock, "\"Lookup_CheckRange\"_site", "(also for Unmap_Free, Downgraded_Free)");
  Copy no_reason;
  no_reason.change(tasks, "// kernel: none, a task keeps its mm until it ends", "// kernel: none");
  refused(no_reason, tasks, "// kernel: none", "no function of the kernel, and not why");
}

TEST_CASE("beside: what differs must still differ, and as it says") {
  const std::string said = "rcu_dereference (here plain:";
  Copy other;
  other.change(tasks, said, "rcu_dereference (here once:");
  refused(other, tasks, "(here once:", "Find_Walk is plain here, not once");
  Copy gone;
  gone.change(tasks, said, "(here plain:").change(tasks, "vma_find, (here", "vma_find (here");
  refused(gone, tasks, "vma_find (here", "is plain too: nothing differs any more");
  Copy kind;
  kind.change(tasks, said, "smp_mb (here plain:");
  refused(kind, tasks, "smp_mb", "smp_mb is no load, as Find_Walk is");
}

TEST_CASE("beside: a comment that nobody would read is an error") {
  Copy variant;
  variant.change("conformance/protocols/vma_refcnt_wait.cpp", "m.fetch_sub(\"Put_Dec\"_site",
                 "\n// kernel: vma_refcount_put\nm.fetch_sub(\"Put_Dec\"_site");
  refused(variant, "conformance/protocols/vma_refcnt_wait.cpp", "// kernel: vma_refcount_put",
          "vma_refcnt.hpp:");
  Copy beginning;
  beginning.change(lock, "vma_refcount_put(\"Unstable_Put\"_site, vma);",
                   "vma_refcount_put(\"Unstable_Put\"_site, vma);  // kernel: vma_refcount_put");
  refused(beginning, lock, "vma);  // kernel: vma_refcount_put", "'Unstable_Put' is no site");
  Copy pair;
  pair.change(dup, "  m.store(\"Dup_CopyStart\"_site",
              "  // pairs with Lookup_CheckRange\n  m.store(\"Dup_CopyStart\"_site");
  refused(pair, dup, "// pairs with", "Dup_CopyStart is a site of variants only");
}

TEST_CASE("beside: kernel.json is read strictly") {
  Copy twice;
  twice.change("spec/kernel.json", "\"mmdrop\", \"mmgrab\"", "\"mmdrop\", \"mmdrop\"");
  refused(twice, "spec/kernel.json", "\"mmdrop\", \"mmdrop\"", "stands twice");
  Copy unknown;
  unknown.change("spec/kernel.json", "\"atomic_read\"", "\"atomic_reed\"");
  refused(unknown, "spec/kernel.json", "atomic_reed",
          "is no primitive of the kernel's memory model");
}

TEST_CASE("beside: a pair that is wrong, superfluous, misspelt or missing is an error") {
  const auto wrong = [](const std::string& file, const std::string& from, const std::string& to,
                        const std::string& why) {
    Copy copy;
    copy.change(file, from, to);
    CAPTURE(from, to, why);
    CHECK_THROWS_WITH(hold_pairs(copy.sites(), partners()),
                      Catch::Contains(file + ":") && Catch::Contains(why));
  };
  const std::string acquire = "// pairs with Attach_SetRefcnt, StartWrite_ClearFlag";
  wrong(lock, acquire, acquire + ", CheckCount",
        "StartRead_IncRef does not pair with CheckCount: no question needs both; `order` has "
        "Attach_SetRefcnt, StartWrite_ClearFlag");
  wrong(lock, acquire, acquire + ", Attach_SetRefcount",
        "'Attach_SetRefcount' is no site, and the end of none; did you mean 'Attach_SetRefcnt'?");
  wrong(lock, acquire, "// pairs with Attach_SetRefcnt",
        "StartRead_IncRef pairs with StartWrite_ClearFlag, and nothing says so; expected // pairs "
        "with Attach_SetRefcnt, StartWrite_ClearFlag");
  wrong(lock, acquire, "// and nothing", "StartRead_IncRef pairs with Attach_SetRefcnt, and");
  // What the judge does not need has no partner.
  wrong(lock, "    // kernel: vma_iter_clear_gfp",
        "    // pairs with Lookup_Walk\n    // kernel: vma_iter_clear_gfp",
        "Unmap_ClearTree does not pair with Lookup_Walk: no question needs both, nor any partner");
  wrong(lock, "pairs with MmapUnlock_Wmb", "pairs with MmapUnlock_SeqEnd",
        "StartRead_RecheckSeq does not pair with MmapUnlock_SeqEnd");
  // The end of several sites, in a file of several protocols.
  wrong(wait, "// pairs with SetState", "// pairs with SetWaiter",
        "WakeMb does not pair with SetWaiter");
  wrong(lock, "// pairs with CheckCount, Detach_Dec", "// pairs with CheckCount",
        "Dec pairs with Detach_Dec, and nothing says so");
}

TEST_CASE("beside: both checks of a protocol end with what they found, or UNKNOWN without texts") {
  Copy copy;
  copy.change(wait, "// pairs with SetState", "// pairs with SetWaiter");
  const auto of = [&](const fs::path& root) {
    std::vector<Check> checks;
    const auto read = std::make_shared<const Manifest>(Manifest::read(root));
    add_beside(checks, read, read->protocol("vma_lock"));
    CHECK(checks.empty());
    add_beside(checks, read, read->protocol("vma_refcnt"));
    REQUIRE(checks.size() == 2);
    return std::pair{perform(checks[0], {}), perform(checks[1], {})};
  };
  const auto [kernel, pairs] = of(copy.root());
  CHECK(kernel.verdict == Verdict::pass);
  CHECK(pairs.verdict == Verdict::fail);
  CHECK_THAT(pairs.outcome.got, Catch::Contains("rcuwait.hpp:"));
  fs::remove_all(copy.root() / "conformance");
  const auto [no_kernel, no_pairs] = of(copy.root());
  CHECK(no_kernel.verdict == Verdict::unknown);
  CHECK(no_pairs.verdict == Verdict::unknown);
}

}  // namespace lockstep::beside
