// Light or dark: each page that shows notebooks says it in its own way.

import assert from "node:assert/strict";
import { test } from "node:test";
import { isDark, THEME_MARKS } from "../../pooltutor/live/js/pure/theme.js";

/** A page that has these marks, as {"body data-theme": "dark"}. */
const aPage = (marks) => (of, name) => marks[`${of} ${name}`] ?? null;
const system = (systemIsDark, isColab = false) => ({ systemIsDark, isColab });

test("what the page says counts, whatever the system is", () => {
  for (const { of, name, dark, light } of THEME_MARKS)
    for (const systemIsDark of [true, false]) {
      for (const said of dark) assert.equal(isDark(aPage({ [`${of} ${name}`]: said }), system(systemIsDark)), true);
      for (const said of light) assert.equal(isDark(aPage({ [`${of} ${name}`]: said }), system(systemIsDark)), false);
    }
});

test("a page that says nothing, or nothing known, is as the system is", () => {
  for (const marks of [{}, { "html theme": "solarized", "body data-jp-theme-light": "" }])
    for (const dark of [true, false]) assert.equal(isDark(aPage(marks), system(dark)), dark);
});

test("Colab says that it is dark, and is light otherwise", () => {
  assert.equal(isDark(aPage({}), system(true, true)), false);
  assert.equal(isDark(aPage({ "html theme": "dark" }), system(false, true)), true);
});
