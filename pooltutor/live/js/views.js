import { AtlasView } from "./atlas/atlas.js";
import { ClassroomView } from "./classroom/classroom.js";
import { ExplorerView } from "./explorer/explorer.js";
import { GridView } from "./grid/grid.js";
import { sharedOf } from "./pure/shared.js";
import { StoryView } from "./story/story.js";

// The one door: a bootstrap calls render(), and the model says which view it wants.

const VIEWS = { explorer: ExplorerView, atlas: AtlasView, grid: GridView, classroom: ClassroomView, story: StoryView };

/** Draw the view of a model into an element; `signal` says that nobody wants it any more, as when a cell has run again. */
export async function render(model, el, carrier, signal) {
  const shared = sharedOf(carrier);
  const Kind = VIEWS[model.get("story") ? "story" : model.get("_view")];
  await Kind.ready?.(shared);
  if (signal?.aborted) return undefined;
  const view = new Kind(model, el, shared);
  return () => view.close();
}
