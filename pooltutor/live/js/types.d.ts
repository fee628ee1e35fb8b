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
  /** How far a number may be off, relative to what was summed. */
  rounding: number;
}

type Verdict = "agrees" | "disagrees" | "checking" | "recorded" | "unchecked";

// Models ------------------------------------------------------------------------------------------------------

/** Values of a model by their names. */
type State = Record<string, any>;

/** What carries what all views share. Only ipywidgets' models say whether a kernel is there, and have a manager of widgets. */
interface Carrier {
  get(name: string): any;
  on?(event: string, handler: (message?: any) => void): void;
  off?(event: string, handler: (message?: any) => void): void;
  once?(event: string, handler: (message?: any) => void): void;
  comm_live?: boolean;
  widget_manager?: any;
}

/** A widget's model, as ipywidgets has it, other front ends, and a page without a kernel. */
interface Model extends Carrier {
  set(name: string, value: unknown): void;
  /** Several at once: ipywidgets alone. */
  set(values: Record<string, unknown>): void;
  on(event: string, handler: (message?: any) => void): void;
  off(event: string, handler: (message?: any) => void): void;
  send(content: unknown, callbacks?: unknown, buffers?: ArrayBuffer[]): void;
  save_changes(): void;
}
