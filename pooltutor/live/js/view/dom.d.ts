// What this code adds to the page's own objects.

interface CSSStyleSheet {
  /** The style sheet's text, by which a second view finds it. */
  pooltutor?: string;
}

interface HTMLElement {
  /** Of a 2-D view: every displayed number. */
  shown?: () => Record<string, number[] | number>;
}

/** Colab's own way to talk to its notebook. */
declare var google: { colab?: unknown } | undefined;
declare var __pooltutor: Map<string, Promise<any>>;
/** What the kernel side of a view has handed out, by the name of the shared widget that the page does not know. */
declare var __pooltutorHandedOut: Map<string, Carrier & { state: State }>;
/** What views were handed out by their own kernel side, by the name of the shared widget that a page does not know. */
declare var __pooltutorHandedOut: Map<string, Carrier & { state: State }>;
/** What the page's loader has unpacked. */
declare var pooltutorData: { header: any; bytes: Uint8Array };
