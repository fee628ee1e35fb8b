// What JupyterLab does with a cell whose output is as high as the window. Elsewhere nothing here finds anything.

/** Keys by which JupyterLab runs a cell; on the map they mean nothing else. */
export const runsCell = ({ key, shiftKey, ctrlKey, metaKey, altKey }) =>
  key === "Enter" && (shiftKey || ctrlKey || metaKey || altKey);

/**
 * Shift+Enter runs a cell and goes on to the next one, before there is any output: that then appears below the window,
 * and the next Shift+Enter would go past it. So what has just been run comes into sight, unless somebody is typing.
 */
export function comeIntoSight(element) {
  const next = element.closest(".jp-Cell")?.nextElementSibling;
  if (next && next === document.activeElement) element.scrollIntoView({ block: "nearest" });
}
