import type { Disk } from '@/lib/cli/verdict/code/disk';
import { toSafeName } from '@/lib/cli/verdict/code/safe-name';
import type { AutomationApi } from '@/lib/server/kameleoon/api';
import type { VariationObject } from '@/lib/server/kameleoon/objects';

/**
 * Where a variation's code lies: `<SITECODE>-<host>/experiments/<EXP_ID>-<name>/<VARIATION_ID>-<name>`, without its
 * ending. Ids are the text before the first dash, so a folder that is there keeps its name when upstream's changes.
 */
export function createPlaces(api: AutomationApi, disk: Disk) {
  const experiments = new Map<string, Promise<{ siteId: string | null; name: string }>>();
  const sites = new Map<string, Promise<string>>();

  const remember = <Value>(
    known: Map<string, Promise<Value>>,
    key: string,
    make: () => Promise<Value>,
  ): Promise<Value> => {
    const found = known.get(key) ?? make();
    known.set(key, found);
    return found;
  };
  /** The folder of that id where there is one, else a new name for it. */
  const folderOf = (parent: string, id: string, name: string): string =>
    disk.names(parent).find((own) => own.startsWith(`${id}-`)) ?? `${id}-${name}`;

  const siteFolder = (id: string): Promise<string> =>
    remember(sites, id, async () => {
      const { code, url } = await api.sites.read(id);
      return folderOf('', toSafeName(code ?? id, id), toSafeName(hostOf(url), 'site'));
    });

  return {
    async of(variation: VariationObject): Promise<string> {
      const { id, experimentId } = variation;
      const own = toSafeName(variation.name ?? '', 'variation');
      if (experimentId === null) {
        const site = variation.siteId === null ? 'variations' : await siteFolder(variation.siteId);
        return `${site}/variations/${id}-${own}`;
      }
      const { siteId, name } = await remember(experiments, experimentId, async () => {
        const found = await api.experiments.read(experimentId);
        return { siteId: found.siteId, name: toSafeName(found.name ?? '', 'experiment') };
      });
      const site = siteId ?? variation.siteId;
      const parent = `${site === null ? 'site' : await siteFolder(site)}/experiments`;
      return `${parent}/${folderOf(parent, experimentId, name)}/${id}-${own}`;
    },
  };
}

function hostOf(url: string | null): string {
  const text = url ?? '';
  const full = /^[a-z]+:\/\//i.test(text) ? text : `https://${text}`;
  return URL.canParse(full) ? new URL(full).hostname : '';
}
