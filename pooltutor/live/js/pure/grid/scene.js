import { firstThatFits, fit, fitTexts, sizesOf, widthOfWords } from "../boxes.js";
import { countShade, fillOf, gradientShade, greyShade, textOn } from "../colours.js";
import { KINDS } from "../kinds.js";
import { hiddenClass } from "../lanes.js";
import { cutText, fill, format, timesFraction } from "../numbers.js";
import { fractionText, range, windowText } from "../windows.js";
import { isPattern, leastAndMost, SHOWN_PARTS, shownNumbers } from "./facts.js";
import { barLetters, columnLane, gridLayout, rowLane, widestCut } from "./layout.js";

// Facts -> marks in two dimensions: a pure function. What has more cells than numbers can stand in is said as pixels:
// a place and a shade for each number; the view paints them.

/** @type {GridName[]} */
const GRIDS = ["input", "output"];
const HATCHED_FROM = 6; // pixels that a cell must have for a hatch
const CUTS_APART = 9; // pixels; closer cuts would be a wall

/**
 * All marks, {key, parent, tag, attrs, text}; the grids that are painted; and where things stand.
 * @param {GridFacts} facts
 * @param {GridLook & { width: number; words: GridWords["picture_words"] }} options
 */
export function gridScene(facts, { width, theme, words, active, pinned, cursor, id }) {
  /** @type {Mark[]} */
  const marks = [];
  /** @type {Add} */
  const add = (parent, key, tag, attrs, text) => {
    if (parent === key) throw new Error(`${key} is its own parent`);
    marks.push({ key, parent, tag, attrs: atLeast(attrs), text });
  };
  const places = gridLayout(facts, width);
  const scene = { facts, places, add, theme, words, active, pinned, cursor, id, ...shadesOf(facts, theme) };
  for (const layer of ["cells", "hatch", "cuts", "bars", "texts", "frame", "over", "focus"])
    add(null, layer, "g", { class: `pt-layer-${layer}` });
  drawInput(scene);
  drawOutput(scene);
  drawSharedLines(scene);
  drawGridCuts(scene);
  drawAxis(scene, "row");
  drawAxis(scene, "column");
  drawTitles(scene);
  if (facts.visible) {
    drawWinnerCells(scene);
    drawWindow(scene);
  }
  drawPointed(scene);
  drawFocus(scene);
  const painted = [
    places.input.pixels && { name: "input", grid: places.input, planes: scene.shown, shade: scene.inputShade },
    places.output.pixels &&
      facts.visible && { name: "output", grid: places.output, planes: facts.y, shade: scene.outputShade },
  ].filter(Boolean);
  return { marks, height: places.height, places, painted };
}

/**
 * Insets leave nothing of a box thinner than they are; a sliver of it stays.
 * @param {Attributes} attrs
 */
function atLeast({ width, height, rx, ...others }) {
  return {
    ...others,
    ...(width !== undefined && { width: Math.max(width, 0.5) }),
    ...(height !== undefined && { height: Math.max(height, 0.5) }),
    ...(rx !== undefined && { rx: Math.max(rx, 0) }),
  };
}

// Shades ------------------------------------------------------------------------------------------------------

/**
 * The brightness that stands for a number, the same for input and output: from 0 to 255 in a photograph.
 * @param {GridFacts} facts
 * @returns {Pair}
 */
function brightness({ x, picture }) {
  if (picture?.dtype === "uint8") return [0, picture.name === "digit" ? 9 : 255];
  const [low, high] = leastAndMost(x);
  return high > low ? [low, Math.min(high, low + Number.MAX_VALUE)] : high === low ? [low - 1, low + 1] : [0, 1];
}

/**
 * What the input shows, and the shades of both grids: functions from a number to red, green, blue.
 * @param {GridFacts} facts
 * @param {Theme} theme
 */
function shadesOf(facts, theme) {
  const shown = shownNumbers(facts);
  const [low, high] = brightness(facts);
  const grey = greyShade(low, high, theme);
  /** @type {Record<string, (values: Numbers, theme: Theme) => Shade>} */
  const maps = { overlaps: countShade, gradient: gradientShade, influence: gradientShade };
  const map = facts.visible ? maps[facts.colour] : undefined;
  return { shown, inputShade: map ? map(shown[0], theme) : grey, outputShade: grey };
}

/**
 * The fill of cell k from one plane, or from three that are red, green and blue.
 * @param {Channels} planes
 * @param {number} k
 * @param {Shade} shade
 */
const fillAt = (planes, k, shade) =>
  fillOf(planes.length === 1 ? shade(planes[0][k]) : planes.map((plane) => shade(plane[k])[0]));

/**
 * Numbers as they stand in an attribute: one for each channel.
 * @param {Numbers[]} planes
 * @param {number} k
 */
const dataOf = (planes, k) => planes.map((plane) => String(plane[k])).join(" ");

// Input and output ---------------------------------------------------------------------------------------------

/**
 * @param {GridBox} grid
 * @param {number} r
 * @param {number} c
 * @param {number} gap
 */
const boxOf = (grid, r, c, gap) => ({
  x: grid.x + c * grid.unitX + gap / 2,
  y: grid.y + r * grid.unitY + gap / 2,
  width: grid.unitX - gap,
  height: grid.unitY - gap,
});
/** @param {GridBox} grid */
const gridGap = ({ unitX, unitY }) => (Math.min(unitX, unitY) > 12 ? 2 : 1);
/**
 * @param {GridBox} grid
 * @param {number} r
 * @param {number} c
 * @returns {Pair}
 */
const middleOf = (grid, r, c) => [grid.x + (c + 0.5) * grid.unitX, grid.y + (r + 0.5) * grid.unitY];

/**
 * What of the claim an input cell carries.
 * @param {GridDrawing} drawing
 * @param {number} k
 * @returns {Attributes}
 */
function cellData({ facts, shown }, k) {
  const { visible, colour } = facts;
  return {
    "data-x": dataOf(facts.x, k),
    "data-grad": visible ? dataOf(facts.grad, k) : "",
    ...(visible && colour === "overlaps" && { "data-count": String(shown[0][k]) }),
    ...(visible && colour === "influence" && { "data-influence": dataOf(shown, k) }),
  };
}

/**
 * The texts of the input's cells, with one letter size for all; null where they do not fit.
 * @param {GridDrawing} drawing
 */
function cellTexts({ facts, places, shown }) {
  const { input } = places;
  if (shown.length > 1 || input.unitY < 13 * places.big) return null;
  const sizes = sizesOf(places, [16, 15, 13, 12, 11, 10]);
  if (facts.colour !== "influence" || !facts.visible || facts.winners) return fit(shown[0], input.unitX, sizes);
  const exact = facts.rows.shares.flatMap((a) => facts.columns.shares.map((b) => fractionText(timesFraction(a, b))));
  return fitTexts(exact, input.unitX, sizes) ?? fit(shown[0], input.unitX, sizes);
}

/** @param {GridDrawing} scene */
function drawInput(scene) {
  const {
    facts,
    places: { input, big },
    add,
    shown,
    inputShade,
    theme,
  } = scene;
  if (input.pixels) return;
  const plain = facts.image === "ramp" && (!facts.visible || facts.colour === "values");
  const texts = cellTexts(scene);
  const gap = gridGap(input);
  const times = facts.colour === "values" && facts.visible && Math.min(input.unitX, input.unitY) >= 34 * big ** 2;
  for (const r of range(0, input.rows)) {
    for (const c of range(0, input.columns)) {
      const k = r * input.columns + c;
      const colour = plain ? theme.input : fillAt(shown, k, inputShade);
      add("cells", `cell:${r},${c}`, "rect", {
        class: "pt-cell2",
        "data-cell": `${r},${c}`,
        ...cellData(scene, k),
        ...boxOf(input, r, c, gap),
        fill: colour,
      });
      const [x, y] = middleOf(input, r, c);
      const ink = textOn(colour);
      if (texts)
        add(
          "texts",
          `x:${r},${c}`,
          "text",
          {
            class: `pt-x2 ${ink}`,
            "data-of": `${r},${c}`,
            x,
            y: y + texts.size * 0.36 - (times ? 3 : 0),
            "font-size": texts.size,
            stroke: colour,
          },
          texts.texts[k],
        );
      const count = times ? facts.coverage[k] : 1;
      if (count > 1)
        add(
          "texts",
          `times:${r},${c}`,
          "text",
          {
            class: `pt-times ${ink}`,
            "data-times-of": `${r},${c}`,
            x: x + input.unitX / 2 - 4,
            y: y + input.unitY / 2 - 4,
            stroke: colour,
          },
          `×${count}`,
        );
    }
  }
}

/** @param {GridDrawing} scene */
function drawOutput(scene) {
  const { facts, places, add, outputShade, theme } = scene;
  const { output, big } = places;
  const { visible, y, winners } = facts;
  if (output.pixels) return frameOutput(scene);
  const plain = !visible || isPattern(facts.image);
  const tall = output.unitY >= 13 * big;
  const single = visible && y.length === 1 && tall;
  const texts = single ? fit(y[0], output.unitX - 4, sizesOf(places, [17, 15, 13, 12, 11, 10])) : null;
  // Where the outputs themselves do not fit, what comes second may: in large print the gradient that arrives.
  const second = single && (!texts || output.unitY >= 40 * big) ? secondTexts(scene) : null;
  const lift = second ? 8 * big : 0;
  const drop = texts ? 11 * big : 0;
  const gap = gridGap(output) + 1;
  for (const i of range(0, output.rows)) {
    for (const j of range(0, output.columns)) {
      const k = i * output.columns + j;
      const colour = plain ? theme.output : fillAt(y, k, outputShade);
      const data = {
        "data-y": visible ? dataOf(y, k) : "",
        "data-upstream": String(facts.g[k]),
        ...(winners && visible && { "data-winner": dataOf(winners, k) }),
      };
      add("cells", `output:${i},${j}`, "rect", {
        class: "pt-output2",
        "data-output": `${i},${j}`,
        ...data,
        ...boxOf(output, i, j, gap),
        rx: Math.min(4, output.unitX / 6),
        fill: colour,
      });
      const [x, middle] = middleOf(output, i, j);
      const at = { x, stroke: colour };
      const ink = textOn(colour);
      if (texts)
        add(
          "texts",
          `y:${i},${j}`,
          "text",
          {
            class: `pt-x2 ${ink}`,
            "data-y-of": `${i},${j}`,
            ...at,
            y: middle + texts.size * 0.36 - lift,
            "font-size": texts.size,
          },
          texts.texts[k],
        );
      else if (!visible && output.unitX >= 22 && tall)
        add(
          "texts",
          `y:${i},${j}`,
          "text",
          { class: `pt-x2 ${ink}`, ...at, y: middle + 5 * big, "font-size": 15 * big },
          facts.hidden ? "?" : "–",
        );
      if (second)
        add(
          "texts",
          `second:${i},${j}`,
          "text",
          {
            class: `pt-second ${plain ? second.hue : ink}`,
            [`data-${second.name}-of`]: `${i},${j}`,
            ...at,
            y: middle + second.size * 0.36 + drop,
            "font-size": second.size,
          },
          second.texts[k],
        );
    }
  }
}

/**
 * A second line in the outputs: the gradient that arrives, or where the maximum was found.
 * @param {GridDrawing} drawing
 */
function secondTexts({ facts, places }) {
  const sizes = sizesOf(places, [13, 12, 11, 10]);
  const room = places.output.unitX - 4;
  if (facts.colour === "gradient") {
    const found = fitTexts(
      Array.from(facts.g, (v) => `g ${format(v)}`),
      room,
      sizes,
    );
    return found && { ...found, name: "g", hue: "pt-back" };
  }
  if (!facts.winners) return null;
  const width = facts.n[1];
  const found = fitTexts(
    Array.from(facts.winners[0], (at) => (at < 0 ? "" : `x[${Math.trunc(at / width)},${at % width}]`)),
    room,
    sizes,
  );
  return found && { ...found, name: "won", hue: "" };
}

/**
 * Around outputs that are painted, or that are not shown.
 * @param {GridDrawing} drawing
 */
function frameOutput({ facts, places: { output }, add, words }) {
  const { x, y, width, height } = output;
  add("cells", "output:frame", "rect", { class: facts.visible ? "pt-frame" : hiddenClass(facts), x, y, width, height });
  if (!facts.visible)
    add(
      "texts",
      "output:hidden",
      "text",
      { class: "pt-sentence", x: x + width / 2, y: y + height / 2 + 5 },
      facts.hidden ? words.unknown : "–",
    );
}

// Rows and columns ---------------------------------------------------------------------------------------------

/**
 * Shared rows are hatched one way and shared columns the other, each from edge to edge: where both meet, both cross.
 * @param {GridDrawing} drawing
 */
function drawSharedLines({ facts, places: { input }, add, id }) {
  if (!facts.visible || facts.colour !== "values" || Math.min(input.unitX, input.unitY) < HATCHED_FROM) return;
  const stripe = (/** @type {AxisName} */ axis, /** @type {number} */ k, /** @type {Box} */ box) =>
    add("hatch", `shared:${axis}:${k}`, "rect", {
      class: "pt-shared2",
      [`data-shared-${axis}`]: k,
      ...box,
      fill: `url(#pt-hatch-${axis}-${id})`,
    });
  // Above n every cell feeds several outputs: stripes would say nothing.
  const shared = (/** @type {Axis} */ { dual, counts }) =>
    dual ? [] : range(0, counts.length).filter((k) => counts[k] > 1);
  for (const r of shared(facts.rows))
    stripe("row", r, { x: input.x, y: input.y + r * input.unitY, width: input.width, height: input.unitY });
  for (const c of shared(facts.columns))
    stripe("column", c, { x: input.x + c * input.unitX, y: input.y, width: input.unitX, height: input.height });
}

/**
 * Which cuts are drawn: all where there is room, else those around the current window.
 * @param {Axis} axis
 * @param {number} unit
 * @param {number} current
 */
function drawnCuts({ n, m }, unit, current) {
  return (unit * n) / m < CUTS_APART ? [0, current, current + 1, m] : range(0, m + 1);
}

/**
 * The exact cuts, from edge to edge both ways, with their places beside the bars.
 * @param {GridDrawing} drawing
 */
function drawGridCuts({ facts, places, add, active }) {
  const { input, big, narrow } = places;
  const [row, column] = active?.output ?? facts.window;
  const [left, top] = [input.x - 8 - places.rowLanes.all, input.y - 8 - places.columnLanes.all];
  const [down, across] = [input.y + input.height + 4, input.x + input.width + 4];
  const rowAt = (/** @type {number} */ i) => input.y + (i * input.height) / facts.rows.m;
  const columnAt = (/** @type {number} */ i) => input.x + (i * input.width) / facts.columns.m;
  const lines = [
    ...drawnCuts(facts.rows, input.unitY, row).map((i) => `M${left} ${rowAt(i)}H${across}`),
    ...drawnCuts(facts.columns, input.unitX, column).map((i) => `M${columnAt(i)} ${top}V${down}`),
  ];
  add("cuts", "cuts:lines", "path", { class: "pt-cut", d: lines.join("") });
  const number = (
    /** @type {string} */ key,
    /** @type {string} */ text,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {string} */ style,
  ) => add("frame", key, "text", { class: `pt-number ${style}`, x, y }, text);
  const apart = (/** @type {Axis} */ axis, /** @type {number} */ unit, /** @type {number} */ least) =>
    (unit * axis.n) / axis.m >= least ? range(0, axis.m + 1) : [0, axis.m];
  const wide = Math.max((narrow ? 30 : 38) * big ** 1.5, widestCut(facts.columns, big) + 6);
  for (const i of apart(facts.columns, input.unitX, wide))
    number(`cut:column:${i}`, cutText(i, facts.columns), columnAt(i), top - 4, "");
  for (const i of apart(facts.rows, input.unitY, 17 * big))
    number(`cut:row:${i}`, cutText(i, facts.rows), left - 4, rowAt(i) + 4 * big, "pt-to-right");
}

/**
 * The windows of an axis as bars in lanes; above n, for each row or column the outputs that it feeds.
 * @param {GridDrawing} drawing
 * @param {AxisName} axis
 */
function drawAxis({ facts, places, add, words }, axis) {
  const one = axis === "row" ? facts.rows : facts.columns;
  if (!facts.visible) {
    add("bars", `${axis}:hidden`, "rect", { class: hiddenClass(facts), ...axisBox(places, axis), rx: 6 });
    return;
  }
  for (const i of range(0, one.m))
    add("bars", `${axis}:window:${i}`, "g", {
      [`data-${axis}-window`]: i,
      "data-start": one.windows.start[i],
      "data-stop": one.windows.stop[i],
    });
  const texts = range(0, one.bars.start.length).map(
    (k) => (one.wrongBars.has(k) ? "✗" : "") + windowText(one.bars.start[k], one.bars.stop[k], words),
  );
  const boxes = texts.map((_, k) => barBox(places, axis, one, one.bars, k));
  const long = (/** @type {Box} */ box) => (axis === "row" ? box.height : box.width);
  const thick = places[`${axis}Lanes`].height;
  const fitted = boxes.map((box, k) => barLetters(texts[k].length, long(box), sizesOf(places, [13, 12, 11, 10])) ?? 0);
  const size = thick < 14 ? 0 : Math.min(...fitted);
  for (const [k, box] of boxes.entries()) drawBar({ add, axis, one, box, k, size, text: texts[k] });
  if (one.wrongBars.size) drawTruth({ places, add, axis, one });
}

/** @param {{ add: Add; axis: AxisName; one: Axis; box: Box; k: number; size: number; text: string }} options */
function drawBar({ add, axis, one, box, k, size, text }) {
  const key = one.dual ? `${axis}:feeds:${k}` : `${axis}:window:${k}`;
  if (one.dual) add("bars", key, "g", { [`data-${axis}-feeds`]: k });
  const wrong = !one.wrongBars.has(k) ? "" : Math.min(box.width, box.height) < 14 ? " pt-wrong pt-thin" : " pt-wrong";
  add(key, `${key}:bar`, "rect", {
    class: `pt-bar pt-hue-${k % 2}${wrong}`,
    rx: Math.min(4, box.width / 3, box.height / 3),
    ...box,
  });
  if (!size) return;
  const [x, y] = [box.x + box.width / 2, box.y + box.height / 2];
  const turned = axis === "row" ? { transform: `rotate(-90 ${x} ${y})` } : {};
  add(key, `${key}:text`, "text", { class: "pt-bar-text", x, y: y + size * 0.36, "font-size": size, ...turned }, text);
}

/**
 * PyTorch's true bars where a rule is wrong, as dashed outlines in the same lane.
 * @param {{ places: GridPlaces; add: Add; axis: AxisName; one: Axis }} options
 */
function drawTruth({ places, add, axis, one }) {
  for (const k of one.wrongBars) {
    const [from, to] = [one.trueBars.start[k], one.trueBars.stop[k]];
    add("bars", `${axis}:truth:${k}`, "rect", {
      class: "pt-truth2",
      [`data-${axis}-true`]: k,
      "data-from": from,
      "data-to": to,
      ...barBox(places, axis, one, one.trueBars, k, -2),
    });
  }
}

/**
 * Where bar k stands: over its cells, or above n over the exact intervals of its outputs.
 * @param {GridPlaces} places
 * @param {AxisName} axis
 * @param {Axis} one
 * @param {Bins} bars
 * @param {number} k
 */
function barBox(places, axis, one, bars, k, inset = 1) {
  const { input } = places;
  const unit = (axis === "row" ? input.height : input.width) / (one.dual ? one.m : one.n);
  const along = { at: bars.start[k] * unit + inset, long: (bars.stop[k] - bars.start[k]) * unit - 2 * inset };
  const thick = places[`${axis}Lanes`].height;
  return axis === "row"
    ? { x: rowLane(places, k), y: input.y + along.at, width: thick, height: along.long }
    : { x: input.x + along.at, y: columnLane(places, k), width: along.long, height: thick };
}

/**
 * @param {GridPlaces} places
 * @param {AxisName} axis
 */
function axisBox({ input, rowLanes, columnLanes }, axis) {
  return axis === "row"
    ? { x: input.x - 6 - rowLanes.all, y: input.y, width: rowLanes.all - 3, height: input.height }
    : { x: input.x, y: input.y - 6 - columnLanes.all, width: input.width, height: columnLanes.all - 3 };
}

// Words ----------------------------------------------------------------------------------------------------------

/** @param {GridDrawing} drawing */
function drawTitles({ facts, places, add, words, shown }) {
  const { input, output, narrow, big } = places;
  const text = (
    /** @type {string} */ key,
    /** @type {string} */ words_,
    /** @type {number} */ x,
    /** @type {number} */ y,
    /** @type {string} */ style,
    /** @type {Attributes} */ data = {},
  ) => add("frame", key, "text", { class: style, x, y, ...data }, words_);
  const corner = input.x - 12;
  text(
    "name:columns",
    facts.columns.dual && facts.visible ? words.columns_feed : words.columns,
    corner,
    input.y - 6 - places.above + 12 * big,
    "pt-sub pt-to-right",
  );
  text(
    "name:rows",
    facts.rows.dual && facts.visible ? words.rows_feed : words.rows,
    corner,
    input.y - 10 * big,
    "pt-sub pt-to-right",
  );
  // Centred under its grid, as far as the picture has room for it.
  const under = (
    /** @type {string} */ key,
    /** @type {GridBox} */ grid,
    /** @type {number} */ line,
    /** @type {string} */ style,
    /** @type {number} */ letters,
    /** @type {string} */ words_,
    /** @type {Attributes} */ data = {},
  ) => {
    const half = widthOfWords(words_, letters * big) / 2 + 2;
    text(
      key,
      words_,
      Math.max(half, Math.min(grid.x + grid.width / 2, places.width - half)),
      grid.y + grid.height + line * big,
      style,
      data,
    );
  };
  const sized = (/** @type {string} */ template, /** @type {Pair} */ [height, width]) =>
    fill(template, { height, width });
  under("title:input", input, 24, "pt-label", narrow ? 13 : 15, sized(words.input, facts.n));
  under(
    "title:output",
    output,
    24,
    "pt-label",
    narrow ? 13 : 15,
    sized(words[KINDS[facts.kind].words.output], facts.m),
  );
  const letters = big > 1 ? 14.3 : 12.5;
  const hint = firstThatFits(
    [words.hidden, words.hidden_short, words.hidden_shortest],
    places.width - 4,
    letters * big,
  );
  const ends = leastAndMost(shown);
  const data = facts.visible ? { [`data-${SHOWN_PARTS[facts.colour].mark}-ends`]: ends.join(" ") } : {};
  under("shows", input, 43, "pt-sub", letters, showsText(facts, ends, words, hint), data);
  drawForward(places, add);
}

/**
 * What the cells show, with the least and the most.
 * @param {GridFacts} facts
 * @param {number[]} options
 * @param {GridWords["picture_words"]} words
 * @param {string} hint
 */
function showsText(facts, [least, most], words, hint) {
  if (!facts.visible) return !facts.hidden ? "" : facts.locked ? words.hidden_locked : hint;
  const ends = { least: format(least), most: format(most) };
  const channel = facts.channel === null ? "" : fill(words.of_channel, { name: words.channels[facts.channel] });
  return fill(words.shows[facts.colour], ends) + channel;
}

/**
 * The arrow from the input to the output.
 * @param {GridPlaces} places
 * @param {Add} add
 */
function drawForward({ input, output, narrow, big }, add) {
  const [x, y] = narrow
    ? [input.x + Math.min(input.width / 2, 60), output.y - 26 * big]
    : [input.x + input.width + 26 * big, input.y + input.height / 2];
  const d = narrow ? `M${x} ${y}v${12 * big}` : `M${x} ${y}h${26 * big}`;
  const tip = narrow ? `M${x - 6} ${y + 12 * big}h12l-6 9z` : `M${x + 26 * big} ${y - 6}v12l9 -6z`;
  add("frame", "forward", "path", { class: "pt-arrow", d });
  add("frame", "forward:tip", "path", { class: "pt-tip", d: tip });
}

// What is selected: outlines only ----------------------------------------------------------------------------------

/**
 * @param {Add} add
 * @param {string} key
 * @param {string} style
 * @param {Box} box
 */
const outline = (add, key, style, box, out = 0, layer = "over") =>
  add(layer, key, "rect", {
    class: style,
    x: box.x - out,
    y: box.y - out,
    width: box.width + 2 * out,
    height: box.height + 2 * out,
    rx: 4,
  });

/**
 * Some rows and columns of a grid as a box.
 * @param {Pick<GridBox, "x" | "y" | "unitX" | "unitY">} grid
 * @param {number[]} rows
 * @param {number[]} columns
 */
const span = (grid, [top, bottom], [left, right]) => ({
  x: grid.x + left * grid.unitX,
  y: grid.y + top * grid.unitY,
  width: (right - left) * grid.unitX,
  height: (bottom - top) * grid.unitY,
});

/**
 * The current window: a row window times a column window. Solid its cells, dashed its exact rectangle.
 * @param {GridDrawing} drawing
 */
function drawWindow({ facts, places, add, active }) {
  const { input, output } = places;
  const [i, j] = active?.output ?? facts.window;
  const sides = (/** @type {Axis} */ { windows }, /** @type {number} */ k) => [windows.start[k], windows.stop[k]];
  const [rows, columns] = [sides(facts.rows, i), sides(facts.columns, j)];
  outline(add, "selected:output", "pt-selected pt-edge-ink", span(output, [i, i + 1], [j, j + 1]));
  if (rows[0] === rows[1] || columns[0] === columns[1]) return;
  const box = span(input, rows, columns);
  const guides = [
    `M${input.x - 6} ${box.y}H${box.x}M${input.x - 6} ${box.y + box.height}H${box.x}`,
    `M${box.x} ${input.y - 6}V${box.y}M${box.x + box.width} ${input.y - 6}V${box.y}`,
  ];
  add("over", "guide:row", "path", { class: `pt-reach pt-edge-${i % 2}`, d: guides[0] });
  add("over", "guide:column", "path", { class: `pt-reach pt-edge-${j % 2}`, d: guides[1] });
  outline(add, "selected:window", "pt-selected pt-edge-ink", box);
  const exact = { unitX: input.width / facts.columns.m, unitY: input.height / facts.rows.m, x: input.x, y: input.y };
  outline(add, "exact", "pt-exact", span(exact, [i, i + 1], [j, j + 1]), 0, "cuts"); // behind the digits
  const select = (/** @type {AxisName} */ axis, /** @type {Axis} */ one, /** @type {number} */ k) => {
    if (!one.dual) outline(add, `selected:${axis}`, "pt-selected pt-edge-ink", barBox(places, axis, one, one.bars, k));
  };
  select("row", facts.rows, i);
  select("column", facts.columns, j);
}

/**
 * Winning cells carry a triangle in their corner.
 * @param {GridDrawing} drawing
 */
function drawWinnerCells({ facts, places: { input }, add }) {
  const unit = Math.min(input.unitX, input.unitY);
  if (unit < 8 || facts.winners?.length !== 1) return;
  const size = Math.min(11, unit / 2);
  const corner = (/** @type {number} */ at) =>
    `M${input.x + (at % input.columns) * input.unitX + 1} ${input.y + Math.trunc(at / input.columns) * input.unitY + 1}h${size}l${-size} ${size}z`;
  const won = [...new Set(facts.winners[0])].filter((at) => at >= 0);
  add("over", "winners", "path", { class: "pt-winner", "data-winners": won.join(" "), d: won.map(corner).join("") });
}

/**
 * The cell under the pointer or the focus and the outputs that it feeds.
 * @param {GridDrawing} drawing
 */
function drawPointed({ facts, places, add, active, pinned }) {
  if (!active?.cell) return;
  const style = pinned ? "pt-active pt-pinned" : "pt-active";
  const [r, c] = active.cell;
  outline(add, "active:cell", style, span(places.input, [r, r + 1], [c, c + 1]), 1);
  if (!facts.visible) return;
  const fed = (/** @type {Axis} */ { feeds }, /** @type {number} */ k) => [feeds.start[k], feeds.stop[k]];
  const [rows, columns] = [fed(facts.rows, r), fed(facts.columns, c)];
  if (rows[0] === rows[1] || columns[0] === columns[1]) return;
  const { output } = places;
  outline(add, "active:fed", style, span(output, rows, columns), 1);
  const light = (/** @type {AxisName} */ axis, /** @type {Axis} */ one, /** @type {number[]} */ [from, to]) => {
    if (one.dual) return;
    for (const k of range(from, to))
      outline(add, `active:${axis}:${k}`, style, barBox(places, axis, one, one.bars, k), 1);
  };
  light("row", facts.rows, rows);
  light("column", facts.columns, columns);
}

/**
 * Each grid is one stop of the Tab key; arrows move inside it. To a screen reader it is a slider whose text is the cell.
 * @param {GridDrawing} drawing
 */
function drawFocus({ places, add, cursor, words }) {
  for (const name of GRIDS) {
    const { x, y, width, height, rows, columns } = places[name];
    const [r, c] = cursor[name];
    add("focus", `focus:${name}`, "rect", {
      class: "pt-grid-focus",
      "data-grid": name,
      x,
      y,
      width,
      height,
      tabindex: 0,
      role: "slider",
      "aria-label": words[`${name}_grid`],
      "aria-roledescription": words.grid_role,
      "aria-valuemin": 1,
      "aria-valuemax": rows * columns,
      "aria-valuenow": r * columns + c + 1,
    });
  }
}
