// Stands between the pages and the service: keeps a form that it cannot deliver, and shows a page
// about this device when the service is away. It never keeps a page of anybody.
import { keep, leaves, owner, saved, settle } from "./queue.js";
import { tell, told, untell } from "./store.js";

const PATIENCE = 20_000;
const PAGE = "/wachtrij";
const SIGN_OUT = "/afmelden";
const LEAVING = "leaving";

/** Serve with these files, and a page about this device in each language. */
export function serve(version, files, shells) {
  const open = () => caches.open(version);

  async function install() {
    const cache = await open();
    const asked = [...files, ...Object.values(shells)].map((each) => new Request(each, { credentials: "omit" }));
    await cache.addAll(asked); // without credentials: nothing of anybody can be in them
    await skipWaiting();
  }

  async function activate() {
    const others = (await caches.keys()).filter((name) => name !== version);
    await Promise.all(others.map((name) => caches.delete(name)));
    await clients.claim();
  }

  async function shell(request) {
    const wanted = new URL(request.url).searchParams.get("lang") ?? (await told("language"));
    const address = shells[wanted] ?? Object.values(shells)[0];
    return (await open()).match(address);
  }

  async function shown(request) {
    try {
      await signOutAfterAll();
      return await soon(fetch(request));
    } catch {
      return shell(request);
    }
  }

  async function posted(request) {
    const fields = [...new URLSearchParams(await request.clone().text())];
    const key = fields.find(([name]) => name === "key")?.[1];
    const who = await owner();
    const action = new URL(request.url).pathname;
    if (action === SIGN_OUT && !(await leaves(who, fields.some(([name]) => name === "sure")))) {
      return Response.redirect(`${PAGE}#afmelden`, 303);
    }
    let answer = null;
    try {
      await signOutAfterAll();
      answer = await soon(fetch(request));
    } catch {
      // it stays null: the service is away
    }
    if (answer && answer.status < 500) {
      if (key && who && saved(answer)) await settle(who, key);
      if (key && who && answer.status === 401 && !answer.headers.has("typed-text-kept")) await keep(who, action, fields);
      return answer;
    }
    if (key && who) {
      await keep(who, action, fields);
      return Response.redirect(`${PAGE}#bewaard`, 303);
    }
    if (action === SIGN_OUT && !answer) {
      await tell(LEAVING, true);
      return Response.redirect(`${PAGE}#afgemeld`, 303);
    }
    return answer ?? Response.redirect(`${PAGE}#niet-bewaard`, 303);
  }

  addEventListener("install", (event) => event.waitUntil(install()));
  addEventListener("activate", (event) => event.waitUntil(activate()));
  addEventListener("fetch", (event) => {
    const { request } = event;
    const { origin, pathname } = new URL(request.url);
    if (origin !== location.origin) return;
    if (request.mode === "navigate") {
      event.respondWith(request.method === "POST" ? posted(request) : shown(request));
    } else if (files.includes(pathname)) {
      event.respondWith(open().then((cache) => cache.match(pathname)).then((found) => found ?? fetch(request)));
    }
  });
}

/** Sign out now, when somebody did so while the service was away. */
async function signOutAfterAll() {
  if (!(await told(LEAVING))) return;
  await fetch(SIGN_OUT, { method: "POST", redirect: "manual" });
  await untell(LEAVING);
}

/** Wait for an answer, but not as long as a network does that is there and brings nothing. */
function soon(answer) {
  const late = new Promise((_, reject) => { setTimeout(reject, PATIENCE); });
  return Promise.race([answer, late]);
}
