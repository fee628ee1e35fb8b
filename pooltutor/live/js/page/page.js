import { ruleOfMap } from "../atlas/atlas.js";
import { forwardKeys } from "../classroom/classroom.js";
import { fill, lookUp } from "../pure/numbers.js";
import { tablesOf } from "../pure/tables.js";
import { h } from "../view/form.js";
import { wearStyle } from "../view/theme.js";
import { render } from "../views.js";
import { addressTab, followAddress } from "./address.js";
import { judge } from "./judge.js";
import { savePng, saveSvg } from "./saving.js";

// The page that needs no kernel: the same views on models that live in the page, judged by what was recorded when the
// page was made.

/** What a view needs of a widget's model. */
class PageModel {
  /** @type {Model | undefined} */
  beside;
  /** @type {any} */
  widget_manager;

  /**
   * @param {Record<string, any>} state
   * @param {(message: any, buffers: ArrayBuffer[]) => unknown} [answer]
   */
  constructor(state, answer = () => {}) {
    this.state = state;
    this.answer = answer;
    this.heard = new Map();
    this.comm_live = true;
  }

  get(name) {
    return this.state[name];
  }

  set(name, value) {
    const changes = typeof name === "string" ? { [name]: value } : name;
    const changed = Object.keys(changes).filter((each) => String(this.state[each]) !== String(changes[each]));
    Object.assign(this.state, changes);
    for (const each of changed) this.#tell(`change:${each}`);
  }

  on(event, handler) {
    this.heard.set(event, [...(this.heard.get(event) ?? []), handler]);
  }

  off(event, handler) {
    this.heard.set(
      event,
      (this.heard.get(event) ?? []).filter((each) => each !== handler),
    );
  }

  send(message, _, buffers) {
    setTimeout(() => this.#tell("msg:custom", this.answer(message, buffers)));
  }

  save_changes() {}

  #tell(event, value) {
    for (const handler of this.heard.get(event) ?? []) handler(value);
  }
}

/** The numbers of the page: what the kernel's shared widget holds, with bytes where it has bytes. */
function unpacked(value, bytes) {
  if (Array.isArray(value)) return value.map((each) => unpacked(each, bytes));
  if (value === null || typeof value !== "object") return value;
  if (value.$bytes) return new DataView(bytes.buffer, bytes.byteOffset + value.$bytes[0], value.$bytes[1]);
  return Object.fromEntries(Object.entries(value).map(([name, each]) => [name, unpacked(each, bytes)]));
}

/** The models of the tabs by name; a click on the atlas sets the explorer beside it, and back. */
function modelsOf(shared, answer) {
  const usual = shared.get("usual");
  const explorer = (more) =>
    new PageModel(
      {
        ...usual.explorer,
        input_size: 14,
        target_size: 4,
        verdict: "unchecked",
        _bins: {},
        _view: "explorer",
        ...more,
      },
      answer,
    );
  const beside = explorer({});
  const atlas = new PageModel({
    ...usual.atlas,
    input_size: 14,
    target_size: 4,
    _view: "atlas",
    _beside: true,
    _explorer: "IPY_MODEL_beside",
  });
  const rule = () => ruleOfMap({ colour: atlas.get("colour"), rule: atlas.get("rule") });
  let followed = rule(); // as the kernel's atlas has it: the explorer is left alone where the map's rule stays the same
  const follow = () => {
    if (rule() === followed) return;
    followed = rule();
    beside.set("rule", followed);
  };
  for (const name of ["colour", "rule"]) atlas.on(`change:${name}`, follow);
  atlas.beside = beside;
  atlas.widget_manager = { get_model: async () => beside };
  for (const name of ["input_size", "target_size"]) {
    beside.on(`change:${name}`, () => atlas.set(name, beside.get(name)));
    atlas.on(`change:${name}`, () => beside.set(name, atlas.get(name)));
  }
  return {
    explorer: explorer({}),
    "2d": new PageModel(
      {
        ...usual.grid,
        input_size: [6, 8],
        target_size: [4, 3],
        verdict: "unchecked",
        _axes: {},
        _own: {},
        _own_id: "",
        _view: "grid",
      },
      answer,
    ),
    atlas,
    duel: explorer({ input_size: 5, target_size: 3, rule: "equal_kernel", show: ["windows", "duel"], x: "powers" }),
  };
}

/** The tabs as buttons and panels; a view is made when its tab is first opened. */
class PageTabs {
  constructor(models, words, open) {
    this.open = open;
    this.names = Object.keys(models);
    this.opened = new Set();
    this.buttons = this.names.map((name) =>
      h(
        "button",
        {
          type: "button",
          role: "tab",
          id: `tab-${name}`,
          "aria-controls": `panel-${name}`,
          onclick: () => this.select(name),
        },
        words.tabs[name],
      ),
    );
    this.panels = this.names.map((name) =>
      h("div", { role: "tabpanel", id: `panel-${name}`, "aria-labelledby": `tab-${name}` }),
    );
    this.list = h("div", { role: "tablist", className: "page-tabs", "aria-label": words.tablist }, ...this.buttons);
    this.list.addEventListener("keydown", (event) => this.#onKey(event));
    this.changed = () => {};
  }

  select(name) {
    this.selected = name;
    this.names.forEach((each, k) => {
      this.buttons[k].setAttribute("aria-selected", String(each === name));
      this.buttons[k].tabIndex = each === name ? 0 : -1;
      this.panels[k].hidden = each !== name;
    });
    if (!this.opened.has(name)) this.open(name, this.panel);
    this.opened.add(name);
    this.changed();
  }

  get panel() {
    return this.panels[this.names.indexOf(this.selected)];
  }

  #onKey({ key }) {
    const by = lookUp({ ArrowLeft: -1, ArrowRight: 1 }, key);
    if (!by) return;
    const next = (this.names.indexOf(this.selected) + by + this.names.length) % this.names.length;
    this.select(this.names[next]);
    this.buttons[next].focus();
  }
}

export async function openPage({ header, bytes }) {
  const { record, shared: sent } = unpacked(header, bytes);
  const shared = new PageModel(sent);
  const words = sent.page;
  const tables = await tablesOf(shared);
  await tables.addAxes(sent.pictures.axes);
  const answer = ({ view, rev, claim }, buffers) => ({
    type: "verdict",
    view,
    rev,
    ...judge({ ...claim, buffers }, { tables, displayed: sent.displayed, words: words.judge, record }),
  });
  const models = modelsOf(shared, answer);
  const tabs = new PageTabs(models, words, (name, panel) => render(models[name], panel, shared));
  const save = (how) => () => how(tabs.panel.querySelector(".pooltutor"), `pooltutor-${tabs.selected}`);
  const tools = h(
    "div",
    { className: "page-tools" },
    ...[
      [words.svg, saveSvg],
      [words.png, savePng],
    ].map(([text, how]) => h("button", { type: "button", onclick: save(how) }, text)),
  );
  document.body.append(
    h("header", {}, h("h1", {}, words.title), h("p", {}, words.lead), h("nav", {}, tabs.list, tools)),
    h("main", {}, ...tabs.panels),
    h("footer", {}, h("p", {}, fill(words.footer, record))),
  );
  wearStyle(document.body, sent.css);
  const { signal } = new AbortController(); // the page ends when it is closed
  forwardKeys(signal);
  const changed = followAddress({
    tabs: tabs.names.map((name) => addressTab({ name, model: models[name], beside: models[name].beside }, shared)),
    selected: () => tabs.selected,
    select: (name) => tabs.select(name),
    signal,
  });
  if (!tabs.selected) tabs.select(tabs.names[0]);
  tabs.changed = changed;
  document.getElementById("pooltutor-damaged").remove(); // it has opened
}

openPage(globalThis.pooltutorData);
