// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "board_protocol.hpp"

namespace lockstep::board {

// The program of the tests knows this protocol alone.
const RegisteredProtocol& registered = protocol();

}  // namespace lockstep::board
