// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <algorithm>
#include <cstddef>
#include <string_view>

namespace lockstep {

/// A string that can be a template argument: the name of a site is part of its type, so that the
/// native machine pays nothing for it.
template <std::size_t N>
struct FixedString {
  char text[N]{};

  constexpr FixedString() = default;
  constexpr FixedString(const char (&from)[N]) { std::copy_n(from, N, text); }
  constexpr std::string_view view() const { return {text, N - 1}; }
};

template <std::size_t A, std::size_t B>
constexpr FixedString<A + B - 1> operator+(const FixedString<A>& a, const FixedString<B>& b) {
  FixedString<A + B - 1> out;
  std::copy_n(a.text, A - 1, out.text);
  std::copy_n(b.text, B, out.text + A - 1);
  return out;
}

/// The name of one access to shared memory: one action of the specification, one step of a trace,
/// one event of an execution graph.
template <FixedString S>
struct Site {
  static constexpr auto string = S;
  static constexpr std::string_view name = S.view();
};

/// A helper that is used at two program points takes a prefix: `"Detach_"_site + "SetFlag"_site`.
template <FixedString A, FixedString B>
constexpr Site<A + B> operator+(Site<A>, Site<B>) {
  return {};
}

/// The name of a local that lives across sites; the TLA+ variable of the same name.
template <FixedString S>
struct LocalName {
  static constexpr std::string_view name = S.view();
};

/// The name of a place where a task chooses what to do next.
template <FixedString S>
struct PointName {
  static constexpr std::string_view name = S.view();
};

/// The name of a number that a protocol is built with: a constant of the specification.
template <FixedString S>
struct ParameterName {
  static constexpr std::string_view name = S.view();
};

inline namespace literals {
template <FixedString S>
constexpr Site<S> operator""_site() {
  return {};
}
template <FixedString S>
constexpr LocalName<S> operator""_local() {
  return {};
}
template <FixedString S>
constexpr PointName<S> operator""_point() {
  return {};
}
template <FixedString S>
constexpr ParameterName<S> operator""_parameter() {
  return {};
}
}  // namespace literals

}  // namespace lockstep
