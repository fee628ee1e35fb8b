import { markList } from "../marks.js";
import { cellTexts, drawGridCells, drawSharedLines } from "./cells.js";
import { drawGridCuts } from "./cuts.js";
import { drawAxis } from "./lanes.js";
import { gridLayout } from "./layout.js";
import { drawGridOutputs } from "./outputs.js";
import { drawAskedPlace, drawFocus, drawLitPlace, drawPointed, drawWindow, drawWinnerCells } from "./selection.js";
import { shadesOf } from "./shades.js";
import { drawGridTitles } from "./titles.js";

// Facts -> marks in two dimensions: a pure function. What has more cells than numbers can stand in is said as pixels:
// a place and a shade for each number; the view paints them.

/**
 * All marks, {key, parent, tag, attrs, text}; the grids that are painted; and where things stand.
 * @param {GridFacts} facts
 * @param {GridLook & { width: number; room?: number; words: GridWords["picture_words"] }} options
 */
export function gridScene(facts, { width, room, theme, words, active, pinned, lit, cursor, id }) {
  const { marks, add } = markList();
  const places = gridLayout(facts, width, room);
  const scene = { facts, places, add, theme, words, active, pinned, lit, cursor, id, ...shadesOf(facts, theme) };
  for (const layer of ["cells", "hatch", "cuts", "bars", "texts", "frame", "over", "focus"])
    add(null, layer, "g", { class: `pt-layer-${layer}` });
  const written = cellTexts(scene);
  drawGridCells(scene, written);
  drawGridOutputs(scene);
  drawSharedLines(scene);
  drawGridCuts(scene, written);
  drawAxis(scene, "row");
  drawAxis(scene, "column");
  drawGridTitles(scene);
  if (facts.visible) {
    drawWinnerCells(scene);
    drawWindow(scene, written !== null);
  }
  if (facts.asked?.place) drawAskedPlace(scene, facts.asked);
  drawPointed(scene);
  drawLitPlace(scene);
  drawFocus(scene);
  const painted = [
    places.input.pixels && { name: "input", grid: places.input, planes: scene.shown, shade: scene.inputShade },
    places.output.pixels &&
      facts.visible && { name: "output", grid: places.output, planes: facts.y, shade: scene.outputShade },
  ].filter(Boolean);
  return { marks, height: places.height, places, painted };
}
