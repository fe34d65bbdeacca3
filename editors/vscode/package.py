#!/usr/bin/env python3
"""package.py OUT.vsix [MODULES]: the extension as VS Code installs it, with the packages of its lock
file from the folder MODULES, by default `node_modules` beside this file (`npm ci` makes it)."""
import json
import pathlib
import sys
import xml.sax.saxutils
import zipfile

HERE = pathlib.Path(__file__).resolve().parent
FILES = ["package.json", "extension.js", "picture.js", "language-configuration.json", "README.md",
         "syntaxes/pflow.tmLanguage.json", "snippets/pflow.json"]
TYPES = {"json": "application/json", "js": "application/javascript", "md": "text/markdown",
         "vsixmanifest": "text/xml", "txt": "text/plain"}
TIME = (1980, 1, 1, 0, 0, 0)  # the same bytes of the same files


def manifest(package):
    text = lambda name: xml.sax.saxutils.escape(package[name], {'"': "&quot;"})
    return f"""<?xml version="1.0" encoding="utf-8"?>
<PackageManifest Version="2.0.0" xmlns="http://schemas.microsoft.com/developer/vsx-schema/2011">
  <Metadata>
    <Identity Language="en-US" Id="{text("name")}" Version="{text("version")}" Publisher="{text("publisher")}"/>
    <DisplayName>{text("displayName")}</DisplayName>
    <Description xml:space="preserve">{text("description")}</Description>
    <Categories>{",".join(package["categories"])}</Categories>
    <Properties>
      <Property Id="Microsoft.VisualStudio.Code.Engine" Value="{package["engines"]["vscode"]}"/>
    </Properties>
    <License>extension/LICENSE.txt</License>
  </Metadata>
  <Installation><InstallationTarget Id="Microsoft.VisualStudio.Code"/></Installation>
  <Dependencies/>
  <Assets>
    <Asset Type="Microsoft.VisualStudio.Code.Manifest" Path="extension/package.json" Addressable="true"/>
    <Asset Type="Microsoft.VisualStudio.Services.Content.Details" Path="extension/README.md" Addressable="true"/>
  </Assets>
</PackageManifest>
"""


def packages(modules):
    """The folders of the packages that the extension runs with."""
    lock = json.loads((HERE / "package-lock.json").read_text())
    return [modules.parent / path for path, package in lock["packages"].items()
            if path and not package.get("dev")]


def content_types(names):
    ends = sorted({name.rsplit(".", 1)[1] for name in names if "." in name.rsplit("/", 1)[1]})
    rows = "".join(f'<Default Extension="{end}" ContentType="{TYPES.get(end, "application/octet-stream")}"/>'
                   for end in ends)
    return ('<?xml version="1.0" encoding="utf-8"?>\n'
            f'<Types xmlns="http://schemas.openxmlformats.org/package/2006/content-types">{rows}</Types>\n')


def main():
    out = pathlib.Path(sys.argv[1])
    modules = pathlib.Path(sys.argv[2] if len(sys.argv) > 2 else HERE / "node_modules").absolute()
    package = json.loads((HERE / "package.json").read_text())
    files = {f"extension/{name}": (HERE / name).read_bytes() for name in FILES}
    files["extension/LICENSE.txt"] = (HERE.parents[1] / "LICENSE").read_bytes()
    for folder in packages(modules):
        for path in sorted(folder.rglob("*")):
            name = path.relative_to(modules).as_posix()
            if path.is_file() and path.suffix not in (".ts", ".map", ".md"):
                files[f"extension/node_modules/{name}"] = path.read_bytes()
    files["extension.vsixmanifest"] = manifest(package).encode()
    files = {"[Content_Types].xml": content_types([f"/{name}" for name in files]).encode(), **files}
    with zipfile.ZipFile(out, "w", zipfile.ZIP_DEFLATED) as archive:
        for name, data in files.items():
            archive.writestr(zipfile.ZipInfo(name, TIME), data, zipfile.ZIP_DEFLATED)


if __name__ == "__main__":
    main()
