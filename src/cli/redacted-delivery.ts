import { Redactor } from '../core/redact/redactor.ts';
import { RedactedSink } from '../exporters/redacted.ts';
import { createKeyedHash } from '../node/keyed-hash.ts';
import type { Delivery } from './run.ts';

/** The same outputs with a pseudonym for every name, the same in all of them. */
export function redactDeliveries(deliveries: readonly Delivery[]): Delivery[] {
  const redactor = new Redactor({ hash: createKeyedHash(null) });
  return deliveries.map((delivery) => ({
    ...delivery,
    create: (write, options) => {
      const inputPath = (input: number) => redactor.name('path', options.inputPath(input));
      const inputParts = (input: number) =>
        options.inputParts?.(input)?.map((part) => ({ ...part, path: redactor.name('path', part.path) })) ?? null;
      return new RedactedSink(delivery.create(write, { ...options, inputPath, inputParts }), redactor);
    },
  }));
}
