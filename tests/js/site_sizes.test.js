// A size in the text of a page sets the view that it is about.

import assert from "node:assert/strict";
import { test } from "node:test";
import { viewOfSize } from "../../pooltutor/live/js/pure/sizes.js";

const view = (n, m, free = true) => ({ made: [[[n].flat(), [m].flat()]], free });

test("the nearest view that shows its windows is set", () => {
  const views = [view(14, 4), view(7, 5), view(30, 10)];
  assert.equal(viewOfSize([[6], [8]], views, 2), 1);
  assert.equal(viewOfSize([[6], [8]], views, 0), 0);
  assert.equal(viewOfSize([[6], [8]], views, 3), 2);
});

test("a view that was made for this very size goes before a nearer one: it may ask, and another would tell", () => {
  const views = [view(14, 4), view(9, 6), view(5, 3, false)];
  assert.equal(viewOfSize([[5], [3]], views, 1), 2);
  assert.equal(viewOfSize([[14], [4]], views, 3), 0);
});

test("a view that asks, or hides its windows, is set to no other size", () => {
  assert.equal(viewOfSize([[7], [5]], [view(5, 3, false)], 1), undefined);
  assert.equal(viewOfSize([[7], [5]], [view(5, 3, false), view(14, 4)], 1), 1);
});

test("a size of two axes is for a view of two axes", () => {
  const views = [view(14, 4), view([6, 8], [4, 3])];
  assert.equal(
    viewOfSize(
      [
        [5, 5],
        [3, 3],
      ],
      views,
      1,
    ),
    1,
  );
  assert.equal(viewOfSize([[5], [3]], views, 2), 0);
  assert.equal(
    viewOfSize(
      [
        [5, 5],
        [3, 3],
      ],
      [view(14, 4)],
      1,
    ),
    undefined,
  );
});

test("a story is the place for the sizes of its steps, and a map for none", () => {
  const told = {
    made: [
      [[5], [3]],
      [[7], [4]],
    ],
    free: false,
  };
  assert.equal(viewOfSize([[7], [4]], [view(14, 4), told], 1), 1);
  assert.equal(viewOfSize([[9], [4]], [view(14, 4), told], 2), 0);
  assert.equal(viewOfSize([[9], [4]], [{ made: [], free: false }], 1), undefined);
});

test("without a view there is nothing to set", () => {
  assert.equal(viewOfSize([[5], [3]], [], 0), undefined);
});
