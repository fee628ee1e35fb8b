// The one door to every view: who is no longer wanted when the code has come is not drawn.

import assert from "node:assert/strict";
import { test } from "node:test";
import { render } from "../../pooltutor/live/js/views.js";

const CARRIED = { rules: [], limits: { slider: 1 } };
const carrier = { get: (name) => CARRIED[name] };
const model = { get: (name) => ({ _view: "explorer" })[name] };

test("a view that nobody wants any more, as its cell has run again, is not drawn", async () => {
  assert.equal(await render(model, {}, carrier, AbortSignal.abort()), undefined);
});

test("any other is drawn, for which there must be a page", async () => {
  await assert.rejects(render(model, {}, carrier, new AbortController().signal));
  await assert.rejects(render(model, {}, carrier));
});
