import { expect, it } from "vitest";
import { endpointOfRegion, regions } from "../../src/service/regions.js";

it("every region has a host of its own, which an unknown one has not", () => {
  expect(regions.map((region) => endpointOfRegion(region))).toEqual([
    "ice.cn-shanghai.aliyuncs.com",
    "ice.cn-beijing.aliyuncs.com",
    "ice.cn-hangzhou.aliyuncs.com",
    "ice.cn-shenzhen.aliyuncs.com",
    "ice.ap-southeast-1.aliyuncs.com",
    "ice.us-west-1.aliyuncs.com",
  ]);
  expect(endpointOfRegion("eu-central-1")).toBeUndefined();
  expect(endpointOfRegion("evil.example/?")).toBeUndefined();
});
