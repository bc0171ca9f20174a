// The names and telephone numbers of today's list on this device, until midnight and no longer.
import { alone, owner } from "./queue.js";
import { forget, seal, tell, told, unsealed, untell } from "./store.js";

const DAY = "day";
const FRESH = 15 * 60_000;
const carries = (who) => `${who}/carries`;

/** Say whether somebody chose to take the list along on this device. */
export const taken = async (who) => (await told(carries(who))) === true;

/** Give the list; one that is over, or of a day that this clock has not reached, is gone for good. */
export async function list(who) {
  const [found] = await unsealed(who, DAY);
  if (!found) return null;
  if (Date.now() < found.until && Date.now() >= found.at) return found;
  await forget(who, DAY);
  return null;
}

/** Fetch the list anew and keep it; false when that did not work out. */
export async function take(who) {
  try {
    const answer = await fetch("/wachtrij/vandaag", { headers: { "device-of": who } });
    if (!answer.ok) return false;
    const { until, lines } = await answer.json();
    return await alone(async () => {
      if ((await owner()) !== who) return false; // they signed out meanwhile
      await forget(who, DAY);
      await seal(who, DAY, "list", { at: Date.now(), until: Date.parse(until), lines });
      await tell(carries(who), true);
      return true;
    });
  } catch {
    return false;
  }
}

/** Fetch it again for who takes it along, when what is here is not of just now. */
export async function refresh(who) {
  const found = await list(who);
  if ((await taken(who)) && !(found && Date.now() - found.at < FRESH)) await take(who);
}

/** Leave the list behind: what is here goes, and no other is fetched. */
export async function leave(who) {
  await untell(carries(who));
  await forget(who, DAY);
}

/** Take away what another person left here; their own choice to take it along stays theirs. */
export const close = (who) => forget(who, DAY);
