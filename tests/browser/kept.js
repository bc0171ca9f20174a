// Gives all that this browser keeps for the service, as somebody would read it in its files.
async () => {
  const answered = (request) => new Promise((resolve, reject) => {
    request.onsuccess = () => resolve(request.result);
    request.onerror = () => reject(request.error);
  });
  const text = (value) => {
    if (value instanceof ArrayBuffer || ArrayBuffer.isView(value)) {
      const bytes = new Uint8Array(value.buffer ?? value);
      return [...bytes].map((each) => String.fromCharCode(each)).join("");
    }
    if (value instanceof CryptoKey) return value.extractable ? "a key that can be taken out" : "a key";
    if (value && typeof value === "object") {
      return Object.entries(value).map(([name, each]) => `${name}=${text(each)}`).join(" ");
    }
    return String(value);
  };
  const kept = { keys: [], sealed: [], plain: [], storage: [], caches: [] };
  for (const { name } of await indexedDB.databases()) {
    const database = await answered(indexedDB.open(name));
    for (const store of database.objectStoreNames) {
      const found = database.transaction(store).objectStore(store);
      const [keys, values] = await Promise.all([answered(found.getAllKeys()), answered(found.getAll())]);
      kept[store].push(...keys.map((key, at) => `${key} ${text(values[at])}`));
    }
    database.close();
  }
  for (const storage of [localStorage, sessionStorage]) {
    kept.storage.push(...Object.entries(storage).map(([name, value]) => `${name} ${value}`));
  }
  for (const name of await caches.keys()) {
    const cache = await caches.open(name);
    for (const request of await cache.keys()) {
      kept.caches.push(`${request.url} ${await (await cache.match(request)).text()}`);
    }
  }
  return kept;
}
