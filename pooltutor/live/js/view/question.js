import { counted, fill } from "../pure/numbers.js";
import { aboutOf, isAsked } from "../pure/question/about.js";
import { anotherQuestion, nextSeed } from "../pure/question/another.js";
import { hintCount, hintOf, promptOf, solutionOf } from "../pure/question/hints.js";
import { judgeAnswer, refusalOfAnswer, sizeText } from "../pure/question/judging.js";
import { askedInPicture } from "../pure/question/picture.js";
import { readAnswer } from "../pure/question/reading.js";
import { freshAnswer, HELD, isOpenQuestion } from "../pure/question/state.js";
import { VIEW } from "../pure/store.js";
import { AnswerBar } from "./answer_bar.js";
import { h } from "./form.js";

// A question in a view: what is asked stands above the picture, the answer below it. The state is in the model, as
// `question` and `answer`; what is right is computed when it is needed.

export class Asking {
  /** @type {{ n: number[]; m: number[]; text: string } | null} A size that is looked at while the question waits. */
  peek = null;
  /** Why an answer cannot be checked yet. */
  refusal = "";
  /** What the picture needs besides: the window that is being drawn, and the end that is being dragged. */
  look = { current: 0, drag: null, own: null };

  constructor(view) {
    this.view = view;
    this.title = h("div", { className: "pt-asked-title", role: "heading", "aria-level": 2 });
    this.size = h("span", { className: "pt-asked-size" });
    this.lead = h("p", { className: "pt-asked-lead" });
    this.head = h("div", { className: "pt-question", hidden: true });
    this.head.append(h("div", { className: "pt-asked-line" }, this.title, this.size), this.lead);
    this.bar = new AnswerBar(this, view.words);
    this.hidden = this.hides;
  }

  // State -----------------------------------------------------------------------------------------------------

  /** @returns {Question | null} */
  get question() {
    const asked = this.view.model.get("question") ?? null;
    return asked && isAsked(asked, this.axes) && this.#hasWindows() ? asked : null;
  }

  /** Has the rule windows at the size of the model? */
  #hasWindows() {
    const { model, rules } = this.view;
    const [[rule], n, m] = ["rule", "input_size", "target_size"].map((name) => [model.get(name)].flat());
    return n.every((side, axis) => !rules.refusal(rule, side, m[axis] ?? side));
  }

  get axes() {
    return [this.view.model.get("input_size")].flat().length;
  }

  /** @returns {Answer} */
  get answer() {
    return { ...freshAnswer(), ...this.view.model.get("answer") };
  }

  get isOpen() {
    return isOpenQuestion(this.question, this.answer);
  }

  /** Are windows hidden? Undefined where nothing is asked. */
  get hides() {
    return this.question ? this.isOpen && !this.peek : undefined;
  }

  /** The names of the state that stay as they are. */
  get held() {
    return this.question ? HELD : [];
  }

  /** Has nobody locked the sizes? */
  get mayChangeSize() {
    return !["input_size", "target_size"].some((name) => this.view.model.get("lock").includes(name));
  }

  /** A value of the state, or that of the size that is looked at meanwhile. */
  valueOf(name) {
    const { peek, view } = this;
    const side = { input_size: peek?.n, target_size: peek?.m }[name];
    return side ? (side.length === 1 ? side[0] : side) : view.model.get(name);
  }

  get about() {
    return aboutOf(this.question, this.view.askedView());
  }

  /** What the picture shows of it. */
  inPicture() {
    if (!this.question || this.peek) return undefined;
    return askedInPicture(this.about, this.answer, { words: this.view.words, ...this.look });
  }

  /** What was looked at of another question is over. */
  renew() {
    const { model } = this.view;
    const about = JSON.stringify(["question", "input_size", "target_size"].map((name) => model.get(name)));
    if (about === this.last) return;
    this.last = about;
    [this.peek, this.refusal, this.look] = [null, "", { current: 0, drag: null, own: null }];
  }

  set(patch) {
    this.refusal = "";
    this.view.change({ answer: { ...this.answer, ...patch } });
  }

  /** Another text is given; what was sent can be sent again. */
  give(given) {
    const { state } = this.answer;
    if (given !== this.answer.given && this.isOpen) this.set({ given, state: state === "sent" ? "open" : state });
  }

  // What a learner can do -------------------------------------------------------------------------------------

  check() {
    const { about, answer, question, view } = this;
    this.refusal = refusalOfAnswer(about, answer.given, view.words);
    if (this.refusal) return view.draw();
    const given = readAnswer(about.form, answer.given).text;
    if (question.send) return this.set({ given, state: "sent", tries: answer.tries + 1 });
    const { right } = judgeAnswer(about, given, view.words);
    const patch = { given, checked: given, tries: answer.tries + 1 };
    if (right) this.#close({ ...patch, state: "right" });
    else this.set(patch);
  }

  hint() {
    const { answer, about, view } = this;
    this.set({ hints: Math.min(hintCount(about, view.words), answer.hints + 1) });
  }

  showMe() {
    this.#close({ state: "shown" });
  }

  /** The picture opens at what was asked: of windows at the first one that is wrong. */
  #close(patch) {
    const { about, answer, view } = this;
    const { name, question } = about;
    const wrong = name === "windows" ? (this.judgedGiven(about)?.parts.indexOf(false) ?? -1) : -1;
    const window = name.startsWith("output") ? question.index : wrong > 0 ? wrong : view.model.get("window");
    const colour = name === "gradient_2d" ? { colour: "gradient" } : {};
    if (name.startsWith("gradient")) view.pointing.pinned = { cell: question.index };
    this.refusal = "";
    view.change({ answer: { ...answer, ...patch }, window, ...colour });
  }

  judgedGiven(about) {
    return judgeAnswer(about, this.answer.given, this.view.words);
  }

  startOver() {
    this.look.current = 0;
    this.view.pointing.letGo();
    this.set(freshAnswer(this.answer.seed));
  }

  another() {
    const { answer, about, view } = this;
    const seed = nextSeed(answer);
    const { n, m, question } = anotherQuestion(view.model.get("question"), about, seed);
    const single = (sides) => (sides.length === 1 ? sides[0] : sides);
    view.pointing.letGo();
    const patch = { question, answer: freshAnswer(seed), window: n.length === 1 ? 0 : [0, 0] };
    view.change({ input_size: single(n), target_size: single(m), ...patch }, VIEW);
  }

  /** Leave the question: the view is an ordinary one again. */
  explore() {
    this.view.change({ question: null, answer: freshAnswer() }, VIEW);
  }

  /** Look at another size meanwhile, or come back. */
  lookAt(size) {
    this.peek = size;
    this.view.follow(["input_size", "target_size", "show"]);
  }

  // Showing ---------------------------------------------------------------------------------------------------

  /** Whether something else is hidden than before: then the verdict is about something else. */
  hasTurned() {
    const before = this.hidden;
    this.hidden = this.hides;
    return before !== this.hidden;
  }

  show() {
    const { view, question, head, bar } = this;
    const classes = { "pt-asking": question !== null, "pt-open-question": this.hides === true };
    for (const [name, on] of Object.entries(classes)) view.root.classList.toggle(name, on);
    head.hidden = bar.element.hidden = question === null;
    if (!question) return;
    const { about } = this;
    const { asked, below } = promptOf(about, view.words);
    const size = sizeText(about.n, about.m, view.words);
    const texts = [asked, size, this.peek ? fill(view.words.question.elsewhere, { size }) : below];
    for (const [k, element] of [this.title, this.size, this.lead].entries())
      if (element.textContent !== texts[k]) element.textContent = texts[k];
    bar.show(about, this.answer);
  }

  /** What is said about the answer: a sentence, and a size where its idea is right. */
  said(about) {
    const { view, answer, refusal, peek } = this;
    const { words } = view;
    const plain = (text, tone = "") => ({ tone, text, size: null });
    if (peek) return plain("");
    if (refusal) return plain(refusal);
    if (answer.state === "sent") return plain(words.question.sent);
    if (answer.state === "right")
      return plain(fill(words.question.right, { solution: solutionOf(about, words) }), "right");
    if (answer.state === "shown") return this.#afterShowing(about);
    const judged = answer.checked && answer.checked === answer.given ? this.judgedGiven(about) : null;
    if (!judged) return plain("");
    const kept = about.name === "windows" ? judged.parts.filter(Boolean).length : 0;
    const stay = counted(words.question.stay, kept, { right: kept, count: about.m[0] });
    return { tone: "wrong", text: kept ? `${stay} ${judged.sentence}` : judged.sentence, size: judged.idea?.size };
  }

  /** PyTorch's answer, and the idea behind one's own. */
  #afterShowing(about) {
    const idea = this.judgedGiven(about)?.idea;
    const reason = idea ? `${idea.sentence[0].toUpperCase()}${idea.sentence.slice(1)} ` : "";
    const solution = idea && about.name === "windows" ? "" : solutionOf(about, this.view.words);
    return { tone: "", text: reason + solution, size: idea?.size };
  }

  hintText(about) {
    const { hints } = this.answer;
    return hints && this.isOpen && !this.peek ? hintOf(about, hints, this.view.words) : "";
  }
}
