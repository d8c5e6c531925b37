// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "cli/order.hpp"

#include "cli/frame/command.hpp"

namespace lockstep::cli {
namespace {

Exit order_work(Session& session, const OrderArguments& arguments) {
  if (arguments.format == "html") return order_page(session, arguments);
  return arguments.subject.ends_with(".litmus") ? order_file(session, arguments)
                                                : order_protocol(session, arguments);
}

const Command order{
    "order",
    "are the declared memory orders enough, which are needed, all ways to place them",
    {"lockstep order vma_refcnt", "lockstep order vma_refcnt --model armv8 --minimal",
     "lockstep order vma_refcnt --model lkmm --weaken Attach_SetRefcnt=once",
     "lockstep order my.litmus --model lkmm --minimal",
     "lockstep order vma_refcnt --question reuse --format html > reuse.html"},
    [](CommandLine& line) {
      auto a = std::make_shared<OrderArguments>();
      line.add_option("PROTOCOL|FILE.litmus", a->subject, "a protocol's name, or a litmus test")
          .required();
      line.add_option("--question", a->questions, "of a protocol: only this one; several times")
          .type_name("QUESTION");
      line.add_option(
              "--model", a->models,
              "sc, tso, armv8, lkmm or rc11, or a file; several times; all where none is named")
          .type_name("MODEL|FILE");
      line.add_option("--weaken", a->weaken, "judge with this order instead; several times")
          .type_name("SITE=ORDER");
      line.add_option("--emit-litmus", a->emit,
                      "of a protocol: write each question as a litmus test")
          .type_name("DIR");
      line.add_option("--dot", a->picture.dot, "draw the first witness, for Graphviz")
          .type_name("FILE");
      line.add_option("--svg", a->picture.svg, "the same as SVG; needs Graphviz").type_name("FILE");
      line.add_option("--png", a->picture.png, "the same as PNG; needs Graphviz").type_name("FILE");
      line.add_option("--format", a->format,
                      "text, or html: a question as a page in which its orders can be changed")
          .one_of({"text", "html"})
          .type_name("FORMAT")
          .default_str("text");
      line.add_flag("--minimal", a->minimal, "all minimal placements of orders");
      line.add_flag("--recheck", a->recheck,
                    "ask about each minimal placement, and each step below it, once more");
      line.add_flag("--relaxed-too", a->relaxed,
                    "of a protocol: place orders at its relaxed sites too, as in a litmus test");
      return Work([a](Session& session) { return order_work(session, *a); });
    }};

}  // namespace
}  // namespace lockstep::cli
