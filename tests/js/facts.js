// States for the tests, and tables that follow PyTorch's rule as the definition has it.

import { readFileSync } from "node:fs";
import { factsOf } from "../../pooltutor/live/js/pure/explorer/facts.js";
import { gridFactsOf } from "../../pooltutor/live/js/pure/grid/facts.js";
import { range } from "../../pooltutor/live/js/pure/windows.js";

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

const bins = (m, start, stop) => ({ start: range(0, m).map(start), stop: range(0, m).map(stop) });
const RULES = {
  pytorch: (n, m) =>
    bins(
      m,
      (i) => Math.floor((i * n) / m),
      (i) => Math.ceil(((i + 1) * n) / m),
    ),
  equal_kernel: (n, m) =>
    bins(
      m,
      (i) => Math.floor((i * n) / m),
      (i) => Math.floor((i * n) / m) + Math.ceil(n / m),
    ),
  fixed_stride: (n, m) =>
    m > n
      ? null
      : bins(
          m,
          (i) => i * Math.floor(n / m),
          (i) => i * Math.floor(n / m) + n - (m - 1) * Math.floor(n / m),
        ),
  split: (n, m) => {
    const lengths = range(0, m).map((i) => Math.floor(n / m) + (i < n % m ? 1 : 0));
    const start = lengths.map((_, i) => lengths.slice(0, i).reduce((a, b) => a + b, 0));
    return { start, stop: start.map((from, i) => from + lengths[i]) };
  },
};

export const tables = { windows: (rule, n, m) => RULES[rule](n, m) };

/** The facts of a size, of the state that an explorer opens with but for what `more` says. */
export const factsAt = (n, m, more = {}) =>
  factsOf(
    {
      ...{ n, m, rule: "pytorch", kind: "avg", x: "ramp", upstream: "count", window: 0, against: "pytorch" },
      ...{ hidden: false, locked: false, gradient: true, influence: false, duel: false, presenter: false },
      ...{ ruleTitle: "rule", againstTitle: "other rule", undefinedSentence: "This rule has no windows here." },
      ...more,
    },
    tables,
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
    tables,
    [0.5],
  );
