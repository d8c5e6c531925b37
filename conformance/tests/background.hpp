// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <functional>

#include "tests/process.hpp"

namespace lockstep::testing {

/// A program that runs beside the test, in a directory of its own; it is killed with this object.
class Background {
 public:
  explicit Background(std::vector<std::string> words) {
    std::filesystem::create_directory(directory());
    std::vector<char*> argv;
    for (std::string& word : words) argv.push_back(word.data());
    argv.push_back(nullptr);
    child_ = fork();
    if (child_ != 0) return;
    const auto redirect = [this](const std::string& name, int to) {
      dup2(open((scratch_ / name).c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), to);
    };
    redirect("out", STDOUT_FILENO);
    redirect("err", STDERR_FILENO);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    if (chdir(directory().c_str()) == 0) execvp(argv[0], argv.data());
    _exit(127);
  }
  ~Background() {
    send(SIGKILL);
    if (child_ > 0) waitpid(child_, nullptr, 0);
  }
  Background(const Background&) = delete;
  Background& operator=(const Background&) = delete;

  void send(int signal) const {
    if (child_ > 0) kill(child_, signal);
  }
  std::string directory() const { return scratch_ / "work"; }
  std::string out() const { return text_of(scratch_ / "out"); }
  std::string err() const { return text_of(scratch_ / "err"); }
  /// Has it ended, within so many seconds?
  bool ends_within(double seconds) {
    return child_ < 0 || until(seconds, [this] {
             if (waitpid(child_, &status_, WNOHANG) != child_) return false;
             child_ = -1;
             return true;
           });
  }
  /// What it did, when it has ended.
  Outcome outcome() const {
    return {WIFEXITED(status_) ? WEXITSTATUS(status_) : 128 + WTERMSIG(status_), out(), err(), 0};
  }

  /// Waits until something is so; false if it is not after so many seconds.
  static bool until(double seconds, const std::function<bool()>& is_so) {
    for (; seconds > 0; seconds -= 0.05) {
      if (is_so()) return true;
      usleep(50'000);
    }
    return is_so();
  }

 private:
  Scratch scratch_;
  pid_t child_ = -1;
  int status_ = 0;
};

}  // namespace lockstep::testing
