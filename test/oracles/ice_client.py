"""Calls a service with the vendor's own Python client and prints what it answers.

Usage: python ice_client.py HOST:PORT KEY_ID KEY_SECRET FACE_SEARCH_TOKEN

Over http it makes the four calls that facecut makes: SearchMediaByFace with parameters that need encoding, then
SearchMediaClipByFace and GetMediaInfo for the first media asset found, and BatchGetMediaInfos for all. Prints one
JSON object: each operation to {"body": ...}, or to {"code": ...} when the client raised an error with a code.
"""

import json
import sys

from alibabacloud_ice20201109.client import Client
from alibabacloud_ice20201109 import models
from alibabacloud_tea_openapi.utils_models import Config


def told(call, request):
    try:
        return {"body": call(request).body.to_map()}
    except Exception as error:
        code = getattr(error, "code", None)
        if code is None:
            raise
        return {"code": code}


def main(endpoint, key_id, key_secret, token):
    client = Client(Config(endpoint=endpoint, protocol="http", access_key_id=key_id, access_key_secret=key_secret))
    listing = told(
        client.search_media_by_face,
        models.SearchMediaByFaceRequest(
            person_image_url="https://example.com/a face/人!'(1)*~.jpg?x=a%2Fb+c&y=",
            face_search_token=token,
            search_lib_name="人脸 lib",
            custom_filters='{"strField1":"a b*c\'(d)!~+é人"}',
            page_no=1,
            page_size=50,
        ),
    )
    answers = {"SearchMediaByFace": listing}
    found = [media["MediaId"] for media in listing.get("body", {}).get("MediaInfoList", [])]
    first = found[0] if found else "none"
    answers["SearchMediaClipByFace"] = told(
        client.search_media_clip_by_face,
        models.SearchMediaClipByFaceRequest(media_id=first, face_search_token=token, page_no=1, page_size=50),
    )
    answers["GetMediaInfo"] = told(client.get_media_info, models.GetMediaInfoRequest(media_id=first))
    answers["BatchGetMediaInfos"] = told(
        client.batch_get_media_infos,
        models.BatchGetMediaInfosRequest(media_ids=",".join(found + ["unknown"]), addition_type="FileInfo"),
    )
    print(json.dumps(answers))


main(*sys.argv[1:])
