// Each view carries these few lines only. The code, the words and the tables come from the one shared widget
// of the kernel, and the code is imported once per page, however many views there are.

globalThis.__pooltutor ??= new Map();
globalThis.__pooltutorHandedOut ??= new Map();
const [imported, handedOut] = [globalThis.__pooltutor, globalThis.__pooltutorHandedOut];

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

// marimo looks for ten seconds for a widget of another page; the view itself answers sooner.
const PATIENCE_MS = 1000;
const GIVE_UP_MS = 20000;

async function within(ms, promise) {
  let timer;
  const late = new Promise((_, reject) => {
    timer = setTimeout(() => reject(Error("pooltutor: its code did not come")), ms);
  });
  try {
    return await Promise.race([promise, late]);
  } finally {
    clearTimeout(timer);
  }
}

// What the view's own kernel side hands out; a later answer adds to it what has been opened since.
function ask(model, id) {
  const { widget_manager } = model;
  const answer = new Promise((resolve) => {
    const hear = ({ type, state }) => {
      if (type !== "shared") return;
      model.off("msg:custom", hear);
      const carrier = handedOut.get(id) ?? { state: {}, get: (name) => carrier.state[name], widget_manager };
      handedOut.set(id, carrier);
      Object.assign(carrier.state, state);
      resolve(carrier);
    };
    model.on("msg:custom", hear);
    model.send({ type: "shared" });
  });
  return within(GIVE_UP_MS, answer);
}

async function find(model, id) {
  const found = (async () => model.widget_manager.get_model(id))();
  try {
    return await within(PATIENCE_MS, found);
  } catch {
    return Promise.any([found, ask(model, id)]);
  }
}

export default {
  async render({ model, el, signal }) {
    const shared = await find(model, model.get("_shared").replace("IPY_MODEL_", ""));
    const { render } = await load(await unpack(shared.get("code")));
    return render(model, el, shared, signal);
  },
};
