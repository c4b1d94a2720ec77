import { exitStatus, FacecutError } from "../errors.js";
import { type SearchOutcome, search } from "../fetch/search.js";
import { errorText, type SearchTold, searchJson, searchText } from "../messages.js";
import { given } from "../model/given.js";
import type { CommonOptions, SearchOptions } from "../options.js";
import { progressLine } from "../progress.js";
import { searchSettings } from "../search-settings.js";
import { openService, type Service } from "../service/service.js";
import type { Streams } from "../streams.js";
import { count, oneLine, unsigned } from "../text.js";

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
  const told = await searchInto(options.out ?? "hits", options, streams);
  streams.out(options.json ? searchJson(told) : searchText(told));
  if (told.error === undefined) return exitStatus.done;
  // What was found is told all the same, in one object when a program asks; so the error is not thrown.
  streams.err(errorText(told.error));
  return told.error.exitStatus;
}

/** Searches into a record folder. The result says what was found, and why it is no success when it is none. */
export async function searchInto(folder: string, options: Options, streams: Streams): Promise<SearchTold> {
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
  if (!options.json) for (const missing of outcome.missing) streams.err(`missing: ${oneLine(unsigned(missing))}\n`);
  return { folder, outcome, ...given({ counts: service?.counts(), error: whyNoSuccess(folder, outcome) }) };
}

function whyNoSuccess(folder: string, { missing, clips }: SearchOutcome): FacecutError | undefined {
  if (missing.length > 0) return incomplete(folder, missing.length);
  return clips === 0 ? nothingFound(folder) : undefined;
}

function callsText(service: Service | undefined): string {
  if (service === undefined) return "";
  const { calls, retries, waitedForRateLimit } = service.counts();
  const waited = waitedForRateLimit < 1000 ? "" : `, waited ${Math.round(waitedForRateLimit / 1000)} s for the rate limit`;
  return ` (${count(calls, "call")}${retries === 0 ? "" : `, ${count(retries, "retry", "retries")}`}${waited})`;
}

function incomplete(folder: string, missing: number): FacecutError {
  return new FacecutError("incomplete-search", {
    what: `The record is not complete: ${count(missing, "asset or page", "assets or pages")} could not be had`,
    where: folder,
    cure: "Run the same search again with --resume: what is there is kept. What cannot be had again and again, report",
  });
}

function nothingFound(folder: string): FacecutError {
  return new FacecutError("nothing-found", {
    what: "The search found nobody; the record of it is kept",
    where: folder,
    cure: "Search with another image or library",
  });
}
