/**
 * Starts the page. The page's code lies compressed in the file; what comes out of it runs only if it is the very code that the
 * page's policy names by its hash.
 */

interface TrustedTypes {
  createPolicy(
    name: string,
    rules: { createScript(code: string): string; createScriptURL(url: string): string },
  ): { createScript(code: string): string; createScriptURL(url: string): string };
}

/** What the page's code finds when it starts. */
export interface Host {
  /** Starts a worker that analyses transcripts. */
  startReader(): Promise<Worker>;
}

declare global {
  var ftplensHost: Host;
}

const rules = {
  createScript: (code: string) => code,
  createScriptURL(url: string) {
    if (!url.startsWith('blob:')) throw new TypeError('only code of this page runs here');
    return url;
  },
};
const { trustedTypes } = globalThis as { trustedTypes?: TrustedTypes };
const trusted = trustedTypes?.createPolicy('ftplens', rules) ?? rules;

/** The text that an element holds, compressed and in base64. */
async function inflate(id: string): Promise<string> {
  const base64 = document.getElementById(id)!.textContent!;
  const bytes = Uint8Array.from(atob(base64), (character) => character.charCodeAt(0));
  return new Response(new Blob([bytes]).stream().pipeThrough(new DecompressionStream('gzip'))).text();
}

globalThis.ftplensHost = {
  async startReader() {
    const url = URL.createObjectURL(new Blob([await inflate('reader-code')], { type: 'text/javascript' }));
    try {
      return new Worker(trusted.createScriptURL(url));
    } finally {
      // The worker has taken the address when its first task runs.
      setTimeout(() => URL.revokeObjectURL(url), 10_000);
    }
  },
};

async function start(): Promise<void> {
  const [look, code] = await Promise.all([inflate('style-code'), inflate('app-code')]);
  const style = document.createElement('style');
  style.textContent = look;
  const script = document.createElement('script');
  script.textContent = trusted.createScript(code);
  document.head.append(style, script);
}

start().catch(() => {
  document.getElementById('app')!.textContent =
    'This page cannot start here. It needs a browser from 2023 or later: Chrome 103, Firefox 113, Safari 16.4.';
});
