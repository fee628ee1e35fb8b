import { keptText, readKept } from "../pure/story/steps.js";

// What the browser keeps of a story on a page without a kernel: the step that is open, and what has been answered. A
// browser that keeps nothing, or is not allowed to, begins anew.

/** How the names begin under which stories are kept. */
export const KEPT_STORY = "pooltutor story ";
const keyOf = ({ name }) => KEPT_STORY + name;

/** What is kept of the story of this name, as text; null where nothing is. */
export const textOfStory = (name) => storage()?.getItem(keyOf({ name })) ?? null;

/** The page's storage; null where the browser has none for this page. */
function storage() {
  try {
    return globalThis.localStorage;
  } catch {
    return null;
  }
}

/** Let a story's model go on where it was left, and keep it from now on. */
export function keepStory(model) {
  const [story, kept] = [model.get("story"), storage()];
  const found = readKept(kept?.getItem(keyOf(story)) ?? null, story);
  if (found) model.set(found);
  model.save_changes = () => {
    const text = keptText(model.get("step"), model.get("answers"));
    try {
      if (text) kept?.setItem(keyOf(story), text);
      else kept?.removeItem(keyOf(story));
    } catch {
      // it is full
    }
  };
}
