// What all views of a kernel share, as a view reads it, whatever carries it: the kernel's shared widget, a saved
// notebook, the one-file page, or the view's own kernel side where a page does not know the shared widget.

/** The part of a widget's model that a view needs of what is shared. */
export class Shared {
  #parsed = /** @type {Map<string, { json: string; value: any }>} */ (new Map());

  /** @param {Carrier} carrier */
  constructor(carrier) {
    this.carrier = carrier;
  }

  /**
   * A value; one whose keys have an order comes as {json}, since a saved notebook sorts the keys of everything else.
   * @param {string} name
   */
  get(name) {
    const carried = this.carrier.get(name);
    return typeof carried?.json === "string" ? this.#parse(name, carried.json) : carried;
  }

  /**
   * @param {string} name
   * @param {string} json
   */
  #parse(name, json) {
    const known = this.#parsed.get(name);
    if (known?.json === json) return known.value;
    const value = JSON.parse(json);
    this.#parsed.set(name, { json, value });
    return value;
  }

  /**
   * @param {string} event
   * @param {(message?: any) => void} handler
   */
  on(event, handler) {
    this.carrier.on?.(event, handler);
  }

  /**
   * @param {string} event
   * @param {(message?: any) => void} handler
   */
  off(event, handler) {
    this.carrier.off?.(event, handler);
  }

  /**
   * Call a function at the next event alone; ipywidgets' models know that word, others do not.
   * @param {string} event
   * @param {(message?: any) => void} handler
   */
  once(event, handler) {
    const heard = (/** @type {any} */ message) => {
      this.off(event, heard);
      handler(message);
    };
    this.on(event, heard);
  }

  get comm_live() {
    return this.carrier.comm_live;
  }

  get widget_manager() {
    return this.carrier.widget_manager;
  }
}

const sharedByCarrier = /** @type {WeakMap<object, Shared>} */ (new WeakMap());

/**
 * The one Shared of a carrier, however many views there are: tables are inflated once for each.
 * @param {Carrier} carrier
 */
export function sharedOf(carrier) {
  if (carrier instanceof Shared) return carrier;
  const shared = sharedByCarrier.get(carrier) ?? new Shared(carrier);
  sharedByCarrier.set(carrier, shared);
  return shared;
}
