import { Tables } from "./tables.js";
import { ExplorerView } from "./explorer.js";
import { AtlasView } from "./atlas.js";

// The one door: a bootstrap calls render(), and the model says which view it wants.

const VIEWS = { explorer: ExplorerView, atlas: AtlasView };
const tablesOf = new WeakMap(); // one set of tables per shared widget, however many views

export async function render(model, el, shared) {
  if (!tablesOf.has(shared)) tablesOf.set(shared, Tables.open(shared));
  const view = new VIEWS[model.get("_view")](model, el, shared, await tablesOf.get(shared));
  return () => view.close();
}
