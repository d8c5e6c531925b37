// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

/** `vm_refcnt[v1]: 1 -> 2`; what it became stays in one line. */
function effectPart(effect) {
  const arrow = effect.indexOf(" -> ");
  return part("span", { class: "effect" }, ...(arrow < 0 ? [effect]
    : [effect.slice(0, arrow + 1), part("span", { class: "whole" }, effect.slice(arrow + 1))]));
}

/** A name that may be broken after its underscores, and nowhere else if there is room. */
const nameParts = (name) =>
  name.split(/(?<=[^_]_)/).flatMap((word, i) => (i === 0 ? [word] : [part("wbr"), word]));

/** What a step does: its site, arguments, the kernel's function, effects; `more`: its primitive. */
function stepParts(edge, more) {
  const args = edge.args.length > 0 ? `(${edge.args.join(", ")})` : "";
  const [kernel, primitive] = edge.kernel;
  const called = [kernel ? `${kernel}()` : "", more ? primitive : ""].filter(Boolean);
  return [
    part("span", { class: "site", title: primitive || null }, ...nameParts(edge.site)),
    args,
    " ",
    called.length === 0 ? null
      : part("span", { class: "kernel" }, ...nameParts(called.join(": "))),
    ...edge.effects.map(effectPart),
  ];
}

/** Those that do not hold, what the trace is about before all others. */
const inOrder = (broken) => [...broken].sort((a, b) =>
  (propertyName(b) === data.violated) - (propertyName(a) === data.violated) || a - b);
const namesOf = (broken) => inOrder(broken).map(propertyName).join(", ");
const propertyName = (number) => data.properties[number].name;
const titleOf = (task) => (data.columns.find(([name]) => name === task) || [task, task])[1];
const counted = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
