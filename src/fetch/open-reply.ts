import { FacecutError } from "../errors.js";
import { shortened } from "../text.js";
import { isJsonObject, JsonCursor, type JsonObject } from "./json-cursor.js";

/** The operations a record holds replies of, with the fields that hold what they found. */
const operations = {
  SearchMediaClipByFace: ["MediaClipList"],
  SearchMediaByFace: ["MediaInfoList"],
  // The look-up of one asset answers with one MediaInfo, the one of many with MediaInfos; either serves.
  BatchGetMediaInfos: ["MediaInfos", "MediaInfo", "IgnoredList"],
  GetMediaInfo: ["MediaInfo", "MediaInfos"],
} as const satisfies Record<string, readonly string[]>;

export type Operation = keyof typeof operations;

/** Which operation answers with which field, to name the one whose reply was put in the wrong place. */
const answeredBy: readonly (readonly [field: string, operation: string])[] = [
  ["MediaClipList", "SearchMediaClipByFace"],
  ["MediaInfoList", "SearchMediaByFace"],
  ["MediaInfos", "BatchGetMediaInfos"],
  ["MediaInfo", "GetMediaInfo"],
  ["MediaList", "SearchMediaByAILabel, SearchMediaByHybrid or SearchMediaByMultimodal"],
  ["SearchLibInfoList", "ListSearchLib"],
  ["SearchLibConfig", "QuerySearchLib"],
  ["IndexStatus", "QuerySearchIndex"],
  ["JobStatus", "QuerySmarttagJob"],
];

/**
 * A cursor on a reply of `operation`. Throws `wrong-reply` when the value is an error reply or the reply of
 * another operation, `bad-reply` when it counts results but lists none. `file` is for messages.
 */
export function openReply(file: string, value: unknown, operation: Operation): JsonCursor {
  if (!isJsonObject(value)) throw wrongReply(file, operation, "holds no reply: a reply is a JSON object");
  const at = new JsonCursor(file, value);
  refuseErrorReply(file, operation, at);
  if (!hasResults(at, operation)) refuseUnlessEmpty(file, operation, at);
  return at;
}

function hasResults(at: JsonCursor, operation: Operation): boolean {
  return operations[operation].some((field) => at.has(field));
}

/** Success and Code are text in the vendor's documentation (`"true"`, `"200"`); in a 200 reply Success may be false. */
function refuseErrorReply(file: string, operation: Operation, at: JsonCursor): void {
  const success = at.text("Success")?.toLowerCase();
  // The vendor's own client takes lower-case names in error replies too.
  const code = at.text("Code") ?? at.text("code");
  const isError =
    success === "false" || (success === undefined && code !== undefined && code !== "200" && !hasResults(at, operation));
  if (!isError) return;
  const message = at.text("Message") ?? at.text("message");
  const parts = [code, message].filter((part) => part !== undefined).map((part) => shortened(part, 200));
  throw wrongReply(file, operation, `is an error reply: ${parts.join(": ") || "Success is false"}`);
}

/** A reply that found nothing may leave its list out; one that lists something else is of another operation. */
function refuseUnlessEmpty(file: string, operation: Operation, at: JsonCursor): void {
  const field = operations[operation][0];
  const other = answeredBy.find(([name]) => at.has(name));
  if (other !== undefined) throw wrongReply(file, operation, `is a reply of ${other[1]}`);
  const total = at.count("Total");
  if (total !== undefined && total > 0) throw at.refuse(field, `a list of ${total}`);
  const isEmpty = total === 0 || (at.text("Success")?.toLowerCase() === "true" && holdsNothingElse(at.value));
  if (!isEmpty) throw wrongReply(file, operation, `has no ${field}`);
}

function holdsNothingElse(reply: JsonObject): boolean {
  return Object.values(reply).every((value) => typeof value !== "object" || value === null);
}

function wrongReply(file: string, operation: Operation, fault: string): FacecutError {
  return new FacecutError("wrong-reply", {
    what: `A page that should be a reply of ${operation} ${fault}`,
    where: file,
    cure: `Put the JSON body of a ${operation} reply there, or search again`,
  });
}
