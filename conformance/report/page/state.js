// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// The state: of each kind of object and each role a table, a column a member.

/** The rows of an owner's table: of each variable and further key, the slot of each member. */
function variablesOf(owner) {
  const rows = new Map();
  data.slots.forEach(([variable, keys, of], slot) => {
    if (of !== owner.name) return;
    const more = keys.slice(1).map((key) => `[${key}]`).join("");
    const name = more ? `${variable}[·]${more}` : variable;
    if (!rows.has(name)) rows.set(name, new Map());
    rows.get(name).set(keys[0], slot);
  });
  return rows;
}

function cellOf(slot, values, before, shows) {
  if (slot === undefined) return part("td", { class: "soft" });
  const changed = before !== null && before[slot] !== values[slot];
  const name = shows ? "shows" : changed ? "changed" : null;
  return part("td", { class: name },
    shows ? "✗ " : "", data.values[values[slot]],
    changed ? part("span", { class: "was" }, `was ${data.values[before[slot]]}`) : null);
}

function tableOf(owner, values, before, shows) {
  const variables = variablesOf(owner);
  if (variables.size === 0) return null;
  const members = owner.members.filter((m) => [...variables.values()].some((row) => row.has(m)));
  if (members.length === 0) members.push(undefined);
  const body = part("tbody");
  for (const [name, slots] of variables) {
    body.append(part("tr", { "data-name": name }, part("th", { scope: "row" }, name),
      ...members.map((m) => cellOf(slots.get(m), values, before, shows.has(slots.get(m))))));
  }
  return part("table", { class: "owner" }, part("caption", {}, owner.name),
    part("thead", {}, part("tr", {}, part("th", { scope: "col" }, "variable"),
      ...members.map((m) => part("th", { scope: "col" }, m === undefined ? "value" : m)))), body);
}

const slotName = (slot) =>
  data.slots[slot][0] + data.slots[slot][1].map((key) => `[${key}]`).join("");

/** What the last step changed, where a program counter is no news. */
function showChanged(values, before) {
  const changes = [];
  for (let slot = 0; before !== null && slot < values.length; ++slot) {
    if (values[slot] === before[slot] || data.slots[slot][0] === "pc") continue;
    changes.push(part("code", {}, `${slotName(slot)}: ${data.values[before[slot]]} → ` +
      data.values[values[slot]]), " ");
  }
  byId("changed").replaceChildren(...(before === null ? []
    : changes.length > 0 ? ["changed: ", ...changes] : ["The step changed no variable."]));
}

/** Each property, in words and by a sign: those of steps say something of the last one. */
function showProperties(row) {
  const item = (number, kind, sign, words) =>
    part("li", { class: kind, title: data.properties[number].words },
      `${sign} `, part("span", { class: "mono" }, propertyName(number)), words);
  byId("violated").replaceChildren(...inOrder(row.broken).map((number) => {
    const of = data.properties[number].kind === "invariant" ? "" : " by this step";
    const words = part("span", { class: "words" }, data.properties[number].words);
    const out = item(number, "bad", "✗", ` is violated${of}`);
    out.append(words);
    return out;
  }));
  const all = data.properties.map((property, number) => number);
  const live = all.filter((number) => data.properties[number].kind === "liveness");
  const stated = all.filter((number) => !live.includes(number));
  byId("holds-title").textContent = row.broken.length === 0
    ? `✓ All ${stated.length} properties of states and steps hold`
    : `✗ ${row.broken.length} of ${stated.length} properties of states and steps are violated`;
  byId("holds").replaceChildren(
    ...stated.map((number) => row.broken.includes(number)
      ? item(number, "bad", "✗", part("span", { class: "away" }, " is violated"))
      : item(number, "good", "✓", part("span", { class: "away" }, " holds"))),
    ...live.map((number) =>
      item(number, "soft", "–", part("span", { class: "away" }, " is live"))),
    live.length === 0 ? "" : part("li", { class: "soft" },
      "– is of whole behaviours: no state and no step shows it"));
}

function showState(walk) {
  const row = walk.rows[walk.at];
  const title = walk.at === 0 ? "State at the start" : `State after step ${walk.at}`;
  byId("state-title").textContent = title;
  if (row.node === null) {
    for (const id of ["changed", "violated", "holds"]) byId(id).replaceChildren();
    byId("holds-title").textContent = "No property is asked where there is no state";
    byId("values").replaceChildren(part("p", { class: "bad" }, `✗ ${row.edge.fault}`),
      part("p", {}, "The step is not allowed: there is no state after it."));
    return;
  }
  showProperties(row);
  const values = valuesOf(row.node);
  const before = walk.at === 0 ? null : valuesOf(walk.rows[walk.at - 1].node);
  showChanged(values, before);
  const atEnd = walk.then.length === 0 && walk.at === data.taken.length;
  const shows = new Set(atEnd ? data.shows : []);
  // What all share comes first.
  const owners = [...data.owners].sort((a, b) => a.tasks - b.tasks);
  if (data.slots.some(([, , of]) => of === "")) {
    owners.push({ name: "", members: [], tasks: false });
  }
  const tables = owners.map((owner) => tableOf(owner, values, before, shows)).filter(Boolean);
  const on = walk.at > walk.after ? data.way.indexOf(row.node) : -1;
  byId("values").replaceChildren(
    ...(on < 0 ? [] : [part("p", {}, "The same state as after ",
      part("a", { href: `#${on}` }, `step ${on} of the trace`), ".")]),
    ...tables);
}

/** The state in a sentence, for who listens. */
function sayState(walk) {
  const row = walk.rows[walk.at];
  const broken = row.broken.length === 0 ? "All properties hold."
    : `Violated: ${namesOf(row.broken)}.`;
  const what = row.edge === null ? "At the start."
    : `Step ${walk.at} of ${walk.rows.length - 1}, ${titleOf(row.edge.task)}: ${row.edge.site}. ` +
      `${row.edge.effects.join("; ")}.`;
  byId("said").textContent = `${what} ${row.node === null ? row.edge.fault : broken}`;
}
