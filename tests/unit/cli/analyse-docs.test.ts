import { readFileSync } from 'node:fs';
import { describe, expect, it } from 'vitest';
import { runAnalyse } from '@/lib/cli/analyse/run';
import { ARM_FIELDS, SETTING_FIELDS } from '@/lib/cli/analyse/raw-counts';

const text = readFileSync(new URL('../../../docs/analyse.md', import.meta.url), 'utf8');
const SAMPLE = /```(?:json|csv) sample\n([\s\S]*?)```[\s\S]*?```text\n([\s\S]*?)```/g;
const samples = [...text.matchAll(SAMPLE)].map(([, input = '', told = '']) => ({ input, told }));

describe('docs/analyse.md', () => {
  it('holds the samples that are tested here', () => {
    expect(samples).toHaveLength(3);
  });

  it.each(samples)('shows what the command prints of $input', ({ input, told }) => {
    let printed = '';
    const out = (more: string): void => void (printed += more);
    runAnalyse(['--table'], { readText: () => input, out, err: out });
    expect(printed).toBe(told);
  });

  it.each([...ARM_FIELDS, ...SETTING_FIELDS])('explains the field %s', (field) => {
    expect(text).toContain(`\`${field}\``);
  });
});
