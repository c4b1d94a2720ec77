"""Reads timelines with readers that are not facecut's, and prints what they say as JSON.

    python read_timelines.py path ...
    python read_timelines.py -          paths from standard input, one a line

A path ends in .otio, .edl, .xml (Final Cut Pro 7) or .fcpxml; an EDL has no frame rate, so it is given behind an
equals sign: cut.edl=30000/1001. The answer is a JSON list in the order of the paths, each {"path", "timelines":
[...]} or {"path", "error": "..."}. A timeline is

    {"name", "start", "rate", "clips": [...], "markers": [{"frame", "name", "where"}]}

start: timecode of the first frame as a frame number, or null; rate: "25" or "24000/1001". Record times and marker
frames count timeline frames from the timeline's first. A clip is

    {"name", "kind", "track", "recordStart", "recordEnd", "sourceStart", "duration", "rate",
     "availableStart", "availableDuration", "availableRate", "url"}

sourceStart is what the format itself counts: .otio timeline frames from midnight, .edl the source label as a frame
number in the list's counting (and "sourceLabel"), .xml timeline frames from the file's first, .fcpxml media frames
from midnight. The available range is in media frames from midnight (null in an EDL, which says nothing of it).

OpenTimelineIO 0.18.1 with its cmx_3600 and fcp_xml adapters reads the first three; FCPXML is read with xml.etree.
"""

import json
import re
import sys
import xml.etree.ElementTree as ElementTree
from fractions import Fraction

import opentimelineio as otio


def rate_of(rate):
    """A rate as a fraction: OpenTimelineIO holds 24000/1001 as the nearest double."""
    return Fraction(rate).limit_denominator(1001)


def whole(value, what):
    """A whole number; positions that fall between frames are an error, not something to round."""
    nearest = round(value)
    if abs(value - nearest) > 1e-3:
        raise ValueError(f"{what} falls between frames: {float(value)}")
    return nearest


def seconds_of(time):
    return Fraction(time.value) / rate_of(time.rate)


def frames_of(time, rate, what):
    return whole(seconds_of(time) * rate, what)


def timeline_of(name, start, rate, clips, markers):
    markers = sorted(markers, key=lambda marker: (marker["frame"], marker["name"]))
    return {"name": name, "start": start, "rate": str(rate), "clips": clips, "markers": markers}


def marker_of(frame, name, where):
    return {"frame": frame, "name": name, "where": where}


# --- OpenTimelineIO's own readers -------------------------------------------------------------------------------


def clips_with_places(track):
    """The clips of a track, each with its range there; gaps are skipped."""
    places = track.range_of_all_children()
    return [(child, places[child]) for child in track if isinstance(child, otio.schema.Clip)]


def available_of(clip):
    reference = clip.media_reference
    available = reference.available_range
    url = getattr(reference, "target_url", None)
    if available is None:
        return {"availableStart": None, "availableDuration": None, "availableRate": None, "url": url}
    rate = rate_of(available.start_time.rate)
    return {
        "availableStart": frames_of(available.start_time, rate, "available start"),
        "availableDuration": frames_of(available.duration, rate, "available duration"),
        "availableRate": str(rate),
        "url": url,
    }


def clip_of(clip, place, track, rate, source_start):
    start = frames_of(place.start_time, rate, "record start")
    return {
        "name": clip.name,
        "kind": track.kind,
        "track": track.name,
        "recordStart": start,
        "recordEnd": frames_of(place.end_time_exclusive(), rate, "record end"),
        "sourceStart": source_start,
        "duration": frames_of(clip.source_range.duration, rate, "duration"),
        "rate": str(rate_of(clip.source_range.duration.rate)),
        **available_of(clip),
    }


def read_otio(path):
    timeline = otio.adapters.read_from_file(path)
    start = timeline.global_start_time
    rate = rate_of(start.rate)
    clips, markers = [], []
    for marker in timeline.tracks.markers:
        markers.append(marker_of(frames_of(marker.marked_range.start_time, rate, "marker"), marker.name, "timeline"))
    for track in timeline.tracks:
        for clip, place in clips_with_places(track):
            source = clip.source_range.start_time
            clips.append(clip_of(clip, place, track, rate, frames_of(source, rate, "source start")))
            for marker in clip.markers:
                # A marker counts in its clip's own (source) time.
                frames = frames_of(marker.marked_range.start_time - source + place.start_time, rate, "marker")
                markers.append(marker_of(frames, marker.name, "clip"))
    return [timeline_of(timeline.name, frames_of(start, rate, "start"), rate, clips, markers)]


LOCATOR = re.compile(r"\* ?LOC: (\d\d:\d\d:\d\d[:;]\d\d) +(\w+) +(.*)")
EVENT = re.compile(r"\d{3,}  ")


def locators_by_text(path, rate):
    """[record frame from midnight, text] of every locator, straight from the lines."""
    with open(path, encoding="utf-8", newline="") as file:
        found = [match for match in map(LOCATOR.match, file.read().split("\r\n")) if match]
    return [(int(otio.opentime.from_timecode(match[1], float(rate)).value), match[3]) for match in found]


def source_labels_by_text(path):
    with open(path, encoding="utf-8", newline="") as file:
        return [line.split()[4] for line in file.read().split("\r\n") if EVENT.match(line)]


def read_edl(path, rate):
    timeline = otio.adapters.read_from_file(path, adapter_name="cmx_3600", rate=float(rate))
    track = timeline.tracks[0]
    # The adapter shifts a list to zero and keeps where it began, negated, in the track's source range.
    start = -frames_of(track.source_range.start_time, rate, "record start") if track.source_range else 0
    clips, read_markers = [], []
    for (clip, place), label in zip(clips_with_places(track), source_labels_by_text(path), strict=True):
        source = frames_of(clip.source_range.start_time, rate, "source start")
        reel = clip.metadata.get("cmx_3600", {}).get("reel")
        clips.append({**clip_of(clip, place, track, rate, source), "sourceLabel": label, "reel": reel})
        # The adapter leaves locators in record time (from midnight), though it hangs them on the clip.
        read_markers += [(int(marker.marked_range.start_time.value), marker.name) for marker in clip.markers]
    found = locators_by_text(path, rate)
    # Its pattern knows only ":", so that locators of drop-frame lists are missing from what it read.
    if ";" not in "".join(clip["sourceLabel"] for clip in clips) and sorted(found) != sorted(read_markers):
        raise ValueError(f"the adapter reads the locators {read_markers}, the lines say {found}")
    markers = [marker_of(frame - start, text, "clip") for frame, text in found]
    return [timeline_of(timeline.name, start, rate, clips, markers)]


def read_xmeml(path):
    found = otio.adapters.read_from_file(path, adapter_name="fcp_xml")
    timelines = [found] if isinstance(found, otio.schema.Timeline) else found.find_children(descended_from_type=otio.schema.Timeline)
    return [xmeml_sequence(timeline) for timeline in timelines]


def xmeml_sequence(timeline):
    rate = rate_of(timeline.global_start_time.rate)
    start = frames_of(timeline.global_start_time, rate, "start")
    clips, markers = [], []
    for marker in timeline.tracks.markers:
        markers.append(marker_of(frames_of(marker.marked_range.start_time, rate, "marker"), marker.name, "timeline"))
    for track in timeline.tracks:
        for clip, place in clips_with_places(track):
            # The adapter adds the file's start timecode to `in`; taken off again, it is what the file says.
            file_start = clip.media_reference.available_range.start_time
            source = whole((seconds_of(clip.source_range.start_time) - seconds_of(file_start)) * rate, "in")
            one = clip_of(clip, place, track, rate, source)
            clips.append(one)
            for marker in clip.markers:
                # Clip markers count like `in`, and here the adapter adds nothing.
                frames = frames_of(marker.marked_range.start_time, rate, "marker") - source + one["recordStart"]
                markers.append(marker_of(frames, marker.name, "clip"))
    return timeline_of(timeline.name, start, rate, clips, markers)


# --- FCPXML, by a plain XML parser ------------------------------------------------------------------------------


def fcpxml_time(element, attribute, default=None):
    text = element.get(attribute, default)
    if text is None or not re.fullmatch(r"[0-9]+(/[1-9][0-9]*)?s", text):
        raise ValueError(f"{element.tag} {attribute}: {text} is no time")
    return Fraction(text[:-1])


def exact(value, what):
    if value.denominator != 1:
        raise ValueError(f"{what} falls between frames: {value}")
    return int(value)


def read_fcpxml(path):
    root = ElementTree.parse(path).getroot()
    resources = {element.get("id"): element for element in root.find("resources")}
    return [fcpxml_project(project, resources) for project in root.iter("project")]


def frame_length(resources, format_id):
    return fcpxml_time(resources[format_id], "frameDuration")


def fcpxml_project(project, resources):
    sequence = project.find("sequence")
    frame = frame_length(resources, sequence.get("format"))
    start = fcpxml_time(sequence, "tcStart")
    clips, markers = [], []
    end = start
    for element in sequence.find("spine"):
        offset, duration = fcpxml_time(element, "offset"), fcpxml_time(element, "duration")
        if offset != end:
            raise ValueError(f"{element.tag} at {offset}s: the spine has come to {end}s")
        end = offset + duration
        if element.tag == "asset-clip":
            clips += fcpxml_clips(element, resources, frame, offset - start, duration)
            markers += fcpxml_markers(element, frame, offset - start)
    if fcpxml_time(sequence, "duration") != end - start:
        raise ValueError("the sequence's duration is not that of its spine")
    return timeline_of(project.get("name"), exact(start / frame, "tcStart"), 1 / frame, clips, markers)


# What conform-rate may name in FCPXML 1.10 (Apple's DTD); media of any other rate go without the element.
CONFORM_RATES = {
    **{Fraction(rate): str(rate) for rate in (24, 25, 30, 48, 50, 60)},
    **{Fraction(num, 1001): name for num, name in ((24000, "23.98"), (30000, "29.97"), (48000, "47.95"), (60000, "59.94"))},
}


def check_conform_rate(element, rate, timeline_rate):
    wanted = None if rate == timeline_rate else CONFORM_RATES.get(rate)
    conform = element.find("conform-rate")
    found = None if conform is None else conform.get("srcFrameRate")
    if found != wanted or (conform is not None and conform.get("scaleEnabled") != "0"):
        raise ValueError(f"conform-rate names {found}, the media run at {rate} on a timeline at {timeline_rate}")


def fcpxml_clips(element, resources, frame, record, duration):
    asset = resources[element.get("ref")]
    source_frame = frame_length(resources, asset.get("format"))
    if element.get("format") != asset.get("format"):
        raise ValueError("the clip's format is not its asset's")
    check_conform_rate(element, 1 / source_frame, 1 / frame)
    video = {
        "name": element.get("name"),
        "kind": "Video",
        "track": "spine",
        "recordStart": exact(record / frame, "offset"),
        "recordEnd": exact((record + duration) / frame, "offset and duration"),
        "sourceStart": exact(fcpxml_time(element, "start") / source_frame, "start"),
        "duration": exact(duration / frame, "duration"),
        "rate": str(1 / frame),
        "availableStart": exact(fcpxml_time(asset, "start") / source_frame, "asset start"),
        "availableDuration": exact(fcpxml_time(asset, "duration") / source_frame, "asset duration"),
        "availableRate": str(1 / source_frame),
        "url": asset.find("media-rep").get("src"),
    }
    # Sound is part of an asset-clip; it is told as a clip of its own, as the other formats have it.
    return [video] if asset.get("hasAudio") != "1" else [video, {**video, "kind": "Audio"}]


def fcpxml_markers(element, frame, record):
    start, end = fcpxml_time(element, "start"), fcpxml_time(element, "start") + fcpxml_time(element, "duration")
    found = []
    for marker in element.findall("marker"):
        time = fcpxml_time(marker, "start")
        if not start <= time < end:
            raise ValueError(f"the marker at {time}s lies outside its clip and would not be shown")
        found.append(marker_of((record + time - start) // frame, marker.get("value"), "clip"))
    return found


# --- the command ------------------------------------------------------------------------------------------------


def read(argument):
    path, _, rate = argument.partition("=") if re.search(r"\.edl=[0-9/]+$", argument) else (argument, "", "")
    readers = {".otio": read_otio, ".xml": read_xmeml, ".fcpxml": read_fcpxml}
    try:
        if path.endswith(".edl"):
            return {"path": path, "timelines": read_edl(path, Fraction(rate))}
        reader = next(reader for extension, reader in readers.items() if path.endswith(extension))
        return {"path": path, "timelines": reader(path)}
    except Exception as error:  # whatever a reader throws is what it has to say of the file
        return {"path": path, "error": f"{type(error).__name__}: {error}"}


def main(arguments):
    if arguments == ["-"]:
        arguments = sys.stdin.read().splitlines()
    json.dump([read(argument) for argument in arguments], sys.stdout)


if __name__ == "__main__":
    for stream in (sys.stdin, sys.stdout):
        stream.reconfigure(encoding="utf-8")
    main(sys.argv[1:])
