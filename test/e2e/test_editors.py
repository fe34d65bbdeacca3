"""The extension of VS Code as it is installed, and the syntax file of Vim."""
import json
import os
import pathlib
import re
import shutil
import subprocess
import sys
import tempfile
import unittest
import xml.etree.ElementTree
import zipfile

import sdk_modules

ROOT = pathlib.Path(__file__).resolve().parents[2]
VSCODE = ROOT / "editors" / "vscode"
VIM = ROOT / "editors" / "vim"
SCHEMA = "{http://schemas.microsoft.com/developer/vsx-schema/2011}"


class Extension(unittest.TestCase):
    @classmethod
    def setUpClass(cls):
        cls.folder = pathlib.Path(tempfile.mkdtemp())
        cls.addClassCleanup(shutil.rmtree, cls.folder)
        try:
            modules = sdk_modules.modules(VSCODE)
            cls.node = sdk_modules.node()
        except sdk_modules.NoRegistry as problem:
            raise unittest.SkipTest(str(problem)) from None
        cls.vsix = cls.folder / "pflow.vsix"
        subprocess.run([sys.executable, VSCODE / "package.py", cls.vsix, modules], check=True)
        with zipfile.ZipFile(cls.vsix) as archive:
            cls.broken = archive.testzip()
            archive.extractall(cls.folder / "vsix")
        cls.extension = cls.folder / "vsix" / "extension"

    def test_manifest_names_what_is_there(self):
        self.assertIsNone(self.broken)
        root = xml.etree.ElementTree.parse(self.folder / "vsix" / "extension.vsixmanifest").getroot()
        package = json.loads((self.extension / "package.json").read_text())
        identity = root.find(f".//{SCHEMA}Identity").attrib
        self.assertEqual([identity["Id"], identity["Version"], identity["Publisher"]],
                         [package["name"], package["version"], package["publisher"]])
        for asset in root.iter(f"{SCHEMA}Asset"):
            self.assertTrue((self.folder / "vsix" / asset.attrib["Path"]).is_file(), asset.attrib)
        for path in root.iter(f"{SCHEMA}License"):
            self.assertTrue((self.folder / "vsix" / path.text).is_file())
        self.assertTrue((self.folder / "vsix" / "[Content_Types].xml").is_file())

    def test_package_names_what_is_there(self):
        package = json.loads((self.extension / "package.json").read_text())
        contributed = package["contributes"]
        paths = [package["main"], *(each["path"] for each in contributed["grammars"] + contributed["snippets"]),
                 *(each["configuration"] for each in contributed["languages"])]
        for path in paths:
            self.assertTrue((self.extension / path).is_file(), path)
            if path.endswith(".json"):
                json.loads((self.extension / path).read_text())

    def test_it_starts_the_server_and_starts_it_anew(self):
        script = ROOT / "test" / "e2e" / "lsp" / "load_extension.mjs"
        done = subprocess.run([self.node, script, self.extension], capture_output=True, text=True, check=True,
                              timeout=60)
        done = json.loads(done.stdout)
        self.assertEqual(done["clients"], 3 * [{"id": "pflow", "languages": ["pflow"],
                                                "server": {"command": "/opt/pflowc", "args": ["lsp", "--stdio"]}}])
        self.assertEqual([done["started"], done["stopped"], done["found"]], [3, 3, True])
        package = json.loads((self.extension / "package.json").read_text())
        self.assertEqual(done["commands"], [each["command"] for each in package["contributes"]["commands"]])

    def test_it_shows_the_picture_of_a_program(self):
        script = ROOT / "test" / "e2e" / "lsp" / "show_picture.mjs"
        program = self.folder / "a <b>.pf"
        done = subprocess.run([self.node, script, self.extension, os.environ["PFLOWC"], program], capture_output=True,
                              text=True, check=True, timeout=60)
        done = json.loads(done.stdout)
        self.assertEqual(done["panels"], [{"title": "Picture of a <b>.pf", "options": {
            "enableScripts": True, "retainContextWhenHidden": True}}])
        self.assertEqual([done["revealed"], done["saved"]], [3, 3])
        first, second, broken, other = done["pages"]
        self.assertIn("first", first)
        self.assertIn("Content-Security-Policy", first)
        self.assertIn("second", second)
        self.assertEqual([broken, other], [second, second])
        self.assertIn("PF0202", done["errors"][0])
        self.assertIn("the picture is of a file `.pf`", done["errors"][1])
        self.assertIn("ENOENT", done["errors"][2])
        self.assertEqual(len(done["errors"]), 3)

    def test_snippets_are_programs(self):
        for name, snippet in json.loads((VSCODE / "snippets" / "pflow.json").read_text()).items():
            text = re.sub(r"\$\{\d+:([^}]*)\}", r"\1", "\n".join(snippet["body"])).replace("$0", "")
            if name in ("each", "llm"):
                text = f"flow main() {{\n  [1] >> {text.replace('  ', '  print(1)')}\n}}\n" if name == "each" else text
            program = self.folder / f"{name}.pf"
            program.write_text(text + "\n")
            done = subprocess.run([os.environ["PFLOWC"], "check", program], capture_output=True, text=True)
            errors = re.findall(r"error\[(PF\d+)\]", done.stderr)
            self.assertFalse(set(errors) - {"PF0213", "PF0212"}, f"{text}\n{done.stderr}")


@unittest.skipUnless(shutil.which("vim"), "Vim is not installed")
class Vim(unittest.TestCase):
    def groups(self, text, places):
        """The names of the syntax groups at 1-based `(line, column)`."""
        with tempfile.TemporaryDirectory() as folder:
            program, out = pathlib.Path(folder) / "a.pf", pathlib.Path(folder) / "out"
            program.write_text(text)
            asks = "\n".join(f"call add(g:found, synIDattr(synID({line}, {column}, 1), 'name'))"
                             for line, column in places)
            script = pathlib.Path(folder) / "ask.vim"
            script.write_text(f"set nocompatible\nset runtimepath^={VIM}\nsyntax on\nfiletype on\nedit {program}\n"
                              f"let g:found = [&filetype]\n{asks}\ncall writefile(g:found, '{out}')\nqall!\n")
            subprocess.run(["vim", "-u", "NONE", "-i", "NONE", "-es", "-S", script], check=True, timeout=60,
                           stdin=subprocess.DEVNULL, env={**os.environ, "TERM": "dumb"})
            return out.read_text().splitlines()

    def test_groups(self):
        text = ('## doc\nflow main(x: str) {\n  let a = "b # ${c.len()} d"  # e\n  x >> each y with (max: 3s) { end }\n'
                '  a.end(in: none)\n  """\n  # text\n  """\n  Draft { text: r"${x}" }\n}\ntest "a" { assert true }\n'
                'node f() -> int by exec("f")\nalias g = f\n')
        lines = text.split("\n")
        wanted = [(1, "## doc", "pflowDocComment"), (2, "flow", "pflowDeclaration"), (2, "main", "pflowCall"),
                  (2, "x", "pflowLabel"), (3, "let", "pflowDeclaration"), (3, "b #", "pflowString"),
                  (3, "len", "pflowCall"), (3, " d\"", "pflowString"), (3, "# e", "pflowComment"),
                  (4, ">>", "pflowOperator"), (4, "each", "pflowControl"), (4, "max", "pflowLabel"),
                  (4, "3s", "pflowNumber"), (4, "end", "pflowControl"), (5, "end", "pflowCall"),
                  (5, "in", "pflowLabel"), (5, "none", "pflowConstant"), (7, "text", "pflowString"),
                  (9, "Draft", "pflowType"), (9, "x}", "pflowString"), (11, "test", "pflowDeclaration"),
                  (11, "assert", "pflowDeclaration"), (11, "true", "pflowConstant"),
                  (12, "by", "pflowDeclaration"), (12, "exec", "pflowCall"), (13, "alias", "pflowDeclaration")]
        found = self.groups(text, [(line, lines[line - 1].index(word) + 1) for line, word, _ in wanted])
        self.assertEqual(found[0], "pflow")
        self.assertEqual([(line, word, group) for (line, word, _), group in zip(wanted, found[1:])], wanted)

    def test_reserved_words(self):
        words = re.findall(r"\b[A-Z]+ *: *'([a-z]+)' *;", (ROOT / "grammar" / "FlowLexer.g4").read_text())
        self.assertGreater(len(words), 25)
        text = "".join(f"{word} x\na.{word}\n" for word in words)
        places = [(2 * i + 1, 1) for i in range(len(words))] + [(2 * i + 2, 3) for i in range(len(words))]
        found = self.groups(text, places)[1:]
        keywords = {"pflowDeclaration", "pflowControl", "pflowLogic", "pflowConstant"}
        for word, group, field in zip(words, found, found[len(words):]):
            self.assertIn(group, keywords, word)
            self.assertEqual(field, "pflowField", word)


if __name__ == "__main__":
    unittest.main()
