import { textOfStory } from "../page/kept.js";
import { countDone } from "../pure/story/progress.js";
import { forgetAll, keepOfSite, keptOfSite } from "./kept.js";

// Which lessons were read to their end, marked wherever a page names them; how many of their questions are done.

/** Connect the button that forgets what was read and answered. */
export function forgetButton() {
  document.querySelector(".site-forget")?.addEventListener("click", () => {
    forgetAll();
    scrollTo(0, 0); // or the end, in sight again, would say that the lesson is read
    location.reload();
  });
}

/** Mark what was read, and note it of this page's lesson when its end comes into sight. */
export function followProgress(words) {
  markRead(words);
  countQuestions();
  addEventListener("pageshow", ({ persisted }) => {
    if (!persisted) return; // else the page comes back as it was left, and its reader has answered elsewhere
    markRead(words);
    countQuestions();
  });
  const { lesson } = document.body.dataset;
  const end = lesson && document.querySelector(".site-end");
  if (!end) return;
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    watch.disconnect();
    keepOfSite(({ read }) => {
      read[lesson] = true;
    });
    markRead(words);
  });
  watch.observe(end);
}

/** Say of each lesson how many of its questions are done, where that is any. */
function countQuestions() {
  const { answers } = keptOfSite();
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-questions]"))) {
    const done = countDone(JSON.parse(line.dataset.questions), { textOfStory, answers });
    line.querySelector("b").textContent = String(done);
    line.hidden = done === 0;
  }
}

function markRead(words) {
  const { read } = keptOfSite();
  for (const link of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-of-lesson]"))) {
    const done = read[link.dataset.ofLesson] === true;
    link.classList.toggle("site-done", done);
    const said = link.querySelector(".site-state");
    if (said) said.textContent = done ? words.read : "";
  }
}
