// The first script of the page: inflates the numbers and the code, and runs the code, whose hash the page allows. Until
// the code has drawn the page, a sentence waits in it for the case that it never will.
const [damaged, old] = ["pooltutor-damaged", "pooltutor-old"].map((id) => document.getElementById(id));

async function load() {
  const packed = Uint8Array.from(atob(document.getElementById("pooltutor-data").textContent), (c) => c.charCodeAt(0));
  const stream = new Blob([packed]).stream().pipeThrough(new DecompressionStream("deflate"));
  const buffer = await new Response(stream).arrayBuffer();
  const text = (from, length) => new TextDecoder().decode(new Uint8Array(buffer, from, length));
  const [headerSize, codeSize] = new Uint32Array(buffer.slice(0, 8));
  const from = 8 + headerSize + codeSize;
  globalThis.pooltutorData = { header: JSON.parse(text(8, headerSize)), bytes: new Uint8Array(buffer, from) };
  const script = document.createElement("script");
  script.type = "module";
  script.textContent = text(8 + headerSize, codeSize);
  document.head.append(script);
}

if (globalThis.DecompressionStream) {
  load().catch(() => damaged.classList.add("page-at-once"));
} else {
  damaged.hidden = true;
  old.hidden = false;
}
