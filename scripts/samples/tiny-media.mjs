/**
 * The three media files of samples/media, as data: what make-media.mjs draws is what make-samples.mjs says the
 * face search found. Frames are the media's own (25 a second), boxes are pixels of the 320x180 picture.
 */
export const tinyRate = 25;
export const tinySize = { width: 320, height: 180 };

/**
 * `box` is where the "face" is at frame 0 and how many pixels it moves a second; it is drawn during the
 * occurrences only. `occurrences` are [first frame, first frame after it].
 */
export const tinyMedia = [
  {
    mediaId: "5d1f0a6bd1a911f0b6c200163e0a51d2",
    file: "interview-a.mp4",
    title: "Interview A",
    startTimecode: "10:00:00:00",
    frames: 250,
    channels: 2,
    background: "0x203040",
    box: { x: 60, y: 40, w: 44, h: 56, right: 14, down: 4 },
    occurrences: [
      { from: 25, to: 100, score: 0.99041677, points: [30, 55, 80] },
      { from: 150, to: 225, score: 0.97312, points: [160, 190, 215] },
    ],
  },
  {
    mediaId: "6e201b7cd1a911f0b6c200163e0a51d2",
    file: "street-b.mov",
    title: "Street B",
    startTimecode: "01:00:00:00",
    frames: 240,
    channels: 0,
    background: "0x304028",
    box: { x: 230, y: 60, w: 36, h: 46, right: -18, down: -2 },
    occurrences: [
      { from: 12, to: 62, score: 0.71904886, points: [12, 40] },
      { from: 120, to: 238, score: 0.8846153, points: [125, 150, 175, 200] },
    ],
  },
  {
    mediaId: "7f312c8dd1a911f0b6c200163e0a51d2",
    file: "night-c.mp4",
    title: "Night C",
    startTimecode: "19:05:12:03",
    frames: 260,
    channels: 0,
    background: "0x181828",
    box: { x: 120, y: 70, w: 52, h: 66, right: 6, down: 3 },
    occurrences: [
      { from: 50, to: 51, score: 0.6225032, points: [50] },
      { from: 100, to: 200, score: 0.9333333, points: [110, 140, 185] },
    ],
  },
];

/** The face's box at a frame, in whole pixels, as the service gives it. */
export function boxAt({ box }, frame) {
  const along = (origin, speed) => Math.round(origin + (speed * frame) / tinyRate);
  return { X: along(box.x, box.right), Y: along(box.y, box.down), W: box.w, H: box.h };
}
