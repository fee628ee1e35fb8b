// The verdict: an answer counts for its own revision alone, and a kernel that was away is asked again.

import assert from "node:assert/strict";
import { test } from "node:test";
import { Checker } from "../../pooltutor/live/js/view/checker.js";
import { words } from "./facts.js";

/** A checker whose model keeps what is asked, and all verdicts that it shows. */
function aChecker(t, shared = { comm_live: true, widget_manager: { kernel: {} } }, send = () => {}) {
  const [asked, shown, handlers] = [[], [], {}];
  const model = {
    on: (event, handler) => (handlers[event] = handler),
    off: () => {},
    send: (message) => {
      asked.push(message);
      return send();
    },
  };
  const checker = new Checker({
    ...{ model, shared, words: words.view.verdict },
    readClaim: () => ({ parts: {} }),
    save: () => {},
    show: (verdict, text, revision) => shown.push({ verdict, text, revision }),
  });
  t.after(() => checker.close());
  return { checker, shared, asked, shown, answer: (message) => handlers["msg:custom"](message) };
}

const after = (milliseconds) => new Promise((passed) => setTimeout(passed, milliseconds));

test("an answer counts for the revision that it was asked for", async (t) => {
  const { checker, asked, shown, answer } = aChecker(t);
  checker.changed(0);
  await after(20);
  const [{ view, rev }] = asked;
  answer({ type: "verdict", view, rev: rev - 1, verdict: "disagrees", text: "old" });
  answer({ type: "verdict", view: "other", rev, verdict: "disagrees", text: "another view's" });
  answer({ type: "verdict", view, rev, verdict: "agrees", text: "same" });
  assert.deepEqual(
    shown.map(({ verdict }) => verdict),
    ["checking", "agrees"],
  );
});

test("a kernel that was away for a moment is asked again when it is back", async (t) => {
  const { checker, shared, asked, shown } = aChecker(t);
  shared.comm_live = false;
  checker.changed(0);
  await after(20);
  assert.deepEqual([shown.at(-1).verdict, shown.at(-1).text, asked.length], ["unchecked", words.view.verdict.gone, 0]);
  shared.comm_live = true; // before anybody has looked for it
  await after(1300);
  assert.equal(asked.length, 1);
});

test("where a new kernel knows nothing of the view, the cell is to be run again", async (t) => {
  const kernel = { connectionStatus: "connected" };
  const { checker, shown } = aChecker(t, { comm_live: false, widget_manager: { kernel } });
  const { gone, run_again } = words.view.verdict;
  checker.changed(0);
  await after(20);
  assert.equal(shown.at(-1).text, gone + run_again);
  kernel.connectionStatus = "disconnected";
  checker.changed(0);
  await after(20);
  assert.equal(shown.at(-1).text, gone);
});

/** The verdicts that a checker has shown by the end of so many looks at whether an answer has come. */
function shownAfter(t, looks, shared) {
  t.mock.timers.enable({ apis: ["setTimeout", "setInterval"] });
  const { checker, shown } = aChecker(t, shared);
  checker.changed(0);
  t.mock.timers.tick(0);
  for (let look = 0; look < looks; look++) t.mock.timers.tick(1500);
  return shown.map(({ text }) => text);
}

const { checking, silent } = words.view.verdict;

test("an idle kernel that does not answer is given up after a few seconds", (t) => {
  const shared = { comm_live: true, widget_manager: { kernel: { status: "idle" } } };
  assert.deepEqual(shownAfter(t, 4, shared), [checking, silent]);
});

test("one of which nobody says what it does is given longer, and not for ever", (t) => {
  assert.deepEqual(shownAfter(t, 12, {}), [checking]);
});

test("in the end it is given up, too", (t) => {
  assert.deepEqual(shownAfter(t, 13, {}), [checking, silent]);
});

test("a message that cannot be sent means that there is no kernel, whenever the front end says so", async (t) => {
  const { gone } = words.view.verdict;
  for (const send of [() => Promise.reject(Error("no server")), () => assert.fail("no comm")]) {
    const { checker, shown } = aChecker(t, {}, send);
    checker.changed(0);
    await after(20);
    assert.deepEqual([shown.at(-1).verdict, shown.at(-1).text], ["unchecked", gone]);
  }
});

test("a message of an earlier revision that could not be sent says nothing of this one", async (t) => {
  let refuse;
  const { checker, shown } = aChecker(t, {}, () => new Promise((_, reject) => (refuse = reject)));
  checker.changed(0);
  await after(20);
  checker.changed(1000);
  refuse(Error("no server"));
  await after(20);
  assert.equal(shown.at(-1).verdict, "checking");
});
