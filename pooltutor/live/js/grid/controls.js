import { SAVED_AS } from "../pure/grid/snippets.js";
import { fill, lookUp } from "../pure/numbers.js";
import { Controls, column } from "../view/controls.js";
import { button, h, menu, tick } from "../view/form.js";
import { pictureAddress } from "./canvas.js";
import { readPicture } from "./picture_files.js";

// The controls of the 2-D explorer.

const SIDES = ["height", "width"];
const key = ({ input, target, image }) => `${input.join("x")},${target.map((m) => m ?? "keep").join("x")},${image}`;

export class GridControls extends Controls {
  ownControls() {
    const { view, words } = this;
    const options = (table) => Object.entries(table);
    const change = (name) => (value) => view.change({ [name]: value });
    this.chooser = h("input", {
      type: "file",
      accept: "image/png,image/jpeg",
      className: "pt-unseen",
      tabIndex: -1,
      "aria-label": words.file,
    });
    this.saver = button(words.save, words.save_label, () => this.saveImage());
    this.chooser.addEventListener("change", () => this.chooser.files.length && this.openFile(this.chooser.files[0]));
    return {
      input_height: this.size("input", 0),
      input_width: this.size("input", 1),
      target_height: this.size("target", 0),
      target_width: this.size("target", 1),
      keep_height: this.keep(0),
      keep_width: this.keep(1),
      image: menu({ name: words.image, options: options(words.images), set: (image) => this.openImage(image) }),
      colour: menu({ name: words.colour, options: options(words.colours), set: change("colour") }),
      upstream: menu({ name: words.upstream, options: options(words.upstreams), set: change("upstream") }),
      channel: menu({
        name: words.channel,
        options: [["", words.all_channels], ...words.channels.map((name, k) => [String(k), name])],
        set: (channel) => view.change({ channel: channel === "" ? null : Number(channel) }),
      }),
    };
  }

  place({ window, m }) {
    return { window: window[0] * m[1] + window[1], count: m[0] * m[1] };
  }

  /** The values of the rows, which stand at the side of the input; those of the columns come about in the same way. */
  formulaAt({ window, n, m }) {
    return { at: { i: window[0], n: n[0], m: m[0] }, valuesAt: this.view.rules.words.own.values_rows };
  }

  atSize(n, m, window) {
    return { input_size: [n, n], target_size: [m, m], window: [window, window] };
  }

  lockOf(control) {
    if (control.startsWith("input_")) return "input_size";
    return control.startsWith("target_") || control.startsWith("keep_") ? "target_size" : control;
  }

  get sizeFields() {
    const { input_height, target_height, input_width, target_width } = this.fields;
    return [input_height, target_height, input_width, target_width];
  }

  /** Heights in one row, widths in the next, the switches that keep a side behind its target. */
  sizes() {
    const { keep_height, keep_width } = this.fields;
    const [n0, m0, n1, m1] = this.sizeFields;
    return h("div", { className: "pt-sizes" }, ...[n0, m0, keep_height, n1, m1, keep_width].map((c) => c.element));
  }

  columns() {
    const c = this.fields;
    this.files = { element: h("div", { className: "pt-files" }, this.fileButton(), this.saver, this.chooser) };
    return [
      column("", c.rule, c.kind, c.example, this.stepper.speed),
      column("", c.image, c.channel, c.colour, c.upstream, c.window),
      column("", this.files, { element: this.panelSwitches() }),
    ];
  }

  showOwn({ n, m, kept, image, picture, colour, upstream }, facts) {
    const { fields, words } = this;
    SIDES.forEach((side, k) => {
      fields[`input_${side}`].show(n[k]);
      fields[`target_${side}`].show(m[k]);
      fields[`keep_${side}`].show(kept[k]);
    });
    fields.image.show(image);
    fields.colour.show(colour);
    fields.upstream.show(upstream);
    fields.channel.show(facts?.channel === null || facts === undefined ? "" : String(facts.channel));
    fields.channel.element.hidden = picture?.channels !== 3;
    fields.upstream.element.hidden = colour !== "gradient";
    const example = this.exampleOf({ n, m, kept, image });
    fields.example.show(example ? key(example) : "");
    this.file.disabled = this.chooser.disabled = this.locked("image");
    this.saver.hidden = image !== "own" || picture?.dtype !== "uint8";
    this.file.textContent = image === "own" ? words.other_file : words.choose_file;
  }

  fileButton() {
    this.file = button(this.words.choose_file, this.words.choose_file_label, () => this.chooser.click());
    return this.file;
  }

  // Sizes -----------------------------------------------------------------------------------------------------

  size(which, side) {
    const { view, words } = this;
    const field = `${which}_${SIDES[side]}`;
    const trait = `${which}_size`;
    return this.sizeSlider(words[field], view.limits.grid, {
      set: (value) => this.setSide(trait, side, value),
      refuse: (came) => this.refuse(field, () => view.state[which === "input" ? "n" : "m"][side], came),
    });
  }

  setSide(trait, side, value) {
    const sides = [...this.view.model.get(trait)];
    sides[side] = value;
    this.view.change({ [trait]: sides });
  }

  /** None in PyTorch: the side keeps the size of the input. Afterwards it has the target again that it had before. */
  keep(side) {
    const { view, words } = this;
    let before = null;
    const set = (on) => {
      if (on) before = view.state.m[side];
      this.setSide("target_size", side, on ? null : (before ?? view.state.n[side]));
    };
    const control = tick({ name: words.keep, set });
    control.box.setAttribute("aria-label", words[`keep_${SIDES[side]}`]);
    return control;
  }

  // Examples --------------------------------------------------------------------------------------------------

  examples() {
    const openable = this.words.grid_examples.filter(({ input }) => Math.max(...input) <= this.view.limits.grid);
    return openable.map((example) => [key(example), example.name]);
  }

  exampleOf({ n, m, kept, image }) {
    const now = key({ input: n, target: m.map((size, k) => (kept[k] ? null : size)), image });
    return this.words.grid_examples.find((example) => key(example) === now);
  }

  openExample(wanted) {
    const { view } = this;
    const example = this.words.grid_examples.find((each) => key(each) === wanted);
    if (!example || this.locked("input_size", "target_size", "image")) return view.syncControls();
    this.chooseLast();
    view.change({ image: example.image, input_size: example.input, target_size: example.target, window: [0, 0] });
  }

  locked(...names) {
    return names.some((name) => this.view.store.isLocked(name));
  }

  // Images ----------------------------------------------------------------------------------------------------

  /** Choose an image: tells from now on whether it is still the last that was chosen. */
  chooseLast() {
    const choice = Symbol("choice");
    this.lastChoice = choice;
    return () => this.lastChoice === choice;
  }

  /** A picture comes at its own size; a pattern has any. */
  openImage(image) {
    const { view } = this;
    if (image === "own" && !view.model.get("_own")?.data) {
      view.syncControls();
      return this.chooser.click();
    }
    this.chooseLast();
    const picture = view.pictureOf(image);
    const size = picture
      ? [picture.height, picture.width]
      : view.model.get("input_size").map((side) => Math.min(side, view.limits.slider));
    view.change({ image, ...(this.locked("input_size") ? {} : { input_size: size }) });
  }

  /** An image file of one's own; what is none changes nothing and gets a sentence. The last one that is chosen counts. */
  async openFile(file) {
    const { view, words } = this;
    const isLast = this.chooseLast();
    this.chooser.value = ""; // so that the same file can be chosen again
    const largest = view.limits.grid;
    try {
      const picture = await readPicture(file, { largest, ...view.fileLimits });
      if (!isLast()) return;
      view.openOwn(picture);
      this.note(fill(words.opened, { name: file.name, height: picture.height, width: picture.width }), this.files);
    } catch (/** @type {any} */ refusal) {
      const sentence = lookUp(words.refusals, refusal.code);
      if (!sentence) throw refusal;
      if (isLast()) this.note(fill(sentence, { ...refusal, ...this.#fileLimits(), name: file.name }), this.files);
    }
  }

  /** The limits of a file as a sentence has them. */
  #fileLimits() {
    const { bytes, pixels } = this.view.fileLimits;
    return { megabytes: bytes / 1e6, megapixels: pixels / 1e6 };
  }

  /** Save the reduced image as a file that the code panel's program reads. */
  saveImage() {
    h("a", { href: pictureAddress(this.view.pictureOf("own")), download: SAVED_AS }).click();
  }
}
