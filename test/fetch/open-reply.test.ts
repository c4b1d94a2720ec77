import { describe, expect, it } from "vitest";
import { openReply } from "../../src/fetch/open-reply.js";
import { clipPage, mediaPage, refusal, reply } from "./record-fixture.js";

const open = (value: unknown) => openReply("hits/page-0001.json", value, "SearchMediaClipByFace");

it.each([
  ["a reply with its list", clipPage([])],
  ["one whose Success is a boolean and whose Code is a number", { Success: true, Code: 200, MediaClipList: [] }],
  ["one without Success", { MediaClipList: [] }],
  ["nothing found, without the list", reply({ Total: 0 })],
  ["nothing found, without list and Total", reply({})],
  ["a list of null and no Total", reply({ MediaClipList: null })],
])("takes %s", (_, value) => {
  expect(open(value).value).toBe(value);
});

describe("replies that are in the wrong place", () => {
  it.each([
    ["another search", mediaPage(["a"]), "is a reply of SearchMediaByFace"],
    ["a look-up of many", { MediaInfos: [] }, "is a reply of BatchGetMediaInfos"],
    ["a look-up of one", { MediaInfo: {} }, "is a reply of GetMediaInfo"],
    ["another kind of search", reply({ MediaList: [], Total: 0 }), "SearchMediaByAILabel"],
    ["some other list", reply({ Jobs: [] }), "has no MediaClipList"],
    ["an empty object", {}, "has no MediaClipList"],
    ["a list", [], "holds no reply"],
    ["a number", 5, "holds no reply"],
    ["null", null, "holds no reply"],
  ])("refuses %s", async (_, value, text) => {
    const found = await refusal(() => open(value));
    expect([found.code, found.where]).toEqual(["wrong-reply", "hits/page-0001.json"]);
    expect(found.text).toContain(text);
  });
});

describe("error replies", () => {
  it.each([
    [
      "an HTTP error",
      { RequestId: "C0", Code: "Throttling.User", Message: "Request was denied." },
      "Throttling.User: Request was denied.",
    ],
    ["one in lower case", { code: "Forbidden", message: "No" }, "Forbidden: No"],
    ["Success as text", reply({ Success: "false", Code: "Busy", MediaClipList: [] }), "is an error reply: Busy"],
    ["Success as boolean", { Success: false }, "Success is false"],
    ["a message of two lines", { Code: "E", Message: "a\n  at b" }, "E: a at b"],
  ])("shows code and message of %s", async (_, value, text) => {
    const found = await refusal(() => open(value));
    expect(found.code).toBe("wrong-reply");
    expect(found.text.replace(/ +/g, " ")).toContain(text);
  });

  it("keeps keys and signatures out of the message", async () => {
    const Message = "string to sign is: AccessKeyId%3DLTAI5tSECRET0 url https://h/a.jpg?Signature=SECRET1 STS.SECRET2";
    const { text } = await refusal(() => open({ Code: "SignatureDoesNotMatch", Message }));
    expect(text).not.toContain("SECRET");
  });
});

it("refuses a reply that counts results but lists none", async () => {
  const { code, where, text } = await refusal(() => open(reply({ Total: "3" })));
  expect([code, where]).toEqual(["bad-reply", "hits/page-0001.json $.MediaClipList"]);
  expect(text).toContain("a list of 3");
});
