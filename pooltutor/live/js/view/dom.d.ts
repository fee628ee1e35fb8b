// What this code adds to the page's own objects.

interface CSSStyleSheet {
  /** The style sheet's text, by which a second view finds it. */
  pooltutor?: string;
}

interface HTMLElement {
  /** Of a 2-D view: every displayed number. */
  shown?: () => Record<string, number[] | number>;
}

declare var __pooltutor: Map<string, Promise<any>>;
/** What the page's loader has unpacked. */
declare var pooltutorData: { header: any; bytes: Uint8Array };
