// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

const byId = (id) => document.getElementById(id);

/** An element with attributes and children; text is text, whatever it holds. */
function part(name, attributes = {}, ...children) {
  const out = document.createElement(name);
  for (const [key, value] of Object.entries(attributes)) {
    if (value !== null && value !== undefined && value !== false) out.setAttribute(key, value);
  }
  out.append(...children.filter((child) => child !== null && child !== undefined));
  return out;
}

/** What a step does: its site, arguments, the kernel's function, effects. */
function stepParts(edge) {
  const args = edge.args.length > 0 ? `(${edge.args.join(", ")})` : "";
  const [kernel, primitive] = edge.kernel;
  const called = [kernel ? `${kernel}()` : "", primitive ? `${primitive}` : ""].filter(Boolean);
  return [
    part("span", { class: "site" }, edge.site),
    args,
    called.length > 0 ? part("span", { class: "kernel" }, ` ${called.join(": ")}`) : null,
    ...edge.effects.map((effect) => part("span", { class: "effect" }, effect)),
  ];
}

const propertyName = (number) => data.properties[number].name;
const titleOf = (task) => (data.columns.find(([name]) => name === task) || [task, task])[1];
const counted = (count, what) => `${count.toLocaleString("en")} ${what}${count === 1 ? "" : "s"}`;
