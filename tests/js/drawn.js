// How a picture is looked at where nothing is pointed at, for the tests of scenes.

import { words } from "./facts.js";

// Any colours will do, but for the contrast of what is written on them.
export const theme = new Proxy(
  {},
  {
    get: (_, name) =>
      `#${[...String(name)]
        .reduce((sum, c) => (sum * 31 + c.charCodeAt(0)) % 0xffffff, 7)
        .toString(16)
        .padStart(6, "0")}`,
  },
);

export const look = { theme, active: null, pinned: null, roving: { cell: 0, window: 0, output: 0 }, id: "test" };
export const lookAt = (width, more = {}) => ({ ...look, width, words: words.view.picture_words, ...more });
export const gridLookAt = (width, more = {}) => ({
  ...look,
  cursor: { input: [0, 0], output: [0, 0] },
  width,
  words: words.grid.picture_words,
  ...more,
});
