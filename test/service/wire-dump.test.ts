import { expect, it, vi } from "vitest";
import { good, keys, scriptedServer, serviceAt, useKeys } from "./scripted-server.js";

// Its own file: the vendor's packages read DEBUG once, when they are loaded.
it("the vendor's packages print no request although DEBUG asks for everything", async () => {
  vi.stubEnv("DEBUG", "*");
  useKeys(keys.id, keys.secret, "CAISexampleToken0123456789");
  const printed: string[] = [];
  const spies = [process.stdout, process.stderr].map((stream) =>
    vi.spyOn(stream, "write").mockImplementation((chunk) => printed.push(String(chunk)) > 0),
  );
  const server = await scriptedServer(good);
  const service = await serviceAt(server.endpoint);
  await service.call("SearchMediaByFace", { PersonImageUrl: "https://b/a.jpg?Signature=sIgNaTuRe" });
  for (const spy of spies) spy.mockRestore();
  expect(server.seen).toHaveLength(1);
  expect(printed.join("")).not.toMatch(/sIgNaTuRe|LTAI|CAIS|ACS3/);
});
