// Each view carries these few lines only. The code, the words and the tables come from the one shared widget
// of the kernel, and the code is imported once per page, however many views there are.

globalThis.__pooltutor ??= new Map();
const imported = globalThis.__pooltutor;

function load(code) {
  if (!imported.has(code)) {
    const url = URL.createObjectURL(new Blob([code], { type: "text/javascript" }));
    imported.set(
      code,
      import(url).finally(() => URL.revokeObjectURL(url)),
    );
  }
  return imported.get(code);
}

// base64 text, which a saved notebook keeps, of deflated code
const unpack = (packed) => {
  const deflated = Uint8Array.from(atob(packed), (character) => character.charCodeAt(0));
  return new Response(new Blob([deflated]).stream().pipeThrough(new DecompressionStream("deflate"))).text();
};

export default {
  async render({ model, el }) {
    const shared = await model.widget_manager.get_model(model.get("_shared").replace("IPY_MODEL_", ""));
    const { render } = await load(await unpack(shared.get("code")));
    return render(model, el, shared);
  },
};
