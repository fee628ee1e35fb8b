import { fill } from "../pure/numbers.js";
import { hintCount } from "../pure/question/hints.js";
import { ownWindows, windowsText } from "../pure/question/reading.js";
import { filledUp } from "../pure/question/state.js";
import { h } from "./form.js";

// The bar below the picture in which a question is answered: fields, buttons, and what is said about the answer.

const MOST_FIELDS = 8; // windows that have a field each
const SPAN_TYPED = /^\s*(\d{1,4})\s*:\s*(\d{1,4})\s*$/;

export class AnswerBar {
  constructor(asking, words) {
    this.asking = asking;
    this.words = words.question;
    this.fields = [];
    this.label = h("span", { className: "pt-answer-label" });
    this.holder = h("span", { className: "pt-answer-fields" });
    this.said = h("p", { className: "pt-answer-said", "aria-live": "polite" });
    this.hinted = h("p", { className: "pt-answer-hint", "aria-live": "polite" });
    this.buttons = this.#buttons();
    const act = h("span", { className: "pt-answer-buttons" }, ...Object.values(this.buttons));
    const row = h("div", { className: "pt-answer-row" }, this.label, this.holder, act);
    this.element = h("div", { className: "pt-answer", hidden: true }, this.said, this.hinted, row);
  }

  #buttons() {
    const { asking, words } = this;
    const make = (press, text = "", className = "") => h("button", { type: "button", className, onclick: press }, text);
    return {
      over: make(() => asking.startOver(), words.over, "pt-quiet-button"),
      show_me: make(() => asking.showMe(), words.show_me, "pt-quiet-button"),
      hint: make(() => asking.hint()),
      check: make(() => asking.check(), "", "pt-main-button"),
      explore: make(() => asking.explore(), words.explore),
      another: make(() => asking.another(), words.another),
      back: make(() => asking.lookAt(null), words.back, "pt-main-button"),
    };
  }

  // Fields ----------------------------------------------------------------------------------------------------

  /** The fields that an answer needs: one for each window, or one for all. */
  #build({ name, form, m }) {
    const count = form === "windows" && m[0] <= MOST_FIELDS ? m[0] : 1;
    const key = `${name},${count}`;
    if (this.built === key) return;
    this.built = key;
    const { words, asking } = this;
    this.fields = Array.from({ length: count }, (_, k) => {
      const label = count > 1 ? fill(words.window_field, { i: k }) : words.answer;
      const common = { "aria-label": label, spellcheck: false, autocomplete: "off" };
      const field =
        form === "formula" ? h("textarea", { rows: 3, ...common }) : h("input", { type: "text", ...common });
      field.addEventListener("input", () => this.#typed(k));
      field.addEventListener("change", () => this.#typed(k));
      field.addEventListener("focus", () => count > 1 && asking.choose?.(k));
      field.addEventListener("keydown", (event) => this.#onKey(event, form));
      return field;
    });
    this.holder.replaceChildren(...this.fields);
    this.holder.className = `pt-answer-fields pt-form-${form}`;
    this.label.textContent = name === "windows" || name === "shared" ? words.or_type : words.answer;
  }

  #onKey(event, form) {
    if (form === "formula") event.stopPropagation(); // letters are typed, not keys of the view
    if (event.key !== "Enter" || (form === "formula" && !event.ctrlKey && !event.metaKey)) return;
    event.preventDefault();
    this.asking.check();
  }

  /** What is typed is the answer; a window that is only half typed is none yet. */
  #typed(k) {
    const { asking, fields } = this;
    if (fields.length === 1) return asking.give(fields[0].value.slice(0, 1000));
    const { m } = asking.about;
    const windows = filledUp(ownWindows(asking.answer.given), m[0]);
    const typed = fields[k].value.match(SPAN_TYPED);
    if (!typed && fields[k].value.trim()) return;
    windows[k] = typed ? [Number(typed[1]), Number(typed[2])] : null;
    asking.give(windowsText(windows));
  }

  #fill(about, { given }, isOpen) {
    const windows = this.fields.length > 1 ? filledUp(ownWindows(given), about.m[0]) : [];
    const locked = this.asking.lockedWindows?.() ?? [];
    for (const [k, field] of this.fields.entries()) {
      const text = this.fields.length > 1 ? (windows[k]?.join(":") ?? "") : given;
      const isTyping = field === field.getRootNode().activeElement && isOpen;
      if (field.value !== text && !isTyping) field.value = text;
      field.readOnly = !isOpen || locked[k] === true;
    }
  }

  // Showing ---------------------------------------------------------------------------------------------------

  show(about, answer) {
    const { asking, words, buttons } = this;
    const { isOpen, peek, question } = asking;
    this.#build(about);
    this.#fill(about, answer, isOpen);
    const count = hintCount(about, asking.view.words);
    const check = words.check[about.name] ?? words.check.other;
    buttons.check.textContent = question.send ? words.send : check;
    buttons.hint.textContent = fill(words.hint, { k: Math.min(answer.hints + 1, count), count });
    const answering = isOpen && !peek;
    const shown = {
      over: !peek && !question.send && (answer.given !== "" || answer.tries > 0 || !isOpen),
      show_me: answering && !question.send,
      hint: answering && !question.send && answer.hints < count,
      check: answering,
      explore: !isOpen && !peek,
      another: !isOpen && !peek && asking.mayChangeSize,
      back: Boolean(peek),
    };
    for (const [name, on] of Object.entries(shown)) buttons[name].hidden = !on;
    this.label.hidden = this.holder.hidden = !answering;
    this.element.classList.toggle("pt-answered", !answering);
    this.#say(asking.said(about));
    this.#setText(this.hinted, asking.hintText(about));
  }

  /** A sentence, in which a size is a button that opens it. */
  #say({ tone, text, size }) {
    if (this.shownText === text) return;
    this.shownText = text;
    this.said.className = `pt-answer-said ${tone ? `pt-said-${tone}` : ""}`;
    this.said.hidden = !text;
    const place = size ? text.indexOf(size.text) : -1;
    if (place < 0) return this.said.replaceChildren(text);
    const label = fill(this.words.open_size, { size: size.text });
    const onclick = () => this.asking.lookAt(size);
    const open = h("button", { type: "button", className: "pt-open-size", "aria-label": label, onclick }, size.text);
    this.said.replaceChildren(text.slice(0, place), open, text.slice(place + size.text.length));
  }

  #setText(element, text) {
    element.hidden = !text;
    if (element.textContent !== text) element.textContent = text;
  }
}
