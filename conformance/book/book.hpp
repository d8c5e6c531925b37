// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <optional>
#include <string>
#include <vector>

#include "book/verdicts.hpp"
#include "claims/answers.hpp"
#include "claims/beside/site_rows.hpp"
#include "claims/manifest.hpp"
#include "orders/program/question.hpp"

/// The report: all that is known here, as pages. What there is to tell is gathered as the types of
/// this file, and pages are made of these alone.
///
/// A verdict is one of three things, and a page says which: *recorded*, in verdicts.json, by a
/// `verify --update` that somebody reviewed; *judged*, in the document of a `verify` that is handed
/// over; or *run*, while the report was made. What is recorded is no PASS.
namespace lockstep::book {

/// A program that judges, and its version; "" where it is not there.
struct Tool {
  std::string name, version;
};

/// A graph that Graphviz drew.
struct Picture {
  std::string title, words;
  std::string svg;  ///< "" where nobody could draw it: `words` says why
};

/// The behaviour of a broken variant. Run: it has been replayed on the reference.
struct Walk {
  std::string protocol, variant, bounds;
  std::string violated;  ///< at its end, as replayed; or what is live
  bool live = false;     ///< then no state shows it: it is stated, and `verify` judges it
  bool replays = false;  ///< else `refused` says where not
  std::string refused;
  std::size_t steps = 0;
  std::string columns, command;
  std::size_t states = 0;  ///< so many are in its page
  std::size_t depth = 0;   ///< so far from the behaviour, in steps
  bool whole = false;      ///< all of the model
};

struct ScenarioPage {
  const ManifestScenario* stated = nullptr;
  const Answers::Scenario* answer = nullptr;
  std::optional<Walk> walk;
};

/// What one model says of a question with the declared orders. Run: all placements were judged.
struct UnderModel {
  std::string model;
  std::optional<bool> expected, reachable;
  std::size_t minimal = 0;  ///< placements
  std::string unknown;      ///< why nothing is known; or ""
  Verdict verdict() const;
};

struct QuestionPage {
  std::string protocol, name, words, forbidden;
  std::vector<std::string> ids;
  std::vector<UnderModel> models;
  std::size_t witnesses = 0, drawn = 0;
};

struct ProtocolPage {
  const ManifestProtocol* stated = nullptr;
  std::string readme, proof;  ///< Markdown; or ""
  std::vector<beside::SiteRow> sites;
  std::vector<Picture> automata;
  std::vector<Picture> lives;  ///< of its numbers
  std::vector<QuestionPage> questions;
};

struct Report {
  const Manifest* manifest = nullptr;
  const Answers* answers = nullptr;
  Verdicts verdicts;
  std::vector<Tool> tools;
  std::string version, command;
  std::vector<ProtocolPage> protocols;
  std::vector<ScenarioPage> scenarios;
  std::map<std::string, std::string> told;  ///< a README of no protocol, by its folder in spec/

  /// Does a protocol have a page? A report may be of some alone.
  bool has(const std::string& protocol) const;
};

// ---- Where each page lies, from the report's own folder

std::string protocol_path(const std::string& protocol);
std::string scenario_path(const std::string& id);
std::string walk_path(const std::string& id);
std::string question_path(const std::string& protocol, const std::string& question);
std::string proof_path(const std::string& protocol);  ///< of PROOF.md
inline constexpr const char* index_path = "index.html";
inline constexpr const char* gallery_path = "scenarios/index.html";
inline constexpr const char* barriers_path = "orders/index.html";
inline constexpr const char* proofs_path = "proofs.html";

}  // namespace lockstep::book
