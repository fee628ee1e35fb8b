import { ruleOfMap } from "../pure/atlas/facts.js";
import { isSameValue } from "../pure/store.js";

// Models without a kernel: they live in the page, and a function answers what is asked of the kernel.

/** What a view needs of a widget's model. */
export class PageModel {
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
    const changed = Object.keys(changes).filter((each) => !isSameValue(this.state[each], changes[each]));
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

/** Call a function whenever one of these values of a model has changed. */
function onChange(model, names, handler) {
  for (const name of names) model.on(`change:${name}`, handler);
}

const SIZES = ["input_size", "target_size"];

/** Functions that make the models of each kind of view, as it is when nobody has changed it. */
function usualModels(shared, answer) {
  const usual = shared.get("usual");
  const explorer = (more = {}) =>
    new PageModel({ ...usual.explorer, ...sized(14, 4), _view: "explorer", ...more }, answer);
  const own = { _own: {}, _own_id: "", _view: "grid" };
  return {
    explorer,
    grid: (more = {}) => new PageModel({ ...usual.grid, ...sized([6, 8], [4, 3]), ...own, ...more }, answer),
    atlas: (more = {}, rule = "pytorch") => {
      const state = { ...usual.atlas, ...sized(14, 4), ...more };
      return atlasModel(state, explorer({ ...sized(state.input_size, state.target_size), rule }));
    },
  };
}

/** The models of the tabs by name. */
export function modelsOf(shared, answer) {
  const open = usualModels(shared, answer);
  return {
    explorer: open.explorer(),
    "2d": open.grid(),
    atlas: open.atlas(),
    duel: open.explorer({ ...sized(5, 3), rule: "equal_kernel", show: ["windows", "duel"], x: "powers" }),
    ...Object.fromEntries(
      Object.entries(shared.get("page").stories).map(([tab, story]) => [
        tab,
        storyModel({ story }, (kind) => open[kind]()),
      ]),
    ),
  };
}

/** The model of a view that was saved as {view, state}, the kind of the view and all that its state consists of. */
export function savedModel({ view, state }, shared, answer) {
  const open = usualModels(shared, answer);
  if (view === "story") return storyModel(state, (kind) => open[kind]());
  const more = state.story ? { ...state, _begins: true } : state;
  return view === "atlas" ? open.atlas(more, ruleOfMap(state)) : open[view](more);
}

/** The model of a story, with those of the views that it leads; what has been kept of it holds. */
function storyModel({ story, step = 0, answers = {} }, open) {
  const kinds = [...new Set(story.steps.map(({ view }) => view))];
  const views = Object.fromEntries(kinds.map((kind) => [kind, open(kind)]));
  const _views = Object.fromEntries(kinds.map((kind) => [kind, kind]));
  const model = new PageModel({ _view: "story", _begins: true, _views, story, step, answers });
  model.widget_manager = { get_model: async (kind) => views[kind] };
  return model;
}

const sized = (input_size, target_size) => ({ input_size, target_size, verdict: "unchecked" });

/** The map with its explorer: a click on the map sets the explorer, and back, as the kernel's atlas has it. */
function atlasModel(state, beside) {
  const atlas = new PageModel({ ...state, _view: "atlas", _beside: true, _explorer: "IPY_MODEL_beside" });
  atlas.beside = beside;
  atlas.widget_manager = { get_model: async () => beside };
  for (const name of SIZES) {
    onChange(beside, [name], () => atlas.set(name, beside.get(name)));
    onChange(atlas, [name], () => beside.set(name, atlas.get(name)));
  }
  followRule(atlas, beside);
  return atlas;
}

/** The explorer has the rule of the map, and is left alone where that stays the same. */
function followRule(atlas, beside) {
  const rule = () => ruleOfMap({ colour: atlas.get("colour"), rule: atlas.get("rule") });
  let followed = rule();
  onChange(atlas, ["colour", "rule"], () => {
    if (rule() === followed) return;
    followed = rule();
    beside.set("rule", followed);
  });
}
