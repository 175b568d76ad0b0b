import type { Ledger } from '@/lib/cli/verdict/create/ledger';
import type { Wanted, WantedVariation } from '@/lib/cli/verdict/create/wanted';
import { InputFault } from '@/lib/cli/verdict/fault';
import { plain } from '@/lib/cli/verdict/plain';
import { readBack } from '@/lib/cli/verdict/code/read-back';
import type { Session } from '@/lib/cli/verdict/session';
import type {
  ExperimentObject,
  NewVariation,
  VariationObject,
} from '@/lib/server/kameleoon/objects';

/**
 * Gives each variation that is wanted an object of the experiment: one that has its name, else one that nobody named yet
 * (the server makes the first by itself), else a new one, attached at once so that it cannot get lost. Answers their ids
 * in the order they were named.
 */
export async function settleVariations(
  session: Session,
  experiment: ExperimentObject,
  wanted: Wanted,
  ledger: Ledger,
): Promise<readonly string[]> {
  const { api, words, progress } = session;
  if (wanted.variations.length === 0) return experiment.variationIds;
  const existing: VariationObject[] = [];
  for (const id of new Set([...experiment.variationIds, ...ledger.loose]))
    existing.push(await api.variations.read(id));

  const isWanted = ({ name }: VariationObject): boolean =>
    wanted.variations.some((one) => one.name === name);
  const free = existing.filter((one) => !isWanted(one));
  const places = wanted.variations.map(
    (one) => existing.find(({ name }) => name === one.name) ?? free.shift() ?? null,
  );
  const [extra] = free;
  if (extra !== undefined)
    throw new InputFault(
      `variation ${extra.id} "${plain(extra.name ?? '')}" of experiment ${experiment.id} is not among those named; name it with --variation, or remove it in Kameleoon`,
    );

  const ids: string[] = [];
  for (const [at, one] of wanted.variations.entries()) {
    progress.show(
      words('create.step', { at: at + 1, n: wanted.variations.length, name: one.name }),
    );
    const found = places[at] ?? null;
    const id =
      found === null
        ? await add(session, one, wanted.siteId, ledger)
        : await fill(session, found, one, ledger);
    if (!experiment.variationIds.includes(id))
      await attach(session, id, one, experiment.id, ledger);
    ids.push(id);
  }
  return ids;
}

async function add(
  { api }: Session,
  { name, ...code }: WantedVariation,
  siteId: string,
  ledger: Ledger,
): Promise<string> {
  const made = await api.variations.create({ name, siteId, ...code });
  ledger.loose.add(made.id);
  ledger.done.push({ kind: 'variation', id: made.id, name, what: 'created' });
  await readBack(api, made.id, { name, ...code });
  return made.id;
}

/** Sends only what differs. */
async function fill(
  { api }: Session,
  found: VariationObject,
  one: WantedVariation,
  ledger: Ledger,
): Promise<string> {
  const fields: Partial<NewVariation> = {
    ...(found.name !== one.name && { name: one.name }),
    ...(one.jsCode !== undefined && (found.jsCode ?? '') !== one.jsCode && { jsCode: one.jsCode }),
    ...(one.cssCode !== undefined &&
      (found.cssCode ?? '') !== one.cssCode && { cssCode: one.cssCode }),
  };
  if (Object.keys(fields).length === 0) return found.id;
  await api.variations.change(found.id, fields);
  ledger.done.push({
    kind: 'variation',
    id: found.id,
    name: one.name,
    what: 'jsCode' in fields || 'cssCode' in fields ? 'filled' : 'renamed',
  });
  await readBack(api, found.id, fields);
  return found.id;
}

async function attach(
  { api }: Session,
  id: string,
  { name }: WantedVariation,
  experimentId: string,
  ledger: Ledger,
): Promise<void> {
  await api.variations.change(id, { experimentId });
  ledger.loose.delete(id);
  ledger.done.push({ kind: 'variation', id, name, what: 'attached' });
}
