import type { Reading } from '@/lib/core/live/reading';
import type { Analysis } from '@/lib/core/analysis/analysis';
import { cells } from '@/lib/cli/analyse/table-cells';
import { plain } from '@/lib/cli/verdict/plain';
import { toTable } from '@/lib/cli/verdict/width';
import { toDisplay, type DisplayState } from '@/lib/core/words/display-state';
import { toBand } from '@/lib/core/words/band';
import type { Fact } from '@/lib/core/words/band-parts';
import { formatsFor } from '@/lib/core/words/formats';
import type { Phrase } from '@/lib/core/words/phrase';
import { reasonInSentence } from '@/lib/core/words/reason-words';
import { createPlainWords } from '@/lib/core/words/say';
import type { ShellWords } from '@/lib/core/words/shell-words';
import { STATE_LOOK } from '@/lib/core/words/state-look';
import { say } from '@/lib/core/words/say';

const formats = formatsFor('en', 'UTC');
const inWords = createPlainWords('en');
const speak = (phrase: Phrase): string => plain(inWords(phrase));

/** The verdict as the pages say it, each part a sentence or null. */
export interface Spoken {
  /** `Winner`, `Not decided yet`, … */
  readonly tag: string;
  /** Names the winning variation where there is one. */
  readonly headline: string;
  readonly sentences: readonly string[];
  /** What is missing, or what would change it. */
  readonly facts: readonly string[];
}

export function speakVerdict(reading: Reading, nowMs: number): Spoken {
  const band = toBand(reading, nowMs, formats);
  const isFound = (phrase: Phrase | null): phrase is Phrase => phrase !== null;
  const checks = (reading.analysis?.health.checks ?? [])
    .filter(({ state }) => state === 'failed' || state === 'checking')
    .flatMap(({ reasons }) =>
      reasons.map((reason) => reasonInSentence(reason, reading, formats, nowMs)),
    );
  // One command sees one moment: since when a call stands only the pages know.
  const told = band.facts.filter(({ label }) => label.key !== 'band.label.sinceWhen');
  const said = [band.sentence, band.context, ...band.asides.map(({ words }) => words)];
  return {
    tag: band.tags.map(({ words }) => speak(words)).join(', '),
    headline: speak(band.headlineInFull),
    sentences: said.filter(isFound).map(speak),
    facts: [...new Set([...told.map(factLine), ...checks.map(speak)])],
  };
}

const factLine = ({ label, text }: Fact): string => `${speak(label)}: ${speak(text)}`;

/** The whole answer for a person: who, the verdict in words, the figures, how they were judged. */
export function toResultsText(reading: Reading, nowMs: number, words: ShellWords): string {
  const { experiment, analysis } = reading;
  const { tag, headline, sentences, facts } = speakVerdict(reading, nowMs);
  const head = words('results.title', {
    id: experiment.id,
    name: experiment.name,
    project: plain(experiment.project.name),
  });
  return [
    head,
    '',
    words('results.verdict', { tag, headline }),
    ...sentences,
    ...(analysis === null
      ? []
      : ['', toFigures(analysis), '', methodLine(analysis, reading, nowMs, words)]),
    ...facts,
  ].join('\n');
}

function toFigures(analysis: Analysis): string {
  const isVisits = analysis.unit === 'visits';
  const unit = isVisits ? 'visits' : analysis.unit === 'first-visits' ? 'firstVisits' : 'people';
  const title = (
    name: 'variation' | 'converted' | 'rate' | 'lift' | 'interval' | 'state' | typeof unit,
  ) => TITLES[name];
  return toTable(
    [
      { title: title('variation') },
      ...[title(unit), title('converted'), title('rate'), title('lift'), title('interval')].map(
        (one) => ({ title: one, isNumber: true }),
      ),
      { title: title('state') },
    ],
    analysis.arms.map((arm) => [
      arm.name,
      cells.count(isVisits ? arm.visits : arm.visitors),
      cells.count(arm.converted),
      cells.rate(arm.rate),
      cells.lift(arm.comparison?.lift ?? null),
      arm.isReference ? '–' : cells.interval(arm.comparison?.liftInterval ?? null),
      arm.isReference
        ? TITLES.reference
        : arm.comparison === null
          ? '–'
          : speak(say(STATE_LOOK[arm.comparison.state].words)),
    ]),
  );
}

/** Figures are shown there, and nothing is said of them. */
const UNJUDGED: ReadonlySet<DisplayState> = new Set(['blocked', 'not-applicable', 'exploratory']);

const TITLES = {
  variation: 'Variation',
  people: 'People',
  visits: 'Visits',
  firstVisits: 'First visits',
  converted: 'Converted',
  rate: 'Rate',
  lift: 'Lift',
  interval: 'Interval of the lift',
  state: 'Verdict',
  reference: 'Reference',
} as const;

function methodLine(
  analysis: Analysis,
  reading: Reading,
  nowMs: number,
  words: ShellWords,
): string {
  const { experiment } = reading;
  const goal = experiment.goals.find(({ id }) => id === analysis.goalId)?.name ?? '–';
  const reference = analysis.arms.find(({ isReference }) => isReference)?.name ?? '–';
  return words('results.method', {
    ...{ goal, reference, unit: analysis.unit },
    isJudged: UNJUDGED.has(toDisplay(reading, nowMs).state) ? 'no' : 'yes',
    level: formats.limit(analysis.confidenceLevel),
    time: formats.near(analysis.asOfMs, nowMs),
    day: analysis.day ?? 0,
    hasDay: analysis.day === null ? 'no' : 'yes',
  });
}
