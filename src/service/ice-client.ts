import credentialsPackage, { DefaultCredentialsProvider } from "@alicloud/credentials";
import openApiPackage, { $OpenApiUtil, AlibabaCloudError, OpenApiUtil } from "@alicloud/openapi-core";
import { FacecutError, fault } from "../errors.js";
import { given } from "../model/given.js";
import { version } from "../version.js";
import { guardedCredentials } from "./credentials.js";
import { withinDeadline } from "./deadline.js";
import { Exchange, nonceHeader } from "./exchange.js";
import { asObject, type Outcome, parseObject } from "./outcome.js";
import type { Secrets } from "./secrets.js";

/** Values of undefined are not sent. */
type Parameters = Readonly<Record<string, string | number | undefined>>;

/** One try of one operation; never throws for what the service or the network does. */
export type IceClient = (action: string, parameters: Parameters) => Promise<Outcome>;

/** Where and how a client calls. */
export interface IceClientOptions {
  readonly endpoint: string;
  readonly protocol: "https" | "http";
  /** Milliseconds for one try, from the look-up of the credentials to the last byte of the answer. */
  readonly timeout: number;
}

const OpenApiClient = defaultExport(openApiPackage);
const Credential = defaultExport(credentialsPackage);
type Client = InstanceType<typeof OpenApiClient>;

/** A CommonJS package's default export: Node imports the package around it, bundlers and test runners the thing itself. */
function defaultExport<T>(imported: { readonly default: T }): T {
  return imported.default ?? (imported as T);
}

/** A client on the vendor's core. Resolves the credentials (`no-credentials`) and adds them to the secrets. */
export async function openIceClient(options: IceClientOptions, secrets: Secrets): Promise<IceClient> {
  const chain = DefaultCredentialsProvider.builder().build();
  const getCredentials = guardedCredentials(() => chain.getCredentials(), secrets);
  // Before any call: when several ask an unresolved chain at once, all but the first fail.
  await getCredentials();
  const credential = new Credential(null, { getCredentials, getProviderName: () => "default" });
  const client = new OpenApiClient(
    new $OpenApiUtil.Config({
      credential,
      endpoint: options.endpoint,
      protocol: options.protocol,
      // Each alone leaves the other at 3 s.
      readTimeout: options.timeout,
      connectTimeout: options.timeout,
      userAgent: `facecut/${version()}`,
    }),
  );
  return (action, parameters) => tryOnce(client, action, parameters, options.timeout);
}

/** What the core gives for an answer below HTTP 400, whose type it leaves open. */
interface CoreAnswer extends Pick<Outcome, "headers"> {
  readonly statusCode: number;
  readonly body: string;
}

/** The core's own timers may be disarmed by an earlier call on the same connection, hence a deadline of ours. */
async function tryOnce(client: Client, action: string, parameters: Parameters, timeout: number): Promise<Outcome> {
  const exchange = new Exchange();
  try {
    const call = client.callApi(paramsOf(action), requestOf(parameters, exchange.nonce), noRuntimeOptions);
    const answer = (await withinDeadline(call, timeout, () => exchange.abandon())) as CoreAnswer;
    return given({ status: answer.statusCode, headers: answer.headers, body: parseObject(answer.body) });
  } catch (error) {
    return outcomeOf(error, exchange);
  } finally {
    exchange.close();
  }
}

// What the core honours of these stands in the client's configuration; its own retries stay off, as they are.
const noRuntimeOptions = {} as globalThis.Parameters<Client["callApi"]>[2];

// As in every method of the vendor's generated client, but for the body type: it would be `json` there, and the status
// of an answer that is not JSON would be lost.
function paramsOf(action: string): $OpenApiUtil.Params {
  return new $OpenApiUtil.Params({
    action,
    version: "2020-11-09",
    protocol: "HTTPS",
    pathname: "/",
    method: "POST",
    authType: "AK",
    style: "RPC",
    reqBodyType: "formData",
    bodyType: "string",
  });
}

function requestOf(parameters: Parameters, nonce: string): $OpenApiUtil.OpenApiRequest {
  return new $OpenApiUtil.OpenApiRequest({ query: OpenApiUtil.query(parameters), headers: { [nonceHeader]: nonce } });
}

/** What the core throws, as what happened. None of its messages is kept: they hold the whole URL. */
function outcomeOf(error: unknown, { status, headers }: Exchange): Outcome {
  if (error instanceof FacecutError) throw error;
  if (error instanceof AlibabaCloudError && error.statusCode !== undefined)
    return given({ status: error.statusCode, headers, body: asObject(error.data) });
  const networkError = networkErrorOf(error);
  if (networkError !== undefined) return { headers, networkError };
  // A page that is not JSON, on which the core's JSON.parse failed.
  if (status !== undefined) return { status, headers };
  throw fault(`The vendor's client failed with ${error instanceof Error ? error.name : typeof error}`);
}

function networkErrorOf(error: unknown): string | undefined {
  if (!(error instanceof Error)) return undefined;
  if (error.name.startsWith("RequestTimeout")) return "ETIMEDOUT";
  return "code" in error && typeof error.code === "string" ? error.code : undefined;
}
