import fc from 'fast-check';
import { expect, it } from 'vitest';
import { createSseParser } from '@/lib/client/live/sse-parser';

const STREAM =
  '\ufeff: hello\nretry: 2500\n\nevent: analysis\ndata: {"a":1}\n\nevent: problem\r\ndata: one\r\ndata:two\r\n\r\ndata: no event\r\rdata\n\nevent: half\ndata: never sent';

const EXPECTED = [
  { event: 'analysis', data: '{"a":1}' },
  { event: 'problem', data: 'one\ntwo' },
  { event: 'message', data: 'no event' },
  { event: 'message', data: '' },
];

it('reads the same messages wherever the text is cut', () => {
  fc.assert(
    fc.property(fc.array(fc.integer({ min: 0, max: STREAM.length })), (cuts) => {
      const parser = createSseParser();
      const ends = [...cuts].sort((a, b) => a - b);
      const pieces = [...ends, STREAM.length].map((end, i) => STREAM.slice(ends[i - 1] ?? 0, end));
      expect(pieces.flatMap((piece) => parser.push(piece))).toEqual(EXPECTED);
      expect(parser.retryMs).toBe(2500);
    }),
  );
});
