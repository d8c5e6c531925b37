// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <nlohmann/json.hpp>

#include "build_info.hpp"
#include "claims/page/order_data.hpp"
#include "cli/order.hpp"
#include "report/page.hpp"

namespace lockstep::cli {

OrderPageMade order_page_of(const OrderPage& asked, const std::string& around) {
  const std::string title = asked.protocol + ": " + asked.question.name;
  OrderPageMade out{order_data(asked), ""};
  out.html = report::page(
      "orders.html",
      {{"title", report::html_escaped(title)},
       {"around", around},
       {"command", report::html_escaped("lockstep order " + asked.protocol + " --question " +
                                        asked.question.name + " --format html")},
       {"version", report::html_escaped(LOCKSTEP_VERSION)},
       {"data", report::script_json(out.data)}});
  return out;
}

Exit order_page(Session& session, const OrderArguments& arguments) {
  if (arguments.questions.size() != 1 || !arguments.weaken.empty()) {
    throw InputError("--format html", 0, 0,
                     "is a page of one question, whose orders the reader changes; expected one "
                     "--question, and no --weaken");
  }
  const auto manifest = read_manifest();
  const OrderSubject subject = OrderSubject::of(*manifest, arguments.subject);
  hold_against_code(*subject.model);
  const std::string& name = arguments.questions.front();
  const OrderPageMade made =
      order_page_of({*manifest, subject, arguments.subject, subject.question(name),
                     models_of(arguments), enumeration(session), svg},
                    "");
  Verdict verdict = Verdict::pass;
  for (const report::Json& model : made.data["models"]) {
    if (!model["complete"].get<bool>()) verdict = Verdict::unknown;
  }
  session.print(made.html);
  session.document(made.data);
  return exit_of(verdict);
}

}  // namespace lockstep::cli
