// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/command_line.hpp"

#include <CLI/CLI.hpp>

namespace lockstep::cli {

Argument& Argument::required() {
  option_->required();
  return *this;
}

Argument& Argument::type_name(const std::string& name) {
  option_->type_name(name);
  return *this;
}

Argument& Argument::default_str(const std::string& text) {
  option_->default_str(text);
  return *this;
}

Argument& Argument::one_of(const std::vector<std::string>& values) {
  CLI::Validator member = CLI::IsMember(values);
  if (option_->get_positional()) member.description("");  // its help has them
  option_->check(member);
  (*allowed_)[option_] = values;
  return *this;
}

Argument& Argument::within(std::uint64_t low, std::uint64_t high) {
  option_->check(CLI::Range(low, high).description(""));
  return *this;
}

Argument& Argument::check(const std::function<std::string(const std::string&)>& wrong) {
  option_->check(wrong);
  return *this;
}

Argument& Argument::excludes(const Argument& other) {
  option_->excludes(other.option_);
  return *this;
}

Argument CommandLine::add_option(const std::string& name, std::string& value,
                                 const std::string& help) {
  return {app_.add_option(name, value, help), allowed_};
}

Argument CommandLine::add_option(const std::string& name, std::vector<std::string>& values,
                                 const std::string& help) {
  return {app_.add_option(name, values, help), allowed_};
}

Argument CommandLine::add_option(const std::string& name, unsigned& value,
                                 const std::string& help) {
  return {app_.add_option(name, value, help), allowed_};
}

Argument CommandLine::add_option(const std::string& name, std::uint64_t& value,
                                 const std::string& help) {
  return {app_.add_option(name, value, help), allowed_};
}

Argument CommandLine::add_flag(const std::string& name, bool& value, const std::string& help) {
  return {app_.add_flag(name, value, help), allowed_};
}

}  // namespace lockstep::cli
