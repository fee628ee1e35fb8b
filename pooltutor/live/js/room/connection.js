import { followTheme, wearStyle } from "../view/theme.js";
import { Link } from "./link.js";

/** A page ends when it is closed. */
export const whileOpen = new AbortController().signal;

/** Open a page of the room: in its colours, and connected at a path as long as somebody looks at it. */
export function openedRoom(path, { css, themes }, options) {
  wearStyle(document.body, css);
  followTheme({ root: document.body, themes, signal: whileOpen });
  document.getElementById("pooltutor-damaged").remove(); // it has opened
  const link = new Link({ connect: () => new WebSocket(`ws://${location.host}${path}`), ...options });
  const awake = () => document.visibilityState === "visible" && link.awake();
  document.addEventListener("visibilitychange", awake);
  for (const event of ["online", "pageshow"]) addEventListener(event, awake);
  link.open();
  return link;
}
