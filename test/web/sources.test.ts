import { readdirSync, readFileSync } from 'node:fs';
import path from 'node:path';
import { describe, expect, it } from 'vitest';

const web = path.resolve(import.meta.dirname, '../../src/web');
const sources = readdirSync(web, { recursive: true, encoding: 'utf8' })
  .filter((file) => /\.(?:tsx?|html)$/.test(file))
  .map((file) => ({ file, text: readFileSync(path.join(web, file), 'utf8') }));

describe('sources of the page', () => {
  it.each(sources)('$file makes no markup of texts and asks nothing of a network', ({ text }) => {
    expect(text).not.toMatch(
      /innerHTML\s*=|insertAdjacentHTML|dangerouslySetInnerHTML|document\.write|DOMParser|\beval\(|new Function|srcdoc/,
    );
    expect(text).not.toMatch(/\bfetch\(|XMLHttpRequest|WebSocket|EventSource|sendBeacon|importScripts|https?:\/\//);
  });
});
