import { button, icon, menu } from "./form.js";

const SPEEDS = { slow: 2000, normal: 1000, fast: 400 };

const ICONS = {
  first: "M4 3v10M13 3L7 8l6 5z",
  previous: "M11 4L6 8l5 4z",
  play: "M4 2l9 6-9 6z",
  pause: "M4 3h3v10H4zM9 3h3v10H9z",
  next: "M5 4l5 4-5 4z",
  last: "M12 3v10M3 3l6 5-6 5z",
};

/** Buttons that step through the windows, one of which plays them, and the menu of its speed. */
export class Stepper {
  /** place() says at which step the view is: {window, count}; step(window) goes to one. */
  constructor({ words, place, step }) {
    this.words = words;
    this.place = place;
    this.step = step;
    const go = (name, to) =>
      button(icon(ICONS[name]), words[name], () => {
        const { window, count } = place();
        step(to(window, count));
      });
    this.playButton = button(icon(ICONS.play), words.play, () => this.play());
    this.speed = menu({
      name: words.speed,
      options: Object.entries(words.speeds),
      set: () => this.playing && this.play(true),
    });
    this.speed.show("normal");
    this.buttons = [
      go("first", () => 0),
      go("previous", (window) => window - 1),
      this.playButton,
      go("next", (window) => window + 1),
      go("last", (_, count) => count - 1),
    ];
  }

  lock(locked) {
    for (const each of this.buttons) each.disabled = locked;
    if (this.playing && locked) this.play();
  }

  /** Start, or stop; again: go on at another speed. */
  play(again = false) {
    clearInterval(this.playing);
    if (this.playing && !again) {
      this.playing = null;
    } else {
      if (this.#next() === null) this.step(0);
      const tick = () => (this.#next() === null ? this.play() : this.step(this.#next()));
      this.playing = setInterval(tick, SPEEDS[this.speed.select.value]);
    }
    const name = this.playing ? this.words.pause : this.words.play;
    this.playButton.replaceChildren(icon(this.playing ? ICONS.pause : ICONS.play));
    this.playButton.title = name;
    this.playButton.setAttribute("aria-label", name);
  }

  #next() {
    const { window, count } = this.place();
    return window >= count - 1 ? null : window + 1;
  }

  close() {
    clearInterval(this.playing);
  }
}
