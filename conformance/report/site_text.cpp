// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "report/site_text.hpp"

#include <algorithm>

#include "report/values.hpp"

namespace lockstep::report {
namespace {

const TaskColumn* column_of(const Columns& how, const std::string& task) {
  const auto found = std::ranges::find(how.tasks, task, &TaskColumn::name);
  return found == how.tasks.end() ? nullptr : &*found;
}

bool is_local(const Slot& slot, const TaskColumn* column) {
  return column != nullptr && !slot.keys.empty() && slot.keys.front() == column->name &&
         column->locals.contains(slot.variable);
}

/// One step, with what is known of its site.
class Effects {
 public:
  Effects(const Behaviour& behaviour, std::size_t index, const Columns& how)
      : layout_(behaviour.layout),
        before_(behaviour.states[index]),
        after_(state_after(behaviour, index)),
        task_(layout_.symbols.name(behaviour.steps[index].task)),
        column_(column_of(how, task_)),
        how_(how) {
    const auto note = how.sites.find(layout_.symbols.name(behaviour.steps[index].site));
    if (note != how.sites.end()) note_ = &note->second;
  }

  std::vector<std::string> list() const {
    std::vector<std::string> cells;
    std::vector<std::string> locals;
    const auto looked_at = cell_slot();
    if (looked_at) {
      const std::string arrow = is_store(note_->kind) ? " = " : " -> ";
      cells.push_back(layout_[*looked_at].text() + arrow + value(*looked_at, before_));
    }
    for (const std::size_t slot : changed(before_, after_)) {
      if (how_.hidden.contains(layout_[slot].variable)) continue;
      if (!is_local(layout_[slot], column_)) {
        cells.push_back(change(slot));
      } else if (!(looked_at && slot == local(note_->result)) && after_[slot] != null_atom) {
        // A local that becomes Null has been forgotten, which tells nothing.
        locals.push_back(layout_[slot].variable + " = " + value(slot, after_));
      }
    }
    cells.insert(cells.end(), locals.begin(), locals.end());
    return cells;
  }

 private:
  /// A step that fails leads nowhere; the last one of a lasso leads back, but where TLC looked
  /// under a VIEW only up to that, so that a difference would be none. Both show no effect.
  static const State& state_after(const Behaviour& behaviour, std::size_t index) {
    return behaviour.states[std::min(index + 1, behaviour.states.size() - 1)];
  }
  std::string value(std::size_t slot, StateView state) const {
    return value_text(layout_, slot, state[slot]);
  }

  std::optional<std::size_t> local(const std::string& name) const {
    if (name.empty()) return std::nullopt;
    const std::string keys[] = {task_};
    return layout_.find(name, keys);
  }
  /// What a local of the task holds: before the step, or after it where the step gives it a value.
  std::string held(const std::string& name) const {
    if (name == "self") return task_;
    const auto slot = local(name);
    if (!slot) return "";
    return value(*slot, before_[*slot] == null_atom ? after_ : before_);
  }

  /// The cell that the site accesses, where the step leaves it as it was: what was read there, or
  /// written over itself. A cell that changes is told with the other changes.
  std::optional<std::size_t> cell_slot() const {
    if (note_ == nullptr || note_->cell.empty() || note_->object.empty()) return std::nullopt;
    std::vector<std::string> keys{held(note_->object)};
    if (!note_->index.empty()) keys.push_back(held(note_->index));
    const auto slot = layout_.find(note_->cell, keys);
    if (!slot || before_[*slot] != after_[*slot]) return std::nullopt;
    return slot;
  }

  /// What a store wrote over is of no interest; elsewhere it is.
  std::string change(std::size_t slot) const {
    const bool store = note_ != nullptr && is_store(note_->kind);
    if (store && layout_[slot].variable == note_->cell && before_[slot] == null_atom) {
      return layout_[slot].text() + " = " + value(slot, after_);
    }
    return layout_[slot].text() + ": " + value(slot, before_) + " -> " + value(slot, after_);
  }

  const Layout& layout_;
  const State& before_;
  const State& after_;
  const std::string task_;
  const TaskColumn* column_;
  const Columns& how_;
  const SiteNote* note_ = nullptr;
};

}  // namespace

std::vector<std::string> effects(const Behaviour& behaviour, std::size_t step, const Columns& how) {
  return Effects(behaviour, step, how).list();
}

}  // namespace lockstep::report
