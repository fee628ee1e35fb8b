import { KEPT_STORY } from "../page/kept.js";

// What this browser keeps of a reader and tells nobody: {read, answers}. Whatever stands there is looked at before it is used.

const KEY = "pooltutor.site";

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

/** What is kept, as far as it can be read; a browser may forbid it. */
export function keptOfSite() {
  try {
    const { read, answers } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    return { read: isRecord(read) ? read : {}, answers: isRecord(answers) ? answers : {} };
  } catch {
    return { read: {}, answers: {} };
  }
}

/** Keep it as a function leaves it; nothing is kept where the browser forbids it, and the page works as before. */
export function keepOfSite(change) {
  const now = keptOfSite();
  change(now);
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // it is forbidden, or full
  }
}

/** Forget all of it, and the stories that were begun. */
export function forgetAll() {
  try {
    for (const key of Object.keys(localStorage))
      if (key === KEY || key.startsWith(KEPT_STORY)) localStorage.removeItem(key);
  } catch {
    // there is nothing kept either
  }
}
