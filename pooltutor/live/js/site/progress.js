// What a reader has done, kept in this browser and told to nobody: lessons that were read to their end, and answers.

const KEY = "pooltutor.site";

/** What is kept, as far as it can be read; a browser may forbid it. */
function kept() {
  try {
    const { read, answers } = JSON.parse(localStorage.getItem(KEY)) ?? {};
    return { read: isRecord(read) ? read : {}, answers: isRecord(answers) ? answers : {} };
  } catch {
    return { read: {}, answers: {} };
  }
}

const isRecord = (value) => typeof value === "object" && value !== null && !Array.isArray(value);

function keep(change) {
  const now = kept();
  change(now);
  try {
    localStorage.setItem(KEY, JSON.stringify(now));
  } catch {
    // then nothing is kept, and the page works as before
  }
}

/** Connect the button that forgets all of it. */
export function forgetButton() {
  document.querySelector(".site-forget")?.addEventListener("click", () => {
    try {
      localStorage.removeItem(KEY);
    } catch {
      // there is nothing kept either
    }
    location.reload();
  });
}

/** Mark what was read, wherever the page names a lesson, and note it when the end of this page comes into sight. */
export function followProgress(words) {
  const here = document.body.dataset.lesson;
  markRead(words);
  const end = here && document.querySelector(".site-end");
  if (!end) return;
  const watch = new IntersectionObserver((entries) => {
    if (!entries.some(({ isIntersecting }) => isIntersecting)) return;
    keep(({ read }) => {
      read[here] = true;
    });
    watch.disconnect();
    markRead(words);
  });
  watch.observe(end);
}

function markRead(words) {
  const { read } = kept();
  for (const link of document.querySelectorAll("[data-of-lesson]")) {
    const done = read[/** @type {HTMLElement} */ (link).dataset.ofLesson] === true;
    link.classList.toggle("site-done", done);
    const said = link.querySelector(".site-state");
    if (said) said.textContent = done ? words.done : "";
  }
}

const ANSWER = { given: "string", tries: "number", hints: "number", state: "string", seed: "number" };

/** Is it an answer as a view has it? */
const isAnswer = (value) =>
  isRecord(value) && Object.entries(ANSWER).every(([part, type]) => typeof value[part] === type);

/** Give a model the answer that its reader gave before, and keep those that follow; returns the model. */
export function rememberAnswer({ element }, model) {
  if (!model.get("question")) return model;
  const place = `${document.body.dataset.lesson ?? document.body.dataset.page}#${element.id}`;
  const before = kept().answers[place];
  if (isAnswer(before)) model.set({ answer: before });
  model.on("change:answer", () =>
    keep(({ answers }) => {
      answers[place] = model.get("answer");
    }),
  );
  return model;
}
