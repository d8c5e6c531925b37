// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <optional>
#include <string>
#include <vector>

#include "cli/frame/session.hpp"
#include "orders/encode/observe.hpp"
#include "orders/litmus/litmus.hpp"

namespace lockstep::cli {

/// The files, and the *.litmus files below the directories, in their order.
std::vector<std::filesystem::path> litmus_files(const std::vector<std::string>& paths);

/// A test under one model.
struct LitmusVerdict {
  std::string test;  ///< the file's base name
  std::string file;  ///< as it was named, or found below a directory
  std::string model;
  orders::Observation observation;
  std::optional<std::string> result;  ///< that the file states, of the model of its dialect
  bool cut_loops = false;
  bool unreadable = false;  ///< no litmus test at all
  std::string witness;      ///< as columns, where it is wanted and there is one
  std::string graph;        ///< the first of them, for Graphviz
};

struct LitmusPlan {
  std::vector<std::filesystem::path> files;
  std::vector<std::string> models;  ///< none: of each test that of its dialect, lkmm or rc11
  bool witness = false;
};

/// Judges each test under each model, `--jobs` tests at a time. What stops one stops all: the first
/// exception is thrown again; but a file that is not read is an answer of its own, and what Ctrl-C
/// or a limit leaves unjudged is unknown for that reason.
std::vector<LitmusVerdict> judge_litmus(Session& session, const LitmusPlan& plan);

}  // namespace lockstep::cli
