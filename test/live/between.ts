/** What stands between client and server, without a firewall or the right to have one. */
import { spawn } from 'node:child_process';
import { connect, createServer, type Socket } from 'node:net';
import path from 'node:path';

/** Where the relay is reached: the servers listen for data connections at 127.0.0.1 alone. */
export const RELAY_HOST = '127.0.0.2';

/** Something that is there until it is closed. */
export interface Between {
  readonly port: number;
  close(): void;
}

/** Passes control connections on to a server, and nothing else: as a router does that forwards one port. */
export async function startRelay(host: string, port: number): Promise<Between> {
  const sockets = new Set<Socket>();
  const relay = createServer((client) => {
    const server = connect({ host, port });
    for (const [one, other] of [
      [client, server],
      [server, client],
    ] as const) {
      sockets.add(one);
      one.on('error', () => other.destroy()).pipe(other);
    }
  });
  await new Promise<void>((resolve) => relay.listen(0, RELAY_HOST, resolve));
  const close = () => {
    for (const socket of sockets) socket.destroy();
    relay.close();
  };
  return { port: (relay.address() as { port: number }).port, close };
}

const SILENT_MS = 30_000;

/** Two ports of `host`, the first of which is named, that answer nothing. */
export async function startSilentPorts(host: string): Promise<Between> {
  const script = path.join(import.meta.dirname, 'silent_port.py');
  const child = spawn('/usr/bin/python3', [script, host], { stdio: ['ignore', 'pipe', 'ignore'] });
  const close = () => void child.kill('SIGKILL');
  const port = await new Promise<number>((resolve) => {
    child.stdout.once('data', (line: Buffer) => resolve(Number(line.toString())));
    child.once('close', () => resolve(Number.NaN));
    setTimeout(() => resolve(Number.NaN), SILENT_MS).unref();
  });
  if (port > 0) return { port, close };
  close();
  throw new Error(`no silent ports at ${host}`);
}
