import { onTestFinished } from "vitest";
import { type Emulator, type EmulatorOptions, startEmulator } from "../../src/emulate/emulator.js";
import { type CallOptions, call, emulatorKeys, type HttpReply } from "../support/acs3-signer.js";

/** An emulator that ends with the test, and what it logged. */
export async function emulating(
  folder: string,
  options: Partial<EmulatorOptions> = {},
): Promise<{ emulator: Emulator; log: string[] }> {
  const log: string[] = [];
  const { id: accessKeyId, secret: accessKeySecret } = emulatorKeys;
  const settings = { folder, port: 0, accessKeyId, accessKeySecret, log: (line: string) => log.push(line), ...options };
  const emulator = await startEmulator(settings);
  onTestFinished(() => emulator.close());
  return { emulator, log };
}

export interface JsonReply extends HttpReply {
  // Answers are looked into at many places; a type for each would say less than the expectations do.
  // biome-ignore lint/suspicious/noExplicitAny: see above
  readonly json: any;
}

/** A signed call whose answer is JSON. */
export async function ask(
  { endpoint }: Emulator,
  action: string,
  parameters: Readonly<Record<string, string | number>> = {},
  options: CallOptions = {},
): Promise<JsonReply> {
  const reply = await call(endpoint, action, parameters, options);
  return { ...reply, json: JSON.parse(reply.text) };
}

export const coarse = { PersonImageUrl: "https://example.com/face.jpg", FaceSearchToken: "t" };
export const fine = (MediaId: string) => ({ MediaId, FaceSearchToken: "t" });
