/**
 * All text of the pages, one language a folder, one subject a file.
 * A key is `subject.place.name`; `MessageKey` is the union of all, so a misspelt one does not compile.
 */
import type {} from 'use-intl';
import band from '@/lib/core/words/messages/en/band.json';
import charts from '@/lib/core/words/messages/en/charts.json';
import clocks from '@/lib/core/words/messages/en/clocks.json';
import explain from '@/lib/core/words/messages/en/explain.json';
import goals from '@/lib/core/words/messages/en/goals.json';
import health from '@/lib/core/words/messages/en/health.json';
import list from '@/lib/core/words/messages/en/list.json';
import notes from '@/lib/core/words/messages/en/notes.json';
import opinion from '@/lib/core/words/messages/en/opinion.json';
import outlook from '@/lib/core/words/messages/en/outlook.json';
import page from '@/lib/core/words/messages/en/page.json';
import problems from '@/lib/core/words/messages/en/problems.json';
import reasons from '@/lib/core/words/messages/en/reasons.json';
import record from '@/lib/core/words/messages/en/record.json';
import revenue from '@/lib/core/words/messages/en/revenue.json';
import slices from '@/lib/core/words/messages/en/slices.json';
import takeAway from '@/lib/core/words/messages/en/take-away.json';
import time from '@/lib/core/words/messages/en/time.json';
import units from '@/lib/core/words/messages/en/units.json';

const en = {
  band,
  charts,
  clocks,
  explain,
  goals,
  health,
  list,
  notes,
  opinion,
  outlook,
  page,
  problems,
  reasons,
  record,
  revenue,
  slices,
  takeAway,
  time,
  units,
};

export type Messages = typeof en;

type Leaves<Tree, Prefix extends string = ''> = {
  [Key in keyof Tree & string]: Tree[Key] extends string
    ? `${Prefix}${Key}`
    : Leaves<Tree[Key], `${Prefix}${Key}.`>;
}[keyof Tree & string];

export type MessageKey = Leaves<Messages>;

/** English until there is a second folder. */
export const messagesFor = (_locale: string): Messages => en;

declare module 'use-intl' {
  interface AppConfig {
    Messages: Messages;
  }
}
