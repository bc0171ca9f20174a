// What every page does with what this device keeps: say whose it is, send what waits, and take all
// away with the sign-out. Without it a page works as ever, and nothing is kept.
import { becomes, ended, entries, leaves, owner, send } from "./queue.js";
import { close, refresh } from "./day.js";
import { tell } from "./store.js";

export const SOON = 1_000;
export const LATER = 30_000;
const SIGN_OUT = "/afmelden";
const said = (name) => document.querySelector(`meta[name=${name}]`)?.content;
const me = said("device");
const until = Date.now() + Number(said("device-lasts")) * 1_000;
const cut = document.querySelector("[data-cut-off]") !== null;
const marks = [...document.querySelectorAll("[data-waits]")];

export const possible = Boolean(window.isSecureContext && navigator.serviceWorker && navigator.locks);

/** Say on the page how much waits here. */
async function mark() {
  const count = me ? (await entries(me)).length : 0;
  for (const each of marks) {
    each.hidden = count === 0;
    each.querySelector(".num").textContent = count;
  }
  document.dispatchEvent(new CustomEvent("queue"));
}

/** Give what does this now, and again until it is done: after ever longer pauses, and at once when
 * the device says that it is connected. */
export function untilDone(act) {
  let pause = SOON;
  let timer;
  async function go() {
    clearTimeout(timer);
    if (await act()) return;
    timer = setTimeout(go, pause);
    pause = Math.min(2 * pause, LATER);
  }
  function now() {
    pause = SOON;
    return go();
  }
  addEventListener("online", now);
  return now;
}

/** Send what waits. */
export const flush = untilDone(async () => {
  if (!me || !possible) return true;
  const { reached } = await send(me);
  await mark();
  return reached;
});

/** This device is of who is signed in; of another only what they wrote stays here, closed. */
async function mine() {
  await tell("language", document.documentElement.lang);
  const before = await owner();
  if (!me && !cut) await ended();
  if (!me) return;
  if (before && before !== me) await close(before);
  await becomes(me, until);
  await tell(`${me}/letters`, document.documentElement.dataset.letter ?? "");
}

/** Give where a form goes; one of its fields may be called "action". */
const goes = (form) => new URL(form.getAttribute("action") ?? "", location.href).pathname;

/** Fill in again what waits, on the page of its own form. */
async function fill() {
  const key = /^#wacht-([0-9a-f-]{36})$/.exec(location.hash)?.[1];
  const form = key && document.querySelector("main form.form[method=post]");
  const found = form && (await entries(me)).find((each) => each.key === key);
  if (!found || goes(form) !== found.action) return;
  history.replaceState(null, "", location.pathname);
  for (const field of form.elements) {
    const values = found.fields.filter(([name]) => name === field.name).map(([, value]) => value);
    if (/^(radio|checkbox)$/.test(field.type)) field.checked = values.includes(field.value);
    else if (values.length && field.type !== "submit") field.value = values[0];
  }
  form.querySelectorAll("details").forEach((each) => { each.open = true; });
}

/** Leave this device as the worker does, on a page that it does not stand behind yet. */
async function signOut(event) {
  const form = event.target;
  if (navigator.serviceWorker.controller || goes(form) !== SIGN_OUT) return;
  event.preventDefault();
  const sure = "sure" in form.elements;
  if (!(await keeps) || (await leaves(await owner(), sure))) form.submit();
  else location.assign("/wachtrij#afmelden");
}

/** Whether this browser lets anything be kept; known once it is said whose device it is. */
export const keeps = possible ? mine().then(() => true, () => false) : Promise.resolve(false);

async function begin() {
  if (me) document.addEventListener("submit", signOut);
  const able = await keeps;
  navigator.serviceWorker.register("/sw.js", { type: "module" });
  if (!able) return;
  if (me) await fill();
  await (me ? flush() : mark());
  if (me && location.pathname === "/vandaag") await refresh(me); // each time is a look at these files
}

if (possible) begin();
