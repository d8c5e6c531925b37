// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <chrono>
#include <cstdio>
#include <cstdlib>
#include <fstream>
#include <sstream>
#include <stdexcept>
#include <string>
#include <vector>

namespace lockstep::testing {

/// What a program did.
struct Outcome {
  int status = 0;  ///< the exit status, or 128 + signal
  std::string out;
  std::string err;
  double seconds = 0;
};

inline std::string text_of(const std::string& file) {
  std::ifstream stream(file, std::ios::binary);
  std::ostringstream text;
  text << stream.rdbuf();
  return text.str();
}

/// A directory that goes away with its content.
class Scratch {
 public:
  Scratch() {
    char name[] = "/tmp/lockstep-test-XXXXXX";
    if (mkdtemp(name) == nullptr) throw std::runtime_error("no temporary directory");
    path_ = name;
  }
  ~Scratch() {
    if (std::system(("rm -rf -- '" + path_ + "'").c_str()) != 0) std::perror(path_.c_str());
  }
  Scratch(const Scratch&) = delete;
  Scratch& operator=(const Scratch&) = delete;
  std::string operator/(const std::string& name) const { return path_ + "/" + name; }

 private:
  std::string path_;
};

/// Runs a program; with `interrupt_after` a SIGINT is sent so many seconds later.
inline Outcome run(std::vector<std::string> words, double interrupt_after = -1) {
  const Scratch scratch;
  std::vector<char*> argv;
  for (std::string& word : words) argv.push_back(word.data());
  argv.push_back(nullptr);
  const auto start = std::chrono::steady_clock::now();
  const pid_t child = fork();
  if (child == 0) {
    const auto redirect = [](const std::string& file, int to) {
      dup2(open(file.c_str(), O_WRONLY | O_CREAT | O_TRUNC, 0600), to);
    };
    redirect(scratch / "out", STDOUT_FILENO);
    redirect(scratch / "err", STDERR_FILENO);
    dup2(open("/dev/null", O_RDONLY), STDIN_FILENO);
    execvp(argv[0], argv.data());
    _exit(127);
  }
  if (interrupt_after >= 0) {
    usleep(static_cast<useconds_t>(interrupt_after * 1e6));
    kill(child, SIGINT);
  }
  int status = 0;
  waitpid(child, &status, 0);
  Outcome outcome;
  outcome.status = WIFEXITED(status) ? WEXITSTATUS(status) : 128 + WTERMSIG(status);
  outcome.out = text_of(scratch / "out");
  outcome.err = text_of(scratch / "err");
  outcome.seconds = std::chrono::duration<double>(std::chrono::steady_clock::now() - start).count();
  return outcome;
}

}  // namespace lockstep::testing
