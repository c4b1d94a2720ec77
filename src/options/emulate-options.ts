import type { OptionRow } from "./option-row.js";

/** Options of the local stand-in for the service. */
export const emulateOptions = {
  port: { type: "text", group: "Service", value: "N", default: "8650", describe: "Port on this computer; 0 takes a free one" },
  accessKeyId: {
    type: "text",
    group: "Service",
    value: "TEXT",
    default: "emulator",
    describe: "Key id that clients have to sign with; an invented one",
  },
  accessKeySecret: {
    type: "text",
    group: "Service",
    value: "TEXT",
    default: "emulator",
    describe: "Secret that clients have to sign with; an invented one",
  },
  faults: { type: "text", group: "Service", value: "FILE", describe: "JSON that says what trouble to make: docs/emulator.md" },
} as const satisfies Record<string, OptionRow>;
