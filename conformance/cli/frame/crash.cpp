// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/crash.hpp"

#include <unistd.h>

#include <csignal>
#include <cstdlib>
#include <cstring>

#include "build_info.hpp"
#include "model/verdict.hpp"

namespace lockstep::cli {
namespace {

std::string crash_text;  // made beforehand: a signal handler may not

void on_crash(int signal) {
  const auto put = [](const char* text, std::size_t size) {
    if (write(STDERR_FILENO, text, size) < 0) {
    }  // nothing left to tell it to
  };
  const char* name = sigabbrev_np(signal);
  put("lockstep: ended by signal SIG", 29);
  if (name != nullptr) put(name, std::strlen(name));
  put("\n", 1);
  put(crash_text.data(), crash_text.size());
  _exit(static_cast<int>(Exit::internal));
}

std::string how_to_report(const std::string& command) {
  return "This is an error of Lockstep itself. Please report it, with the lines above and:\n"
         "  version:   " LOCKSTEP_VERSION ", " __VERSION__ "\n  reproduce: " +
         command + "\n";
}

}  // namespace

std::string quoted(const std::string& word) {
  const char* plain = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789_-+=./,:@%^";
  if (!word.empty() && word.find_first_not_of(plain) == std::string::npos) return word;
  std::string out = "'";
  for (const char c : word) out += c == '\'' ? std::string("'\\''") : std::string(1, c);
  return out + "'";
}

std::string command_line(int argc, const char* const* argv) {
  const char* launcher = std::getenv("LOCKSTEP_LAUNCHER");
  std::string out = quoted(launcher != nullptr ? launcher : argc > 0 ? argv[0] : "lockstep");
  for (int i = 1; i < argc; ++i) out += " " + quoted(argv[i]);
  return out;
}

std::string report_wanted(const std::string& what, const std::string& command) {
  return "lockstep: " + what + "\n" + how_to_report(command);
}

void report_crashes(const std::string& command) {
  crash_text = how_to_report(command);
  static char stack[1 << 16];  // an overflown stack cannot hold the handler
  stack_t alternate{};
  alternate.ss_sp = stack;
  alternate.ss_size = sizeof stack;
  sigaltstack(&alternate, nullptr);
  for (const int signal : {SIGSEGV, SIGBUS, SIGFPE, SIGILL, SIGABRT}) {
    struct sigaction action {};
    sigaction(signal, nullptr, &action);
    if (action.sa_handler != SIG_DFL) continue;
    action.sa_handler = on_crash;
    action.sa_flags = SA_ONSTACK;
    sigaction(signal, &action, nullptr);
  }
}

}  // namespace lockstep::cli
