import 'server-only';

export class BodyTooLarge extends Error {}

/** The body as text, given up as soon as it exceeds `maxBytes` (throws `BodyTooLarge`; faults of the wire pass through). */
export async function readBody(
  { body }: Pick<Response, 'body'>,
  maxBytes: number,
): Promise<string> {
  if (body === null) return '';
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  let bytes = 0;
  for (;;) {
    const { done, value } = await reader.read();
    if (done) return text + decoder.decode();
    bytes += value.byteLength;
    if (bytes > maxBytes) {
      await reader.cancel().catch(() => {});
      throw new BodyTooLarge();
    }
    text += decoder.decode(value, { stream: true });
  }
}
