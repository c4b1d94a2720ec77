import { createHash, createHmac, timingSafeEqual } from "node:crypto";

/**
 * Alibaba Cloud's request signature ACS3-HMAC-SHA256, from the side that verifies it ("Request syntax and signature
 * method V3", https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature).
 */

/** What of an HTTP request can be signed. */
export interface SignableRequest {
  readonly method: string;
  readonly path: string;
  /** As it came, without the question mark. */
  readonly query: string;
  /** By lower-case name; a header that came several times has several values. */
  readonly headers: ReadonlyMap<string, readonly string[]>;
  readonly body: Uint8Array;
}

export interface Authorization {
  readonly accessKeyId: string;
  /** Names as the header lists them. */
  readonly signedHeaders: readonly string[];
  readonly signature: string;
}

const algorithm = "ACS3-HMAC-SHA256";
const authorizationForm = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/;

/** The parts of the header Authorization; undefined when it has another form. */
export function parseAuthorization(header: string): Authorization | undefined {
  const [, accessKeyId = "", names = "", signature = ""] = authorizationForm.exec(header) ?? [];
  return signature === "" ? undefined : { accessKeyId, signedHeaders: names.split(";"), signature };
}

/** Headers that must be signed whenever they are sent: the host, the content type, and all of the gateway's own. */
export function mustBeSigned(name: string): boolean {
  return name === "host" || name === "content-type" || name.startsWith("x-acs-");
}

/** The text that is signed. Throws URIError when the query is not percent-encoded UTF-8. */
export function canonicalRequest(request: SignableRequest, signedHeaders: readonly string[]): string {
  const { method, path, query, headers, body } = request;
  const headerLines = signedHeaders.map((name) => `${name}:${canonicalValues(headers.get(name) ?? [])}\n`);
  return [method, path, canonicalQuery(query), headerLines.join(""), signedHeaders.join(";"), sha256(body)].join("\n");
}

function canonicalValues(values: readonly string[]): string {
  return values
    .map((value) => value.trim())
    .sort()
    .join(",");
}

/**
 * Sorted and encoded anew: clients leave `!'()*` as they are and may write a space as `+`, but sign `%21` and `%20`.
 * Throws URIError.
 */
export function canonicalQuery(query: string): string {
  const pairs = queryParameters(query).sort(([a, x], [b, y]) => order(a, b) || order(x, y));
  return pairs.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

/** Names and values, decoded. Throws URIError. */
export function queryParameters(query: string): [name: string, value: string][] {
  const parts = query.split("&").filter((part) => part !== "");
  return parts.map((part) => {
    const [name = "", ...value] = part.split("=");
    return [decode(name), decode(value.join("="))];
  });
}

function order(a: string, b: string): number {
  return a === b ? 0 : a < b ? -1 : 1;
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}

/** RFC 3986 keeps letters, digits and `-_.~` only. */
function encode(text: string): string {
  return encodeURIComponent(text).replace(/[!'()*]/g, (sign) => `%${sign.charCodeAt(0).toString(16).toUpperCase()}`);
}

export function stringToSign(canonical: string): string {
  return `${algorithm}\n${sha256(canonical)}`;
}

/** Hexadecimal; the secret itself is the key, nothing is derived from it. */
export function signatureOf(canonical: string, accessKeySecret: string): string {
  return createHmac("sha256", accessKeySecret).update(stringToSign(canonical)).digest("hex");
}

/** Takes as long for a wrong text as for the right one. */
export function sameText(a: string, b: string): boolean {
  return timingSafeEqual(createHash("sha256").update(a).digest(), createHash("sha256").update(b).digest());
}

export function sha256(data: string | Uint8Array): string {
  return createHash("sha256").update(data).digest("hex");
}
