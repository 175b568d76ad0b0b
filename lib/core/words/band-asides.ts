/** Lines beside the verdict: a loser among undecided variations, and guardrails that are harmed. */
import type { Reading } from '@/lib/core/live/reading';
import { liftSentence } from '@/lib/core/words/band-parts';
import { callOfVariation } from '@/lib/core/words/call-life';
import type { Display } from '@/lib/core/words/display-state';
import type { Formats } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { armOf, isolate, nameOf, rangeValues } from '@/lib/core/words/reading-facts';
import { say } from '@/lib/core/words/say';
import type { VerdictShape } from '@/lib/core/words/state-look';

export interface Aside {
  readonly kind: 'loser' | 'guardrail' | 'more';
  readonly shape: VerdictShape;
  readonly tone: 'harm' | 'warn' | 'quiet';
  readonly words: Phrase;
}

/** More of a kind are counted: the band is an answer, not a list. */
const AT_MOST = 2;

export function toAsides(
  reading: Reading,
  display: Display,
  formats: Formats,
  nowMs: number,
): readonly Aside[] {
  const asides = [
    ...shorten(loserAsides(reading, display, formats, nowMs)),
    ...shorten(guardrailAsides(reading, display, formats)),
  ];
  return display.isStale ? asides.map((aside) => ({ ...aside, tone: 'quiet' })) : asides;
}

function shorten(asides: readonly Aside[]): readonly Aside[] {
  const [first] = asides;
  if (first === undefined || asides.length <= AT_MOST) return asides;
  const n = asides.length - AT_MOST;
  return [...asides.slice(0, AT_MOST), { ...first, kind: 'more', words: say('band.more', { n }) }];
}

/** "Short form loses, −14.0%, between −22.4% and −4.8%, called 14 May." */
function loserAsides(
  reading: Reading,
  display: Display,
  formats: Formats,
  nowMs: number,
): readonly Aside[] {
  const { analysis } = reading;
  if (!display.hasLoserAside || analysis === null) return [];
  return analysis.verdict.losers.flatMap((id): Aside[] => {
    const call = callOfVariation(analysis, id);
    const input = { reading, analysis, display, formats, nowMs };
    const words = liftSentence(input, armOf(analysis, id), 'band.oneLoses', {
      dated: call === null ? 'no' : 'yes',
      day: call === null ? '' : formats.day(call.calledAtMs, nowMs),
    });
    return words === null ? [] : [{ kind: 'loser', shape: 'down', tone: 'harm', words }];
  });
}

/** Where figures are withheld a warning made of them is withheld as well. */
const SILENT: ReadonlySet<Display['state']> = new Set([
  'blocked',
  'not-applicable',
  'exploratory',
  'waiting',
  'draft',
]);

/** The guardrails that are harmed, as a reading may tell them. */
export function harmedGuardrails(reading: Reading, display: Display) {
  if (SILENT.has(display.state)) return [];
  return (reading.analysis?.guardrails ?? []).filter(({ state }) => state === 'harmed');
}

/** Who and what a guardrail is about, for a sentence. */
export function guardrailValues(
  reading: Reading,
  { goalId, variationId, lift, liftInterval }: ReturnType<typeof harmedGuardrails>[number],
  formats: Formats,
) {
  const goal = reading.experiment.goals.find(({ id }) => id === goalId)?.name ?? '';
  return {
    goal: isolate(goal),
    name: nameOf(reading, variationId),
    lift: formats.signedPercent(lift ?? 0),
    ...rangeValues(liftInterval, formats),
  };
}

const guardrailAsides = (reading: Reading, display: Display, formats: Formats): readonly Aside[] =>
  harmedGuardrails(reading, display).map((harmed) => ({
    kind: 'guardrail',
    shape: 'octagon',
    tone: 'warn',
    words: say('band.guardrail', guardrailValues(reading, harmed, formats)),
  }));
