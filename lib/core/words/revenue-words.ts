/** What may honestly be said of revenue: points, what they are made of, and what nobody can know from sums. */
import type { RevenueArm, RevenueComparison } from '@/lib/core/analysis/revenue';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { nameOf } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';

export interface RevenueWords {
  readonly key: string;
  readonly name: string;
  /** Value per visitor, per order, and how many orders: those there are. */
  readonly points: readonly Phrase[];
  readonly lift: Phrase | null;
  readonly judgement: Phrase | null;
}

export function revenueInWords(arm: RevenueArm, reading: Reading, formats: Formats): RevenueWords {
  const { variationId, perVisitor, perOrder, orders, comparison } = arm;
  const point = (key: 'perVisitor' | 'perOrder', value: number | null): Phrase[] =>
    value === null ? [] : [say(`revenue.${key}`, { value: formats.money(value) })];
  return {
    key: variationId,
    name: nameOf(reading, variationId),
    points: [
      ...point('perVisitor', perVisitor),
      ...point('perOrder', perOrder),
      say('revenue.orders', { orders }),
    ],
    lift: comparison && liftInWords(comparison, formats),
    judgement: comparison && judgementInWords(comparison, reading, formats),
  };
}

function liftInWords({ lift, parts }: RevenueComparison, formats: Formats): Phrase | null {
  if (lift === null) return null;
  const { rate, ordersPerBuyer, perOrder } = parts;
  if (rate === null || ordersPerBuyer === null || perOrder === null)
    return say('revenue.liftPlain', { lift: formats.signedPercent(lift) });
  return say('revenue.lift', {
    lift: formats.signedPercent(lift),
    rate: formats.signedPercent(rate),
    ordersPerBuyer: formats.signedPercent(ordersPerBuyer),
    perOrder: formats.signedPercent(perOrder),
  });
}

function judgementInWords(
  { judgement }: RevenueComparison,
  reading: Reading,
  formats: Formats,
): Phrase {
  switch (judgement.kind) {
    case 'undetermined': {
      const { cap } = judgement;
      if (cap.kind === 'none') return say('revenue.judgement.undetermined');
      return cap.kind === 'few-orders'
        ? say('revenue.judgement.few-orders', {
            smallest: cap.smallest,
            needed: formats.count(cap.needed),
          })
        : say('revenue.judgement.cap-broken', {
            name: nameOf(reading, cap.variationId),
            perOrder: formats.money(cap.perOrder),
            cap: formats.money(cap.cap),
          });
    }
    case 'bounded':
      return say('revenue.judgement.bounded', {
        claim: judgement.claim,
        lower: formats.money(judgement.interval.lower),
        upper: formats.money(judgement.interval.upper),
        cap: formats.money(judgement.cap),
      });
    default:
      return say(`revenue.judgement.${judgement.kind}`);
  }
}
