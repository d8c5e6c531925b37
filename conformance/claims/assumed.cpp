// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/assumed.hpp"

#include "model/verdict.hpp"
#include "tla/fold.hpp"
#include "tla/function.hpp"
#include "tla/model_constants.hpp"

namespace lockstep {

void hold_assumptions(const tla::Module& module, const Model& model) {
  const tla::ModelConstants given = tla::ModelConstants::of(model.constants());
  const tla::Ground ground{model.world().layout(), given.members};
  for (const tla::Expr& assumed : module.assumptions(given.constants, &ground)) {
    if (tla::is_true(assumed)) continue;
    std::string constants;
    for (const auto& [name, value] : model.constants()) {
      constants += (constants.empty() ? "" : ", ") + name + " = " + value;
    }
    throw InputError(assumed->place.file, assumed->place.line, assumed->place.column,
                     tla::is_false(assumed)
                         ? "what is assumed here does not hold of " + constants
                         : "an assumption that the constants do not decide; expected one of them "
                           "alone");
  }
}

}  // namespace lockstep
