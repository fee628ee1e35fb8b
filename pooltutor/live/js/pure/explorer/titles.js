import { squeezed } from "../boxes.js";
import { textAt } from "../marks.js";
import { fill, format } from "../numbers.js";
import { smallLetters } from "../ruler.js";
import { ratioOf } from "../windows.js";

const FORWARD = 36; // pixels that the arrow at the left edge takes, with its word

// What stands beside each row: its name, what is in it, and the arrows that say which way numbers go.

/** @param {Drawing} picture */
export function drawTitles(picture) {
  const { facts, rows, words } = picture;
  const ratio = rows.influence ? ratioOf(facts.shares) : NaN;
  const values = { n: facts.n, m: facts.m, ratio: format(ratio), rule: facts.ruleTitle, against: facts.againstTitle };
  for (const title of titlesOf(facts, rows, words.rows, ratio)) if (rows[title.row]) drawTitle(picture, title, values);
  if (!rows.narrow) drawArrows(picture);
}

/**
 * The titles of all rows that a picture may have.
 * @param {Facts} facts
 * @param {Rows} rows
 * @param {PictureWords["rows"]} words
 * @param {number} ratio
 * @returns {RowTitle[]}
 */
function titlesOf(facts, rows, words, ratio) {
  const hue = "pt-back";
  const windows = facts.dual ? words.dual : words.windows;
  // In large print no second line says that these are outputs.
  const [mine, theirs] = facts.presenter ? [words.duel_y, words.rival_y] : [words.duel, words.rival];
  const output = rows.rival ? { name: mine, more: words.output } : { name: words.output, more: words.output_sub };
  const data = { "data-ratio": String(ratio) };
  return [
    { row: "gradient", name: words.gradient, more: words.gradient_sub, hue },
    { row: "influence", name: words.influence, more: words.influence_sub, hue, data },
    { row: "dual", name: words.dual_bins, more: facts.rule === "pytorch" ? words.dual_bins_sub : words.dual_bins_rule },
    { row: "input", name: words.input, more: words.input_sub },
    ...(facts.visible && facts.asked ? [{ row: /** @type {RowName} */ ("own"), ...ownTitle(facts.asked) }] : []),
    { row: "windows", ...windowsTitle(facts, rows, words, windows) },
    { row: "ghosts", name: words.ghosts, more: words.ghosts_sub },
    { row: "rival", name: words.rival, more: windows },
    { row: "output", ...output },
    { row: "rivalOutput", name: theirs, more: words.output },
    { row: "upstream", name: words.upstream, more: words.upstream_sub, hue },
  ];
}

/**
 * @param {Facts} facts
 * @param {Rows} rows
 * @param {PictureWords["rows"]} words
 * @param {string} windows
 */
function windowsTitle({ hidden, dual, rule, asked }, rows, words, windows) {
  if (hidden && asked?.own) return ownTitle(asked);
  if (asked?.own && rule === "pytorch" && !dual) return { name: asked.words.pytorchs, more: words.windows_sub };
  if (hidden) return { name: words.windows, more: words.windows_hidden };
  if (rows.rival) return { name: words.duel, more: windows };
  return { name: windows, more: dual ? words.dual_sub : rule === "pytorch" ? words.windows_sub : words.windows_rule };
}

/**
 * @param {AskedInPicture} asked
 */
function ownTitle({ own, right, judged, words }) {
  const count = own?.length ?? 0;
  const said = judged ? fill(words.some_right, { right: right.filter(Boolean).length, count }) : words.drag;
  return { name: words.your_windows, more: said };
}

/**
 * Left of the row; in a narrow picture above it, in one line.
 * @param {Drawing} drawing
 * @param {RowTitle} title
 * @param {Record<string, unknown>} values
 */
function drawTitle({ facts, rows, add }, { row, hue = "", data = {}, ...templates }, values) {
  const [name, more] = [templates.name, templates.more].map((template) => fill(template, values));
  const { y, middle } = rows[row];
  if (rows.narrow) {
    const whole = `${name}, ${more}`;
    const fits = whole.length * 7.6 * rows.big < rows.right - rows.left;
    const attrs = { class: `pt-label pt-from-left ${hue}`, x: rows.left, y: y - 6, ...(fits && data) };
    return add("frame", `label:${row}`, "text", attrs, fits ? whole : name);
  }
  const x = rows.left - 18;
  const alone = facts.presenter; // large print leaves no room for a second line
  const attrs = { class: `pt-label pt-to-right ${hue}`, x, y: middle + (alone ? 7 : -1) };
  const room = alone ? Infinity : x - FORWARD;
  add("frame", `label:${row}`, "text", { ...attrs, ...squeezed(name, room, 15) }, name);
  const below = {
    ...textAt("pt-sub pt-to-right", x, middle + 15, smallLetters(rows)),
    ...data,
    ...squeezed(more, room, 12),
  };
  if (!alone) add("frame", `sub:${row}`, "text", below, more);
}

/**
 * The arrows beside the rows: forward from the input to the output, backward from there.
 * @param {Drawing} drawing
 */
function drawArrows({ facts, rows, add, words }) {
  const arrow = (
    /** @type {"forward" | "backward"} */ name,
    /** @type {number} */ x,
    /** @type {number} */ from,
    /** @type {number} */ to,
    /** @type {string} */ hue,
  ) => {
    const tip = to > from ? -9 : 9;
    add("frame", `arrow:${name}`, "path", { class: `pt-arrow ${hue}`, d: `M${x} ${from}V${to + tip}` });
    add("frame", `tip:${name}`, "path", { class: `pt-tip ${hue}`, d: `M${x - 6} ${to + tip}h12l-6 ${-tip}z` });
    const middle = (from + to) / 2;
    const shift = (name === "forward" ? 15 : -8) * rows.big;
    const attrs = {
      class: `pt-direction ${hue}`,
      x: x + shift,
      y: middle,
      transform: `rotate(-90 ${x + shift} ${middle})`,
    };
    add("frame", `direction:${name}`, "text", attrs, words.rows[name]);
  };
  arrow("forward", 10 * rows.big, rows.input.y + 4, rows.output.y + rows.output.height, "");
  if (facts.gradient)
    arrow("backward", rows.width - 14 * rows.big, rows.upstream.y + rows.upstream.height, rows.gradient.y, "pt-back");
}
