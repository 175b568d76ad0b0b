import { parseArgs } from 'node:util';
import type { Fault } from '@/lib/cli/analyse/fault';
import { faultAt } from '@/lib/cli/analyse/fault';
import type { RawCounts, SettingField, Written } from '@/lib/cli/analyse/raw-counts';
import { SETTING_FIELDS } from '@/lib/cli/analyse/raw-counts';

/** `--planned-visitors` for `plannedVisitors`. */
const toFlag = (field: string): string =>
  field.replace(/[A-Z]/g, (letter) => `-${letter.toLowerCase()}`);

const FLAGS = new Map(SETTING_FIELDS.map((field) => [toFlag(field), field] as const));

export interface Options {
  /** null: standard input. */
  readonly file: string | null;
  readonly isTable: boolean;
  readonly isHelp: boolean;
  readonly settings: Partial<Record<SettingField, Written>>;
  readonly faults: readonly Fault[];
}

/** Every setting of the input may be said on the command line, where it goes before the input's own. */
export function readOptions(args: readonly string[]): Options {
  const faults: Fault[] = [];
  const wrong = (field: string, message: string): void => {
    faults.push(faultAt({ line: null, column: null, field }, message));
  };
  const { tokens } = parseArgs({
    args: [...args],
    strict: false,
    tokens: true,
    allowPositionals: true,
    options: {
      table: { type: 'boolean' },
      help: { type: 'boolean', short: 'h' },
      ...Object.fromEntries([...FLAGS.keys()].map((flag) => [flag, { type: 'string' as const }])),
    },
  });
  const settings: Record<string, Written> = {};
  const files: string[] = [];
  let [isTable, isHelp] = [false, false];
  for (const token of tokens) {
    if (token.kind === 'positional') files.push(token.value);
    if (token.kind !== 'option') continue;
    const field = FLAGS.get(token.name);
    const spot = { line: null, column: null, field: token.rawName };
    const isSwitch = token.name === 'table' || token.name === 'help' || token.name === 'h';
    if (isSwitch && token.value !== undefined) wrong(token.rawName, 'takes no value');
    else if (token.name === 'table') isTable = true;
    else if (isSwitch) isHelp = true;
    else if (field === undefined) wrong(token.rawName, 'no such option; --help lists them');
    else if (token.value === undefined || token.value === '') wrong(token.rawName, 'needs a value');
    else settings[field] = { spot, value: token.value, isText: true };
  }
  if (files.length > 1) wrong(files[1] ?? '', 'one file at a time');
  const [file] = files;
  return {
    file: file === undefined || file === '-' ? null : file,
    isTable,
    isHelp,
    settings,
    faults,
  };
}

/** What was said on the command line goes before the input's own. */
export function withOptions(raw: RawCounts, { settings }: Options): RawCounts {
  const { confidenceLevel, alpha, days, startedAt } = settings;
  const own = { ...raw.settings };
  // One of a pair replaces the other.
  if (confidenceLevel ?? alpha) {
    delete own.confidenceLevel;
    delete own.alpha;
  }
  if (days ?? startedAt) {
    delete own.days;
    delete own.startedAt;
  }
  return { ...raw, settings: { ...own, ...settings } };
}
