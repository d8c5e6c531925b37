// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tests/toys/door.hpp"

namespace lockstep::door {

// The program of the tests knows this protocol alone.
const RegisteredProtocol& registered = protocol();

}  // namespace lockstep::door
