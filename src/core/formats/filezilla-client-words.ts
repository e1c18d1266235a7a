/**
 * The word that begins each line of the FileZilla client's message log, in the 60 languages of its interface (3.63 and 3.69; the
 * ten most common were seen in runs). No word means two different things, so the language need not be known.
 */
import { COLON, SPACE } from '../bytes/ascii.ts';
import { bytesOf } from '../bytes/text.ts';

/** What kind of line a word begins. */
export type WordKind = 'status' | 'command' | 'response' | 'error' | 'trace' | 'listing';

/** One word as it stands in a line. */
export interface Word {
  readonly kind: WordKind;
  readonly bytes: Uint8Array;
  /** Whether other programs begin their lines with it as well (`Error:`). */
  readonly common: boolean;
}

/** Separated by bars; the blank before a colon (French, Corsican) is U+00A0 in the program. */
const WORDS: Readonly<Record<WordKind, string>> = {
  status:
    'Addad:|Būsena:|Durum:|Egoera:|Estado:|Estat:|Estatut:|Estau:|Rewş:|Staatus:|Stanje:|Stare:|Stato:|' +
    'Statu:|Status:|Statut :|Statu :|Statws:|Stav:|Staða:|Stádas:|Tila:|Tình trạng:|Állapot:|Κατάσταση:|' +
    'Абал:|Статус:|Стање:|Състояние:|Գործողությունը.|מצב:|الحالة:|وضعيت:|वस्तुस्थिति:|நிலை:|สถานะ:|ສະຖານະ:|' +
    'სტატუსი:|状态:|状態:|狀態:|상태:',
  command:
    'Anezḍay:|Befehl:|Comanda:|Comando:|Comandă:|Command:|Commande :|Cumanda :|Ferman:|Gorchymyn:|Komanda:|' +
    'Komandoa:|Komento:|Kommando:|Komut:|Käsk:|Lệnh:|Naredba:|Opdracht:|Orde:|Ordre:|Ordú:|Parancs:|' +
    'Perintah:|Polecenie:|Príkaz:|Příkaz:|Skipun:|Ukaz:|Εντολή:|Команда:|Наредба:|Հրամանը.|פקודה:|الأمر:|' +
    'فرمان:|आदेश:|கட்டளை:|คำสั่ง:|ຄຳສັ່ງ:|ბრძანება:|コマンド:|命令:|指令:|명령:',
  response:
    'Antwoord:|Antwort:|Atbilde:|Atsakymas:|Bersîv:|Cavab:|Erantzuna:|Freagra:|Odgovor:|Odpoveď:|Odpověď:|' +
    'Odpowiedź|Respon:|Respons:|Responsa:|Response:|Resposta:|Respuesta:|Risposta:|Risposta :|Réponse :|' +
    'Răspuns:|Svar:|Tiririt:|Trả về:|Vastaus:|Vastus:|Válasz:|Yanıt:|Ymateb:|Απάντηση:|Відповідь:|Жооп:|' +
    'Одговор:|Ответ:|Отговор:|Պատասխանը.|תגובה:|الإستجابة:|پاسخ:|प्रतिक्रिया:|பதில்:|การตอบสนอง:|' +
    'ການຕອບສະໜອງ:|პასუხი:|レスポンス:|响应:|回應:|응답:|Answer:|応答:',
  error:
    'Błąd:|Chyba:|Earráid:|Eroare:|Erreur :|Erro:|Error:|Errore:|Errorea:|Fehler:|Feil:|Fejl:|Fel:|Fout:|' +
    'Gwall:|Hata:|Hiba:|Kesalahan:|Klaida:|Kļūda:|Lỗi:|Napaka:|Pogreška:|Sbagliu :|Tuccḍa:|Viga:|Villa:|' +
    'Virhe:|Xəta:|Çewtî:|Σφάλμα:|Грешка:|Ката:|Ошибка:|Помилка:|Սխալ.|שגיאה:|الخطأ:|خطا :|त्रुटि:|பிழை:|' +
    'ข้อผิดพลาด:|ຜິດພາດ:|შეცდომა:|エラー:|錯誤:|错误:|오류:',
  trace:
    'Dojście:|Dấu vết:|Izsekot|Jarraitu aztarnari:|Jejak:|Jäljitä:|Olrhain:|Opsporen:|Pėdsakas:|Rakning:|' +
    'Rian:|Riyê Bişopîne:|Részlet:|Seguimento:|Sledi:|Spor:|Sporing:|Spårning:|Suivi :|Traccia:|Traccia :|' +
    'Trace:|Trag:|Trasovanie:|Trasování:|Traza:|Traça:|Traçament:|Traçar:|Täitmine:|Urmărire:|Yol izlensin:|' +
    'İz:|Εντοπισμός:|Відстежити:|Следи:|Траг:|Трасиране:|Трассировка:|Ուղեգծում.|מעקב:|الأثر:|ردیابی:|' +
    'पदचिन्ह:|டிரேஸ்:|ติดตาม:|ຕິດຕາມ:|კვალი:|トレース:|歷程:|追踪:|추적:',
  listing:
    'A listar:|Agbur:|Auflistung:|Contenu :|Cuntenutu :|Daftar:|Danh sách:|Elenco:|Lijst:|Liostú:|Lista:|' +
    'Listado:|Listando:|Listar:|Listau:|Listaus:|Liste:|Listing:|Listning:|Listun:|Listázás:|Listă:|' +
    'Llistant:|Loetelu:|Popis:|Rhestr:|Rêzkirin:|Saraksts:|Seznam:|Sąrašas:|Sıralama:|Výpis:|Zerrenda:|' +
    'Λίστα:|Листање:|Попис:|Список:|Списък:|Ցանկը.|הצגה:|القائمة:|در حال شنيدن :|सूची:|பட்டியல்:|รายการ:|' +
    'ລາຍການ:|リスト:|列表:|목록:',
};

const COMMON: ReadonlySet<string> = new Set([
  'Status:',
  'Command:',
  'Response:',
  'Error:',
  'Trace:',
  'Listing:',
  'Answer:',
]);

/** The words by their first byte, longest first. */
const wordsByByte = indexWords();

function indexWords(): ReadonlyMap<number, readonly Word[]> {
  const index = new Map<number, Word[]>();
  for (const [kind, words] of Object.entries(WORDS) as [WordKind, string][])
    for (const word of words.split('|'))
      for (const spelling of spellingsOf(word)) {
        const bytes = bytesOf(spelling);
        const list = index.get(bytes[0]!);
        const entry: Word = { kind, bytes, common: COMMON.has(word) };
        if (list === undefined) index.set(bytes[0]!, [entry]);
        else list.push(entry);
      }
  for (const list of index.values()) list.sort((a, b) => b.bytes.length - a.bytes.length);
  return index;
}

/** The word as the program writes it, and as web forms leave it: another blank or none before the colon. */
function spellingsOf(word: string): readonly string[] {
  if (!word.endsWith(' :')) return [word];
  const stem = word.substring(0, word.length - 2);
  return [`${stem}\u00a0:`, `${stem}\u202f:`, word, `${stem}:`];
}

/** A regular expression's alternatives for the words that end in a colon, longest first. */
export const wordPattern: string = Object.values(WORDS)
  .flatMap((words) => words.split('|'))
  .filter((word) => word.endsWith(':'))
  .sort((a, b) => b.length - a.length)
  .map((word) => word.replace(' :', '\\s?:'))
  .join('|');

/** The word at `start`, or null. */
export function wordAt(bytes: Uint8Array, start: number, end: number): Word | null {
  const words = start < end ? wordsByByte.get(bytes[start]!) : undefined;
  if (words === undefined) return null;
  for (const word of words) if (isAt(word.bytes, bytes, start, end)) return word;
  return null;
}

function isAt(word: Uint8Array, bytes: Uint8Array, start: number, end: number): boolean {
  const length = word.length;
  if (end - start < length) return false;
  for (let i = 0; i < length; i++) if (bytes[start + i] !== word[i]) return false;
  // A word without a colon (Polish `Odpowiedź`, Latvian `Izsekot`) must end there.
  const next = start + length < end ? bytes[start + length]! : SPACE;
  return word[length - 1] === COLON || next <= SPACE;
}
