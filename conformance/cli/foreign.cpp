// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/foreign.hpp"

#include <dlfcn.h>
#include <fcntl.h>
#include <fmt/format.h>
#include <sys/file.h>
#include <unistd.h>

#include <algorithm>
#include <fstream>
#include <set>
#include <string>

#include "cli/frame/crash.hpp"
#include "cli/frame/data.hpp"
#include "machines/protocol.hpp"
#include "model/verdict.hpp"
#include "report/text.hpp"
#include "tlc/process.hpp"

namespace lockstep::cli {

namespace {

namespace fs = std::filesystem;

[[noreturn]] void refuse(const fs::path& what, const std::string& why) {
  throw InputError(what.string(), 0, 0, why);
}

/// One program at a time builds a folder.
class BuildLock {
 public:
  explicit BuildLock(const fs::path& build) {
    std::error_code error;
    fs::create_directories(build, error);
    file_ = open((build / "lockstep.lock").c_str(), O_RDWR | O_CREAT | O_CLOEXEC, 0666);
    if (file_ < 0) refuse(build, "cannot be written; the protocols beside it are built here");
    while (flock(file_, LOCK_EX) != 0 && errno == EINTR) {
    }
  }
  ~BuildLock() { close(file_); }
  BuildLock(const BuildLock&) = delete;
  BuildLock& operator=(const BuildLock&) = delete;

 private:
  int file_ = -1;
};

/// The code of one folder of protocols.
class Build {
 public:
  explicit Build(const fs::path& folder) : folder_(folder), build_(folder / "build") {}

  /// What is out of date is compiled; CMake knows what that is. Each protocol is asked for by name:
  /// a module that nothing builds any more may lie there still.
  void make(const std::vector<fs::path>& protocols) const {
    if (!fs::exists(folder_ / "CMakeLists.txt")) {
      refuse(folder_ / "CMakeLists.txt",
             "no such file; expected `find_package(lockstep REQUIRED)` and "
             "`lockstep_add_protocol(NAME)` for each protocol, as `lockstep new` writes them");
    }
    const auto cmake = tlc::find_program("cmake");
    if (!cmake) refuse(folder_, "no cmake to build its protocols with; install the package cmake");
    const BuildLock lock(build_);
    const std::string package = package_directory().string();
    if (!configured_for(package)) {
      std::vector<std::string> configure{cmake->string(),
                                         "--fresh",
                                         "-S",
                                         folder_.string(),
                                         "-B",
                                         build_.string(),
                                         "-Dlockstep_DIR:PATH=" + package};
      if (tlc::find_program("ninja")) configure.insert(configure.end(), {"-G", "Ninja"});
      run(configure);
    }
    std::vector<std::string> compile{cmake->string(), "--build", build_.string(), "--target"};
    for (const fs::path& protocol : protocols) {
      compile.push_back("lockstep_" + protocol.filename().string());
    }
    run(compile);
  }

  fs::path module_of(const fs::path& protocol) const {
    return build_ / (protocol.filename().string() + ".so");
  }

 private:
  /// For this program, and for this folder: the build of a copied one is of the code that it was
  /// copied from.
  bool configured_for(const std::string& package) const {
    std::set<std::string> missing{"lockstep_DIR:PATH=" + package,
                                  "CMAKE_HOME_DIRECTORY:INTERNAL=" + folder_.string(),
                                  "CMAKE_CACHEFILE_DIR:INTERNAL=" + build_.string()};
    std::ifstream cache(build_ / "CMakeCache.txt");
    for (std::string line; std::getline(cache, line);) missing.erase(line);
    return missing.empty();
  }

  void run(const std::vector<std::string>& command) const {
    std::string said;
    bool told = false;
    const auto sink = [&](std::string_view text) {
      said += text;
      if (told || said.find("Building ") == std::string::npos) return;
      told = true;
      fmt::print(stderr, "lockstep: building {}\n", report::printable(folder_.string()));
    };
    tlc::Process process(command, folder_);
    const tlc::ExitStatus status = process.wait(sink, sink, {});
    if (status.code == 0 && status.signal == 0) return;
    const std::string_view missing = "target 'lockstep_";
    if (const std::size_t at = said.find(missing); at != std::string::npos) {
      const std::size_t begin = at + missing.size();
      const std::string protocol = said.substr(begin, said.find('\'', begin) - begin);
      refuse(folder_ / "CMakeLists.txt", "builds nothing for folder " + protocol +
                                             "; expected lockstep_add_protocol(" + protocol + ")");
    }
    fmt::print(stderr, "{}", report::printable(said));
    std::string line;
    for (const std::string& word : command) line += (line.empty() ? "" : " ") + quoted(word);
    refuse(folder_, "cannot be built, as said above; the command: " + line);
  }

  fs::path folder_, build_;
};

std::string names_from(std::size_t first) {
  std::string out;
  const auto& all = Protocol::all();
  for (std::size_t i = first; i < all.size(); ++i) {
    out += (out.empty() ? "'" : ", '") + std::string{all[i]->name()} + "'";
  }
  return out.empty() ? "nothing" : out;
}

/// The module stays until the program ends: what it has registered is used everywhere.
void load(const fs::path& module, const fs::path& protocol) {
  const std::string name = protocol.filename().string();
  const std::size_t before = Protocol::all().size();
  if (dlopen(module.c_str(), RTLD_NOW | RTLD_LOCAL) == nullptr) {
    refuse(module, std::string{"cannot be loaded: "} + dlerror());
  }
  const std::string registered = names_from(before);
  if (registered != "'" + name + "'") {
    refuse(protocol, "its code registers " + registered + "; expected '" + name +
                         "' alone, as the folder is called");
  }
}

/// The folders with a protocol.json below it, by name.
std::vector<fs::path> protocols_of(const fs::path& folder) {
  std::set<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (fs::exists(entry.path() / "protocol.json")) out.insert(entry.path());
  }
  if (out.empty()) {
    refuse(folder,
           "no protocol here; expected a folder with a protocol.json, as `lockstep new "
           "NAME --into " +
               folder.string() + "` makes it");
  }
  return {out.begin(), out.end()};
}

std::vector<fs::path> load_all() {
  std::vector<fs::path> out;
  std::set<fs::path> seen;
  for (const std::string& named : protocol_folders()) {
    if (!fs::is_directory(named)) {
      refuse(named, "no such directory; expected a folder of your own protocols");
    }
    const fs::path folder = fs::canonical(named);
    if (!seen.insert(folder).second) continue;
    const std::vector<fs::path> protocols = protocols_of(folder);
    for (const fs::path& protocol : protocols) {
      const auto same = [&](const Protocol* known) {
        return known->name() == protocol.filename().string();
      };
      if (std::ranges::any_of(Protocol::all(), same)) {
        refuse(protocol, "there is a protocol of this name already; expected another name");
      }
    }
    const Build build(folder);
    build.make(protocols);
    for (const fs::path& protocol : protocols) load(build.module_of(protocol), protocol);
    out.insert(out.end(), protocols.begin(), protocols.end());
  }
  return out;
}

}  // namespace

const std::vector<fs::path>& foreign_protocols() {
  static const std::vector<fs::path> all = load_all();
  return all;
}

}  // namespace lockstep::cli
