import { fit, fitTexts, NARROWEST, sizesOf } from "../boxes.js";
import { countFills, gradientFills, textOn } from "../colours.js";
import { fractionText, range } from "../windows.js";

// The rows of boxes: input cells with their gradient, how much each cell counts, outputs with what arrives there.

/**
 * Between cells, where there is room for it.
 * @param {{ unit: number }} options
 */
const gapOf = ({ unit }) => (unit > 10 ? 2 : unit > 3 ? 1 : 0);

/** @param {Drawing} drawing */
export function drawCells({ facts, rows, at, add, theme, pinned, roving }) {
  const { n, x, hidden, visible } = facts;
  const gap = gapOf(rows);
  const width = rows.unit - gap;
  const shownX = fit(x, rows.unit, sizesOf(rows, [17, 15, 13, 11]));
  const shownGrad = facts.gradient && visible ? fit(facts.grad, rows.unit, sizesOf(rows, [14, 12, 11])) : null;
  const fills = facts.gradient && visible ? gradientFills(facts.grad, theme) : null;
  for (let j = 0; j < n; j++) {
    const key = `cell:${j}`;
    const [left, middle] = [at(j) + gap / 2, at(j + 0.5)];
    const grad = visible ? String(facts.grad[j]) : "";
    add("cells", key, "g", {
      class: "pt-target",
      "data-cell": j,
      "data-x": String(x[j]),
      "data-grad": grad,
      role: "button",
      tabindex: roving.cell === j ? 0 : -1,
      "aria-pressed": String(pinned?.cell === j),
    });
    add(key, `${key}:box`, "rect", { class: "pt-cell", x: left, y: rows.input.y, width, height: rows.input.height });
    const lift = facts.dual ? 6 : 2;
    if (shownX)
      add(
        key,
        `${key}:x`,
        "text",
        { class: "pt-x", x: middle, y: rows.input.middle + lift * rows.big, "font-size": shownX.size },
        shownX.texts[j],
      );
    if (!facts.gradient) continue;
    add(key, `${key}:back`, "rect", {
      class: fills ? "pt-grad-box" : "pt-grad-box pt-blank",
      x: left,
      y: rows.gradient.y,
      width,
      height: rows.gradient.height,
      ...(fills && { fill: fills[j] }),
    });
    if (!visible && rows.unit >= NARROWEST)
      add(
        key,
        `${key}:grad`,
        "text",
        { class: "pt-hidden", x: middle, y: rows.gradient.middle + 5, "font-size": 14 * rows.big },
        hidden ? "?" : "–",
      );
    else if (shownGrad && fills)
      add(
        key,
        `${key}:grad`,
        "text",
        {
          class: `pt-grad ${textOn(fills[j])}`,
          x: middle,
          y: rows.gradient.middle + shownGrad.size * 0.36,
          "font-size": shownGrad.size,
        },
        shownGrad.texts[j],
      );
  }
}

/**
 * Above the input: how much each cell counts, and the windows that contain it, which for PyTorch are bin j of m -> n.
 * @param {Drawing} drawing
 */
export function drawInfluence({ facts, rows, at, add, theme }) {
  const { n, shares, feeds } = facts;
  const gap = gapOf(rows);
  const sums = shares.map(([a, b]) => a / b);
  const counts = range(0, n).map((j) => feeds.stop[j] - feeds.start[j]);
  const sizes = sizesOf(rows, [14, 12, 11]);
  const exact = fitTexts(shares.map(fractionText), rows.unit, sizes);
  const ranges = fitTexts(
    range(0, n).map((j) => `${feeds.start[j]}:${feeds.stop[j]}`),
    rows.unit,
    sizes,
  );
  const strip = (
    /** @type {"influence" | "dual"} */ name,
    /** @type {(j: number) => Attributes} */ attrs,
    /** @type {string[]} */ fills,
    /** @type {Fitted | null} */ shown,
  ) => {
    const row = rows[name];
    for (const j of range(0, n)) {
      const key = `${name}:${j}`;
      add("cells", key, "g", attrs(j));
      add(key, `${key}:box`, "rect", {
        class: "pt-grad-box",
        x: at(j) + gap / 2,
        y: row.y,
        width: rows.unit - gap,
        height: row.height,
        fill: fills[j],
      });
      if (!shown) continue;
      const place = { x: at(j + 0.5), y: row.middle + shown.size * 0.36, "font-size": shown.size };
      add(key, `${key}:text`, "text", { class: `pt-grad ${textOn(fills[j])}`, ...place }, shown.texts[j]);
    }
  };
  const shown = exact ?? fit(sums, rows.unit, sizes);
  strip(
    "influence",
    (/** @type {number} */ j) => ({ "data-influence": String(sums[j]), "data-of": j }),
    gradientFills(sums, theme),
    shown,
  );
  const shownRanges = ranges ?? fit(counts, rows.unit, sizes);
  strip(
    "dual",
    (/** @type {number} */ j) => ({ "data-feeding": j, "data-from": feeds.start[j], "data-to": feeds.stop[j] }),
    countFills(counts, theme),
    shownRanges,
  );
}

/**
 * Cells in several windows are hatched in the hues of both, narrow ones dark; above n outputs of several cells are.
 * @param {Drawing} drawing
 */
export function drawShared({ facts, rows, at, cut, add, hatch }) {
  const { start, stop } = facts.dual ? facts.windows : facts.feeds;
  const place = facts.dual ? cut : at;
  const box = facts.dual
    ? { y: rows.output.y + rows.output.height - 7, height: 6 }
    : { y: rows.input.y + rows.input.height - 12, height: 12 };
  const wide = place(1) - place(0) >= 14;
  const inset = wide ? 1 : 0.5;
  const shape = (/** @type {number} */ k) =>
    `M${place(k) + inset} ${box.y}H${place(k + 1) - inset}v${box.height}H${place(k) + inset}z`;
  const many = range(0, start.length).filter((k) => stop[k] - start[k] > 1);
  if (!many.length) return;
  const attrs = { "data-shared": many.join(" "), d: many.map(shape).join("") };
  add(
    "shared",
    "shared:all",
    "path",
    wide ? { ...attrs, class: "pt-shared", fill: hatch } : { ...attrs, class: "pt-shared pt-solid" },
  );
}

/**
 * The boxes of a row of outputs, at their exact intervals: how wide they are, and where box i stands.
 * @param {Drawing} drawing
 */
function outputBoxes({ cut }) {
  const unit = cut(1) - cut(0);
  const inset = unit > 12 ? 2 : unit > 4 ? 1 : 0;
  const width = unit - 2 * inset;
  return {
    unit,
    width,
    box: (/** @type {number} */ i, /** @type {Row} */ { y, height }) => ({
      x: cut(i) + inset,
      y,
      width,
      height,
      rx: Math.min(5, width / 4),
    }),
  };
}

/** @param {number} unit */
const outputClass = (unit) => (unit < 3 ? "pt-output pt-thin" : "pt-output"); // frames would be all that is seen

/**
 * The outputs of the other side of a duel.
 * @param {Drawing} picture
 * @param {DefinedRival} rival
 */
export function drawRivalOutputs(picture, rival) {
  const { facts, rows, cut, add } = picture;
  const { unit, width, box } = outputBoxes(picture);
  const shown = fit(rival.y, width, sizesOf(rows, [17, 15, 13, 11]));
  for (const i of range(0, facts.m)) {
    const key = `rivalOutput:${i}`;
    add("outputs", key, "g", { "data-rival-output": i, "data-rival-y": String(rival.y[i]) });
    add(key, `${key}:box`, "rect", { class: outputClass(unit), ...box(i, rows.rivalOutput) });
    if (!shown) continue;
    const place = { x: cut(i + 0.5), y: rows.rivalOutput.middle + shown.size * 0.36, "font-size": shown.size };
    add(key, `${key}:y`, "text", { class: "pt-y", ...place }, shown.texts[i]);
  }
}

/** @param {Drawing} picture */
export function drawOutputs(picture) {
  const { facts, rows, cut, add, theme, roving } = picture;
  const { m, y, g, windows, winners, hidden, visible } = facts;
  const { unit, width, box } = outputBoxes(picture);
  const shownY = visible ? fit(y, width, sizesOf(rows, [17, 15, 13, 11])) : null;
  const shownG = fit(g, width, sizesOf(rows, [15, 13, 11]));
  const fills = unit < 3 ? gradientFills(g, theme) : null;
  const won = visible && winners ? Array.from(winners, (j) => (j < 0 ? "" : `x[${j}]`)) : null;
  const shownWon = won && shownY && fitTexts(won, width, sizesOf(rows, [12, 11, 10]));
  for (let i = 0; i < m; i++) {
    const key = `output:${i}`;
    const middle = cut(i + 0.5);
    const [start, stop] = visible ? [windows.start[i], windows.stop[i]] : ["", ""];
    /** @type {Attributes} */
    const attrs = {
      class: "pt-target",
      "data-output": i,
      "data-y": visible ? String(y[i]) : "",
      "data-upstream": String(g[i]),
      role: "button",
      tabindex: roving.output === i ? 0 : -1,
    };
    if (facts.dual) Object.assign(attrs, { "data-window": i, "data-start": start, "data-stop": stop });
    if (winners && won) attrs["data-winner"] = winners[i];
    add("outputs", key, "g", attrs);
    add(key, `${key}:box`, "rect", { class: outputClass(unit), ...box(i, rows.output) });
    if (shownY)
      add(
        key,
        `${key}:y`,
        "text",
        {
          class: "pt-y",
          x: middle,
          y: rows.output.middle + (facts.dual ? 3 : 6) * rows.big - (shownWon ? 9 * rows.big : 0),
          "font-size": shownY.size,
        },
        shownY.texts[i],
      );
    else if (!visible && unit >= NARROWEST)
      add(
        key,
        `${key}:y`,
        "text",
        { class: "pt-hidden", x: middle, y: rows.output.middle + 6, "font-size": 16 * rows.big },
        hidden ? "?" : "–",
      );
    if (shownWon)
      add(
        key,
        `${key}:won`,
        "text",
        {
          class: "pt-won",
          x: middle,
          y: rows.output.middle + 14 * rows.big - (facts.dual ? 3 : 0),
          "font-size": shownWon.size,
        },
        shownWon.texts[i],
      );
    if (!facts.gradient) continue;
    add(key, `${key}:up`, "rect", {
      class: "pt-upstream",
      ...(fills && { class: "pt-grad-box", fill: fills[i] }),
      ...box(i, rows.upstream),
    });
    if (shownG)
      add(
        key,
        `${key}:g`,
        "text",
        { class: "pt-g", x: middle, y: rows.upstream.middle + shownG.size * 0.36, "font-size": shownG.size },
        shownG.texts[i],
      );
  }
}
