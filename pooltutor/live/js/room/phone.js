import { openedPage } from "../page/opened.js";
import { fill } from "../pure/numbers.js";
import { PhoneState, randomId } from "../pure/room/phone.js";
import { h } from "../view/form.js";
import { openedRoom } from "./connection.js";
import { StepView } from "./steps.js";

// The page of a phone: the step that the teacher has open, and the way back for an answer.

const KEPT_AS = "pooltutor-phone"; // in this tab alone, and gone with it

/** The number by which this phone counts once; a phone that keeps nothing has a new one after each loading. */
function phoneId() {
  const fresh = randomId(crypto.getRandomValues(new Uint8Array(16)));
  try {
    const kept = sessionStorage.getItem(KEPT_AS);
    if (/^[0-9a-f]{32}$/.test(kept ?? "")) return kept;
    sessionStorage.setItem(KEPT_AS, fresh);
  } catch {
    // storage is switched off
  }
  return fresh;
}

class PhonePage {
  constructor(page) {
    this.words = page.more.room;
    this.state = new PhoneState();
    this.live = false;
    this.build();
    this.view = new StepView(this.viewElement, page);
    const id = phoneId();
    this.link = openedRoom("/phone", page.sent, {
      join: () => ({ type: "join", phone: id }),
      heard: (message) => this.hear(message),
      changed: ({ live, reason }) => this.connection(live, reason),
    });
    this.draw();
  }

  build() {
    const { words } = this;
    document.body.className = "room room-phone";
    this.place = h("span", {});
    this.lamp = h("span", { className: "room-lamp" });
    this.say = h("h1", {});
    this.viewElement = h("div", { className: "room-view" });
    this.answered = h("p", { className: "room-answered", role: "status" });
    this.small = h("p", { className: "room-small" });
    document.body.append(
      h("header", {}, this.place, this.lamp),
      h("main", {}, this.say, this.viewElement, this.answered),
      h("footer", {}, this.small, h("p", { className: "room-small" }, words.phone.nothing_kept)),
    );
  }

  connection(live, reason) {
    this.live = live;
    this.isNew = live;
    this.closed = live ? "" : reason;
    this.draw();
  }

  hear(message) {
    if (this.state.hear(message)) this.draw();
    if (this.isNew && this.state.message) this.link.say(this.state.message); // it was lost with the connection
    this.isNew = false;
  }

  /** What is answered in the view is sent, also when it is the same as before. */
  answer({ state, given }) {
    document.body.toggleAttribute("data-sent", state === "sent");
    if (state !== "sent") return;
    this.link.say(this.state.answer(given));
    this.draw();
  }

  draw() {
    const { words, state, live } = this;
    const { place } = state;
    this.lamp.textContent = live ? words.connected : words.connecting;
    this.lamp.classList.toggle("room-on", live);
    const isOpen = Boolean(place?.content);
    const asks = Boolean(isOpen && place.content.ask);
    this.place.textContent = isOpen ? fill(words.step, { k: place.step + 1, count: place.steps }) : words.title;
    this.say.textContent = isOpen ? place.content.say : place ? words.phone.lobby : "";
    document.body.toggleAttribute("data-asks", asks && !place.revealed);
    document.body.toggleAttribute("data-waits", !isOpen);
    this.small.textContent = asks && !place.revealed ? words.phone.change : "";
    this.answered.textContent = this.sentence(isOpen, asks);
    if (isOpen && !this.view.isShown(place.content, place))
      document.body.toggleAttribute("data-sent", Boolean(place.given) && !place.revealed);
    if (isOpen) this.view.show(place.content, { ...place, heard: (answer) => this.answer(answer) });
    else this.view.clear();
  }

  sentence(isOpen, asks) {
    const { words, state, closed } = this;
    const { place, pending, refused } = state;
    const reason = closed || refused;
    if (reason && Object.hasOwn(words.refused, reason)) return words.refused[reason];
    if (!isOpen) return place ? words.phone.wait : "";
    if (!asks) return "";
    if (place.revealed) return place.given ? fill(words.phone.answered, place) : words.phone.silent;
    if (pending) return words.phone.sending;
    return place.given ? fill(words.phone.arrived, place) : "";
  }
}

new PhonePage(openedPage(globalThis.pooltutorData));
