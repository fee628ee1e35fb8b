// States for the tests, and the rules of which their windows come.

import { readFileSync } from "node:fs";
import { factsOf } from "../../pooltutor/live/js/pure/explorer/facts.js";
import { gridFactsOf } from "../../pooltutor/live/js/pure/grid/facts.js";
import { Rules } from "../../pooltutor/live/js/pure/rules.js";

const file = JSON.parse(readFileSync(new URL("../../pooltutor/words/en.json", import.meta.url), "utf8"));

/** A text that stands for another, "= common.empty", becomes that one; Python does the same. */
const resolved = (part) => {
  if (typeof part === "string" && part.startsWith("= "))
    return part
      .slice(2)
      .split(".")
      .reduce((within, key) => within[key], file);
  if (Array.isArray(part)) return part.map(resolved);
  if (part === null || typeof part !== "object") return part;
  return Object.fromEntries(Object.entries(part).map(([key, each]) => [key, resolved(each)]));
};

export const words = resolved(file);

/** The rules as they are sent to a view, read from the table in Python. */
const sent = [
  ...readFileSync(new URL("../../pooltutor/rules.py", import.meta.url), "utf8").matchAll(
    /Rule\("(\w+)", ("[^"]+")(, needs_m_up_to_n=True)?\)/g,
  ),
].map(([, name, text, needs]) => ({
  ...{ name, text: JSON.parse(text), needs_m_up_to_n: Boolean(needs), undefined: needs ? "None here." : "" },
  ...{ title: words.rules.titles[name], found_in: words.rules.found_in[name] },
}));

export const rules = new Rules(sent, { ...words.view, formula: words.formula });

/** The facts of a size, of the state that an explorer opens with but for what `more` says. */
export const factsAt = (n, m, more = {}) =>
  factsOf(
    {
      ...{ n, m, rule: "pytorch", kind: "avg", x: "ramp", upstream: "count", window: 0, against: "pytorch" },
      ...{ hidden: false, locked: false, gradient: true, influence: false, duel: false, presenter: false },
      free: { n: true, m: true, x: true, upstream: true, most: 64 },
      ...{ ruleTitle: "rule", againstTitle: "other rule", undefinedSentence: "This rule has no windows here." },
      ...more,
    },
    rules,
    [0.5],
  );

/** The same for a grid. */
export const gridFactsAt = (n, m, more = {}) =>
  gridFactsOf(
    {
      ...{ n, m, kept: [false, false], rule: "pytorch", kind: "avg", image: "ramp", picture: null, colour: "values" },
      ...{ channel: null, upstream: "ones", window: [0, 0], hidden: false, locked: false, presenter: false },
      ...{ undefinedSentence: "This rule has no windows here." },
      ...more,
    },
    rules,
    [0.5],
  );
