// The first script of the page: inflates the numbers and the code, and runs the code, whose hash the page allows.
if (!globalThis.DecompressionStream) document.getElementById("pooltutor-old").hidden = false; // what follows will fail
const packed = Uint8Array.from(atob(document.getElementById("pooltutor-data").textContent), (c) => c.charCodeAt(0));
const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
new Response(stream).arrayBuffer().then((buffer) => {
  const text = (from, length) => new TextDecoder().decode(new Uint8Array(buffer, from, length));
  const [headerSize, codeSize] = new Uint32Array(buffer.slice(0, 8));
  const from = 8 + headerSize + codeSize;
  globalThis.pooltutorData = { header: JSON.parse(text(8, headerSize)), bytes: new Uint8Array(buffer, from) };
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = text(8 + headerSize, codeSize);
  document.head.append(script);
});
