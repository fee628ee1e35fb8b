import { Link } from "./link.js";

/** Connect a page to its room at a path, and keep it connected while somebody looks at it. */
export function connected(path, options) {
  const link = new Link({ connect: () => new WebSocket(`ws://${location.host}${path}`), ...options });
  const awake = () => document.visibilityState === "visible" && link.awake();
  document.addEventListener("visibilitychange", awake);
  for (const event of ["online", "pageshow"]) addEventListener(event, awake);
  link.open();
  return link;
}
