import { ruleOfMap } from "../atlas/facts.js";
import { freshAnswer } from "../question/state.js";
import { changeModel } from "../store.js";

// Opening a step: its view gets the whole state that the step has for it, its question, and what has been answered.

/**
 * `models` are those of the views, by kind; an atlas brings its own explorer as `beside`.
 * @param {{ model: Model; models: Record<string, Model>; shared: Carrier }} led
 */
export function openStep({ model, models, shared }) {
  const step = model.get("step");
  const { view, set, ask } = model.get("story").steps[step];
  const usual = shared.get("usual");
  if (view === "atlas" && models.beside) {
    const { input_size, target_size } = set;
    const same = Object.fromEntries(["presenter", "more"].map((name) => [name, models.beside.get(name)]));
    const values = { ...usual.explorer, ...same, input_size, target_size, rule: ruleOfMap(set) };
    changeModel(models.beside, shared, values);
  }
  const asked = { question: ask, answer: model.get("answers")[step] ?? freshAnswer() };
  changeModel(models[view], shared, "question" in usual[view] ? { ...set, ...asked } : set);
}
