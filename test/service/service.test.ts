import { gzipSync } from "node:zlib";
import { beforeEach, describe, expect, it, vi } from "vitest";
import { FacecutError } from "../../src/errors.js";
import { openService } from "../../src/service/service.js";
import {
  endless,
  good,
  json,
  refusal,
  rejection,
  type Step,
  scriptedServer,
  serviceAt,
  silence,
  text,
  useKeys,
  wholeText,
} from "./scripted-server.js";

const html = "<html><body>Bad gateway</body></html>";
const answer = JSON.stringify({ RequestId: "R", Success: "true", Total: 0, MediaInfoList: [] });
const parameters = {
  PersonImageUrl: "https://b.oss-cn-shanghai.aliyuncs.com/a.jpg?OSSAccessKeyId=LTAIsigner0001&Signature=sIgNaTuRe%3D",
};
const drop: Step = (_, request) => request.socket.destroy();
const dropInHeaders: Step = (_, request) => request.socket.end("HTTP/1.1 200 OK\r\nContent-Le");
const dropInBody: Step = (response) => {
  response.writeHead(200, { "content-length": "1000" }).write(answer, () => response.destroy());
};
const dropInChunks: Step = (response) => {
  response.write(answer, () => response.destroy());
};
const notHttp: Step = (_, request) => request.socket.end("SSH-2.0-OpenSSH_9.6\r\n");

/** What one call of a server that always does the same comes to, with one retry allowed. */
async function outcome(step: Step, timeout = 300) {
  const server = await scriptedServer(step);
  const error = await rejection((await serviceAt(server.endpoint, { timeout })).call("SearchMediaByFace", parameters));
  expect(error).toBeInstanceOf(FacecutError);
  expect(wholeText(error)).not.toMatch(/sIgNaTuRe|LTAI|Signature=[^…]/);
  expect(error.where).toContain(`operation SearchMediaByFace, `);
  expect(error.where).toContain(`host ${server.endpoint}`);
  return { error, tries: server.seen.length };
}

describe("a call that fails", () => {
  // How long it waits before another try is drawn: test/service/retry.test.ts.
  beforeEach(() => void vi.spyOn(Math, "random").mockReturnValue(0));

  const once = [
    ["400 with a code", refusal("InvalidParameter", 400), "service-error", "Words about InvalidParameter (InvalidParameter)"],
    ["403 with a code", refusal("Forbidden.RAM", 403), "access-denied", "Words about Forbidden.RAM (Forbidden.RAM)"],
    ["404 with a code", refusal("InvalidAccessKeyId.NotFound", 404), "access-denied", "(InvalidAccessKeyId.NotFound)"],
    ["400 with lower-case names", json({ code: "InvalidX", message: "m" }, 400), "service-error", "m (InvalidX)"],
    ["400 without a code", json({}, 400), "service-error", "SearchMediaByFace: HTTP 400"],
    ["200 with Success false", json({ Success: "false", Code: "InvalidY", Message: "m" }), "service-error", "m (InvalidY)"],
    ["200 with Success as a truth value", json({ Success: false, Code: "No" }), "service-error", "SearchMediaByFace: No"],
    ["200 with a code alone", json({ Code: "InvalidZ", Message: "m" }), "service-error", "m (InvalidZ)"],
    ["400 with a code that JavaScript knows", refusal("constructor", 400), "service-error", "(constructor)"],
    ["400 with a code that JavaScript gives every object", refusal("__proto__", 400), "service-error", "(__proto__)"],
    ["200 without end", endless(200), "service-error", "longer than 128 MB"],
    ["500 without end", endless(500), "service-error", "longer than 128 MB"],
    ["302 without a body", text("", 302, { location: "/elsewhere" }), "unreachable", "redirects"],
    ["307 with JSON", text(answer, 307, { location: "/elsewhere" }), "unreachable", "HTTP 307"],
    ["304", text("", 304), "unreachable", "HTTP 304"],
    ["an answer of another protocol", notHttp, "unreachable", "(HPE_"],
  ] as const;

  it.each(once)("ends after one try: %s", async (_, step, code, words) => {
    const { error, tries } = await outcome(step, 60_000);
    expect({ tries, code: error.code }).toEqual({ tries: 1, code });
    expect(error.message).toContain(words);
    expect(error.message).not.toContain("tries");
  });

  const again = [
    ["400 Throttling", refusal("Throttling", 400), "Throttling"],
    ["429 Throttling.User", refusal("Throttling.User", 429), "Throttling.User"],
    ["503 Throttling.Api", refusal("Throttling.Api", 503), "Throttling.Api"],
    ["400 throttling in another case", refusal("throttling.user", 400), "throttling.user"],
    ["403 RequestsTooFrequent", refusal("RequestsTooFrequent", 403), "RequestsTooFrequent"],
    ["200 with Success false and Throttling", json({ Success: "False", Code: "Throttling.User" }), "Throttling.User"],
    ["200 with Success true and Throttling", json({ Success: "true", Code: "Throttling.User" }), "Throttling.User"],
    [
      "200 with Success true and RequestsTooFrequent",
      json({ Success: true, Code: "RequestsTooFrequent" }),
      "RequestsTooFrequent",
    ],
    ["408 with a code", refusal("RequestTimeout", 408), "RequestTimeout"],
    ["408 without a code", json({}, 408), "HTTP 408"],
    ["429 without a code", json({}, 429), "HTTP 429"],
    ["400 SignatureNonceUsed", refusal("SignatureNonceUsed", 400), "SignatureNonceUsed"],
    ["500 InternalError", refusal("InternalError", 500), "InternalError"],
    ["503 ServiceUnAvailable", refusal("ServiceUnAvailable", 503), "ServiceUnAvailable"],
    ["200 with Success false and InternalError", json({ Success: "false", Code: "InternalError" }), "InternalError"],
    ["503 with a retry-after", refusal("ServiceUnavailable", 503, { "x-acs-retry-after": "5" }), "ServiceUnavailable"],
    ["500 with an empty object", json({}, 500), "HTTP 500"],
    ["500 with null", json(null, 500), "HTTP 500"],
    ["502 with HTML", text(html, 502, { "content-type": "text/html" }), "HTTP 502"],
    ["403 with HTML", text(html, 403, { "content-type": "text/html" }), "HTTP 403"],
    ["503 without a body", text("", 503), "HTTP 503"],
    ["500 with other XML", text("<Error/>", 500, { "content-type": "text/xml" }), "HTTP 500"],
    ["400 with a list", json([1], 400), "HTTP 400"],
    ["200 with HTML", text(html, 200, { "content-type": "text/html" }), "HTTP 200"],
    ["200 without a body", text(""), "HTTP 200"],
    ["204", text("", 204), "HTTP 204"],
    ["200 with a byte order mark", text(`\uFEFF${answer}`), "HTTP 200"],
    ["200 packed with gzip", text(gzipSync(answer), 200, { "content-encoding": "gzip" }), "HTTP 200"],
    ["200 with a list", json([]), "HTTP 200"],
    ["200 with null", json(null), "HTTP 200"],
    ["200 cut off, of its own length", text(answer.slice(0, -3)), "HTTP 200"],
    ["a connection dropped before the answer", drop, "dropped"],
    ["a connection dropped in the headers", dropInHeaders, "dropped"],
    ["a connection dropped in the body", dropInBody, "dropped"],
    ["a connection dropped between chunks", dropInChunks, "dropped"],
    ["no answer", silence, "within 0.3 s"],
  ] as const;

  it.each(again)("is tried again: %s", async (_, step, words) => {
    const { error, tries } = await outcome(step);
    expect({ tries, code: error.code }).toEqual({ tries: 2, code: "service-error" });
    expect(error.message).toContain(words);
    expect(error.message).toMatch(/, after 2 tries$/);
  });

  it.each(again)("succeeds when the second try does: %s", async (_, step) => {
    const server = await scriptedServer(step, good);
    // A busy machine may be late with the good answer.
    const service = await serviceAt(server.endpoint, { timeout: step === silence ? 1_000 : 5_000 });
    expect(await service.call("SearchMediaByFace", parameters)).toMatchObject({ RequestId: "REQ-0" });
    expect(service.counts()).toMatchObject({ calls: 1, tries: 2, retries: 1 });
  });

  it("takes the vendor's XML errors too", async () => {
    const xml = "<Error><RequestId>X-1</RequestId><Code>Forbidden.RAM</Code><Message>No</Message></Error>";
    const { error, tries } = await outcome(text(xml, 403, { "content-type": "text/xml;charset=utf-8" }));
    expect({ tries, code: error.code, where: error.where }).toMatchObject({ tries: 1, code: "access-denied" });
    expect(error.where).toContain("request id X-1");
  });

  it("names the request id of the header when the body has none", async () => {
    const { error } = await outcome(text(html, 502, { "x-acs-request-id": "HEADER-7" }));
    expect(error.where).toContain("request id HEADER-7");
  });

  it("ends at a refused connection, an unknown host, and a host that does not speak TLS", async () => {
    const server = await scriptedServer(good);
    useKeys();
    const fails = async (endpoint: string, protocol: "http" | "https") => {
      const service = await openService({ endpoint, protocol, timeout: 5_000, retries: 3, concurrency: 1 });
      const error = await rejection(service.call("SearchMediaByFace", parameters));
      return { code: error.code, message: error.message, tries: service.counts().tries, whole: wholeText(error) };
    };
    const refused = await fails("127.0.0.1:1", "http");
    expect(refused).toMatchObject({ code: "unreachable", message: "The host refuses the connection", tries: 1 });
    expect(refused.whole).not.toContain("sIgNaTuRe");
    const plain = await fails(server.endpoint, "https");
    expect(plain).toMatchObject({ code: "unreachable", tries: 1 });
    expect(plain.message).toMatch(/^The connection failed \(\w+\)$/);
    // Where names cannot be looked up at all, the look-up itself fails, which may pass.
    expect(await fails("no-such-host.invalid", "http")).toMatchObject({ code: "unreachable" });
  });

  it("ends the run when every call would fail: later calls ask nobody", async () => {
    const server = await scriptedServer(refusal("InvalidAccessKeyId.NotFound", 404));
    const service = await serviceAt(server.endpoint);
    const first = await rejection(service.call("SearchMediaByFace", {}));
    expect(await rejection(service.call("SearchMediaClipByFace", {}))).toBe(first);
    expect(server.seen).toHaveLength(1);
  });

  it("leaves the other calls alone when only one failed", async () => {
    const server = await scriptedServer(refusal("ResourceNotFound", 404), good);
    const service = await serviceAt(server.endpoint);
    expect((await rejection(service.call("SearchMediaClipByFace", {}))).code).toBe("service-error");
    expect(await service.call("SearchMediaClipByFace", {})).toMatchObject({ RequestId: "REQ-0" });
  });

  it.each(["https://ice.cn-shanghai.aliyuncs.com", "host/path", "host?x", "a b", "", "u@h", "host:port"])(
    "refuses the endpoint %j before anything is asked",
    async (endpoint) => {
      useKeys();
      const opened = openService({ endpoint, protocol: "http", timeout: 1, retries: 0, concurrency: 1 });
      expect(await rejection(opened)).toMatchObject({ code: "bad-option", option: "endpoint" });
    },
  );
});
