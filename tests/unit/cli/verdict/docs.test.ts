import { readFileSync } from 'node:fs';
import type { Command } from 'commander';
import { describe, expect, it } from 'vitest';
import { EXIT } from '@/lib/cli/verdict/fault';
import { createProgram } from '@/lib/cli/verdict/program';
import type { World } from '@/lib/cli/verdict/world';

const text = readFileSync(new URL('../../../../docs/shell.md', import.meta.url), 'utf8');
const commands = leavesOf(
  createProgram(async () => {}, { out() {}, err() {} } as unknown as World),
  '',
);

function leavesOf(command: Command, path: string): { path: string; options: string[] }[] {
  return command.commands.flatMap((one) => {
    const own = `${path} ${one.name()}`.trim();
    const options = one.options.map(({ long }) => long ?? '');
    return one.commands.length > 0 ? leavesOf(one, own) : [{ path: own, options }];
  });
}

describe('docs/shell.md', () => {
  it('sees the commands it is held against', () => {
    expect(commands.length).toBeGreaterThanOrEqual(15);
  });

  it.each(commands)('explains $path and its options', ({ path, options }) => {
    expect(text).toContain(path);
    for (const option of options) expect(text, option).toContain(`\`${option}`);
  });

  it.each(Object.values(EXIT))('explains exit code %d', (code) => {
    expect(text).toMatch(new RegExp(`^\\| ${code} +\\|`, 'm'));
  });
});
