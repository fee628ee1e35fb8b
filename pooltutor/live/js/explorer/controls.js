import { countOf, fill, format, isPreset, presetNames } from "../pure/numbers.js";
import { refusalOf } from "../pure/own_numbers.js";
import { Controls, column } from "../view/controls.js";
import { h, numbersBox } from "../view/form.js";

// The controls of the 1-D explorer.

const listedNumbers = (values) =>
  values
    .slice(0, 12)
    .map((v) => format(v))
    .join(", ") + (values.length > 12 ? ", …" : "");

export class ExplorerControls extends Controls {
  ownControls() {
    const { words } = this;
    return {
      input_size: this.size("input_size", "n"),
      target_size: this.size("target_size", "m"),
      x: this.numbers("x", words.x, "n"),
      upstream: this.numbers("upstream", words.upstream, "m"),
      against: this.ruleMenu("against", words.duel.against),
    };
  }

  get ruleTraits() {
    return ["rule", "against"];
  }

  formulaAt({ window, n, m }) {
    return { at: { i: window, n, m } };
  }

  atSize(n, m, window) {
    return { input_size: n, target_size: m, window };
  }

  get sizeFields() {
    return [this.fields.input_size, this.fields.target_size];
  }

  sizes() {
    return h("div", { className: "pt-sizes" }, ...this.sizeFields.map(({ element }) => element));
  }

  columns() {
    const { rule, kind, example, x, upstream, window } = this.fields;
    return [column("", rule, kind, example, this.stepper.speed), column("", x, upstream, window), this.panelSwitches()];
  }

  showOwn({ n, m, x, upstream }, facts) {
    const { fields } = this;
    fields.input_size.show(n);
    fields.target_size.show(m);
    fields.example.show(`${n},${m}`);
    fields.x.show(x, listedNumbers(facts?.x ?? []));
    fields.upstream.show(upstream, listedNumbers(facts?.g ?? []));
  }

  // Examples --------------------------------------------------------------------------------------------------

  examples() {
    const openable = this.words.examples.filter(({ sizes }) => Math.max(...sizes) <= this.view.limits.typed);
    return openable.map(({ sizes, name }) => [sizes.join(), `${sizes.join(" → ")}, ${name}`]);
  }

  exampleOf({ n, m }) {
    return this.words.examples.find(({ sizes }) => sizes[0] === n && sizes[1] === m);
  }

  openExample(pair) {
    const { view } = this;
    if (!pair || view.store.sizesLocked) return view.syncControls();
    const [n, m] = pair.split(",").map(Number);
    view.change({ input_size: n, target_size: m, window: Math.min(1, m - 1) });
  }

  // Sizes and numbers -----------------------------------------------------------------------------------------

  size(trait, letter) {
    const { view, words } = this;
    return this.sizeSlider(words[trait], view.limits.typed, {
      set: (value) => view.change({ [trait]: value }),
      refuse: (came) => this.refuse(trait, () => view.state[letter], came),
    });
  }

  numbers(trait, name, letter) {
    const { words } = this;
    return numbersBox({
      name,
      typedName: fill(words.typed, { name }),
      own: words.own_numbers,
      presets: presetNames.map((preset) => [preset, words.presets[preset]]),
      set: (text) => this.setNumbers(trait, name, text, this.view.state[letter]),
    });
  }

  setNumbers(trait, name, text, wanted) {
    const { view, words } = this;
    const field = this.fields[trait];
    field.refuse(false);
    if (text === "") return view.syncControls(); // an emptied box says nothing
    const refusal = isPreset(text) ? undefined : refusalOf(text, { name, sentence: words.bad_number });
    if (refusal !== undefined) {
      field.refuse();
      return this.note(refusal, field);
    }
    view.change({ [trait]: text });
    if (isPreset(text) || countOf(text) === wanted) return;
    const said = countOf(text) < wanted ? words.too_few : words.too_many;
    this.note(fill(said, { name, wanted, came: countOf(text) }), field);
  }
}
