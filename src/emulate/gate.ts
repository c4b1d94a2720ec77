import {
  type Authorization,
  canonicalRequest,
  mustBeSigned,
  parseAuthorization,
  queryParameters,
  type SignableRequest,
  sameText,
  sha256,
  signatureOf,
  stringToSign,
} from "./acs3.js";
import { type Action, isAction } from "./operations.js";
import { Parameters } from "./parameters.js";
import { Recent } from "./recent.js";
import { ServiceError } from "./service-error.js";

const apiVersion = "2020-11-09";
const minute = 60_000;
// The documentation allows 15 minutes either way; a nonce is then of no use to anybody after 30.
const dateWindow = 15 * minute;
const nonceLife = 31 * minute;
// Some 30 MB at most. Beyond it the oldest nonces are forgotten.
const noncesKept = 200_000;

export interface AccessKey {
  readonly id: string;
  readonly secret: string;
}

/** A call that may be answered. */
export interface Call {
  readonly action: Action;
  readonly parameters: Parameters;
}

/** What stands before every operation: is the call known, signed with the key, fresh, and not a repetition? */
export class Gate {
  readonly #key: AccessKey;
  readonly #now: () => number;
  readonly #nonces = new Recent<number>(noncesKept);

  /** `now` gives milliseconds since 1970. */
  constructor(key: AccessKey, now: () => number = Date.now) {
    this.#key = key;
    this.#now = now;
  }

  /** The call of a request. Throws ServiceError. */
  admit(request: SignableRequest): Call {
    const action = knownAction(request);
    const authorization = readAuthorization(request);
    if (!sameText(authorization.accessKeyId, this.#key.id)) throw new ServiceError("InvalidAccessKeyId.NotFound");
    this.#checkDate(header(request, "x-acs-date"));
    const nonce = header(request, "x-acs-signature-nonce");
    if (nonce === undefined) throw new ServiceError("MissingSignatureNonce");
    this.#checkSignature(request, authorization);
    this.#spend(nonce);
    return { action, parameters: new Parameters(queryParameters(request.query)) };
  }

  #checkDate(text: string | undefined): void {
    if (text === undefined) throw new ServiceError("IllegalTimestamp");
    const time = utcTime(text);
    if (time === undefined) throw new ServiceError("InvalidTimeStamp.Format");
    if (Math.abs(this.#now() - time) > dateWindow) throw new ServiceError("InvalidTimeStamp.Expired");
  }

  #checkSignature(request: SignableRequest, { signedHeaders, signature }: Authorization): void {
    const canonical = canonicalOrRefused(request, signedHeaders);
    const bodyIsRight = header(request, "x-acs-content-sha256") === sha256(request.body);
    if (!sameText(signature, signatureOf(canonical, this.#key.secret)) || !bodyIsRight) throw doesNotMatch(canonical);
  }

  /** Only a right signature spends a nonce: whoever lacks the key cannot use up another client's. */
  #spend(nonce: string): void {
    const key = sha256(nonce);
    const spent = this.#nonces.get(key);
    if (spent !== undefined && this.#now() - spent < nonceLife) throw new ServiceError("SignatureNonceUsed");
    this.#nonces.set(key, this.#now());
  }
}

function knownAction(request: SignableRequest): Action {
  if (request.method !== "POST" && request.method !== "GET") throw new ServiceError("UnsupportedHTTPMethod");
  if (request.path !== "/") throw new ServiceError("InvalidApi.NotFound");
  const action = header(request, "x-acs-action");
  const version = header(request, "x-acs-version");
  if (action === undefined) throw new ServiceError("MissingAction");
  if (version === undefined) throw new ServiceError("MissingVersion");
  if (version !== apiVersion) throw new ServiceError("NoSuchVersion");
  if (!isAction(action)) throw new ServiceError("InvalidApi.NotFound");
  return action;
}

function readAuthorization(request: SignableRequest): Authorization {
  const text = header(request, "authorization");
  if (text === undefined) throw incomplete("the header Authorization is missing");
  if (!text.startsWith("ACS3-HMAC-SHA256 ")) throw new ServiceError("InvalidSignatureMethod");
  const authorization = parseAuthorization(text);
  if (authorization === undefined) throw incomplete("Authorization is not Credential=…,SignedHeaders=…,Signature=…");
  checkSignedHeaders(request, authorization.signedHeaders);
  return authorization;
}

/** Clients sign more or less; what they must sign they must, in the documented form. */
function checkSignedHeaders({ headers }: SignableRequest, signed: readonly string[]): void {
  const unsigned = [...headers.keys()].filter((name) => mustBeSigned(name) && !signed.includes(name));
  if (unsigned.length > 0) throw incomplete(`not signed: ${unsigned.join(", ")}`);
  const absent = [...signed, "host", "x-acs-content-sha256"].find((name) => !headers.has(name));
  if (absent !== undefined) throw incomplete(`signed or required, but not sent: ${absent}`);
  const sorted = [...new Set(signed)].sort();
  if (sorted.join(";") !== signed.join(";")) throw incomplete("SignedHeaders is not in order");
}

function canonicalOrRefused(request: SignableRequest, signedHeaders: readonly string[]): string {
  try {
    return canonicalRequest(request, signedHeaders);
  } catch {
    throw new ServiceError("InvalidParameter", { message: "The query is not percent-encoded UTF-8." });
  }
}

function incomplete(why: string): ServiceError {
  const { message } = new ServiceError("IncompleteSignature");
  return new ServiceError("IncompleteSignature", { message: `${message} (${why})` });
}

/** As the service does, the message shows what was signed here, so that a client's author can compare. */
function doesNotMatch(canonical: string): ServiceError {
  const { message } = new ServiceError("SignatureDoesNotMatch");
  return new ServiceError("SignatureDoesNotMatch", {
    message: `${message} server StringToSign is [${stringToSign(canonical)}] server CanonicalRequest is [${canonical}]`,
  });
}

/** A header that came once; undefined when it is absent, empty or came several times. */
export function header({ headers }: SignableRequest, name: string): string | undefined {
  const [value, ...more] = headers.get(name) ?? [];
  return more.length === 0 ? value?.trim() || undefined : undefined;
}

/** Milliseconds of `yyyy-MM-ddTHH:mm:ssZ`; undefined for another form, or a moment that does not exist. */
function utcTime(text: string): number | undefined {
  if (!/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/.test(text)) return undefined;
  const time = Date.parse(text);
  return Number.isNaN(time) || new Date(time).toISOString() !== text.replace("Z", ".000Z") ? undefined : time;
}
