"""Writes an OTIO file with OpenTimelineIO's adapter for another name; prints processor seconds, clips and peak MB."""

import json
import resource
import sys
import time

import opentimelineio as otio

source, target = sys.argv[1:]
timeline = otio.adapters.read_from_file(source)
if target.endswith((".edl", ".fcpxml")):
    # The CMX 3600 adapter takes a single track, and that of FCPXML makes clips of their own of sound.
    del timeline.tracks[1:]
started = time.process_time()
otio.adapters.write_to_file(timeline, target)
seconds = time.process_time() - started
clips = sum(len(track.find_clips()) for track in timeline.video_tracks())
megabytes = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
print(json.dumps({"seconds": seconds, "clips": clips, "megabytes": megabytes}))
