import { fillScreen, forwardKeys } from "../classroom/classroom.js";
import { openedPage } from "../page/opened.js";
import { lookUp } from "../pure/numbers.js";
import { answerRows } from "../pure/room/answers.js";
import { rulesOf } from "../pure/rules.js";
import { clickerStep, h } from "../view/form.js";
import { openedRoom, whileOpen } from "./connection.js";
import { rowsElement } from "./rows.js";
import { Screen } from "./screen.js";
import { StepView } from "./steps.js";

// The teacher's page: the story on the screen, how many have answered, and at the reveal what.

const KEPT_AS = "pooltutor-room"; // in this tab alone: the secret, which the address bar need not show
const LOBBY = -1;

/** The secret comes at the end of the address, where no server sees it, and is then taken off the screen. */
function secretOfAddress() {
  const given = location.hash.slice(1);
  if (given) history.replaceState(null, "", location.pathname);
  try {
    if (given) sessionStorage.setItem(KEPT_AS, given);
    return given || (sessionStorage.getItem(KEPT_AS) ?? "");
  } catch {
    return given; // storage is switched off
  }
}

class TeacherPage {
  /** All that the room has told. */
  room = /** @type {any} */ ({ story: [], step: LOBBY });
  /** The answer that is shown in the picture. */
  chosen = "";

  constructor(page) {
    this.page = page;
    this.words = page.more.room;
    this.rules = rulesOf(page.shared);
    const tell = (type) => () => this.link.say({ type, step: this.room.step });
    this.screen = new Screen(
      { ...this.words.teacher, step: this.words.step },
      {
        go: (by) => this.go(by),
        reveal: tell("reveal"),
        again: tell("again"),
        openApp: tell("app"),
        onPicture: () => this.onPicture(),
      },
    );
    this.view = new StepView(this.screen.viewElement, page);
    this.said = h("p", { className: "room-refused", role: "alert" });
    document.body.append(this.said);
    document.addEventListener("keydown", (event) => this.onKey(event), { capture: true });
    forwardKeys(whileOpen);
    fillScreen(document.body, whileOpen);
    const secret = secretOfAddress();
    this.link = openedRoom("/teacher", page.sent, {
      join: () => ({ type: "join", secret }),
      heard: (message) => this.hear(message),
      changed: ({ live, reason }) => this.connection(live, reason),
    });
    this.draw();
  }

  go(by) {
    this.link.say({ type: "go", step: this.room.step + by });
  }

  /** A clicker has two keys: forwards is the reveal first, where there is something to reveal. */
  onKey(event) {
    const by = clickerStep(event);
    if (!by) return;
    event.preventDefault();
    event.stopPropagation();
    const main =
      by > 0 && !this.screen.reveal.hidden ? this.screen.reveal : by > 0 ? this.screen.next : this.screen.back;
    if (!main.hidden) main.click();
  }

  connection(live, reason) {
    const { refused, connecting } = this.words;
    this.said.textContent = live ? "" : (lookUp(refused, reason) ?? connecting);
  }

  hear(message) {
    const { step, revealed } = this.room;
    Object.assign(this.room, message);
    if (message.code) this.screen.showWay(this.room);
    if (step !== this.room.step || revealed !== this.room.revealed) {
      this.chosen = "";
      this.answers = undefined;
      this.screen.toggle(false);
      this.screen.enlarge(false);
    }
    this.draw();
  }

  draw() {
    const { story, step, phones = 0, answered = 0, revealed, app } = this.room;
    const content = story[step];
    const phase = !content ? "lobby" : !content.ask ? "step" : revealed ? "revealed" : "asking";
    const chosen = this.chosen && this.answers.rows.find(({ text }) => text === this.chosen);
    this.screen.show({
      phase,
      say: chosen?.sentence || content?.say,
      step,
      steps: story.length,
      phones,
      answered,
      app,
    });
    if (content?.ask) content.ask.send = true; // nobody answers here
    const ready = (about) => phase === "revealed" && this.drawAnswers(about);
    if (content) this.view.show(content, { revealed, given: this.chosen, presenter: true, ready });
    else this.view.clear();
    if (phase !== "revealed") this.screen.rows.replaceChildren();
  }

  /** What was answered, judged once for each reveal: no answer is taken after it. */
  drawAnswers(about) {
    if (this.answers) return;
    const { page, screen, room, rules } = this;
    this.answers = answerRows(room.answers, about, page.shared.get("words"));
    const press = (text) => this.onPicture(text);
    screen.rows.replaceChildren(...rowsElement(this.answers, about, { words: this.words.teacher, rules, press }));
  }

  /** An answer in the picture, beside PyTorch's: the most common wrong one, if none is chosen; or all answers again. */
  onPicture(text = this.answers.rows.find(({ right, count }) => count && !right)?.text ?? "") {
    const on = !this.screen.isOnPicture;
    this.chosen = on ? text : "";
    this.draw();
    this.screen.toggle(on);
  }
}

new TeacherPage(openedPage(globalThis.pooltutorData));
