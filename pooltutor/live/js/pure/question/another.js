import { lookUp } from "../numbers.js";
import { range } from "../windows.js";

// The same question about another size: harder after a right answer, and always the same one for a seed.

/** Sizes from easy to hard: the smallest and the largest input and target of each level. */
const LEVELS = [
  { n: [4, 6], m: [2, 3] },
  { n: [5, 8], m: [3, 4] },
  { n: [7, 10], m: [4, 6] },
  { n: [9, 13], m: [5, 8] },
  { n: [3, 6], m: [5, 8] }, // more outputs than cells
  { n: [12, 16], m: [7, 11] },
];
const LEVELS_2D = 3;

/** A number from a seed: the same one on every machine. */
function hash(/** @type {number} */ seed) {
  let t = (seed + 0x6d2b79f5) | 0;
  t = Math.imul(t ^ (t >>> 15), t | 1);
  t ^= t + Math.imul(t ^ (t >>> 7), t | 61);
  return (t ^ (t >>> 14)) >>> 0;
}

/**
 * The next seed: its last digit is the level.
 * @param {Answer} answer
 */
export function nextSeed({ seed, state, tries }) {
  const level = seed % 10;
  const isEasy = state === "right" && tries <= 2;
  return (Math.floor(seed / 10) % 1e6) * 10 + 10 + Math.min(LEVELS.length - 1, level + Number(isEasy));
}

/**
 * All sizes of a level that have a cut inside a cell.
 * @param {number} level
 * @returns {Pair[]}
 */
function sizesOfLevel(level) {
  const { n, m } = LEVELS[level];
  return range(n[0], n[1] + 1).flatMap((a) =>
    range(m[0], m[1] + 1)
      .filter((b) => a % b !== 0 && b % a !== 0)
      .map((b) => /** @type {Pair} */ ([a, b])),
  );
}

/**
 * Another size, and another cell, output or rule.
 * @param {Question} question
 * @param {Pick<About, "n" | "m" | "rules">} about the size that was asked
 * @param {number} seed
 * @returns {{ n: number[]; m: number[]; question: Question }}
 */
export function anotherQuestion(question, { n, m, rules }, seed) {
  const axes = n.length;
  const level = Math.min(seed % 10, axes === 2 ? LEVELS_2D - 1 : LEVELS.length - 1);
  const isSame = (/** @type {Pair} */ [a, b]) => a === n[0] && b === m[0];
  const sizes = sizesOfLevel(level).filter((size) => !isSame(size));
  const chosen = range(0, axes).map((axis) => sizes[hash(seed + axis) % sizes.length]);
  const other = { n: chosen.map(([a]) => a), m: chosen.map(([, b]) => b) };
  const change = lookUp(CHANGES, question.kind);
  const usual = withoutOwnWords(question);
  return { ...other, question: change ? change(usual, { ...other, rules }, hash(seed + 7)) : usual };
}

/**
 * Words of one's own may speak of the size that was asked.
 * @param {Question} question
 */
function withoutOwnWords(question) {
  const kept = { ...question };
  delete kept.prompt;
  delete kept.hints;
  return kept;
}

/** @type {Record<string, (question: Question, about: Pick<About, "n" | "m" | "rules">, number: number) => Question>} */
const CHANGES = {
  output: (question, { m }, number) => ({ ...question, index: placeIn(m, number) }),
  gradient: (question, { n }, number) => ({ ...question, index: placeIn(n, number) }),
  rank: (question, { n }, number) => {
    const count = Math.min(n[0], question.cells?.length ?? 3);
    const from = number % n[0];
    const cells = range(0, count).map((k) => (from + k * Math.max(1, Math.floor(n[0] / count))) % n[0]);
    return { ...question, cells: [...new Set(cells)].sort((a, b) => a - b) };
  },
  size: (question, { rules }, number) => {
    const others = rules.names.filter((rule) => rule !== "pytorch" && rule !== question.rule);
    return { ...question, rule: others[number % others.length] };
  },
};

/**
 * @param {number[]} sizes
 * @param {number} number
 */
const placeIn = (sizes, number) =>
  sizes.length === 1 ? number % sizes[0] : [number % sizes[0], (number >>> 8) % sizes[1]];
