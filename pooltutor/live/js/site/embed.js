import { savedModel } from "../page/models.js";
import { withoutKernel } from "../page/without_kernel.js";
import { render } from "../views.js";

// One module for pages that are not ours: show(element, state) draws a view that needs no kernel, and the default export
// is what MyST's {anywidget} directive and marimo call.

let standIn;

/**
 * Draw a view into an element: `{ input_size: 14, target_size: 4 }`, with anything else of the state of an explorer;
 * `view` is "explorer", "grid" or "atlas". Returns its model, whose `get`, `set` and `on("change:…")` are a widget's.
 */
export async function show(element, { view = "explorer", ...state }) {
  standIn ??= withoutKernel(globalThis.pooltutorEmbedded);
  const { shared, answer } = standIn;
  const model = savedModel({ view, state }, shared, answer);
  await render(model, element, shared);
  return model;
}

/** The state that a model of another program has, by the names that a view's state consists of. */
function stateOf(model) {
  const view = model.get("view") ?? "explorer";
  const usual = globalThis.pooltutorEmbedded.shared.usual[view];
  const names = ["input_size", "target_size", ...Object.keys(usual)];
  return {
    view,
    ...Object.fromEntries(names.map((name) => [name, model.get(name)]).filter(([, value]) => value != null)),
  };
}

export default { render: ({ model, el }) => void show(el, stateOf(model)) };
