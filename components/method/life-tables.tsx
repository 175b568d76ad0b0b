import { MethodTable } from '@/components/method/method-table';
import type { MethodWords } from '@/components/method/method-words';
import type { MethodMessages } from '@/lib/core/words/method-messages';
import type { ControlFigures, LifeFigures } from '@/lib/core/words/method-figures';

/** What becomes of calls on truly better variations. */
export function LifeTable({
  life,
  words: { t, figures },
}: {
  readonly life: readonly LifeFigures[];
  readonly words: MethodWords;
}) {
  const title = t('calls.title');
  const columns = ['called', 'confirmed', 'shaken', 'withdrawn', 'split'] as const;
  return (
    <MethodTable
      id="calls"
      title={title}
      about={t('calls.about')}
      scroll={t('found.scroll', { title })}
      columns={[
        { key: 'case', name: t('calls.head.case'), isText: true },
        ...columns.map((key) => ({ key, name: t(`calls.head.${key}`) })),
      ]}
      groups={[
        {
          key: 'all',
          name: null,
          rows: life.map((row) => ({
            key: row.id,
            cells: [
              t(caseOf(row), { lift: figures.lift(row.lift) }),
              figures.share(row.called),
              figures.share(row.confirmed),
              figures.share(row.shaken),
              figures.rare(row.withdrawn),
              figures.rare(row.withdrawnBySplit),
            ],
          })),
        },
      ]}
    />
  );
}

/** Rows of a test that gets fewer people than its plan needs are named so. */
function caseOf({ id, looks, days }: LifeFigures) {
  const isThin = id.endsWith('-thin');
  if (looks > days) return isThin ? 'calls.hourlyThin' : 'calls.hourly';
  return isThin ? 'calls.dailyThin' : 'calls.daily';
}

type ControlId = keyof MethodMessages['controls']['id'];

/** Rules that must fail, and by how much they do. */
export function ControlTable({
  controls,
  words: { t, figures },
}: {
  readonly controls: readonly ControlFigures[];
  readonly words: MethodWords;
}) {
  const title = t('controls.title');
  return (
    <MethodTable
      id="controls"
      title={title}
      about={t('controls.about')}
      scroll={t('found.scroll', { title })}
      columns={[
        { key: 'rule', name: t('controls.head.rule'), isText: true },
        { key: 'looks', name: t('controls.head.looks') },
        { key: 'share', name: t('controls.head.share') },
        { key: 'expected', name: t('controls.head.expected') },
      ]}
      groups={[
        {
          key: 'all',
          name: null,
          rows: controls.map((row) => ({
            key: row.id,
            cells: [
              t.has(`controls.id.${row.id as ControlId}`)
                ? t(`controls.id.${row.id as ControlId}`)
                : row.id,
              figures.count(row.looks),
              figures.share(row.share),
              t('controls.range', { low: figures.share(row.low), high: figures.share(row.high) }),
            ],
          })),
        },
      ]}
    />
  );
}
