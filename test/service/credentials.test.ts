import { mkdirSync, writeFileSync } from "node:fs";
import { dirname, join } from "node:path";
import { describe, expect, it, vi } from "vitest";
import { type FoundCredentials, guardedCredentials } from "../../src/service/credentials.js";
import { Secrets } from "../../src/service/secrets.js";
import { temporaryFolder } from "../support/cli.js";
import { verifyAcs3 } from "./acs3.js";
import { good, keys, rejection, type Seen, scriptedServer, serviceAt, useKeys, wholeText } from "./scripted-server.js";

/** A home folder with one file in it, and no keys in the environment. */
function useHome(file?: string, text = ""): void {
  const home = temporaryFolder();
  useKeys();
  for (const name of ["HOME", "USERPROFILE"]) vi.stubEnv(name, home);
  for (const name of ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"]) vi.stubEnv(name, undefined);
  if (file === undefined) return;
  mkdirSync(dirname(join(home, file)), { recursive: true });
  writeFileSync(join(home, file), text);
}

const profile = { name: "default", mode: "AK", access_key_id: keys.id, access_key_secret: keys.secret, region_id: "cn-shanghai" };

describe("credentials", () => {
  it("come from a profile of the vendor's command line, for all of several first calls", async () => {
    useHome(".aliyun/config.json", JSON.stringify({ current: "default", profiles: [profile] }));
    const server = await scriptedServer(good);
    const service = await serviceAt(server.endpoint);
    await Promise.all([1, 2, 3, 4].map((PageNo) => service.call("GetMediaInfo", { PageNo })));
    expect(server.seen).toHaveLength(4);
    for (const seen of server.seen) expect(verifyAcs3(seen, keys.secret)).toMatchObject({ keyId: keys.id });
  });

  it("come from the ini file", async () => {
    const ini = `[default]\ntype = access_key\naccess_key_id = ${keys.id}\naccess_key_secret = ${keys.secret}\n`;
    useHome(".alibabacloud/credentials", ini);
    const server = await scriptedServer(good);
    await (await serviceAt(server.endpoint)).call("GetMediaInfo", {});
    expect(verifyAcs3(server.seen[0] as Seen, keys.secret)).toMatchObject({ keyId: keys.id });
  });

  it("that are missing are refused with the usual ways to give them", async () => {
    useHome();
    const error = await rejection(serviceAt("127.0.0.1:1"));
    expect(error).toMatchObject({ code: "no-credentials", exitStatus: 4 });
    expect(error.message).toMatch(
      /^No Alibaba Cloud credentials are found: ALIBABA_CLOUD_ACCESS_KEY_ID and ALIBABA_CLOUD_ACCESS_KEY_SECRET are not set, and no /,
    );
    for (const way of ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET", "aliyun configure", "RAM role"])
      expect(error.cure).toContain(way);
  });

  it.each([
    ["ALIBABA_CLOUD_ACCESS_KEY_ID", "ALIBABA_CLOUD_ACCESS_KEY_SECRET"],
    ["ALIBABA_CLOUD_ACCESS_KEY_SECRET", "ALIBABA_CLOUD_ACCESS_KEY_ID"],
  ])("of which one is given: the message names the one that is missing, with %s %s", async (given, missing) => {
    useHome();
    vi.stubEnv(given, keys.secret);
    const error = await rejection(serviceAt("127.0.0.1:1"));
    expect(error.message).toContain(`found: ${missing} is not set`);
    expect(wholeText(error)).not.toContain(keys.secret);
  });

  it("of a damaged profile never show what the file holds", async () => {
    useHome(".aliyun/config.json", `${JSON.stringify({ current: "default", profiles: [profile] }).slice(0, -2)},oops`);
    const error = await rejection(serviceAt("127.0.0.1:1"));
    expect(error.code).toBe("no-credentials");
    expect(wholeText(error)).not.toContain(keys.id);
    expect(wholeText(error)).not.toContain(keys.secret);
  });

  it.each([
    ["a line break in the id", "KEY_ID", `${keys.id}\n`, keys.secret, undefined],
    ["another letter in the id", "KEY_ID", `${keys.id}人`, keys.secret, undefined],
    ["a blank after the secret", "KEY_SECRET", keys.id, `${keys.secret} `, undefined],
    ["a line break in the token", "TOKEN", keys.id, keys.secret, "token\r\nx: y"],
  ])("with %s are refused, not sent", async (_, variable, id, secret, token) => {
    useKeys(id, secret, token);
    const error = await rejection(serviceAt("127.0.0.1:1"));
    expect(error).toMatchObject({ code: "no-credentials", message: expect.stringContaining(`${variable}) holds blanks`) });
    expect(wholeText(error)).not.toContain(keys.secret);
  });

  it("are asked for once by calls at the same time, and again later", async () => {
    let asked = 0;
    const found: FoundCredentials = { accessKeyId: "idid", accessKeySecret: "secret", securityToken: "", providerName: "p" };
    const get = guardedCredentials(async () => ({ ...found, providerName: String(++asked) }), new Secrets());
    const [a, b] = await Promise.all([get(), get()]);
    expect([a.providerName, b.providerName, (await get()).providerName]).toEqual(["1", "1", "2"]);
  });

  it("that can no longer be refreshed end the run without the provider's words", async () => {
    const secrets = new Secrets();
    const get = guardedCredentials(async () => {
      throw new Error("profile holds LTAI-SECRET");
    }, secrets);
    const error = await rejection(get());
    expect(error.code).toBe("no-credentials");
    expect(wholeText(error)).not.toContain("LTAI-SECRET");
  });
});
