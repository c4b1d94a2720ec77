import { describe, expect, it } from "vitest";
import { classify } from "../../src/service/classify.js";
import type { Outcome } from "../../src/service/outcome.js";
import { type Circumstances, endsRun, refusalError } from "../../src/service/refusals.js";
import { Secrets } from "../../src/service/secrets.js";
import { refusal, rejection, scriptedServer, serviceAt } from "./scripted-server.js";

const at: Circumstances = { action: "SearchMediaByFace", tries: 1, host: "ice.cn-x.aliyuncs.com", timeout: 30_000, time: 0 };

function errorFor(outcome: Outcome, more: Partial<Circumstances> = {}, secrets = new Secrets()) {
  const failure = classify(outcome);
  if (failure === undefined) throw new Error("it is a good answer");
  return refusalError(failure, { ...at, ...more }, secrets);
}

const refused = (Code: string, status = 400, Message = "Words.") => ({
  status,
  headers: {},
  body: { Code, Message, RequestId: "R-9" },
});
const failed = (networkError: string) => ({ headers: {}, networkError });

describe("what to do about a refusal", () => {
  it.each([
    ["InvalidAccessKeyId.NotFound", "access-denied", "ALIBABA_CLOUD_ACCESS_KEY_ID"],
    ["InvalidAccessKeyId.Inactive", "access-denied", "Enable the access key"],
    ["InvalidSecurityToken.Expired", "access-denied", "new temporary credentials"],
    ["SignatureDoesNotMatch", "access-denied", "does not belong to this key id"],
    ["IncompleteSignature", "access-denied", "secret"],
    ["InvalidTimeStamp.Expired", "access-denied", "clock"],
    ["InvalidTimeStamp.Format", "access-denied", "15 minutes"],
    ["IllegalTimestamp", "access-denied", "clock"],
    ["Forbidden.RAM", "access-denied", "ice:SearchMediaByFace"],
    ["forbidden.ram", "access-denied", "ice:SearchMediaByFace"],
    ["NoPermission", "access-denied", "AliyunICEReadOnlyAccess does not contain the Search and BatchGet actions"],
    ["Forbidden", "access-denied", "AliyunICEFullAccess contains it"],
    ["Forbidden.RiskControl", "access-denied", "support"],
    ["OperationDenied", "access-denied", "Activate"],
    ["OperationDenied.Suspended", "access-denied", "overdue"],
    ["InvalidProduct.NotFound", "unreachable", "--region"],
    ["InvalidApi.NotFound", "unreachable", "--endpoint"],
    ["InvalidAction.NotFound", "unreachable", "--region"],
    ["NoSuchVersion", "unreachable", "--region"],
    ["InvalidProtocol.NeedSsl", "unreachable", "--protocol https"],
    ["ResourceNotFound", "service-error", "--search-lib"],
    ["ProjectNotFound", "service-error", "--search-lib"],
    ["InvalidSearchLibName", "service-error", "--search-lib"],
    ["SearchLibNotFound", "service-error", "--search-lib"],
    ["InvalidPersonImageUrl", "service-error", "face image"],
    ["MissingFaceSearchToken", "service-error", "the message names"],
    ["InvalidParameter", "service-error", "the message names"],
    ["Throttling.User", "service-error", "--qps"],
    ["RequestsTooFrequent", "service-error", "--concurrency"],
    ["InternalError", "service-error", "--resume"],
    ["SomethingNew", "service-error", "request id"],
  ])("%s", (code, expected, cure) => {
    const error = errorFor(refused(code));
    expect({ code: error.code, exit: error.exitStatus }).toEqual({ code: expected, exit: 4 });
    expect(error.cure).toContain(cure);
    expect(error.message).toMatch(new RegExp(`^The service (refused|could not answer) SearchMediaByFace: Words \\(${code}\\)$`));
    expect(error.where).toBe("operation SearchMediaByFace, request id R-9, host ice.cn-x.aliyuncs.com");
    expect(error.cure).not.toMatch(/[{}]/);
    expect(endsRun(error)).toBe(expected !== "service-error");
  });

  it.each([
    ["ENOTFOUND", "unreachable", "no host of this name", "--region"],
    ["EAI_AGAIN", "unreachable", "looked up", "network"],
    ["ECONNREFUSED", "unreachable", "refuses", "facecut emulate"],
    ["EHOSTUNREACH", "unreachable", "EHOSTUNREACH", "network"],
    ["CERT_HAS_EXPIRED", "unreachable", "CERT_HAS_EXPIRED", "NODE_EXTRA_CA_CERTS"],
    ["UNABLE_TO_VERIFY_LEAF_SIGNATURE", "unreachable", "UNABLE_TO_VERIFY", "proxy"],
    ["DEPTH_ZERO_SELF_SIGNED_CERT", "unreachable", "SELF_SIGNED", "proxy"],
    ["ERR_TLS_CERT_ALTNAME_INVALID", "unreachable", "ALTNAME", "--endpoint"],
    ["EPROTO", "unreachable", "EPROTO", "--protocol"],
    ["ECONNRESET", "service-error", "dropped", "--resume"],
    ["ETIMEDOUT", "service-error", "within 30 s", "--timeout"],
    ["EMFILE", "service-error", "EMFILE", "--resume"],
  ])("%s", (networkError, expected, message, cure) => {
    const error = errorFor(failed(networkError));
    expect(error.code).toBe(expected);
    expect(error.message).toContain(message);
    expect(error.cure).toContain(cure);
  });

  it("says for each action which permission is missing", () => {
    expect(errorFor(refused("Forbidden.RAM", 403), { action: "BatchGetMediaInfos" }).cure).toContain("ice:BatchGetMediaInfos");
  });

  it("says by how much the clock is off, on the wire too", async () => {
    const expired = { ...refused("InvalidTimeStamp.Expired"), headers: { date: "Fri, 02 Jan 2026 03:04:05 GMT" } };
    const serverTime = Date.UTC(2026, 0, 2, 3, 4, 5);
    expect(errorFor(expired, { time: serverTime + 20 * 60_000 }).cure).toContain("20 min ahead of");
    expect(errorFor(expired, { time: serverTime - 20 * 60_000 }).cure).toContain("20 min behind");
    expect(errorFor(expired, { time: serverTime + 1_000 }).cure).not.toContain("min ahead");
    const date = new Date(Date.now() + 20 * 60_000).toUTCString();
    const server = await scriptedServer(refusal("InvalidTimeStamp.Expired", 400, { date }));
    const error = await rejection((await serviceAt(server.endpoint)).call("SearchMediaByFace", {}));
    expect(error).toMatchObject({ code: "access-denied", cure: expect.stringContaining("20 min behind the service's") });
  });

  it("shows the service's words on one line, short, without control characters", () => {
    const words = `a\r\nb\u0000\u202Ec ${"人".repeat(1000)}`;
    const { message } = errorFor(refused("InvalidParameter", 400, words));
    expect(message).toMatch(/: a bc 人+… \(InvalidParameter\)$/);
    expect(message.length).toBeLessThan(400);
    const { where } = errorFor({ status: 400, headers: {}, body: { Code: "X", RequestId: "r\n".repeat(500) } });
    expect(where).toMatch(/^[^\n]{1,150}$/);
  });

  it("takes odd error bodies for what they are", () => {
    const odd = { status: 400, headers: {}, body: { Code: { a: 1 }, Message: ["x"], RequestId: 7 } };
    expect(errorFor(odd)).toMatchObject({
      message: "The service refused SearchMediaByFace: HTTP 400",
      where: expect.stringContaining("request id 7"),
    });
  });
});
