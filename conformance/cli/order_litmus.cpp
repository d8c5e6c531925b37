// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/order.hpp"

namespace lockstep::cli {

Exit order_file(Session&, const OrderArguments& arguments) {
  throw InputError(arguments.subject, 0, 0, "litmus tests are not read yet");
}

}  // namespace lockstep::cli
