// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

#include "machines/size.hpp"

#include <algorithm>
#include <charconv>

#include "machines/protocol_error.hpp"
#include "model/verdict.hpp"

namespace lockstep {

namespace {

[[noreturn]] void refuse(std::string_view whole, const std::string& why) {
  throw InputError("size '" + std::string{whole} + "'", 0, 0, why);
}

std::uint32_t number(std::string_view text, std::string_view whole) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc{} || end != text.data() + text.size() || value == 0 || value > 9) {
    refuse(whole, "'" + std::string{text} + "' is no count; expected 1 to 9, as in 2x2x2");
  }
  return value;
}

const std::uint32_t* find(const std::vector<Size::Named>& values, std::string_view name) {
  const auto found = std::ranges::find(values, name, &Size::Named::first);
  return found == values.end() ? nullptr : &found->second;
}

/// "2 readers", "1 slot"
std::string counted(std::uint32_t count, const std::string& word) {
  return std::to_string(count) + " " + word + (count == 1 ? "" : "s");
}

}  // namespace

Size Size::parse(std::string_view text) {
  Size size;
  for (std::size_t at = 0; at <= text.size();) {
    const std::size_t end = std::min(text.find(',', at), text.size());
    const std::string_view part = text.substr(at, end - at);
    const std::size_t equals = part.find('=');
    if (equals != std::string_view::npos) {
      const std::string_view name = part.substr(0, equals), value = part.substr(equals + 1);
      if (find(size.named, name) != nullptr) refuse(text, std::string{name} + " is given twice");
      size.named.emplace_back(name, value == "any" ? any : number(value, text));
    } else if (at != 0) {
      refuse(text, "'" + std::string{part} + "' has no value; expected NAME=NUMBER");
    } else {
      for (std::size_t from = 0; from <= part.size();) {
        const std::size_t cross = std::min(part.find('x', from), part.size());
        size.counts.push_back(number(part.substr(from, cross - from), text));
        from = cross + 1;
      }
    }
    at = end + 1;
  }
  return size;
}

std::string Size::text() const {
  std::string out;
  for (const std::uint32_t count : counts) out += (out.empty() ? "" : "x") + std::to_string(count);
  for (const auto& [name, value] : named) {
    out += (out.empty() ? "" : ",") + name + "=" + (value == any ? "any" : std::to_string(value));
  }
  return out;
}

void Size::set(std::string_view name, std::uint32_t value) {
  const auto known = std::ranges::find(named, name, &Named::first);
  if (known != named.end()) {
    known->second = value;
  } else {
    named.emplace_back(name, value);
  }
}

std::uint32_t Numbers::operator[](std::string_view name) const {
  if (const auto* value = find(values_, name)) return *value;
  std::string known;
  for (const auto& [one, value] : values_) known += (known.empty() ? "" : ", ") + one;
  throw ProtocolError("the registration declares no number '" + std::string{name} +
                      "'; expected one of its counts or settings: " + known);
}

std::string SizeForm::help() const {
  std::string out;
  for (const Count& count : counts) {
    const std::string part = (out.empty() ? "" : " x ") + count.word + "s";
    out += count.usual ? " [" + part.substr(out.empty() ? 0 : 1) + "]" : part;
  }
  for (const Setting& setting : settings) out += " [," + setting.name + "=N]";
  return out;
}

Numbers SizeForm::numbers(const Size& size) const {
  const auto least = static_cast<std::size_t>(
      std::ranges::count_if(counts, [](const Count& count) { return !count.usual.has_value(); }));
  const auto wrong_counts = [&] {
    const std::string most = std::to_string(counts.size());
    refuse(size.text(), protocol + " has " +
                            (least == counts.size() ? "" : std::to_string(least) + " or ") + most +
                            " counts: " + help());
  };
  std::string known;
  const auto knows = [&](const std::string& name, std::string_view asked) {
    known += (known.empty() ? "" : ", ") + name;
    return name == asked;
  };
  for (const auto& [name, value] : size.named) {
    known.clear();
    bool found = false;
    for (const Count& count : counts) found = knows(count.name, name) || found;
    for (const Setting& setting : settings) {
      if (!knows(setting.name, name)) continue;
      found = true;
      if (value == Size::any && !setting.bound) refuse(size.text(), name + " cannot be any number");
    }
    if (!found) {
      refuse(size.text(),
             "'" + name + "' is no number of " + protocol + "; expected one of: " + known);
    }
  }
  if (size.counts.size() > counts.size()) wrong_counts();
  std::vector<Size::Named> values;
  for (std::size_t i = 0; i < counts.size(); ++i) {
    const std::uint32_t* by_name = find(size.named, counts[i].name);
    if (i < size.counts.size() && by_name != nullptr) {
      refuse(size.text(), counts[i].name + " is given twice");
    }
    if (by_name != nullptr && *by_name == Size::any) {
      refuse(size.text(), counts[i].name + " cannot be any number");
    }
    if (i >= size.counts.size() && by_name == nullptr && !counts[i].usual) wrong_counts();
    values.emplace_back(counts[i].name, i < size.counts.size() ? size.counts[i]
                                        : by_name != nullptr   ? *by_name
                                                               : *counts[i].usual);
  }
  const Numbers of_counts(values);
  for (const Setting& setting : settings) {
    const std::uint32_t* given = find(size.named, setting.name);
    try {
      values.emplace_back(setting.name, given != nullptr ? *given : setting.usual(of_counts));
    } catch (const ProtocolError& error) {
      throw ProtocolError(protocol + ": what '" + setting.name + "' usually is: " + error.what());
    }
  }
  return Numbers(std::move(values));
}

Size SizeForm::in_order(const Size& size) const {
  const Numbers all = numbers(size);
  Size out{size.counts, {}};
  for (std::size_t i = counts.size(); i-- > size.counts.size();) {
    const bool shown = !out.named.empty() || !counts[i].usual || find(size.named, counts[i].name);
    if (!shown) continue;
    out.named.emplace(out.named.begin(), counts[i].name, all[counts[i].name]);
  }
  for (const auto& [name, value] : out.named) out.counts.push_back(value);
  out.named.clear();
  for (const auto& [name, value] : size.named) {
    if (std::ranges::find(counts, name, &Count::name) == counts.end()) {
      out.named.emplace_back(name, value);
    }
  }
  return out;
}

Size SizeForm::smallest() const {
  Size out;
  for (const Count& count : counts) {
    if (!count.usual) out.counts.push_back(1);
  }
  const Numbers usual = numbers(out);
  for (const Setting& setting : settings) {
    if (setting.bound && usual[setting.name] != Size::any)
      out.named.emplace_back(setting.name, Size::any);
  }
  return out;
}

Size SizeForm::bounded(Size size, std::uint32_t bound) const {
  const Numbers all = numbers(size);
  for (const Setting& setting : settings) {
    if (setting.bound && all[setting.name] == Size::any) size.set(setting.name, bound);
  }
  return size;
}

std::vector<std::string> SizeForm::bounds(const Size& size) const {
  std::vector<std::string> out;
  const Numbers all = numbers(size);
  for (const Setting& setting : settings) {
    if (!setting.bound || all[setting.name] == Size::any) continue;
    const bool many = !setting.each.empty() && all[setting.each] > 1;
    out.push_back(counted(all[setting.name], setting.word) + (many ? " each" : ""));
  }
  return out;
}

std::string SizeForm::words(const Size& size) const {
  const Numbers all = numbers(size);
  std::vector<std::string> parts;
  for (const Count& count : counts) {
    const std::uint32_t value = all[count.name];
    if (count.usual != value) parts.push_back(counted(value, count.word));
  }
  std::ranges::copy(bounds(size), std::back_inserter(parts));
  for (const Setting& setting : settings) {
    if (setting.bound || find(size.named, setting.name) == nullptr) continue;
    parts.push_back(setting.word + " " + std::to_string(all[setting.name]));
  }
  std::string out;
  for (const std::string& part : parts) out += (out.empty() ? "" : ", ") + part;
  return out;
}

}  // namespace lockstep
