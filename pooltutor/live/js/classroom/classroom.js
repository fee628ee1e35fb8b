import { addressTab, followAddress } from "../page/address.js";
import { modelOf } from "../pure/kernel.js";
import { button, h, isChord, passKey } from "../view/form.js";
import { followTheme, wearStyle } from "../view/theme.js";

// The bar over the tabs of the classroom. Where the page is its own (Voila), keys reach the open tab from everywhere, and
// the address of the page is the tab and its state; in a notebook both belong to the notebook.

const ownPage = () => document.body.dataset.voila !== undefined;

export class ClassroomView {
  /** @type {Model} */
  tab;
  /** @type {Model[]} */
  views;

  constructor(model, el, shared) {
    this.model = model;
    this.el = el;
    this.shared = shared;
    this.stopWork = new AbortController(); // every listener ends with the view
    this.opened = this.open();
  }

  async open() {
    const { model, shared } = this;
    const find = (id) => modelOf(model, id);
    [this.tab, ...this.views] = await Promise.all([model.get("_tab"), ...model.get("_views")].map(find));
    // The map brings an explorer of its own.
    this.beside = await Promise.all(this.views.map((view) => view.get("_beside") && find(view.get("_explorer"))));
    if (this.stopWork.signal.aborted) return;
    this.names = model.get("_names");
    this.build(shared.get("words").classroom);
    if (ownPage()) this.takePage();
  }

  close() {
    this.stopWork.abort();
  }

  build(words) {
    const { shared } = this;
    const full = button(words.full_screen, words.full_screen, () => this.toggleFullScreen());
    this.root = h(
      "div",
      { className: "pooltutor pt-classroom", role: "group", "aria-label": words.title },
      h("h1", {}, words.title),
      h("p", {}, ownPage() ? words.keys : words.keys_notebook),
      ...(document.fullscreenEnabled ? [full] : []),
    );
    this.el.append(this.root);
    wearStyle(this.el, shared.get("css"));
    followTheme({ root: this.root, themes: shared.get("themes"), signal: this.stopWork.signal });
  }

  /** The page, or in a notebook the tabs alone, fill the screen. */
  toggleFullScreen() {
    /** @type {HTMLElement} */ (document.activeElement).blur(); // or the space bar would press the button again
    const whole = ownPage() ? document.documentElement : this.el.closest(".widget-vbox");
    return document.fullscreenElement ? document.exitFullscreen() : whole.requestFullscreen();
  }

  takePage() {
    const { tab, names, shared } = this;
    const { signal } = this.stopWork;
    const changed = followAddress({
      tabs: this.views.map((model, k) => addressTab({ name: names[k], model, beside: this.beside[k] }, shared)),
      selected: () => names[tab.get("selected_index")] ?? names[0],
      select: (name) => {
        tab.set("selected_index", names.indexOf(name));
        tab.save_changes();
      },
      signal,
    });
    fillScreen(this.el.closest(".widget-vbox"), signal);
    tab.on("change:selected_index", changed);
    signal.addEventListener("abort", () => tab.off("change:selected_index", changed));
    forwardKeys(signal);
  }
}

const DRAWN_FOR = [1024, 768]; // CSS pixels: presenter size is made for this projector

/** On a larger screen everything is as much larger: whoever sits in the back row is no closer to it. */
export function fillScreen(element, signal) {
  const grow = () => {
    const zoom = Math.max(1, Math.min(innerWidth / DRAWN_FOR[0], innerHeight / DRAWN_FOR[1]));
    element.style.zoom = zoom;
    element.style.setProperty("--pt-zoom", zoom); // what is as high as the screen has to know
  };
  addEventListener("resize", grow, { signal });
  grow();
}

const KEYS_OF_PICTURES = ["w", "W", "ArrowLeft", "ArrowRight", "ArrowUp", "ArrowDown", "Escape"];
const KEYS_OF_PRESENTERS = ["PageUp", "PageDown", "Home", "End"]; // for everybody else they scroll
const onScreen = (element) => element.getClientRects().length > 0;

/** A key that nothing else takes is meant for the picture that is seen: clickers send PageUp and PageDown. */
export function forwardKeys(signal) {
  addEventListener(
    "keydown",
    (event) => {
      const { key } = event;
      const target = /** @type {HTMLElement} */ (event.target);
      const free =
        !target.closest?.(".pooltutor:not(.pt-classroom), input, select, textarea, [role=tab]") ||
        (target.closest?.("[role=tab]") && !key.startsWith("Arrow"));
      if (!free || isChord(event)) return;
      const picture = [...document.querySelectorAll(".pooltutor")].find(
        (root) => root.querySelector("svg.pt-picture") && onScreen(root),
      );
      if (!picture) return;
      const presented = ownPage() || picture.matches(".pt-big, .pt-story *");
      if (!KEYS_OF_PICTURES.includes(key) && !(presented && KEYS_OF_PRESENTERS.includes(key))) return;
      if (!passKey(key, picture)) event.preventDefault();
    },
    { signal },
  );
}
