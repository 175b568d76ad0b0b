import { MethodTable } from '@/components/method/method-table';
import type { MethodRow } from '@/components/method/method-table';
import type { MethodWords } from '@/components/method/method-words';
import type { MethodMessages } from '@/lib/core/words/method-messages';
import type { NothingFigures } from '@/lib/core/words/method-figures';

type NamedId = keyof MethodMessages['nothing']['id'];

const GROUPS = ['rates', 'splits', 'arms', 'looks', 'traffic', 'data'] as const;

const COLUMNS = [
  'people',
  'looks',
  'called',
  'winners',
  'called',
  'winners',
  'blocked',
  'unguarded',
] as const;

/** Experiments in which nothing differs: every call is a false one. */
export function NothingTable({
  nothing,
  words,
}: {
  readonly nothing: readonly NothingFigures[];
  readonly words: MethodWords;
}) {
  const { t } = words;
  const title = t('nothing.title');
  return (
    <MethodTable
      id="nothing"
      title={title}
      about={t('nothing.about')}
      scroll={t('found.scroll', { title })}
      columns={[
        { key: 'case', name: t('nothing.head.case'), isText: true },
        ...COLUMNS.map((key, at) => ({ key: `${key} ${at}`, name: t(`nothing.head.${key}`) })),
      ]}
      spans={[
        { name: '', columns: 3 },
        { name: t('nothing.head.open'), columns: 2 },
        { name: t('nothing.head.planned'), columns: 2 },
        { name: '', columns: 2 },
      ]}
      groups={GROUPS.map((group) => ({
        key: group,
        name: t(`nothing.group.${group}`),
        rows: nothing.filter((row) => row.group === group).map((row) => toRow(row, words)),
      })).filter(({ rows }) => rows.length > 0)}
      foot={t('nothing.foot')}
    />
  );
}

function toRow(row: NothingFigures, { t, figures }: MethodWords): MethodRow {
  const { id, rates, weights, open, planned, unguarded } = row;
  const values = { rate: figures.rate(rates[0] ?? 0), split: figures.split(weights) };
  // One experiment may be both.
  const held = Math.max(open.blocked, open.withheld);
  return {
    key: id,
    cells: [
      isNamed(id, t) ? t(`nothing.id.${id}`, values) : t('nothing.plain', values),
      figures.count(row.visitors),
      figures.count(row.looks),
      figures.share(open.called),
      figures.share(open.winners),
      planned === null ? '' : figures.share(planned.called),
      planned === null ? '' : figures.share(planned.winners),
      held === 0 ? '' : figures.share(held),
      unguarded === null ? '' : figures.share(unguarded),
    ],
  };
}

/** The bench may know more scenarios than there are names; those are told by their figures. */
const isNamed = (id: string, t: MethodWords['t']): id is NamedId =>
  !id.includes('.') && t.has(`nothing.id.${id as NamedId}`);
