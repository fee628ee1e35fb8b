// The kernel as a page sees it.

/**
 * Is there no kernel to answer? Each front end says it differently; see the three signs.
 * @param {Model} shared
 */
export function kernelGone(shared) {
  try {
    const { comm_live: live, widget_manager: manager } = shared;
    const link = manager?.kernel?.connectionStatus;
    return !live || manager?.kernel === null || (link !== undefined && link !== "connected");
  } catch {
    return true;
  }
}
