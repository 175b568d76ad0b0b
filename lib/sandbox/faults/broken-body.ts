import { wait, type SetTimer } from '@/lib/sandbox/timer';
import { ConnectionLost } from './connection-lost';

/** How a body goes out. */
export interface BodyPlan {
  /** How much of its bytes, 0 to 1. */
  readonly share: number;
  /** What comes after that share. */
  readonly end: 'closed' | 'lost';
  /** The time its pieces take, evenly. */
  readonly spreadMs: number;
  readonly chunks: number;
}

const broken = new WeakSet<Response>();

/** True for answers whose body drips, ends early or is cut: a server must treat the socket so. */
export function hasBrokenBody(response: Response): boolean {
  return broken.has(response);
}

/** The same answer, its body as planned; `content-length` tells of the whole. */
export async function breakBody(
  response: Response,
  plan: BodyPlan,
  setTimer: SetTimer,
  signal: AbortSignal,
): Promise<Response> {
  const bytes = new Uint8Array(await response.arrayBuffer());
  const headers = new Headers(response.headers);
  headers.set('content-length', String(bytes.length));
  const body = toStream(bytes, plan, setTimer, signal);
  const result = new Response(body, { status: response.status, headers });
  broken.add(result);
  return result;
}

function toStream(
  bytes: Uint8Array,
  { share, end, spreadMs, chunks }: BodyPlan,
  setTimer: SetTimer,
  signal: AbortSignal,
): ReadableStream<Uint8Array> {
  // A cut body lacks its last byte at least, or it would be a whole one.
  const isWhole = end === 'closed' && share === 1;
  const most = isWhole ? bytes.length : Math.max(0, bytes.length - 1);
  const total = Math.min(most, Math.floor(bytes.length * share));
  let sent = 0;
  let piece = 0;
  return new ReadableStream<Uint8Array>(
    {
      async pull(controller) {
        const before = sent;
        while (sent < total && sent === before) {
          await wait(setTimer, spreadMs / chunks, signal);
          piece += 1;
          sent = Math.floor((total * piece) / chunks);
        }
        if (sent > before) controller.enqueue(bytes.subarray(before, sent));
        else if (end === 'closed') controller.close();
        else controller.error(new ConnectionLost('ECONNRESET'));
      },
    },
    { highWaterMark: 0 },
  );
}
