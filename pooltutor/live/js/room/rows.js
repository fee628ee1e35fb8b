import { fill } from "../pure/numbers.js";
import { smallPicture } from "../pure/room/small_picture.js";
import { h, icon } from "../view/form.js";
import { svgElement } from "./code.js";

// The answers of a room as rows: a small picture, what it is, how many gave it; the right one is marked.

const RIGHT_TICK = "M3 8.5l3.5 3.5L13 4.5";

/** The rows in a list; `about` is the question, `titles` short names of ideas. */
export function rowsElement({ rows, rest }, about, { words, rules, press }) {
  const most = Math.max(1, ...rows.map(({ count }) => count));
  const items = rows.map((row) => rowElement(row, about, { words, rules, most, press }));
  const more = rest.answers
    ? [
        h(
          "p",
          { className: "room-rest" },
          fill(words.rest[rest.answers === 1 ? 0 : 1], { n: rest.answers, count: rest.count }),
        ),
      ]
    : [];
  return [h("ol", { className: "room-rows" }, ...items), ...more];
}

function rowElement(row, about, { words, rules, most, press }) {
  const { text, count, right } = row;
  const bar = h("span", { className: "room-bar-of-count" });
  bar.style.width = `${Math.round((count / most) * 100)}%`;
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
    pictureOf(about, row),
    h("span", { className: "room-what" }, h("b", {}, titleOf(row, words, rules)), h("span", {}, remarkOf(row, words))),
    h("span", { className: "room-count" }, bar, h("b", {}, String(count))),
  );
  if (right) element.append(icon(RIGHT_TICK, "room-tick"));
  return h("li", {}, element);
}

/** What an answer is called: by the rule that gives it, or the idea, or else by itself. */
function titleOf({ text, right, idea }, { ideas }, rules) {
  if (right) return ideas.right;
  if (!idea?.name) return text;
  if (Object.hasOwn(ideas, idea.name)) return ideas[idea.name];
  return rules.names.includes(idea.name) ? rules.get(idea.name).title : text;
}

function remarkOf({ text, right, idea }, { by_pytorch, right_at, no_idea }) {
  if (right) return `${text} · ${by_pytorch}`;
  if (idea?.size) return `${idea.name ? `${text} · ` : ""}${fill(right_at, { size: idea.size.text })}`;
  return idea?.name ? text : no_idea;
}

function pictureOf(about, row) {
  const { boxes, width, height } = smallPicture(about, row);
  if (!boxes.length) return h("span", { className: "room-small-picture" });
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
