// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

namespace lockstep::tlc {

/// The port, if it can be listened at; of 0 one that can. Throws InputError.
unsigned free_port(unsigned port);

/// The connections that stand at a port of this machine which listens, as Linux counts them.
unsigned connections_at(unsigned port);

}  // namespace lockstep::tlc
