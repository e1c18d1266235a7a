import { defineDiagnosis } from '../diagnosis.ts';
import { greetingOf } from '../dialogue.ts';
import { PRODUCT_NAMES, type Product, serverOf } from '../products.ts';
import { oldVersionOf } from './outdated-versions.ts';

/** The greeting names an old version of the server. */
export default defineDiagnosis<{ product: Product; version: string; why: string }>({
  id: 'outdated-server-banner',
  group: 'health',
  title: 'old server software, by its greeting',
  severity: 'notice',
  gravest: 'warning',
  references: ['release notes of the server'],
  explanation:
    'The greeting names a version that is no longer maintained or that has a known weakness. Greetings can be changed, and distributions repair old versions without giving them a new number, so look at the installed package before you conclude anything.',
  remedies: [
    { side: 'server', text: 'Update the server, or check that the distribution has repaired this version.' },
    { side: 'FileZilla Server 0.9', text: 'Update to the current 1.x; its installer takes the old settings over.' },
  ],
  triggers: { codes: [220] },
  perInput: true,
  *detect(session) {
    const { product, version } = serverOf(session);
    const greeting = greetingOf(session);
    if (product === null || version === null || greeting === null || greeting.reply.code !== 220) return;
    if (!session.server.banner?.includes(version)) return;
    const old = oldVersionOf(product, version);
    if (old === null) return;
    yield {
      lines: [greeting.reply],
      data: { product, version, why: old.why },
      severity: old.isKnownHole ? 'warning' : 'notice',
      side: 'server',
      certainty: 'possible',
    };
  },
  message: ({ product, version, why }) =>
    `According to its greeting the server is ${PRODUCT_NAMES[product].replace(/ (?:0\.9|1\.x)$/, '')} ${version}: ${why}.`,
});
