import { readCsvCounts } from '@/lib/cli/analyse/csv-counts';
import type { Fault } from '@/lib/cli/analyse/fault';
import { UnreadableInput, describeFault, faultAt } from '@/lib/cli/analyse/fault';
import { followLooks } from '@/lib/cli/analyse/follow-looks';
import { HELP } from '@/lib/cli/analyse/help';
import { readJsonCounts } from '@/lib/cli/analyse/json-counts';
import { readOptions, withOptions } from '@/lib/cli/analyse/options';
import type { RawCounts } from '@/lib/cli/analyse/raw-counts';
import { toReport } from '@/lib/cli/analyse/report';
import { toTable } from '@/lib/cli/analyse/table';
import { toCounts } from '@/lib/cli/analyse/to-counts';

export interface World {
  /** Text of a file, or of standard input where null; throws where it cannot be read. */
  readonly readText: (file: string | null) => string;
  readonly out: (text: string) => void;
  readonly err: (text: string) => void;
}

/** Exit code 0: the analysis was printed; 2: options or input are wrong, each fault on a line of its own. */
export function runAnalyse(args: readonly string[], { readText, out, err }: World): number {
  const options = readOptions(args);
  if (options.isHelp) {
    out(HELP);
    return 0;
  }
  const refuse = (faults: readonly Fault[]): number => {
    const source = options.file ?? 'standard input';
    for (const fault of faults) err(`${source}: ${describeFault(fault)}\n`);
    return 2;
  };
  if (options.faults.length > 0) return refuse(options.faults);
  let text: string;
  try {
    text = readText(options.file).replace(/^\uFEFF/, '');
  } catch (error) {
    const { message } = error instanceof Error ? error : { message: 'cannot be read' };
    return refuse([faultAt(NOWHERE, message)]);
  }
  if (text.length > MAX_CHARACTERS) {
    const size = `${(text.length / 1e6).toFixed(1)} million characters`;
    return refuse([
      faultAt(NOWHERE, `too large: ${size}, at most ${MAX_CHARACTERS / 1e6} million`),
    ]);
  }
  if (text.includes('\0'))
    return refuse([faultAt(NOWHERE, 'no text: it holds NUL characters; UTF-8 expected')]);
  if (text.trim() === '')
    return refuse([faultAt(NOWHERE, 'the input is empty: counts as JSON or CSV expected')]);
  let raw: RawCounts;
  try {
    raw = /^\s*[[{]/.test(text) ? readJsonCounts(text) : readCsvCounts(text);
  } catch (error) {
    if (error instanceof UnreadableInput) return refuse([error.fault]);
    throw error;
  }
  const checked = toCounts(withOptions(raw, options));
  if (!checked.ok) return refuse(checked.faults);
  const report = toReport(followLooks(checked.counts));
  out(options.isTable ? toTable(report) : `${JSON.stringify(report, null, 2)}\n`);
  return 0;
}

/** Far more than a history of looks needs; beyond it memory runs out before an answer. */
const MAX_CHARACTERS = 16_000_000;
const NOWHERE = { line: null, column: null, field: '' };
