/** The health line: one word, what was checked (the failing check first), and the list behind "4 checks". */
import type { CheckId, CheckState, HealthCheck } from '@/lib/core/analysis/analysis';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';
import type { Messages } from '@/lib/core/words/messages';
import type { Phrase } from '@/lib/core/words/phrase';
import { reasonInSentence, reasonInShort } from '@/lib/core/words/reason-words';
import { say } from '@/lib/core/words/say';

export interface CheckWords {
  readonly id: CheckId;
  readonly state: CheckState;
  readonly name: Phrase;
  readonly stateWord: Phrase;
  /** What is wrong or pending, else what the check means. */
  readonly detail: Phrase;
}

export interface HealthLine {
  readonly state: 'healthy' | 'unhealthy' | 'checking';
  readonly word: Phrase;
  readonly parts: readonly Phrase[];
  readonly checks: readonly CheckWords[];
}

const STATE_WORD: Readonly<Record<CheckState, keyof Messages['health']['state']>> = {
  passed: 'passed',
  failed: 'failed',
  checking: 'checking',
  'not-applicable': 'notApplicable',
};

/** The set-up is told in the list only: the other three are what a reader asks about. */
const SHOWN_WHEN_SOUND: ReadonlySet<CheckId> = new Set(['split', 'unit', 'data']);

export function toHealthLine(reading: Reading, formats: Formats, nowMs: number): HealthLine {
  const checks = reading.analysis?.health.checks ?? [];
  const state = reading.analysis?.health.state ?? 'checking';
  const short = (check: HealthCheck): Phrase => inShort(check, reading, formats, nowMs);
  const failed = checks.filter((check) => check.state === 'failed');
  const passed = checks.filter((check) => check.state === 'passed').length;
  const sound = checks.filter((check) => SHOWN_WHEN_SOUND.has(check.id));
  return {
    state,
    word: reading.experiment.status === 'draft' ? say('health.none') : say(`health.${state}`),
    parts:
      state === 'unhealthy'
        ? [...failed.map(short), ...(passed > 0 ? [say('health.othersPassed', { n: passed })] : [])]
        : sound.map(short),
    checks: checks.map((check) => ({
      id: check.id,
      state: check.state,
      name: say(`health.name.${check.id}`),
      stateWord: say(`health.state.${STATE_WORD[check.state]}`),
      detail: check.reasons[0]
        ? reasonInSentence(check.reasons[0], reading, formats, nowMs)
        : say(`health.explain.${check.id}`),
    })),
  };
}

function inShort(check: HealthCheck, reading: Reading, formats: Formats, nowMs: number): Phrase {
  const reason = check.reasons[0];
  if (reason) return reasonInShort(reason, reading, formats, nowMs);
  if (check.state === 'passed') return say(`health.passed.${check.id}`);
  return say(
    check.state === 'not-applicable'
      ? `health.inapplicable.${check.id}`
      : `health.pending.${check.id}`,
  );
}
