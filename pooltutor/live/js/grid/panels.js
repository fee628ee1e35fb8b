import { CodePanel } from "../view/panels.js";

/** The panels of the 2-D explorer; what else `show` may name is a part of the picture. */
export const GRID_PANELS = [CodePanel];
