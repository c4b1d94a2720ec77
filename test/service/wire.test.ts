import { describe, expect, it } from "vitest";
import { verifyAcs3 } from "./acs3.js";
import { good, json, keys, type Seen, scriptedServer, serviceAt, useKeys } from "./scripted-server.js";

const token = "CAISexampleToken+/=0123456789";
const hard = {
  PersonImageUrl: "https://bucket.oss-cn-shanghai.aliyuncs.com/人 脸/a'b(c)*!~.jpg?Expires=1&Signature=a%2Fb%3D",
  CustomFilters: `{"strField1":"a b*c'(d)!~+é人 & = % ? # / \\ \\" 😀"}`,
  FaceSearchToken: "tok 1*(a)",
  SearchLibName: "",
  EntityId: undefined,
  PageNo: 12,
  PageSize: 50,
};

async function firstRequest(parameters: Readonly<Record<string, string | number | undefined>>): Promise<Seen> {
  const server = await scriptedServer(good);
  const service = await serviceAt(server.endpoint);
  await service.call("SearchMediaByFace", parameters);
  return server.seen[0] as Seen;
}

describe("a call on the wire", () => {
  it("is a POST with everything in the query and headers as documented", async () => {
    const { method, url, headers } = await firstRequest({ SearchLibName: "test1", PageNo: 1 });
    expect({ method, url }).toEqual({ method: "POST", url: "/?SearchLibName=test1&PageNo=1" });
    expect(headers).toMatchObject({
      "x-acs-version": "2020-11-09",
      "x-acs-action": "SearchMediaByFace",
      "x-acs-date": expect.stringMatching(/^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\dZ$/),
      "x-acs-signature-nonce": expect.stringMatching(/^[0-9a-f]{32}$/),
      "x-acs-credentials-provider": "default/env",
      accept: "application/json",
      "content-length": "0",
    });
    expect(headers).not.toHaveProperty("x-acs-retry-attempts");
  });

  it("carries every parameter exactly, and none that is undefined", async () => {
    const { url } = await firstRequest(hard);
    const { EntityId: _, ...sent } = hard;
    const texts = Object.fromEntries(Object.entries(sent).map(([name, value]) => [name, String(value)]));
    expect(Object.fromEntries(new URLSearchParams(url.slice(2)))).toEqual(texts);
  });

  it("is signed, with reserved letters and Chinese text", async () => {
    useKeys();
    const seen = await firstRequest(hard);
    expect(verifyAcs3(seen, keys.secret)).toMatchObject({ keyId: keys.id });
    expect(() => verifyAcs3(seen, `${keys.secret}x`)).toThrow("does not match");
  });

  it("is signed with a security token too", async () => {
    useKeys(keys.id, keys.secret, token);
    const seen = await firstRequest(hard);
    expect(verifyAcs3(seen, keys.secret)).toMatchObject({ keyId: keys.id });
    expect(seen.headers).toMatchObject({ "x-acs-security-token": token, "x-acs-accesskey-id": keys.id });
  });

  it("never repeats a nonce, in retries neither", async () => {
    const server = await scriptedServer(json({ Code: "InternalError" }, 500), good);
    const service = await serviceAt(server.endpoint);
    await Promise.all([1, 2, 3].map((PageNo) => service.call("GetMediaInfo", { PageNo })));
    expect(new Set(server.seen.map(({ headers }) => headers["x-acs-signature-nonce"])).size).toBe(4);
    for (const seen of server.seen) expect(verifyAcs3(seen, keys.secret)).toMatchObject({ keyId: keys.id });
  });

  it("gives the answer whole and unchanged", async () => {
    const answer = { RequestId: "R", Total: 3, New: { deep: [1.25, "x", null, true] }, Name: "人脸\u2028" };
    const server = await scriptedServer(json(answer));
    expect(await (await serviceAt(server.endpoint)).call("BatchGetMediaInfos", {})).toEqual(answer);
  });
});
