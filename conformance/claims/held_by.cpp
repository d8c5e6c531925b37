// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/held_by.hpp"

#include <algorithm>
#include <vector>

#include "orders/program/question_file.hpp"
#include "report/suggest.hpp"

namespace lockstep {

namespace {

/// Properties by name, and questions by that of their file: `04_reuse.question` is `reuse`.
std::vector<std::string> names_of(const ManifestProtocol& p) {
  std::vector<std::string> out;
  for (const auto* stated : {&p.properties, &p.possible, &p.refuted}) {
    for (const ManifestProperty& property : *stated) out.push_back(property.name);
  }
  for (const auto& file : p.questions) {
    out.push_back(orders::question_name(file));
  }
  return out;
}

}  // namespace

void hold_held_by(const std::string& text, const std::string& file, const ManifestProtocol& p) {
  const std::vector<std::string> known = names_of(p);
  for (std::size_t at = 0; (at = text.find("[`", at)) != std::string::npos; ++at) {
    const std::size_t close = text.find(']', at);
    if (close == std::string::npos) return;
    if (close + 1 < text.size() && text[close + 1] == '(') continue;  // a link
    for (std::size_t name = at + 1; name < close; ++name) {
      if (text[name] != '`') continue;
      const std::size_t end = std::min(text.find('`', name + 1), close);
      const std::string one = text.substr(name + 1, end - name - 1);
      if (std::ranges::find(known, one) == known.end()) {
        const std::size_t begins = text.rfind('\n', name) + 1;
        const auto line =
            1 + std::count(text.begin(), text.begin() + static_cast<long>(name), '\n');
        throw InputError(file, static_cast<std::size_t>(line), name - begins + 1,
                         "'" + one + "' is no property and no question of " + p.name +
                             ", and holds nothing" + report::suggestion(one, known));
      }
      name = end;
    }
  }
}

}  // namespace lockstep
