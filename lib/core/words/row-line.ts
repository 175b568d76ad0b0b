/** "In one line": the finding of a row of the list, not a repeat of its state. */
import type { Analysis } from '@/lib/core/analysis/analysis';
import type { Reading } from '@/lib/core/live/reading';
import { guardrailValues, harmedGuardrails } from '@/lib/core/words/band-asides';
import type { BandInput } from '@/lib/core/words/band-parts';
import { blockingReason, inapplicableReason } from '@/lib/core/words/band-withheld';
import { shakenSinceMs, verdictCalls } from '@/lib/core/words/call-life';
import { countedSinceMs } from '@/lib/core/words/counted-since';
import { toDisplay, type Display } from '@/lib/core/words/display-state';
import type { Formats } from '@/lib/core/words/formats';
import { timeUntilPeopleMs } from '@/lib/core/words/pace';
import type { Phrase } from '@/lib/core/words/phrase';
import { problemTitle } from '@/lib/core/words/problem-words';
import {
  allReasons,
  armOf,
  findReason,
  nameOf,
  namesOf,
  referenceNameOf,
  sharesInWords,
} from '@/lib/core/words/reading-facts';
import { reasonInSentence } from '@/lib/core/words/reason-words';
import { restLine } from '@/lib/core/words/rest-line';
import { withShortNames } from '@/lib/core/words/short-names';
import { say } from '@/lib/core/words/say';
import { withdrawnLine } from '@/lib/core/words/withdrawn-line';

const DAY_MS = 24 * 60 * 60 * 1000;

/** Two lines of a row hold a name of this length and what is said of it. */
const LINE_NAME = 32;

export const toRowLine = (reading: Reading, nowMs: number, formats: Formats): Phrase =>
  withShortNames(lineOf(reading, nowMs, formats), LINE_NAME);

function lineOf(reading: Reading, nowMs: number, formats: Formats): Phrase {
  const display = toDisplay(reading, nowMs);
  const { analysis } = reading;
  if (display.state === 'draft') return say('list.line.draft');
  // Before the first reading nobody knows whether anything was called, at rest or not.
  if (analysis === null && reading.freshness.problem)
    return problemTitle(reading.freshness.problem.code);
  if (display.rest) return restLine(reading, display, display.rest, nowMs, formats);
  if (analysis === null) return say('list.line.waiting');
  return judgedLine({ reading, analysis, display, formats, nowMs });
}

function judgedLine(input: BandInput): Phrase {
  const { reading, analysis, display, formats, nowMs } = input;
  const guardrail = guardrailLine(input);
  if (guardrail !== null) return guardrail;
  switch (display.state) {
    case 'winner':
      return winnerLine(input);
    case 'several-winners':
      return say('list.line.several', {
        n: analysis.verdict.winners.length,
        names: namesOf(reading, analysis.verdict.winners, formats),
        reference: referenceNameOf(reading),
      });
    case 'loser':
      return harmLine(input);
    case 'no-difference':
      return say('list.line.noDifference', {
        limit: formats.limit(analysis.method.smallestEffect),
        reference: referenceNameOf(reading),
        people: formats.shortCount(peopleOf(analysis)),
      });
    case 'withdrawn':
      return withdrawnLine(reading, analysis);
    case 'blocked': {
      const reason = blockingReason(input);
      if (reason?.kind === 'split-broken')
        return say('list.line.split', sharesInWords(reason.observed, reason.configured, formats));
      if (reason?.kind === 'split-changed')
        return say('list.line.splitChanged', { day: formats.day(reason.atMs, nowMs) });
      return reason ? reasonInSentence(reason, reading, formats, nowMs) : say('band.blocked.other');
    }
    case 'not-applicable': {
      const { reason, headline } = inapplicableReason(input);
      if (reason?.kind === 'no-reference') return say('list.line.noReference');
      return reason ? reasonInSentence(reason, reading, formats, nowMs) : say(headline);
    }
    case 'exploratory':
      return say('list.line.exploratory');
    default:
      return display.hasLoserAside ? loserAsideLine(input) : undecidedLine(input);
  }
}

/** A harmed guardrail outweighs what else a winner or an undecided row would say. */
function guardrailLine({ reading, analysis, display, formats }: BandInput): Phrase | null {
  if (!WARNED.has(display.state) || display.hasLoserAside) return null;
  const harmed = harmedGuardrails(reading, display);
  const own = harmed.find(({ variationId }) => variationId === analysis.verdict.variationId);
  const first = own ?? harmed[0];
  if (first === undefined) return null;
  const isWinner = display.state === 'winner' && own !== undefined;
  return say(
    isWinner ? 'list.line.winnerGuardrail' : 'list.line.guardrail',
    guardrailValues(reading, first, formats),
  );
}

const WARNED: ReadonlySet<Display['state']> = new Set([
  'winner',
  'several-winners',
  'no-difference',
  'inconclusive',
  'collecting',
]);

const peopleOf = (analysis: Analysis): number =>
  analysis.arms.reduce((sum, arm) => sum + arm.visitors, 0);

function winnerLine({ reading, analysis, formats, nowMs }: BandInput): Phrase {
  const id = analysis.verdict.variationId ?? analysis.verdict.winners[0] ?? null;
  const name = nameOf(reading, id);
  const reasons = armOf(analysis, id)?.comparison?.reasons ?? [];
  if (findReason([...analysis.verdict.reasons, ...reasons], 'too-small-to-matter'))
    return say('list.line.winnerSmall', { name });
  const shakenMs = shakenSinceMs(verdictCalls(analysis));
  if (shakenMs !== null)
    return say('list.line.winnerShaken', { name, day: formats.day(shakenMs, nowMs) });
  if (analysis.call?.isFinal) {
    const hasOthers = analysis.arms.length > 2 ? 'yes' : 'no';
    return say('list.line.winnerFinal', { name, hasOthers, reference: referenceNameOf(reading) });
  }
  return analysis.arms.length > 2
    ? say('list.line.winnerAll', { name })
    : say('list.line.winnerOne', { name, reference: referenceNameOf(reading) });
}

function harmLine({ reading, analysis, formats, nowMs }: BandInput): Phrase {
  const { losers } = analysis.verdict;
  if (losers.length > 1) return say('list.line.harmMany', { n: losers.length });
  const name = nameOf(reading, losers[0] ?? analysis.verdict.variationId);
  const shakenMs = shakenSinceMs(verdictCalls(analysis));
  if (shakenMs !== null)
    return say('list.line.harmShaken', { name, day: formats.day(shakenMs, nowMs) });
  if (analysis.call?.isFinal) return say('list.line.harmFinal', { name });
  return analysis.call
    ? say('list.line.harmSince', { name, day: formats.day(analysis.call.calledAtMs, nowMs) })
    : say('list.line.harm', { name });
}

function loserAsideLine({ reading, analysis, formats }: BandInput): Phrase {
  const id = analysis.verdict.losers[0] ?? null;
  const lift = armOf(analysis, id)?.comparison?.lift ?? 0;
  return say('list.line.harmAmong', {
    name: nameOf(reading, id),
    lift: formats.signedPercent(lift),
  });
}

function undecidedLine({ reading, analysis, display, formats, nowMs }: BandInput): Phrase {
  if (display.state === 'inconclusive') {
    const sinceMs = countedSinceMs(reading);
    return sinceMs === null
      ? say('list.line.undecided')
      : say('list.line.undecidedSince', { day: formats.day(sinceMs, nowMs) });
  }
  const reasons = allReasons(analysis);
  const fewDays = findReason(reasons, 'few-days');
  if (fewDays)
    return say('list.line.fewDays', {
      name: nameOf(reading, analysis.leaderId),
      needed: fewDays.neededDays,
      left: Math.max(1, Math.ceil((fewDays.untilMs - analysis.asOfMs) / DAY_MS)),
    });
  if (findReason(reasons, 'no-conversions'))
    return say('list.line.noConversions', { people: peopleOf(analysis) });
  const missing = findReason(reasons, 'few-counts')?.missing ?? null;
  if (missing === null) return say('list.line.missingUnknown');
  const waitMs = timeUntilPeopleMs(missing, reading.experiment, analysis);
  return waitMs === null
    ? say('list.line.missing', { missing })
    : say('list.line.missingAbout', { missing, duration: formats.duration(waitMs) });
}
