// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/candidates.hpp"

#include <algorithm>
#include <optional>

namespace lockstep::cli {
namespace {

/// Reads the words before, and knows what comes next.
class Reader {
 public:
  Reader(const ProgramText& program, const NamesOf& names_of)
      : program_(program), names_of_(names_of) {}

  void read(const std::string& word) {
    if (wanted_ != nullptr) {
      take(wanted_->value, word);
      wanted_ = nullptr;
    } else if (word == "--" && !only_arguments_) {
      only_arguments_ = true;
    } else if (word.starts_with("-") && word.size() > 1 && !only_arguments_) {
      option(word);
    } else if (command_ == nullptr) {
      command_ = program_.find(word);
      lost_ = lost_ || command_ == nullptr;
    } else if (const OptionText* argument = next_argument()) {
      take(argument->value, word);
      ++arguments_;
    }
  }

  Candidates at(const std::string& word) const {
    Candidates out;
    if (lost_) return out;
    const std::size_t equals = word.find('=');
    if (wanted_ != nullptr) {
      values(*wanted_, "", word, out);
    } else if (word.starts_with("--") && equals != std::string::npos) {
      const OptionText* option = find(word.substr(0, equals));
      if (option != nullptr) values(*option, word.substr(0, equals + 1), word, out);
    } else if (word.starts_with("-") && !only_arguments_) {
      for (const auto* options : {own(), &program_.everywhere}) {
        if (options == nullptr) continue;
        for (const OptionText& option : *options) {
          for (const std::string& name : option.names) add({name, option.help}, word, out);
        }
      }
    } else if (command_ == nullptr) {
      for (const CommandText& command : program_.commands) {
        add({command.name, command.summary}, word, out);
      }
    } else if (const OptionText* argument = next_argument()) {
      values(*argument, "", word, out);
    }
    return out;
  }

 private:
  const std::vector<OptionText>* own() const {
    return command_ == nullptr ? nullptr : &command_->options;
  }

  const OptionText* find(const std::string& name) const {
    for (const auto* options : {own(), &program_.everywhere}) {
      if (options == nullptr) continue;
      for (const OptionText& option : *options) {
        if (std::ranges::find(option.names, name) != option.names.end()) return &option;
      }
    }
    return nullptr;
  }

  void option(const std::string& word) {
    const std::size_t equals = word.find('=');
    const OptionText* known = find(word.substr(0, equals));
    if (known == nullptr || known->value.empty()) return;
    if (equals == std::string::npos) {
      wanted_ = known;
    } else {
      take(known->value, word.substr(equals + 1));
    }
  }

  /// The last one takes all that come.
  const OptionText* next_argument() const {
    std::size_t left = arguments_;
    for (const OptionText& argument : command_->options) {
      if (!argument.positional()) continue;
      if (left == 0 || argument.repeats) return &argument;
      --left;
    }
    return nullptr;
  }

  void take(const std::string& value, const std::string& word) {
    for (const std::string& name : names_of_value(value)) given_[name] = word;
  }

  void add(Candidate candidate, const std::string& begun, Candidates& out) const {
    if (candidate.word.starts_with(begun)) out.words.push_back(std::move(candidate));
  }

  void values(const OptionText& option, const std::string& before, const std::string& begun,
              Candidates& out) const {
    for (const std::string& value : option.values) add({before + value, ""}, begun, out);
    if (!option.values.empty()) return;
    for (const std::string& name : names_of_value(option.value)) {
      out.files = out.files || name.starts_with("FILE");
      out.folders = out.folders || name == "DIR";
      for (Candidate& one : names_of_(name, given_)) {
        add({before + one.word, std::move(one.help)}, begun, out);
      }
    }
  }

  const ProgramText& program_;
  const NamesOf& names_of_;
  const CommandText* command_ = nullptr;
  const OptionText* wanted_ = nullptr;  ///< the option whose value comes next
  Given given_;
  std::size_t arguments_ = 0;
  bool only_arguments_ = false;
  bool lost_ = false;  ///< no command is called so
};

}  // namespace

std::vector<std::string> names_of_value(const std::string& value) {
  std::vector<std::string> out;
  std::string rest = value;
  for (const std::string between : {"|", "-OR-"}) {
    if (const std::size_t at = rest.find(between); at != std::string::npos) {
      out.push_back(rest.substr(0, at));
      rest.erase(0, at + between.size());
    }
  }
  out.push_back(rest);
  return out;
}

Candidates candidates(const ProgramText& program, const std::vector<std::string>& words,
                      const NamesOf& names_of) {
  Reader reader(program, names_of);
  for (std::size_t i = 0; i + 1 < words.size(); ++i) reader.read(words[i]);
  return reader.at(words.empty() ? "" : words.back());
}

}  // namespace lockstep::cli
