import type { GoalPlan, SitePlan } from '@/lib/sandbox/world/plan';

export const INSURANCE = 20101;
export const BANK = 20102;
export const SHOP = 20103;

export const SITES: readonly SitePlan[] = [
  { id: INSURANCE, code: 'i7k2m9q4xa', name: 'Insurance FR', url: 'www.insurance.example' },
  { id: BANK, code: 'b3f8t1w6zc', name: 'Bank FR', url: 'https://www.bank.example/' },
  { id: SHOP, code: 's5h0p2d9re', name: 'Shop BE', url: 'https://shop.example/' },
];

export const GOAL = {
  subscription: 312001,
  quote: 312002,
  callBack: 312003,
  claim: 312004,
  upsell: 312005,
  carQuote: 312006,
  signedIn: 312011,
  simulation: 312012,
  answered: 312013,
  loan: 312014,
  account: 312015,
  clickedHero: 312016,
  readToEnd: 312017,
  order: 312021,
  basket: 312022,
  checkout: 312023,
  loyalty: 312024,
  newsletter: 312025,
  markup: 312026,
} as const;

/** Goals without a price count conversions only. */
export const GOALS: readonly GoalPlan[] = [
  custom(GOAL.subscription, INSURANCE, 'Insurance subscription', 42_000, 0.6),
  url(GOAL.quote, INSURANCE, 'Quote finished', '/quote/summary'),
  url(GOAL.callBack, INSURANCE, 'Call-back asked for', '/advisor/thanks'),
  url(GOAL.claim, INSURANCE, 'Claim sent', '/claims/sent'),
  custom(GOAL.upsell, INSURANCE, 'Home cover added', 18_500, 0.5),
  url(GOAL.carQuote, INSURANCE, '自動車保険の見積もり完了', '/ja/quote/done'),
  custom(GOAL.signedIn, BANK, 'Signed in'),
  url(GOAL.simulation, BANK, 'Mortgage appointment booked', '/mortgage/booked'),
  click(GOAL.answered, BANK, 'Cookie banner answered', '#cookie-banner button'),
  url(GOAL.loan, BANK, 'Loan request sent', '/loan/sent'),
  url(GOAL.account, BANK, 'فتح حساب توفير', '/ar/savings/opened'),
  click(GOAL.clickedHero, BANK, 'Hero clicked', '.hero a'),
  scroll(GOAL.readToEnd, BANK, 'Read to the end'),
  custom(GOAL.order, SHOP, 'Order', 5_400, 1.1),
  click(GOAL.basket, SHOP, 'Put into the basket', 'button.add-to-basket', true),
  url(GOAL.checkout, SHOP, 'Checkout started', '/checkout'),
  custom(GOAL.loyalty, SHOP, 'Loyalty card opened'),
  custom(GOAL.newsletter, SHOP, 'Newsletter subscription'),
  custom(GOAL.markup, SHOP, 'Order <b>confirmed</b> & "paid"', 4_700, 1.2),
];

function custom(
  id: number,
  siteId: number,
  name: string,
  medianCents?: number,
  sigma = 1,
): GoalPlan {
  const base = { id, siteId, name, type: 'CUSTOM', hasMultipleConversions: true } as const;
  return medianCents === undefined ? base : { ...base, revenue: { medianCents, sigma } };
}

function url(id: number, siteId: number, name: string, matchString: string): GoalPlan {
  const params = { matchString, matchType: 'CONTAINS' };
  return { id, siteId, name, type: 'URL', params, hasMultipleConversions: false };
}

function click(
  id: number,
  siteId: number,
  name: string,
  selector: string,
  hasMultipleConversions = false,
): GoalPlan {
  const params = { customSelectors: [{ mode: 'CUSTOM', selector }] };
  return { id, siteId, name, type: 'CLICK', params, hasMultipleConversions };
}

function scroll(id: number, siteId: number, name: string): GoalPlan {
  const params = { scrollType: 'PERCENTAGE', scrollValue: 90 };
  return { id, siteId, name, type: 'SCROLL', params, hasMultipleConversions: false };
}
