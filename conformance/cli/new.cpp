// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <cctype>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <iterator>
#include <set>
#include <utility>
#include <vector>

#include "cli/common.hpp"
#include "cli/frame/command.hpp"
#include "cli/frame/crash.hpp"
#include "cli/frame/data.hpp"
#include "machines/protocol.hpp"
#include "report/text.hpp"
#include "traces/atomic_file.hpp"

namespace lockstep::cli {
namespace {

namespace fs = std::filesystem;

struct Arguments {
  std::string name, into;
};

/// What the skeleton is called in conformance/skeleton.
constexpr std::string_view model_name = "mylock", model_module = "Mylock";

/// "my_lock" as a module of TLA+: MyLock.
std::string module_of(const std::string& name) {
  std::string out;
  bool begins = true;
  for (const char c : name) {
    if (c != '_') out += begins ? static_cast<char>(std::toupper(c)) : c;
    begins = c == '_';
  }
  return out;
}

[[noreturn]] void refuse(const std::string& what, const std::string& why) {
  throw InputError(what, 0, 0, why);
}

void hold_name(const std::string& name) {
  const auto good = [](unsigned char c) { return std::islower(c) || std::isdigit(c) || c == '_'; };
  if (name.empty() || !std::islower(static_cast<unsigned char>(name.front())) ||
      name.ends_with('_') || !std::ranges::all_of(name, good)) {
    refuse("NAME", "'" + name +
                       "' is no name of a protocol; expected small letters, digits and _, "
                       "as in ticket_lock");
  }
  const auto same = [&](const Protocol* known) { return known->name() == name; };
  if (std::ranges::any_of(Protocol::all(), same)) {
    refuse("NAME", "'" + name + "' is a protocol of Lockstep's own; expected another name");
  }
  const std::string module = module_of(name);
  const std::set<std::string> standard{"Bags",  "FiniteSets", "Integers", "Naturals",
                                       "Reals", "Sequences",  "Tlc"};
  const fs::path common = fs::path{data_root()} / "spec" / "common" / (module + ".tla");
  if (standard.contains(module) || fs::exists(common) || name == "build") {
    refuse("NAME", "'" + name + "' is taken: " +
                       (name == "build" ? "protocols are built in a folder of that name"
                                        : "there is a module " + module + " already") +
                       "; expected another name");
  }
}

std::string text_of(const fs::path& file) {
  std::ifstream in(file, std::ios::binary);
  return {std::istreambuf_iterator<char>{in}, {}};
}

std::string with(std::string text, std::string_view from, const std::string& to) {
  for (std::size_t at = 0; (at = text.find(from, at)) != std::string::npos; at += to.size()) {
    text.replace(at, from.size(), to);
  }
  return text;
}

/// The skeleton under another name. The licence is ours, not that of what a user makes of it; of
/// what is derived it is part.
class Skeleton {
 public:
  explicit Skeleton(const std::string& name)
      : name_(name), root_(fs::path{data_root()} / "conformance" / "skeleton") {
    if (!fs::is_directory(root_ / model_name)) {
      refuse(root_.string(),
             "no skeleton of a protocol here; expected that of the source tree or "
             "of an installation");
    }
  }

  /// Each file of the protocol's folder, below the folder of protocols: its name and its text.
  std::vector<std::pair<fs::path, std::string>> files() const {
    std::set<fs::path> all;
    for (const auto& entry : fs::recursive_directory_iterator(root_ / model_name)) {
      if (entry.is_regular_file()) all.insert(entry.path());
    }
    std::vector<std::pair<fs::path, std::string>> out;
    for (const fs::path& file : all) {
      std::string text = text_of(file);
      if (file.extension() != ".cfg") text = without_licence(text);
      out.emplace_back(renamed(fs::relative(file, root_).string()), renamed(text));
    }
    return out;
  }
  std::string project() const {
    return renamed(without_licence(text_of(root_ / "CMakeLists.txt")));
  }

 private:
  std::string renamed(const std::string& text) const {
    return with(with(text, model_name, name_), model_module, module_of(name_));
  }
  static std::string without_licence(const std::string& text) {
    std::string out;
    for (std::size_t at = 0; at < text.size();) {
      const std::size_t end = std::min(text.find('\n', at), text.size() - 1) + 1;
      const std::string line = text.substr(at, end - at);
      if (line.find("SPDX-") == std::string::npos) out += line;
      at = end;
    }
    return out;
  }

  std::string name_;
  fs::path root_;
};

/// DIR/CMakeLists.txt with one protocol more.
std::string with_protocol(const fs::path& project, const Skeleton& skeleton,
                          const std::string& name) {
  if (!fs::exists(project)) return skeleton.project();
  std::string text = text_of(project);
  if (text.find("find_package(lockstep") == std::string::npos) {
    refuse(project.string(),
           "has no find_package(lockstep); expected that line, or another --into");
  }
  if (!text.ends_with('\n')) text += '\n';
  return text + "lockstep_add_protocol(" + name + ")\n";
}

Exit new_work(Session& session, const Arguments& arguments) {
  hold_name(arguments.name);
  const Skeleton skeleton(arguments.name);
  const fs::path into = arguments.into;
  if (fs::exists(into / arguments.name)) {
    refuse((into / arguments.name).string(),
           "is there already, and nothing is overwritten; "
           "expected another name, or another --into");
  }
  const fs::path project = into / "CMakeLists.txt";
  const std::string list = with_protocol(project, skeleton, arguments.name);
  report::Json written = report::Json::array();
  const auto write = [&](const fs::path& file, const std::string& text) {
    fs::create_directories(file.parent_path());
    write_file(file, text);
    written.push_back(file.string());
    session.print(file.string() + "\n");
  };
  for (const auto& [name, text] : skeleton.files()) write(into / name, text);
  write(project, list);
  const char* launcher = std::getenv("LOCKSTEP_LAUNCHER");
  const std::string program = quoted(launcher == nullptr ? "lockstep" : launcher);
  const std::string where = " --protocols " + quoted(into.string());
  const std::vector<std::string> next{
      program + " verify" + where,
      program + " explore " + arguments.name + " --variant no_look" + where,
      program + " order " + arguments.name + where,
      program + " verify --update" + where,
  };
  session.print("\nNext:\n  " + report::join(next, "\n  ") +
                "\nThe first builds it and holds all that is claimed; the last records what you "
                "changed.\n");
  session.document({{"files", written}, {"next", next}});
  return Exit::pass;
}

const Command new_protocol{
    "new",
    "the skeleton of a protocol of your own, in a folder of yours",
    {"lockstep new ticket_lock --into my_locks"},
    [](CommandLine& line) {
      auto arguments = std::make_shared<Arguments>();
      line.add_option("NAME", arguments->name, "of the protocol: small letters, digits and _")
          .required();
      line.add_option("--into", arguments->into,
                      "the folder of your protocols; it is made where it is missing")
          .required()
          .type_name("DIR");
      return Work([arguments](Session& session) { return new_work(session, *arguments); });
    }};

}  // namespace
}  // namespace lockstep::cli
