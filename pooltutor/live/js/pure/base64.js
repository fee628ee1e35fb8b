// Bytes as a view carries them: base64 text beside a kernel, which a saved notebook keeps, and bytes in the page.

/**
 * The bytes of what a model carries.
 * @param {string | ArrayBufferView<ArrayBuffer>} carried
 * @returns {Uint8Array<ArrayBuffer>}
 */
export function bytesOf(carried) {
  if (typeof carried === "string") return Uint8Array.from(atob(carried), (character) => character.charCodeAt(0));
  return new Uint8Array(carried.buffer, carried.byteOffset, carried.byteLength);
}

const AT_ONCE = 0x8000; // arguments of one call

/**
 * Bytes as base64 text.
 * @param {Uint8Array} bytes
 */
export function textOf(bytes) {
  let binary = "";
  for (let k = 0; k < bytes.length; k += AT_ONCE) binary += String.fromCharCode(...bytes.subarray(k, k + AT_ONCE));
  return btoa(binary);
}

/**
 * Bytes that were deflated.
 * @param {string | ArrayBufferView<ArrayBuffer>} carried
 */
export async function inflate(carried) {
  const stream = new Blob([bytesOf(carried)]).stream().pipeThrough(new DecompressionStream("deflate"));
  return new Uint8Array(await new Response(stream).arrayBuffer());
}
