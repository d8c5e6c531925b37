// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#pragma once

#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>
#include <utility>
#include <vector>

namespace lockstep {

/// How many of what a model has, as it is asked for: "2x2x2", "2x1x1,limit=2", "Readers=2,Vmas=1".
/// What the numbers mean the protocol knows: see SizeForm.
struct Size {
  using Named = std::pair<std::string, std::uint32_t>;
  static constexpr std::uint32_t any = 0;  ///< of a bound: there is none

  std::vector<std::uint32_t> counts;  ///< without a name, in the protocol's order
  std::vector<Named> named;           ///< with a name, in the order given

  /// Throws InputError, where it is no size of any protocol.
  static Size parse(std::string_view text);
  std::string text() const;
  void set(std::string_view name, std::uint32_t value);
  friend bool operator==(const Size&, const Size&) = default;
};

/// The numbers of one size, each with its value, by name.
class Numbers {
 public:
  explicit Numbers(std::vector<Size::Named> values) : values_(std::move(values)) {}
  /// Throws ProtocolError where the protocol declares no number of that name. Allocates nothing
  /// where it does: tasks ask for numbers.
  std::uint32_t operator[](std::string_view name) const;

 private:
  std::vector<Size::Named> values_;
};

/// The numbers that a protocol's size consists of, as the protocol declares them.
struct SizeForm {
  /// How many objects or tasks there are: stands without a name, in order.
  struct Count {
    std::string name;                         ///< "Readers"
    std::string word;                         ///< of one: "reader"
    std::optional<std::uint32_t> usual = {};  ///< where it is not given; only the last may have one
  };
  /// Another number that the protocol is built with: given by name.
  struct Setting {
    std::string name;      ///< "limit"
    std::string constant;  ///< the specification's name of it, if it is another
    std::string word;      ///< "reader limit"
    std::function<std::uint32_t(const Numbers&)>
        usual;  ///< where it is not given; knows the counts
    /// It bounds what runs for ever, so that the states are finitely many; it may be "any".
    bool bound = false;
    std::string each = "";  ///< a bound of each object that this count counts: "2 sections each"
  };
  std::string protocol;
  std::vector<Count> counts;
  std::vector<Setting> settings = {};

  /// "readers x VMAs x slots [x mms]"
  std::string help() const;
  /// Throws InputError where the size is none of this protocol.
  Numbers numbers(const Size& size) const;
  /// The same size with its counts in their places: "Readers=2,Vmas=1,limit=3" is "2x1,limit=3".
  Size in_order(const Size& size) const;
  /// One of everything, and no bound on what runs for ever.
  Size smallest() const;
  /// The same size, with a bound where it has none.
  Size bounded(Size size, std::uint32_t bound) const;
  /// The bounds in force: "2 write sections each".
  std::vector<std::string> bounds(const Size& size) const;
  /// "2 readers, 1 slot, reader limit 2": counts, bounds in force, and what was given.
  std::string words(const Size& size) const;
};

}  // namespace lockstep
