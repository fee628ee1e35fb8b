// A room without a page: what a phone knows, and what was answered, put together.

import assert from "node:assert/strict";
import { test } from "node:test";
import { numbersOf } from "../../pooltutor/live/js/pure/numbers.js";
import { aboutOf } from "../../pooltutor/live/js/pure/question/about.js";
import { answerRows, MOST_ANSWERS } from "../../pooltutor/live/js/pure/room/answers.js";
import { PhoneState, randomId } from "../../pooltutor/live/js/pure/room/phone.js";
import { smallPicture } from "../../pooltutor/live/js/pure/room/small_picture.js";
import { words as all, rules } from "./facts.js";

const words = { ...all.view, question: all.view.question ?? all.question, exercises: all.exercises };
const cellsOf = (sides) => sides.reduce((product, side) => product * side, 1);

/** A question about a size, as the view of a step has it. */
const about = (ask, n = 5, m = 3) =>
  aboutOf(ask, {
    ...{ n: [n].flat(), m: [m].flat(), rule: "pytorch", kind: "avg", rules },
    numbers: (inputs, targets) => ({
      x: numbersOf("ramp", cellsOf(inputs), []),
      g: numbersOf("ones", cellsOf(targets), []),
    }),
  });
const rowsOf = (counted, of = about({ kind: "windows" })) => answerRows(counted, of, words);

// What was answered ---------------------------------------------------------------------------------------------

test("answers that mean the same are one row, the right one is marked, and ideas are named", () => {
  const { rows, rest } = rowsOf([
    ["0:2 1:3 3:5", 8],
    ["0:2 1:4 3:5", 4],
    ["(0, 2), (1, 4), (3, 5)", 3],
    ["0:2, 1:3, 3:5", 3],
    ["0:2 2:4 4:5", 1],
  ]);
  assert.deepEqual(
    rows.map(({ text, count, right, idea }) => [text, count, right, idea?.name ?? ""]),
    [
      ["0:2 1:3 3:5", 11, false, "equal_kernel"],
      ["0:2 1:4 3:5", 7, true, ""],
      ["0:2 2:4 4:5", 1, false, "split"],
    ],
  );
  assert.deepEqual(rest, { answers: 0, count: 0, unjudged: 0 });
  assert.match(rows[0].sentence, /^This is one kernel for all windows, with ceil\(5\/3\) = 2 cells\./);
  assert.deepEqual(rows[0].parts, [true, false, true]);
});

test("the right answer is there when nobody has given it", () => {
  for (const counted of [[], [["0:1 1:2 2:3", 1]]]) {
    const right = rowsOf(counted).rows.find((row) => row.right);
    assert.deepEqual([right.text, right.count], ["0:2 1:4 3:5", 0]);
  }
});

test("what few people gave is counted together, and what cannot be read is one row without its text", () => {
  const odd = Array.from({ length: 9 }, (_, k) => [`0:1 1:2 ${k + 6}:${k + 7}`, 1]);
  const { rows, rest } = rowsOf([["an insult", 2], ["another", 1], ...odd, ["0:2 1:4 3:5", 2]]);
  assert.equal(rows.length, MOST_ANSWERS);
  assert.deepEqual([rows[0].text, rows[0].count, rows[0].sentence], ["", 3, ""]);
  assert.equal(rest.answers, 10 - (MOST_ANSWERS - 1));
  assert.equal(rows.reduce((sum, { count }) => sum + count, 0) + rest.count, 14);
  const remarks = rowsOf([["start = i # an insult\nstop = i + 1", 1]], about({ kind: "formula" })).rows;
  assert.ok(remarks.every(({ text }) => !text.includes("insult")));
});

test("a third is a third however it is written", () => {
  const { rows } = rowsOf(
    [
      ["1/3", 1],
      ["0.33", 2],
      [" .333 ", 1],
      ["1", 5],
    ],
    about({ kind: "gradient", index: 3 }, 7, 5),
  );
  assert.deepEqual(
    rows.map(({ count, right }) => [count, right]),
    [
      [5, false],
      [4, true],
    ],
  );
});

test("a thousand different answers are judged as long as there is time, and none is lost", () => {
  let time = 0;
  const counted = Array.from({ length: 1000 }, (_, k) => [`0:1 ${k}:${k + 1} ${k}:${k + 2}`, 1]);
  const { rows, rest } = answerRows(counted, about({ kind: "windows" }), words, () => (time += 100));
  assert.equal(rows.reduce((sum, { count }) => sum + count, 0) + rest.count, 1000);
  assert.ok(rest.unjudged > 900 && rest.unjudged < 1000 - 8, String(rest.unjudged));
});

test("the answers of most people are judged, however long that takes", () => {
  let time = 0;
  const counted = [
    ["0:2 1:3 3:5", 3],
    ["0:2 1:4 3:5", 2],
  ];
  const { rows } = answerRows(counted, about({ kind: "windows" }), words, () => (time += 10_000));
  assert.deepEqual([rows[0].idea.name, rows[1].right, rows[1].count], ["equal_kernel", true, 2]);
});

test("a question about a plane is put together in the same way", () => {
  const counted = [
    ["1/4", 2],
    ["0.5", 1],
  ];
  const { rows } = answerRows(counted, about({ kind: "gradient", index: [0, 0] }, [8, 8], [7, 7]), words);
  assert.deepEqual([rows[0].count, rows[0].right], [2, true]);
});

test("formulas and sizes are judged, and are answers of their own", () => {
  const formula = "start = i * n // m\nstop = -(-(i + 1) * n // m)";
  const kernel = "start = i * n // m\nstop = start + ceil(n / m)";
  const formulas = rowsOf(
    [
      [kernel, 2],
      [formula, 1],
      ["start = (", 1],
    ],
    about({ kind: "formula" }),
  ).rows;
  assert.deepEqual(
    formulas.map(({ count, right }) => [count, right]),
    [
      [2, false],
      [1, true],
      [1, false],
    ],
  );
  const sizes = rowsOf([["5 3", 3]], about({ kind: "size", rule: "equal_kernel" })).rows;
  assert.deepEqual([sizes[0].text, sizes[0].count, sizes[0].right], ["5 3", 3, true]);
});

// Small pictures ------------------------------------------------------------------------------------------------

test("windows are bars over the cells, right ones and wrong ones", () => {
  const { boxes } = smallPicture(about({ kind: "windows" }), {
    value: [[0, 2], [1, 3], null],
    parts: [true, false],
    right: false,
  });
  assert.deepEqual(
    boxes.map(({ className }) => className.replace("room-", "")),
    [...new Array(5).fill("cell"), "bar room-even", "bar room-wrong"],
  );
  const [first, second] = boxes.slice(5);
  assert.deepEqual([first.x, first.width], [1, 78]);
  assert.ok(second.y >= first.y + first.height);
});

test("windows that two lanes do not hold lie in more, and none covers another", () => {
  const value = [
    [0, 3],
    [1, 4],
    [2, 5],
    [0, 5],
  ];
  const bars = smallPicture(about({ kind: "windows" }), { value, parts: [], right: false }).boxes.slice(5);
  for (const [k, a] of bars.entries())
    for (const b of bars.slice(k + 1)) assert.ok(a.y !== b.y || a.x + a.width <= b.x || b.x + b.width <= a.x);
});

test("shared cells are marked, an order is numbered, a number has no picture", () => {
  const marked = smallPicture(about({ kind: "shared" }), { value: [1, 3], parts: [true, false], right: false }).boxes;
  assert.deepEqual(
    marked.map(({ className }) => className),
    ["room-cell", "room-even", "room-cell", "room-wrong", "room-cell"],
  );
  const order = smallPicture(about({ kind: "rank", cells: [0, 1, 3] }), {
    value: [1, 0, 3],
    parts: [],
    right: true,
  }).boxes;
  assert.deepEqual(
    order.map(({ text }) => text ?? ""),
    ["2", "1", "", "3", ""],
  );
  assert.equal(
    smallPicture(about({ kind: "output", index: 1 }), { value: 4.5, parts: [], right: true }).boxes.length,
    0,
  );
  assert.equal(smallPicture(about({ kind: "windows" }), { value: undefined, parts: [], right: false }).boxes.length, 0);
});

// What a phone knows --------------------------------------------------------------------------------------------

const AT_STEP = { step: 1, steps: 3, content: { say: "?" }, revealed: false, given: "" };

test("an answer is pending until the room has it, and is sent again over a new connection", () => {
  const state = new PhoneState();
  assert.equal(state.hear(AT_STEP), "step");
  assert.deepEqual(state.answer("0:2"), { type: "answer", step: 1, given: "0:2" });
  assert.equal(state.hear({ ...AT_STEP, content: { say: "?" } }), ""); // it is back, and the room knows nothing of it
  assert.deepEqual(state.message, { type: "answer", step: 1, given: "0:2" });
  assert.equal(state.hear({ given: "0:2" }), "state");
  assert.equal(state.message, undefined);
  assert.equal(state.hear({ beat: true }), "");
});

test("an answer that comes too late is given up, with the reason", () => {
  const state = new PhoneState();
  state.hear(AT_STEP);
  state.answer("0:2");
  assert.equal(state.hear({ ...AT_STEP, step: 2 }), "step");
  assert.deepEqual([state.message, state.refused], [undefined, "late"]);
  state.hear({ ...AT_STEP, step: 3 });
  assert.equal(state.refused, ""); // that was about the step before
  state.answer("0:3");
  state.hear({ revealed: true });
  assert.deepEqual([state.message, state.refused], [undefined, "late"]);
  state.answer("0:3");
  assert.equal(state.hear({ refused: "long" }), "state");
  assert.deepEqual([state.message, state.refused], [undefined, "long"]);
});

test("a phone has a number of its own", () => {
  const ids = [1, 2].map((k) => randomId(new Uint8Array(16).fill(k)));
  assert.deepEqual(ids, ["01".repeat(16), "02".repeat(16)]);
});
