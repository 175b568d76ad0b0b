import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { plain, plainLines, toSafeJson } from '@/lib/cli/verdict/plain';
import { cutTo, toTable, widthOf } from '@/lib/cli/verdict/width';
import { anyText, createShell } from './shell';

/** What a terminal obeys, or what turns or forges a line. */
const OBEYED = /[\u0000-\u0009\u000b-\u001f\u007f-\u009f\u2028-\u202e\u2066-\u2069\u200e\u200f]/;

describe('output', () => {
  it('holds nothing that a terminal would obey, whatever upstream calls its things', () => {
    fc.assert(
      fc.property(anyText(60), (text) => {
        expect(plain(text)).not.toMatch(OBEYED);
        expect(plain(text)).not.toContain('\n');
        expect(plainLines(text)).not.toMatch(OBEYED);
        const json = toSafeJson({ [text]: text });
        expect(json).not.toMatch(OBEYED);
        expect(Object.entries(JSON.parse(json))).toEqual([[text, text]]);
      }),
    );
  });

  it('strips them from a whole command', async () => {
    const shell = createShell();
    const name = '\u001b[2J\u001b]0;owned\u0007Evil\r\nforged \u202egnp';
    shell.fake.rows.goals.set('7', { id: '7', name, siteId: '10', type: 'CLICK' });
    const { out } = await shell.run('goals', 'list');
    expect(out).not.toMatch(OBEYED);
    expect(out.trimEnd().split('\n')).toHaveLength(2);
    const answer = await shell.json('goals', 'list');
    expect(answer).toMatchObject({ goals: [{ id: '7', name }] });
  });

  it.each([
    ['abc', 3],
    ['日本語', 6],
    ['한국어', 6],
    ['مرحبا', 5],
    ['e\u0301', 1],
    ['👩‍👩‍👧', 2],
    ['🇫🇷', 2],
    ['❤️', 2],
    ['ｆｕｌｌ', 8],
  ])('counts the columns of %s', (text, columns) => {
    expect(widthOf(text)).toBe(columns);
  });

  it('keeps columns in line under wide letters, and cuts what is too long between letters', () => {
    const table = toTable(
      [
        { title: 'Name', most: 8 },
        { title: 'n', isNumber: true },
      ],
      [
        ['日本', '1'],
        ['👩‍👩‍👧 family', '22'],
        ['abcdefghijk', '333'],
      ],
    );
    const widths = table.split('\n').map(widthOf);
    expect(new Set(widths).size).toBe(1);
    expect(table).toContain('abcdefg…');
    expect(cutTo('👩‍👩‍👧👩‍👩‍👧👩‍👩‍👧', 5)).toBe('👩‍👩‍👧👩‍👩‍👧…');
  });
});
