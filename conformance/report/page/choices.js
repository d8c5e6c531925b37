// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// What can happen here: every step that is enabled, and where the page ends.

/** What there is to say of a step: does the way take it, and what does it break? */
function notesOf(walk, edge) {
  const notes = [];
  if (nextOf(walk) === edge.index) {
    const trace = walk.at < walk.after || walk.then.length === 0;
    notes.push(["goes", trace ? "the trace goes on so" : "this way goes on so"]);
  }
  const known = walk.rows[walk.at].broken;
  const broken = brokenBy(edge).filter((number) => !known.includes(number));
  if (edge.fault) notes.push(["breaks", `✗ fails: ${edge.fault}`]);
  if (broken.length > 0) notes.push(["breaks", `✗ violates ${namesOf(broken)}`]);
  return notes;
}

function choiceOf(walk, edge, number) {
  const notes = notesOf(walk, edge);
  return part("li", {},
    part("a", { href: hashAfter(walk, edge.index), "data-index": edge.index,
        class: notes.map(([name]) => name).join(" ") || null },
      number <= 9 ? part("kbd", { "aria-hidden": "true", class: "noprint" }, `${number}`) : null,
      " ", ...stepParts(edge, true),
      ...notes.map(([name, words]) =>
        part("span", { class: `effect note ${name === "breaks" ? "bad" : ""}` }, words))));
}

/** Where a task stands, if its `pc` says so. */
function standsAt(task, values) {
  const slot = data.slots.findIndex(([variable, keys]) => variable === "pc" && keys[0] === task);
  return slot < 0 ? "" : data.values[values[slot]].replace(/^"|"$/g, "");
}

function taskOf(walk, task, edges, values) {
  const own = edges.filter((edge) => edge.task === task);
  const title = part("h3", {}, titleOf(task));
  if (own.length === 0) {
    const at = standsAt(task, values);
    const why = at && at !== "Null" ? ` It stands before ${at}.` : "";
    return [title, part("p", { class: "soft" }, `No step of it is enabled.${why}`)];
  }
  return [title, part("ol", {}, ...own.map((edge) =>
    choiceOf(walk, edge, edges.indexOf(edge) + 1)))];
}

/** The page ends here: how to go on. */
function edgeOf(walk) {
  return part("div", { class: "edge" },
    part("p", {}, `This page ends here: it has every state that is at most ` +
      `${counted(data.depth, "step")} away from the trace. This command makes a page that ` +
      "goes on:"),
    part("pre", { tabindex: "0" }, `${commandOf(walk, " --format html")} > on.html`));
}

function showChoices(walk) {
  const row = walk.rows[walk.at];
  const out = [];
  const edges = row.node === null ? [] : edgesOf(row.node);
  if (edges === null) {
    out.push(edgeOf(walk));
  } else if (row.node !== null) {
    if (edges.length === 0) out.push(part("p", {}, "No step is enabled."));
    if (row.broken.length > 0) {
      out.push(part("p", { class: "note soft" }, "Something is violated here. The steps from " +
        "here on are the reference's, and are not compared with the specification."));
    }
    // In the order of the list, so that a step's number is that of its key.
    const tasks = [...data.columns.map(([name]) => name)];
    for (const edge of edges) if (!tasks.includes(edge.task)) tasks.push(edge.task);
    const values = valuesOf(row.node);
    for (const task of tasks) out.push(...taskOf(walk, task, edges, values));
  }
  if (edges !== null && walk.then.length > 0) {
    out.push(part("details", { class: "shell" }, part("summary", {}, "This way at a shell"),
      part("pre", { tabindex: "0" }, commandOf(walk, ""))));
  }
  byId("choices").replaceChildren(...out);
}
