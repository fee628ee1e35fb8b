import { h } from "./form.js";

/** The line of numbers over the picture. */
export class NumbersLine {
  constructor(name) {
    this.element = h("div", { className: "pt-line", role: "group", "aria-label": name });
  }

  /** Its parts: [text, class of CSS]. */
  show(parts) {
    this.element.replaceChildren(...parts.map(([text, className = ""]) => h("span", { className }, text)));
  }

  /** What is too long and has to be scrolled can be by keys. */
  settle() {
    const { element } = this;
    element.tabIndex = element.scrollHeight > element.clientHeight ? 0 : -1;
  }
}
