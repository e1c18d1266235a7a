import { createServer, type Server } from 'node:http';
import type { AddressInfo } from 'node:net';
import { Counter, Gauge, Registry } from 'prom-client';
import type { Told } from './news-desk.ts';

/** Only this machine may ask. */
const HOST = '127.0.0.1';

/** Counts of what was told, for Prometheus. */
export class Metrics {
  private readonly registry = new Registry();
  private readonly transfers = this.counter('transfers', 'Transfers that ended', ['outcome', 'data_command']);
  private readonly aborted = this.counter('replies_426', 'Transfers answered by 426', []);
  private readonly fallbacks = this.counter('epsv_fallbacks', 'Sessions that fell back from EPSV', []);
  private readonly refused = this.counter('login_failures', 'Sessions whose login was refused', []);
  private readonly findings = this.counter('findings', 'Findings', ['id', 'severity']);
  private readonly lag = new Gauge({
    name: 'ftplens_lag_bytes',
    help: 'Bytes of the log that are not read yet',
    labelNames: ['file'],
    registers: [this.registry],
  });
  private server: Server | null = null;

  private counter<Label extends string>(name: string, help: string, labelNames: readonly Label[]): Counter<Label> {
    return new Counter({
      name: `ftplens_${name}_total`,
      help,
      labelNames: [...labelNames],
      registers: [this.registry],
    });
  }

  count(told: Told): void {
    if (told.kind === 'finding') this.findings.inc({ id: told.finding.id, severity: told.finding.severity });
    else if (told.kind === 'transfer') {
      const { outcome, finalCode, dataConnection } = told.session.transfers[told.index]!;
      const data = dataConnection === null ? undefined : told.session.dataConnections[dataConnection];
      this.transfers.inc({ outcome, data_command: data?.command ?? 'none' });
      if (finalCode === 426) this.aborted.inc();
    } else {
      const { fellBackTo, dataConnections, login } = told.session;
      if (fellBackTo !== null && dataConnections.some(({ command }) => command === 'EPSV')) this.fallbacks.inc();
      if (login === 'refused') this.refused.inc();
    }
  }

  setLag(file: string, bytes: number): void {
    this.lag.set({ file }, bytes);
  }

  /** Begins to answer on loopback; 0 = a free port. Returns where. */
  listen(port: number): Promise<string> {
    const server = createServer((request, response) => {
      if (request.url !== '/metrics') {
        response.writeHead(404, { 'content-type': 'text/plain' }).end('see /metrics\n');
        return;
      }
      this.registry.metrics().then(
        (text) => response.writeHead(200, { 'content-type': this.registry.contentType }).end(text),
        () => response.writeHead(500).end(),
      );
    });
    this.server = server;
    return new Promise((resolve, reject) => {
      server.once('error', reject);
      server.listen(port, HOST, () => resolve(`http://${HOST}:${(server.address() as AddressInfo).port}/metrics`));
    });
  }

  close(): void {
    this.server?.close();
    this.server?.closeAllConnections();
  }
}
