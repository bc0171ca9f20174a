// What somebody saved while the service was away, until it says that it has it.
//
// A form is answered with a redirect when it was saved and with a page when it was not. So it is
// sent without following redirects: a redirect is all we need to know, and nothing is read twice.
import { drop, seal, tell, told, unsealed, untell, wipe } from "./store.js";

const QUEUE = "queue";
const OWNER = "owner";
const PATIENCE = 20_000;
const MINE = "device-of"; // the field of a form that says whose page it was
const PASSING = new Set([429, 502, 503, 504]);
const ZONE = "Europe/Amsterdam"; // days are those of the service, wherever the device is
export const WAITS = "waits";
export const SIGN_IN = "sign-in";
export const REFUSED = "refused";

/** Give the day of a moment, as a form writes it. */
export const dayOf = (at) => new Intl.DateTimeFormat("sv-SE", { timeZone: ZONE }).format(at);

/** Say by a mark of the service whose device this is now; undefined when nobody's. */
export const owner = async () => (await told(OWNER))?.who;

/** It is of somebody now, who is signed in until that moment. */
export const becomes = (who, until) => tell(OWNER, { who, at: Date.now(), until });

/** Nobody is signed in any more: what is kept stays, and is not shown. */
export async function ended() {
  const found = await told(OWNER);
  if (found) await tell(OWNER, { ...found, until: 0 });
}

/** Give whose device this is, as long as they are signed in: later nothing of theirs is shown. */
export async function present() {
  const found = await told(OWNER);
  return found && Date.now() >= found.at && Date.now() < found.until ? found : undefined;
}

/** Change what is kept while nothing else here does: what was taken away does not come back. */
export const alone = (act) => navigator.locks.request("kept", act);

/** Say whose page a form was on, by what it sends. */
export const writer = (fields) => fields.find(([name]) => name === MINE)?.[1];

/** Keep a form that could not be sent; it happened on the day it was typed, not when it is sent. */
export async function keep(who, action, fields, at = Date.now()) {
  const key = fields.find(([name]) => name === "key")[1];
  const day = fields.find(([name, value]) => name === "occurred_on" && value);
  const sent = day ? fields : [...fields.filter(([name]) => name !== "occurred_on"), ["occurred_on", dayOf(at)]];
  await seal(who, QUEUE, key, { key, action, fields: sent, at, state: WAITS, said: "" });
}

/** Give what somebody keeps here, the oldest first. */
export const entries = async (who) =>
  (await unsealed(who, QUEUE)).sort((one, other) => one.at - other.at);

/** Take one out: it was saved, or is not wanted. */
export const settle = (who, key) => alone(() => drop(who, QUEUE, key));

/** Take all of somebody away who signs out; not while something waits, unless they are sure. */
export async function leaves(who, sure) {
  if (!who) return true;
  if (!sure && (await entries(who)).length) return false;
  await alone(async () => {
    await wipe(who);
    await untell(OWNER);
  });
  return true;
}

/** Send what waits, one tab at a time; gives how many went, and whether the service was there. */
export const send = (who) =>
  navigator.locks.request("send", { ifAvailable: true }, async (lock) => {
    const sent = { went: 0, reached: true };
    if (!lock) return sent;
    for (const each of await entries(who)) {
      if (each.state === REFUSED) continue;
      const answer = await post(who, each);
      sent.reached = answer !== null && !PASSING.has(answer.status);
      if (!sent.reached) break;
      sent.went += await heard(who, each, answer);
    }
    return sent;
  });

async function post(who, { action, fields }) {
  try {
    return await fetch(action, {
      method: "POST",
      body: new URLSearchParams([...fields.filter(([name]) => name !== MINE), [MINE, who]]),
      redirect: "manual",
      signal: AbortSignal.timeout(PATIENCE),
    });
  } catch {
    return null;
  }
}

/** Take it out when it was saved; or else keep it with what the service said. */
async function heard(who, entry, answer) {
  if (saved(answer)) {
    await settle(who, entry.key);
    return 1;
  }
  const state = answer.status === 401 ? SIGN_IN : REFUSED;
  const said = state === REFUSED ? words(await answer.text()) : "";
  await alone(async () => {
    const still = (await entries(who)).some((each) => each.key === entry.key);
    if (still) await seal(who, QUEUE, entry.key, { ...entry, state, said });
  });
  return 0;
}

/** Give what a page says about what was sent: what is not right, or why it could not be. */
function words(html) {
  const page = new DOMParser().parseFromString(html, "text/html");
  const found = ["main [role=alert] li", "main [role=alert]", "main p"]
    .map((each) => [...page.querySelectorAll(each)]).find((each) => each.length) ?? [];
  return found.map((each) => each.textContent.replace(/\s+/g, " ").trim()).join(" ");
}

/** Say whether this answer to a form means that it was saved: a page never does. */
export const saved = (answer) => answer.type === "opaqueredirect";
