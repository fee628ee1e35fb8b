// Above n, where bars are cells: they look like cells, and say which.

import assert from "node:assert/strict";
import { test } from "node:test";
import { widthOfWords } from "../../pooltutor/live/js/pure/boxes.js";
import { sceneOf } from "../../pooltutor/live/js/pure/explorer/scene.js";
import { gridScene } from "../../pooltutor/live/js/pure/grid/scene.js";
import { gridLookAt, lookAt } from "./drawn.js";
import { factsAt, gridFactsAt } from "./facts.js";

const sceneAt = (n, m, width = 956, look = {}) => sceneOf(factsAt(n, m), lookAt(width, look)).marks;
const bars = (marks) => marks.filter(({ attrs }) => String(attrs.class).split(" ").includes("pt-bar"));
const names = (marks) => marks.filter(({ attrs }) => String(attrs.class).includes("pt-bar-name"));
const areCells = (marks) => bars(marks).map(({ attrs }) => attrs.class.includes("pt-feeds"));

test("a bar looks like a cell where it is one, in a line and in a grid", () => {
  assert.deepEqual(areCells(sceneAt(6, 8)), Array(6).fill(true));
  assert.deepEqual(areCells(sceneAt(8, 6)), Array(6).fill(false));
  assert.ok(bars(sceneAt(8, 6)).every(({ attrs }, k) => attrs.class === `pt-bar pt-hue-${k % 2}`));
  const { marks } = gridScene(gridFactsAt([3, 8], [5, 6]), gridLookAt(956));
  assert.deepEqual(areCells(marks), [...Array(3).fill(true), ...Array(6).fill(false)]);
});

test("it has the name of its cell, shortened or left out where there is no room", () => {
  const said = (...at) => names(sceneAt(...at)).map(({ text }) => text);
  assert.deepEqual(said(3, 4), ["cell 0", "cell 1", "cell 2"]);
  assert.deepEqual(said(6, 8, 336), ["x₀", "x₁", "x₂", "x₃", "x₄", "x₅"]);
  assert.deepEqual(said(14, 20), []);
  assert.deepEqual(said(8, 6), []);
});

test("name and range stand side by side inside the bar", () => {
  for (const [n, m, width] of [
    [3, 4, 956],
    [6, 8, 956],
    [3, 4, 336],
    [7, 9, 956],
  ]) {
    const marks = sceneAt(n, m, width);
    const find = (key) => marks.find((mark) => mark.key === key);
    assert.equal(names(marks).length, n);
    for (const { key, text, attrs } of names(marks)) {
      const [bar, range] = ["bar", "text"].map((part) => find(key.replace("name", part)));
      assert.ok(attrs.x - widthOfWords(text, attrs["font-size"]) >= bar.attrs.x, `${n} -> ${m}: ${text}`);
      assert.ok(range.attrs.x > attrs.x && range.attrs.x < bar.attrs.x + bar.attrs.width);
    }
  }
});

test("the bar of a cell that is pointed at lights up", () => {
  const lit = sceneAt(6, 8, 956, { active: { cell: 3 } }).find(({ key }) => key === "active:feeds");
  const bar = sceneAt(6, 8).find(({ key }) => key === "feeds:3:bar");
  assert.ok(Math.abs(lit.attrs.x - bar.attrs.x) < 3 && lit.attrs.y < bar.attrs.y);
});
