import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Calendar } from './calendar';
import { GOAL, SHOP } from './sites';
import { tell } from './tell';

/** Shop BE: what goes wrong in tests, what must not be read as a test, and names with markup. */
export function tellShop({ daysAgo }: Calendar): ExperimentPlan[] {
  const siteId = SHOP;
  const changed = daysAgo(7.2);
  const broke = daysAgo(8);
  return [
    tell({
      id: 188601,
      siteId,
      name: 'Basket as a side drawer',
      description: 'The drawer fails to load for part of Safari: these people are never counted.',
      baseUrl: 'https://shop.example/basket',
      launchMs: daysAgo(12.6),
      variations: [{ id: 901201, name: 'Drawer' }],
      visitorsPerDay: 5_200,
      rates: [
        [GOAL.order, [0.034, 0.038]],
        [GOAL.checkout, [0.11, 0.12]],
      ],
      stretches: [
        { toMs: broke },
        { fromMs: broke, browserShares: { SAFARI: [0.63, 0.37] }, shares: [0.503, 0.497] },
      ],
      deserved: { kind: 'broken-split' },
    }),
    tell({
      id: 188602,
      siteId,
      name: 'Free delivery from 39 or from 49',
      description: 'Started at 80/20 for safety, set to 50/50 a week later.',
      baseUrl: 'https://shop.example/delivery',
      launchMs: daysAgo(14.3),
      splitSetMs: changed,
      variations: [{ id: 901202, name: 'From 39' }],
      visitorsPerDay: 4_400,
      rates: [
        [GOAL.order, [0.037, 0.0385]],
        [GOAL.basket, [0.21, 0.215]],
      ],
      stretches: [
        { toMs: changed, shares: [0.8, 0.2] },
        { fromMs: changed, shares: [0.5, 0.5] },
      ],
      deserved: { kind: 'undecided-since-change' },
    }),
    tell({
      id: 188603,
      siteId,
      name: 'Loyalty card teaser',
      description: 'The goal is not wired yet: it never fires.',
      baseUrl: 'https://shop.example/loyalty',
      launchMs: daysAgo(6.4),
      variations: [{ id: 901203, name: 'Teaser in the header' }],
      visitorsPerDay: 196,
      rates: [[GOAL.loyalty, [0, 0]]],
      deserved: { kind: 'too-early' },
    }),
    tell({
      id: 188604,
      siteId,
      name: 'Three new product pages',
      description: 'The old page is gone: three drafts compete with each other.',
      type: 'SDK_HYBRID',
      hasOriginal: false,
      baseUrl: 'https://shop.example/product',
      launchMs: daysAgo(15.7),
      configured: [0.3333, 0.3333, 0.3333],
      variations: [
        { id: 901204, name: 'Large photo' },
        { id: 901205, name: 'Video' },
        { id: 901206, name: 'Reviews first' },
      ],
      visitorsPerDay: 3_900,
      rates: [
        [GOAL.basket, [0.19, 0.194, 0.205]],
        [GOAL.order, [0.033, 0.034, 0.036]],
      ],
      deserved: { kind: 'anything' },
    }),
    tell({
      id: 188605,
      siteId,
      name: 'Payment page without the menu',
      description: 'Stopped after four weeks; the variation is live for everybody now.',
      status: 'stopped',
      baseUrl: 'https://shop.example/payment',
      launchMs: daysAgo(31.4),
      endMs: daysAgo(3.2),
      variations: [{ id: 901207, name: 'No menu' }],
      visitorsPerDay: 2_300,
      rates: [[GOAL.order, [0.26, 0.288]]],
      deserved: { kind: 'winner', arm: 1 },
    }),
    tell({
      id: 188606,
      siteId,
      name: 'Price tag <script>alert(1)</script> in <b>bold</b>',
      description: 'Names typed with markup must show as they were typed.',
      type: 'DEVELOPER',
      baseUrl: 'https://shop.example/product?a=1&b=<2>',
      launchMs: daysAgo(9.5),
      variations: [
        { id: 901208, name: '<b>Bold</b> price' },
        { id: 901209, name: '<img src=x onerror=alert(1)> crossed-out price' },
      ],
      visitorsPerDay: 3_600,
      rates: [
        [GOAL.markup, [0.052, 0.0522, 0.036]],
        [GOAL.basket, [0.2, 0.2, 0.17]],
      ],
      deserved: { kind: 'loser', arm: 2 },
    }),
    tell({
      id: 188607,
      siteId,
      name: 'Size guide on the product page',
      description: 'Far ahead, but a week is not over yet.',
      baseUrl: 'https://shop.example/product',
      launchMs: daysAgo(4.4),
      variations: [{ id: 901210, name: 'Guide beside the sizes' }],
      visitorsPerDay: 8_400,
      rates: [
        [GOAL.order, [0.045, 0.06]],
        [GOAL.basket, [0.2, 0.24]],
        [GOAL.newsletter, [0.013, 0.013]],
      ],
      deserved: { kind: 'winner', arm: 1, early: true },
    }),
  ];
}
