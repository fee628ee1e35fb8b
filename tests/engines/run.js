import { readFileSync, writeFileSync } from "node:fs";
import { open } from "./browsers.js";
import { foreign } from "./in_page.js";
import { STEPS } from "./scenario.js";

// node run.js ENGINE PROGRAM ASKED SAID: goes through the scenario with what the file ASKED has, and writes to the file SAID
// what came of each step. A step that fails does not end it.

const [engine, program, asked, said] = process.argv.slice(2);
const browser = await open(engine, program);
const outcome = { browser: browser.name, steps: {}, faults: [], read: [] };
const words = JSON.parse(readFileSync(asked, "utf8"));
try {
  for (const [name, step] of Object.entries(STEPS)) {
    const started = Date.now();
    const failure = await step(browser, words, outcome.read).then(() => "", String);
    outcome.steps[name] = { failure, seconds: (Date.now() - started) / 1000 };
    outcome.faults.push(...(await browser.run(foreign, words.site)));
  }
  outcome.faults.push(...(await browser.faults()));
  writeFileSync(said, JSON.stringify(outcome));
} finally {
  await browser.close();
}
