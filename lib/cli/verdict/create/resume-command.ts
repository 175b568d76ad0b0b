import type { CreateOptions } from '@/lib/cli/verdict/create/wanted';

/** The very command that goes on with what was begun, quoted for a shell. */
export function toResumeCommand(
  experimentId: string,
  options: CreateOptions,
  loose: readonly string[],
): string {
  const { site, name, url, variation, goal, mainGoal, segment, split, launch, type } = options;
  const pairs: readonly (readonly [string, string | undefined])[] = [
    ['--resume', experimentId],
    ...loose.map((id) => ['--adopt', id] as const),
    ['--site', site],
    ['--name', name],
    ['--url', url],
    ['--type', type === DEFAULT_TYPE ? undefined : type],
    ...variation.map((one) => ['--variation', one] as const),
    ...goal.map((one) => ['--goal', one] as const),
    ['--main-goal', mainGoal],
    ['--segment', segment],
    ['--split', split],
  ];
  const words = pairs.flatMap(([flag, value]) => (value === undefined ? [] : [flag, quote(value)]));
  return ['npx verdict experiments create', ...words, ...(launch ? ['--launch'] : [])].join(' ');
}

/** Made in code rather than in the visual editor. */
export const DEFAULT_TYPE = 'DEVELOPER';

/** As a POSIX shell reads it back. */
export const quote = (text: string): string =>
  /^[\w./:@%+=,-]+$/.test(text) ? text : `'${text.replaceAll("'", `'\\''`)}'`;
