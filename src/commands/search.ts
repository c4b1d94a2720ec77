import { exitStatus, FacecutError } from "../errors.js";
import { search } from "../fetch/search.js";
import { searchJson, searchText } from "../messages.js";
import type { CommonOptions, SearchOptions } from "../options.js";
import { progressLine } from "../progress.js";
import { searchSettings } from "../search-settings.js";
import { openService, type Service } from "../service/service.js";
import type { Streams } from "../streams.js";
import { count } from "../text.js";

type Options = SearchOptions & CommonOptions;

/** `facecut search`: a record folder from the service. */
export async function runSearch(
  folder: string | undefined,
  options: Options & { out?: string },
  streams: Streams,
): Promise<number> {
  if (folder !== undefined) {
    throw new FacecutError("usage", {
      what: `A search takes no folder (${folder})`,
      cure: "Name the record folder to make with -o",
      option: "out",
    });
  }
  await searchInto(options.out ?? "hits", options, streams);
  return exitStatus.done;
}

/** Searches into a record folder and prints what was found. Throws when something is missing, or nothing was found. */
export async function searchInto(folder: string, options: Options, streams: Streams): Promise<void> {
  const { request, service: serviceOptions } = searchSettings(options);
  let service: Service | undefined;
  const open = async () => {
    service = await openService(serviceOptions);
    return service;
  };
  const progress = progressLine(streams, options.quiet ?? false, () => callsText(service));
  const { concurrency } = serviceOptions;
  streams.whenInterrupted?.(`what was found so far is kept in ${folder}, and the same command with --resume goes on from there`);
  const outcome = await search(open, request, { folder, resume: options.resume ?? false, concurrency }, progress);
  streams.whenInterrupted?.(undefined);
  const told = { folder, outcome, ...(service === undefined ? {} : { counts: service.counts() }) };
  streams.out(options.json ? searchJson(told) : searchText(told));
  if (outcome.missing.length > 0) throw incomplete(folder, outcome.missing);
  if (outcome.clips === 0) throw nothingFound(folder);
}

function callsText(service: Service | undefined): string {
  if (service === undefined) return "";
  const { calls, retries, waitedForRateLimit } = service.counts();
  const waited = waitedForRateLimit < 1000 ? "" : `, waited ${Math.round(waitedForRateLimit / 1000)} s for the rate limit`;
  return ` (${count(calls, "call")}${retries === 0 ? "" : `, ${count(retries, "retry", "retries")}`}${waited})`;
}

const mostListed = 10;

function incomplete(folder: string, missing: readonly string[]): FacecutError {
  const more = missing.length > mostListed ? `; and ${missing.length - mostListed} more` : "";
  return new FacecutError("incomplete-search", {
    what: `The record is not complete: ${missing.slice(0, mostListed).join("; ")}${more}`,
    where: folder,
    cure: "Run the same search again with --resume: what is there is kept",
  });
}

function nothingFound(folder: string): FacecutError {
  return new FacecutError("nothing-found", {
    what: "The search found nobody; the record of it is kept",
    where: folder,
    cure: "Search with another image or library",
  });
}
