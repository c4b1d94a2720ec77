import { writeFileSync } from "node:fs";
import { join } from "node:path";
import { describe, expect, it } from "vitest";
import { readAliases } from "../src/aliases.js";
import { temporaryFolder } from "./support/cli.js";

function aliases(text: string | Uint8Array) {
  const file = join(temporaryFolder(), "names.csv");
  writeFileSync(file, text);
  return readAliases(file);
}

describe("aliases", () => {
  it.each([
    ["plain", "4400192837461,Ada\nBen Sample,Guest 1\n"],
    ["with a header, quotes and blank lines", '﻿EntityId,name\r\n\r\n"4400192837461","Ada"\r\nBen Sample,Guest 1\r\n'],
    ["as a spreadsheet writes them", "person;name\r\n'4400192837461;Ada\r\nBen Sample;Guest 1\r\n"],
  ])("%s", async (_, text) => {
    expect([...(await aliases(text))]).toEqual([
      ["4400192837461", "Ada"],
      ["Ben Sample", "Guest 1"],
    ]);
  });

  it.each([
    ["a row without a name", "Ada\n", /row 1/],
    ["a row with too much", "who,name\nAda,Countess,Lovelace\n", /row 2/],
    ["somebody in two rows", "Ada,A\nAda,B\n", /row 2/],
    ["an open quote", '"Ada,A\n', /names.csv/],
    ["other text", new Uint8Array([0xff, 0xfe, 0x41]), /names.csv/],
  ])("refuse %s with the place", async (_, text, where) => {
    await expect(aliases(text)).rejects.toMatchObject({ code: "bad-aliases", where: expect.stringMatching(where) });
  });

  it("refuse a file that is not there", async () => {
    await expect(readAliases(join(temporaryFolder(), "none.csv"))).rejects.toMatchObject({ code: "bad-aliases" });
  });
});
