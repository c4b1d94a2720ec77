/**
 * Regions with a public host of their own, as the vendor's page "Endpoints" (Intelligent Media Services) and the metadata
 * of its command line list them. The vendor's generated client sends most of them to `ice.aliyuncs.com` instead, so
 * facecut always names the host itself.
 */
export const regions: readonly string[] = [
  "cn-shanghai",
  "cn-beijing",
  "cn-hangzhou",
  "cn-shenzhen",
  "ap-southeast-1",
  "us-west-1",
];

/** The public host of a region; undefined when the vendor lists none. */
export function endpointOfRegion(region: string): string | undefined {
  return regions.includes(region) ? `ice.${region}.aliyuncs.com` : undefined;
}
