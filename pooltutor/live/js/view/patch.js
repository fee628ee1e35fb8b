import { svgElement } from "./form.js";

// Marks -> DOM: create what is new, change what changed, remove what is gone. Elements live on between
// pictures, so that focus, hover and a screen reader's place are kept.

const LONG = 9; // characters of words that may not fit
const LETTER = 0.7; // of the letters' size: how wide one of them is, bold ones included, in words of any length, at most
const LABEL = 23; // pixels: letters whose size the style sheet says, at most
const EDGE = 2; // pixels that stay free at the edge of the picture

export class Patch {
  constructor(root) {
    this.root = root;
    this.nodes = new Map();
    this.round = 0;
  }

  apply(marks) {
    this.round++;
    this.words = [];
    this.width = this.root.viewBox.baseVal.width;
    for (const mark of marks) this.#put(mark);
    for (const [key, node] of this.nodes) {
      if (node.round === this.round) continue;
      node.element.remove();
      this.nodes.delete(key);
    }
    // At the end, as it asks where each of them stands; what is not shown is asked again.
    for (const node of this.words) if (!keepInPicture(node.element)) node.shape = "";
  }

  element(key) {
    return this.nodes.get(key)?.element;
  }

  /** The attributes that a mark has now; they are never changed, but others take their place. */
  attributes(key) {
    return this.nodes.get(key)?.attrs;
  }

  /** Name an element for screen readers, apart from the picture's own attributes. */
  describe(key, text) {
    const node = this.nodes.get(key);
    if (!node || node.label === text) return;
    node.label = text;
    node.element.setAttribute("aria-label", text);
  }

  #put({ key, parent, tag, attrs, text }) {
    const node = this.nodes.get(key) ?? this.#create(key, parent, tag);
    node.round = this.round;
    for (const name in attrs) {
      if (node.attrs[name] !== attrs[name]) node.element.setAttribute(name, attrs[name]);
    }
    for (const name in node.attrs) if (!(name in attrs)) node.element.removeAttribute(name);
    if (tag === "text" && (text !== node.text || attrs.x !== node.attrs.x)) this.#keepInside(node, attrs, text);
    node.attrs = attrs;
    if (text !== node.text) node.element.textContent = node.text = text;
  }

  /** To ask where words stand makes the browser lay all out at once: where only digits change, it is not asked again. */
  #keepInside(node, attrs, text) {
    const shape = mayLeave(attrs, text, this.width) ? this.#shapeOf(attrs, text) : "";
    if (shape && shape === node.shape) return;
    node.shape = shape;
    if (!attrs.textLength) node.element.removeAttribute("textLength");
    if (shape) this.words.push(node);
  }

  /** What the room that words take depends on: one digit is as wide as another. */
  #shapeOf({ class: style, x }, text) {
    const isLarge = Boolean(this.root.closest(".pt-big")); // the size for presenters
    return [style, x, this.width, isLarge, text.replace(/\d/g, "0")].join(" ");
  }

  #create(key, parent, tag) {
    const element = svgElement(tag);
    (parent ? this.nodes.get(parent).element : this.root).append(element);
    const node = { element, attrs: {}, text: undefined, shape: "", round: 0 };
    this.nodes.set(key, node);
    return node;
  }
}

/** Whether words may leave a picture: to ask where they stand takes longer than all the rest of a small change. */
function mayLeave({ class: style = "", x, transform, textLength, "font-size": letters = LABEL }, text, width) {
  if (!(text?.length > LONG) || transform || textLength) return false;
  const room = text.length * LETTER * letters;
  const left = style.includes("pt-to-right") ? x - room : style.includes("pt-from-left") ? x : x - room / 2;
  return left < EDGE || left + room > width - EDGE;
}

/** Make words narrower that would leave the picture; in a language of longer words some would. False if not shown. */
function keepInPicture(text) {
  const { x, width } = text.getBBox();
  if (!width) return false;
  const over = Math.max(EDGE - x, x + width + EDGE - text.ownerSVGElement.viewBox.baseVal.width);
  if (over <= 0) return true;
  const both = getComputedStyle(text).textAnchor === "middle" ? 2 : 1;
  text.setAttribute("textLength", String(width - both * over));
  text.setAttribute("lengthAdjust", "spacingAndGlyphs");
  return true;
}
