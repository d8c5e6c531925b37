// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/order.hpp"
#include "orders/witness/columns.hpp"
#include "report/text.hpp"

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
  if (graph.empty()) {
    graph = shown.dot;
    drawn = title;
  }
  witnesses.push_back(std::move(members));
}

void OrderAnswer::draw(const PictureFiles& files) const {
  if (!files.wanted()) return;
  if (graph.empty()) {
    throw InputError(
        "--dot, --svg, --png", 0, 0,
        "no witness to draw; expected a question that is reachable, perhaps by --weaken");
  }
  cli::draw(graph, files);
  const std::size_t others = witnesses.size() - 1;
  session.note(
      "drawn: " + drawn +
      (others == 0 ? ""
                   : fmt::format("; {} more witnesses: choose by --question and --model", others)));
}

void OrderAnswer::give() {
  session.print(columns + report::wrapped(text, session.width()));
  report::Json document = subject;
  document.update({{"verdict", lockstep::name_of(verdicts.all())},
                   {"questions", questions},
                   {"sites", sites},
                   {"minimal", minimal},
                   {"placements", placements},
                   {"witnesses", witnesses}});
  session.document(document);
}

orders::MinimalOptions enumeration(Session& session) {
  orders::MinimalOptions options;
  options.on_call = [&session](std::size_t) { session.check(); };
  return options;
}

}  // namespace lockstep::cli
