// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "tlc/dot.hpp"

#include <charconv>
#include <cstring>

#include "model/interrupt.hpp"
#include "model/verdict.hpp"
#include "tlc/characters.hpp"
#include "tlc/dot_edges.hpp"
#include "tlc/dot_size.hpp"
#include "tlc/fingerprints.hpp"
#include "tlc/flatten.hpp"
#include "tlc/mapped_file.hpp"

namespace lockstep::tlc {

namespace {

/// One line of the file, taken apart from left to right.
class DotReader {
 public:
  DotReader(std::string_view text, std::string_view file, Layout& layout, const StepTable& table,
            const Passed& passed)
      : text_(text),
        file_(file),
        size_(dot_size(text, passed)),
        numbers_(size_.nodes),
        flattener_(layout),
        table_(table),
        passed_(passed) {
    graph_.width = layout.size();
    graph_.labels = table.steps();
    graph_.states.resize(size_.nodes * graph_.width);
    has_state_.resize(size_.nodes, false);
    edges_.reserve(size_.edges);
  }

  LabelledGraph read() {
    for (std::size_t next = 0; next < text_.size(); next = line_end_ + 1) {
      start_ = at_ = next;
      line_end_ = text_.find('\n', at_);
      if (line_end_ == std::string_view::npos) line_end_ = text_.size();
      ++line_;
      line();
      if (next >= tell_) {
        interrupt::check();
        passed_(next);
        tell_ += passed_every;
      }
    }
    at_ = start_ = text_.size();
    if (depth_ != 0 || !opened_) fail("the file ends before the graph does; expected '}'");
    finish();
    return std::move(graph_);
  }

 private:
  void line() {
    if (at_ == line_end_) return;
    const char c = text_[at_];
    if (opened_ && depth_ == 0) fail("text after the end of the graph");
    if (is_digit(c) || c == '-') return node_or_edge();
    const std::string_view whole = text_.substr(at_, line_end_ - at_);
    if (whole == "}") {
      --depth_;
    } else if (whole.starts_with("{rank") && whole.ends_with("}")) {
      return;
    } else if (whole.ends_with("{") && (opened_ || whole.starts_with("strict digraph"))) {
      opened_ = true;
      ++depth_;
    } else if (!opened_ || !(whole.starts_with("nodesep=") || whole.starts_with("color="))) {
      fail("not a line of a state graph of TLC");
    }
  }

  void node_or_edge() {
    if (depth_ == 0) fail("a state outside of the graph; expected 'strict digraph'");
    const std::uint32_t node = number();
    if (text_.substr(at_, 4) == " -> ") {
      at_ += 4;
      edge(node, number());
    } else {
      state(node);
    }
  }

  std::uint32_t number() {
    std::int64_t fingerprint = 0;
    const auto [end, error] =
        std::from_chars(text_.data() + at_, text_.data() + line_end_, fingerprint);
    if (error != std::errc{}) fail("expected a fingerprint");
    at_ = static_cast<std::size_t>(end - text_.data());
    return numbers_.number(static_cast<std::uint64_t>(fingerprint));
  }

  void edge(std::uint32_t source, std::uint32_t target) {
    expect(" [label=\"");
    const std::size_t close = text_.find('"', at_);
    if (close >= line_end_) fail("expected the name of an action, in quotes");
    const std::string_view name = text_.substr(at_, close - at_);
    if (name != last_name_) {
      const auto found = table_.find(name);
      if (!found) fail("the action '" + std::string{name} + "' is not one of the run");
      last_name_ = name;
      last_label_ = static_cast<std::uint32_t>(*found);
    }
    if (!text_.substr(start_, line_end_ - start_).ends_with("];")) fail("expected '];'");
    edges_.push_back({source, {last_label_, target}});
  }

  void state(std::uint32_t node) {
    if (node >= size_.nodes) fail_undumped();
    if (has_state_[node]) fail("the state is printed twice");
    expect(" [label=\"");
    const std::size_t column = at_ - start_ + 1;
    unescape();
    flattener_.flatten(label_, {file_, line_, column, true},
                       graph_.states.data() + node * graph_.width);
    has_state_[node] = true;
    const std::string_view rest = text_.substr(at_, line_end_ - at_);
    // 1.8 repeats the state as a tooltip.
    if (rest == ",style = filled]") {
      graph_.initial.push_back(node);
    } else if (rest != "];" && !(rest.starts_with(",tooltip=\"") && rest.ends_with("\"];"))) {
      fail("expected '];'");
    }
  }

  /// Reads a label up to its closing quote into `label_`.
  void unescape() {
    label_.resize(line_end_ - at_);  // never longer than the rest of the line
    char* out = label_.data();
    const char* from = text_.data() + at_;
    const char* const end = text_.data() + line_end_;
    for (; from != end && *from != '"'; ++from) {
      if (*from != '\\') {
        *out++ = *from;
      } else {
        if (++from == end) break;
        *out++ = *from == 'n' ? '\n' : *from;
      }
    }
    at_ = static_cast<std::size_t>(from - text_.data());
    if (from == end) fail("the line ends inside a label");
    ++at_;
    label_.resize(static_cast<std::size_t>(out - label_.data()));
  }

  void finish() {
    if (numbers_.count() > size_.nodes) fail_undumped();
    for (const bool has : has_state_) {
      if (!has) fail_undumped();
    }
    if (graph_.initial.empty()) fail("no initial state");
    place_edges(std::move(edges_), size_.nodes, graph_);
  }

  void expect(std::string_view token) {
    if (!text_.substr(at_, line_end_ - at_).starts_with(token)) {
      fail("expected '" + std::string{token} + "'");
    }
    at_ += token.size();
  }

  [[noreturn]] void fail_undumped() const {
    fail("edges lead to states that the file does not print; the graph is not complete");
  }
  [[noreturn]] void fail(std::string_view what) const {
    throw InputError(file_, line_, at_ - start_ + 1, what);
  }

  std::string_view text_;
  std::string_view file_;
  DotSize size_;
  Fingerprints numbers_;
  Flattener flattener_;
  const StepTable& table_;
  const Passed& passed_;
  std::size_t tell_ = passed_every;
  LabelledGraph graph_;
  std::vector<FileEdge> edges_;
  std::vector<bool> has_state_;
  std::string label_;
  std::string_view last_name_;
  std::uint32_t last_label_ = 0;
  std::size_t start_ = 0, at_ = 0, line_end_ = 0, line_ = 0;
  int depth_ = 0;
  bool opened_ = false;
};

}  // namespace

LabelledGraph read_dot_text(std::string_view text, std::string_view file, Layout& layout,
                            const StepTable& table) {
  return DotReader{text, file, layout, table, [](std::size_t) {}}.read();
}

LabelledGraph read_dot(const std::filesystem::path& path, Layout& layout, const StepTable& table) {
  const MappedFile file{path};
  const std::string name = path.string();
  // A graph of gigabytes should not stay in memory beside what is made of it.
  const Passed release = [&file](std::size_t offset) { file.release_before(offset); };
  return DotReader{file.text(), name, layout, table, release}.read();
}

}  // namespace lockstep::tlc
