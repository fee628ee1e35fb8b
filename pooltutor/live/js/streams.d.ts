// What of the web's streams, timers and base64 browsers and Node have alike; the DOM's own types would let a pure module use the
// page.

declare function setTimeout(handler: () => void, milliseconds?: number): number;
declare function clearTimeout(timer?: number): void;

declare function atob(text: string): string;
declare function btoa(binary: string): string;

declare class Blob {
  constructor(parts: Uint8Array[] | ArrayBufferView[]);
  stream(): ReadableStream;
}

declare class DecompressionStream {
  constructor(format: "deflate");
}

declare class ReadableStream {
  pipeThrough(through: DecompressionStream): ReadableStream;
  getReader(): ReadableStreamReader;
}

interface ReadableStreamReader {
  read(): Promise<{ done: boolean; value: Uint8Array }>;
  cancel(): Promise<void>;
}

declare class Response {
  constructor(body: ReadableStream);
  arrayBuffer(): Promise<ArrayBuffer>;
}
