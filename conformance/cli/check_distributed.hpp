// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include "cli/common.hpp"

namespace lockstep::cli {

/// What `check --distributed` takes besides.
struct DistributedArguments {
  bool distributed = false;
  unsigned workers_wanted = 1;
  std::string address;  ///< "": the name of this machine
  unsigned port = 10997;

  void add_to(CommandLine& line, const Argument& workers);
};

/// TLC's server here, workers elsewhere.
Exit check_distributed_work(Session& session, const Subject& subject,
                            const DistributedArguments& arguments);

}  // namespace lockstep::cli
