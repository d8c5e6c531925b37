// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "cli/frame/command.hpp"

int main(int argc, char** argv) {
  return lockstep::cli::run(argc, argv);
}
