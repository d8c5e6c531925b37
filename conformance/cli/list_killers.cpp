// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <filesystem>

#include "claims/killers.hpp"
#include "cli/common.hpp"
#include "cli/list.hpp"
#include "report/table.hpp"
#include "report/text.hpp"

namespace lockstep::cli {

Listing list_killers(const Manifest& manifest, const Protocols& protocols, const Workshop& workshop,
                     std::size_t width) {
  Listing out;
  report::Table table({"property", "part", "text", "place", "killed by", "steps", "size"});
  std::size_t parts = 0, by_variant = 0, unkilled = 0;
  for (const ManifestProtocol* p : protocols) {
    Killers killers(manifest, p->name);
    for (const std::string& property : killers.properties()) {
      for (const KilledPart& one : killers.of(property, true, workshop).parts) {
        const tla::PropertyPart& part = one.part;
        tla::Place brief = part.place;
        brief.file = std::filesystem::path(brief.file).filename().string();
        const std::string name =
            part.change == "conjunct" ? part.name() : part.name() + ", " + part.change;
        const std::string steps = one.steps ? std::to_string(*one.steps) : "";
        table.row({property, name, part.text, text(brief), one.by.empty() ? "nobody" : one.by,
                   steps, one.size});
        ++parts;
        if (one.by.empty()) ++unkilled;
        if (std::ranges::find(p->variants, one.by, &ManifestVariant::name) != p->variants.end()) {
          ++by_variant;
        }
        out.json.push_back({{"protocol", p->name},
                            {"property", property},
                            {"part", part.name()},
                            {"text", part.text},
                            {"change", part.change},
                            {"place", text(part.place)},
                            {"killed_by", or_null(one.by)},
                            {"steps", or_null(one.steps)},
                            {"size", or_null(one.size)}});
      }
    }
  }
  out.text = table.text(width) +
             fmt::format("\n{} parts: {} killed by a variant, {} otherwise, {} by nobody\n", parts,
                         by_variant, parts - by_variant - unkilled, unkilled);
  return out;
}

}  // namespace lockstep::cli
