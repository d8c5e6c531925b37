// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include <filesystem>

#include "program.hpp"

// What a protocol.json, a question or a command names and what is not there: the file, the line, the
// column, and what it could have been.
namespace lockstep::testing {

namespace {

namespace fs = std::filesystem;

/// A copy of one protocol's specification, to be edited by text.
class Copy {
 public:
  explicit Copy(const std::string& protocol) : protocol_(protocol) {
    fs::create_directories(scratch_ / "spec");
    const std::string tree = LOCKSTEP_SOURCE_DIR;
    fs::copy(tree + "/spec/" + protocol, scratch_ / ("spec/" + protocol),
             fs::copy_options::recursive);
    fs::copy(tree + "/spec/vma_lock/VmaLock.tla", file("VmaLock.tla"),
             fs::copy_options::overwrite_existing);
    fs::copy(tree + "/spec/scenarios.json", scratch_ / "spec/scenarios.json");
  }
  std::string file(const std::string& name) const {
    return scratch_ / ("spec/" + protocol_ + "/" + name);
  }
  /// In a file, the first place of one text becomes another; and where that was.
  std::string edit(const std::string& name, const std::string& from, const std::string& to) const {
    std::string text = text_of(file(name));
    const std::size_t at = text.find(from);
    INFO(from);
    REQUIRE(at != std::string::npos);
    text.replace(at, from.size(), to);
    write_text(file(name), text);
    const std::size_t line = 1 + static_cast<std::size_t>(std::count(
                                     text.begin(), text.begin() + static_cast<long>(at), '\n'));
    const std::size_t begins = at == 0 ? 0 : text.rfind('\n', at - 1) + 1;
    return name + ":" + std::to_string(line) + ":" + std::to_string(at - begins + 1) + ": ";
  }
  Outcome run(const Words& words) const { return lockstep(words, {"LOCKSTEP_ROOT=" + (scratch_ / "")}); }

 private:
  std::string protocol_;
  Scratch scratch_;
};

void refused(const std::string& from, const std::string& to, const std::string& why,
             std::size_t skip = 0) {
  const Copy copy("vma_refcnt");
  CAPTURE(from, to, why);
  std::string where = copy.edit("protocol.json", from, to);
  if (skip > 0) {
    const std::size_t colon = where.rfind(':', where.size() - 3);
    const std::size_t column = std::stoul(where.substr(colon + 1)) + skip;
    where = where.substr(0, colon + 1) + std::to_string(column) + ": ";
  }
  check_refused(copy.run({"list", "variants"}), 2, where + why);
}

void question_refused(const std::string& from, const std::string& to, std::size_t skip,
                      const std::string& why) {
  const Copy copy("vma_refcnt");
  CAPTURE(from, to, why);
  const std::string at = copy.edit("questions/01_publication_at_attach.question", from, to);
  const std::string file = at.substr(0, at.find(':')), rest = at.substr(at.find(':') + 1);
  const std::size_t line = std::stoul(rest), column = std::stoul(rest.substr(rest.find(':') + 1));
  check_refused(copy.run({"order", "vma_refcnt", "--question", "publication_at_attach"}), 2,
                file + ":" + std::to_string(line) + ":" + std::to_string(column + skip) + ": " +
                    why);
}

}  // namespace

TEST_CASE("what a protocol.json names and is not there is told with its place") {
  refused("\"VmaRefcntProperties\"", "\"VmaRefcntProps\"",
          "'module' names module VmaRefcntProps, but there is no ");
  refused("\"View\"", "\"Veiw\"",
          "'view' names 'Veiw', which module VmaRefcntProperties does not define");
  refused("\"Fairness\"", "\"Fair\"",
          "'fairness' names 'Fair', which module VmaRefcntProperties does not define");
  refused("\"FairSpec\"", "\"FareSpec\"",
          "'fair' names 'FareSpec', which module VmaRefcntProperties does not define");
  refused("\"2x2x2\"", "\"0x1\"",
          "'size' is refused: size '0x1': '0' is no count; expected 1 to 9, as in 2x2x2");
  refused("\"2x2x2\"", "\"2x2\"", "'size' is refused: size '2x2': ");
  refused("\"2x2x2\"", "\"2x2x2,limits=2\"", "'size' is refused: size '2x2x2,limits=2': ");
  refused("[\"safe\", \"equal\"]", "[\"sound\", \"equal\"]",
          "item 1 of 'claims' is claim 'sound', which is unknown; expected one of: safe, refines, "
          "live, equal, view, inductive", 1);
  refused("[\"safe\", \"inductive\", \"refines\", \"equal\"]", "[\"view\"]",
          "item 1 of 'claims' is 'view', but states of this size are not told apart by a VIEW", 1);
  refused("\"variant_size\": \"1x2x2\"", "\"variant_size\": \"1x2\"",
          "'variant_size' is refused: size '1x2': ", 16);
  refused("\"2x1x1,limit=2\",\n     \"why\"", "\"9\",\n     \"why\"", "'size' is refused: size '9': ");
  refused("\"dup_two_copies\"", "\"dup_three_copies\"",
          "'name' is 'dup_three_copies', which is no form of the reference; expected one of: ");
  refused("\"VmaRefcntInductive\"", "\"VmaRefcntInduction\"",
          "'module' names module VmaRefcntInduction, but there is no ");
  refused("[\"1x2x2\", \"2x1x1\"", "[\"1x2x2\", \"2y1x1\"", "item 2 of 'walks' is refused: ", 10);
}

TEST_CASE("a protocol.json that names no specification with fairness says what to add") {
  const std::string both = R"(, "fairness": "Fairness", "fair": "FairSpec")";
  const Copy none("vma_refcnt");
  none.edit("protocol.json", both, "");
  check_refused(none.run({"list", "variants"}), 2,
                "nobody judges 'FairSpec', a specification; where it is Spec with its fairness, the "
                "'spec' of protocol.json has to say so: \"fair\": \"FairSpec\", and \"fairness\"");
  const Copy one("vma_refcnt");
  one.edit("protocol.json", both, R"(, "fairness": "Fairness")");
  check_refused(one.run({"list", "variants"}), 2,
                "protocol.json:3:11: 'spec' has 'fairness' without 'fair'; expected the definition "
                "that is Spec /\\ Fairness, as \"fair\": \"FairSpec\"");
  const Copy other("vma_refcnt");
  other.edit("protocol.json", both, R"(, "fair": "FairSpec")");
  check_refused(other.run({"list", "variants"}), 2, "'spec' has 'fair' without 'fairness'");
}

TEST_CASE("a folder whose protocol nobody has registered is named") {
  const Copy copy("vma_lock");
  fs::rename(copy.file(""), copy.file("../mm_pin"));
  check_refused(copy.run({"list", "variants"}), 2,
                "mm_pin/protocol.json:1:1: the document is of 'mm_pin', but no protocol of that name "
                "is registered; expected a file of conformance/protocols/");
}

TEST_CASE("every member of a question is named with its own place") {
  question_refused("vm_data[v1]", "dta[v1]", 0, "no site accesses 'dta'; expected one of: ");
  question_refused("mm_lock_seq[m1] = 1", "mm_lock_seq = 1", 0, "'mm_lock_seq' is no whole cell");
  question_refused("writer as m1", "wirter as m1", 0, "there is no role 'wirter'");
  question_refused("Alloc_Init\n", "Alloc_Iinit\n", 0, "writer has no site 'Alloc_Iinit'");
  question_refused("wslot = s1", "wslott = s1", 0, "writer has no local 'wslott'");
  question_refused("StartWrite_SetFlag, Start", "StartWrite_SetFlg, Start", 0,
                   "no way leads from StartWrite_CheckSeq to 'StartWrite_SetFlg'");
  question_refused("Store_Tree", "Store_Tre", 0, "writer has no site 'Store_Tre'");
  question_refused("StartRead_PutDec, Lookup", "StartRead_Put, Lookup", 0,
                   "reader has no site 'StartRead_Put'");
  question_refused("reader.StartRead_CheckMm", "raeder.StartRead_CheckMm", 0,
                   "'raeder.StartRead_CheckMm': no such task, and site or local of it");
  question_refused("reader.StartRead_RecheckSeq.vm", "reader.StartRead_RecheckSek.vm", 0,
                   "'reader.StartRead_RecheckSek.vm_lock_seq': no such task, and site or local of it");
  question_refused("task writer", "assume: Put_Dec = onze\ntask writer", 8,
                   "Put_Dec=onze: expected SITE=ORDER, with ORDER one of ");
  question_refused("task writer", "assume: Put_Sub = once\ntask writer", 8,
                   "an order for 'Put_Sub': no such site");
  question_refused("task writer", "assume: Put_Dec = mb\ntask writer", 8,
                   "Put_Dec=mb: a site of kind rmw cannot have this order");
}

TEST_CASE("a property of steps in a form that would be judged otherwise than TLC does is refused") {
  const auto stated = [](const std::string& form, const std::string& why) {
    const Copy copy("vma_refcnt");
    copy.edit("VmaRefcntProperties.tla", "SeqOK == [][SeqStep]_vars",
              "SeqOK == " + form);
    check_refused(copy.run({"list", "variants"}), 2, why);
  };
  stated("[][SeqStep]_rcu",
         "'SeqOK' has the subscript rcu, which leaves out grace, mm_count, mm_lock_seq and ");
  stated("[][SeqStep /\\ TRUE]_vars", "'SeqOK' is of steps in another form");
}

TEST_CASE("a property of the command line names objects as the module's sets do") {
  const auto asked = [](const std::string& property) {
    return lockstep({"explore", "vma_refcnt", "--size", "1x1x1", "--property", property});
  };
  check_refused(asked("pc[\"r1\"] # \"Use_LoadData\""), 2,
                "property 1:1:4: \"r1\" is a string, and r1 a model value, which is written without "
                "quotes");
  CHECK(asked("pc[r1] # \"Use_LoadData\" \\/ TRUE").status == 0);
  CHECK(asked("rvma[r1] # v1").status == 1);
  check_refused(asked("pc[r2] = \"\""), 2, "'r2' is not known");
}

TEST_CASE("of a protocol without variants, holds is what there is") {
  check_refused(lockstep({"explore", "vma_lock", "--variant", "open"}), 2,
                "variant 'open': unknown for vma_lock; expected one of: holds\n");
}

}  // namespace lockstep::testing
