// A connection to the room that mends itself: phones sleep, networks come and go, pages are loaded anew.

const SILENT_MS = 25_000; // the room gives a sign of life every ten seconds
const DOUBTFUL_MS = 12_000; // a phone that wakes up does not wait so long before it connects anew
const FIRST_PAUSE_MS = 400; // before the next try; doubled each time, to at most
const LONGEST_PAUSE_MS = 6_000;
const LOOK_MS = 2_000;
/** The code with which the room closes a connection that it will not take again. */
const FORBIDDEN = 1008;

/** @typedef {{ readyState: number, send: (text: string) => void, close: () => void,
 *   onopen: any, onmessage: any, onclose: any }} Socket what a link needs of a WebSocket */

export class Link {
  #socket = /** @type {Socket | undefined} */ (undefined);
  #heardAt = 0;
  #tries = 0;
  #timer = /** @type {any} */ (undefined);
  #watch = /** @type {any} */ (undefined);

  /**
   * connect() opens a socket, join() is what is said first, heard(message) is told what comes, and changed({live, reason})
   * whether there is a connection and, if not, the word that the room gave for it.
   * @param {{ connect: () => Socket, join: () => object, heard: (message: any) => void,
   *   changed: (state: { live: boolean, reason: string }) => void, now?: () => number }} options
   */
  constructor({ connect, join, heard, changed, now = Date.now }) {
    this.options = { connect, join, heard, changed, now };
  }

  open() {
    this.#connect();
    this.#watch = setInterval(() => this.#heardWithin(SILENT_MS) || this.#connect(), LOOK_MS);
  }

  close() {
    clearInterval(this.#watch);
    this.#drop();
  }

  /** The page is seen again, or the network is back. */
  awake() {
    if (this.#socket?.readyState !== 1 || !this.#heardWithin(DOUBTFUL_MS)) this.#connect();
  }

  /**
   * Say something to the room; false where nobody hears it.
   * @param {object} message
   */
  say(message) {
    if (this.#socket?.readyState !== 1) return false;
    this.#socket.send(JSON.stringify(message));
    return true;
  }

  /** @param {number} within */
  #heardWithin(within) {
    return this.options.now() - this.#heardAt < within;
  }

  /** A socket that has been given up says nothing more. */
  #drop() {
    clearTimeout(this.#timer);
    const socket = this.#socket;
    this.#socket = undefined;
    if (!socket) return;
    socket.onopen = socket.onmessage = socket.onclose = null;
    socket.close();
  }

  #connect() {
    const { connect, join, heard, changed, now } = this.options;
    this.#drop();
    this.#heardAt = now(); // it gets as long as a silent one
    const socket = connect();
    this.#socket = socket;
    socket.onopen = () => this.say(join());
    socket.onmessage = ({ data }) => {
      this.#heardAt = now();
      const first = this.#tries !== -1;
      this.#tries = -1;
      if (first) changed({ live: true, reason: "" });
      heard(JSON.parse(data));
    };
    socket.onclose = ({ code, reason }) => {
      changed({ live: false, reason });
      this.#tries = Math.max(0, this.#tries) + 1;
      if (code === FORBIDDEN) this.close();
      else this.#timer = setTimeout(() => this.#connect(), this.#pause());
    };
    if (this.#tries === -1) this.#tries = 0;
  }

  /** How long to wait: not all phones of a class at the same moment. */
  #pause() {
    const longest = Math.min(LONGEST_PAUSE_MS, FIRST_PAUSE_MS * 2 ** this.#tries);
    return longest * (0.5 + Math.random() / 2);
  }
}
