import { lookUp } from "../numbers.js";
import { isAsked } from "./about.js";

// A question at the end of an address: windows, or output:1, gradient:0x0, rank:0x1x3, count:shared, size:forum. What an
// address says is checked; sentences of one's own are not part of it.

const PLACE = /^\d{1,4}$/;

/** @type {Record<string, { field: string; read: (text: string, axes: number, isRule: (rule: string) => boolean) => any }>} */
const FIELDS = {
  output: { field: "index", read: (text, axes) => placesIn(text, axes) },
  gradient: { field: "index", read: (text, axes) => placesIn(text, axes) },
  rank: { field: "cells", read: (text) => cellsIn(text) },
  count: { field: "of", read: (text) => text },
  size: { field: "rule", read: (text, _, isRule) => (isRule(text) ? text : undefined) },
};

/** @param {string} text @param {number} axes */
function placesIn(text, axes) {
  const places = text.split("x");
  if (places.length !== axes || !places.every((each) => PLACE.test(each))) return undefined;
  return axes === 1 ? Number(text) : places.map(Number);
}

/** @param {string} text */
function cellsIn(text) {
  const cells = [...new Set(text.split("x"))];
  return cells.length > 1 && cells.length <= 6 && cells.every((each) => PLACE.test(each))
    ? cells.map(Number)
    : undefined;
}

/**
 * The question that a text of an address asks of a view of so many axes; undefined for none.
 * @param {string} text
 * @param {number} axes
 * @param {(rule: string) => boolean} isRule
 * @returns {Question | undefined}
 */
export function questionFrom(text, axes, isRule) {
  const [kind, ...rest] = text.split(":");
  const known = lookUp(FIELDS, kind);
  const value = known?.read(rest.join(":"), axes, isRule);
  if (known ? value === undefined : rest.length) return undefined;
  const question = known ? { kind, [known.field]: value } : { kind };
  return isAsked(question, axes) ? question : undefined;
}

/**
 * A question as an address has it.
 * @param {any} question
 */
export function questionText(question) {
  if (!question) return "";
  const known = lookUp(FIELDS, question.kind);
  return known ? `${question.kind}:${[question[known.field]].flat().join("x")}` : question.kind;
}
