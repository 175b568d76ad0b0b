import type { ExperimentPlan } from '@/lib/sandbox/world/plan';
import type { Stream } from '@/lib/sandbox/world/stream';
import type { Calendar } from './calendar';
import { BANK, GOAL } from './sites';
import { tell } from './tell';

/** Bank FR: the extremes of size and rate, a bandit, and names that are hard to set. */
export function tellBank({ epochMs, daysAgo }: Calendar): ExperimentPlan[] {
  const siteId = BANK;
  return [
    tell({
      id: 188501,
      siteId,
      name: 'Sign-in page, new illustration',
      description: 'A calmer picture beside the sign-in form.',
      baseUrl: 'https://www.bank.example/sign-in',
      launchMs: daysAgo(45.2),
      variations: [{ id: 901101, name: 'Calm illustration' }],
      visitorsPerDay: 62_000,
      rates: [[GOAL.signedIn, [0.41, 0.41]]],
      deserved: { kind: 'no-difference' },
    }),
    tell({
      id: 188502,
      siteId,
      name: 'Mortgage simulator with sliders',
      description: 'Sliders instead of number fields.',
      baseUrl: 'https://www.bank.example/mortgage',
      launchMs: daysAgo(1.9),
      variations: [{ id: 901102, name: 'Sliders' }],
      visitorsPerDay: 520,
      rates: [[GOAL.simulation, [0.012, 0.013]]],
      deserved: { kind: 'too-early' },
    }),
    tell({
      id: 188503,
      siteId,
      name: 'Cookie banner wording',
      description: 'Plain words on the banner nearly everybody answers.',
      baseUrl: 'https://www.bank.example/',
      launchMs: daysAgo(14.4),
      variations: [{ id: 901103, name: 'Plain words' }],
      visitorsPerDay: 2_900,
      rates: [
        [GOAL.answered, [0.986, 0.9862]],
        [GOAL.clickedHero, [0.12, 0.121]],
      ],
      deserved: { kind: 'no-difference' },
    }),
    tellBandit(epochMs, daysAgo),
    tell({
      id: 188505,
      siteId,
      name: 'صفحة حساب التوفير باللغة العربية',
      description: 'The Arabic savings page: benefits first, or the rate first.',
      status: 'stopped',
      baseUrl: 'https://www.bank.example/ar/savings',
      launchMs: daysAgo(33.5),
      endMs: daysAgo(12.3),
      variations: [{ id: 901107, name: 'سعر الفائدة أولاً' }],
      visitorsPerDay: 900,
      rates: [[GOAL.account, [0.036, 0.0362]]],
      deserved: { kind: 'inconclusive' },
    }),
    tell({
      id: 188506,
      siteId,
      name: 'Savings account landing page',
      description: 'Paused when the interest rate changed.',
      status: 'paused',
      baseUrl: 'https://www.bank.example/savings',
      launchMs: daysAgo(16.2),
      endMs: daysAgo(5.1),
      variations: [{ id: 901108, name: 'Calculator on top' }],
      visitorsPerDay: 1_500,
      rates: [
        [GOAL.account, [0.032, 0.0325]],
        [GOAL.readToEnd, [0.2, 0.21]],
      ],
      deserved: { kind: 'inconclusive' },
    }),
    tell({
      id: 188507,
      siteId,
      name:
        'Instant loan for customers of more than two years, comparison of the five openings ' +
        'agreed on with Marketing, Risk and Legal in the autumn workshop',
      description: 'The last opening waits for Legal and gets no traffic.',
      baseUrl: 'https://www.bank.example/loan',
      launchMs: daysAgo(12.4),
      configured: [0.2, 0.2, 0.2, 0.2, 0.2, 0],
      variations: [
        {
          id: 901109,
          name: 'Opening one: the amount and the monthly rate side by side, with the total underneath',
        },
        {
          id: 901110,
          name: 'Opening two: only the monthly rate, and everything else behind a link that opens a panel',
        },
        {
          id: 901111,
          name: 'Opening three: a question first ("What is it for?"), then three ready-made proposals',
        },
        {
          id: 901112,
          name: 'Opening four: the story of a customer, with her permission, and a short form at the end',
        },
        {
          id: 901113,
          name: 'Opening five: a decision within one minute, guaranteed (not approved yet)',
        },
      ],
      visitorsPerDay: 3_400,
      rates: [[GOAL.loan, [0.045, 0.0452, 0.0449, 0.0451, 0.045, 0.045]]],
      deserved: { kind: 'inconclusive' },
    }),
  ];
}

/** The split follows the evidence day after day, so its totals mix days of different splits. */
function tellBandit(epochMs: number, daysAgo: Calendar['daysAgo']): ExperimentPlan {
  const days = 15;
  const launchMs = daysAgo(days);
  const sharesAfter = (day: number): number[] => {
    const favourite = 1 / 3 + (0.78 - 1 / 3) * (day / (days - 1));
    return [(1 - favourite) * 0.45, favourite, (1 - favourite) * 0.55];
  };
  const stretches: Partial<Stream>[] = Array.from({ length: days }, (_, day) => ({
    fromMs: day === 0 ? launchMs : daysAgo(days - day),
    toMs: day === days - 1 ? Infinity : daysAgo(days - day - 1),
    shares: sharesAfter(day),
  }));
  const exact = sharesAfter(days - 1).map((share) => Math.round(share * 1e4) / 1e4);
  return tell({
    id: 188504,
    siteId: BANK,
    name: 'Home page hero, self-optimising',
    description: 'Traffic moves to the better hero by itself.',
    type: 'AI',
    allocation: 'MULTI_ARMED_BANDIT',
    baseUrl: 'https://www.bank.example/',
    launchMs,
    configured: exact,
    splitSetMs: Math.min(epochMs, stretches.at(-1)?.fromMs ?? epochMs),
    variations: [
      { id: 901104, name: 'Family at the lake' },
      { id: 901105, name: 'Young couple' },
    ],
    visitorsPerDay: 4_200,
    rates: [
      [GOAL.clickedHero, [0.11, 0.128, 0.115]],
      [GOAL.account, [0.02, 0.021, 0.02]],
    ],
    stretches,
    deserved: { kind: 'anything' },
  });
}
