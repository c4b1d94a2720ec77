/**
 * Errors as the service answers them. Codes and statuses: "Error codes" of Intelligent Media Services
 * (https://www.alibabacloud.com/help/en/ims/) and "Common errors" of the OpenAPI gateway before it.
 */
const knownCodes = {
  MissingParameter: [400, "A required parameter is missing."],
  InvalidParameter: [400, "A parameter is not valid."],
  MissingAction: [400, "Action is mandatory for this action."],
  MissingVersion: [400, "Version is mandatory for this action."],
  MissingSignatureNonce: [400, "SignatureNonce is mandatory for this action."],
  NoSuchVersion: [400, "Specified version does not exist."],
  "InvalidApi.NotFound": [404, "Specified api is not found, please check your url and method."],
  "InvalidProduct.NotFound": [404, "The specified product is not found."],
  UnsupportedHTTPMethod: [400, "This http method is not supported."],
  RequestBodyTooLarge: [413, "The request body is too large."],
  IncompleteSignature: [400, "The request signature does not conform to Aliyun standards."],
  InvalidSignatureMethod: [400, "Specified signature method is not supported."],
  SignatureDoesNotMatch: [400, "Specified signature does not match our calculation."],
  SignatureNonceUsed: [400, "Specified signature nonce was used already."],
  IllegalTimestamp: [400, "The input parameter Timestamp that is mandatory for processing this request is not supplied."],
  "InvalidTimeStamp.Format": [400, "Specified time stamp or date value is not well formatted."],
  "InvalidTimeStamp.Expired": [400, "Specified time stamp or date value is expired."],
  "InvalidAccessKeyId.NotFound": [404, "Specified access key is not found."],
  "InvalidAccessKeyId.Inactive": [400, "Specified access key is disabled."],
  "Forbidden.RAM": [403, "User not authorized to operate on the specified resource, or this API doesn't support RAM."],
  NoPermission: [403, "You are not authorized to perform this action."],
  Forbidden: [403, "User not authorized to operate on the specified resource."],
  OperationDenied: [403, "The service is not activated."],
  "OperationDenied.Suspended": [403, "Your account has an overdue payment."],
  ResourceNotFound: [404, "The specified resource is not found."],
  ProjectNotFound: [404, "The specified project is not found."],
  Throttling: [400, "Request was denied due to request throttling."],
  "Throttling.User": [400, "Request was denied due to user flow control."],
  "Throttling.Api": [400, "Request was denied due to api flow control."],
  RequestsTooFrequent: [403, "Requests are too frequent."],
  InternalError: [500, "The request processing has failed due to some unknown error."],
  ServiceUnavailable: [503, "The request has failed due to a temporary failure of the server."],
  ServiceUnAvailable: [503, "The request has failed due to a temporary failure of the server."],
} as const satisfies Record<string, readonly [status: number, message: string]>;

/** A refusal that the client gets as its answer; never shown by facecut itself. */
export class ServiceError extends Error {
  readonly code: string;
  readonly status: number;

  constructor(code: string, { status, message }: { status?: number | undefined; message?: string | undefined } = {}) {
    const [usualStatus, usualMessage] = (knownCodes as Record<string, readonly [number, string]>)[code] ?? [400, code];
    super(message ?? usualMessage);
    this.code = code;
    this.status = status ?? usualStatus;
  }
}

/** The body of an error answer. */
export function errorBody({ code, message }: ServiceError, requestId: string, hostId: string, action: string): string {
  const recommend = `https://api.alibabacloud.com/troubleshoot?q=${encodeURIComponent(code)}&product=ICE&requestId=${requestId}`;
  const body = { RequestId: requestId, HostId: hostId, Code: code, Message: message, Recommend: recommend };
  const isDenied = code === "Forbidden.RAM" || code === "NoPermission";
  return JSON.stringify(isDenied ? { ...body, AccessDeniedDetail: accessDenied(action) } : body);
}

function accessDenied(action: string): object {
  return {
    AuthAction: `ice:${action}`,
    AuthPrincipalType: "SubUser",
    AuthPrincipalOwnerId: "1000000000000000",
    AuthPrincipalDisplayName: "200000000000000000",
    NoPermissionType: "ImplicitDeny",
    PolicyType: "AccountLevelIdentityBasedPolicy",
  };
}
