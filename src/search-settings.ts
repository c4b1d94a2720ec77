import { FacecutError } from "./errors.js";
import type { SearchRequest } from "./fetch/search-request.js";
import { given } from "./model/given.js";
import { type SearchOptions, searchOptions } from "./options.js";
import { endpointOfRegion, regions } from "./service/regions.js";
import type { ServiceOptions } from "./service/service.js";
import { nearest } from "./text.js";

/** The options of a search, read: what to ask, and how to speak to the service. */
export interface SearchSettings {
  readonly request: SearchRequest;
  readonly service: ServiceOptions;
}

/** Reads the options of a search. Throws `bad-option` naming the option, or `usage` when there is nothing to search for. */
export function searchSettings(options: SearchOptions): SearchSettings {
  const endpoint = chooseEndpoint(options);
  return { request: readRequest(options, endpoint), service: readService(options, endpoint) };
}

function readRequest(options: SearchOptions, endpoint: string): SearchRequest {
  const { faceImageUrl, token, mediaId, entityId, namespace } = options;
  if (faceImageUrl === undefined && mediaId === undefined) {
    throw new FacecutError("usage", {
      what: "Nothing to search for",
      cure: "Give --face-image-url URL, or --media-id with the --token of an earlier search",
    });
  }
  if (mediaId !== undefined && faceImageUrl !== undefined)
    throw badOption(
      "mediaId",
      "--media-id searches what an earlier search found, so it takes no image",
      "Leave --face-image-url or --media-id out",
    );
  if (mediaId !== undefined && token === undefined)
    throw badOption("mediaId", "--media-id needs the token of the search that found the assets", "Give it with --token");
  if (mediaId !== undefined) refuseCoarse(options);
  return {
    endpoint,
    ...given({
      personImageUrl: faceImageUrl === undefined ? undefined : requireImageUrl(faceImageUrl),
      searchLibName: optionalText(options.searchLib, "searchLib"),
      entityId: optionalText(entityId, "entityId"),
      // The fine search has no media type: it looks into the assets it is given.
      mediaType: mediaId === undefined ? requireMediaType(options.mediaType ?? searchOptions.mediaType.default) : undefined,
      namespace: optionalText(namespace, "namespace"),
      customFilters: options.customFilters === undefined ? undefined : requireJson(options.customFilters, "customFilters"),
      utcCreate: options.utcCreate === undefined ? undefined : requireJson(options.utcCreate, "utcCreate"),
      token: token === undefined ? undefined : requireText(token, "token"),
      mediaIds: mediaId === undefined ? undefined : requireList(mediaId),
    }),
  };
}

/** The fine search looks into the assets it is given: what narrows the coarse one means nothing to it. */
function refuseCoarse(options: SearchOptions): void {
  const narrowing = (["mediaType", "namespace", "customFilters", "utcCreate"] as const).find((key) => options[key] !== undefined);
  if (narrowing !== undefined)
    throw badOption(narrowing, "--media-id searches the assets it names, so nothing narrows it", "Leave the option out");
}

function readService(options: SearchOptions, endpoint: string): ServiceOptions {
  const { protocol, concurrency, timeout, retries } = searchOptions;
  return {
    endpoint,
    protocol: requireProtocol(options.protocol ?? protocol.default),
    concurrency: requireWhole(options.concurrency ?? concurrency.default, 1, 100, "concurrency"),
    timeout: requireMilliseconds(options.timeout ?? timeout.default),
    retries: requireWhole(options.retries ?? retries.default, 0, 100, "retries"),
    ...given({ qps: options.qps === undefined ? undefined : requireQps(options.qps) }),
  };
}

function chooseEndpoint({ endpoint, region = searchOptions.region.default }: SearchOptions): string {
  if (endpoint !== undefined) return requireHost(endpoint);
  const host = endpointOfRegion(region);
  if (host !== undefined) return host;
  const near = nearest(region, regions);
  throw badOption(
    "region",
    `"${region}" is not a region with this service`,
    near === undefined ? `Take one of ${regions.join(", ")}, or give the host with --endpoint` : `Did you mean ${near}?`,
  );
}

function requireHost(text: string): string {
  const port = /^(?:\[[0-9a-fA-F:]+\]|[A-Za-z0-9.-]+)(?::(\d{1,5}))?$/.exec(text);
  if (port !== null && Number(port[1] ?? 0) <= 65_535) return text;
  throw badOption(
    "endpoint",
    `"${text}" is not a host`,
    "Write the host, and perhaps a port, without https:// and without a path: 127.0.0.1:8650",
  );
}

// The service reads the image itself: a path on this computer means nothing to it.
function requireImageUrl(text: string): string {
  if (/^(https?|oss):\/\/[^/\s]+\/\S/i.test(text)) return text;
  throw badOption(
    "faceImageUrl",
    "The service reads the face image itself, from a URL",
    "For a file on this computer: copy it into an OSS bucket of the region, make a signed URL (ossutil presign oss://BUCKET/face.jpg), and give that",
  );
}

function requireMediaType(text: string): string {
  const word = text.trim().toLowerCase();
  if (word === "video" || word === "image") return word;
  throw badOption("mediaType", `"${text}" is not a media type`, "Take video or image");
}

function requireProtocol(text: string): "https" | "http" {
  const word = text.trim().toLowerCase();
  if (word === "https" || word === "http") return word;
  throw badOption("protocol", `"${text}" is not a protocol`, "Take https or http");
}

function requireJson(text: string, option: "customFilters" | "utcCreate"): string {
  try {
    const value: unknown = JSON.parse(text);
    if (typeof value === "object" && value !== null && !Array.isArray(value)) return text;
  } catch {
    // Told below, together with JSON of another kind.
  }
  throw badOption(option, "The filter is not a JSON object", `Write it like ${searchOptions[option].example}`);
}

function optionalText(text: string | undefined, option: string): string | undefined {
  return text === undefined ? undefined : requireText(text, option);
}

function requireText(text: string, option: string): string {
  if (text.trim() !== "") return text;
  throw badOption(option, "The text is empty", "Leave the option out, or give it a value");
}

function requireList(text: string): readonly string[] {
  const ids = text
    .split(",")
    .map((id) => id.trim())
    .filter((id) => id !== "");
  if (ids.length > 0) return [...new Set(ids)];
  throw badOption("mediaId", "No MediaId is given", "Join MediaIds with commas");
}

/** A whole number from `least` to `most`. Throws `bad-option`. */
export function requireWhole(text: string, least: number, most: number, option: string): number {
  const value = /^\d{1,9}$/.test(text.trim()) ? Number(text) : Number.NaN;
  if (value >= least && value <= most) return value;
  throw badOption(option, `"${text}" is not a whole number from ${least} to ${most}`, "Give such a number");
}

function requireQps(text: string): number {
  const value = /^\d{1,4}(\.\d{1,3})?$/.test(text.trim()) ? Number(text) : 0;
  if (value > 0) return value;
  throw badOption("qps", `"${text}" is not a number of calls a second`, "Give a number above 0, such as 10 or 0.5");
}

const units: Readonly<Record<string, number>> = { ms: 1, s: 1000, m: 60_000 };

function requireMilliseconds(text: string): number {
  const match = /^(\d{1,6}(?:\.\d{1,3})?)\s*(ms|s|m)$/.exec(text.trim());
  const value = match === null ? 0 : Math.round(Number(match[1]) * (units[match[2] as string] as number));
  if (value > 0) return value;
  throw badOption("timeout", `"${text}" is not a time`, "Write seconds: 30s");
}

function badOption(option: string, what: string, cure: string): FacecutError {
  return new FacecutError("bad-option", { what, cure, option });
}
