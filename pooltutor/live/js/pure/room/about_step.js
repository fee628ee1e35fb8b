import { numbersOf } from "../numbers.js";
import { aboutOf } from "../question/about.js";

// What the question of a step is about, from the step's own state.

/**
 * @param {{ view: string, set: State, ask: Question }} step
 * @param {{ rules: import("../rules.js").Rules, usual: Record<string, State>, random: number[] }} shared
 * @returns {About}
 */
export function aboutStep({ view, set, ask }, { rules, usual, random }) {
  const state = { ...usual[view], ...set };
  const [n, m] = [state.input_size, state.target_size].map((size) => [size].flat());
  const cells = (/** @type {number[]} */ sizes) => sizes.reduce((product, size) => product * size, 1);
  const x = view === "grid" ? "ramp" : state.x;
  return aboutOf(ask, {
    ...{ n, m, rule: state.rule, kind: state.kind, rules },
    numbers: (inputs, targets) => ({
      x: numbersOf(x, cells(inputs), random),
      g: numbersOf(state.upstream, cells(targets), random),
    }),
  });
}
