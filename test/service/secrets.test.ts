import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { Secrets } from "../../src/service/secrets.js";
import { sweep } from "../support/sweep.js";
import { json, keys, rejection, scriptedServer, serviceAt, useKeys, wholeText } from "./scripted-server.js";

const keyLike = fc.stringMatching(/^[A-Za-z0-9+/=._-]{12,40}$/);
const escapings: readonly ((text: string) => string)[] = [
  (text) => text,
  encodeURIComponent,
  (text) => encodeURIComponent(encodeURIComponent(text)),
  (text) => encodeURIComponent(text).toLowerCase(),
  (text) => encodeURIComponent(text).replace(/%../g, (escaped) => escaped.toLowerCase()),
  (text) => new URLSearchParams({ x: text }).toString().slice(2),
  (text) => text.replaceAll("+", " "),
];

describe("secrets", () => {
  it("are in no redacted text, however they are escaped and whatever stands around them", () => {
    const around = fc.string({ unit: "binary-ascii", maxLength: 20 });
    fc.assert(
      fc.property(keyLike, around, around, fc.constantFrom(...escapings), (secret, before, after, disguise) => {
        const secrets = new Secrets();
        secrets.add(secret);
        const shown = secrets.redact(`${before}${disguise(secret)}${after}`);
        for (const form of escapings) expect(shown).not.toContain(form(secret));
      }),
      { numRuns: sweep(200, 2_000) },
    );
  });

  it("are taken out, and the rest stays", () => {
    const secrets = new Secrets();
    secrets.add("LTAI-KEY-ID", "s3cr3t.value", undefined, "");
    secrets.addSecretsOf(
      "https://me:passw0rd@bucket/a.jpg?Expires=1700000000&OSSAccessKeyId=LTAIother&Signature=ab%2Bcdefgh%3D&x=1",
    );
    expect(secrets.redact("key LTAI-KEY-ID with s3cr3t.value is wrong, 100% sure")).toBe("key … with … is wrong, 100% sure");
    expect(secrets.redact("x=1 is no secret")).toBe("x=1 is no secret");
    expect(secrets.redact("saw ab%2Bcdefgh%3D and ab+cdefgh= and passw0rd")).toBe("saw … and … and …");
  });

  it("are taken out of the signed text that the service repeats", () => {
    const secrets = new Secrets();
    secrets.add("ab+cd/ef=gh");
    const twice = encodeURIComponent(encodeURIComponent("ab+cd/ef=gh"));
    expect(secrets.redact(`server string to sign is:POST&%2F&x%3D${twice}%26y%3D1`)).toBe(
      "server string to sign is:POST&%2F&x%3D…%26y%3D1",
    );
  });

  it("need not be known where their name stands before them", () => {
    const text =
      'Signature=abc, "OSSAccessKeyId":"LTAIx" AccessKeyId%3DLTAIy security-token=t1 x-oss-signature=u2 Authorization: ACS3-HMAC-SHA256 Credential=k9,Signature=f00';
    expect(new Secrets().redact(text)).not.toMatch(/abc|LTAI|t1|u2|k9|f00/);
    expect(new Secrets().redact("SignatureDoesNotMatch: the signature is wrong")).toBe(
      "SignatureDoesNotMatch: the signature is wrong",
    );
  });

  it("too short to be one garble nothing", () => {
    const secrets = new Secrets();
    secrets.add("a");
    expect(secrets.redact("a banana")).toBe("a banana");
  });

  it("reach no message although the service repeats them everywhere", async () => {
    const token = "CAIStokenEXAMPLE+/=token0123456789";
    const signature = "qWeRtY+SiGn/aTuRe=";
    const image = `https://b.oss-cn-shanghai.aliyuncs.com/a.jpg?OSSAccessKeyId=STS.imageKey01&Expires=1&Signature=${encodeURIComponent(signature)}`;
    const planted = [keys.id, keys.secret, token, signature, "STS.imageKey01", image];
    useKeys(keys.id, keys.secret, token);
    for (const disguise of escapings)
      for (const secret of planted) {
        const body = { Code: `Odd.${disguise(secret)}`, Message: `It said ${disguise(secret)}!`, RequestId: disguise(secret) };
        const server = await scriptedServer(json(body, 400));
        const service = await serviceAt(server.endpoint);
        const shown = wholeText(await rejection(service.call("SearchMediaByFace", { PersonImageUrl: image })));
        for (const form of escapings)
          for (const leaked of planted) expect(shown, `${secret} as ${disguise(secret)}`).not.toContain(form(leaked));
      }
  });
});
