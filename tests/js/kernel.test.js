// Is a kernel there? Front ends say it in different ways, and some say nothing.

import assert from "node:assert/strict";
import { test } from "node:test";
import { kernelGone, kernelIsNew } from "../../pooltutor/live/js/pure/kernel.js";

const connected = { connectionStatus: "connected" };
/** What a front end says: gone, and new. */
const said = (shared) => [kernelGone(shared), kernelIsNew(shared)];

test("a front end that says nothing of its kernel is asked", () => {
  assert.deepEqual(said({}), [false, false]);
  assert.deepEqual(said({ widget_manager: {} }), [false, false]);
  assert.deepEqual(said({ comm_live: undefined, widget_manager: { kernel: {} } }), [false, false]);
});

test("each of the three signs is enough", () => {
  assert.deepEqual(said({ comm_live: true, widget_manager: { kernel: connected } }), [false, false]);
  assert.deepEqual(said({ comm_live: false, widget_manager: { kernel: connected } }), [true, true]);
  assert.deepEqual(said({ comm_live: true, widget_manager: { kernel: null } }), [true, false]);
  const lost = { connectionStatus: "disconnected" };
  assert.deepEqual(said({ comm_live: true, widget_manager: { kernel: lost } }), [true, false]);
});

test("a front end that cannot even be asked has none", () => {
  const closed = {
    get comm_live() {
      throw Error("disposed");
    },
  };
  assert.deepEqual(said(closed), [true, false]);
});
