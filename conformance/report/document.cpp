// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/document.hpp"

#include <cerrno>
#include <cstdio>
#include <cstring>
#include <nlohmann/json.hpp>

#include "model/verdict.hpp"
#include "traces/atomic_file.hpp"

namespace lockstep::report {

void expect_writable(const std::string& file) {
  if (!file.empty() && file != "-") lockstep::expect_writable(file);
}

void write_file(const std::string& file, std::string_view text) {
  if (file != "-") return lockstep::write_file(file, text);
  if (std::fwrite(text.data(), 1, text.size(), stdout) != text.size() || std::fflush(stdout) != 0) {
    throw InputError("standard output", 0, 0,
                     std::string("cannot be written: ") + std::strerror(errno));
  }
}

void write_document(const std::string& file, const Json& document) {
  write_file(file, document.dump(2, ' ', false, Json::error_handler_t::replace) + "\n");
}

}  // namespace lockstep::report
