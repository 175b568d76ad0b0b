import type { Report } from '@/lib/cli/analyse/report';
import { NONE, align, cells } from '@/lib/cli/analyse/table-cells';
import type { RevenueJudgement } from '@/lib/core/analysis/revenue-judgement';

/** Revenue, where it was given: points without uncertainty, and the little that may be said of them. */
export function toRevenueLines({ arms }: Report): string {
  if (arms.every(({ revenue }) => revenue === null)) return '';
  const table = align([
    ['Revenue', 'Per visitor', 'Per order', 'Lift per visitor', 'Significance'],
    ...arms.map(({ name, revenue }) => [
      name,
      cells.money(revenue?.perVisitor ?? null),
      cells.money(revenue?.perOrder ?? null),
      cells.lift(revenue?.comparison?.lift ?? null),
      revenue?.comparison ? judgementText(revenue.comparison.judgement) : NONE,
    ]),
  ]);
  return `${table}\nRevenue figures carry no uncertainty: sums do not tell how orders vary.`;
}

function judgementText(judgement: RevenueJudgement): string {
  switch (judgement.kind) {
    case 'withheld':
      return `withheld (${judgement.state})`;
    case 'no-orders':
      return 'no orders';
    case 'cannot-be-significant':
      return `not significant, whatever the orders (p at least ${cells.p(judgement.p)})`;
    case 'undetermined':
      return `undetermined${capText(judgement.cap)}`;
    case 'bounded': {
      const { lower, upper } = judgement.interval;
      const said = judgement.claim === 'open' ? 'not told apart' : judgement.claim;
      return `${said}: ${lower.toFixed(2)} to ${upper.toFixed(2)} per visitor with orders up to ${judgement.cap}`;
    }
  }
}

function capText(cap: Extract<RevenueJudgement, { kind: 'undetermined' }>['cap']): string {
  if (cap.kind === 'few-orders') return ` (${cap.smallest} of ${cap.needed} buyers)`;
  return cap.kind === 'cap-broken'
    ? ` (an order of ${cap.variationId} averages ${cap.perOrder.toFixed(2)}: the cap of ${cap.cap} is not believed)`
    : '';
}
