import fc from "fast-check";
import { describe, expect, it, test } from "vitest";
import { canonicalQuery, canonicalRequest, parseAuthorization, sha256, signatureOf } from "../../src/emulate/acs3.js";

/**
 * Published vectors: the two signatures printed in the vendor's documentation ("Request syntax and signature method
 * V3", "ROA-style request and signature"), and requests of the vendor's own Node.js client (openapi-core 1.0.8)
 * captured with an invented key, whose canonical request and signature two implementations agree on.
 */
const emptyBody = sha256("");

interface Vector {
  readonly host: string;
  readonly action: string;
  readonly version: string;
  readonly date: string;
  readonly nonce: string;
  readonly query: string;
  readonly secret: string;
  readonly more?: Readonly<Record<string, string>>;
  readonly body?: string;
}

function sign({ host, action, version, date, nonce, query, secret, more = {}, body = "" }: Vector) {
  const headers = {
    host,
    "x-acs-action": action,
    "x-acs-content-sha256": sha256(body),
    "x-acs-date": date,
    "x-acs-signature-nonce": nonce,
    "x-acs-version": version,
    ...more,
  };
  const names = Object.keys(headers).sort();
  const values = new Map(Object.entries(headers).map(([name, value]) => [name, [value]]));
  const canonical = canonicalRequest(
    { method: "POST", path: "/", query, headers: values, body: new TextEncoder().encode(body) },
    names,
  );
  return { canonical, hash: sha256(canonical), signature: signatureOf(canonical, secret) };
}

const documented = {
  host: "ecs.cn-shanghai.aliyuncs.com",
  action: "RunInstances",
  version: "2014-05-26",
  query: "ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd&RegionId=cn-shanghai",
  secret: "YourAccessKeySecret",
};

test.each([
  [
    "2023-10-26T10:22:32Z",
    "3156853299f313e23d1673dc12e1703d",
    "06563a9e1b43f5dfe96b81484da74bceab24a1d853912eee15083a6f0f3283c0",
  ],
  [
    "2023-10-26T09:01:01Z",
    "d410180a5abf7fe235dd9b74aca91fc0",
    "e521358f7776c97df52e6b2891a8bc73026794a071b50c3323388c4e0df64804",
  ],
])("the documentation's example of %s", (date, nonce, signature) => {
  expect(sign({ ...documented, date, nonce }).signature).toBe(signature);
});

const fineQuery = "FaceSearchToken=tok%201*(a)&MediaId=0123456789abcdef0123456789abcdef&PageNo=1&PageSize=50&SearchLibName=test1";
const captured = {
  host: "127.0.0.1:18080",
  action: "SearchMediaClipByFace",
  version: "2020-11-09",
  date: "2026-01-02T03:04:05Z",
  nonce: "00112233445566778899aabbccddeeff",
  secret: "TEST-SECRET-0123456789",
  query: fineQuery,
};
const staticKey = { "x-acs-credentials-provider": "static_ak" };

test("the whole canonical request of a captured call", () => {
  const { canonical } = sign({ ...captured, more: staticKey });
  expect(canonical).toBe(`POST
/
FaceSearchToken=tok%201%2A%28a%29&MediaId=0123456789abcdef0123456789abcdef&PageNo=1&PageSize=50&SearchLibName=test1
host:127.0.0.1:18080
x-acs-action:SearchMediaClipByFace
x-acs-content-sha256:${emptyBody}
x-acs-credentials-provider:static_ak
x-acs-date:2026-01-02T03:04:05Z
x-acs-signature-nonce:00112233445566778899aabbccddeeff
x-acs-version:2020-11-09

host;x-acs-action;x-acs-content-sha256;x-acs-credentials-provider;x-acs-date;x-acs-signature-nonce;x-acs-version
${emptyBody}`);
  expect(new TextEncoder().encode(canonical)).toHaveLength(592);
});

// As Node's querystring sends it: the brackets, stars, quotes and exclamation marks are left as they are.
const coarseQuery =
  "CustomFilters=%7B%22strField1%22%3A%22a%20b*c'(d)!~%2B%C3%A9%E4%BA%BA%22%7D&FaceSearchToken=t&PersonImageUrl=https%3A%2F%2Fbucket.oss-cn-shanghai.aliyuncs.com%2Fa%2Fb.jpg%3FExpires%3D1%26Signature%3Da%252Fb%253D";

test.each<[name: string, vector: Partial<Vector>, hash: string, signature: string]>([
  [
    "reserved characters",
    { more: staticKey },
    "f8b62b184a5384c5301d327d0318f9eed3ce5d1384f9e36454b6fdb7104df960",
    "c2e137fd75cd1d17bb9e9849427f8ef67410627fbe28ed7b2d0ebc73ea53f687",
  ],
  [
    "without the header that names the provider",
    {},
    "60e458a73ade979d50425628b43333bdc4cc79fbe41fbc588a0cdef38851e61b",
    "ed8884898cdb2320450794988a3f20d1427b51c07d144922595b7beb5cdcc67f",
  ],
  [
    "with a security token",
    {
      more: {
        "x-acs-credentials-provider": "static_sts",
        "x-acs-accesskey-id": "LTAI-TEST-ID",
        "x-acs-security-token": "TEST-STS-TOKEN",
      },
    },
    "62083aedff0e7adf0d02e2ea80f50af26e665c9fcad904c227c564c71e408928",
    "2197c629e1fefaf3fc04862288a857f52ab9c35a008fef1ae041b4bcc8aa72d8",
  ],
  [
    "parameters in the body",
    {
      query: "",
      body: fineQuery,
      more: { ...staticKey, "content-type": "application/x-www-form-urlencoded" },
    },
    "ec7db899facbcbc1035c38a3ee1d489bffd157877a9d0cb2c07da4a26cc6a63b",
    "509b14b264a5f30864aaa12b34b33c679c2b418e45c6b6962062499fddb1c36d",
  ],
  [
    "Chinese text and an escaped URL",
    { action: "SearchMediaByFace", query: coarseQuery, more: staticKey },
    "e483b6e7159cc03276193b68e8b0710fdd9337c53761e7d978ad2b20217a2403",
    "510f0f798ee991427d93ec757f2c6cd028ea3143bcc4d2726012928bbc78653e",
  ],
  [
    "no parameters",
    { action: "ListSearchLib", query: "", more: staticKey },
    "2111beff20ca80c5aaa621c0faf5d122eb9974b40f19686d241122461e2f453a",
    "e553530d6bd736bf6f51037e74e17d17e6fd53b2f051b03603d7c9625ccbe7cd",
  ],
])("a captured call: %s", (_name, vector, hash, signature) => {
  expect(sign({ ...captured, ...vector })).toMatchObject({ hash, signature });
});

describe("the canonical query", () => {
  const name = fc.stringMatching(/^[A-Za-z][A-Za-z0-9.]{0,8}$/);
  const parameters = fc.dictionary(name, fc.string({ unit: "grapheme" }), { maxKeys: 6 });
  const spellings: readonly ((text: string) => string)[] = [
    encodeURIComponent,
    (text) => encodeURIComponent(text).replaceAll("%20", "+"),
    (text) => encodeURIComponent(text).replace(/%[0-9A-F]{2}/g, (code) => code.toLowerCase()),
    (text) => new URLSearchParams({ x: text }).toString().slice(2),
    (text) => Buffer.from(text).reduce((done, byte) => `${done}%${byte.toString(16).padStart(2, "0")}`, ""),
  ];

  it("is one, however a client spells and orders the query", () => {
    fc.assert(
      fc.property(parameters, fc.nat(), fc.constantFrom(...spellings), (given, turn, spell) => {
        const pairs = Object.entries(given);
        const turned = [...pairs.slice(turn % (pairs.length + 1)), ...pairs.slice(0, turn % (pairs.length + 1))];
        const write = (list: typeof pairs, as: (text: string) => string) => list.map(([k, v]) => `${k}=${as(v)}`).join("&");
        const canonical = canonicalQuery(write(turned, spell));
        expect(canonical).toBe(canonicalQuery(write(pairs, encodeURIComponent)));
        expect(canonical).toMatch(/^[\w.~%=&-]*$/);
      }),
    );
  });

  it("keeps the equals sign of an empty value, and sorts values of one name", () => {
    expect(canonicalQuery("b=2&c=&a&b=1&&d=x=y")).toBe("a=&b=1&b=2&c=&d=x%3Dy");
  });

  it("is refused when it is not percent-encoded UTF-8", () => {
    expect(() => canonicalQuery("a=%E4%BA")).toThrow(URIError);
    expect(() => canonicalQuery("a=100%")).toThrow(URIError);
  });
});

test("values of a header that came several times are trimmed, sorted and joined", () => {
  const headers = new Map([["x-acs-test", [" b ", "a"]]]);
  const request = { method: "GET", path: "/", query: "", headers, body: new Uint8Array() };
  expect(canonicalRequest(request, ["x-acs-test"])).toContain("\nx-acs-test:a,b\n");
});

describe("the header Authorization", () => {
  const signature = "c2e137fd75cd1d17bb9e9849427f8ef67410627fbe28ed7b2d0ebc73ea53f687";

  it("has three parts", () => {
    expect(parseAuthorization(`ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host;x-acs-date,Signature=${signature}`)).toEqual({
      accessKeyId: "id",
      signedHeaders: ["host", "x-acs-date"],
      signature,
    });
  });

  it.each([
    `ACS3-HMAC-SHA256 Credential=id, SignedHeaders=host, Signature=${signature}`,
    `ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host,Signature=${signature.toUpperCase()}`,
    `ACS3-HMAC-SHA256 Credential=id,SignedHeaders=host,Signature=${signature}0`,
    `ACS3-HMAC-SHA256 Credential=,SignedHeaders=host,Signature=${signature}`,
    `AWS4-HMAC-SHA256 Credential=id,SignedHeaders=host,Signature=${signature}`,
    "",
  ])("has no other form: %s", (text) => {
    expect(parseAuthorization(text)).toBeUndefined();
  });
});
