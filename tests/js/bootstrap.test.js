// The few lines that each view carries: where they find the code that all views share.

import assert from "node:assert/strict";
import { test } from "node:test";
import { deflateSync } from "node:zlib";
import bootstrap from "../../pooltutor/live/js/bootstrap.js";

const CODE = "what all views share";
const STATE = { code: deflateSync(CODE).toString("base64"), words: "words" };
const rendered = [];
globalThis.__pooltutor.set(CODE, Promise.resolve({ render: (...told) => rendered.push(told) })); // as if it were imported

/** A view's model; `answers` says what its kernel side sends when the view asks for what is shared. */
function aModel({ get_model, id = "1", answers = [] }) {
  const handlers = new Set();
  const sent = [];
  return {
    sent,
    handlers,
    widget_manager: get_model && { get_model },
    get: (name) => ({ _shared: `IPY_MODEL_${id}` })[name],
    on: (_, handler) => handlers.add(handler),
    off: (_, handler) => handlers.delete(handler),
    send(message) {
      sent.push(message);
      for (const answer of answers) for (const handler of [...handlers]) handler(answer);
    },
  };
}

/** What a view of this model is drawn with. */
async function sharedOfView(model) {
  const signal = new AbortController().signal;
  await bootstrap.render({ model, el: "element", signal });
  const [ofModel, element, shared, untilThen] = rendered.pop();
  assert.deepEqual([ofModel, element, untilThen], [model, "element", signal]);
  return shared;
}

const unknown = () => Promise.reject(Error("Model not found"));
const answers = [{ type: "verdict" }, { type: "shared", state: STATE }];

test("the shared widget is taken where the page has it, and nobody is asked", async () => {
  const shared = { get: (name) => STATE[name] };
  const model = aModel({ get_model: async (id) => id === "7" && shared, id: "7" });
  assert.equal(await sharedOfView(model), shared);
  assert.deepEqual(model.sent, []);
});

for (const [what, get_model] of Object.entries({
  "does not know it": unknown,
  "looks for it for ever": () => new Promise(() => {}),
  "has no manager of widgets": undefined,
}))
  test(`where the page ${what}, the view's own kernel side hands it out`, async () => {
    const model = aModel({ get_model, id: what, answers });
    const shared = await sharedOfView(model);
    assert.deepEqual(model.sent, [{ type: "shared" }]);
    assert.equal(shared.get("words"), "words");
    assert.equal(model.handlers.size, 0);
  });

test("views that are handed out the same share one, which has what came last", async () => {
  const ofOne = await sharedOfView(aModel({ get_model: unknown, id: "8", answers }));
  const later = [{ type: "shared", state: { ...STATE, charts: "charts" } }];
  assert.equal(await sharedOfView(aModel({ get_model: unknown, id: "8", answers: later })), ofOne);
  assert.equal(ofOne.get("charts"), "charts");
  assert.notEqual(await sharedOfView(aModel({ get_model: unknown, id: "9", answers })), ofOne);
});
