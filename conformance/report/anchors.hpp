// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>

namespace lockstep::report {

/// The anchors of a page's headings, as GitHub makes them: letters and digits, `-` and `_`, in
/// lower case; blanks are `-`, everything else goes. The second heading of a name has -1 behind it.
class Anchors {
 public:
  std::string of(const std::string& heading) {
    std::string out;
    for (const char c : heading) {
      if (c == ' ') {
        out += '-';
      } else if (c >= 'A' && c <= 'Z') {
        out += static_cast<char>(c - 'A' + 'a');
      } else if ((c >= '0' && c <= '9') || (c >= 'a' && c <= 'z') || c == '_' || c == '-' ||
                 (static_cast<unsigned char>(c) & 0x80U) != 0) {
        out += c;
      }
    }
    const int before = seen_[out]++;
    return before == 0 ? out : out + "-" + std::to_string(before);
  }

 private:
  std::map<std::string, int> seen_;
};

}  // namespace lockstep::report
