// What all views share, read from whatever carries it.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Shared, sharedOf } from "../../pooltutor/live/js/pure/shared.js";

/** A carrier of these values. */
const aCarrier = (values) => ({ get: (name) => values[name] });

test("what comes as JSON text keeps its order, and is read once", () => {
  const shared = sharedOf(aCarrier({ words: { json: '{"windows":1,"gradient":2}' } }));
  assert.deepEqual(Object.keys(shared.get("words")), ["windows", "gradient"]);
  assert.equal(shared.get("words"), shared.get("words"));
});

test("what comes otherwise is passed on as it is", () => {
  const values = { css: "p {}", words: { json: { n: 1 } }, pictures: {}, rules: [1] };
  const shared = sharedOf(aCarrier(values));
  for (const [name, value] of Object.entries(values)) assert.equal(shared.get(name), value);
  assert.equal(shared.get("absent"), undefined);
});

test("a value that has changed is read anew", () => {
  const values = { charts: { json: "{}" } };
  const shared = sharedOf(aCarrier(values));
  assert.deepEqual(shared.get("charts"), {});
  values.charts = { json: '{"drawn":[]}' };
  assert.deepEqual(shared.get("charts"), { drawn: [] });
});

test("there is one for each carrier, and one is its own", () => {
  const carrier = aCarrier({});
  assert.equal(sharedOf(carrier), sharedOf(carrier));
  assert.equal(sharedOf(sharedOf(carrier)), sharedOf(carrier));
  assert.notEqual(sharedOf(aCarrier({})), sharedOf(carrier));
});

test("an event is waited for once, also where the carrier has no word for that", () => {
  const handlers = new Set();
  const carrier = {
    ...aCarrier({}),
    on: (_, handler) => handlers.add(handler),
    off: (_, handler) => handlers.delete(handler),
  };
  const heard = [];
  sharedOf(carrier).once("change:charts", (message) => heard.push(message));
  for (const message of [1, 2]) for (const handler of handlers) handler(message);
  assert.deepEqual(heard, [1]);
});

test("whether a kernel is there is the carrier's to say, at each look", () => {
  const carrier = { ...aCarrier({}), comm_live: true, widget_manager: { kernel: {} } };
  const shared = new Shared(carrier);
  assert.deepEqual([shared.comm_live, shared.widget_manager], [true, carrier.widget_manager]);
  carrier.comm_live = false;
  assert.equal(shared.comm_live, false);
});
