import { feedsOf, gradient, numbersOf, pool } from "./numbers.js";

// What follows from a state: windows, outputs, gradients, and what is wrong with them. No pixel yet.

export const range = (from, to) => Array.from({ length: Math.max(0, to - from) }, (_, k) => from + k);
const different = (a, b) => range(0, a.start.length).filter((k) => a.start[k] !== b.start[k] || a.stop[k] !== b.stop[k]);

/** Does cut i fall inside a cell? Then PyTorch's windows on both sides of it share that cell. */
export const insideCell = (truth, i) => i > 0 && i < truth.start.length && truth.stop[i - 1] > truth.start[i];

/** Up to n, and no cut inside a cell: the windows tile. */
export const tiles = ({ truth, m, n }) => m <= n && !range(1, m).some((i) => insideCell(truth, i));

export const windowText = (from, to, words) => (from === to ? words.empty : `${from}:${to}`);

/** Everything that follows from a state: windows, outputs, gradients. */
export function factsOf(state, tables, random) {
  const { n, m, rule, kind } = state;
  const truth = tables.windows("pytorch", n, m);
  const windows = tables.windows(rule, n, m);
  const x = numbersOf(state.x, n, random);
  const g = numbersOf(state.upstream, m, random);
  const facts = { ...state, x, g, truth, windows, dual: m > n, defined: windows !== null };
  facts.secret = facts.hidden || !facts.defined; // no window may, or can, be shown
  if (!facts.defined) return facts;
  facts.feeds = feedsOf(windows, n);
  facts.y = pool(kind, x, windows);
  facts.grad = gradient(kind, x, g, windows, n);
  facts.wrong = different(windows, truth);
  facts.bars = facts.dual ? facts.feeds : windows;
  facts.trueBars = facts.dual ? feedsOf(truth, n) : truth;
  facts.wrongBars = new Set(different(facts.bars, facts.trueBars));
  return facts;
}
