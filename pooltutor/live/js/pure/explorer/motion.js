import { boxFrame, motionsBetween, stretchFrames } from "../motion.js";
import { insideCell, range } from "../windows.js";

// What moves in the 1-D picture. From size to size cells and outputs are stretched, windows go to their new lines. On a
// step the exact interval comes down from the ruler, and its ends slide outwards to the lines.

const MOST_BARS = 64; // of more than a slider has nobody could follow one
const NEAR = 2; // a size at most so many times another one is near to it
const DOWN = 0.35; // of the time: the exact interval is down
const OUT = 0.8; // its ends are on the lines
const EASE = "ease-in-out";

/**
 * The marks whose places are noted after each drawing, to move from there.
 * @param {Facts} facts
 */
export function movingKeys({ bars, visible, dual }) {
  if (!visible) return [];
  const count = bars.start.length;
  const name = dual ? "feeds" : "window";
  const ofBars = range(0, count <= MOST_BARS ? count : 0).flatMap((k) => [`${name}:${k}:bar`, `${name}:${k}:text`]);
  return [...ofBars, "selected:cells", "selected:bar", "selected:output"];
}

/** @param {number} a @param {number} b */
const areNear = (a, b) => a !== b && Math.max(a, b) <= NEAR * Math.min(a, b);

/**
 * From one size to the next.
 * @param {Shown} before
 * @param {Shown} after
 * @returns {Motion[]}
 */
export function sizeMotions(before, after) {
  const [{ n, m }, rows] = [after.facts, after.rows];
  const [cells, outputs] = [areNear(before.facts.n, n), areNear(before.facts.m, m)];
  const isFar = (n !== before.facts.n && !cells) || (m !== before.facts.m && !outputs);
  if (isFar || before.facts.dual !== after.facts.dual || before.rows.width !== rows.width) return [];
  /** @type {(keys: string[], ratio: number) => Motion[]} */
  const stretched = (keys, ratio) => keys.map((key) => ({ key, frames: stretchFrames(rows.left, ratio) }));
  const shared = after.facts.dual ? outputs && m / before.facts.m : cells && n / before.facts.n;
  return [
    ...(cells ? stretched(["cells", "ruler:lines"], n / before.facts.n) : []),
    ...(outputs ? stretched(["outputs", "cuts", "diamonds", "diamonds:inside"], m / before.facts.m) : []),
    ...(shared ? stretched(["shared"], shared) : []),
    ...motionsBetween(before.places, after.places),
  ];
}

/**
 * How window i comes about: its exact interval leaves the ruler, and is rounded outwards.
 * @param {Shown} shown
 * @param {number} i
 * @param {boolean} isCurrent
 * @returns {Motion[]}
 */
export function roundingMotions({ facts, rows, places }, i, isCurrent) {
  const cut = (/** @type {number} */ k) => rows.left + ((rows.right - rows.left) * k) / facts.m;
  const exact = { x: cut(i), width: cut(i + 1) - cut(i) };
  const line = rows.ruler.y + 11;
  /** @type {(key: string, from: Attributes) => Motion[]} */
  const grown = (key, from) => {
    const box = places.get(key);
    if (!box) return [];
    const down = { ...box, x: from.x, width: from.width };
    const start = boxFrame({ ...down, ...from }, { easing: EASE });
    return [
      {
        key,
        frames: [start, boxFrame(down, { offset: DOWN, easing: EASE }), boxFrame(box, { offset: OUT }), boxFrame(box)],
      },
    ];
  };
  /** @type {(key: string, from: number) => Motion} */
  const late = (key, from) => ({ key, frames: [{ opacity: 0 }, { opacity: 0, offset: from }, { opacity: 1 }] });
  const inset = { x: exact.x + 1.5, width: Math.max(1, exact.width - 3) };
  const height = Number(places.get(`window:${i}:bar`)?.height ?? 0);
  const bar = grown(`window:${i}:bar`, { ...inset, y: line - height / 2 });
  if (!isCurrent) return [...bar, late(`window:${i}:text`, OUT)];
  const ends = [insideCell(facts.truth, i) && "start", insideCell(facts.truth, i + 1) && "stop"].filter(Boolean);
  return [
    ...bar,
    ...grown("selected:bar", { ...inset, y: line - height / 2 }),
    ...grown("selected:cells", exact),
    ...ends.flatMap((end) => [late(`round:${end}`, DOWN), late(`round:${end}:tip`, DOWN)]),
    ...[`window:${i}:text`, "own"].map((key) => late(key, OUT)),
  ];
}

/** What makes that rounding is seen; every other difference is a motion of another kind, or none. @param {Facts} facts */
const scopeOf = ({ n, m, rule, kind, visible }) => [n, m, rule, kind, visible].join();

/**
 * What happened between two pictures, and what of it is seen to move.
 * @param {Shown} before
 * @param {Shown} after
 * @returns {Happened}
 */
export function motionOf(before, after) {
  const [a, b] = [before.facts, after.facts];
  if (a.n !== b.n || a.m !== b.m) return { kind: "size", motions: () => sizeMotions(before, after) };
  const rounds = b.visible && b.rule === "pytorch";
  if (rounds && a.window !== b.window && scopeOf(a) === scopeOf(b))
    return { kind: "step", motions: () => roundingMotions(after, b.window, true) };
  if (rounds && !a.visible && a.rule === b.rule && b.m <= MOST_BARS)
    return { kind: "reveal", motions: () => range(0, b.m).flatMap((i) => roundingMotions(after, i, i === b.window)) };
  return { kind: "none", motions: () => [] };
}
