// SPDX-FileCopyrightText: The Lockstep authors
// SPDX-License-Identifier: MIT

// Where the reader is: all of it stands in the address.
//   #12         after step 12 of the trace
//   #12.3.0     after step 12, then the steps 3 and 0 of those that are enabled there
//   #12.3.0@13  the same way, after its step 13

/** The rows of a way: of each the node, and the edge that leads there. */
function rowsOf(after, then) {
  const rows = [{ node: data.way[0], edge: null, broken: data.sets[data.nodes[data.way[0]][2]] }];
  const take = (index) => {
    const from = rows[rows.length - 1].node;
    const edge = from === null ? null : (edgesOf(from) || [])[index];
    if (!edge) return false;
    rows.push({ node: edge.to, edge, broken: brokenBy(edge) });
    return true;
  };
  for (let i = 0; i < after; ++i) take(data.taken[i]);
  return then.every(take) ? rows : null;
}

/** What an address says; null if it is none of this page. */
function walkOf(hash) {
  const found = /^#?(\d+)((?:\.\d+)*)(?:@(\d+))?$/.exec(hash);
  if (!found) return null;
  const on = Number(found[1]);
  const then = found[2].split(".").slice(1).map(Number);
  if (on > data.taken.length) return null;
  const after = then.length === 0 ? data.taken.length : on;
  const rows = rowsOf(after, then);
  if (!rows) return null;
  const end = after + then.length;
  const at = found[3] !== undefined ? Number(found[3]) : then.length === 0 ? on : end;
  return at > end ? null : { after, then, rows, at };
}

/** The address of a row of a way. */
function hashOf(walk, at) {
  if (walk.then.length === 0) return `#${at}`;
  const way = `#${[walk.after, ...walk.then].join(".")}`;
  return at === walk.rows.length - 1 ? way : `${way}@${at}`;
}

/** Does the way lead back from its end? To a row before that. */
const leadsBack = (walk) => walk.then.length === 0 && data.back_to !== null &&
  data.back_to < walk.rows.length - 1;

/** The row after this one: of a loop's end, the one that follows where it leads back to. */
function onward(walk) {
  if (walk.at < walk.rows.length - 1) return walk.at + 1;
  return leadsBack(walk) ? data.back_to + 1 : walk.at;
}

/** The edge that the way takes next, or null. */
const nextOf = (walk) => {
  const at = onward(walk);
  return at === walk.at ? null : walk.rows[at].edge.index;
};

/** The address after a further step. A way that goes as the trace does is the trace. */
function hashAfter(walk, index) {
  if (nextOf(walk) === index) return hashOf(walk, onward(walk));
  if (walk.at <= walk.after) return `#${[walk.at, index].join(".")}`;
  return `#${[walk.after, ...walk.then.slice(0, walk.at - walk.after), index].join(".")}`;
}

/** The command that makes a page around where the reader is. */
function commandOf(walk, format) {
  const quoted = (text) => `'${text.replace(/'/g, "'\\''")}'`;
  const after = Math.min(walk.at, walk.after, data.given);
  let out = `${data.command.replace(/ --format html$/, format)} --after ${after}`;
  for (const row of walk.rows.slice(after + 1, walk.at + 1)) {
    out += ` --take ${quoted(stepText(row.edge))}`;
  }
  return out;
}
