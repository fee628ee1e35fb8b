import { Tables } from "./tables.js";
import { ExplorerView } from "./explorer.js";
import { AtlasView } from "./atlas.js";
import { GridView } from "./grid.js";

// The one door: a bootstrap calls render(), and the model says which view it wants.

const VIEWS = { explorer: ExplorerView, atlas: AtlasView, grid: GridView };
const tablesOf = new WeakMap(); // one set of tables per shared widget, however many views

export async function render(model, el, shared) {
  if (!tablesOf.has(shared)) tablesOf.set(shared, Tables.open(shared));
  const tables = await tablesOf.get(shared);
  const Kind = VIEWS[model.get("_view")];
  await Kind.ready?.(model, shared, tables);
  const view = new Kind(model, el, shared, tables);
  return () => view.close();
}
