// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

let walk = null;
let hits = [];

/** Shows what an address says; one that says nothing shows the start. */
function show() {
  const before = walk;
  const asked = walkOf(location.hash || "#0");
  walk = asked || walkOf("#0");
  const same = before !== null && before.after === walk.after &&
    before.then.join() === walk.then.join();
  const inside = byId("enabled").contains(document.activeElement);
  if (!same) showColumns(walk);
  showPlace(walk);
  showState(walk);
  showChoices(walk);
  sayState(walk);
  const end = walk.rows.length - 1;
  byId("where").textContent = `step ${walk.at} of ${end}`;
  byId("first").disabled = byId("back").disabled = walk.at === 0;
  byId("next").disabled = onward(walk) === walk.at;
  byId("last").disabled = walk.at === end;
  byId("return").hidden = walk.then.length === 0;
  byId("return").href = `#${Math.min(walk.at, walk.after)}`;
  if (!same) search();
  if (!asked) byId("found").textContent = "the address names no step of this page";
  markNames();
  if (inside) byId("enabled-title").focus({ preventScroll: true });
}

/** Along a way the address changes in place, so that `back` leaves the way at once. */
function step(at) {
  const hash = hashOf(walk, at);
  try {
    history.replaceState(null, "", hash);
    show();
  } catch (refused) {
    location.hash = hash;
  }
}
const jump = (at) => { location.hash = hashOf(walk, at); };

/** The rows in which every word that is searched for stands. */
function search() {
  const words = byId("search").value.toLowerCase().split(/\s+/).filter(Boolean);
  hits = [];
  for (const line of byId("columns").tBodies[0].rows) {
    const text = line.textContent.toLowerCase();
    const hit = words.length > 0 && words.every((word) => text.includes(word));
    line.classList.toggle("hit", hit);
    if (hit) hits.push(Number(line.dataset.at));
  }
  byId("found").textContent = words.length === 0 ? "" : counted(hits.length, "hit");
}

/** The variables of the state in whose name stands what is searched for. */
function markNames() {
  const word = byId("search").value.trim().toLowerCase();
  for (const line of byId("values").querySelectorAll("tr[data-name]")) {
    line.classList.toggle("hit", word !== "" && line.dataset.name.toLowerCase().includes(word));
  }
}

function nextHit(back) {
  if (hits.length === 0) return;
  const found = back ? hits.filter((at) => at < walk.at).pop() ?? hits[hits.length - 1]
    : hits.find((at) => at > walk.at) ?? hits[0];
  jump(found);
}

const keys = {
  ArrowRight: () => step(onward(walk)),
  ArrowDown: () => step(onward(walk)),
  ArrowLeft: () => step(Math.max(walk.at - 1, 0)),
  ArrowUp: () => step(Math.max(walk.at - 1, 0)),
  Home: () => jump(0),
  End: () => jump(walk.rows.length - 1),
  "/": () => { byId("search").focus(); byId("search").select(); },
  n: () => nextHit(false),
  N: () => nextHit(true),
  Escape: () => { if (walk.then.length > 0) location.hash = byId("return").hash; },
};

document.addEventListener("keydown", (event) => {
  if (event.ctrlKey || event.metaKey || event.altKey) return;
  if (event.target === byId("search")) {
    if (event.key === "Enter") nextHit(event.shiftKey);
    else if (event.key !== "Escape") return;
    else { byId("search").value = ""; byId("search").blur(); search(); markNames(); }
    event.preventDefault();
    return;
  }
  const choice = /^[1-9]$/.test(event.key)
    ? byId("choices").querySelectorAll("a[data-index]") : null;
  if (choice) {
    const index = Number(event.key) - 1;
    for (const link of choice) if (Number(link.dataset.index) === index) link.click();
  } else if (Object.hasOwn(keys, event.key)) {
    keys[event.key]();
  } else {
    return;
  }
  event.preventDefault();
});
byId("columns").addEventListener("click", (event) => {
  const line = event.target.closest("tr[data-at]");
  if (line && !event.target.closest("a") && String(getSelection()) === "") {
    jump(Number(line.dataset.at));
  }
});
for (const [id, key] of [["first", "Home"], ["back", "ArrowLeft"], ["next", "ArrowRight"],
  ["last", "End"]]) {
  byId(id).addEventListener("click", keys[key]);
}
byId("skip").addEventListener("click", (event) => {
  event.preventDefault();
  byId("state").focus();
});
byId("search").addEventListener("input", () => { search(); markNames(); });
addEventListener("hashchange", show);
addEventListener("popstate", show);
addEventListener("beforeprint", () => { document.querySelector(".about").open = true; });

for (const [term, words] of data.about) {
  byId("about").append(part("dt", {}, term), part("dd", {}, words));
}
byId("reach").textContent = data.whole
  ? `All ${counted(data.nodes.length, "state")} of the model are in this page; ${data.bounds}.`
  : `This page has ${counted(data.nodes.length, "state")}: every one that is at most ` +
    `${counted(data.depth, "step")} away from the trace; ${data.bounds}.`;
show();
