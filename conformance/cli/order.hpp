// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <map>
#include <string>
#include <vector>

#include "claims/page/order_data.hpp"
#include "cli/common.hpp"
#include "cli/picture.hpp"
#include "orders/placements/fixed.hpp"
#include "orders/placements/needs.hpp"
#include "report/table.hpp"

namespace lockstep::cli {

struct OrderArguments {
  std::string subject;  ///< a protocol, or a litmus test's file
  std::vector<std::string> questions, models, weaken;
  std::string emit;  ///< directory for the questions as litmus tests
  PictureFiles picture;
  std::string format = "text";
  bool minimal = false, recheck = false, relaxed = false;
};

/// The models that are named, or all of them: sc first, for what it reaches no order mends.
std::vector<std::string> models_of(const OrderArguments& arguments);

/// What `order` answers, gathered as text and as a document.
struct OrderAnswer {
  /// `subject` is the member that says of what it is: a protocol, or a file.
  OrderAnswer(Session& s, report::Json of) : session{s}, subject(std::move(of)) {}
  Session& session;
  report::Json subject;
  Verdicts verdicts;
  report::Json questions = report::Json::array(), sites = report::Json::array();
  report::Json minimal = report::Json::object(), placements = report::Json::object();
  report::Json witnesses = report::Json::array();
  std::string columns, text;
  std::string graph, drawn;  ///< of the first witness, and its title

  void witness(const std::string& title, const orders::Columns& columns, report::Json members,
               bool print = true);
  /// Draws the first witness; an error where there is none.
  void draw(const PictureFiles& files) const;
  /// Prints everything, and hands over the document.
  void give();
};

/// Limits of the session, and its wish to stop, for the enumerations.
orders::MinimalOptions enumeration(Session& session);

/// The audit: by site, what each model needs.
using NeedsByModel = std::vector<std::pair<std::string, std::vector<orders::SiteNeed>>>;
void answer_needs(OrderAnswer& answer, const NeedsByModel& needs);

/// Minimal placements under one model; of a protocol, with the distance of the declared one.
struct MinimalAnswer {
  std::string name;
  orders::MinimalOrders found;
  std::vector<orders::Program> programs;  ///< to check it again
  std::optional<orders::Placement> declared;
  std::vector<std::string> not_open = {};  ///< what keeps the order that it has: `P0.L5 (plain)`
};
void answer_minimal(OrderAnswer& answer, const MinimalAnswer& minimal,
                    const OrderArguments& arguments);

/// A page of orders, and the document in it. `around` is HTML: where it stands among others.
struct OrderPageMade {
  report::Json data;
  std::string html;
};
OrderPageMade order_page_of(const OrderPage& asked, const std::string& around);

Exit order_protocol(Session& session, const OrderArguments& arguments);
/// One question as a page, in which its orders can be changed.
Exit order_page(Session& session, const OrderArguments& arguments);
Exit order_file(Session& session, const OrderArguments& arguments);

}  // namespace lockstep::cli
