// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/process.hpp"

#include <fcntl.h>
#include <poll.h>
#include <signal.h>
#include <sys/prctl.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>
#include <cstdlib>
#include <cstring>
#include <utility>

#include "model/interrupt.hpp"
#include "model/verdict.hpp"

namespace lockstep::tlc {

namespace {

using Clock = std::chrono::steady_clock;

/// Both ends of a pipe, closed unless taken.
struct Pipe {
  int read = -1;
  int write = -1;
  Pipe() {
    int ends[2];
    if (pipe2(ends, O_CLOEXEC) != 0) {
      throw Undecided(std::string{"no pipe for a child process: "} + std::strerror(errno));
    }
    read = ends[0];
    write = ends[1];
  }
  ~Pipe() {
    if (read >= 0) close(read);
    if (write >= 0) close(write);
  }
  Pipe(const Pipe&) = delete;
  Pipe& operator=(const Pipe&) = delete;
};

/// What runs in the child: nothing here may allocate, for another thread may hold the heap's lock.
[[noreturn]] void become(char* const* command, char* const* environment, const char* directory,
                         int output, int error, pid_t parent) {
  setpgid(0, 0);
  prctl(PR_SET_PDEATHSIG, SIGKILL);
  sigset_t none;
  sigemptyset(&none);
  sigprocmask(SIG_SETMASK, &none, nullptr);
  const int input = open("/dev/null", O_RDONLY);
  const bool ready = getppid() == parent && chdir(directory) == 0 && dup2(input, 0) == 0 &&
                     dup2(output, 1) == 1 && dup2(error, 2) == 2;
  if (ready) execve(command[0], command, environment);
  constexpr char message[] = "cannot be started\n";
  [[maybe_unused]] const auto written = write(error, message, sizeof message - 1);
  _exit(127);
}

/// The environment of a child: ours, with a locale in which every path has a name. In the locale C
/// Java cannot open a file whose path is not ASCII.
class Environment {
 public:
  Environment() {
    for (char** at = environ; *at != nullptr; ++at) {
      if (!std::string_view{*at}.starts_with("LC_ALL=")) pointers_.push_back(*at);
    }
    pointers_.push_back(locale_.data());
    pointers_.push_back(nullptr);
  }
  char* const* get() const { return pointers_.data(); }

 private:
  std::string locale_ = "LC_ALL=C.UTF-8";
  std::vector<char*> pointers_;
};

}  // namespace

bool is_program(const std::filesystem::path& path) {
  std::error_code ignored;
  return std::filesystem::is_regular_file(path, ignored) && access(path.c_str(), X_OK) == 0;
}

std::optional<std::filesystem::path> find_program(std::string_view name) {
  const char* const variable = std::getenv("PATH");
  std::string_view path = variable == nullptr ? "" : variable;
  while (!path.empty()) {
    const std::size_t end = path.find(':');
    const std::string_view directory = path.substr(0, end);
    path.remove_prefix(end == std::string_view::npos ? path.size() : end + 1);
    const std::filesystem::path program = std::filesystem::path{directory} / name;
    if (!directory.empty() && is_program(program)) return std::filesystem::absolute(program);
  }
  return std::nullopt;
}

Process::Process(const std::vector<std::string>& command, const std::filesystem::path& directory) {
  Pipe output;
  Pipe error;
  std::vector<char*> words;
  for (const std::string& word : command) words.push_back(const_cast<char*>(word.c_str()));
  words.push_back(nullptr);
  const Environment environment;
  const pid_t parent = getpid();
  child_ = fork();
  if (child_ < 0) throw Undecided(std::string{"no child process: "} + std::strerror(errno));
  if (child_ == 0)
    become(words.data(), environment.get(), directory.c_str(), output.write, error.write, parent);
  // Here too, for whoever of the two comes first.
  setpgid(child_, child_);
  output_ = std::exchange(output.read, -1);
  error_ = std::exchange(error.read, -1);
  fcntl(output_, F_SETFL, O_NONBLOCK);
  fcntl(error_, F_SETFL, O_NONBLOCK);
}

Process::~Process() {
  if (output_ >= 0) close(output_);
  if (error_ >= 0) close(error_);
  if (child_ < 0) return;
  kill(-child_, SIGKILL);
  while (waitpid(child_, nullptr, 0) < 0 && errno == EINTR) {
  }
}

bool Process::drain(int& file, const Sink& sink) {
  char buffer[1 << 16];
  while (file >= 0) {
    const ssize_t count = read(file, buffer, sizeof buffer);
    if (count > 0) {
      sink({buffer, static_cast<std::size_t>(count)});
    } else if (count < 0 && (errno == EAGAIN || errno == EINTR)) {
      return true;
    } else {
      close(std::exchange(file, -1));
    }
  }
  return false;
}

std::optional<ExitStatus> Process::ended() {
  // The child stays a zombie until its group is killed, so that the group's number stays ours.
  siginfo_t info{};
  if (waitid(P_PID, static_cast<id_t>(child_), &info, WEXITED | WNOHANG | WNOWAIT) != 0 ||
      info.si_pid == 0) {
    return std::nullopt;
  }
  if (info.si_code == CLD_EXITED) return ExitStatus{info.si_status, 0};
  return ExitStatus{0, info.si_status};
}

ExitStatus Process::wait(const Sink& on_output, const Sink& on_error,
                         std::optional<std::chrono::duration<double>> limit) {
  return *wait_until([] { return false; }, on_output, on_error, limit);
}

std::optional<ExitStatus> Process::wait_until(const std::function<bool()>& enough,
                                              const Sink& on_output, const Sink& on_error,
                                              std::optional<std::chrono::duration<double>> limit) {
  const auto start = Clock::now();
  for (;;) {
    interrupt::check();
    if (limit && Clock::now() - start > *limit) throw Undecided("out of time");
    // A grandchild may keep the pipes open, and a child may close them: neither tells of the end.
    const auto status = ended();
    const bool more_output = drain(output_, on_output);
    const bool more_errors = drain(error_, on_error);
    if (status) return status;
    if (enough()) return std::nullopt;
    pollfd files[3] = {{output_, POLLIN, 0}, {error_, POLLIN, 0}, {interrupt::fd(), POLLIN, 0}};
    poll(files, 3, more_output || more_errors ? 50 : 5);
  }
}

void Process::send(int signal) const {
  // Until it is waited for in the destructor the number is the child's.
  kill(child_, signal);
}

void Process::ask_to_end(std::chrono::duration<double> grace) {
  send(SIGTERM);
  const auto start = Clock::now();
  const Sink nowhere = [](std::string_view) {};
  while (!ended() && Clock::now() - start < grace) {
    drain(output_, nowhere);
    drain(error_, nowhere);
    poll(nullptr, 0, 20);
  }
}

}  // namespace lockstep::tlc
