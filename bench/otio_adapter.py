"""Writes an OTIO file with OpenTimelineIO's adapter for another name; prints the processor seconds and the clips."""

import json
import sys
import time

import opentimelineio as otio

source, target = sys.argv[1:]
timeline = otio.adapters.read_from_file(source)
if target.endswith(".edl"):
    del timeline.tracks[1:]
started = time.process_time()
otio.adapters.write_to_file(timeline, target)
seconds = time.process_time() - started
clips = sum(len(track.find_clips()) for track in timeline.video_tracks())
print(json.dumps({"seconds": seconds, "clips": clips}))
