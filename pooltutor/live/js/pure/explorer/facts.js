import { KINDS, pool } from "../kinds.js";
import { numbersOf } from "../numbers.js";
import { barsOf, different, feedsOf, influenceOf } from "../windows.js";

// What follows from the state of the 1-D explorer: windows, outputs, gradients, and what is wrong with them. No pixel yet.

/**
 * Everything that follows from a state: windows, outputs, gradients.
 * @param {ExplorerState} state
 * @param {BinSource} rules
 * @param {number[]} random
 * @returns {Facts}
 */
export function factsOf(state, rules, random) {
  const { n, m, rule } = state;
  const [truth, windows] = ["pytorch", rule].map((name) => rules.windows(name, n, m));
  const x = numbersOf(state.x, n, random);
  const g = numbersOf(state.upstream, m, random);
  const given = { ...state, x, g, xSpec: state.x, upstreamSpec: state.upstream, dual: m > n };
  if (!truth || !windows) return /** @type {Facts} */ ({ ...given, truth, windows, defined: false, visible: false });
  const facts = {
    ...given,
    truth,
    windows,
    defined: true,
    visible: !state.hidden,
    ...resultsOf(given, windows, truth),
  };
  const shares = state.influence ? influenceOf(facts) : [];
  return { ...facts, shares, ...(state.duel && { rival: rivalOf(facts, rules) }) };
}

/**
 * What the windows give: outputs, gradients, who wins, and where they are not PyTorch's.
 * @param {{ n: number; kind: Kind; x: number[]; g: number[]; dual: boolean }} given
 * @param {Bins} windows
 * @param {Bins} truth
 */
function resultsOf({ n, kind, x, g, dual }, windows, truth) {
  const { line } = KINDS[kind];
  const winners = line.winners(x, windows);
  return {
    feeds: feedsOf(windows, n),
    winners,
    y: line.outputs(x, windows, winners),
    grad: line.gradient(g, windows, n, winners),
    wrong: different(windows, truth),
    ...barsOf(windows, truth, n, dual),
  };
}

/**
 * The other side of a duel: windows and outputs of a second rule on the same input, and the first difference.
 * @param {Omit<Facts, "shares" | "rival">} facts
 * @param {BinSource} rules
 * @returns {Rival}
 */
function rivalOf({ n, m, x, kind, dual, truth, windows, against: rule }, rules) {
  const theirs = rules.windows(rule, n, m);
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
