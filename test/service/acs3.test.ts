import { describe, expect, it } from "vitest";
import { canonicalRequest, type SignedRequest, sha256, signatureOf, verifyAcs3 } from "./acs3.js";

const noBody = sha256("");
const date = "2026-01-02T03:04:05Z";
const nonce = "00112233445566778899aabbccddeeff";
const secret = "TEST-SECRET-0123456789";
const clipQuery = "FaceSearchToken=tok%201*(a)&MediaId=0123456789abcdef0123456789abcdef&PageNo=1&PageSize=50&SearchLibName=test1";
const image = "https://bucket.oss-cn-shanghai.aliyuncs.com/a/b.jpg?Expires=1&Signature=a%2Fb%3D";
const filters = `{"strField1":"a b*c'(d)!~+é人"}`;

function request(action: string, url: string, more: Record<string, string> = {}, body = ""): SignedRequest {
  const headers = {
    host: "127.0.0.1:18080",
    "x-acs-action": action,
    "x-acs-content-sha256": sha256(body),
    "x-acs-credentials-provider": "static_ak",
    "x-acs-date": date,
    "x-acs-signature-nonce": nonce,
    "x-acs-version": "2020-11-09",
    ...more,
  };
  return { method: "POST", url, headers: Object.fromEntries(Object.entries(headers).filter(([, value]) => value !== "")), body };
}

function signed(plain: SignedRequest, signature: string): SignedRequest {
  const names = Object.keys(plain.headers).sort().join(";");
  const authorization = `ACS3-HMAC-SHA256 Credential=LTAI-TEST-ID,SignedHeaders=${names},Signature=${signature}`;
  return { ...plain, headers: { ...plain.headers, authorization } };
}

/** Recorded from the vendor's client. */
const recorded: readonly (readonly [name: string, request: SignedRequest, hash: string, signature: string])[] = [
  [
    "a key",
    request("SearchMediaClipByFace", `/?${clipQuery}`),
    "f8b62b184a5384c5301d327d0318f9eed3ce5d1384f9e36454b6fdb7104df960",
    "c2e137fd75cd1d17bb9e9849427f8ef67410627fbe28ed7b2d0ebc73ea53f687",
  ],
  [
    "no credentials provider named",
    request("SearchMediaClipByFace", `/?${clipQuery}`, { "x-acs-credentials-provider": "" }),
    "60e458a73ade979d50425628b43333bdc4cc79fbe41fbc588a0cdef38851e61b",
    "ed8884898cdb2320450794988a3f20d1427b51c07d144922595b7beb5cdcc67f",
  ],
  [
    "a security token",
    request("SearchMediaClipByFace", `/?${clipQuery}`, {
      "x-acs-credentials-provider": "static_sts",
      "x-acs-accesskey-id": "LTAI-TEST-ID",
      "x-acs-security-token": "TEST-STS-TOKEN",
    }),
    "62083aedff0e7adf0d02e2ea80f50af26e665c9fcad904c227c564c71e408928",
    "2197c629e1fefaf3fc04862288a857f52ab9c35a008fef1ae041b4bcc8aa72d8",
  ],
  [
    "reserved letters, Chinese text and an escaped URL",
    request(
      "SearchMediaByFace",
      `/?CustomFilters=${encodeURIComponent(filters)}&FaceSearchToken=t&PersonImageUrl=${encodeURIComponent(image)}`,
    ),
    "e483b6e7159cc03276193b68e8b0710fdd9337c53761e7d978ad2b20217a2403",
    "510f0f798ee991427d93ec757f2c6cd028ea3143bcc4d2726012928bbc78653e",
  ],
  [
    "a form body",
    request("SearchMediaClipByFace", "/", { "content-type": "application/x-www-form-urlencoded" }, clipQuery),
    "ec7db899facbcbc1035c38a3ee1d489bffd157877a9d0cb2c07da4a26cc6a63b",
    "509b14b264a5f30864aaa12b34b33c679c2b418e45c6b6962062499fddb1c36d",
  ],
  [
    "no parameters",
    request("ListSearchLib", "/"),
    "2111beff20ca80c5aaa621c0faf5d122eb9974b40f19686d241122461e2f453a",
    "e553530d6bd736bf6f51037e74e17d17e6fd53b2f051b03603d7c9625ccbe7cd",
  ],
];

describe("the verification of signatures", () => {
  it.each(recorded)("reproduces the recorded signature: %s", (_, plain, hash, signature) => {
    const canonical = canonicalRequest(plain, Object.keys(plain.headers).sort());
    expect({ hash: sha256(canonical), signature: signatureOf(canonical, secret) }).toEqual({ hash, signature });
    expect(verifyAcs3(signed(plain, signature), secret)).toMatchObject({ keyId: "LTAI-TEST-ID", signature });
  });

  // The two signatures printed in the vendor's documentation of the request structure.
  it.each([
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
  ])("reproduces the documented signature of %s", (at, once, signature) => {
    const headers = {
      host: "ecs.cn-shanghai.aliyuncs.com",
      "x-acs-action": "RunInstances",
      "x-acs-content-sha256": noBody,
      "x-acs-date": at,
      "x-acs-signature-nonce": once,
      "x-acs-version": "2014-05-26",
    };
    const url = "/?RegionId=cn-shanghai&ImageId=win2019_1809_x64_dtc_zh-cn_40G_alibase_20230811.vhd";
    expect(verifyAcs3(signed({ method: "POST", url, headers }, signature), "YourAccessKeySecret")).toMatchObject({ signature });
  });

  it("refuses what is not as it was signed", () => {
    const [, plain, , signature] = recorded[0] as (typeof recorded)[0];
    const good = signed(plain, signature);
    const changed = (more: Partial<SignedRequest>) => () => verifyAcs3({ ...good, ...more }, secret);
    expect(() => verifyAcs3(good, `${secret}0`)).toThrow("does not match");
    expect(changed({ url: good.url.replace("PageNo=1", "PageNo=2") })).toThrow("does not match");
    expect(changed({ method: "GET" })).toThrow("does not match");
    expect(changed({ body: "x" })).toThrow("another one");
    expect(changed({ headers: { ...good.headers, "x-acs-more": "1" } })).toThrow("not signed: x-acs-more");
    expect(changed({ headers: {} })).toThrow("another form");
  });
});
