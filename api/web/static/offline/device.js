// The page about this device: what waits here, the list of today, and noting without a connection.
// All its words stand in the page, which holds nothing of anybody; what is kept is put in between.
import { dayOf, entries, owner, present, settle, REFUSED } from "./queue.js";
import { leave, list, take, taken } from "./day.js";
import { flush, keeps, untilDone, LATER, SOON } from "./page.js";
import { told } from "./store.js";

const at = (id) => document.getElementById(id);
const show = (id, shown = true) => { at(id).hidden = !shown; };
const page = at("device");
const cut = "cutOff" in page.dataset;
const asksForThis = new URLSearchParams(location.search).has("los"); // also where there is a connection
const me = document.querySelector("meta[name=device]")?.content;
const lang = document.documentElement.lang;
let drawn;
const tries = history.state?.tries ?? 0; // how often it was opened anew in vain
const A_MOMENT = 50; // a clock may wake somewhat early
const writing = cut && /^\/traject\/[0-9a-f-]{36}\/contact$/.test(location.pathname);

/** Whose things are shown: who is signed in, or without a connection who still is. */
async function whose() {
  const found = await present();
  return found && (me ? found.who === me : cut) ? found : {};
}

/** Give the list of somebody; of who is not signed in nothing but that it may be over. */
async function today(who) {
  const last = await owner();
  const found = last && (await list(last));
  return who && found;
}

const copy = (id) => at(id).content.firstElementChild.cloneNode(true);
const part = (from, name) => from.querySelector(`[data-part=${name}]`);
const when = (moment) => new Date(moment).toLocaleString(lang, { weekday: "long", hour: "2-digit", minute: "2-digit" });
const file = (action) => action.split("/").slice(0, 3).join("/");

/** Give the longest thing that somebody typed themselves, not what they chose. */
const words = (fields) =>
  fields.map(([, value]) => value.trim()).filter((value) => /\s/.test(value))
    .sort((one, other) => other.length - one.length)[0] ?? "";

const known = (action) => at("headings").content.querySelector(`[data-form="${action.split("/").at(-1)}"]`);
const headed = (action) => (known(action) ?? part(at("headings").content, "other")).textContent;
const callsForHelp = ({ action }) => "calls" in (known(action)?.dataset ?? {});

function waiting(who, each, names) {
  const item = copy("entry");
  const name = names.get(file(each.action));
  const heading = name ? `${headed(each.action)}: ${name}` : headed(each.action);
  part(item, "heading").textContent = heading;
  part(item, "when").textContent = when(each.at);
  part(item, "words").textContent = words(each.fields);
  part(item, "words").hidden = !words(each.fields);
  for (const state of item.querySelectorAll("[data-state]")) state.hidden = state.dataset.state !== each.state;
  part(item, "said").textContent = each.said;
  part(item, "said").hidden = !each.said;
  const open = part(item, "open");
  open.hidden = cut || each.state !== REFUSED;
  open.href = `${each.action}#wacht-${each.key}`;
  for (const button of item.querySelectorAll("button, a")) button.setAttribute("aria-label", `${button.textContent.trim()}: ${heading}`);
  const sure = part(item, "sure");
  part(item, "away").addEventListener("click", () => {
    sure.hidden = false;
    part(item, "no").focus();
  });
  part(item, "no").addEventListener("click", () => {
    sure.hidden = true;
    part(item, "away").focus();
  });
  part(item, "yes").addEventListener("click", async () => {
    await settle(who, each.key);
    await draw();
    at("waiting-h").focus();
  });
  return item;
}

/** Let a form that the service did not fill in say whose it is, under a key of its own. */
function sign(form, who) {
  form.elements["device-of"].value = who;
  form.elements.key.value = crypto.randomUUID();
}

function line(who, { trajectory, name, telephone }) {
  const item = copy("line");
  part(item, "name").textContent = name;
  const call = part(item, "call");
  call.hidden = !telephone;
  call.href = `tel:${(telephone ?? "").replace(/[^+\d]/g, "")}`;
  part(call, "number").textContent = telephone ?? "";
  part(item, "none").hidden = Boolean(telephone);
  const note = part(item, "note");
  note.href = `/traject/${trajectory}/contact`;
  note.setAttribute("aria-label", `${note.textContent.trim()}: ${name}`);
  const form = item.querySelector("form");
  form.action = `/traject/${trajectory}/geen-gehoor`;
  sign(form, who);
  const button = form.querySelector("button");
  button.setAttribute("aria-label", `${button.textContent.trim()}: ${name}`);
  return item;
}

/** Let somebody note a contact on the address of that form, which could not be fetched. */
function write(who) {
  const form = at("write").querySelector("form");
  form.action = location.pathname;
  sign(form, who);
  form.elements.occurred_on.value = dayOf(Date.now());
  show("write");
}

/** Say about whom that is, when it is somebody on the list. */
function about(found) {
  const name = found?.lines.find((each) => location.pathname.includes(each.trajectory))?.name;
  part(at("write"), "about").hidden = !name;
  part(at("write"), "name").textContent = name ?? "";
}

async function draw() {
  const { who, until } = await whose();
  const found = await today(who);
  const [waits, carried] = who ? [await entries(who), await taken(who)] : [[], false];
  const now = JSON.stringify([who, waits, found, carried, location.hash]);
  if (now === drawn) return; // what somebody is about to press stays under their finger
  drawn = now;
  const names = new Map((found?.lines ?? []).map((each) => [`/traject/${each.trajectory}`, each.name]));
  at("waiting").replaceChildren(...waits.map((each) => waiting(who, each, names)));
  show("queue", Boolean(who) && !writing);
  show("nothing-waits", !waits.length);
  show("send", waits.some((each) => each.state !== REFUSED));
  show("leave", waits.length > 0 && location.hash === "#afmelden" && Boolean(me));
  show("stranger", !who);
  show("call", waits.some(callsForHelp) || !knowing(who));
  if (at("carry")) {
    show("carry", Boolean(who) && !cut && !carried);
    show("carried", Boolean(who) && !cut && carried);
  }
  show("today", !writing && (Boolean(found) || (Boolean(who) && at("carry") !== null)));
  show("list", Boolean(found));
  at("lines").replaceChildren(...(found?.lines ?? []).map((each) => line(who, each)));
  show("nobody-today", found?.lines.length === 0);
  if (who) setTimeout(draw, Math.min(until, found?.until ?? until) - Date.now() + A_MOMENT);
  about(found);
}

/** Open the page anew once the service answers: a device says too soon that it is connected. */
async function comeBack() {
  try {
    const answer = await fetch("/livez", { cache: "no-store" });
    if (!answer.ok) return false;
  } catch {
    return false;
  }
  history.replaceState({ tries: tries + 1 }, ""); // which this page still knows when it comes back
  if (asksForThis) location.replace(location.pathname + location.hash);
  else location.reload();
  return true;
}

/** Say whether it is known what was saved just now; if not, it may have been a call for help. */
const knowing = (who) => location.hash !== "#niet-bewaard" && (location.hash !== "#bewaard" || Boolean(who));

async function begin() {
  show("niet-bewaard", location.hash === "#niet-bewaard");
  show("call", !knowing());
  if (!(await keeps)) return; // the page goes on saying that nothing is kept
  await draw();
  show("nothing-kept", false);
  show("kept");
  show("cut-off", cut);
  const { who } = await whose();
  if (writing && who) write(who);
  for (const each of ["bewaard", "afgemeld"]) show(each, location.hash === `#${each}`);
  document.addEventListener("queue", draw);
  addEventListener("hashchange", draw);
  const again = cut && !writing ? untilDone(comeBack) : flush;
  at("send").addEventListener("click", again);
  if (cut) setTimeout(again, tries && Math.min(SOON * 2 ** tries, LATER)); // or it goes round and round
  at("carry")?.addEventListener("click", async () => {
    show("not-fetched", !(await take(me)));
    await draw();
  });
  at("leave-list")?.addEventListener("click", async () => {
    await leave(me);
    await draw();
  });
  const letters = cut && who && (await told(`${who}/letters`));
  if (letters) document.documentElement.dataset.letter = letters;
}

begin();
