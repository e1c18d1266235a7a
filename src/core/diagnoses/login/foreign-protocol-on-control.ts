import { defineDiagnosis } from '../diagnosis.ts';
import { isCommand } from '../dialogue.ts';
import { shortened } from '../wording.ts';

const FOREIGN: readonly (readonly [RegExp, string])[] = [
  [/^(?:GET|HEAD|POST|PUT|PROPFIND|TRACE|CONNECT|OPTIONS)$/, 'HTTP'],
  [/^(?:EHLO|HELO|MAIL|RCPT|DATA|STARTTLS)$/, 'SMTP'],
  [/^SSH-[12]\./, 'SSH'],
  [/^(?:INVITE|REGISTER)$/, 'SIP'],
  [/^[^A-Za-z]?\x16|^\\X16\\X03/, 'TLS'],
  [/^\x03[\0-\x7f]/, 'RDP'],
];
/** `GET / HTTP/1.1`, `OPTIONS * RTSP/1.0`: the argument tells that it is meant. */
const REQUEST = /\b(?:HTTP|RTSP|SIP)\/\d/;

/** Something else than FTP on the FTP port. */
export default defineDiagnosis<{ protocol: string; line: string }>({
  id: 'foreign-protocol-on-control',
  group: 'login',
  title: 'another protocol on the FTP port',
  severity: 'notice',
  references: ['RFC 959 section 4.1'],
  explanation:
    'The client speaks another protocol than FTP: a scanner, a browser or crawler that was given the wrong port, or an ftps:// client that begins with TLS.',
  remedies: [{ side: 'server', text: 'Nothing has to be done; block the source if it comes often.' }],
  triggers: { codes: [500, 501, 502, 503, 530, 421], needs: ['server', 'noLogin'] },
  *detect(session) {
    if (session.vantage !== 'server' || session.login === 'accepted') return;
    for (const exchange of session.exchanges) {
      if (!isCommand(exchange)) continue;
      const verb = exchange.verb ?? '';
      const protocol = FOREIGN.find(([pattern]) => pattern.test(verb))?.[1];
      const isRequest = REQUEST.test(exchange.argument ?? '');
      if (protocol === undefined && !isRequest) continue;
      if ((verb === 'OPTIONS' || verb === 'DATA') && !isRequest) continue;
      yield {
        lines: [exchange, ...exchange.replies],
        data: { protocol: protocol ?? 'HTTP', line: shortened(`${verb} ${exchange.argument ?? ''}`.trim(), 60) },
        side: 'client',
        certainty: 'certain',
      };
      return;
    }
  },
  message: ({ protocol, line }) =>
    protocol === 'TLS' || protocol === 'RDP'
      ? `The client speaks ${protocol} on the FTP port.`
      : `The client speaks ${protocol} on the FTP port: "${line}".`,
});
