import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { Ajv2020 } from 'ajv/dist/2020.js';
import { describe, expect, it } from 'vitest';
import { Analysis, type Sink } from '../../../src/core/analysis.ts';
import type { ExportSink } from '../../../src/exporters/exporter.ts';
import { json } from '../../../src/exporters/json.ts';
import { jsonl } from '../../../src/exporters/jsonl.ts';
import { reportSchema } from '../../../src/exporters/schema/report-schema.ts';
import { makeOptions } from '../made.ts';

const root = path.resolve(import.meta.dirname, '../../..');
const folders = readdirSync(path.join(root, 'fixtures'), { recursive: true, withFileTypes: true })
  .filter((entry) => entry.isFile() && entry.name !== 'README.md')
  .map((entry) => path.relative(root, path.join(entry.parentPath, entry.name)));

/** The schema with every field that it does not name forbidden, so that a new one cannot be forgotten. */
function closed(schema: unknown): unknown {
  if (Array.isArray(schema)) return schema.map(closed);
  if (typeof schema !== 'object' || schema === null) return schema;
  const entries = Object.entries(schema).map(([name, value]) => [name, closed(value)]);
  return { ...Object.fromEntries(entries), ...('properties' in schema ? { additionalProperties: false } : {}) };
}

const isValid = new Ajv2020({ allErrors: true }).compile(closed(reportSchema) as object);
// A record's `type` stands beside the fields of its part, so that its schema has to be the open one.
const isValidRecord = new Ajv2020({ allErrors: true })
  .addSchema(reportSchema)
  .compile({ $ref: `${reportSchema['$id']}#/$defs/Record` });

/** What the exporters write of a file. */
function exportFile(file: string): { report: string; records: string } {
  let report = '';
  let records = '';
  const options = makeOptions({ inputPath: () => file, groupBy: ['user', 'code'] });
  const sinks: ExportSink[] = [
    json.create((chunk) => {
      report += chunk;
    }, options),
    jsonl.create((chunk) => {
      records += chunk;
    }, options),
  ];
  const both: Sink = {
    session: (...given) => {
      for (const sink of sinks) sink.session(...given);
    },
    end: (totals) => {
      for (const sink of sinks) sink.end(totals);
    },
  };
  const analysis = new Analysis({ groupBy: options.groupBy }, both);
  const bytes = readFileSync(path.join(root, file));
  analysis.open({ path: file, sizeBytes: bytes.length, compression: null });
  analysis.push(bytes);
  analysis.close();
  analysis.end();
  return { report, records };
}

describe('the JSON Schema', () => {
  it.each(folders)('holds for %s', (file) => {
    const { report, records } = exportFile(file);
    isValid(JSON.parse(report));
    expect(isValid.errors).toBeNull();
    for (const line of records.trimEnd().split('\n')) {
      isValidRecord(JSON.parse(line));
      expect(isValidRecord.errors, line).toBeNull();
    }
  });

  it('refuses what is no report', () => {
    expect(isValid({ schema: 'ftplens.report/1' })).toBe(false);
    expect(isValidRecord({ type: 'session', id: 's0-1' })).toBe(false);
    expect(isValidRecord({ type: 'verdict', verdict: 'All is well.' })).toBe(true);
  });
});
