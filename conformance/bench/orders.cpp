// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// What the judge of litmus tests promises: tests a second, and how long single hard ones take, with
// and without each thing that the encoding does for speed. Run it by bench/orders.sh.
#include <fmt/format.h>

#include <algorithm>
#include <ctime>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <map>
#include <optional>
#include <string>
#include <vector>

#include "model/verdict.hpp"
#include "orders/encode/observe.hpp"
#include "orders/litmus/litmus.hpp"
#include "orders/models/model.hpp"

namespace {

using namespace lockstep;
using namespace lockstep::orders;
namespace fs = std::filesystem;

double cpu() {
  timespec t{};
  clock_gettime(CLOCK_PROCESS_CPUTIME_ID, &t);
  return static_cast<double>(t.tv_sec) + static_cast<double>(t.tv_nsec) * 1e-9;
}

std::string contents(const fs::path& path) {
  std::ifstream in{path};
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::vector<fs::path> tests_of(const fs::path& folder) {
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator{folder}) {
    if (entry.path().extension() == ".litmus") out.push_back(entry.path());
  }
  std::ranges::sort(out);
  return out;
}

/// Reading included; no verdict where the file is not read.
std::optional<Observed> judged(const fs::path& path, const MemoryModel& model, const Limits& limits,
                               double& seconds) {
  const double start = cpu();
  std::optional<Observed> verdict;
  try {
    const litmus::Test test = litmus::read(contents(path), path.string());
    verdict = observe(test.program, model, limits).verdict;
  } catch (const litmus::Unsupported&) {
  } catch (const InputError&) {
  }
  seconds = cpu() - start;
  return verdict;
}

void corpus(const fs::path& folder, SolverName solver) {
  fmt::print("{:10} {:>6} {:>9} {:>9} {:>10} {:>9} {:>9}\n", name_of(solver), "tests", "CPU s",
             "tests/s", "median ms", "p99 ms", "max ms");
  Limits limits;
  limits.solver = solver;
  for (const char* name : {"sc", "tso", "armv8", "lkmm"}) {
    const MemoryModel model = builtin_model(name);
    std::vector<double> times;
    double total = 0;
    for (const fs::path& path : tests_of(folder)) {
      double seconds = 0;
      if (!judged(path, model, limits, seconds)) continue;
      times.push_back(seconds);
      total += seconds;
    }
    if (times.empty()) continue;
    std::ranges::sort(times);
    const std::size_t n = times.size();
    fmt::print("{:10} {:6} {:9.2f} {:9.0f} {:10.2f} {:9.1f} {:9.1f}\n", name, n, total,
               static_cast<double>(n) / total, times[n / 2] * 1e3, times[n * 99 / 100] * 1e3,
               times.back() * 1e3);
  }
}

/// Lines of `name verdict seconds` after a header.
std::map<std::string, std::pair<std::string, double>> table(const fs::path& path) {
  std::map<std::string, std::pair<std::string, double>> out;
  std::ifstream in{path};
  std::string line, name, verdict;
  double seconds = 0;
  std::getline(in, line);
  while (in >> name >> verdict >> seconds) out[name] = {verdict, seconds};
  return out;
}

void hard(const fs::path& folder, const fs::path& known) {
  const MemoryModel model = builtin_model("lkmm");
  const auto expected = table(known);
  Limits wide = quick(), unsorted = quick();
  const Limits z3;
  wide.narrow_values = unsorted.break_symmetry = false;
  wide.milliseconds = unsorted.milliseconds = 60'000;
  fmt::print("\n{:24} {:10} {:10} {:>7} {:>7} {:>6}  {:>10} {:>10} {:>10}\n", "lkmm, CPU s",
             "known", "verdict", "known", "now", "ratio", "by Z3", "16 bits", "unsorted");
  for (const fs::path& path : tests_of(folder)) {
    const auto row = expected.find(path.filename().string());
    if (row == expected.end()) continue;
    double now = 0, with_z3 = 0, with_wide = 0, with_unsorted = 0;
    const auto verdict = judged(path, model, quick(), now);
    judged(path, model, z3, with_z3);
    judged(path, model, wide, with_wide);
    judged(path, model, unsorted, with_unsorted);
    const auto& [should, took] = row->second;
    const std::string is{verdict ? name_of(*verdict) : "not read"};
    fmt::print("{:24} {:10} {:10} {:7.2f} {:7.2f} {:6.2f}  {:10.2f} {:10.2f} {:10.2f}{}\n",
               row->first, should, is, took, now, took > 0 ? now / took : 0, with_z3, with_wide,
               with_unsorted, is == should ? "" : "  DIFFERS");
  }
}

}  // namespace

int main(int count, char** arguments) {
  if (count != 2) {
    fmt::print(stderr, "usage: bench_orders FOLDER: with corpus/, hard/ and hard.tsv in it\n");
    return 2;
  }
  const fs::path root{arguments[1]};
  corpus(root / "corpus", SolverName::cadical);
  corpus(root / "corpus", SolverName::z3);
  hard(root / "hard", root / "hard.tsv");
}
