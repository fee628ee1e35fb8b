import { spawn } from "node:child_process";
import { once } from "node:events";
import { createServer } from "node:net";
import { setTimeout as sleep } from "node:timers/promises";
import puppeteer from "puppeteer-core";
import { Builder, Key } from "selenium-webdriver";
import { Command, Name } from "selenium-webdriver/lib/command.js";

// Three engines behind one set of calls: puppeteer drives Chromium and Firefox, selenium drives WebKit. Each has a
// profile of its own, and collects what its console complains of.

const SIZE = { width: 1100, height: 900 };
const LOADED_WITHIN = 60_000;

/**
 * Open a browser.
 * @param {string} engine
 * @param {string} program
 */
export function open(engine, program) {
  return engine === "webkit" ? openWebKit(program) : openWithPuppeteer(engine, program);
}

async function openWithPuppeteer(engine, executablePath) {
  const own =
    engine === "chromium"
      ? { browser: "chrome", args: ["--no-sandbox", "--disable-gpu"] }
      : { browser: "firefox", protocol: "webDriverBiDi" };
  const browser = await puppeteer.launch({ ...own, executablePath, defaultViewport: SIZE, timeout: LOADED_WITHIN });
  const page = await browser.newPage();
  const faults = [];
  page.on("console", (said) => /error|warn/.test(said.type()) && faults.push(said.text()));
  page.on("pageerror", (error) => faults.push(String(error)));
  return {
    name: await browser.version(),
    go: async (url) => {
      await page.goto("about:blank"); // a new hash alone would not load the page anew
      await page.goto(url, { timeout: LOADED_WITHIN });
    },
    run: (task, ...words) => page.evaluate(task, ...words),
    press: (key) => page.keyboard.press(key),
    drag: (places) => drag(page.mouse, places),
    touch: (places) => touch(page.touchscreen, places),
    // Chromium makes no click of a tap that follows a stroke, where both are sent to it; a finger has no such trouble.
    tap: (place) => (engine === "chromium" ? page.mouse.click(...place) : touch(page.touchscreen, [place])),
    faults: async () => faults.splice(0),
    close: () => browser.close(),
  };
}

async function drag(mouse, [first, ...rest]) {
  await mouse.move(...first);
  await mouse.down();
  for (const place of rest) await mouse.move(...place);
  await mouse.up();
}

async function touch(screen, [first, ...rest]) {
  await screen.touchStart(...first);
  for (const place of rest) await screen.touchMove(...place);
  await screen.touchEnd();
}

// WebKit -----------------------------------------------------------------------------------------------------

// Its driver passes nothing on of the console. What a page complains of while it loads is read in a window that nobody
// drives; what comes later is noted in the page itself.

const KEYS = {
  PageUp: "PAGE_UP",
  PageDown: "PAGE_DOWN",
  Home: "HOME",
  End: "END",
  Enter: "ENTER",
  Backspace: "BACK_SPACE",
};
Object.assign(KEYS, {
  ArrowLeft: "ARROW_LEFT",
  ArrowRight: "ARROW_RIGHT",
  ArrowUp: "ARROW_UP",
  ArrowDown: "ARROW_DOWN",
});
const WATCHED_FOR = 5000;

async function startWebKit(program) {
  const port = await freePort();
  const service = spawn("WebKitWebDriver", [`--port=${port}`], { stdio: "ignore" });
  await sleep(1000);
  const options = { binary: program, args: ["--automation"] };
  const driver = await new Builder()
    .usingServer(`http://127.0.0.1:${port}`)
    .withCapabilities({ browserName: "MiniBrowser", "webkitgtk:browserOptions": options })
    .build();
  const manage = driver.manage();
  await manage.setTimeouts({ pageLoad: LOADED_WITHIN });
  await manage.window().setRect({ x: 0, y: 0, ...SIZE });
  return { service, driver };
}

async function openWebKit(program) {
  const { service, driver } = await startWebKit(program);
  const run = (task, ...words) => driver.executeScript(`return (${task}).apply(null, arguments)`, ...words);
  const faults = [];
  const seen = new Set();
  const collect = async () => faults.push(...(await run(() => window.noted?.splice(0) ?? [])));
  return {
    name: `WebKitGTK/${(await driver.getCapabilities()).getBrowserVersion()}`,
    go: async (url) => {
      await collect();
      const page = url.replace(/#.*/, "");
      if (!seen.has(page)) faults.push(...(await complaints(program, url)));
      seen.add(page);
      await driver.get("about:blank");
      await driver.get(url);
      await run(noteFaults);
    },
    run,
    press: (key) =>
      driver
        .actions()
        .sendKeys(Key[KEYS[key]] ?? key)
        .perform(),
    drag: (places) => pointInWebKit(driver, "mouse", places),
    touch: (places) => pointInWebKit(driver, "touch", places),
    tap: (place) => pointInWebKit(driver, "touch", [place]),
    faults: async () => {
      await collect();
      return faults.splice(0);
    },
    close: async () => {
      await driver.quit();
      service.kill();
      await once(service, "exit");
    },
  };
}

/** In the page: note what goes wrong from here on. */
function noteFaults() {
  window.noted = [];
  // What has no error is what an observer of sizes says of a frame in which sizes changed again: no console has it.
  window.addEventListener("error", ({ error }) => error && window.noted.push(`${error} ${error.stack}`));
  window.addEventListener("unhandledrejection", ({ reason }) => window.noted.push(String(reason)));
  for (const level of ["error", "warn"]) console[level] = (...words) => window.noted.push(words.join(" "));
}

/** What the console says of a page while it loads, and a little longer. */
async function complaints(program, url) {
  const words = ["-oL", program, "--enable-write-console-messages-to-stdout=true", url];
  const window = spawn("stdbuf", words, { stdio: ["ignore", "pipe", "ignore"] });
  let said = "";
  window.stdout.setEncoding("utf8").on("data", (text) => {
    said += text;
  });
  await sleep(WATCHED_FOR);
  window.kill();
  await once(window, "exit");
  return said.split("\n").filter((line) => /CONSOLE .*(ERROR|WARN)/.test(line));
}

/** Press at the first place, go to the others and let go; in the words of WebDriver, as selenium has no finger. */
async function pointInWebKit(driver, pointerType, [first, ...rest]) {
  const to = ([x, y]) => ({
    type: "pointerMove",
    x: Math.round(x),
    y: Math.round(y),
    duration: 50,
    origin: "viewport",
  });
  const ends = { down: { type: "pointerDown", button: 0 }, up: { type: "pointerUp", button: 0 } };
  const pointer = { type: "pointer", id: pointerType, parameters: { pointerType } };
  const actions = [{ ...pointer, actions: [to(first), ends.down, ...rest.map(to), ends.up] }];
  await driver.execute(new Command(Name.ACTIONS).setParameter("actions", actions));
}

async function freePort() {
  const server = createServer().listen(0, "127.0.0.1");
  await once(server, "listening");
  const { port } = server.address();
  server.close();
  await once(server, "close");
  return port;
}
