import { MethodTable } from '@/components/method/method-table';
import type { MethodWords } from '@/components/method/method-words';
import type { EffectFigures, EffectOutcome } from '@/lib/core/words/method-figures';

/** Experiments in which something differs: how often that is found, and whether the interval holds the truth. */
export function EffectTable({
  effects,
  words: { t, figures },
}: {
  readonly effects: readonly EffectFigures[];
  readonly words: MethodWords;
}) {
  const title = t('effects.title');
  const parts = ['atPlan', 'atTwice', 'wrong', 'missed'] as const;
  const cells = (outcome: EffectOutcome): string[] => [
    figures.share(outcome.powerAtPlan),
    figures.share(outcome.powerAtTwice),
    figures.share(outcome.wrong),
    figures.share(Math.max(outcome.missedLift, outcome.missedDifference)),
  ];
  return (
    <MethodTable
      id="effects"
      title={title}
      about={t('effects.about')}
      scroll={t('found.scroll', { title })}
      columns={[
        { key: 'case', name: t('effects.head.case'), isText: true },
        { key: 'plan', name: t('effects.head.plan') },
        ...(['open', 'planned'] as const).flatMap((side) =>
          parts.map((part) => ({ key: `${side} ${part}`, name: t(`effects.head.${part}`) })),
        ),
      ]}
      spans={[
        { name: '', columns: 2 },
        { name: t('effects.head.open'), columns: parts.length },
        { name: t('effects.head.planned'), columns: parts.length },
      ]}
      groups={[
        {
          key: 'all',
          name: null,
          rows: effects.map((effect) => {
            const [from = 0, to = 0] = effect.rates;
            const values = {
              from: figures.rate(from),
              to: figures.rate(to),
              lift: figures.lift(to / from - 1),
              split: figures.split(effect.weights),
            };
            return {
              key: effect.id,
              cells: [
                t('effects.case', values),
                figures.count(effect.plan),
                ...cells(effect.open),
                ...cells(effect.planned),
              ],
            };
          }),
        },
      ]}
      foot={t('effects.foot')}
    />
  );
}
