import { createHash, createHmac } from "node:crypto";

/** A request as a server receives it. */
export interface SignedRequest {
  readonly method: string;
  /** Path and query, as on the wire. */
  readonly url: string;
  /** Names in lower case. */
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
}

const authorizationForm = /^ACS3-HMAC-SHA256 Credential=([^,]+),SignedHeaders=([^,]+),Signature=([0-9a-f]{64})$/;

/**
 * Verifies an ACS3-HMAC-SHA256 signature as the vendor documents it, in code that shares nothing with the client.
 * Gives the key id and the signature; throws when anything is wrong.
 * https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export function verifyAcs3(request: SignedRequest, secret: string): { keyId: string; signature: string; canonical: string } {
  const parts = authorizationForm.exec(request.headers.authorization ?? "");
  if (parts === null) throw new Error("Authorization has another form");
  const [, keyId, names, signature] = parts as unknown as [string, string, string, string];
  const signed = names.split(";");
  const mustBeSigned = Object.keys(request.headers).filter((name) => /^(host|content-type|x-acs-.*)$/.test(name));
  const unsigned = mustBeSigned.filter((name) => !signed.includes(name));
  if (unsigned.length > 0) throw new Error(`not signed: ${unsigned.join(", ")}`);
  if (names !== [...signed].sort().join(";")) throw new Error("signed headers are not sorted");
  if (request.headers["x-acs-content-sha256"] !== sha256(request.body ?? "")) throw new Error("the body is another one");
  const canonical = canonicalRequest(request, signed);
  if (signature !== signatureOf(canonical, secret)) throw new Error("the signature does not match");
  return { keyId, signature, canonical };
}

export function canonicalRequest({ method, url, headers }: SignedRequest, signed: readonly string[]): string {
  const [path, query = ""] = url.split("?") as [string, string?];
  const headerLines = signed.map((name) => `${name}:${(headers[name] ?? "").trim()}\n`).join("");
  const payload = headers["x-acs-content-sha256"];
  return [method, path, canonicalQuery(query), headerLines, signed.join(";"), payload].join("\n");
}

export function signatureOf(canonical: string, secret: string): string {
  return createHmac("sha256", secret)
    .update(`ACS3-HMAC-SHA256\n${sha256(canonical)}`)
    .digest("hex");
}

export function sha256(text: string): string {
  return createHash("sha256").update(text, "utf8").digest("hex");
}

/** Decoded and encoded again, because Node sends `! ' ( ) *` as they are but they are signed escaped. */
function canonicalQuery(query: string): string {
  const pairs = query.split("&").filter((pair) => pair !== "");
  const decoded = pairs.map((pair) => [...pair.split("="), ""].slice(0, 2).map(decode) as [string, string]);
  const sorted = decoded.sort(([a], [b]) => (a < b ? -1 : 1));
  return sorted.map(([name, value]) => `${encode(name)}=${encode(value)}`).join("&");
}

function decode(text: string): string {
  return decodeURIComponent(text.replaceAll("+", " "));
}

/** RFC 3986: all but letters, digits, `-`, `_`, `.` and `~`. */
function encode(text: string): string {
  const bytes = [...Buffer.from(text, "utf8")];
  return bytes
    .map((byte) => {
      const character = String.fromCharCode(byte);
      return /[A-Za-z0-9\-_.~]/.test(character) ? character : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");
}
