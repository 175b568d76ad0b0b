import { MethodTable } from '@/components/method/method-table';
import type { MethodWords } from '@/components/method/method-words';
import type { RivalFigures } from '@/lib/core/words/method-figures';

/** Other rules on the very same counts, ours first. */
export function RivalTable({
  rivals,
  words: { t, figures },
}: {
  readonly rivals: readonly RivalFigures[];
  readonly words: MethodWords;
}) {
  const title = t('rivals.title');
  const columns = [
    { key: 'rule', name: t('rivals.head.rule'), isText: true },
    ...(['even', 'uneven', 'extreme', 'few', 'atPlan', 'atTwice'] as const).map((key) => ({
      key,
      name: t(`rivals.head.${key}`),
    })),
    { key: 'people', name: t('rivals.head.people') },
    { key: 'withdrawn', name: t('rivals.head.withdrawn') },
  ];
  return (
    <MethodTable
      id="rivals"
      title={title}
      about={t('rivals.about')}
      scroll={t('found.scroll', { title })}
      columns={columns}
      spans={[
        { name: '', columns: 1 },
        { name: t('rivals.head.false'), columns: 4 },
        { name: t('rivals.head.power'), columns: 2 },
        { name: '', columns: 2 },
      ]}
      groups={[
        {
          key: 'all',
          name: null,
          rows: rivals.map((rival) => ({
            key: rival.id,
            isOurs: rival.id.startsWith('ours'),
            cells: [
              t(`rivals.id.${rival.id}`),
              figures.share(rival.falseCalls.even),
              figures.share(rival.falseCalls.uneven),
              figures.share(rival.falseCalls.extreme),
              figures.share(rival.falseCalls.few),
              figures.share(rival.powerAtPlan),
              figures.share(rival.powerAtTwice),
              figures.count(rival.meanPeople),
              figures.share(rival.withdrawn),
            ],
          })),
        },
      ]}
      foot={t('rivals.foot')}
    />
  );
}
