"""Shows the parts of pflowc's JSON diagnostics that tools rely on."""
import json
import sys

for line in open(sys.argv[1], encoding="utf-8"):
    message = json.loads(line)
    assert message["$message_type"] == "diagnostic" and message["version"] == 1
    print(message["level"], message["code"]["code"], message["message"])
    for span in message["spans"]:
        if not span["is_primary"]:
            continue
        place = "{line_start}:{column_start}-{line_end}:{column_end}".format(**span)
        print("  {file_name} {byte_start}-{byte_end} {0} primary".format(place, **span))
    for child in message["children"]:
        edits = "".join(f" -> {span['suggested_replacement']}" for span in child["spans"])
        if child["level"] == "help":
            print(f"  {child['level']}: {child['message']}{edits}")
    print("  rendered:", message["rendered"].split("\n")[0])
