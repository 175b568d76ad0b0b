import type { Command } from 'commander';
import { InvalidArgumentError } from 'commander';
import type { Run } from '@/lib/cli/verdict/session';
import type { CommonOptions } from '@/lib/cli/verdict/settings';

/** Runs what was asked for; the program itself only reads what was typed. */
export type Perform = (options: CommonOptions, run: Run) => Promise<void>;

/** Adds a command with the options that all have. */
export type Declare = (
  parent: Command,
  usage: string,
  description: string,
  kind: 'reads' | 'writes',
) => Command;

/** Repeatable options gather their values in order. */
export const gather = (value: string, before: readonly string[]): readonly string[] => [
  ...before,
  value,
];

/** A whole number between two limits. */
export const toWhole =
  (least: number, most: number) =>
  (text: string): number => {
    const value = Number(text);
    if (!/^\d+$/.test(text) || value < least || value > most)
      throw new InvalidArgumentError(`A whole number from ${least} to ${most} is needed.`);
    return value;
  };

/** 0 to 1, exclusive. */
export function toLevel(text: string): number {
  const value = Number(text);
  if (!(value > 0.5 && value < 1)) throw new InvalidArgumentError('Use a share such as 0.95.');
  return value;
}
