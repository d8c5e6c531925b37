// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// What Lockstep found. An order is a number; a placement is a list of them, with those that they
// take along.
//   declared  the placement that the reference has
//   sites     {name, kernel, levels: [[text, placement]]}, the weakest first
//   models    of each all minimal placements: what has one of them in it is safe, all else is not;
//             witnesses, each good for every unsafe placement within its own
const within = (a, b) => a.every((order) => b.includes(order));
let model = data.models.length - 1;
let chosen = [];  // of each site, the level

const levelOf = (site, placement) => {
  let best = 0;
  site.levels.forEach(([, level], i) => {
    if (within(level, placement) && level.length >= site.levels[best][1].length) best = i;
  });
  return best;
};
const levelsOf = (placement) => data.sites.map((site) => levelOf(site, placement));
const placementOf = (levels) => levels.flatMap((level, i) => data.sites[i].levels[level][1]);
const textOf = (placement) => levelsOf(placement)
  .map((level, i) => (level > 0 ? `${data.sites[i].name}=${data.sites[i].levels[level][0]}` : ""))
  .filter(Boolean).join(", ") || "no order at all";

/** Model and orders as the address has them. Without an address, as declared under lkmm. */
function read() {
  const asked = new URLSearchParams(location.hash.slice(1));
  const named = data.models.findIndex(({ name }) => name === (asked.get("model") || "lkmm"));
  model = named >= 0 ? named : data.models.length - 1;
  chosen = levelsOf(data.declared);
  data.sites.forEach((site, i) => {
    const level = site.levels.findIndex(([text]) => text === asked.get(site.name));
    if (level >= 0) chosen[i] = level;
  });
}
function write() {
  const told = new URLSearchParams({ model: data.models[model].name });
  const declared = levelsOf(data.declared);
  chosen.forEach((level, i) => {
    if (level !== declared[i]) told.set(data.sites[i].name, data.sites[i].levels[level][0]);
  });
  location.hash = told.toString();
}

function choiceOf(group, texts, at, take) {
  return texts.map((text, i) => {
    const input = part("input", { type: "radio", name: group, checked: i === at ? "" : null });
    input.addEventListener("change", () => { take(i); write(); });
    return part("label", {}, input, ` ${text}`);
  });
}

function showSwitches() {
  const declared = levelsOf(data.declared);
  const active = document.activeElement && document.activeElement.name;
  const sets = [part("fieldset", {}, part("legend", {}, "memory model"),
    ...choiceOf("model", data.models.map(({ name }) => name), model, (i) => { model = i; }))];
  data.sites.forEach((site, i) => {
    const level = site.levels[chosen[i]][1];
    const of = site.levels[declared[i]][1];
    const same = chosen[i] === declared[i];
    const kind = same ? null : within(level, of) ? "weaker" : "stronger";
    sets.push(part("fieldset", { class: kind },
      part("legend", {}, part("b", { class: "mono" }, site.name),
        site.kernel ? ` ${site.kernel}()` : "",
        same ? "" : `: ${kind} than ${site.levels[declared[i]][0]}, as declared`),
      ...choiceOf(site.name, site.levels.map(([text]) => text), chosen[i],
        (at) => { chosen[i] = at; })));
  });
  byId("switches").replaceChildren(...sets);
  if (active) {
    const again = [...byId("switches").elements].find((e) => e.name === active && e.checked);
    if (again) again.focus();
  }
}

function showMinimal() {
  const found = data.models[model];
  if (!found.mended || found.minimal.length === 0) {
    byId("minimal").replaceChildren(part("p", {}, found.complete
      ? "None: no orders of these sites make it impossible." : `Not known: ${found.reason}.`));
    return;
  }
  byId("minimal").replaceChildren(part("ol", {}, ...found.minimal.map((placement) => {
    const button = part("button", { type: "button" }, textOf(placement));
    button.addEventListener("click", () => { chosen = levelsOf(placement); write(); });
    return part("li", {}, button);
  })));
}

/** The rows that matter, a column a task. */
function tableOf(columns) {
  const head = part("tr", {}, ...columns.tasks.map((task) => part("th", { scope: "col" }, task)));
  const rows = columns.rows.filter((row) => row.matters).map((row) => part("tr", {}, ...columns.tasks.map((task) => {
    if (task !== row.task) return part("td");
    const from = row.reads_from ? ` ← ${row.reads_from}` : "";
    return part("td", {}, part("b", {}, row.site), `: ${row.text} (${row.order})${from}`);
  })));
  return part("table", {}, part("thead", {}, head), part("tbody", {}, ...rows));
}

function showWitness(witness) {
  const { columns } = witness;
  const others = columns.rows.filter((row) => !row.matters).length;
  const out = [part("h3", {}, "An execution that ends so"),
    part("div", { class: "scroll", tabindex: "0" }, tableOf(columns)),
    part("p", { class: "soft" }, others === 0 ? ""
      : `and ${others} that no other task can notice`)];
  if (columns.words.length > 0) {
    out.push(part("h3", {}, `Not possible under ${columns.under}, by ${columns.law}`),
      part("ul", {}, ...columns.words.map((words) => part("li", {}, words))));
  }
  if (witness.svg) {
    out.push(part("figure", { tabindex: "0" }, part("img", {
      alt: `The execution as a graph: ${columns.words.join("; ")}`,
      src: `data:image/svg+xml;charset=utf-8,${encodeURIComponent(witness.svg)}`,
    })));
  } else {
    out.push(part("p", { class: "soft" }, "There was no Graphviz to draw it."));
  }
  byId("witness").replaceChildren(...out);
}

function showVerdict() {
  const found = data.models[model];
  const placement = placementOf(chosen);
  const say = (kind, sign, words) => {
    byId("verdict").className = kind;
    byId("verdict").textContent = `${sign} ${words} under ${found.name} (${found.title})`;
  };
  byId("witness").replaceChildren();
  if (!found.complete) {
    say("soft", "?", "Not known");
    byId("why").textContent = found.reason;
    return;
  }
  const safe = found.minimal.find((minimal) => within(minimal, placement));
  if (safe) {
    say("good", "✓", "Never");
    byId("why").textContent = `What suffices here: ${textOf(safe)}.`;
    return;
  }
  say("bad", "✗", "Reachable");
  const witness = found.witnesses.find((w) => within(placement, w.placement));
  if (!witness) {
    byId("why").textContent = "There is no witness in this page for these orders.";
    return;
  }
  byId("why").textContent = witness.interleaving
    ? "It is an interleaving: no order can mend it."
    : witness.changed.length > 0 ? `It needs no more than ${witness.changed.join(", ")}.` : "";
  showWitness(witness);
}

function show() {
  read();
  showSwitches();
  showMinimal();
  showVerdict();
}

byId("question").textContent = data.words;
byId("forbidden").textContent = data.forbidden;
if (data.assumed.length > 0) byId("assumed").textContent = `Assumed: ${data.assumed.join(", ")}.`;
byId("declared").addEventListener("click", () => { chosen = levelsOf(data.declared); write(); });
addEventListener("hashchange", show);
show();
