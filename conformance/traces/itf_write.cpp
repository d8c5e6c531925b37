// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include <algorithm>
#include <charconv>

#include "traces/atomic_file.hpp"
#include "traces/itf.hpp"

namespace lockstep {

namespace {

std::string json_string(std::string_view text) {
  std::string out = "\"";
  for (const char c : text) {
    if (c == '"' || c == '\\') {
      out += '\\';
      out += c;
    } else if (static_cast<unsigned char>(c) < 0x20) {
      constexpr std::string_view hex = "0123456789abcdef";
      out += "\\u00";
      out += hex[static_cast<unsigned char>(c) >> 4];
      out += hex[c & 15];
    } else {
      out += c;
    }
  }
  return out + "\"";
}

/// Atoms have 32 bits: no number needs the format's `#bigint`.
std::string scalar(Atom atom, Sort sort, const Symbols& symbols) {
  if (is_symbol(atom)) return json_string(symbols.name(atom));
  if (sort == Sort::boolean) return atom != 0 ? "true" : "false";
  return std::to_string(atom);
}

/// An argument of a function: a name, or a number.
std::string key(const std::string& text) {
  Atom number = 0;
  const char* const end = text.data() + text.size();
  const auto result = std::from_chars(text.data(), end, number);
  return result.ec == std::errc{} && result.ptr == end ? text : json_string(text);
}

/// Prints the slots `first` to `last`, which have the same variable and the same `depth` keys.
class StateWriter {
 public:
  StateWriter(StateView state, const Layout& layout) : state_(state), layout_(layout) {}

  void value(const std::vector<std::size_t>& slots, std::size_t depth, std::string& out) const {
    const Slot& slot = layout_[slots.front()];
    if (slot.keys.size() == depth) {
      out += scalar(state_[slots.front()], slot.sort, layout_.symbols);
      return;
    }
    out += "{\"#map\": [";
    std::vector<std::string> done;
    for (const std::size_t index : slots) {
      const std::string& at = layout_[index].keys[depth];
      if (std::ranges::find(done, at) != done.end()) continue;
      std::vector<std::size_t> below;
      std::ranges::copy_if(slots, std::back_inserter(below),
                           [&](std::size_t other) { return layout_[other].keys[depth] == at; });
      out += (done.empty() ? "[" : ", [") + key(at) + ", ";
      value(below, depth + 1, out);
      out += "]";
      done.push_back(at);
    }
    out += "]}";
  }

 private:
  StateView state_;
  const Layout& layout_;
};

std::string step_text(const Step& step, const Symbols& symbols) {
  std::string out = "\"site\": " + json_string(symbols.name(step.site)) +
                    ", \"task\": " + json_string(symbols.name(step.task)) + ", \"args\": [";
  for (std::uint32_t i = 0; i < step.arg_count; ++i) {
    if (i != 0) out += ", ";
    out += scalar(step.args[i], Sort::integer, symbols);
  }
  return out + "]";
}

std::string state_text(const Trace& trace, std::size_t index, const Layout& layout) {
  std::string out = "{\"#meta\": {\"index\": " + std::to_string(index);
  if (index > 0) out += ", " + step_text(trace.steps[index - 1], layout.symbols);
  out += "}";
  for (const std::string& variable : layout.variables()) {
    std::vector<std::size_t> slots;
    for (std::size_t i = 0; i < layout.size(); ++i) {
      if (layout[i].variable == variable) slots.push_back(i);
    }
    out += ", " + json_string(variable) + ": ";
    StateWriter{trace.states[index], layout}.value(slots, 0, out);
  }
  return out + "}";
}

}  // namespace

std::string itf_text(const Trace& trace, const Layout& layout) {
  std::string out =
      "{\n  \"#meta\": {\"format\": \"ITF\", \"protocol\": " + json_string(trace.subject.protocol) +
      ", \"variant\": " + json_string(trace.subject.variant) +
      ", \"size\": " + json_string(trace.subject.size);
  // The step of a lasso that leads back has no state of its own.
  if (trace.loop) out += ", \"closed_by\": {" + step_text(trace.steps.back(), layout.symbols) + "}";
  out += "},\n  \"vars\": [";
  bool first = true;
  for (const std::string& variable : layout.variables()) {
    out += (first ? "" : ", ") + json_string(variable);
    first = false;
  }
  out += "],\n";
  if (trace.loop) out += "  \"loop\": " + std::to_string(*trace.loop) + ",\n";
  out += "  \"states\": [\n";
  for (std::size_t i = 0; i < trace.states.size(); ++i) {
    out += "    " + state_text(trace, i, layout);
    out += i + 1 < trace.states.size() ? ",\n" : "\n";
  }
  return out + "  ]\n}\n";
}

void write_itf(const std::filesystem::path& path, const Trace& trace, const Layout& layout) {
  write_file(path, itf_text(trace, layout));
}

}  // namespace lockstep
