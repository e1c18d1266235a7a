import type { Exporter } from './exporter.ts';
import { PageSink, REPORT_BOUNDS } from './html/page-sink.ts';

/** Where the page has room for a report. */
const PLACE = '<script type="application/json" id="report">';

/** One web page that holds the results and shows them without a network. */
export const html: Exporter = {
  id: 'html',
  title: 'a web page of its own, for people',
  extensions: ['html', 'htm'],
  holds: 'report',
  create(write, options) {
    const page = options.page();
    const place = page.lastIndexOf(PLACE);
    if (place < 0) throw new Error('the page has no room for a report');
    const data = new PageSink(write, REPORT_BOUNDS);
    return {
      session: (session, findings) => data.session(session, findings),
      end(totals) {
        write(page.substring(0, place + PLACE.length));
        data.end(totals);
        write(page.substring(place + PLACE.length));
      },
    };
  },
};
