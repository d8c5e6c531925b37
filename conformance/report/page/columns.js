// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// The steps as in a mail: a column a task, a row a step.

/** What a row shows of the properties, in a sign and in words. */
function propertiesOf(row) {
  if (row.edge && row.edge.fault) return part("td", { class: "props bad" }, "✗ fails");
  if (row.broken.length === 0) {
    return part("td", { class: "props good" }, "✓", part("span", { class: "away" }, "hold"));
  }
  return part("td", { class: "props bad" }, `✗\u00a0${namesOf(row.broken)}`);
}

function rowOf(walk, at, tasks) {
  const row = walk.rows[at];
  const other = at > walk.after;
  const loop = data.back_to !== null && walk.then.length === 0 && at > data.back_to;
  const line = part("tr", {
    "data-at": at,
    class: [other ? "other" : "", loop ? "loop" : ""].join(" ").trim() || null,
    role: "row",
  });
  const said = other ? "another way, " : loop ? "in the loop, " : "";
  line.append(
    part("th", { scope: "row", class: "number", role: "rowheader" },
      part("a", { href: hashOf(walk, at) }, said ? part("span", { class: "away" }, said) : null,
        at === 0 ? "start" : `${at}`)));
  for (const task of tasks) {
    const mine = row.edge && row.edge.task === task;
    line.append(mine ? part("td", { "data-task": task, role: "cell" }, ...stepParts(row.edge))
                     : part("td", { class: "empty", role: "cell" }));
  }
  line.append(propertiesOf(row));
  return line;
}

/** What is said below the steps. */
function endingOf(walk) {
  const last = walk.rows[walk.rows.length - 1];
  if (last.edge && last.edge.fault) return `The last step fails: ${last.edge.fault}.`;
  if (walk.then.length > 0) {
    return `Another way from step ${walk.after} of the trace on; its steps have a question mark.`;
  }
  const end = walk.rows.length - 1;
  if (data.back_to !== null) {
    const again = data.back_to >= end
      ? "And so for ever: no step follows."
      : `↺ The last step leads back to the state after step ${data.back_to}: and again from ` +
        `step ${data.back_to + 1}, for ever.`;
    if (!data.breaks) return again;
    return `${again} ${data.variant} is said to break ${data.breaks}: no single state shows it.`;
  }
  if (!data.violated) return "";
  const values = valuesOf(last.node);
  const shows = data.shows.map((slot) => `${slotName(slot)} = ${data.values[values[slot]]}`);
  return `${data.violated} is violated${shows.length > 0 ? `: ${shows.join(", ")}` : ""}.`;
}

function showColumns(walk) {
  const active = new Set(walk.rows.map((row) => row.edge && row.edge.task));
  const known = data.columns.map(([name]) => name);
  const tasks = [...known, ...data.tasks.filter((task) => !known.includes(task))]
    .filter((task) => active.has(task));
  const head = part("tr", { role: "row" },
    part("th", { scope: "col", class: "number", role: "columnheader" }, "step"),
    ...tasks.map((task) => part("th", { scope: "col", role: "columnheader" }, titleOf(task))),
    part("th", { scope: "col", class: "props", role: "columnheader" }, "properties"));
  const body = part("tbody", { role: "rowgroup" });
  walk.rows.forEach((row, at) => body.append(rowOf(walk, at, tasks)));
  byId("columns").replaceChildren(
    part("caption", { class: "away" }, "The steps, a column for each task"),
    part("thead", { role: "rowgroup" }, head), body);
  byId("ending").textContent = endingOf(walk);
}

/** Marks where the reader is, and brings it into view. */
function showPlace(walk) {
  for (const line of byId("columns").tBodies[0].rows) {
    const here = Number(line.dataset.at) === walk.at;
    if (here) line.setAttribute("aria-current", "step");
    else line.removeAttribute("aria-current");
    if (here) inView(line);
  }
}

/** Scrolls what the row lies in, and nothing else: on a narrow screen the page stays. */
function inView(line) {
  const pane = byId("steps");
  if (pane.scrollHeight <= pane.clientHeight + 1) return;
  const own = line.getBoundingClientRect();
  const room = pane.getBoundingClientRect();
  const head = 40;
  if (own.top < room.top + head) pane.scrollTop -= room.top + head - own.top;
  if (own.bottom > room.bottom - head) pane.scrollTop += own.bottom - room.bottom + head;
}
