// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/order.hpp"
#include "orders/columns.hpp"

namespace lockstep::cli {

std::vector<std::string> models_of(const OrderArguments& arguments) {
  if (!arguments.models.empty()) return arguments.models;
  return {"sc", "tso", "armv8", "lkmm", "rc11"};
}

void OrderAnswer::witness(const std::string& title, const orders::Columns& shown,
                          report::Json members, bool print) {
  const std::string body = orders::text(shown);
  if (print) columns += title + ":\n" + body + "\n";
  members["columns"] = body;
  witnesses.push_back(std::move(members));
}

void OrderAnswer::give() {
  session.print(columns + text);
  session.document({{"questions", questions},
                    {"sites", sites},
                    {"minimal", minimal},
                    {"placements", placements},
                    {"witnesses", witnesses}});
}

orders::MinimalOptions enumeration(Session& session) {
  orders::MinimalOptions options;
  options.on_call = [&session](std::size_t) { session.check(); };
  return options;
}

}  // namespace lockstep::cli
