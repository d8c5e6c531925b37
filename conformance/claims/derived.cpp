// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/derived.hpp"

#include <algorithm>
#include <fstream>
#include <iterator>
#include <map>
#include <set>

#include "claims/beside/sites.hpp"
#include "claims/cfg_files.hpp"
#include "model/verdict.hpp"
#include "report/text.hpp"

namespace lockstep {

namespace {

namespace fs = std::filesystem;

using Row = std::vector<std::string>;

/// A table of Markdown. A bar in a cell would end it.
std::string table(const Row& head, const std::vector<Row>& rows) {
  const auto line = [](const Row& cells) {
    std::string out = "|";
    for (std::string cell : cells) {
      for (std::size_t at = 0; (at = cell.find('|', at)) != std::string::npos; at += 2) {
        cell.insert(at, "\\");
      }
      if (!cell.empty()) out.append(" ").append(cell);
      out.append(" |");
    }
    return out + "\n";
  };
  std::string out = line(head) + line(Row(head.size(), "---"));
  for (const Row& row : rows) out += line(row);
  return out;
}

std::string code(const std::string& text) {
  return text.empty() ? "" : std::string{"`"}.append(text).append("`");
}

std::string grouped(const std::optional<std::uint64_t>& number) {
  return number ? report::grouped(*number) : std::string{not_recorded};
}

std::string properties_table(const ManifestProtocol& p) {
  std::vector<Row> rows;
  for (const ManifestProperty& one : p.properties) {
    rows.push_back({code(one.name), one.kind, one.words, report::join(one.ids, ", ")});
  }
  for (const ManifestProperty& one : p.possible) {
    rows.push_back({code(one.name), one.kind, one.words, report::join(one.ids, ", ")});
  }
  for (const ManifestProperty& one : p.refuted) {
    rows.push_back({code(one.name), "refuted", "**false, and known**: " + one.words,
                    report::join(one.ids, ", ")});
  }
  return table({"property", "kind", "in words", "ids"}, rows);
}

std::string broken_table(const ManifestProtocol& p) {
  std::vector<Row> rows;
  for (const ManifestVariant& v : p.variants) {
    if (v.holds) continue;
    const auto& steps = v.expected.at("tlc").steps;
    const auto broken = std::ranges::find(p.properties, v.breaks, &ManifestProperty::name);
    const bool safety = broken->kind == "invariant" || broken->kind == "action";
    const std::string without{safety ? not_recorded : "lasso"};
    rows.push_back({code(v.name), v.why, v.scenario.value_or(""), code(v.breaks), v.size,
                    steps ? std::to_string(*steps) : without});
  }
  return table({"name", "what is different", "scenario", "fails with", "at", "steps"}, rows);
}

std::string holding_table(const ManifestProtocol& p) {
  std::vector<Row> rows;
  for (const ManifestVariant& v : p.variants) {
    if (v.holds) rows.push_back({code(v.name), v.why, v.scenario.value_or("")});
  }
  return table({"name", "what is different", "scenario"}, rows);
}

std::string configurations_table(const ManifestProtocol& p) {
  std::vector<Row> rows;
  for (const CfgFile& file : cfg_files(p)) {
    if (file.variant != "holds" || !file.violates.empty()) continue;
    const auto size = std::ranges::find(p.sizes, file.size, &ManifestSize::size);
    rows.push_back({code(file.name), file.size, grouped(size->states), grouped(size->transitions)});
  }
  return table({"file", "size", "states", "transitions"}, rows);
}

/// Sites that differ in nothing but their names share a row.
std::string steps_table(const beside::Sites& sites) {
  std::vector<Row> rows;
  std::map<Row, std::size_t> row_of;
  for (const beside::Site& site : sites.all()) {
    // Of a fence none is said: it stands there for the questions that make it more.
    const bool silent = site.order == Order::none && site.kind != Kind::fence;
    const std::string order = silent ? "" : std::string{name_of(site.order)};
    const bool differs = !site.kernel.empty() && !site.why.empty();
    Row row{site.variant == "holds" ? "" : "in variants: ", code(site.literal->function),
            site.kernel.empty() ? "none: " + site.why : site.kernel, site.primitive,
            differs ? order + ": " + site.why : order};
    const auto [at, added] = row_of.try_emplace(row, rows.size());
    if (added) {
      row[0] += code(site.name);
      rows.push_back(std::move(row));
    } else {
      rows[at->second][0] += ", " + code(site.name);
    }
  }
  return table({"site", "reference", "kernel", "its primitive", "order here"}, rows);
}

/// What is written anew is a table: other text between the marks is somebody's, who forgot the end.
void hold_rows(const std::string& between, const fs::path& path, std::size_t line,
               const std::string& name) {
  for (std::size_t at = 0; at < between.size(); ++line) {
    const std::size_t stop = std::min(between.find('\n', at), between.size());
    if (stop != at && between[at] != '|') {
      throw InputError(
          path.string(), line, 1,
          "is no row of the table '" + name +
              "', which has no '<!-- end -->' before; expected one, or nothing but rows");
    }
    at = stop + 1;
  }
}

/// The tables that have rows to show: without its marks nobody would see them.
std::vector<std::string> wanted_tables(const ManifestProtocol& p, bool has_sites) {
  const auto any = [&](bool holds) {
    return std::ranges::any_of(p.variants,
                               [&](const ManifestVariant& v) { return v.holds == holds; });
  };
  std::vector<std::string> out{"properties", "configurations"};
  if (has_sites) out.push_back("steps");
  if (any(false)) out.push_back("broken");
  if (any(true)) out.push_back("holding");
  return out;
}

/// README.md with the tables between its marks written anew.
std::string readme(const Manifest& manifest, const ManifestProtocol& p, const fs::path& path,
                   const std::string& text) {
  constexpr std::string_view begin = "<!-- verify --update: ", end = "<!-- end -->";
  std::string out;
  std::size_t line = 1;
  const beside::Sites sites(manifest, p.name);
  std::vector<std::string> wanted = wanted_tables(p, sites.found());
  for (std::size_t at = 0; at < text.size();) {
    const std::size_t stop = std::min(text.find('\n', at), text.size() - 1) + 1;
    const std::string_view here = std::string_view{text}.substr(at, stop - at);
    out += here;
    at = stop;
    const std::size_t began = line++;
    if (!here.starts_with(begin)) continue;
    const std::string name{here.substr(begin.size(), here.find(" -->") - begin.size())};
    if (name == "steps") {
      if (!sites.found()) {
        throw InputError(path.string(), began, 1,
                         "a table of steps, and no text of a reference beside spec/");
      }
      out += steps_table(sites);
    } else if (name == "properties") {
      out += properties_table(p);
    } else if (name == "broken") {
      out += broken_table(p);
    } else if (name == "holding") {
      out += holding_table(p);
    } else if (name == "configurations") {
      out += configurations_table(p);
    } else {
      throw InputError(path.string(), began, 1,
                       "no table '" + name +
                           "' is written here; expected steps, properties, "
                           "broken, holding or configurations");
    }
    std::erase(wanted, name);
    const std::size_t last = text.find(end, at);
    if (last == std::string::npos) {
      throw InputError(path.string(), began, 1, "a table without its '<!-- end -->'");
    }
    hold_rows(text.substr(at, last - at), path, line, name);
    line += static_cast<std::size_t>(std::count(text.begin() + static_cast<std::ptrdiff_t>(at),
                                                text.begin() + static_cast<std::ptrdiff_t>(last),
                                                '\n'));
    at = last;
  }
  if (!wanted.empty()) {
    throw InputError(path.string(), line, 1,
                     "lacks the table '" + wanted.front() + "'; expected a line '" +
                         std::string{begin} + wanted.front() + " -->', and one '" +
                         std::string{end} + "'");
  }
  return out;
}

}  // namespace

std::vector<DerivedFile> derived_files(const Manifest& manifest, const ManifestProtocol& protocol,
                                       const fs::path& folder) {
  std::vector<DerivedFile> out;
  for (CfgFile& file : cfg_files(protocol)) {
    out.push_back({folder / file.name, std::move(file.text)});
  }
  const fs::path path = folder / "README.md";
  std::ifstream in(path, std::ios::binary);
  if (!in && protocol.foreign) return out;
  if (!in) {
    throw InputError(path.string(), 0, 0,
                     "is not there; expected words about the protocol, with the tables that "
                     "verify --update writes (spec/README.md)");
  }
  const std::string text{std::istreambuf_iterator<char>{in}, {}};
  out.push_back({path, readme(manifest, protocol, path, text)});
  return out;
}

std::vector<fs::path> surplus_files(const std::vector<DerivedFile>& derived,
                                    const fs::path& folder) {
  std::set<fs::path> known;
  for (const DerivedFile& file : derived) known.insert(file.path);
  std::vector<fs::path> out;
  for (const auto& entry : fs::directory_iterator(folder)) {
    if (entry.path().extension() == ".cfg" && !known.contains(entry.path())) {
      out.push_back(entry.path());
    }
  }
  std::ranges::sort(out);
  return out;
}

}  // namespace lockstep
