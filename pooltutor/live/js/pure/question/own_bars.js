import { CHARACTER, sizesOf } from "../boxes.js";
import { tintOf } from "../colours.js";
import { boxAt, textAt } from "../marks.js";
import { counted, fill } from "../numbers.js";
import { joined } from "../terms.js";
import { range } from "../windows.js";

// What a learner has drawn: outlined bars with grips, which lock when they are right; cells that are marked.

const GRIP = { width: 10, height: 20 };
const BOTH_MARKS = 38; // pixels that a tick and a lock take at the right end of a bar
const ONE_MARK = 20;
const LETTERS = [15, 13, 12, 11];
const CROSS = "m1 1 8 8M9 1 1 9";
const TICK = "m0 5 4 4 7-9";
const LOCK = "M1.3 5V3.4a2.7 2.7 0 0 1 5.4 0V5H5.3V3.4a1.3 1.3 0 0 0-2.6 0V5zM0 5h8v6H0z";
const MOST_LANES = 4;
export const TINT = 0.1; // of a bar: more, and its letters would be hard to read

/**
 * In how many lanes one's own windows lie apart.
 * @param {OwnWindow[]} own
 */
function ownLanes(own) {
  const apart = (/** @type {number} */ count) =>
    own.every((a, k) => {
      const b = own[k + count];
      return !a || !b || a[1] <= b[0] || b[1] <= a[0];
    });
  return range(2, MOST_LANES).find(apart) ?? MOST_LANES;
}

/**
 * Where one's own bar k stands. All lanes together are as high as two, so that nothing below them moves.
 * @param {{ own: Row }} rows
 * @param {OwnWindow[]} own
 * @param {number} k
 */
export function ownBox({ own: row }, own, k) {
  const count = ownLanes(own);
  const step = row.height / count;
  return { y: row.y + (k % count) * step, height: step - (count > 2 ? 3 : 6) };
}

/**
 * @param {Drawing} picture
 * @param {AskedInPicture} asked
 */
export function drawOwnBars(picture, asked) {
  const { own, open, current } = asked;
  const { rows, at, add, facts } = picture;
  if (!own) return;
  const { y, height } = rows.own;
  if (open) add("bars", "own:zone", "rect", boxAt("pt-own-zone", { x: at(0), y, width: at(facts.n) - at(0), height }));
  for (const [k, window] of own.entries()) if (window) drawOwnBar(picture, asked, k, window);
  const mine = own[current];
  if (!open || !mine) return;
  const box = { x: at(mine[0]), y: rows.input.y - 2, width: at(mine[1]) - at(mine[0]), height: rows.input.height + 4 };
  add("over", "own:cells", "rect", boxAt(`pt-selected pt-edge-${current % 2}`, { ...box, rx: 5 }));
}

/**
 * @param {Drawing} picture
 * @param {AskedInPicture} asked
 * @param {number} k
 * @param {Pair} window
 */
function drawOwnBar(picture, asked, k, window) {
  const { at, add, rows, theme } = picture;
  const { own, right, judged, open, drag, current } = asked;
  const { y, height } = ownBox(rows, own ?? [], k);
  const isRight = right[k] ?? false;
  const isWrong = judged && !isRight;
  const free = drag && k === current ? drag : null;
  const [from, to] = ["start", "stop"].map((end, side) => at(free?.end === end ? free.at : window[side]));
  const key = `own:${k}`;
  const label = asked.words.own[isWrong ? "wrong" : isRight ? "right" : "open"];
  add("bars", key, "g", {
    ...{ class: "pt-own-window", "data-own": k, "data-own-start": window[0], "data-own-stop": window[1] },
    ...{ role: "group", "aria-label": fill(label, { i: k, window: window.join(":") }) },
  });
  const box = { x: Math.min(from, to) + 1.5, y, width: Math.abs(to - from) - 3, height, rx: 5 };
  if (free) {
    const snapped = { ...box, x: at(window[0]) + 1.5, width: at(window[1]) - at(window[0]) - 3 };
    add(key, `${key}:snap`, "rect", boxAt(`pt-own-snap pt-edge-${k % 2}`, snapped));
  }
  const state = isWrong ? "pt-own-wrong" : `pt-edge-${k % 2}`;
  const tint = tintOf(theme[k % 2 ? "window_odd" : "window_even"], theme.ground, TINT);
  const style = `pt-own-bar ${state}${k === current && open ? " pt-own-current" : ""}`;
  add(key, `${key}:bar`, "rect", boxAt(style, box, isWrong ? theme.disagrees_ground : tint));
  drawOwnText(picture, { key, k, box, text: window.join(":"), isWrong, open, isRight });
  if (open && !isRight) for (const side of [0, 1]) drawGrip(picture, asked, { k, window, side, box, isWrong });
  if (!open && isWrong) drawMissing(picture, asked, k, window);
}

/**
 * What a bar says: its window, a cross where it is wrong, a tick and a lock where it is right; a short bar has no lock.
 * @param {Drawing} drawing
 * @param {{ key: string; k: number; box: Box; text: string; isWrong: boolean; isRight: boolean; open: boolean }} bar
 */
function drawOwnText({ add, rows }, { key, k, box, text, isWrong, isRight, open }) {
  const { x, y, width, height } = box;
  const grips = open && !isRight ? GRIP.width + 6 : 4;
  const letters = sizesOf(rows, LETTERS).filter((size) => size < height);
  const wide = (/** @type {number} */ marks) =>
    letters.find((size) => text.length * CHARACTER * size <= width - grips - Math.max(grips, marks));
  const hasLock = isRight && wide(BOTH_MARKS) !== undefined;
  const marks = isRight ? (hasLock ? BOTH_MARKS : ONE_MARK) : isWrong ? ONE_MARK + (open ? GRIP.width + 4 : 0) : grips;
  const size = wide(marks);
  const style = isWrong ? "pt-own-text pt-own-red" : `pt-own-text pt-own-ink-${k % 2}`;
  const middle = y + height / 2;
  const centre = x + (grips + width - Math.max(grips, marks)) / 2;
  if (size) add(key, `${key}:text`, "text", textAt(style, centre, middle + size * 0.36, size), text);
  if (width < marks) return;
  const mark = (/** @type {string} */ name, /** @type {string} */ d, /** @type {number} */ right) =>
    add(key, `${key}:${name}`, "path", {
      ...{ class: `pt-own-${name}`, d, transform: `translate(${x + width - right} ${middle - 5})` },
    });
  if (isWrong) mark("cross", CROSS, marks - 3);
  if (!isRight) return;
  mark("tick", TICK, marks - 3);
  if (hasLock) mark("lock", LOCK, 15);
}

/**
 * A grip at an end of a bar, which the pointer drags and the arrow keys move.
 * @param {Drawing} drawing
 * @param {AskedInPicture} asked
 * @param {{ k: number; window: Pair; side: number; box: Box; isWrong: boolean }} bar
 */
function drawGrip({ add, facts, rows }, { words }, { k, window, side, box, isWrong }) {
  const end = /** @type {"start" | "stop"} */ (["start", "stop"][side]);
  const key = `own:${k}:${end}`;
  const big = Math.min(rows.big, 1.3);
  const height = Math.min(GRIP.height * big, box.height - 6);
  const width = Math.min(GRIP.width * big, Math.max(3, box.width / 3 - 2));
  const x = side ? box.x + box.width - width - 4 : box.x + 4;
  const y = box.y + (box.height - height) / 2;
  add(`own:${k}`, key, "g", {
    class: "pt-grip",
    "data-own": k,
    "data-own-end": end,
    role: "slider",
    tabindex: 0,
    "aria-label": fill(words.grip[end], { i: k }),
    "aria-valuenow": window[side],
    "aria-valuemin": side ? window[0] + 1 : 0,
    "aria-valuemax": side ? facts.n : window[1] - 1,
  });
  const ink = isWrong ? "pt-own-wrong" : `pt-edge-${k % 2}`;
  add(key, `${key}:ground`, "rect", boxAt(`pt-grip-ground ${ink}`, { x, y, width, height, rx: width / 2 }));
  const [left, right] = [x + width * 0.38, x + width * 0.62];
  const lines = `M${left} ${y + height * 0.28}v${height * 0.44}M${right} ${y + height * 0.28}v${height * 0.44}`;
  add(key, `${key}:lines`, "path", { class: `pt-grip-lines ${ink}`, d: lines });
}

/**
 * The cells that PyTorch's window has besides, hatched in their place.
 * @param {Drawing} drawing
 * @param {AskedInPicture} asked
 * @param {number} k
 * @param {Pair} window
 */
function drawMissing({ add, facts, rows, at, missing }, { own, words }, k, [start, stop]) {
  const [from, to] = [facts.windows.start[k], facts.windows.stop[k]];
  const gaps = [
    [from, Math.min(start, to)],
    [Math.max(stop, from), to],
  ].filter(([a, b]) => b > a);
  const { y, height } = ownBox(rows, own ?? [], k);
  for (const [side, [a, b]] of gaps.entries()) {
    const key = `own:${k}:missing:${side}`;
    const box = { x: at(a) + 1.5, y, width: at(b) - at(a) - 3, height, rx: 5 };
    add("bars", key, "rect", boxAt("pt-own-missing", box, missing));
    const text = counted(words.missing, b - a, { cells: joined(range(a, b), ", ", 4) });
    const letters = rows.big > 1 ? 20 : 13;
    if (text.length * 0.56 * letters > box.width - 8) continue;
    const attrs = textAt("pt-own-gap", box.x + box.width / 2, y + height / 2 + letters * 0.36, letters);
    add("bars", `${key}:text`, "text", attrs, text);
  }
}

/**
 * The cells that are marked as shared, and what a question is about.
 * @param {Drawing} drawing
 * @param {AskedInPicture} asked
 */
export function drawAsked({ add, at, cut, rows, facts }, { marked, cells, output, judged, right, open }) {
  const ring = (
    /** @type {string} */ key,
    /** @type {number} */ x,
    /** @type {number} */ width,
    /** @type {Row} */ row,
  ) =>
    add(
      "over",
      key,
      "rect",
      boxAt("pt-asked", { x: x + 1, y: row.y - 1, width: width - 2, height: row.height + 2, rx: 5 }),
    );
  for (const j of cells) if (j < facts.n) ring(`asked:cell:${j}`, at(j), rows.unit, rows.input);
  if (output !== null) ring(`asked:output:${output}`, cut(output), cut(output + 1) - cut(output), rows.output);
  for (const [k, j] of (marked ?? []).filter((each) => each < facts.n).entries()) {
    const wrong = judged && !right[k];
    const { y, height } = rows.input;
    const box = { x: at(j) + 2, y: y + 2, width: rows.unit - 4, height: height - 4, rx: 4 };
    add("over", `marked:${j}`, "rect", boxAt(wrong ? "pt-marked pt-own-wrong" : "pt-marked", box));
    const place = { transform: `translate(${at(j + 1) - 15} ${y + 7})` };
    if (rows.unit < 24 || (judged && !open && !wrong)) continue;
    if (wrong) add("over", `marked:${j}:cross`, "path", { class: "pt-own-cross", d: "m1 1 7 7M8 1 1 8", ...place });
    else if (judged) add("over", `marked:${j}:tick`, "path", { class: "pt-own-tick", d: TICK, ...place });
  }
}
