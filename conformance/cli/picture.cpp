// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/picture.hpp"

#include <spawn.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <filesystem>
#include <fstream>

#include "model/verdict.hpp"

namespace lockstep::cli {

namespace {

namespace fs = std::filesystem;

/// A file beside the one that is wanted; gone at the end, unless it has taken that one's place.
class Beside {
 public:
  explicit Beside(const std::string& file)
      : file_{file}, beside_{file + "." + std::to_string(getpid()) + ".part"} {}
  ~Beside() {
    std::error_code ignored;
    fs::remove(beside_, ignored);
  }
  const std::string& name() const { return beside_; }
  void take_place() const {
    std::error_code error;
    fs::rename(beside_, file_, error);
    if (error) throw InputError(file_, 0, 0, "cannot be written: " + error.message());
  }

 private:
  std::string file_, beside_;
};

void write(const std::string& file, const std::string& to, const std::string& text) {
  std::ofstream out(to, std::ios::binary);
  out << text;
  out.close();
  if (!out) throw InputError(file, 0, 0, "cannot be written; expected a file in a directory that there is");
}

void graphviz(const std::string& graph, const std::string& file, const std::string& format) {
  if (file.empty()) return;
  const Beside source{file + ".dot"}, made{file};
  write(file, source.name(), graph);
  std::string arguments[] = {"dot", "-T" + format, "-o", made.name(), source.name()};
  // A name that begins with a dash would be an option.
  if (source.name().front() == '-') {
    throw InputError(file, 0, 0, "expected a file name that does not begin with '-'");
  }
  char* const argv[] = {arguments[0].data(), arguments[1].data(), arguments[2].data(),
                        arguments[3].data(), arguments[4].data(), nullptr};
  pid_t child = 0;
  const int error = posix_spawnp(&child, "dot", nullptr, nullptr, argv, environ);
  int status = 0;
  if (error == 0) {
    while (waitpid(child, &status, 0) < 0 && errno == EINTR) {
    }
  }
  const bool missing = error != 0 || (WIFEXITED(status) && WEXITSTATUS(status) == 127);
  if (missing) {
    throw InputError(file, 0, 0,
                     "there is no Graphviz to draw it; install the package 'graphviz', or take --dot FILE");
  }
  if (!WIFEXITED(status) || WEXITSTATUS(status) != 0 || !fs::exists(made.name())) {
    throw InputError(file, 0, 0, "Graphviz (dot) did not draw it; expected a file that can be written");
  }
  made.take_place();
}

}  // namespace

void write_whole(const std::string& file, const std::string& text) {
  const Beside part{file};
  write(file, part.name(), text);
  part.take_place();
}

void draw(const std::string& graph, const PictureFiles& files) {
  if (!files.dot.empty()) write_whole(files.dot, graph);
  graphviz(graph, files.svg, "svg");
  graphviz(graph, files.png, "png");
}

}  // namespace lockstep::cli
