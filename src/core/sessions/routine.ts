import { isOddArgument } from '../bytes/odd-argument.ts';
import { type EventCursor, Kind, NO_TIME, Note } from '../event.ts';
import { extendedPortAt, hostPortAt, isUnroutableIpv4 } from '../ftp/endpoints.ts';
import { isTransferVerb, Verb } from '../ftp/verbs.ts';
import { SLOW_REPLY_MS } from './traits.ts';

/** Bytes of a success reply that tell one wording from another; names and numbers come later in it. */
const TELLING_BYTES = 12;
const SECOND_MS = 1000;
/** Odd multipliers that spread a number over its bits. */
const FIRST = 0x9e3779b1;
const SECOND = 0x85ebca6b;
const THIRD = 0xc2b2ae35;
/** Different verbs, codes and wordings of a routine session. */
const FEATURES = 64;
const OFFER = { address: 0, port: 0 };
/** From how many transfers and commands for each of them on a session counts as chatty, which is worth telling. */
const CHATTY_COMMANDS = 8;
const CHATTY_TRANSFERS = 5;

/**
 * Watches a session as its events come, as long as it keeps to the routine: one login, each command answered at once and well,
 * each set-up used by one transfer that completes. Of such a session everything that a table shows is counted here, and
 * {@link key} stands for all that could make a difference to what is found in it: which verbs, codes and wordings it has.
 */
export class Routine {
  /** Whether the session has kept to it so far. */
  holds = false;
  completed = 0;
  epsvAttempts = 0;
  pasvAttempts = 0;
  commands = 0;
  isEncrypted = false;
  hasLoggedIn = false;
  saidGoodbye = false;
  /** Whether a 227 named an address that the internet does not route, or one that it does. */
  offeredInside = false;
  offeredOutside = false;
  /** The different verbs, codes and wordings so far, and two sums over them. */
  private readonly distinct = new Int32Array(FEATURES);
  private count = 0;
  private first = 0;
  private second = 0;
  /** The command that waits for its reply; 0 for none. */
  private pending = 0;
  private hasBegun = false;
  private isSetUp = false;
  private isImage = false;
  private isProtected = false;
  private inReply = false;
  private pendingDay = 0;
  private pendingMs = NO_TIME;

  /** Begins anew; `watched`: whether anybody will ask. */
  reset(watched: boolean): void {
    this.holds = watched;
    this.completed = this.epsvAttempts = this.pasvAttempts = this.commands = 0;
    this.isEncrypted = this.hasLoggedIn = this.saidGoodbye = false;
    this.offeredInside = this.offeredOutside = false;
    this.count = this.first = this.second = this.pending = 0;
    this.hasBegun = this.isSetUp = this.isImage = this.isProtected = this.inReply = false;
    this.pendingMs = NO_TIME;
  }

  /** Whether the session, now over, was routine from its start to its end. */
  get isWhole(): boolean {
    const isChatty = this.completed >= CHATTY_TRANSFERS && this.commands > CHATTY_COMMANDS * this.completed;
    return this.holds && this.hasLoggedIn && this.pending === 0 && !this.isSetUp && !isChatty;
  }

  /** What sets its kind apart. */
  get key(): number {
    return (this.first >>> 0) * 0x200000 + (this.second >>> 11);
  }

  /** Takes the next event. */
  add(event: EventCursor): void {
    switch (event.kind) {
      case Kind.Command:
        this.addCommand(event);
        break;
      case Kind.Reply:
        this.addReply(event);
        break;
      case Kind.ReplyPart:
        if (!this.inReply && event.code === 0) this.holds = false;
        this.inReply = true;
        if (this.commands === 0) this.mixText(event, event.textEnd);
        break;
      case Kind.Note:
        this.addNote(event.note);
        break;
      default:
        this.mix(event.kind);
    }
  }

  private addNote(note: Note): void {
    if (note === Note.TlsConnected && this.pending === 0 && this.isEncrypted) return;
    if (note !== Note.DataTlsConnected || !this.isProtected) this.holds = false;
  }

  private addCommand(event: EventCursor): void {
    const { verb, bytes, textStart, textEnd } = event;
    if (this.pending !== 0 || this.inReply || this.saidGoodbye) this.holds = false;
    this.pending = verb;
    this.pendingDay = event.day;
    this.pendingMs = event.ms;
    this.hasBegun = false;
    this.commands++;
    this.mix(verb);
    switch (verb) {
      case Verb.USER:
      case Verb.PASS:
      case Verb.AUTH:
        if (this.hasLoggedIn) this.holds = false;
        break;
      case Verb.TYPE:
        this.isImage = bytes[textStart] === LETTER_I;
        break;
      case Verb.PBSZ:
        if (!this.isEncrypted) this.holds = false;
        break;
      case Verb.PROT:
        if (!this.isEncrypted) this.holds = false;
        this.isProtected = bytes[textStart] === LETTER_P;
        break;
      case Verb.EPSV:
      case Verb.PASV:
        if (this.isSetUp || textEnd > textStart) this.holds = false;
        break;
      case 0:
      case Verb.REST:
      case Verb.APPE:
      case Verb.STOU:
      case Verb.ABOR:
      case Verb.PORT:
      case Verb.EPRT:
      case Verb.LPRT:
      case Verb.LPSV:
      case Verb.SITE:
      case Verb.HELP:
      case Verb.REIN:
      case Verb.CCC:
      case Verb.HOST:
        this.holds = false;
        break;
      case Verb.RETR:
      case Verb.STOR:
        if (!this.isImage) this.holds = false;
        break;
    }
    if (isTransferVerb(verb) && (!this.isSetUp || (this.isEncrypted && !this.isProtected))) this.holds = false;
    if (textEnd > textStart && isOddArgument(bytes, textStart, textEnd)) this.holds = false;
  }

  private addReply(event: EventCursor): void {
    const { code, bytes, textStart, textEnd } = event;
    this.inReply = false;
    this.mix(code);
    if (code >= 400) this.holds = false;
    if (this.commands === 0) {
      if (code !== 220) this.holds = false;
      this.mixText(event, textEnd);
      return;
    }
    if (this.pending === 0) this.holds = false;
    if (!this.hasBegun && this.isSlow(event)) this.holds = false;
    switch (this.pending) {
      case Verb.EPSV:
        this.epsvAttempts++;
        this.isSetUp = code === 229;
        if (!this.isSetUp || extendedPortAt(bytes, textStart, textEnd) === 0) this.holds = false;
        break;
      case Verb.PASV:
        this.pasvAttempts++;
        this.isSetUp = code === 227;
        if (!this.isSetUp || !hostPortAt(bytes, textStart, textEnd, OFFER)) this.holds = false;
        else if (isUnroutableIpv4(OFFER.address)) this.offeredInside = true;
        else this.offeredOutside = true;
        break;
      case Verb.PASS:
        this.hasLoggedIn = code === 230;
        if (!this.hasLoggedIn) this.holds = false;
        break;
      case Verb.USER:
        if (code !== 331) this.holds = false;
        break;
      case Verb.AUTH:
        this.isEncrypted = code === 234;
        if (!this.isEncrypted) this.holds = false;
        break;
      case Verb.QUIT:
        this.saidGoodbye = code === 221;
        break;
      default:
        if (isTransferVerb(this.pending)) this.addTransferReply(event);
    }
    if (code >= 200) this.pending = 0;
  }

  private addTransferReply(event: EventCursor): void {
    const { code, textStart, textEnd } = event;
    this.mixText(event, Math.min(textEnd, textStart + TELLING_BYTES));
    if (code < 200) {
      if (this.hasBegun) this.holds = false;
      this.hasBegun = true;
      return;
    }
    if (!this.hasBegun || (code !== 226 && code !== 250)) this.holds = false;
    this.completed++;
    this.isSetUp = false;
  }

  /** Whole seconds say of two moments a second apart only that the distance is less than two. */
  private isSlow({ day, ms }: EventCursor): boolean {
    if (this.pendingMs === NO_TIME || ms === NO_TIME) return false;
    if (day !== this.pendingDay) return true;
    const stepMs = ms % SECOND_MS === 0 && this.pendingMs % SECOND_MS === 0 ? SECOND_MS : 0;
    const waitedMs = ms - this.pendingMs;
    return waitedMs < 0 || waitedMs >= SLOW_REPLY_MS + stepMs;
  }

  /** Adds a feature, once: sums over a set do not depend on its order. */
  private mix(feature: number): void {
    const { distinct } = this;
    for (let i = 0; i < this.count; i++) if (distinct[i] === feature) return;
    if (this.count === distinct.length) {
      this.holds = false;
      return;
    }
    distinct[this.count++] = feature;
    const spread = Math.imul(feature, FIRST);
    this.first = (this.first + Math.imul(spread ^ (spread >>> 15), SECOND)) | 0;
    this.second = (this.second + Math.imul(spread ^ (spread >>> 13), THIRD)) | 0;
  }

  private mixText({ bytes, textStart }: EventCursor, end: number): void {
    let sum = 0;
    for (let i = textStart; i < end; i++) sum = Math.imul(sum ^ bytes[i]!, FIRST) ^ (sum >>> 15);
    this.mix(sum);
  }
}

const LETTER_I = 73;
const LETTER_P = 80;
