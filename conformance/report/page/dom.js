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
