/**
 * Rosetta rows: one instant in every notation. Timecodes and totals are those of SMPTE ST 12-1 tables, worked out
 * by hand or taken from published boundary tables, never from facecut itself.
 */
export interface RosettaRow {
  readonly rate: string;
  readonly frame: number;
  readonly timecode: string;
  /** Seconds of real time as an exact fraction: [numerator, denominator]. */
  readonly seconds: readonly [number, number];
}

export const rosetta: readonly RosettaRow[] = [
  { rate: "23.976", frame: 86_400, timecode: "01:00:00:00", seconds: [18018, 5] },
  { rate: "23.976", frame: 110_000, timecode: "01:16:23:08", seconds: [55055, 12] },
  { rate: "24", frame: 86_400, timecode: "01:00:00:00", seconds: [3600, 1] },
  { rate: "25", frame: 90_000, timecode: "01:00:00:00", seconds: [3600, 1] },
  { rate: "25", frame: 1_718_103, timecode: "19:05:24:03", seconds: [1_718_103, 25] },
  { rate: "29.97df", frame: 1_799, timecode: "00:00:59;29", seconds: [1_799 * 1001, 30_000] },
  { rate: "29.97df", frame: 1_800, timecode: "00:01:00;02", seconds: [3003, 50] },
  { rate: "29.97df", frame: 3_597, timecode: "00:01:59;29", seconds: [3_597 * 1001, 30_000] },
  { rate: "29.97df", frame: 3_598, timecode: "00:02:00;02", seconds: [3_598 * 1001, 30_000] },
  { rate: "29.97df", frame: 17_981, timecode: "00:09:59;29", seconds: [17_981 * 1001, 30_000] },
  { rate: "29.97df", frame: 17_982, timecode: "00:10:00;00", seconds: [2_999_997, 5_000] },
  { rate: "29.97df", frame: 107_892, timecode: "01:00:00;00", seconds: [8_999_991, 2_500] },
  { rate: "29.97df", frame: 110_000, timecode: "01:01:10;10", seconds: [11_011, 3] },
  { rate: "29.97df", frame: 111_582, timecode: "01:02:03;04", seconds: [111_582 * 1001, 30_000] },
  { rate: "29.97df", frame: 2_589_407, timecode: "23:59:59;29", seconds: [2_589_407 * 1001, 30_000] },
  { rate: "29.97ndf", frame: 1_800, timecode: "00:01:00:00", seconds: [3003, 50] },
  { rate: "29.97ndf", frame: 110_000, timecode: "01:01:06:20", seconds: [11_011, 3] },
  { rate: "30", frame: 108_000, timecode: "01:00:00:00", seconds: [3600, 1] },
  { rate: "47.952", frame: 172_800, timecode: "01:00:00:00", seconds: [18018, 5] },
  { rate: "48", frame: 172_800, timecode: "01:00:00:00", seconds: [3600, 1] },
  { rate: "50", frame: 180_049, timecode: "01:00:00:49", seconds: [180_049, 50] },
  { rate: "59.94df", frame: 3_599, timecode: "00:00:59;59", seconds: [3_599 * 1001, 60_000] },
  { rate: "59.94df", frame: 3_600, timecode: "00:01:00;04", seconds: [3003, 50] },
  { rate: "59.94df", frame: 7_195, timecode: "00:01:59;59", seconds: [7_195 * 1001, 60_000] },
  { rate: "59.94df", frame: 7_196, timecode: "00:02:00;04", seconds: [7_196 * 1001, 60_000] },
  { rate: "59.94df", frame: 35_964, timecode: "00:10:00;00", seconds: [2_999_997, 5_000] },
  { rate: "59.94df", frame: 215_784, timecode: "01:00:00;00", seconds: [8_999_991, 2_500] },
  { rate: "59.94df", frame: 5_178_815, timecode: "23:59:59;59", seconds: [5_178_815 * 1001, 60_000] },
  { rate: "59.94ndf", frame: 216_000, timecode: "01:00:00:00", seconds: [18018, 5] },
  { rate: "60", frame: 216_000, timecode: "01:00:00:00", seconds: [3600, 1] },
];

/** Frames from midnight to midnight, as published. */
export const framesADay: Readonly<Record<string, number>> = {
  "23.976": 2_073_600,
  "24": 2_073_600,
  "25": 2_160_000,
  "29.97df": 2_589_408,
  "29.97ndf": 2_592_000,
  "30": 2_592_000,
  "47.952": 4_147_200,
  "48": 4_147_200,
  "50": 4_320_000,
  "59.94df": 5_178_816,
  "59.94ndf": 5_184_000,
  "60": 5_184_000,
};
