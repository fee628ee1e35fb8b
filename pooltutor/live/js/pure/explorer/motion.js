import { boxFrame, lateMotion, motionsBetween, stretchFrames } from "../motion.js";
import { range } from "../windows.js";
import { rulerLine } from "./layout.js";

// What moves in the 1-D picture. From size to size cells and outputs are stretched, windows go to their new lines. On a
// step the exact interval comes down from the ruler, and its ends slide outwards to the lines.

const MOST_BARS = 64; // of more than a slider has nobody could follow one
const NEAR_SIZES = 2; // a size at most so many times another one is near to it
const WIDE_ENOUGH = 14; // pixels: of narrower cells many would have to move, each by next to nothing
const DOWN = 0.35; // of the time: the exact interval is down
const OUT = 0.7; // its ends are on the lines
const APPEARS = 0.4; // what is new begins to be seen
const ARROWS = ["round:start", "round:start:tip", "round:stop", "round:stop:tip"];
const LATE = [...ARROWS, "tiles"]; // they stand at their new place
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
const areNear = (a, b) => a !== b && Math.max(a, b) <= NEAR_SIZES * Math.min(a, b);

/**
 * From one size to the next.
 * @param {Shown} before
 * @param {Shown} after
 * @returns {Motion[]}
 */
function sizeMotions(before, after) {
  const [a, b, { left, right }] = [before.facts, after.facts, after.rows];
  const [cells, outputs] = [areNear(a.n, b.n), areNear(a.m, b.m)];
  const isFar = (a.n !== b.n && !cells) || (a.m !== b.m && !outputs);
  const narrowest = (right - left) / Math.max(b.n, b.m);
  if (isFar || narrowest < WIDE_ENOUGH || a.dual !== b.dual || before.rows.width !== after.rows.width) return [];
  /** @type {(keys: string[], ratio: number) => Motion[]} */
  const stretched = (keys, ratio) => keys.map((key) => ({ key, frames: stretchFrames(left, ratio) }));
  /** @type {(name: string, from: number, to: number) => Motion[]} */
  const appearing = (name, from, to) => range(from, to).map((k) => lateMotion(`${name}:${k}`, APPEARS));
  const ofCells = ["cells", "ruler:lines", ...(b.dual ? [] : ["shared"])];
  const ofOutputs = ["outputs", "cuts", "diamonds", "diamonds:inside", "grip:m", ...(b.dual ? ["shared"] : [])];
  return [
    ...(cells ? stretched(ofCells, b.n / a.n) : []),
    ...(outputs ? stretched(ofOutputs, b.m / a.m) : []),
    ...appearing("cell", a.n, b.n),
    ...appearing("number", a.n + 1, b.n + 1),
    ...appearing("output", a.m, b.m),
    ...LATE.map((key) => lateMotion(key, APPEARS)),
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
function roundingMotions({ facts, rows, places }, i, isCurrent) {
  const cut = (/** @type {number} */ k) => rows.left + ((rows.right - rows.left) * k) / facts.m;
  const exact = { x: cut(i), width: cut(i + 1) - cut(i) };
  const height = Number(places.get(`window:${i}:bar`)?.height ?? 0);
  const onRuler = { x: exact.x + 1.5, width: Math.max(1, exact.width - 3), y: rulerLine(rows) - height / 2 };
  /** @type {(key: string, from: Attributes) => Motion[]} */
  const grown = (key, from) => {
    const box = places.get(key);
    if (!box) return [];
    const down = { ...box, x: from.x, width: from.width };
    const first = boxFrame({ ...down, ...from }, { easing: EASE });
    const then = [boxFrame(down, { offset: DOWN, easing: EASE }), boxFrame(box, { offset: OUT }), boxFrame(box)];
    return [{ key, frames: [first, ...then] }];
  };
  const bar = [...grown(`window:${i}:bar`, onRuler), lateMotion(`window:${i}:text`, OUT)];
  if (!isCurrent) return bar;
  const ofWindow = [...grown("selected:bar", onRuler), ...grown("selected:cells", exact)];
  return [...bar, ...ofWindow, ...ARROWS.map((key) => lateMotion(key, DOWN)), lateMotion("unshared", OUT)];
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
