// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "book/folder.hpp"

#include <fcntl.h>
#include <stdio.h>
#include <stdlib.h>
#include <sys/stat.h>

#include <cerrno>
#include <cstring>
#include <fstream>
#include <set>

#include "model/interrupt.hpp"
#include "model/verdict.hpp"
#include "traces/atomic_file.hpp"

namespace lockstep::book {
namespace {

namespace fs = std::filesystem;

constexpr const char* first_line = "A report of Lockstep; its pages:";

[[noreturn]] void refuse(const fs::path& path, const std::string& why) {
  throw InputError(path.string(), 0, 0, why);
}

/// Why a folder that is there must not be replaced; or "".
std::string kept_for(const fs::path& folder) {
  if (!fs::is_directory(folder)) return "is no folder";
  if (fs::is_empty(folder)) return "";
  std::ifstream in(folder / contents_path);
  std::string line;
  if (!std::getline(in, line) || line != first_line) return "is there, and no report of Lockstep";
  std::set<std::string> own{contents_path};
  while (std::getline(in, line)) own.insert(line);
  for (const auto& entry : fs::recursive_directory_iterator(folder)) {
    if (entry.is_directory() && !entry.is_symlink()) continue;
    const std::string name = fs::relative(entry.path(), folder).string();
    if (!own.contains(name)) return "is a report, but " + name + " in it is no page of it";
  }
  return "";
}

/// A folder beside the target, which is removed again with all that is in it.
class Beside {
 public:
  Beside(const fs::path& named, const fs::path& target) : named_(named) {
    std::string name = target.string() + ".XXXXXX";
    if (mkdtemp(name.data()) == nullptr) {
      refuse(named, std::string{"cannot be made: "} + std::strerror(errno));
    }
    path_ = name;
    // mkdtemp lets nobody else in.
    const mode_t mask = umask(0);
    umask(mask);
    chmod(path_.c_str(), 0777 & ~mask);
  }
  ~Beside() {
    std::error_code ignored;
    fs::remove_all(path_, ignored);
  }
  Beside(const Beside&) = delete;
  Beside& operator=(const Beside&) = delete;

  const fs::path& path() const { return path_; }
  /// The two change places; what was there is removed with this.
  void take(const fs::path& target) {
    if (rename(path_.c_str(), target.c_str()) == 0) return;
    if (renameat2(AT_FDCWD, path_.c_str(), AT_FDCWD, target.c_str(), RENAME_EXCHANGE) == 0) return;
    refuse(named_, std::string{"cannot be replaced: "} + std::strerror(errno));
  }

 private:
  fs::path named_, path_;
};

}  // namespace

Folder::Folder(const fs::path& named) : named_(named) {
  std::error_code error;
  target_ = fs::weakly_canonical(fs::absolute(named), error);
  if (error) refuse(named, "cannot be reached: " + error.message());
  if (!target_.has_filename()) target_ = target_.parent_path();  // DIR/
  if (!fs::exists(target_)) {
    if (!fs::is_directory(target_.parent_path())) {
      refuse(named, "cannot be made: there is no folder " + target_.parent_path().string());
    }
    return;
  }
  const std::string why = kept_for(target_);
  if (!why.empty()) {
    refuse(named, why + ", and nothing is lost by a report; expected another -o");
  }
}

std::size_t Folder::write(const std::vector<Page>& pages) const {
  Beside beside(named_, target_);
  std::string contents = std::string{first_line} + "\n";
  std::size_t bytes = 0;
  for (const Page& page : pages) {
    interrupt::check();
    const fs::path file = beside.path() / page.path;
    fs::create_directories(file.parent_path());
    write_file(file, page.html);
    bytes += page.html.size();
    contents += page.path + "\n";
  }
  write_file(beside.path() / contents_path, contents);
  // Somebody may have put something there meanwhile.
  Folder{named_};
  interrupt::check();
  beside.take(target_);
  return bytes;
}

}  // namespace lockstep::book
