// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/litmus_run.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <atomic>
#include <fstream>
#include <map>
#include <sstream>

#include "model/parallel.hpp"
#include "model/stopwatch.hpp"
#include "model/verdict.hpp"
#include "orders/witness/columns.hpp"
#include "report/text.hpp"

namespace lockstep::cli {
namespace {

namespace fs = std::filesystem;

using orders::Observed;
using orders::litmus::Dialect;

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  std::stringstream out;
  out << in.rdbuf();
  if (!in || !out) throw InputError(file.string(), 0, 0, "cannot be read; expected a litmus test");
  return out.str();
}

/// An execution that shows the condition (or, of one that always holds, any), beside SC.
std::string witness_of(const orders::litmus::Test& test, const orders::Observation& observed,
                       const std::string& model, const orders::MemoryModel& sc,
                       std::string& graph) {
  std::string out;
  const auto show = [&](const std::optional<orders::Execution>& execution,
                        const std::string& words) {
    if (!execution) return;
    const orders::Breach against = orders::breach(test.program, *execution, sc);
    orders::Columns columns = orders::columns(test.program, *execution, against, test.symbols);
    columns.under = "sc";
    if (graph.empty()) graph = columns.dot;
    out += test.name + " under " + model + ": " + words +
           (against.axiom.empty() ? " (an interleaving)" : "") + "\n" + orders::text(columns) +
           "\n";
  };
  show(observed.shows, "the condition holds");
  show(observed.racy, "a data race, " + observed.flag);
  show(observed.faulty, observed.fault);
  return out;
}

/// The model that a dialect is written for, of which the file's own verdict speaks.
std::string own_model(orders::litmus::Dialect dialect) {
  return dialect == orders::litmus::Dialect::c11 ? "rc11" : "lkmm";
}

class Run {
 public:
  Run(Session& session, const LitmusPlan& plan)
      : session_{session}, plan_{plan}, sc_{orders::builtin_model("sc")} {
    for (const std::string& model : plan.models) models_.push_back(orders::find_model(model));
    if (plan.models.empty()) {
      for (const auto dialect : {Dialect::kernel, Dialect::c11}) {
        own_.emplace(dialect, orders::find_model(own_model(dialect)));
      }
    }
    results_.resize(plan.files.size() * columns());
  }

  std::vector<LitmusVerdict> all() {
    session_.progress.begin("tests", plan_.files.size());
    try {
      parallel_for(session_.options.jobs, plan_.files.size(),
                   [this](std::size_t file, unsigned) { one(file); });
    } catch (...) {
      if (session_.stop_reason() == StopReason::none) throw;
    }
    if (session_.stop_reason() != StopReason::none) leave();
    session_.progress.end();
    return std::move(results_);
  }

 private:
  /// What has not been judged when the work is stopped is unknown, for that reason.
  void leave() {
    for (std::size_t i = 0; i < results_.size(); ++i) {
      LitmusVerdict& v = results_[i];
      if (v.observation.verdict != Observed::unknown || !v.observation.reason.empty()) continue;
      const std::size_t m = i % columns();
      v.test = plan_.files[i / columns()].filename().string();
      v.file = plan_.files[i / columns()].string();
      if (v.model.empty()) v.model = models_.empty() ? own_model(Dialect::kernel) : plan_.models[m];
      v.observation.reason = "not judged: " + session_.stop_text();
    }
  }
  std::size_t columns() const { return std::max<std::size_t>(models_.size(), 1); }
  const orders::MemoryModel& model(std::size_t m, Dialect dialect) const {
    return models_.empty() ? own_.at(dialect) : models_[m];
  }

  void one(std::size_t file) {
    const fs::path& path = plan_.files[file];
    LitmusVerdict* const out = &results_[file * columns()];
    for (std::size_t m = 0; m < columns(); ++m) {
      out[m].test = path.filename().string();
      out[m].file = path.string();
      out[m].model = models_.empty() ? own_model(Dialect::kernel) : plan_.models[m];
    }
    const auto not_read = [&](const std::string& why, bool unreadable) {
      for (std::size_t m = 0; m < columns(); ++m) {
        out[m].observation.reason = why;
        out[m].unreadable = unreadable;
      }
    };
    session_.check();
    try {
      const Stopwatch watch;
      const orders::litmus::Test test = orders::litmus::read(text_of(path), path.string());
      const double reading = watch.seconds();
      for (std::size_t m = 0; m < columns(); ++m) {
        session_.check();
        if (models_.empty()) out[m].model = own_model(test.dialect);
        judge(test, model(m, test.dialect), out[m]);
        if (m == 0) out[m].observation.seconds += reading;
      }
    } catch (const orders::litmus::Unsupported& e) {
      not_read(e.text(), false);
    } catch (const InputError& e) {
      if (plan_.files.size() == 1) throw;
      not_read(e.what(), true);
    }
    session_.progress.at(++done_, path.filename().string());
  }

  void judge(const orders::litmus::Test& test, const orders::MemoryModel& model,
             LitmusVerdict& out) {
    if (out.model == own_model(test.dialect)) out.result = test.result;
    out.cut_loops = test.cut_loops;
    out.observation = orders::observe(test.program, model);
    if (out.observation.empty) {
      out.observation.reason = orders::litmus::why_nothing_ends(test, out.observation.fault);
    }
    if (out.observation.reason.empty()) out.observation.reason = zeroes(test);
    if (plan_.witness) out.witness = witness_of(test, out.observation, out.model, sc_, out.graph);
    // Executions are large; what is wanted of them has been written.
    out.observation.shows.reset();
    out.observation.lacks.reset();
    out.observation.racy.reset();
    out.observation.faulty.reset();
  }

  /// Perhaps somebody mistyped a name.
  static std::string zeroes(const orders::litmus::Test& test) {
    std::string names;
    for (const std::string& name : test.unassigned) names += (names.empty() ? "" : ", ") + name;
    return names.empty() ? "" : "0, for nothing assigns it: " + names;
  }

  Session& session_;
  const LitmusPlan& plan_;
  const orders::MemoryModel sc_;
  std::vector<orders::MemoryModel> models_;
  std::map<Dialect, orders::MemoryModel> own_;  ///< where no model was asked for
  std::vector<LitmusVerdict> results_;
  std::atomic<std::size_t> done_{0};
};

}  // namespace

namespace {

/// Adds the tests below a directory; links to directories are not followed. By hand, because an
/// iterator that descends does not say where it failed.
void add_below(const fs::path& directory, std::vector<fs::path>& found) {
  std::error_code error;
  for (fs::directory_iterator at{directory, error}; !error && at != fs::directory_iterator{};
       at.increment(error)) {
    const fs::path& path = at->path();
    if (at->is_directory(error) && !at->is_symlink(error)) {
      add_below(path, found);
    } else if (path.extension() == ".litmus") {
      const bool file = fs::is_regular_file(path, error);
      if (error) throw InputError(path.string(), 0, 0, "cannot be read: " + error.message());
      if (file) found.push_back(path);
    }
    error.clear();
  }
  if (error) throw InputError(directory.string(), 0, 0, "cannot be read: " + error.message());
}

}  // namespace

std::vector<fs::path> litmus_files(const std::vector<std::string>& paths) {
  std::vector<fs::path> out;
  for (const std::string& path : paths) {
    if (!fs::is_directory(path)) {
      if (!fs::exists(path)) {
        throw InputError(path, 0, 0, "is not there; expected a litmus test or a directory");
      }
      out.emplace_back(path);
      continue;
    }
    std::vector<fs::path> found;
    add_below(path, found);
    if (found.empty()) throw InputError(path, 0, 0, "holds no file *.litmus");
    std::ranges::sort(found);
    out.insert(out.end(), found.begin(), found.end());
  }
  return out;
}

std::vector<LitmusVerdict> judge_litmus(Session& session, const LitmusPlan& plan) {
  return Run{session, plan}.all();
}

}  // namespace lockstep::cli
