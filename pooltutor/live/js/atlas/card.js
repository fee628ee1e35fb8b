import { h } from "../view/form.js";

// What stands beside the map: its title, its legend, and all that is known of the pair that is read out.

export class AtlasCard {
  /** `picture` is the small picture of the marked pair. */
  constructor(words, helpId, picture) {
    this.words = words;
    this.title = h("h3", { className: "pt-atlas-title" });
    this.caption = h("p", { className: "pt-atlas-caption" });
    this.legend = h("ul", { className: "pt-legend" });
    this.readout = h("p", { className: "pt-readout" });
    this.noteLine = h("p", { className: "pt-note", hidden: true });
    this.help = h("p", { className: "pt-atlas-help", id: helpId }, words.help);
    this.element = h(
      "div",
      { className: "pt-atlas-side" },
      this.title,
      this.caption,
      this.legend,
      this.readout,
      picture,
      h("div", { className: "pt-atlas-foot" }, this.help, this.noteLine),
    );
  }

  /** A note takes the place of the help while it stands there, so that nothing moves. */
  note(text) {
    this.noteLine.textContent = text;
    this.noteLine.hidden = !text;
    this.help.classList.toggle("pt-none", Boolean(text));
  }

  /** Title, one sentence and the legend: only what is on the map, with how many pairs there are of each. */
  explain({ title, labels, colours }, caption, counts) {
    this.title.textContent = title;
    this.caption.textContent = caption;
    const entries = labels.map((label, k) => this.#entry(k, label, colours[k], counts[k]));
    this.legend.replaceChildren(this.#heading(), ...entries.filter((_, k) => counts[k] > 0));
  }

  #heading() {
    const count = h("span", { className: "pt-count" }, this.words.pairs);
    return h("li", { className: "pt-legend-head" }, h("span", {}), h("span", {}), count);
  }

  #entry(k, label, colour, count) {
    const swatch = h("span", { className: "pt-swatch" });
    swatch.style.background = `var(--pt-${colour})`;
    const shown = h("span", { className: "pt-count" }, count.toLocaleString(this.words.locale));
    return h("li", { "data-class": k }, swatch, h("span", {}, label), shown);
  }

  /** The commas are for whoever copies or reads the text; on the screen each part stands on its own. */
  read(pair, parts) {
    const comma = (text) => h("span", { className: "pt-comma" }, text);
    const spans = parts.map((part, k) => h("span", {}, part, comma(k < parts.length - 1 ? ", " : "")));
    this.readout.replaceChildren(h("b", {}, pair, comma(": ")), ...spans);
  }
}
