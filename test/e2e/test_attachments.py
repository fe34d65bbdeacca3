"""Pictures, documents and sounds that models of all providers are shown."""
import base64
import json
import re
import unittest

import sdk_modules
from test_providers import MODELS, ProviderCase, sent_by_client

SAMPLES = (sdk_modules.SDK / "samples.mjs").read_text()
PNG, PDF, WAV = (base64.b64decode(re.search(f"{name} = '(.*)'", SAMPLES)[1])
                 for name in ("PNG", "PDF", "WAV"))
FLOW = """flow main(who: str, file: path) {
  attach(file) -> it
  llm("What is this?", model: who, attachments: [it]%s) >> print()
}
"""
# What the APIs are shown, in the words of `sdk/requests`.
SHOWN = {"image": "a.png", "image address": "https://example.org/a.png", "document": "a.pdf",
         "document address": "https://example.org/a.pdf", "audio": "a.wav"}
TAKEN = {
    "openai_chat": ("image", "image address", "document", "audio"),
    "openai_responses": ("image", "image address", "document", "document address"),
    "anthropic_messages": ("image", "image address", "document", "document address"),
    "gemini": tuple(SHOWN),
    "gemini_interactions": tuple(SHOWN),
    "ollama": ("image",),
}


def asked_by_client(form, call):
    """What it asks; which detail it wants of a picture is its own."""
    body = json.loads(json.dumps(sent_by_client(form, call)).replace(', "detail": "low"', ""))
    if form == "gemini_interactions":
        body["input"] = [{"type": "user_input", "content": body["input"]}]
    return body


class AttachmentCase(ProviderCase):
    def setUp(self):
        super().setUp()
        for name, data in (("a.png", PNG), ("a.pdf", PDF), ("a.wav", WAV)):
            (self.work / name).write_bytes(data)
        self.mock.script.on("", "fine")

    def show(self, model, file, arguments=""):
        return self.run_flow(self.compile(FLOW % arguments), model, file)


class Requests(AttachmentCase):
    def test_they_are_shown_as_the_clients_show_them(self):
        program, bound = self.compile(FLOW % "", "plain"), self.compile(FLOW % ", max_tokens: 100", "bound")
        for form, calls in TAKEN.items():
            for call in calls:
                wanted = asked_by_client(form, call)
                hears = (form, call) == ("openai_chat", "audio")
                model = "gpt-4o-audio-preview" if hears else MODELS[form]
                if hears:
                    wanted["model"] = model
                with self.subTest(form=form, call=call):
                    done = self.run_flow(bound if form == "anthropic_messages" else program, model, SHOWN[call])
                    self.assert_done(done, "fine\n")
                    self.assertEqual(self.last_body(), wanted)

    def test_streams_and_lists(self):
        source = """flow main(file: path) {
  attach(file) -> it
  llm_stream("What is this?", model: "gpt-4.1", attachments: [it]) >> collect() -> pieces
  llm_items("What is this?", model: "gpt-4.1", attachments: [it], schema: int) >> count() -> count
  print("${pieces.join()}${count}")
}
"""
        self.mock.script.pairs.clear()
        self.mock.script.on("", "fine", "[1, 2]")
        self.assert_done(self.flow(source, "a.png"), "fine2\n")
        for request in self.mock.requests:
            self.assertEqual(request["body"]["messages"], asked_by_client("openai_chat", "image")["messages"])

    def test_conversations_keep_them(self):
        source = """flow main(who: str) {
  attach("a.png") -> picture
  llm("What is this?", model: who, attachments: [picture]) -> one as first
  write_file("chat.json", str(to_json(first.transcript)))
  read_file("chat.json") -> saved
  parse_json(saved, schema: [Message]) -> messages
  llm("Sure?", model: who, messages: messages) -> two as second
  print(to_json(second.transcript))
}
"""
        program = self.compile(source)
        for form, model in MODELS.items():
            done = self.run_flow(program, model)
            self.assertEqual(done.returncode, 0, (form, done.stderr))
            (kept,) = json.loads(done.stdout)[0]["parts"]
            self.assertEqual(kept, {"type": "Attachment", "media_type": "image/png", "name": "a.png",
                                    "data": base64.b64encode(PNG).decode(), "url": ""})
            place = {"gemini": "contents"}.get(form, "input" if "input" in self.last_body() else "messages")
            self.assertEqual(self.last_body()[place][0], self.mock.requests[-2]["body"][place][0], form)

    def test_only_a_picture(self):
        done = self.flow('flow main() { attach("a.png") -> it\n'
                         'llm("", model: "claude-opus-5-5", attachments: [it]) >> print() }\n')
        self.assert_done(done, "fine\n")
        (block,) = self.last_body()["messages"][0]["content"]
        self.assertEqual(block["type"], "image")

    def test_the_cache_knows_them_by_what_they_hold(self):
        program = self.compile("""flow main(file: path) {
  attach(file) -> it
  llm("hi", model: "gpt-4.1", attachments: [it]) with (cache: true) >> print()
}
""")
        for change, asked in ((None, 1), (None, 1), (PNG + b"\0", 2), (PNG, 2)):
            if change:
                (self.work / "a.png").write_bytes(change)
            self.assert_done(self.run_flow(program, "a.png"), "fine\n")
            self.assertEqual(len(self.mock.requests), asked)


class Kinds(AttachmentCase):
    def test_first_bytes_tell_the_type(self):
        begins = {
            "image/png": [b"\x89PNG\r\n\x1a\n"], "image/jpeg": [b"\xff\xd8\xff\xe0"], "image/gif": [b"GIF89a"],
            "image/webp": [b"RIFF\x10\0\0\0WEBPVP8 "], "image/heic": [b"\0\0\0\x18ftypheic"],
            "image/heif": [b"\0\0\0\x18ftypmif1"], "image/bmp": [b"BM\x46\1\0\0\0\0\0\0"],
            "image/tiff": [b"II*\0", b"MM\0*"], "application/pdf": [b"%PDF-1.7\n"],
            "audio/wav": [b"RIFF\x24\0\0\0WAVEfmt "], "audio/mpeg": [b"ID3\4\0", b"\xff\xfb\x90", b"\xff\xf3\x40"],
            "audio/aiff": [b"FORM\0\0\0\4AIFF"], "audio/ogg": [b"OggS\0"], "audio/flac": [b"fLaC\0"],
            "audio/m4a": [b"\0\0\0\x20ftypM4A "], "audio/aac": [b"\xff\xf1\x50"],
        }
        wanted = ""
        for type_, files in sorted(begins.items()):
            for number, data in enumerate(files):
                name = f"{type_.replace('/', '-')}{number}"
                (self.work / name).write_bytes(data + b"\xff")
                wanted += f"{name} {type_}\n"
        done = self.flow("""flow main() {
  glob("{image,application,audio}-*") >> each file {
    attach(file) -> it
    print("${it.name} ${it.media_type}")
  }
}
""")
        self.assertEqual(sorted(done.stdout.splitlines()), sorted(wanted.splitlines()), done.stderr)

    def test_bytes_and_types_that_are_said(self):
        source = """flow main() {
  read_bytes("a.png") >> attach() -> piped
  read_bytes("a.pdf") -> data
  let called = attach(data, name: "b.pdf")
  attach("a.wav", media_type: "Audio/X-WAV; rate=8000") -> said
  attach("HTTPS://example.org/a?b.png", media_type: "image/jpg") -> far
  print(to_json([piped, called, said, far].map(it => "${it.media_type} ${it.name} ${it.url}")))
}
"""
        self.assert_done(self.flow(source), json.dumps([
            "image/png  ", "application/pdf b.pdf ", "audio/wav a.wav ",
            "image/jpeg a HTTPS://example.org/a?b.png"], separators=(",", ":")) + "\n")

    def test_what_cannot_be_attached(self):
        (self.work / "empty").touch()
        (self.work / "notes.txt").write_text("héllo")
        (self.work / "odd").write_bytes(b"\x80\x81")
        with open(self.work / "huge.png", "wb") as file:
            file.truncate(80_000_000)
        wrong = {
            '"none.png"': "cannot read `none.png`: no such file or folder",
            '"."': "`.` is a folder, not a file",
            '"empty"': "`empty` is empty",
            '"notes.txt"': "`notes.txt` is text, and no picture, PDF or sound",
            '"odd"': "`odd` tells no media type",
            '"huge.png"': "`huge.png` has 80000000 bytes, more than any model takes (75000000)",
            '"a.png", media_type: "png"': "`media_type` is `png`; expected a type such as `image/png`",
            '"https://me:secret@example.org/a?key=secret"': "`https://example.org/a` tells no media type",
        }
        for arguments, told in wrong.items():
            failed = self.flow(f"flow main() {{ attach({arguments}) -> it\nprint(it.name) }}\n")
            self.assertEqual((failed.returncode, failed.stdout), (1, ""), arguments)
            self.assertIn(told, failed.stderr)
            self.assertNotIn("tries", failed.stderr)


class Models(AttachmentCase):
    def assert_refused(self, model, file, told, code="PF0902"):
        failed = self.show(model, file)
        self.assertEqual((failed.returncode, failed.stdout), (1, ""), told)
        self.assertIn(told, failed.stderr)
        self.assertIn(code, failed.stderr)
        self.assertEqual(self.mock.requests, [])
        return failed

    def test_what_a_model_does_not_take(self):
        pictures = "image/png, image/jpeg, image/gif, image/webp"
        self.assert_refused("gpt-3.5-turbo", "a.png",
                            "`a.png` is image/png; the model `gpt-3.5-turbo` takes no attachments")
        self.assert_refused("o3-mini", "a.pdf", "the model `o3-mini` takes no attachments")
        self.assert_refused("gpt-4.1", "a.wav", "`a.wav` is audio/wav; the model `gpt-4.1` takes "
                                                f"{pictures}, application/pdf")
        self.assert_refused("claude-3-haiku", "a.pdf",
                            f"`a.pdf` is application/pdf; the model `claude-3-haiku` takes {pictures}\n")
        self.assert_refused("ollama/qwen3", "a.pdf", "the model `ollama/qwen3` takes image/png, image/jpeg, "
                                                     "image/webp")
        failed = self.assert_refused("ollama/qwen3", SHOWN["image address"],
                                     "the model `ollama/qwen3` takes no addresses of image/png, and "
                                     "`https://example.org/a.png` is one")
        self.assertIn("`http_bytes(…) >> attach() -> file`", failed.stderr)

    def test_sizes(self):
        (self.work / "big.png").write_bytes(PNG + bytes(5_000_000))
        self.assert_refused("claude-opus-5-5", "big.png", "`big.png` has 5000070 bytes; the model "
                                                          "`claude-opus-5-5` takes up to 5 MB of image/png")
        self.assert_done(self.show("gpt-4.1", "big.png"), "fine\n")

    def test_models_of_ones_own(self):
        home = self.work / "home"
        home.mkdir()
        self.env["PFLOW_HOME"] = str(home)
        (home / "models.yaml").write_text("- {model_id: blind, model_name: gpt-4.1, vision: false}\n"
                                          "- {model_id: hears, model_name: gpt-4.1, audio: true}\n"
                                          "- {model_id: gpt-3.5-turbo, vision: true}\n")
        self.assert_refused("blind", "a.png", "the model `blind` takes no attachments")
        for model, file in (("hears", "a.wav"), ("hears", "a.png"), ("gpt-3.5-turbo", "a.png")):
            self.assert_done(self.show(model, file), "fine\n")

    def test_what_no_attach_has_made(self):
        wrong = {
            'media_type: "image/png"': "`attachments[0]` holds neither bytes nor an address",
            'media_type: "image/png", url: "a.png"': "`attachments[0]` is at `a.png`; expected an address",
            'media_type: "", url: "https://example.org/a.png"': "`attachments[0]` has no media type",
        }
        for fields, told in wrong.items():
            failed = self.flow(f'llm("hi", model: "gpt-4.1", attachments: [Attachment {{ {fields} }}]) >> print()\n')
            self.assert_failed(failed, "PF0912", told)
        source = """flow main(role: str) {
  attach("a.png") -> it
  parse_json("[{\\"role\\": \\"${role}\\"}]", schema: [Message]) -> messages
  llm("hi", model: "gpt-4.1", messages: messages.map(said => { ...said, parts: [it] })) >> print()
}
"""
        self.assert_failed(self.flow(source, "assistant"), "PF0912",
                           "`messages[0]` has the role `assistant` and an attachment, which only the user has")
        self.assertEqual(self.mock.requests, [])


if __name__ == "__main__":
    unittest.main()
