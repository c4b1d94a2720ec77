"""The cut a recorded face search should become, worked out from the record folder without any of facecut's code.

    python expected_cut.py samples/one-face-25 ...          compares with test/oracles/cuts/<case>.tsv
    python expected_cut.py --write samples/one-face-25 ...   writes those files

The plan as plain text: the first line is the timeline, then one line a clip and below each its markers.

    timeline  rate  start timecode  frame number of it  name
    clip      file  who  media in  media out  media's own label of the in-point  media rate  media start  media length
              channels of each stream of sound, such as 1+1, or 0  record in  record out  MediaId
    marker    record frame  who

Media in and out count from the file's first frame, media start from midnight, record frames from the timeline's
first. It knows the options the samples use (--rate, --start-timecode, --media-map, --markers all or appearance).
"""

import csv
import json
import math
import re
import sys
import unicodedata
from fractions import Fraction
from pathlib import Path

CUTS = Path(__file__).parent / "cuts"
NTSC = {"23.976": 24000, "29.97": 30000, "47.952": 48000, "59.94": 60000}


def rate_of(text):
    """A frame rate as the service or an option spells it."""
    return Fraction(NTSC[text], 1001) if text in NTSC else Fraction(text)


def nominal_of(rate):
    return math.ceil(rate)


# --- timecode (SMPTE ST 12-1), counted out minute by minute --------------------------------------------------------


def first_frame_of_minute(minute, rate, dropped):
    return minute * 60 * nominal_of(rate) - dropped * (minute - minute // 10)


def frame_of(label, rate):
    hours, minutes, seconds, frames = map(int, re.split("[:;]", label))
    dropped = nominal_of(rate) // 15 if ";" in label else 0
    return first_frame_of_minute(60 * hours + minutes, rate, dropped) + seconds * nominal_of(rate) + frames


def label_of(frame, rate, drop_frame):
    dropped = nominal_of(rate) // 15 if drop_frame else 0
    minute = max(m for m in range(24 * 60) if first_frame_of_minute(m, rate, dropped) + (dropped if m % 10 else 0) <= frame)
    rest = frame - first_frame_of_minute(minute, rate, dropped)
    seconds, frames = divmod(rest, nominal_of(rate))
    return f"{minute // 60:02}:{minute % 60:02}:{seconds:02}{';' if drop_frame else ':'}{frames:02}"


# --- seconds to frames ---------------------------------------------------------------------------------------------


def snapped(seconds, rate, up):
    """In-points go down and out-points up, except where a frame edge is within what the service's floats can say."""
    exact = Fraction(str(seconds))
    spacing = Fraction(2) ** (math.frexp(float(exact))[1] - 1 - 23) if exact else 0
    tolerance = min(max(Fraction(1, 1000), spacing), 1 / rate / 4)
    nearest = round(exact * rate)
    if abs(exact - nearest / rate) <= tolerance:
        return nearest
    return math.ceil(exact * rate) if up else math.floor(exact * rate)


# --- the replies ---------------------------------------------------------------------------------------------------


def one_line(text):
    text = re.sub("[\n-\r\x1c-\x1e\x85\u2028\u2029]+", " ", text)
    bidi = "\u202a\u202b\u202c\u202d\u202e\u2066\u2067\u2068\u2069\ufffe\uffff"
    return "".join(c for c in text if unicodedata.category(c) not in ("Cc", "Cs") and c not in bidi).strip()


def plain(items):
    """A list, whether it comes plain or wrapped in an object."""
    if items is None:
        return []
    return next(iter(items.values())) if isinstance(items, dict) else items


def pages(folder):
    return [json.loads(page.read_text(encoding="utf-8")) for page in sorted(folder.glob("page-*.json"))]


def options_of(case):
    words = (case / "command.txt").read_text(encoding="utf-8").split()
    return dict(zip(words[::2], words[1::2], strict=True))


def media_facts(case, options):
    start_of = {}
    if "--media-map" in options:
        with open(options["--media-map"], encoding="utf-8", newline="") as file:
            start_of = {row["media"]: row["start_timecode"] for row in csv.DictReader(file)}
    return {info["MediaId"]: facts_of(info, start_of) for page in pages(case / "BatchGetMediaInfos") for info in page["MediaInfos"]}


def facts_of(info, start_of):
    details = info["FileInfoList"][0]
    video, name = details["VideoStreamInfoList"][0], details["FileBasicInfo"]["FileName"]
    rate = rate_of(video["Fps"])
    label = start_of.get(info["MediaId"], start_of.get(name, "00:00:00:00"))
    sound = "+".join(stream["Channels"] for stream in details["AudioStreamInfoList"]) or "0"
    start = frame_of(label, rate)
    facts = dict(id=info["MediaId"], file=one_line(name), sound=sound)
    return dict(facts, rate=rate, start=start, drop=";" in label, length=int(video["NumFrames"]))


def natural(name):
    """Names in the order people count: runs of digits are numbers, the rest goes by code point."""
    parts = re.findall("[0-9]+|[^0-9]+", unicodedata.normalize("NFC", name))
    return [(0, int(part), "") if part[0] in "0123456789" else (1, 0, part) for part in parts]


def clips_of(case, media_id):
    """The elements of MediaClipList; those that come again on a later page count once."""
    found = [clip for page in pages(case / "SearchMediaClipByFace" / media_id) for clip in plain(page["MediaClipList"])]
    return list({json.dumps(clip, sort_keys=True): clip for clip in found}.values())


# --- occurrences to appearances ------------------------------------------------------------------------------------


def people_of(elements):
    """(key, name) of each element: by EntityId, named as its first LabelName says; nobody known is a person apiece."""
    unknown = 0
    for _, clip in elements:
        if clip.get("EntityId"):
            yield clip["EntityId"], one_line(clip["LabelName"])
        else:
            unknown += 1
            yield f"unknown {unknown}", f"unknown {unknown}"


def appearances_of(elements):
    """[media, who, in, out, frames of the track points]: ranges of one person in one media that meet are one."""
    ranges, points = {}, {}
    for (media, clip), who in zip(elements, people_of(elements), strict=True):
        for one in plain(clip["OccurrencesInfos"]):
            start, end = (snapped(one[key], media["rate"], up) for key, up in (("StartTime", False), ("EndTime", True)))
            key = (media["id"], who)
            ranges.setdefault(key, []).append((start, min(max(end, start + 1), media["length"])))
            points.setdefault(key, []).extend(snapped(p["Timestamp"], media["rate"], False) for p in plain(one.get("TrackData")))
    media_of = {media["id"]: media for media, _ in elements}
    for key, some in ranges.items():
        for start, end in joined(sorted(some)):
            yield media_of[key[0]], key[1][1], start, end, sorted({p for p in points[key] if start <= p < end})


def joined(ranges):
    result = []
    for start, end in ranges:
        if result and start <= result[-1][1]:
            result[-1] = (result[-1][0], max(end, result[-1][1]))
        else:
            result.append((start, end))
    return result


# --- appearances to a cut ------------------------------------------------------------------------------------------


def length_on(media, rate, start, end):
    """Timeline frames of a clip: rounded up, but no more than lie before the media's end on any format's grid."""
    ratio = rate / media["rate"]
    first, length = media["start"], media["length"]
    left = [
        math.floor(length * ratio) - math.ceil(start * ratio),
        math.floor((first + length) * ratio) - math.ceil((first + start) * ratio),
        math.floor((length - start) * ratio),
    ]
    if nominal_of(rate) == nominal_of(media["rate"]):
        left.append(length - start)  # an EDL then counts one label a media frame
    return min(math.ceil((end - start) * ratio), *left)


def expected_cut(case):
    options = options_of(case)
    facts = media_facts(case, options)
    ordered = sorted(facts.values(), key=lambda media: (natural(media["file"]), media["id"]))
    elements = [(media, clip) for media in ordered for clip in clips_of(case, media["id"])]
    appearances = sorted(appearances_of(elements), key=lambda one: (natural(one[0]["file"]), one[0]["id"], one[2], one[3]))
    word = options.get("--rate") or str({float(round(media["rate"], 3)) for media in facts.values()}.pop()).removesuffix(".0")
    rate = rate_of(word.removesuffix("ndf").removesuffix("df"))
    first = options.get("--start-timecode", "01:00:00:00")
    people = {who for _, who, *_ in appearances}
    yield ["timeline", rate, first, frame_of(first, rate), people.pop() if len(people) == 1 else case.name]
    record = 0
    for media, who, start, end, points in appearances:
        length = length_on(media, rate, start, end)
        label = label_of(media["start"] + start, media["rate"], media["drop"])
        of_media = [media["rate"], media["start"], media["length"], media["sound"]]
        yield ["clip", media["file"], who, start, end, label, *of_media, record, record + length, media["id"]]
        for frame in markers_of(points, start, length, rate / media["rate"], options.get("--markers", "appearance")):
            yield ["marker", record + frame, who]
        record += length


def markers_of(points, start, length, ratio, choice):
    frames = sorted({frame for frame in (math.floor((point - start) * ratio) for point in points) if frame < length})
    return frames if choice == "all" else frames[:1] or [0]


def main(arguments):
    write = arguments[:1] == ["--write"]
    differing = []
    for case in map(Path, arguments[1:] if write else arguments):
        text = "".join("\t".join(map(str, row)) + "\n" for row in expected_cut(case))
        path = CUTS / f"{case.name}.tsv"
        if write:
            CUTS.mkdir(exist_ok=True)
            path.write_text(text, encoding="utf-8", newline="\n")
        elif path.read_text(encoding="utf-8") != text:
            differing.append(str(path))
    sys.exit(f"not what expected_cut.py works out: {', '.join(differing)}" if differing else 0)


if __name__ == "__main__":
    main(sys.argv[1:])
