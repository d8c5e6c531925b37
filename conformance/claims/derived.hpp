// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <filesystem>
#include <string>
#include <vector>

#include "claims/manifest.hpp"

namespace lockstep {

/// A file of a protocol's folder that follows from what is stated elsewhere.
struct DerivedFile {
  std::filesystem::path path;
  std::string text;
};

/// What `verify --update` writes into spec/NAME beside verdicts.json: a .cfg for plain TLC of each
/// size, each variant and each refuted property, and README.md with its tables written anew. A
/// table stands between the lines `<!-- verify --update: NAME -->` and `<!-- end -->`, where NAME
/// is one of steps, properties, broken, holding, configurations. A protocol of the user's may have
/// no README.md. Throws InputError for a table of
/// another name, and for a table of steps where the reference's text is not beside spec/ or is
/// wrong.
std::vector<DerivedFile> derived_files(const Manifest& manifest, const ManifestProtocol& protocol,
                                       const std::filesystem::path& folder);

/// Every .cfg of a folder that is not among the derived ones: nothing runs it.
std::vector<std::filesystem::path> surplus_files(const std::vector<DerivedFile>& derived,
                                                 const std::filesystem::path& folder);

}  // namespace lockstep
