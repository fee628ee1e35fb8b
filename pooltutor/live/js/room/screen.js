import { counted, fill } from "../pure/numbers.js";
import { h } from "../view/form.js";
import { codePicture } from "./code.js";

// The elements of the teacher's page, and what stands in them.

const PHASES = ["lobby", "step", "asking", "revealed"];

export class Screen {
  constructor(words, { go, reveal, again, openApp, onPicture }) {
    this.words = words;
    const button = (text, press, className = "") => h("button", { type: "button", className, onclick: press }, text);
    this.back = button(words.back, () => go(-1));
    this.next = button(words.next, () => go(1), "room-main");
    this.reveal = button(words.reveal, reveal, "room-main");
    this.again = button(words.again, again);
    this.picture = button(words.on_picture, () => onPicture());
    this.app = button(words.app, openApp);
    this.place = h("span", { className: "room-place" });
    this.say = h("h1", {});
    this.countText = h("b", {});
    this.count = h("p", { className: "room-have", role: "status" }, this.countText, h("span", {}));
    this.part = h("progress", { "aria-label": words.have_answered, max: 1 });
    this.address = h("b", {});
    this.code = h("button", {
      type: "button",
      className: "room-code",
      title: words.larger,
      onclick: () => this.enlarge(),
    });
    this.join = h(
      "aside",
      { className: "room-join" },
      h("span", {}, h("span", {}, words.join_here), this.address),
      this.code,
    );
    this.viewElement = h("div", { className: "room-view" });
    this.rows = h("div", { className: "room-answers" });
    this.main = h("main", {}, this.viewElement, this.rows);
    this.#place();
  }

  #place() {
    const { back, place, app, picture, again, reveal, next } = this;
    const counts = h("div", { className: "room-counts" }, this.count, this.part);
    const gap = h("span", { className: "room-gap" });
    document.body.className = "room room-teacher";
    document.body.append(
      h("header", {}, h("div", {}, this.say, counts), this.join),
      this.main,
      h("footer", {}, back, place, gap, app, picture, again, reveal, next),
    );
  }

  /** The code as large as the screen, and small again. */
  enlarge(on = !document.body.classList.contains("room-large")) {
    document.body.classList.toggle("room-large", on);
  }

  get isOnPicture() {
    return document.body.classList.contains("room-on-picture");
  }

  /** The picture in place of the answers, and back. */
  toggle(on) {
    document.body.classList.toggle("room-on-picture", on);
    this.picture.textContent = on ? this.words.answers : this.words.on_picture;
  }

  /** The way in, which does not change. */
  showWay({ address, code }) {
    this.address.textContent = address;
    this.code.replaceChildren(codePicture(code, fill(this.words.code, { address })));
  }

  show({ phase, say, step, steps, phones, answered, app }) {
    const { words } = this;
    for (const each of PHASES) document.body.classList.toggle(`room-${each}`, each === phase);
    this.say.textContent = phase === "lobby" ? words.join : say;
    this.place.textContent = phase === "lobby" ? "" : fill(words.step, { k: step + 1, count: steps });
    const isAsked = phase === "asking" || phase === "revealed";
    const [bold, plain] = isAsked
      ? [fill(words.answered, { n: answered, count: phones }), words.have_answered]
      : [counted(words.phones, phones, { n: phones }), ""];
    this.countText.textContent = bold;
    this.count.lastChild.textContent = plain;
    this.part.hidden = !isAsked;
    this.part.value = phones ? answered / phones : 0;
    const last = step === steps - 1;
    for (const [button, isThere] of [
      [this.back, phase !== "lobby"],
      [this.next, !last],
      [this.reveal, phase === "asking"],
      [this.again, phase === "revealed"],
      [this.picture, phase === "revealed"],
      [this.app, Boolean(app) && phase === "lobby"],
    ])
      button.hidden = !isThere;
    this.next.textContent = phase === "lobby" ? words.begin : words.next;
    this.next.classList.toggle("room-main", phase !== "asking");
  }
}
