// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT
#include "claims/cfg_files.hpp"

#include <algorithm>

#include "machines/protocol.hpp"

namespace lockstep {

namespace {

class Writer {
 public:
  explicit Writer(const ManifestProtocol& protocol) : p_(protocol), base_(model_module(protocol)) {}

  std::vector<CfgFile> all() {
    const auto usual = std::ranges::find_if(
        p_.sizes, [](const ManifestSize& size) { return size.quick && size.has("safe"); });
    for (const ManifestSize& size : p_.sizes) {
      const std::string at =
          usual != p_.sizes.end() && size.size == usual->size ? "" : "_" + file_name(size.size);
      const bool refines = size.has("refines");
      if (size.has("safe") || refines) add(at, size.size, "holds", safe(refines), "");
      if (size.has("live")) add(at + "_live", size.size, "holds", of_kind("liveness"), "");
    }
    for (const ManifestVariant& v : p_.variants) {
      const auto asked = v.holds ? safe(true) : named(v.breaks);
      add(std::string{v.holds ? "_holds_" : "_broken_"} + v.name, v.size, v.name, asked, v.breaks);
    }
    // What is refuted is live, and judged at the first size that claims that.
    const auto live =
        std::ranges::find_if(p_.sizes, [](const ManifestSize& size) { return size.has("live"); });
    if (live == p_.sizes.end()) return std::move(out_);
    for (const ManifestProperty& property : p_.refuted) {
      add("_refuted_" + property.name, live->size, "holds", {&property}, property.name);
    }
    return std::move(out_);
  }

 private:
  using Asked = std::vector<const ManifestProperty*>;

  static std::string file_name(std::string size) {
    std::ranges::replace(size, ',', '_');
    std::ranges::replace(size, '=', '_');
    return size;
  }
  Asked of_kind(std::string_view kind) const {
    Asked out;
    for (const ManifestProperty& property : p_.properties) {
      if (property.kind == kind) out.push_back(&property);
    }
    return out;
  }
  Asked safe(bool refines) const {
    Asked out = of_kind("invariant");
    for (const std::string_view kind : {"action", "refinement"}) {
      if (kind == "refinement" && !refines) continue;
      const Asked more = of_kind(kind);
      out.insert(out.end(), more.begin(), more.end());
    }
    return out;
  }
  Asked named(const std::string& name) const {
    Asked out;
    for (const ManifestProperty& property : p_.properties) {
      if (property.name == name) out.push_back(&property);
    }
    return out;
  }

  void add(const std::string& ending, const std::string& size, const std::string& variant,
           const Asked& asked, const std::string& violates) {
    const auto model = Protocol::find(p_.name).model(Size::parse(size), variant);
    const bool live = std::ranges::any_of(
        asked, [](const ManifestProperty* property) { return property->kind == "liveness"; });
    CfgFile file{base_ + ending + ".cfg", base_, size, variant, violates, live, ""};
    std::string& text = file.text;
    text =
        "\\* SPDX-FileCopyrightText: The Lockstep authors\n\\* SPDX-License-Identifier: MIT\n\\*\n";
    text += "\\* " + size + ": " + model->bounds() + ".\n\\* " +
            (variant == "holds" ? "" : "Variant " + variant + ". ") +
            (violates.empty() ? "Passes." : "Fails: " + violates + " is violated.") +
            "\n\\* Written by `lockstep verify --update`.\n";
    text += "SPECIFICATION " + (live && !p_.fair.empty() ? p_.fair : std::string{"Spec"}) +
            "\nCONSTANTS\n";
    for (const auto& [name, value] : model->constants()) text += "  " + name + " = " + value + "\n";
    if (model->world().layout().has_view()) text += "VIEW " + p_.view + "\n";
    names(text, "INVARIANTS", asked, true);
    names(text, "PROPERTIES", asked, false);
    text += "CHECK_DEADLOCK FALSE\n";
    out_.push_back(std::move(file));
  }
  static void names(std::string& text, std::string_view keyword, const Asked& asked,
                    bool invariants) {
    bool any = false;
    for (const ManifestProperty* property : asked) {
      if ((property->kind == "invariant") != invariants) continue;
      if (!any) text += std::string{keyword} + "\n";
      any = true;
      text += "  " + property->name + "\n";
    }
  }

  const ManifestProtocol& p_;
  std::string base_;
  std::vector<CfgFile> out_;
};

}  // namespace

std::string model_module(const ManifestProtocol& protocol) {
  constexpr std::string_view suffix = "Properties";
  std::string out = protocol.module;
  if (out.ends_with(suffix)) out.resize(out.size() - suffix.size());
  return "MC" + out;
}

std::vector<CfgFile> cfg_files(const ManifestProtocol& protocol) {
  return Writer(protocol).all();
}

}  // namespace lockstep
