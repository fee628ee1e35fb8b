// The kernel as a page sees it.

/**
 * The model that another one names.
 * @param {Model} owner
 * @param {string} id
 * @returns {Promise<Model>}
 */
export const modelOf = (owner, id) => owner.widget_manager.get_model(id.replace("IPY_MODEL_", ""));

/**
 * Is there no kernel to answer? Each front end says it differently; see the three signs. One that knows none of them, as
 * marimo, says nothing: it is asked, and the answer comes or does not.
 * @param {Carrier} shared
 */
export function kernelGone(shared) {
  try {
    const { comm_live: live, widget_manager: manager } = shared;
    const link = manager?.kernel?.connectionStatus;
    return live === false || manager?.kernel === null || (link !== undefined && link !== "connected");
  } catch {
    return true;
  }
}

/**
 * Is there a kernel that only knows nothing of these widgets: restarted, or started for a notebook that was saved? To run
 * the cells again helps then.
 * @param {Carrier} shared
 */
export function kernelIsNew(shared) {
  try {
    return shared.comm_live === false && shared.widget_manager.kernel.connectionStatus === "connected";
  } catch {
    return false;
  }
}
