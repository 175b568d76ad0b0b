import type { GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';

/** The projects plain experiments belong to, apart from those of the stories. */
export const PLAIN_SITES: readonly SitePlan[] = [
  site(0, 'Travel FR', 't4v8n1k6qa'),
  site(1, 'Travel ES', 't9c2m7x3ed'),
  site(2, 'Telecom FR', 'c6h1r8j5wb'),
  site(3, 'Energy BE', 'e3y7d2p9lf'),
  site(4, 'Media DE', 'm8u5g4s1zo'),
  site(5, 'Fashion IT', 'f2q6b9t7ix'),
  site(6, 'Garden NL', 'g7a3w5e8nk'),
  site(7, 'Books UK', 'k1o4z6v2rj'),
];

function site(i: number, name: string, code: string): SitePlan {
  const host = name.toLowerCase().replace(' ', '-');
  return { id: 20_201 + i, code, name, url: `https://www.${host}.example/` };
}

/** Every project has these goals; the first has a price. */
export const PLAIN_GOALS: readonly GoalPlan[] = PLAIN_SITES.flatMap(({ id: siteId }, i) => {
  const id = (place: number): number => 320_001 + 10 * i + place;
  const url = (place: number, name: string, matchString: string): GoalPlan => ({
    id: id(place),
    siteId,
    name,
    type: 'URL',
    params: { matchString, matchType: 'CONTAINS' },
    hasMultipleConversions: false,
  });
  const order: GoalPlan = {
    id: id(0),
    siteId,
    name: 'Order',
    type: 'CUSTOM',
    hasMultipleConversions: true,
    revenue: { medianCents: 3_000 + 1_700 * i, sigma: 0.9 },
  };
  return [
    order,
    url(1, 'Checkout started', '/checkout'),
    url(2, 'Account opened', '/account/welcome'),
    url(3, 'Newsletter subscription', '/newsletter/thanks'),
    url(4, 'Contact asked for', '/contact/sent'),
  ];
});

export const AREAS = [
  'Home page',
  'Product page',
  'Search results',
  'Category page',
  'Basket',
  'Checkout',
  'Sign-in',
  'Account area',
  'Help pages',
  'Newsletter box',
  'Navigation',
  'Footer',
] as const;

export const IDEAS = [
  'larger photos',
  'shorter texts',
  'reviews on top',
  'sticky button',
  'fewer steps',
  'price before details',
  'delivery date shown',
  'calmer colours',
  'recommendations below',
  'plain words',
  'progress bar',
  'filters on the left',
  'video instead of text',
  'one column',
  'reassurance line',
  'dark header',
] as const;
