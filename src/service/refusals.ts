import { type ErrorCode, FacecutError } from "../errors.js";
import { oneLine, shortened } from "../text.js";
import { type Failure, ownCodes } from "./classify.js";
import { longestAnswer } from "./exchange.js";
import type { Secrets } from "./secrets.js";

/** The call that failed. */
export interface Circumstances {
  readonly action: string;
  readonly tries: number;
  readonly host: string;
  /** Milliseconds one try was given. */
  readonly timeout: number;
  /** This machine's clock when it failed, milliseconds since 1970. */
  readonly time: number;
}

/** Whether an error means that every other call would fail too. */
export function endsRun({ code }: FacecutError): boolean {
  return code === "no-credentials" || code === "access-denied" || code === "unreachable";
}

const goOn = "--resume goes on from here";
const grant =
  "Allow this RAM user or role the action ice:{action}; the system policy AliyunICEFullAccess contains it, while AliyunICEReadOnlyAccess does not contain the Search and BatchGet actions";
const badHost = "Check --region and --endpoint; a host of the service is, for example, ice.cn-shanghai.aliyuncs.com";
const badConnection =
  "Check --endpoint and --protocol, and whether a proxy stands in between (NODE_EXTRA_CA_CERTS names the file of its certificate)";
const badImage =
  "The service itself fetches the face image: give the URL of one it can reach, public or presigned, that shows a face";

/** What to do about a code, and whether it ends the run. The first row that matches counts. */
// biome-ignore format: one row a line
const refusals: readonly (readonly [codes: RegExp, error: ErrorCode, cure: string])[] = [
  [/^InvalidAccessKeyId\.Inactive$/i,                       "access-denied", "Enable the access key in the RAM console, or use another one"],
  [/^(Invalid|Missing)AccessKeyId/i,                        "access-denied", "Check the access key id (ALIBABA_CLOUD_ACCESS_KEY_ID, or the profile of aliyun configure); a temporary one may have expired"],
  [/SecurityToken/i,                                        "access-denied", "Fetch new temporary credentials: key id, secret and token belong together and expire"],
  [/^(SignatureDoesNotMatch|IncompleteSignature|InvalidSignature)/i, "access-denied", "Set the access key id and its secret anew: this secret does not belong to this key id"],
  [/^(InvalidTimeStamp|IllegalTimestamp)/i,                 "access-denied", "{clock}"],
  [/^Forbidden\.RiskControl/i,                              "access-denied", "Alibaba Cloud blocks this account or key; its support can say why"],
  [/^(Forbidden|NoPermission|AccessDenied|Unauthorized)/i,  "access-denied", grant],
  [/^OperationDenied\.Suspended/i,                          "access-denied", "The account is overdue: settle it in the Alibaba Cloud console"],
  [/^OperationDenied/i,                                     "access-denied", "Activate Intelligent Media Services for this account: https://ice.console.aliyun.com"],
  [/NeedSsl/i,                                              "unreachable",   "Use --protocol https"],
  [/^(InvalidProduct|InvalidApi|InvalidAction|NoSuchVersion|InvalidVersion|UnsupportedHTTPMethod)/i, "unreachable", badHost],
  [/^(ResourceNotFound|ProjectNotFound)|SearchLib/i,        "service-error", "Check --search-lib and --region: a library exists in one region only"],
  [/image/i,                                                "service-error", badImage],
  [/^(Throttling|RequestsTooFrequent)/i,                    "service-error", `Ask more slowly with --qps or --concurrency, or have the quota raised in the Quota Center; ${goOn}`],
  [/^(Missing|Invalid)/i,                                   "service-error", "Check the value that the message names"],
  [/^(ENOTFOUND|EAI_|EHOST|ENET)/,                          "unreachable",   `${badHost}; and check the network`],
  [/^ECONNREFUSED$/,                                        "unreachable",   "Check the host and port of --endpoint; with facecut emulate: that it is running"],
  [/^(ERR_SSL|EPROTO|HPE_)/,                                "unreachable",   `The host does not speak this protocol: with facecut emulate, --protocol http. ${badConnection}`],
  [/^(CERT_|UNABLE_TO_|DEPTH_ZERO|SELF_SIGNED|ERR_TLS)/,    "unreachable",   badConnection],
  [new RegExp(`^${ownCodes.redirect}$`),                    "unreachable",   badConnection],
  [new RegExp(`^(${ownCodes.notJson}|${ownCodes.tooLong})$`), "service-error", `${badConnection}; ${goOn}`],
  [/^ETIMEDOUT$/,                                           "service-error", `Check the network, or allow more time with --timeout; ${goOn}`],
  [/^E[A-Z_]+$/,                                            "service-error", `Check the network; ${goOn}`],
];

const anyOther: readonly [ErrorCode, string] = [
  "service-error",
  `Try again later: ${goOn}; if it stays so, give the request id to the service's support`,
];

/** What happened, for codes that are not the service's own. */
const happenings: Readonly<Record<string, string>> = {
  ENOTFOUND: "There is no host of this name",
  EAI_AGAIN: "The host's name cannot be looked up",
  ECONNREFUSED: "The host refuses the connection",
  ECONNRESET: "The connection was dropped",
  ETIMEDOUT: "No whole answer came within {timeout}",
  [ownCodes.notJson]: "The answer is not a JSON object (HTTP {status})",
  [ownCodes.redirect]: "The host redirects the call elsewhere (HTTP {status}), which the service never does",
  [ownCodes.tooLong]: `The answer is longer than ${longestAnswer >> 20} MB, which no page of the service is`,
};

/** The error for a call that failed for good: what the service said, without secrets, and what to do. */
export function refusalError(failure: Failure, at: Circumstances, secrets: Secrets): FacecutError {
  const row = refusals.find(([codes]) => codes.test(failure.code));
  const [code, cure] = row === undefined ? anyOther : [row[1], row[2]];
  const after = at.tries > 1 ? `, after ${at.tries} tries` : "";
  const requestId = failure.requestId === undefined ? [] : [`request id ${safe(failure.requestId, 64, secrets)}`];
  return new FacecutError(code, {
    what: `${whatHappened(failure, at, secrets)}${after}`,
    where: [`operation ${at.action}`, ...requestId, `host ${at.host}`].join(", "),
    cure: cure.replace("{action}", at.action).replace("{clock}", clockCure(failure, at)),
  });
}

function whatHappened(failure: Failure, { action, timeout }: Circumstances, secrets: Secrets): string {
  const { code, status, message = "", retry } = failure;
  // A code is any word: of what every JavaScript object has, none is meant.
  const happening = Object.hasOwn(happenings, code) ? happenings[code] : undefined;
  if (happening !== undefined) return happening.replace("{timeout}", `${timeout / 1000} s`).replace("{status}", String(status));
  if (status === undefined) return `The connection failed (${safe(code, 60, secrets)})`;
  const name = code === ownCodes.noCode ? `HTTP ${status}` : safe(code, 60, secrets);
  // The gateway goes on with the whole request it signed, which helps nobody who only has a wrong key.
  const [sentence] = message.split(/\s+server (?:StringToSign|string to sign|CanonicalRequest) is/i, 1) as [string];
  const said = safe(sentence, 300, secrets).replace(/\.+$/, "");
  return `The service ${retry ? "could not answer" : "refused"} ${action}: ${said === "" ? name : `${said} (${name})`}`;
}

/** Text of the service as a message may show it. */
function safe(text: string, longest: number, secrets: Secrets): string {
  // Cut first, because a text may be of any length; what a cut secret leaves is far beyond what is shown.
  return shortened(secrets.redact(oneLine(text.slice(0, 100 * longest))), longest);
}

/** How far this machine's clock is off, when the answer says what time it is there. */
function clockCure({ serverTime }: Failure, { time }: Circumstances): string {
  const minutes = serverTime === undefined ? 0 : Math.round((time - serverTime) / 60_000);
  const off = minutes === 0 ? "" : `, which is ${Math.abs(minutes)} min ${minutes > 0 ? "ahead of" : "behind"} the service's`;
  return `Set this machine's clock${off}: the service accepts a request within 15 minutes of its own time`;
}
