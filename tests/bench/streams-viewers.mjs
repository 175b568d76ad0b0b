/**
 * Many viewers in one process, over bare sockets so that they cost little beside the server they measure. Orders come
 * from the parent: `{ open, port, path }`, `{ collect: true }`. Delays are from the making of an event (its stamp) to the
 * moment its last byte was read here; events without a stamp (beats of a demo) are timed from the first viewer that got them.
 */
import { connect } from 'node:net';

const nowMicros = () => Number(process.hrtime.bigint() / 1_000n);

const STAMP = /"curveRevision":(\d{9,})/g;
const BEAT = /id: (\d+)\nevent: heartbeat\n/g;
const END_OF_EVENT = '\n\n';
const BATCH = 200;

let delays = [];
let events = 0;
let closed = 0;
let opened = 0;
/** Beat -> when the first viewer had it. */
const firstAt = new Map();
const sockets = [];

function read(text, isStamped) {
  const atMicros = nowMicros();
  if (isStamped)
    for (const [, stamp] of text.matchAll(STAMP)) {
      events += 1;
      delays.push(atMicros - Number(stamp));
    }
  else
    for (const [, id] of text.matchAll(BEAT)) {
      events += 1;
      if (!firstAt.has(id)) firstAt.set(id, atMicros);
      delays.push(atMicros - firstAt.get(id));
    }
}

const open = ({ port, path, isStamped }) =>
  new Promise((resolve) => {
    const socket = connect({ port, host: '127.0.0.1' });
    let rest = '';
    socket.on('connect', () => socket.write(`GET ${path} HTTP/1.1\r\nHost: localhost\r\n\r\n`));
    socket.on('data', (chunk) => {
      const text = rest + chunk.latin1Slice();
      const end = text.lastIndexOf(END_OF_EVENT);
      // An event may arrive in pieces; it counts when its last byte is here.
      rest = end === -1 ? text : text.slice(end + END_OF_EVENT.length);
      if (end === -1) return;
      read(text.slice(0, end + END_OF_EVENT.length), isStamped);
      if (!socket.isCounted) {
        socket.isCounted = true;
        opened += 1;
        resolve();
      }
    });
    socket.on('error', () => {});
    socket.on('close', () => {
      closed += 1;
      resolve();
    });
    sockets.push(socket);
  });

process.on('disconnect', () => process.exit(0));
process.on('message', async (order) => {
  if (order.open) {
    for (let left = order.open; left > 0; left -= BATCH)
      await Promise.all(Array.from({ length: Math.min(BATCH, left) }, () => open(order)));
  }
  if (order.close) for (const socket of sockets.splice(0)) socket.destroy();
  if (order.reset || order.collect) {
    process.send({ delays: order.collect ? delays : [], events, opened, closed });
    delays = [];
    events = 0;
  } else process.send({ events, opened, closed });
});
process.send({});
