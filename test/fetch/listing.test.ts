import fc from "fast-check";
import { describe, expect, it } from "vitest";
import { mostPages, walkListing } from "../../src/fetch/listing.js";

/** Walks pages of numbers; gives what was seen and how many pages were asked for. */
async function walk(pages: (page: number) => { items: number[]; total?: number }) {
  const seen = new Set<number>();
  let asked = 0;
  const { ended, items } = await walkListing(async (page) => {
    asked++;
    const found = pages(page);
    for (const item of found.items) seen.add(item);
    return found;
  });
  expect(items).toBe(seen.size);
  return { ended, asked, seen: [...seen] };
}

const pageOf = (items: readonly number[], page: number, size = 50) => items.slice((page - 1) * size, page * size);
const numbers = (n: number) => Array.from({ length: n }, (_, i) => i);

describe("listings", () => {
  it("end when as many different items were seen as the Total says", async () => {
    const items = numbers(120);
    expect(await walk((page) => ({ items: pageOf(items, page), total: 120 }))).toEqual({ ended: true, asked: 3, seen: items });
  });

  it("end with an empty page, whatever the Total says", async () => {
    expect(await walk((page) => ({ items: page < 3 ? [page] : [], total: 99 }))).toMatchObject({ ended: true, asked: 3 });
    expect(await walk(() => ({ items: [], total: 0 }))).toMatchObject({ ended: true, asked: 1 });
  });

  it("the largest Total counts when it moves", async () => {
    const items = numbers(120);
    const moving = [120, 60, 119];
    expect(await walk((page) => ({ items: pageOf(items, page), total: moving[page - 1] ?? 1 }))).toMatchObject({
      asked: 3,
      seen: items,
    });
  });

  it("items that come again on a later page count once", async () => {
    const pages = [[1, 2], [2, 3], [3, 4], []];
    expect(await walk((page) => ({ items: pages[page - 1] ?? [], total: 4 }))).toMatchObject({
      ended: true,
      asked: 3,
      seen: [1, 2, 3, 4],
    });
  });

  it("items are the same whatever the order of their keys", async () => {
    const pages = [[{ a: 1, b: { c: 2, d: 3 } }], [{ b: { d: 3, c: 2 }, a: 1 }], [{ a: 2 }], []];
    const walked = await walkListing(async (page) => ({ items: pages[page - 1] ?? [], total: 2 }));
    expect(walked).toEqual({ ended: true, items: 2 });
  });

  it("without a Total only an empty page ends them", async () => {
    expect(await walk((page) => ({ items: page <= 2 ? [page] : [] }))).toMatchObject({ ended: true, asked: 3 });
  });

  it("that never end are given up, and said not to have ended", async () => {
    expect(await walk((page) => ({ items: [page], total: 1e9 }))).toMatchObject({ ended: false, asked: mostPages });
    expect(await walk(() => ({ items: [1], total: 2 ** 53 }))).toMatchObject({ ended: false, asked: mostPages });
  });

  it("find every item of a library that stands still, at any size", async () => {
    await fc.assert(
      fc.asyncProperty(fc.nat(300), fc.integer({ min: 1, max: 50 }), async (n, size) => {
        const items = numbers(n);
        const found = await walk((page) => ({ items: pageOf(items, page, size), total: n }));
        expect(found).toEqual({ ended: true, asked: Math.max(1, Math.ceil(n / size)), seen: items });
      }),
    );
  });
});
