// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/server.hpp"

#include <signal.h>

#include <chrono>

#include "model/stopwatch.hpp"
#include "model/verdict.hpp"
#include "tlc/flatten.hpp"
#include "tlc/java.hpp"
#include "tlc/process.hpp"
#include "tlc/sockets.hpp"
#include "tlc/worker_log.hpp"

namespace lockstep::tlc {

namespace {

/// What the server says, where it is the distributed mode's own.
enum Code { computes_initial = 2189, behaviour = 2121, success = 2193, initial_is_wrong = 2102 };

std::vector<std::string> command(const std::filesystem::path& scratch, const ModelRun& run,
                                 const ServerOptions& options) {
  const std::string server = "tlc2.tool.distributed.TLCServer";
  std::vector<std::string> words{find_java().string(), "-XX:+UseSerialGC"};
  words.push_back("-XX:+ExitOnOutOfMemoryError");
  if (options.heap_bytes != 0) words.push_back("-Xmx" + std::to_string(options.heap_bytes));
  words.push_back("-Djava.io.tmpdir=" + scratch.string());
  words.push_back("-Djava.rmi.server.hostname=" + options.address.host);
  words.push_back("-D" + server + ".port=" + std::to_string(options.address.port));
  words.push_back("-D" + server + ".report=1000");  // milliseconds
  words.insert(words.end(), {"-cp", find_jar().string(), server, "-tool"});
  words.insert(words.end(), {"-fp", "0", "-checkpoint", "0"});
  // It does not read this from the configuration.
  if (!run.deadlock) words.push_back("-deadlock");
  words.insert(words.end(), {"-config", "MC.cfg", "MC.tla"});
  return words;
}

/// One run of the server: what it says, and when it is held back.
class Server {
 public:
  Server(const std::vector<std::string>& words, const std::filesystem::path& scratch,
         const ServerOptions& options)
      : options_(options),
        process_(words, scratch),
        reader_([this](const Progress& p) { progress(p); },
                [this](int code, bool is_error, std::string_view text) {
                  message(code, is_error, text);
                }) {}

  /// Until it ends.
  Report run() {
    ExitStatus status;
    try {
      status = *process_.wait_until(
          [this] {
            wait_for_workers();
            return false;
          },
          [this](std::string_view text) { reader_.feed(text); },
          [this](std::string_view text) {
            if (errors_.size() < 4096) errors_ += text.substr(0, 4096);
          },
          std::nullopt);
    } catch (...) {
      // It tells its workers to end, which they notice by themselves only after a minute.
      if (!held_) process_.ask_to_end(std::chrono::milliseconds(1500));
      throw;
    }
    if (stopped_ && status.code == 0 && status.signal == 0) return reader_.take();
    Report report = reader_.finish(status.code, status.signal, errors_);
    if (!error_.empty()) throw Undecided("TLC's server reports an error: " + error_);
    if (report.counts.queued != 0) throw Undecided("TLC's server left states in its queue");
    if (const std::string why = log_.doubt(report.counts.states); !why.empty()) {
      throw Undecided("TLC's server found nothing wrong, but " + why);
    }
    return report;
  }
  const WorkerLog& log() const { return log_; }
  bool stopped() const { return stopped_; }

 private:
  void message(int code, bool is_error, std::string_view text) {
    const unsigned lost = log_.lost(), processes = log_.processes();
    log_.message(code, text);
    if (log_.processes() > processes) note("a worker has come: " + first_line(text));
    if (log_.lost() > lost) note("a worker is lost: " + first_line(text));
    if (code == behaviour || code == initial_is_wrong) {
      stopped_ = true;
    } else if (is_error && error_.empty()) {
      error_ = first_line(text);
    }
    done_ = done_ || code == success || stopped_;
    if (code == computes_initial && options_.wanted > 1) hold();
    if (log_.none_left() && !done_) {
      const Progress& so_far = reader_.so_far().counts;
      throw Undecided("all workers are lost, after " + std::to_string(so_far.states) +
                      " states with " + std::to_string(so_far.queued) +
                      " of them left to look at; begin again, with others");
    }
  }
  void note(const std::string& text) const {
    if (options_.on_note) options_.on_note(text);
  }
  static std::string first_line(std::string_view text) {
    return std::string{text.substr(0, text.find('\n'))};
  }
  void progress(const Progress& now) const {
    if (log_.threads() != 0 && options_.on_progress) options_.on_progress(now);
  }

  /// The port of the server listens by now, and no worker has been let in: stopped so, it is what
  /// workers wait for, and Linux counts them.
  void hold() {
    held_ = true;
    process_.send(SIGSTOP);
  }
  void wait_for_workers() {
    if (log_.threads() != 0 || !options_.on_workers) return;
    const auto now = std::chrono::steady_clock::now();
    if (now - asked_ < std::chrono::milliseconds(200)) return;
    asked_ = now;
    const unsigned there = held_ ? connections_at(options_.address.port) : 0;
    options_.on_workers(there);
    if (!held_ || there < options_.wanted) return;
    held_ = false;
    process_.send(SIGCONT);
  }

  const ServerOptions& options_;
  Process process_;
  MessageReader reader_;
  WorkerLog log_;
  std::string errors_, error_;
  bool stopped_ = false, done_ = false, held_ = false;
  std::chrono::steady_clock::time_point asked_{};
};

}  // namespace

ServerAddress hold_free(ServerAddress address) {
  address.port = free_port(address.port);
  return address;
}

std::string worker_line(const ServerAddress& address) {
  const bool here = address.host == "localhost" || address.host.starts_with("127.");
  const std::string host = here ? address.host : "\"$(hostname -I | cut -d' ' -f1)\"";
  std::string jar = find_jar().string();
  for (std::size_t at = 0; (at = jar.find('\'', at)) != std::string::npos; at += 4) {
    jar.replace(at, 1, "'\\''");
  }
  // Without memory it has to end, not to go on with less. It waits as long as it takes. It may see
  // its own port, by which TLC names it.
  return "java -XX:+ExitOnOutOfMemoryError -Djava.rmi.server.hostname=" + host +
         " -Dsun.rmi.transport.tcp.handshakeTimeout=0"
         " --add-exports java.rmi/sun.rmi.server=ALL-UNNAMED"
         " --add-exports java.rmi/sun.rmi.transport=ALL-UNNAMED"
         " -Dtlc2.tool.distributed.TLCServer.port=" +
         std::to_string(address.port) + " -cp '" + jar + "' tlc2.tool.distributed.TLCWorker " +
         address.host;
}

ServerResult serve(const ModelRun& run, Layout& layout, const ServerOptions& options) {
  const Stopwatch watch;
  const ScratchDirectory scratch{options.scratch_root};
  write_module(run, scratch.path());
  Server server(command(scratch.path(), run, options), scratch.path(), options);
  const Report report = server.run();
  ServerResult result;
  result.stopped = server.stopped();
  result.counts = report.counts;
  result.version = report.version;
  result.workers = server.log().processes();
  result.threads = server.log().threads();
  result.lost = server.log().lost();
  result.seconds = watch.seconds();
  Flattener flattener{layout};
  for (const Report::Entry& entry : report.behaviour) {
    State state(layout.size());
    flattener.flatten(entry.state, {.file = "state of TLC"}, state.data());
    result.states.push_back(std::move(state));
  }
  return result;
}

}  // namespace lockstep::tlc
