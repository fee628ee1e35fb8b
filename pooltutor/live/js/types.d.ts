// What passes between a view and the kernel, for the type checker alone. pure/types.d.ts has the values in between.

// Claims ------------------------------------------------------------------------------------------------------

/** Numbers of a claim in a buffer of their own: planes, one for each channel. */
interface Packed {
  dtype: string;
  channels: number;
  shape: number[];
  buffer: number;
}

/** What a view says that it displays; parts are those of displayed.py. */
interface Claim {
  n: number[];
  m: number[];
  kind: Kind;
  parts: Record<string, any>;
  buffers?: ArrayBuffer[];
}

/** One kind of displayed numbers, a row of the table in displayed.py. */
interface DisplayedKind {
  part: string;
  marks: string[];
  word: string;
  of: "window" | "cell" | "output" | "entry";
  once: boolean;
  exact: boolean;
}

type Verdict = "agrees" | "disagrees" | "checking" | "recorded" | "unchecked";

// Models ------------------------------------------------------------------------------------------------------

/** Values of a model by their names. */
type State = Record<string, any>;

/** A widget's model, as ipywidgets has it, and a page without a kernel. */
interface Model {
  get(name: string): any;
  set(name: string, value: unknown): void;
  set(values: Record<string, unknown>): void;
  on(event: string, handler: (message?: any) => void): void;
  off(event: string, handler: (message?: any) => void): void;
  once?(event: string, handler: (message?: any) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  save_changes(): void;
  comm_live: boolean;
  widget_manager: any;
}
