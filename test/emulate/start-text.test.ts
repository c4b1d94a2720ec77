import { expect, it } from "vitest";
import type { Emulator } from "../../src/emulate/emulator.js";
import { startText } from "../../src/emulate/start-text.js";
import { emulatorKeys } from "../support/acs3-signer.js";
import { sample } from "../support/cli.js";
import { emulating } from "./emulating.js";

const keys = { accessKeyId: emulatorKeys.id, accessKeySecret: emulatorKeys.secret };

it("tells the address, the keys, and the search to type", async () => {
  const { emulator } = await emulating(sample("one-face-25"));
  const options = { folder: "hits", port: emulator.port, ...keys };
  expect(
    startText(emulator, options, "linux"),
  ).toBe(`Emulating the service on http://${emulator.endpoint} from hits: 3 media assets. Ctrl-C ends it.
  access key id      emulator
  access key secret  emulator
In another terminal:
  export ALIBABA_CLOUD_ACCESS_KEY_ID=emulator
  export ALIBABA_CLOUD_ACCESS_KEY_SECRET=emulator
  facecut search --face-image-url https://example-bucket.oss-cn-shanghai.aliyuncs.com/faces/ada.jpg --search-lib example-lib --endpoint ${emulator.endpoint} --protocol http -o hits
`);
});

const bare: Emulator = {
  port: 1,
  endpoint: "127.0.0.1:1",
  mediaCount: 1,
  search: { searchLibName: "Ada's lib" },
  stats: () => ({ requests: 0, byAction: {}, faults: 0 }),
  close: async () => {},
};

it("quotes for the shell, and for PowerShell", () => {
  const options = {
    folder: "h",
    port: 1,
    accessKeyId: "a b",
    accessKeySecret: "$x",
    faults: { faults: [{ kind: "drop" }] },
  } as const;
  expect(startText(bare, options, "darwin").split("\n").slice(0, 7)).toEqual([
    "Emulating the service on http://127.0.0.1:1 from h: 1 media asset, with 1 kind of trouble. Ctrl-C ends it.",
    "  access key id      a b",
    "  access key secret  $x",
    "In another terminal:",
    "  export ALIBABA_CLOUD_ACCESS_KEY_ID='a b'",
    "  export ALIBABA_CLOUD_ACCESS_KEY_SECRET='$x'",
    "  facecut search --face-image-url https://example.com/face.jpg --search-lib 'Ada'\\''s lib' --endpoint 127.0.0.1:1 --protocol http -o hits",
  ]);
  expect(startText(bare, options, "win32").split("\n").slice(4, 7)).toEqual([
    "  $env:ALIBABA_CLOUD_ACCESS_KEY_ID='a b'",
    "  $env:ALIBABA_CLOUD_ACCESS_KEY_SECRET='$x'",
    "  facecut search --face-image-url 'https://example.com/face.jpg' --search-lib 'Ada''s lib' --endpoint 127.0.0.1:1 --protocol http -o hits",
  ]);
});
