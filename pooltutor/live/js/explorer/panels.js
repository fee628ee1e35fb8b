import { CodePanel } from "../view/panels.js";
import { DuelPanel } from "./panels/duel.js";
import { MatrixPanel } from "./panels/matrix.js";
import { TablePanel } from "./panels/table.js";

/** The panels of the 1-D explorer, from top to bottom; what else `show` may name is a part of the picture. */
export const EXPLORER_PANELS = [DuelPanel, MatrixPanel, TablePanel, CodePanel];
