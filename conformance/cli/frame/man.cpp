// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/man.hpp"

#include <algorithm>
#include <cctype>

#include "report/text.hpp"

namespace lockstep::cli {
namespace {

/// Text as roff prints it: a hyphen that can be copied, a backslash, a line that is no request.
std::string roff(std::string_view text) {
  std::string out;
  for (const char c : text) {
    if (c == '\\') {
      out += "\\e";
    } else if (c == '-') {
      out += "\\-";
    } else {
      out += c;
    }
  }
  if (out.starts_with('.') || out.starts_with('\'')) out.insert(0, "\\&");
  return out;
}

std::string bold(std::string_view text) {
  return "\\fB" + roff(text) + "\\fR";
}
std::string slanted(std::string_view text) {
  return "\\fI" + roff(text) + "\\fR";
}

/// `-o, --out FILE`
std::string called(const OptionText& option) {
  if (option.positional()) return slanted(option.value);
  std::vector<std::string> names;
  for (const std::string& name : option.names) names.push_back(bold(name));
  const std::string value = option.value.empty() ? "" : " " + slanted(option.value);
  return report::join(names, ", ") + value;
}

std::string described(const OptionText& option) {
  std::string out = ".TP\n" + called(option) + "\n" + roff(option.help) + "\n";
  const auto more = [&](const std::string& text) { out += ".br\n" + text + "\n"; };
  if (!option.values.empty()) more("One of: " + roff(report::join(option.values, ", ")) + ".");
  if (!option.usual.empty()) more("Where it is not given: " + roff(option.usual) + ".");
  if (option.repeats && !option.positional()) more("May be given several times.");
  return out;
}

/// `lockstep check PROTOCOL [OPTIONS]`: what must be given, and what more there is.
std::string synopsis(const std::string& program, const CommandText& command) {
  std::string out = bold(program + " " + command.name);
  bool options = false;
  for (const OptionText& option : command.options) {
    std::string word = slanted(option.value);
    if (!option.positional()) word = bold(option.names.back()) + " " + word;
    if (option.repeats) word += "...";
    if (option.required) out += " " + word;
    if (!option.required && option.positional()) out += " [" + word + "]";
    options = options || (!option.required && !option.positional());
  }
  return out + (options ? " [" + slanted("OPTIONS") + "]" : "");
}

std::string listed(const std::vector<std::pair<std::string, std::string>>& rows) {
  std::string out;
  for (const auto& [name, words] : rows) out += ".TP\n" + bold(name) + "\n" + roff(words) + "\n";
  return out;
}

std::string examples(const std::vector<std::string>& lines) {
  std::string out = ".PP\n.nf\n.RS\n";
  for (const std::string& line : lines) out += roff(line) + "\n";
  return out + ".RE\n.fi\n";
}

std::string capitals(std::string text) {
  std::ranges::transform(text, text.begin(), [](unsigned char c) { return std::toupper(c); });
  return text;
}

}  // namespace

std::string man_page(const ProgramText& program) {
  std::string summary = program.summary;
  if (summary.ends_with('.')) summary.pop_back();
  std::string out = ".TH " + capitals(program.name) + " 1 \"\" \"" + program.name + " " +
                    roff(program.version) + "\" \"User Commands\"\n";
  out += ".SH NAME\n" + program.name + " \\- " + roff(summary) + "\n";
  out += ".SH SYNOPSIS\n" + bold(program.name) + " " + slanted("COMMAND") + " [" +
         slanted("ARGUMENTS") + "] [" + slanted("OPTIONS") + "]\n";
  out += ".SH COMMANDS\n";
  for (const CommandText& command : program.commands) {
    out += ".SS " + synopsis(program.name, command) + "\n" + roff(command.summary) + ".\n";
    for (const OptionText& option : command.options) out += described(option);
    out += examples(command.examples);
  }
  out += ".SH OPTIONS OF EVERY COMMAND\n";
  for (const OptionText& option : program.everywhere) out += described(option);
  out += ".SH ENVIRONMENT\n" + listed(program.environment);
  out += ".SH EXIT STATUS\n" + listed(program.statuses);
  return out;
}

}  // namespace lockstep::cli
