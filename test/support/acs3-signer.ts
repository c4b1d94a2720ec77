import { createHash, createHmac, randomUUID } from "node:crypto";
import { Agent, type IncomingHttpHeaders, request } from "node:http";
import { stringify } from "node:querystring";

/**
 * A small client that signs with ACS3-HMAC-SHA256, written from the vendor's documentation and apart from the code
 * under test: https://www.alibabacloud.com/help/en/sdk/product-overview/v3-request-structure-and-signature
 */
export interface Keys {
  readonly id: string;
  readonly secret: string;
  readonly securityToken?: string;
}

export interface CallOptions {
  readonly keys?: Keys;
  readonly method?: string;
  readonly path?: string;
  /** Signed and sent with the others; undefined takes one away. */
  readonly headers?: Readonly<Record<string, string | undefined>>;
  /** Sent, but not signed. */
  readonly unsigned?: Readonly<Record<string, string>>;
  readonly body?: string;
  /** The query as it is sent; by default as Node's querystring writes it, which leaves `!'()*` as they are. */
  readonly query?: string;
  /** Changes the header Authorization after signing. */
  readonly authorization?: (right: string) => string;
  readonly timeout?: number;
}

export interface HttpReply {
  readonly status: number;
  readonly headers: IncomingHttpHeaders;
  readonly text: string;
}

export const emulatorKeys: Keys = { id: "emulator", secret: "emulator" };

const hex = (text: string) => createHash("sha256").update(text).digest("hex");
const strict = (text: string) =>
  [...new TextEncoder().encode(text)]
    .map((byte) => {
      const sign = String.fromCharCode(byte);
      return /[\w.~-]/.test(sign) ? sign : `%${byte.toString(16).toUpperCase().padStart(2, "0")}`;
    })
    .join("");

/** Signs and sends one call; rejects when the connection fails. */
export function call(
  endpoint: string,
  action: string,
  parameters: Readonly<Record<string, string | number>> = {},
  options: CallOptions = {},
): Promise<HttpReply> {
  const { keys = emulatorKeys, method = "POST", path = "/", body = "", query = stringify(parameters) } = options;
  const headers = Object.fromEntries(
    Object.entries({
      host: endpoint,
      "x-acs-action": action,
      "x-acs-version": "2020-11-09",
      "x-acs-date": new Date().toISOString().replace(/\.\d+Z$/, "Z"),
      "x-acs-signature-nonce": randomUUID(),
      "x-acs-content-sha256": hex(body),
      "x-acs-credentials-provider": keys.securityToken === undefined ? "static_ak" : "static_sts",
      ...(keys.securityToken === undefined ? {} : { "x-acs-accesskey-id": keys.id, "x-acs-security-token": keys.securityToken }),
      ...options.headers,
    }).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
  const right = authorizationFor(keys, method, path, parameters, headers, hex(body));
  const authorization = (options.authorization ?? ((text) => text))(right);
  const signed = authorization === "" ? headers : { ...headers, authorization };
  return send(
    endpoint,
    { method, path: query === "" ? path : `${path}?${query}` },
    { ...signed, ...options.unsigned },
    body,
    options.timeout,
  );
}

function authorizationFor(
  keys: Keys,
  method: string,
  path: string,
  parameters: Readonly<Record<string, string | number>>,
  headers: Readonly<Record<string, string>>,
  payload: string,
): string {
  const names = Object.keys(headers).sort();
  const query = Object.keys(parameters)
    .sort()
    .map((name) => `${strict(name)}=${strict(String(parameters[name]))}`);
  const canonical = [
    method,
    path,
    query.join("&"),
    ...names.map((name) => `${name}:${(headers[name] as string).trim()}`),
    "",
    names.join(";"),
    payload,
  ].join("\n");
  const signature = createHmac("sha256", keys.secret)
    .update(`ACS3-HMAC-SHA256\n${hex(canonical)}`)
    .digest("hex");
  return `ACS3-HMAC-SHA256 Credential=${keys.id},SignedHeaders=${names.join(";")},Signature=${signature}`;
}

function send(
  endpoint: string,
  target: { method: string; path: string },
  headers: Readonly<Record<string, string>>,
  body: string,
  timeout = 20_000,
): Promise<HttpReply> {
  const { hostname: host, port } = new URL(`http://${endpoint}`);
  return new Promise((resolve, reject) => {
    const length = { "content-length": String(Buffer.byteLength(body)) };
    const options = { host, port, ...target, headers: { ...headers, ...length }, agent: new Agent(), timeout };
    const sent = request(options, (response) => {
      const chunks: Buffer[] = [];
      response.on("data", (chunk: Buffer) => chunks.push(chunk));
      response.on("error", reject);
      response.on("end", () =>
        resolve({ status: response.statusCode ?? 0, headers: response.headers, text: Buffer.concat(chunks).toString("utf8") }),
      );
    });
    sent.on("timeout", () => sent.destroy(new Error("timeout")));
    sent.on("error", reject);
    sent.end(body);
  });
}
