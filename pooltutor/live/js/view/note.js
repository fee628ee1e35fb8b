import { h, keepInside, newId } from "./form.js";

/** What is typed into, else what is chosen or pressed. */
const fieldOf = (element) =>
  element.querySelector("input:not([type=range])") ?? element.querySelector("select, button");

/** One sentence at the field that it is about. It lies over what is below, so that the picture stays where it is. */
export class Note {
  constructor() {
    this.element = h("div", { className: "pt-note", id: newId(), hidden: true });
  }

  get text() {
    return this.element.textContent;
  }

  /** Say it at a control; "" says nothing any more. */
  show(text, control) {
    const { element } = this;
    if (!text && element.hidden) return;
    this.field?.removeAttribute("aria-describedby");
    element.parentElement?.classList.remove("pt-noted");
    element.textContent = text;
    element.hidden = !text;
    this.field = text ? fieldOf(control.element) : null;
    if (!text) return;
    control.element.classList.add("pt-noted");
    control.element.append(element);
    this.field?.setAttribute("aria-describedby", element.id);
    keepInside(element, control.element);
  }
}
