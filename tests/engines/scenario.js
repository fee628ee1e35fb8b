import { setTimeout as sleep } from "node:timers/promises";
import * as inPage from "./in_page.js";

// What a person does with the page and the site, step by step, in whichever engine. What the views show meanwhile is
// handed back: Python compares it with PyTorch's numbers.

const PATIENCE = 40_000;

/** Ask the page again and again until it gives something. */
async function until(browser, task, ...words) {
  const end = Date.now() + PATIENCE;
  for (;;) {
    const found = await browser.run(task, ...words);
    if (found) return found;
    if (Date.now() > end) {
      const shown = await browser.run(inPage.summary);
      throw new Error(`${task.name} ${JSON.stringify(words)} did not come: ${JSON.stringify(shown)}`);
    }
    await sleep(60);
  }
}

const verdict = (browser, word, about) => until(browser, inPage.hasVerdict, word, about);

async function press(browser, ...keys) {
  for (const key of keys) await browser.press(key);
}

/** Type into the field that has the focus, in place of what stands there. */
async function typeInto(browser, selector, nth, text) {
  await until(browser, inPage.focus, selector, nth);
  await browser.run(inPage.selectAll);
  await press(browser, "Backspace", ...text);
}

/** The steps by their names; each gets a browser, what Python asks for, and a list for what was read. */
export const STEPS = {
  async "sliders move by keyboard, and the numbers follow"(browser, { page }, read) {
    await browser.go(page);
    await verdict(browser, "recorded", "14,4,pytorch");
    await until(browser, inPage.focusSlider, "Target size");
    await press(browser, "ArrowRight", "ArrowRight", "ArrowRight");
    await verdict(browser, "recorded", "14,7,pytorch");
    read.push(await browser.run(inPage.numbers));
    await browser.run(inPage.focusSlider, "Input size");
    await press(browser, "Home", "ArrowRight", "ArrowRight", "ArrowRight", "ArrowRight");
    await verdict(browser, "recorded", "5,7,pytorch");
    read.push(await browser.run(inPage.numbers));
    await press(browser, "End");
    await verdict(browser, "recorded", "64,7,pytorch");
    read.push(await browser.run(inPage.numbers));
  },

  async "a wrong rule disagrees"(browser, { page }) {
    await browser.go(`${page}#n=5&m=3&rule=forum`);
    await verdict(browser, "disagrees", "5,3,forum");
  },

  async "two axes show PyTorch's numbers"(browser, { page }, read) {
    await browser.go(`${page}#tab=2d&n=6x8&m=4x3`);
    await verdict(browser, "recorded", "6x8,4x3,pytorch");
    read.push(await browser.run(inPage.planes));
  },

  async "windows are answered by keyboard, wrong and then right"(browser, { page }) {
    await browser.go(`${page}#n=5&m=3&ask=windows`);
    await until(browser, inPage.focus, "[data-cell='0']", 0);
    await press(browser, "Enter", "ArrowRight");
    await typeInto(browser, ".pt-answer-fields input", 1, "1:3");
    await typeInto(browser, ".pt-answer-fields input", 2, "3:5");
    await press(browser, "Enter");
    await until(browser, inPage.says, "2 of 3 windows are right and stay.");
    await typeInto(browser, ".pt-answer-fields input", 1, "1:4");
    await press(browser, "Enter");
    await until(browser, inPage.says, "Right. The windows are 0:2 1:4 3:5.");
    await verdict(browser, "recorded", "5,3,pytorch");
  },

  async "windows are drawn by mouse, wrong and then right"(browser, { page }) {
    await draw(browser, page, browser.drag, (place) => browser.drag([place]));
  },

  async "windows are drawn by a finger, wrong and then right"(browser, { page }) {
    await draw(browser, page, browser.touch, browser.tap);
  },

  async "every other kind of question is answered wrong and right by keyboard"(browser, { page, questions }) {
    for (const { link, wrong, idea, right } of questions) {
      await browser.go(page + link);
      await answer(browser, wrong);
      await until(browser, inPage.says, idea);
      await answer(browser, right);
      await until(browser, inPage.says, "Right. ");
    }
  },

  async "a story goes forwards and back"(browser, { page }) {
    await browser.go(`${page}#tab=story`);
    const first = await until(browser, inPage.storySays);
    await press(browser, "PageDown");
    await verdict(browser, "recorded", "14,4,pytorch");
    const second = await until(browser, inPage.storySays, first);
    await press(browser, "PageDown");
    await until(browser, inPage.storySays, second);
    await press(browser, "PageUp", "PageUp");
    await until(browser, inPage.storySaysAgain, first);
  },

  async "the map is painted and goes where its keys say"(browser, { page }, read) {
    await browser.go(`${page}#tab=atlas`);
    await verdict(browser, "recorded", "14,4,pytorch");
    read.push({ map: await browser.run(inPage.pixels) });
    await until(browser, inPage.focus, ".pt-map", 0);
    await press(browser, "ArrowRight", "ArrowUp", "Enter");
    await verdict(browser, "recorded", "15,5,pytorch");
  },

  async "the views of the site live"(browser, { front, lesson }, read) {
    for (const address of [front, lesson]) {
      await browser.go(address);
      const count = await until(browser, inPage.countOfViews);
      for (let k = 0; k < count; k++) {
        await browser.run(inPage.scrollToView, k);
        await until(browser, inPage.isAlive, k);
      }
      await until(browser, inPage.isAllJudged);
      read.push({ address, alive: count });
    }
    await until(browser, inPage.focusSize, "6 → 8");
    await press(browser, "Enter");
    await verdict(browser, "recorded", "6,8,pytorch");
    read.push(await browser.run(inPage.numbers));
  },
};

/** Draw the windows of 5 -> 2 and hand them in, with whatever points. */
async function draw(browser, page, point, tap) {
  const stroke = async (from, to, lane) => point(await until(browser, inPage.places, from, to, lane));
  const handIn = async () => tap(await until(browser, inPage.middle, ".pt-answer .pt-main-button"));
  await browser.go(`${page}#n=5&m=2&ask=windows`);
  await stroke(0.4, 2.5, 0);
  await stroke(2.5, 3.6, 1);
  await handIn();
  await until(browser, inPage.says, "One of 2 windows is right and stays.");
  await point(await until(browser, inPage.wayOfGrip, "window 1, where it stops", 1));
  await handIn();
  await until(browser, inPage.says, "Right. The windows are 0:3 2:5.");
}

/** An answer of one field or several lines, typed as it is and handed in with the button. */
async function answer(browser, text) {
  await until(browser, inPage.focus, ".pt-answer-fields input, .pt-answer-fields textarea", 0);
  await browser.run(inPage.selectAll);
  await press(browser, "Backspace", ...[...text].map((letter) => (letter === "\n" ? "Enter" : letter)));
  await until(browser, inPage.focus, ".pt-answer .pt-main-button", 0);
  await press(browser, "Enter");
}
