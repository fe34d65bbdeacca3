"""What a picture is, by its first bytes, as the providers look."""
import base64

MARKS = {b"\x89PNG\r\n\x1a\n": "image/png", b"\xff\xd8\xff": "image/jpeg", b"GIF8": "image/gif",
         b"RIFF": "image/webp", b"%PDF": "application/pdf"}


def media_type(data):
    """Of a picture in base64, None when it is none."""
    try:
        content = base64.b64decode(data, validate=True)
    except ValueError:
        return None
    return next((kind for mark, kind in MARKS.items() if content.startswith(mark)), None)
