// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <catch2/catch.hpp>

#include "claims/judges.hpp"
#include "machines/registration.hpp"
#include "tests/toys/described.hpp"

using namespace lockstep;
using Catch::Contains;

// What is asked of the states of one VIEW, of which only one is followed. That of Clock.tla hides
// what time it is.
namespace {

struct Clock {
  static constexpr std::string_view kind = "Clock";
};
inline constexpr Field<"now", Clock, int> now;
inline constexpr Field<"mark", Clock, int> mark;
template <class M>
struct Holds {};

struct Ticker {
  template <template <class> class Code, class M>
  static void run(M& m, const Numbers& numbers) {
    const auto clock = m.template own<Clock>();
    const int max = static_cast<int>(numbers["ticks"]);
    for (;;) {
      m.point("Ticker_Idle"_point);
      if (max != 0) m.assume(m.peek(clock, now) < max);
      m.increment("Tick"_site, clock, now, Order::once);
      m.store("Follow"_site, clock, mark, also(clock, now), Order::once);
    }
  }
};

Manifest described() {
  static const RegisteredProtocol registered(
      {.sizes = {"clock",
                 {{"Clocks", "clock"}},
                 {{"ticks", "MaxTicks", "tick", [](const Numbers&) { return Size::any; }, true}}},
       .kinds = {{"Clock", "c", "Clocks"}},
       .fields = {variable_of(now), variable_of(mark)},
       .view = {"now", {"mark"}, [](const Numbers& n) { return n["ticks"] == Size::any; }},
       .roles = {{"ticker", "c", "Clocks", {"Ticker_Idle"}}},
       .forms = [] { return std::vector<Form>{form<Holds, Ticker>("holds")}; }});
  Manifest out = testing::toy_manifest();
  ManifestProtocol& protocol = out.protocols.front();
  protocol.name = registered.name();
  protocol.module = "Clock";
  protocol.view = "View";
  protocol.directories = {LOCKSTEP_SOURCE_DIR "/conformance/tests/properties"};
  protocol.properties = {{"MarkStays", "action", {}, ""}};
  return out;
}

SearchResult explored(const std::vector<std::string>& names,
                      const std::vector<std::string>& further = {}, const std::string& size = "1") {
  static const Manifest manifest = described();
  const Subject subject = Subject::of(manifest, "clock", Size::parse(size), "holds");
  const auto system = subject.model->stepped();
  return explore(*system, subject, names, {}, further);
}

}  // namespace

TEST_CASE("what the VIEW hides is asked of a state that is known by its view", "[properties]") {
  CHECK(explored({}, {"\\A c \\in Clocks : mark[c] = now[c] \\/ TRUE"}).states == 2);
  const SearchResult found = explored({"MarkStays"});
  REQUIRE(found.violation);
  CHECK(found.violation->property == "MarkStays");
  CHECK(found.violation->steps.size() == 2);  // to the view of the start
}

TEST_CASE("a further property that sees more than the VIEW shows is refused", "[properties]") {
  const auto refused = [](const std::string& text) { explored({}, {text}); };
  // One of many states of a view would be looked at: it would never be found to be false.
  const std::string early = "\\A c \\in Clocks : now[c] < 2";
  CHECK_THROWS_WITH(refused(early), Contains("the VIEW hides"));
  CHECK_THROWS_WITH(refused("\\A c, d \\in Clocks : mark[c] # now[d] + 1"),
                    Contains("the VIEW hides"));
  CHECK_NOTHROW(refused("\\A c, d \\in Clocks : mark[c] # now[d] \\/ TRUE"));
  CHECK(explored({}, {early}, "1,ticks=2").violation->property == early);
}
