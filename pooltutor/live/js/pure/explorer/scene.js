import { markList } from "../marks.js";
import { drawAsked, drawOwnBars } from "../question/own_bars.js";
import { drawCells, drawInfluence, drawShared } from "./cells.js";
import { drawRuler } from "./cuts.js";
import { drawGrips } from "./grips.js";
import { drawBars, drawWindows } from "./lanes.js";
import { layout } from "./layout.js";
import { drawOutputs, drawRivalOutputs } from "./outputs.js";
import { drawActive, drawLit, drawSelection } from "./selection.js";
import { drawTitles } from "./titles.js";

// Facts -> marks: a pure function that says what the picture is. Coordinates are CSS pixels, positions on the
// input are in cells. The same marks are drawn by a widget and by a page.

/**
 * All marks of the picture: {key, parent, tag, attrs, text}.
 * @param {Facts} facts
 * @param {Look & { width: number; room?: number; words: PictureWords; id: string }} options
 */
export function sceneOf(facts, { width, room, theme, words, active, pinned, lit, held, roving, id }) {
  const { marks, add } = markList();
  const rows = layout(facts, width, room);
  const at = (/** @type {number} */ position) => rows.left + position * rows.unit;
  const cut = (/** @type {number} */ i) => at((i * facts.n) / facts.m);
  const picture = {
    facts,
    rows,
    at,
    cut,
    add,
    theme,
    words,
    active,
    pinned,
    lit,
    held,
    roving,
    hatch: `url(#pt-hatch-${id})`,
    missing: `url(#pt-missing-${id})`,
  };
  for (const layer of ["cuts", "frame", "bars", "cells", "windows", "outputs", "shared", "over"]) {
    add(null, layer, "g", { class: `pt-layer-${layer}` });
  }
  drawTitles(picture);
  drawCells(picture);
  if (rows.influence) drawInfluence(picture);
  drawRuler(picture);
  drawWindows(picture);
  drawOutputs(picture);
  if (rows.rival && facts.rival?.defined) {
    drawBars(picture, facts.rival, "rival", "rival");
    drawRivalOutputs(picture, facts.rival);
  }
  if (facts.visible) {
    drawShared(picture);
    drawSelection(picture);
  }
  if (facts.asked) {
    drawOwnBars(picture, facts.asked);
    drawAsked(picture, facts.asked);
  }
  drawActive(picture);
  drawLit(picture);
  drawGrips(picture);
  return { marks, height: rows.height, rows };
}
