// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/starts.hpp"

#include <cstring>

#include "report/values.hpp"
#include "tla/module.hpp"

namespace lockstep {

std::vector<std::string> different_starts(const Subject& subject, const Layout& layout,
                                          StateView spec, StateView reference) {
  std::vector<std::string> out;
  if (spec.size() != layout.size() || reference.size() != layout.size()) return out;
  for (const std::size_t i : report::changed(spec, reference)) {
    const bool field = subject.model->world().find_field(layout[i].variable) != nullptr;
    const std::string& name = subject.protocol->name;
    const std::string by =
        field ? "by the registration of " + name + " ('starts')" : "by the code of " + name;
    out.push_back(layout[i].text() + " is " + report::value_text(layout, i, spec[i]) +
                  " by Init, " + report::value_text(layout, i, reference[i]) + " " + by);
  }
  return out;
}

void hold_start(const Subject& subject) {
  const auto start_of = [](System& system) {
    std::vector<std::byte> bytes(system.snapshot_bytes());
    system.initial(bytes.data());
    State out(system.world().layout().size());
    std::memcpy(out.data(), bytes.data(), out.size() * sizeof(Atom));
    return out;
  };
  std::unique_ptr<System> spec;
  try {
    spec = spec_system(subject);
  } catch (const InputError&) {
    return;  // what compares them says why it cannot be read; others may go on
  }
  const auto reference = subject.model->stepped();
  const auto different =
      different_starts(subject, spec->world().layout(), start_of(*spec), start_of(*reference));
  if (different.empty()) return;
  const ManifestProtocol& protocol = *subject.protocol;
  const tla::Place at = tla::Module::read(protocol.module, protocol.directories).place("Init");
  throw InputError(at.file, at.line, at.column, different.front() + "; expected one start of both");
}

}  // namespace lockstep
