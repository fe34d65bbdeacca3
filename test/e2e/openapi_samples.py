"""Values that a JSON Schema allows, and calls of all operations of a description with such values."""
import base64
import json
import re

DEEPEST = 4
FORMATS = {"date": "2024-02-29", "date-time": "2024-02-29T12:00:00Z", "email": "a@example.com",
           "uuid": "2f5a7b9e-6e0e-4f8e-9d0b-3c2d1e0f9a8b", "uri": "https://example.com/x", "byte": "eA==",
           "binary": "eA=="}
# For patterns.
TEXTS = ("abc", "sha256:" + "0" * 64, "ssh-rsa AAAA")


def add_answers(document):
    """An answer for the operations that have none of success: a mock has to give one."""
    for item in document["paths"].values():
        for operation in item.values():
            if isinstance(operation, dict) and not any(
                    str(status).startswith("2") for status in operation.get("responses", {})):
                operation.setdefault("responses", {})["200"] = {"description": ""}


class Samples:
    def __init__(self, document):
        self.document = document

    def resolved(self, schema):
        while "$ref" in schema:
            value = self.document
            for token in schema["$ref"].removeprefix("#/").split("/"):
                value = value[token.replace("~1", "/").replace("~0", "~")]
            schema = value
        return schema

    def whole(self, schema):
        """With all of its `allOf`."""
        schema = dict(self.resolved(schema))
        for part in schema.pop("allOf", []):
            part = self.whole(part)
            schema = {**part, **schema, "properties": {**part.get("properties", {}), **schema.get("properties", {})},
                      "required": [*part.get("required", []), *schema.get("required", [])]}
        return schema

    def value(self, schema, depth=0):
        schema = self.whole(schema)
        # Examples are not always of the format or pattern that is said.
        is_formed = schema.get("format") in FORMATS or "pattern" in schema
        for word in ("const", *([] if is_formed else ["example", "default"])):
            if word in schema:
                return schema[word]
        if "enum" in schema:
            return next(each for each in schema["enum"] if each is not None)
        for word in ("oneOf", "anyOf"):
            if word in schema and "properties" not in schema:
                return self.value(schema[word][0], depth)
        kind = schema.get("type", "object" if "properties" in schema else "string")
        if isinstance(kind, list):
            kind = next(each for each in kind if each != "null")
        return getattr(self, kind)(schema, depth)

    def object(self, schema, depth):
        required = schema.get("required", [])
        made = {name: self.value(each, depth + 1) for name, each in schema.get("properties", {}).items()
                if not self.resolved(each).get("readOnly") and (name in required or depth < DEEPEST)}
        if not made and isinstance(schema.get("additionalProperties"), dict):
            made["key"] = self.value(schema["additionalProperties"], depth + 1)
        return made

    def array(self, schema, depth):
        return [self.value(schema.get("items", {}), depth + 1)] * max(1, schema.get("minItems", 1))

    def integer(self, schema, _):
        return int(max(1, schema.get("minimum", 1)))

    def number(self, schema, _):
        return float(max(1.5, schema.get("minimum", 1.5)))

    def boolean(self, *_):
        return True

    def string(self, schema, _):
        if schema.get("format") in FORMATS:
            return FORMATS[schema["format"]]
        plain = "a b" + "c" * max(0, schema.get("minLength", 0) - 3)
        return next((text for text in (plain, *TEXTS) if re.search(schema.get("pattern", ""), text)), plain)


def qualified(type_name):
    """Types of the package as a program that imports it as `it` names them."""
    return re.sub(r'"[^"]*"|\b[A-Z]\w*', lambda found: found[0] if found[0][0] == '"' else "it." + found[0], type_name)


def argument(port, value):
    """A literal, or JSON that is read as the type of the port."""
    kind = port["type"].removesuffix("?")
    if kind == "bytes":
        return f'base64_decode("{base64.b64encode(b"file").decode()}", schema: bytes)'
    text = json.dumps(json.dumps(value)).replace("$", "\\$")
    return f'parse_json({text}, schema: {qualified(kind.strip("()") if kind.startswith("(") else kind)})'


class Calls:
    """A flow for each operation of a description, which calls its node with a value for each port."""

    def __init__(self, document, plans, nodes):
        self.samples, self.plans, self.nodes = Samples(document), plans, nodes
        self.paths = document["paths"]

    def schemas(self, plan):
        """By port."""
        item = self.paths[plan["path"]]
        operation = item[plan["method"].lower()]
        known = {}
        for each in [*item.get("parameters", []), *operation.get("parameters", [])]:
            each = self.samples.resolved(each)
            content = next(iter(each.get("content", {}).values()), each)
            known[each["in"], each["name"]] = {**content.get("schema", {}), **(
                {"example": each["example"]} if "example" in each else {})}
        found = {each["port"]: known[each["in"], each["name"]]
                 for each in plan.get("parameters", []) if each["in"] != "server"}
        body = plan.get("body", {})
        if not body:
            return found
        content = self.samples.resolved(operation["requestBody"])["content"]
        schema = next(value for name, value in content.items() if name.split(";")[0] == body["type"])["schema"]
        if "port" in body:
            found[body["port"]] = schema
        properties = self.samples.whole(schema).get("properties", {})
        found.update({part["port"]: properties[part["name"]] for part in body.get("parts", [])})
        return found

    def flow(self, name, operation):
        schemas = self.schemas(self.plans[operation])
        node = self.nodes[name]
        given = [f'{port["name"]}: {argument(port, self.samples.value(schemas[port["name"]]))}'
                 for port in node["ports"] if port["name"] in schemas]
        return (f'flow call_{name}() {{\n  it.{name}({", ".join(given)}) as ask\n'
                f'  ask - "error" >> print("{name}: ${{error.message}} ${{error.data}}") >> end\n}}\n')
