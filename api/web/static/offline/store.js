// Keeps things in this browser so that its files tell nothing: IndexedDB, AES-GCM, own keys only.
const NAME = "samenspoor";
const CIPHER = "AES-GCM";
const STORES = ["keys", "sealed", "plain"];

const answered = (request) =>
  new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });

let opened;
function database() {
  opened ??= (async () => {
    const request = indexedDB.open(NAME, 1);
    request.onupgradeneeded = () => STORES.forEach((each) => request.result.createObjectStore(each));
    const found = await answered(request);
    found.onclose = () => { opened = undefined; };
    return found;
  })().catch((error) => {
    opened = undefined; // what does not open now may open later
    throw error;
  });
  return opened;
}

/** Do something with one store; a change has reached the disk when this comes back. */
async function within(store, mode, act) {
  const work = (await database()).transaction(store, mode, { durability: "strict" });
  const over = new Promise((resolve, reject) => {
    work.oncomplete = resolve;
    work.onabort = () => reject(work.error);
  });
  const found = await act(work.objectStore(store));
  await over;
  return found;
}

const of = (owner, kind) => `${owner}/${kind}`;
const range = (start) => IDBKeyRange.bound(`${start}/`, `${start}/\uffff`);

/** Plain values are never about anybody: whose turn it is by a mark, a language, a choice. */
export const told = (name) => within("plain", "readonly", (plain) => answered(plain.get(name)));
export const tell = (name, value) => within("plain", "readwrite", (p) => answered(p.put(value, name)));
export const untell = (name) => within("plain", "readwrite", (plain) => answered(plain.delete(name)));

const keyOf = (owner, kind) => within("keys", "readonly", (k) => answered(k.get(of(owner, kind))));

async function keyFor(owner, kind) {
  const found = await keyOf(owner, kind);
  if (found) return found;
  const made = await crypto.subtle.generateKey({ name: CIPHER, length: 256 }, false, ["encrypt", "decrypt"]);
  return within("keys", "readwrite", async (keys) => {
    const first = await answered(keys.get(of(owner, kind))); // another tab may have been before us
    if (!first) await answered(keys.put(made, of(owner, kind)));
    return first ?? made;
  });
}

const bytes = (text) => new TextEncoder().encode(text);

/** Seal a value of somebody; `name` may be read by whoever reads the files of this browser. */
export async function seal(owner, kind, name, value) {
  const id = `${of(owner, kind)}/${name}`;
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const key = await keyFor(owner, kind);
  const how = { name: CIPHER, iv, additionalData: bytes(id) };
  const box = await crypto.subtle.encrypt(how, key, bytes(JSON.stringify(value)));
  await within("sealed", "readwrite", (sealed) => answered(sealed.put({ iv, box }, id)));
}

/** Give all of a kind that somebody keeps here; what cannot be opened is nobody's any more. */
export async function unsealed(owner, kind) {
  const key = await keyOf(owner, kind);
  if (!key) return [];
  const all = range(of(owner, kind));
  const [ids, found] = await within("sealed", "readonly", (sealed) =>
    Promise.all([answered(sealed.getAllKeys(all)), answered(sealed.getAll(all))]));
  const values = await Promise.all(found.map(async ({ iv, box }, at) => {
    try {
      const how = { name: CIPHER, iv, additionalData: bytes(ids[at]) };
      return JSON.parse(new TextDecoder().decode(await crypto.subtle.decrypt(how, key, box)));
    } catch {
      return null;
    }
  }));
  return values.filter((each) => each !== null);
}

/** Take one thing of somebody away. */
export const drop = (owner, kind, name) =>
  within("sealed", "readwrite", (sealed) => answered(sealed.delete(`${of(owner, kind)}/${name}`)));

/** Take all of a kind away: the key first, so that what is left for a moment opens nothing. */
export async function forget(owner, kind) {
  await within("keys", "readwrite", (keys) => answered(keys.delete(of(owner, kind))));
  await within("sealed", "readwrite", (sealed) => answered(sealed.delete(range(of(owner, kind)))));
}

/** Take everything of somebody away, the keys first. */
export async function wipe(owner) {
  for (const each of STORES) await within(each, "readwrite", (store) => answered(store.delete(range(owner))));
}
