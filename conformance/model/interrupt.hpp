// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

/// Ctrl-C and SIGTERM. Long work calls `check()` now and then; whoever waits for a child polls
/// `fd()` too. What is to be tidied up is tidied up by destructors on the way out.
namespace lockstep::interrupt {

/// Installs the handlers for SIGINT and SIGTERM; harmless when called again. A second signal ends
/// the process at once.
void install();
/// Was a signal seen?
bool requested();
/// As if a signal had been seen: a limit of time or memory ends the work in the same way.
void request();
/// Throws Interrupted if a signal was seen.
void check();
/// Becomes readable, and stays so, when a signal is seen. -1 before install().
int fd();

}  // namespace lockstep::interrupt
