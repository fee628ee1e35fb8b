import { counted, fill } from "../pure/numbers.js";
import { smallPicture } from "../pure/room/small_picture.js";
import { h, icon, svgElement } from "../view/form.js";

// The answers of a room as rows: a small picture, what it is, how many gave it; the right one is marked.

const LONGEST_LARGE = 9; // characters of an answer that stands where others have a picture
const RIGHT_TICK = "M3 8.5l3.5 3.5L13 4.5";

/** The rows in a list; `about` is the question, `titles` short names of ideas. */
export function rowsElement({ rows, rest }, about, { words, rules, press }) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const items = rows.map((row) => rowElement(row, about, { words, rules, most, press }));
  return [h("ol", { className: "room-rows" }, ...items), ...(rest.answers ? [restElement(rest, words)] : [])];
}

function restElement({ answers: n, count, unjudged }, words) {
  const said = [counted(words.rest, n, { n, count })];
  if (unjudged) said.push(fill(words.unjudged, { n: unjudged }));
  return h("p", { className: "room-rest" }, said.join(" "));
}

function rowElement(row, about, { words, rules, most, press }) {
  const { text, count, right } = row;
  const bar = h("span", { className: "room-bar-of-count" });
  bar.style.width = `${Math.round((count / most) * 100)}%`;
  const small = smallPicture(about, row);
  const isLarge = text.length <= LONGEST_LARGE && !small.boxes.length; // there is room for it in the place of a picture
  const onclick = () => press(right ? "" : text);
  const element = h(
    "button",
    {
      type: "button",
      className: right ? "room-row room-right" : "room-row",
      "data-given": text,
      "data-count": count,
      onclick,
    },
    pictureOf(small, isLarge ? text : ""),
    h(
      "span",
      { className: "room-what" },
      h("b", {}, titleOf(row, isLarge, words, rules)),
      h("span", {}, remarkOf(row, isLarge, words)),
    ),
    h("span", { className: "room-count" }, bar, h("b", {}, String(count))),
  );
  if (right) element.append(icon(RIGHT_TICK, "room-tick"));
  return h("li", {}, element);
}

/** What an answer is called: by the rule that gives it, or the idea, or else by itself, where it does not stand large. */
function titleOf({ text, right, idea }, isLarge, { ideas, unreadable }, rules) {
  if (right) return ideas.right;
  if (!text) return unreadable;
  const own = isLarge ? "" : text;
  if (!idea?.name) return own;
  if (Object.hasOwn(ideas, idea.name)) return ideas[idea.name];
  return rules.names.includes(idea.name) ? rules.get(idea.name).title : own;
}

function remarkOf({ text, right, idea }, isLarge, { by_pytorch, right_at, no_idea }) {
  if (!text) return "";
  const own = isLarge || (!right && !idea?.name) ? "" : text;
  const where = right ? by_pytorch : idea?.size ? fill(right_at, { size: idea.size.text }) : idea?.name ? "" : no_idea;
  return [own, where].filter(Boolean).join(" · ");
}

function pictureOf({ boxes, width, height }, large) {
  if (!boxes.length) return h("span", { className: "room-small-picture" }, large);
  const svg = svgElement("svg", {
    class: "room-small-picture",
    viewBox: `0 -1 ${width} ${height + 2}`,
    "aria-hidden": true,
  });
  for (const { className, text, ...place } of boxes) {
    svg.append(svgElement("rect", { class: className, rx: 2, ...place }));
    if (text) svg.append(svgElement("text", { x: place.x + place.width / 2, y: place.y + place.height / 2 }, text));
  }
  return svg;
}
