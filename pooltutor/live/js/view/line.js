import { h } from "./form.js";

/** The line of numbers over the picture. */
export class NumbersLine {
  #meant = new WeakMap();

  constructor(name) {
    this.element = h("div", { className: "pt-line", role: "group", "aria-label": name });
  }

  /** Its parts: [text, class of CSS, pieces]. What says the same as before stays: the pointer may be on it. */
  show(parts) {
    const said = JSON.stringify(parts);
    if (said === this.said) return;
    this.said = said;
    const partOf = ([text, className = "", pieces]) =>
      h("span", { className }, ...(pieces ? pieces.map((piece) => this.#pieceOf(piece)) : [text]));
    this.element.replaceChildren(...parts.map(partOf));
  }

  #pieceOf({ text, style, meant }) {
    if (!style) return text;
    const element = h("span", { className: style }, text);
    this.#meant.set(element, meant);
    return element;
  }

  /** What of the picture an element of the line stands for; null for nothing. */
  meantBy(element) {
    return this.#meant.get(element) ?? null;
  }

  /** Its pieces that stand for a cell. */
  get cellTerms() {
    /** @type {NodeListOf<HTMLElement>} */
    const terms = this.element.querySelectorAll(".pt-term");
    return [...terms].filter((term) => this.meantBy(term).cell !== undefined);
  }

  /** What is too long and has to be scrolled can be by keys. */
  settle() {
    const { element } = this;
    element.tabIndex = element.scrollHeight > element.clientHeight ? 0 : -1;
  }
}
