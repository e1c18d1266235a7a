/** What stays as it is, because it names no person, machine or file. */

/** Login names that stand for nobody (RFC 1635). */
export const NAMELESS_USERS: ReadonlySet<string> = new Set(['anonymous', 'ftp', 'Anonymous', '(none)', '-', '?']);

/** Hosts of the makers of FTP programs, which banners name. */
const MAKERS: readonly string[] = [
  'filezilla-project.org',
  'sourceforge.net',
  'winscp.net',
  'curl.se',
  'haxx.se',
  'proftpd.org',
  'pureftpd.org',
  'vsftpd.beasts.org',
  'lftp.yar.ru',
  'gnu.org',
  'microsoft.com',
];

/** Last labels by which a dotted word is taken for a host's name. Country codes are taken as they come. */
export const TOP_LABELS: ReadonlySet<string> = new Set(
  (
    'com net org edu gov mil int info biz name arpa local localdomain lan home internal intranet corp private test ' +
    'example invalid onion cloud host hosting online site app dev tech store shop email systems solutions company ' +
    'ac ad ae al am ar at au az ba bd be bg bo br by ca ch ci cl cn co cr cy cz de dk do ec ee eg es eu fi fr ge gr ' +
    'hk hr hu id ie il in io ir is it jo jp ke kr kw kz lb li lk lt lu lv ma me mk mt mx my ng nl no nz om pa pe ph ' +
    'pk pl pt qa ro rs ru sa se sg si sk su th tn tr tw tz ua ug uk us uy uz ve vn za'
  ).split(' '),
);

/** Words of programs and protocols: a name that is one of them is replaced only where its place shows that it is a name. */
export const WORDS: ReadonlySet<string> = new Set(
  (
    'abort aborted accepted access active address allowed already ascii bad banner binary browser bytes cannot certificate ' +
    'changed cipher client closed closing code command commands complete completed connect connected connecting ' +
    'connection control could current data date default denied directory disconnect disconnected done download ' +
    'downloaded end ended ending entering error establish established exceeded expired extended failed feat features ' +
    'file files filezilla for from ftp ftpd ftps get goodbye group handshake have hello help host idle image info initial ' +
    'invalid issuer last left line list listing local log logged login logout long mode name network new no none not ' +
    'note nobody ok okay open opening owner passive password path peer permission please port private proftpd protection ' +
    'protocol public put quit quota read ready received refused remote reply request required reset response resume ' +
    'root route secure send sent server service session size socket start started state status stopped store stream ' +
    'string subject success successful support supported system temporary test text the time timed timeout tls to ' +
    'transfer transferred trying type unable unix unknown upload uploaded use user username using utf8 value verify ' +
    'version vsftpd welcome will with write you your'
  ).split(' '),
);

/** Whether a host's name belongs to a maker of FTP programs, or to no machine in particular. */
export function isKnownHost(name: string): boolean {
  const lower = name.toLowerCase();
  return lower === 'localhost' || MAKERS.some((maker) => lower === maker || lower.endsWith(`.${maker}`));
}
