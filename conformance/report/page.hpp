// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <string_view>

#include "report/document.hpp"

namespace lockstep::report {

/// `text` as it may stand in HTML, between tags and within quotes.
std::string html_escaped(std::string_view text);

/// A document as it may stand in a <script> of HTML, on one line. Bytes that are no UTF-8 are
/// replaced.
std::string script_json(const Json& document);

/// A page that needs nothing else: the template `name` of report/page/, in which each `{{word}}` is
/// replaced by the value of that name, or by the file of report/page/ that has this name. Throws
/// std::logic_error where there is neither.
std::string page(const std::string& name, const std::map<std::string, std::string>& values);

}  // namespace lockstep::report
