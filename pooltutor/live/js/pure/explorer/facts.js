import { feedsOf, gradient, numbersOf, pool, winnersOf } from "../numbers.js";
import { barsOf, different, influenceOf } from "../windows.js";

// What follows from the state of the 1-D explorer: windows, outputs, gradients, and what is wrong with them. No pixel yet.

/** Everything that follows from a state: windows, outputs, gradients. */
export function factsOf(state, tables, random) {
  const { n, m, rule, kind } = state;
  const truth = tables.windows("pytorch", n, m);
  const windows = tables.windows(rule, n, m);
  const x = numbersOf(state.x, n, random);
  const g = numbersOf(state.upstream, m, random);
  const facts = {
    ...state,
    x,
    g,
    xSpec: state.x,
    upstreamSpec: state.upstream,
    truth,
    windows,
    dual: m > n,
    defined: windows !== null,
  };
  facts.secret = facts.hidden || !facts.defined; // no window may, or can, be shown
  if (!facts.defined) return facts;
  facts.feeds = feedsOf(windows, n);
  facts.winners = kind === "max" ? winnersOf(x, windows) : null;
  facts.y = pool(kind, x, windows);
  facts.grad = gradient(kind, x, g, windows, n);
  facts.wrong = different(windows, truth);
  Object.assign(facts, barsOf(windows, truth, n, facts.dual));
  if (state.influence) facts.shares = influenceOf(facts);
  if (state.duel) facts.rival = rivalOf(facts, tables);
  return facts;
}

/** The other side of a duel: windows and outputs of a second rule on the same input, and the first difference. */
function rivalOf({ n, m, x, kind, dual, truth, windows, against: rule }, tables) {
  const theirs = tables.windows(rule, n, m);
  if (theirs === null) return { rule, defined: false };
  const first = different(windows, theirs)[0];
  return {
    rule,
    defined: true,
    windows: theirs,
    feeds: feedsOf(theirs, n),
    y: pool(kind, x, theirs),
    first,
    ...barsOf(theirs, truth, n, dual),
  };
}
