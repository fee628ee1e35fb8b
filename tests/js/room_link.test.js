// The connection of a page to its room mends itself.

import assert from "node:assert/strict";
import { mock, test } from "node:test";
import { Link } from "../../pooltutor/live/js/room/link.js";

/** A link whose sockets are kept, and all that it says of itself. */
function linked() {
  const sockets = [];
  const said = [];
  const connect = () => {
    const socket = {
      readyState: 0,
      sent: [],
      send: (text) => socket.sent.push(JSON.parse(text)),
      close: () => (socket.readyState = 3),
    };
    sockets.push(socket);
    return socket;
  };
  const link = new Link({
    connect,
    join: () => ({ type: "join" }),
    heard: (message) => said.push(message),
    changed: ({ live, reason }) => said.push(live ? "live" : `gone ${reason}`.trim()),
    now: () => Date.now(),
  });
  const opens = (socket = sockets.at(-1)) => {
    socket.readyState = 1;
    socket.onopen();
  };
  const hears = (message, socket = sockets.at(-1)) => socket.onmessage({ data: JSON.stringify(message) });
  const ends = (code = 1006, reason = "") => {
    sockets.at(-1).readyState = 3;
    sockets.at(-1).onclose({ code, reason });
  };
  return { link, sockets, said, opens, hears, ends };
}

const onTheClock = (name, walk) =>
  test(name, () => {
    mock.timers.enable({ apis: ["setTimeout", "setInterval", "Date"] });
    try {
      walk(linked());
    } finally {
      mock.timers.reset();
    }
  });

onTheClock("it joins, hears, and says", ({ link, sockets, said, opens, hears }) => {
  link.open();
  assert.equal(link.say({ type: "answer" }), false);
  opens();
  hears({ step: 1 });
  hears({ step: 2 });
  assert.deepEqual(said, ["live", { step: 1 }, { step: 2 }]);
  assert.equal(link.say({ type: "answer" }), true);
  assert.deepEqual(sockets[0].sent, [{ type: "join" }, { type: "answer" }]);
  link.close();
});

onTheClock(
  "it comes back after every loss, soon at first and then more rarely",
  ({ link, sockets, said, opens, hears, ends }) => {
    link.open();
    for (let k = 0; k < 4; k++) {
      ends();
      mock.timers.tick(10_000);
    }
    assert.equal(sockets.length, 5);
    opens();
    hears({ step: 1 });
    ends(1013, "full");
    assert.equal(said.at(-1), "gone full");
    mock.timers.tick(1_000);
    assert.equal(sockets.length, 6);
    link.close();
  },
);

onTheClock("it gives up where it is not wanted", ({ link, sockets, ends }) => {
  link.open();
  ends(1008, "secret");
  mock.timers.tick(600_000);
  assert.equal(sockets.length, 1);
});

onTheClock("a room that is silent for too long is asked anew", ({ link, sockets, said, opens, hears }) => {
  link.open();
  opens();
  hears({ beat: true });
  mock.timers.tick(20_000);
  hears({ beat: true });
  mock.timers.tick(20_000);
  assert.equal(sockets.length, 1);
  mock.timers.tick(8_000);
  assert.equal(sockets.length, 2);
  assert.equal(sockets[0].readyState, 3);
  assert.equal(sockets[0].onmessage, null); // what it says too late is not heard
  opens();
  hears({ step: 1 });
  assert.deepEqual(said.slice(-2), ["live", { step: 1 }]);
  link.close();
});

onTheClock("a phone that wakes up does not wait", ({ link, sockets, opens, hears, ends }) => {
  link.open();
  opens();
  hears({ step: 1 });
  link.awake();
  assert.equal(sockets.length, 1);
  mock.timers.tick(13_000);
  link.awake();
  assert.equal(sockets.length, 2);
  ends();
  link.awake();
  assert.equal(sockets.length, 3);
  mock.timers.tick(1_900); // the try that was planned before does not come as well
  assert.equal(sockets.length, 3);
  link.close();
});
