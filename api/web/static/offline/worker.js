// Stands between the pages and the service: keeps a form that it cannot deliver, and shows a page
// about this device when the service is away. It never keeps a page of anybody.
import { keep, leaves, owner, saved, settle, writer } from "./queue.js";
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
    const asked = new URL(request.url).searchParams.get("lang");
    const wanted = asked ?? (await tried(() => told("language")));
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
    const who = writer(fields);
    const action = new URL(request.url).pathname;
    const mayBeKept = Boolean(key && who);
    const leaving = async () => leaves(await owner(), fields.some(([name]) => name === "sure"));
    if (action === SIGN_OUT && (await tried(leaving)) === false) {
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
      const lost = answer.status === 401 && !answer.headers.has("typed-text-kept");
      if (mayBeKept && saved(answer)) await tried(() => settle(who, key));
      if (mayBeKept && lost) await tried(() => keep(who, action, fields));
      return answer;
    }
    if (mayBeKept && (await done(() => keep(who, action, fields)))) {
      return Response.redirect(`${PAGE}#bewaard`, 303);
    }
    if (action === SIGN_OUT && (await done(() => tell(LEAVING, true)))) {
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

/** Sign out now, when somebody did so while the service was away; until that is done, it is away. */
async function signOutAfterAll() {
  if (!(await tried(() => told(LEAVING)))) return;
  const answer = await soon(fetch(SIGN_OUT, { method: "POST", redirect: "manual" }));
  if (!saved(answer)) throw new Error("not signed out yet");
  await untell(LEAVING);
}

/** Give what comes of it; nothing where this browser lets nothing be kept: pages go on as ever. */
async function tried(act) {
  try {
    return await act();
  } catch {
    return undefined;
  }
}

/** Say whether that was done. */
const done = (act) => tried(async () => {
  await act();
  return true;
});

/** Wait for an answer, but not as long as a network does that is there and brings nothing. */
function soon(answer) {
  const late = new Promise((_, reject) => { setTimeout(reject, PATIENCE); });
  return Promise.race([answer, late]);
}
