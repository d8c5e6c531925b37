// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// What Lockstep found. Numbers stand for what is said once, in the lists:
//   values, sites, tasks, faults  texts
//   kernel      of a site, its function in Linux and its primitive, or ""
//   effects     what a step does, as texts
//   steps       [[site, task], [argument]]
//   changes     [slot, value, slot, value, ...]
//   sets        of properties that do not hold
//   slots       [variable, [key], owner]
//   nodes       [the node that it was come to from, change, set]; of node 0 the change is all
//   edges       of a node, if all that is enabled there is known: [step, to, effect, set, ...]
//               `to` below 0: the step fails, by fault -1 - to
//   way, taken  the behaviour: its nodes, and which edge of each it takes
const data = JSON.parse(document.getElementById("data").textContent);

/** The values of a node, by slot. */
function valuesOf(node) {
  const chain = [];
  for (let at = node; at !== 0; at = data.nodes[at][0]) chain.push(at);
  chain.push(0);
  const values = [];
  for (const at of chain.reverse()) {
    const change = data.changes[data.nodes[at][1]];
    for (let i = 0; i < change.length; i += 2) values[change[i]] = change[i + 1];
  }
  return values;
}

/** What is enabled in a node; null where the page does not know. */
function edgesOf(node) {
  const flat = data.edges[node];
  if (!flat) return null;
  const edges = [];
  for (let i = 0; i < flat.length; i += 4) {
    const [[site, task], args] = data.steps[flat[i]];
    const fails = flat[i + 1] < 0;
    edges.push({
      index: i / 4,
      task: data.tasks[task],
      site: data.sites[site],
      kernel: data.kernel[site],
      args,
      to: fails ? null : flat[i + 1],
      fault: fails ? data.faults[-1 - flat[i + 1]] : "",
      effects: data.effects[flat[i + 2]],
      broken: data.sets[flat[i + 3]],
    });
  }
  return edges;
}

/** `Alloc_Slab(m1, s1, v1)`, as the command line takes it. */
const stepText = (edge) => `${edge.site}(${[edge.task, ...edge.args].join(", ")})`;

/** The properties that do not hold of the state after an edge, or of the step itself. */
const brokenBy = (edge) =>
  edge.to === null ? [] : [...new Set([...edge.broken, ...data.sets[data.nodes[edge.to][2]]])];
