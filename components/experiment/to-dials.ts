/** Which dials a page has, and the question each choice asks. The value of a choice is that question's key. */
import {
  CONFIDENCE_LEVELS,
  DEFAULT_METHOD,
  keyAt,
  momentOf,
  parseQuestion,
  questionKey,
  toQuestion,
  type Method,
} from '@/lib/core/experiment/question';
import type { Reading } from '@/lib/core/live/reading';
import type { Formats } from '@/lib/core/words/formats';

export interface Dial {
  readonly id: 'goal' | 'against' | 'level';
  readonly value: string;
  readonly isChanged: boolean;
  readonly options: readonly { readonly value: string; readonly label: string }[];
}

export interface DialWords {
  mainGoal(goal: string): string;
  /** Nothing to compare with: there is no original, and none was chosen. */
  readonly noReference: string;
}

interface Dials {
  readonly dials: readonly Dial[];
  /** The question without changes; null when there are none. */
  readonly resetKey: string | null;
}

export function toDials(
  { experiment, questionKey: key }: Reading,
  formats: Formats,
  words: DialWords,
): Dials {
  const parsed = parseQuestion(key);
  const method = parsed.ok ? parsed.question.method : DEFAULT_METHOD;
  const keyOf = (change: Partial<Method>): string =>
    keyAt(questionKey(toQuestion(experiment.id, { ...method, ...change })), momentOf(key));

  const goals = experiment.goals.map((goal) => {
    const isMain = goal.id === experiment.mainGoalId;
    return {
      value: keyOf({ goalId: isMain ? null : goal.id }),
      label: isMain ? words.mainGoal(goal.name) : goal.name,
    };
  });
  const references = experiment.variations.map((variation) => ({
    value: keyOf({ referenceId: variation.isOriginal ? null : variation.id }),
    label: variation.name,
  }));
  if (!experiment.variations.some((variation) => variation.isOriginal))
    references.unshift({ value: keyOf({ referenceId: null }), label: words.noReference });
  const levels = CONFIDENCE_LEVELS.map((confidenceLevel) => ({
    value: keyOf({ confidenceLevel }),
    label: formats.wholePercent(confidenceLevel),
  }));
  const dials: readonly Dial[] = [
    { id: 'goal', value: key, isChanged: method.goalId !== null, options: goals },
    { id: 'against', value: key, isChanged: method.referenceId !== null, options: references },
    {
      id: 'level',
      value: key,
      isChanged: method.confidenceLevel !== DEFAULT_METHOD.confidenceLevel,
      options: levels,
    },
  ];
  return {
    dials: dials.filter(({ id, options }) => options.length > (id === 'against' ? 2 : 1)),
    resetKey: dials.some((dial) => dial.isChanged)
      ? keyAt(questionKey(toQuestion(experiment.id)), momentOf(key))
      : null,
  };
}
