/**
 * Server-sent events out of text that may be cut anywhere: in a line, between CR and LF, in a field's name.
 * Follows the HTML standard's rules for line ends, comments, several `data:` lines and one space after the colon.
 */
export interface SseMessage {
  readonly event: string;
  readonly data: string;
}

export interface SseParser {
  push(text: string): readonly SseMessage[];
  /** The last `retry:` of the stream, milliseconds; null when it never said. */
  readonly retryMs: number | null;
}

export function createSseParser(): SseParser {
  let rest = '';
  let isStart = true;
  let event = '';
  let data: string[] = [];
  let retryMs: number | null = null;

  const readLine = (line: string): SseMessage | null => {
    if (line === '') {
      const message = data.length > 0 ? { event: event || 'message', data: data.join('\n') } : null;
      event = '';
      data = [];
      return message;
    }
    const colon = line.indexOf(':');
    const field = colon === -1 ? line : line.slice(0, colon);
    const value = colon === -1 ? '' : line.slice(colon + 1).replace(/^ /, '');
    if (field === 'data') data.push(value);
    else if (field === 'event') event = value;
    else if (field === 'retry' && /^\d+$/.test(value)) retryMs = Number(value);
    return null;
  };

  return {
    push(text) {
      rest += isStart ? text.replace(/^\ufeff/, '') : text;
      if (text !== '') isStart = false;
      const messages: SseMessage[] = [];
      for (;;) {
        const end = rest.search(/[\r\n]/);
        // A CR at the very end may be half of CR LF: wait for the next piece.
        if (end === -1 || (rest[end] === '\r' && end === rest.length - 1)) return messages;
        const line = rest.slice(0, end);
        rest = rest.slice(end + (rest.startsWith('\r\n', end) ? 2 : 1));
        const message = readLine(line);
        if (message) messages.push(message);
      }
    },
    get retryMs() {
      return retryMs;
    },
  };
}
