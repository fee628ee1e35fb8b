import { firstThatFits, widthOfWords } from "../boxes.js";
import { revealText } from "../hidden.js";
import { KINDS } from "../kinds.js";
import { textAt } from "../marks.js";
import { fill, format } from "../numbers.js";
import { smallLetters } from "../ruler.js";
import { leastAndMost, SHOWN_PARTS } from "./facts.js";

// What stands around the grids: the names of their sides, their titles, what the cells show, and the arrow.

/** @param {GridDrawing} drawing */
export function drawGridTitles(drawing) {
  const { facts, places, words } = drawing;
  const { input, output, narrow, big } = places;
  drawSideNames(drawing);
  const title = { letters: (narrow ? 13 : 15) * big, line: 24, style: "pt-label" };
  const sized = (/** @type {string} */ template, /** @type {Pair} */ [height, width]) =>
    fill(template, { height, width });
  const room = narrow ? places.width : output.x + output.width / 2 - input.x;
  const inputs = firstThatFits(inputTitles(facts, sized(words.input, facts.n), words), room, title.letters);
  drawUnder(drawing, input, { ...title, key: "title:input", text: inputs });
  const outputs = sized(words[KINDS[facts.kind].words.output], facts.m);
  drawUnder(drawing, output, { ...title, key: "title:output", text: outputs });
  drawShows(drawing);
  drawForward(drawing);
}

/**
 * The title of the input, the longest first: a picture that was reduced says so.
 * @param {GridFacts} facts
 * @param {string} title
 * @param {GridWords["picture_words"]} words
 */
function inputTitles({ picture }, title, words) {
  if (!picture?.whole) return [title];
  const [height, width] = picture.whole;
  return [words.reduced_from, words.reduced].map((template) => fill(template, { title, height, width }));
}

/**
 * Rows and columns, at the corner where their bars meet.
 * @param {GridDrawing} drawing
 */
function drawSideNames({ facts, places, add, words }) {
  const { input, above, big } = places;
  const at = (/** @type {number} */ y) => textAt("pt-sub pt-to-right", input.x - 12, y, smallLetters(places));
  const feeds = (/** @type {Axis} */ { dual }) => dual && facts.visible;
  const columns = feeds(facts.columns) ? words.columns_feed : words.columns;
  add("frame", "name:columns", "text", at(input.y - 6 - above + 12 * big), columns);
  add("frame", "name:rows", "text", at(input.y - 10 * big), feeds(facts.rows) ? words.rows_feed : words.rows);
}

/**
 * Centred under its grid, as far as the picture has room for it.
 * @param {GridDrawing} drawing
 * @param {GridBox} grid
 * @param {{ key: string; text: string; letters: number; line: number; style: string; data?: Attributes }} title
 */
function drawUnder({ places: { width, big }, add }, grid, { key, text, letters, line, style, data }) {
  const half = widthOfWords(text, letters) / 2 + 2;
  const x = Math.max(half, Math.min(grid.x + grid.width / 2, width - half));
  add("frame", key, "text", { ...textAt(style, x, grid.y + grid.height + line * big, letters), ...data }, text);
}

/**
 * Under the input what its cells show, with the least and the most, and a click shows the next; or how to reveal the
 * windows, and a click does.
 * @param {GridDrawing} drawing
 */
function drawShows(drawing) {
  const { facts, places, words, shown } = drawing;
  const letters = smallLetters(places);
  const line = { key: "shows", letters, line: 43, style: "pt-sub" };
  if (!facts.visible) {
    const text = facts.hidden ? revealText(facts, words, places.width - 4, letters) : "";
    const style = facts.hidden && !facts.locked ? "pt-sub pt-opens" : "pt-sub";
    return drawUnder(drawing, places.input, { ...line, style, text });
  }
  const ends = leastAndMost(shown);
  const data = { [`data-${SHOWN_PARTS[facts.colour].mark}-ends`]: ends.join(" ") };
  const style = "pt-sub pt-next-colour";
  drawUnder(drawing, places.input, { ...line, style, text: showsText(facts, ends, words), data });
}

/**
 * @param {GridFacts} facts
 * @param {Pair} ends
 * @param {GridWords["picture_words"]} words
 */
function showsText({ colour, channel }, [least, most], words) {
  const ends = { least: format(least), most: format(most) };
  const of = channel === null ? "" : fill(words.of_channel, { name: words.channels[channel] });
  return fill(words.shows[colour], ends) + of;
}

/**
 * The arrow from the input to the output.
 * @param {GridDrawing} drawing
 */
function drawForward({ places: { input, output, narrow, big }, add }) {
  const [x, y] = narrow
    ? [input.x + Math.min(input.width / 2, 60), output.y - 26 * big]
    : [input.x + input.width + 26 * big, input.y + input.height / 2];
  const d = narrow ? `M${x} ${y}v${12 * big}` : `M${x} ${y}h${26 * big}`;
  const tip = narrow ? `M${x - 6} ${y + 12 * big}h12l-6 9z` : `M${x + 26 * big} ${y - 6}v12l9 -6z`;
  add("frame", "forward", "path", { class: "pt-arrow", d });
  add("frame", "forward:tip", "path", { class: "pt-tip", d: tip });
}
