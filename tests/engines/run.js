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
const note = (name, faults) => outcome.faults.push(...faults.map((fault) => `${name}: ${fault}`));
try {
  for (const [name, step] of Object.entries(STEPS)) {
    const started = Date.now();
    const failure = await step(browser, words, outcome.read)
      .then(async () => note(name, await browser.run(foreign, new URL(words.lesson).origin)))
      .then(() => "", String);
    note(name, await browser.faults().catch((error) => [String(error)]));
    outcome.steps[name] = { failure, seconds: (Date.now() - started) / 1000 };
  }
  writeFileSync(said, JSON.stringify(outcome));
} finally {
  await browser.close();
}
