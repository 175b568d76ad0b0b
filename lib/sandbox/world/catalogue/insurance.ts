import { DAY_MS, HOUR_MS } from '@/lib/sandbox/clock';
import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Calendar } from './calendar';
import { GOAL, INSURANCE } from './sites';
import { tell } from './tell';

/** Insurance FR: the clear stories, and the one that is decided while people watch. */
export function tellInsurance({ epochMs, daysAgo }: Calendar): ExperimentPlan[] {
  const siteId = INSURANCE;
  return [
    tell({
      id: 188401,
      siteId,
      name: 'Quote funnel, second redesign',
      description: 'Three ways to shorten the way from the first question to the price.',
      baseUrl: 'https://www.insurance.example/quote',
      launchMs: daysAgo(26.3),
      variations: [
        { id: 901001, name: 'Redesign 1' },
        { id: 901002, name: 'Redesign 2' },
        { id: 901003, name: 'Short form' },
      ],
      visitorsPerDay: 6_400,
      rates: [
        [GOAL.subscription, [0.06, 0.0605, 0.061, 0.0765]],
        [GOAL.quote, [0.31, 0.312, 0.318, 0.352]],
        [GOAL.callBack, [0.021, 0.021, 0.021, 0.02]],
      ],
      deserved: { kind: 'winner', arm: 3 },
    }),
    tell({
      id: 188402,
      siteId,
      name: 'Price shown before the phone number',
      description: 'People see what it costs before they are asked for a phone number.',
      baseUrl: 'https://www.insurance.example/quote/price',
      launchMs: daysAgo(22.1),
      variations: [{ id: 901004, name: 'Price first' }],
      visitorsPerDay: 4_000,
      rates: [
        [GOAL.subscription, [0.05, 0.0585]],
        [GOAL.quote, [0.3, 0.33]],
      ],
      deserved: { kind: 'winner', arm: 1 },
    }),
    tell({
      id: 188403,
      siteId,
      name: 'One-page claim form',
      description: 'All questions of a claim on one page instead of six.',
      baseUrl: 'https://www.insurance.example/claims',
      launchMs: daysAgo(2.6),
      variations: [{ id: 901005, name: 'One page' }],
      visitorsPerDay: 7_800,
      rates: [
        [GOAL.claim, [0.09, 0.056]],
        [GOAL.callBack, [0.02, 0.029]],
      ],
      deserved: { kind: 'loser', arm: 1 },
    }),
    tell({
      id: 188404,
      siteId,
      name: 'Advisor call-back, where to offer it',
      description: 'A call from an advisor, offered in the header or beside the quote.',
      baseUrl: 'https://www.insurance.example/advisor',
      launchMs: daysAgo(24.4),
      variations: [
        { id: 901006, name: 'In the header' },
        { id: 901007, name: 'Beside the quote' },
      ],
      visitorsPerDay: 5_000,
      rates: [
        [GOAL.callBack, [0.07, 0.083, 0.083]],
        [GOAL.subscription, [0.048, 0.05, 0.05]],
      ],
      deserved: { kind: 'several-winners', arms: [1, 2] },
    }),
    tellAlmostDecided(epochMs, daysAgo(8.3)),
    tell({
      id: 188406,
      siteId,
      name: 'Trust badges under the quote',
      description: 'Seals of two consumer tests right under the price.',
      baseUrl: 'https://www.insurance.example/quote/price',
      launchMs: daysAgo(19.2),
      variations: [{ id: 901009, name: 'With badges' }],
      visitorsPerDay: 1_650,
      rates: [
        [GOAL.subscription, [0.041, 0.0412]],
        [GOAL.quote, [0.29, 0.29]],
        [GOAL.callBack, [0.02, 0.02]],
        [GOAL.upsell, [0.011, 0.011]],
      ],
      deserved: { kind: 'inconclusive' },
    }),
    tell({
      id: 188407,
      siteId,
      name: '自動車保険の見積もり：新しい入力フォーム',
      description: 'The Japanese quote form, shown to a tenth of the visitors at first.',
      baseUrl: 'https://www.insurance.example/ja/quote',
      launchMs: daysAgo(20.5),
      configured: [0.9, 0.1],
      variations: [{ id: 901010, name: '短いフォーム（三つの質問）' }],
      visitorsPerDay: 3_300,
      rates: [[GOAL.carQuote, [0.05, 0.071]]],
      deserved: { kind: 'winner', arm: 1 },
    }),
    {
      id: 188408,
      siteId,
      name: 'Chat on the claims page',
      description: '',
      status: 'draft',
      type: 'CLASSIC',
      allocation: 'MANUAL',
      baseUrl: null,
      hasOriginal: true,
      variations: [{ id: 901011, name: 'Variation 1' }],
      configured: [0.5, 0.5],
      goals: [GOAL.claim],
      createdMs: daysAgo(1.4),
      splitSetMs: daysAgo(1.4),
      streams: [],
      deserved: { kind: 'anything' },
    },
  ];
}

/**
 * Eight days of a small true lift bring it close; the newsletter that goes out at the epoch brings
 * the evidence that was missing. The three lanes let the seeds be settled one after the other.
 */
function tellAlmostDecided(epochMs: number, launchMs: number): ExperimentPlan {
  const usual = [0.08, 0.0839];
  const withCover = (rates: readonly number[]) => ({
    [GOAL.upsell]: rates,
    [GOAL.subscription]: [0.047, 0.0475],
  });
  return tell({
    id: 188405,
    siteId: INSURANCE,
    name: 'Home cover offered after the quote',
    description: 'One more question at the end of a car quote: is your home covered?',
    baseUrl: 'https://www.insurance.example/quote/thanks',
    launchMs,
    variations: [{ id: 901008, name: 'Offer with a price' }],
    visitorsPerDay: 24_000,
    rates: [
      [GOAL.upsell, usual],
      [GOAL.subscription, [0.047, 0.0475]],
    ],
    stretches: [
      { toMs: epochMs - DAY_MS, lane: 0 },
      { fromMs: epochMs - DAY_MS, toMs: epochMs, lane: 1 },
      { fromMs: epochMs, lane: 2 },
      {
        fromMs: epochMs,
        toMs: epochMs + 2 * HOUR_MS,
        lane: 2,
        isFlat: true,
        visitorsPerDay: 24 * 6_000,
        rates: withCover([0.07, 0.125]),
      },
    ],
    deserved: { kind: 'almost-decided' },
  });
}
