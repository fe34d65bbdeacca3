"""Which JSON schemas each provider takes for structured output, and what it says of others."""
from .shapes import Wrong, anything, either, integer, items, members, obj, text

COMMON = {"type", "properties", "required", "additionalProperties", "items", "anyOf", "enum",
          "$ref", "$defs", "definitions", "description", "title"}
FORMATS = {"date-time", "time", "date", "duration", "email", "hostname", "ipv4", "ipv6", "uuid"}
OPENAI = COMMON | {"const", "pattern", "format", "minimum", "maximum", "exclusiveMinimum",
                   "exclusiveMaximum", "multipleOf", "minItems", "maxItems"}
ANTHROPIC = COMMON | {"const", "format", "allOf", "minItems", "default", "$schema"}
GEMINI = (COMMON | {"format", "minimum", "maximum", "minItems", "maxItems", "prefixItems", "oneOf",
                    "$id", "$anchor", "propertyOrdering"}) - {"definitions"}
# `responseSchema` and `parameters`: a subset of OpenAPI, not JSON Schema
GEMINI_OPENAPI = {"type", "format", "title", "description", "nullable", "enum", "maxItems", "minItems",
                  "properties", "required", "minProperties", "maxProperties", "minLength", "maxLength",
                  "pattern", "example", "anyOf", "propertyOrdering", "default", "items", "minimum",
                  "maximum"}
MOST_UNIONS = 16


def scalar(value, path):
    if isinstance(value, (dict, list)):
        raise Wrong("type", path, "string or number", value)


def flag_or_schema(value, path):
    if not isinstance(value, (bool, dict)):
        raise Wrong("type", path, "boolean or object", value)


# What the words of a schema hold, where it is looked into.
TYPE = text("string", "number", "integer", "boolean", "object", "array", "null")
WORDS = {"type": either(string=TYPE, array=items(TYPE, 1)), "required": items(text()),
         "properties": members(obj), "$defs": members(obj), "definitions": members(obj), "items": obj,
         "anyOf": items(obj, 1), "allOf": items(obj, 1), "oneOf": items(obj, 1),
         "prefixItems": items(obj), "enum": items(scalar, 1), "additionalProperties": flag_or_schema,
         "$ref": text(), "format": text(), "minItems": integer(0)}


class BadSchema(Exception):
    """Why a schema is refused, and the path in it."""

    def __init__(self, path, message):
        super().__init__(message)
        self.path, self.message = path, message


def children(schema):
    """The schemas in a schema, with their paths."""
    for word in ("properties", "$defs", "definitions"):
        for name, child in schema.get(word, {}).items():
            yield (word, name), child
    for word in ("items", "additionalProperties"):
        if isinstance(schema.get(word), dict):
            yield (word,), schema[word]
    for word in ("anyOf", "allOf", "oneOf", "prefixItems"):
        for index, child in enumerate(schema.get(word, [])):
            yield (word, str(index)), child


def walk(schema, path=()):
    """Every schema in a schema, with its path."""
    for word, value in schema.items():
        try:
            WORDS.get(word, anything)(value, ())
        except Wrong as wrong:
            raise BadSchema((*path, word), f"{wrong.value!r} is not {wrong.detail}.") from None
    yield path, schema
    for step, child in children(schema):
        yield from walk(child, path + step)


def well_formed(schema):
    """What holds for schemas that are only a hint."""
    list(walk(schema))


def types_of(schema):
    kind = schema.get("type", [])
    return [kind] if isinstance(kind, str) else kind


def is_a(value, kind):
    kinds = {"string": str, "number": (int, float), "integer": int, "boolean": bool,
             "null": type(None)}
    return isinstance(value, kinds.get(kind, ()))


def is_object(schema):
    return "object" in types_of(schema) or "properties" in schema


def only(schema, path, allowed, message):
    for word in schema:
        if word not in allowed:
            raise BadSchema(path, message.format(word=word))


def resolves(root, path, schema):
    """A `$ref` that leads somewhere in this schema."""
    reference = schema.get("$ref")
    if reference is None:
        return
    place = root
    for step in reference.removeprefix("#").strip("/").split("/") if reference != "#" else []:
        place = place.get(step) if isinstance(place, dict) else None
    if not reference.startswith("#") or place is None:
        raise BadSchema(path, f"reference to component '{reference}' which was not found in the schema.")


# ---- OpenAI, with `strict` ----


def openai_object(path, schema):
    if schema.get("additionalProperties") is not False:
        raise BadSchema(path, "'additionalProperties' is required to be supplied and to be false.")
    properties, required = schema.get("properties", {}), schema.get("required")
    missing = [name for name in properties if name not in (required or [])]
    if required is None and properties or missing:
        rest = f" Missing '{missing[0]}'." if missing else ""
        raise BadSchema(path, "'required' is required to be supplied and to be an array including "
                              f"every key in properties.{rest}")
    extra = [name for name in required or [] if name not in properties]
    if extra:
        raise BadSchema(path, f"Extra required key '{extra[0]}' supplied.")


def openai_node(root, path, schema):
    only(schema, path, OPENAI, "'{word}' is not permitted.")
    if "$ref" in schema and len(schema) > 1:
        raise BadSchema(path, "$ref cannot have keywords "
                        f"{{{', '.join(repr(word) for word in schema if word != '$ref')}}}.")
    if not any(word in schema for word in ("type", "anyOf", "$ref", "enum", "const")):
        raise BadSchema(path, "schema must have a 'type' key.")
    for value in schema.get("enum", []):
        if types_of(schema) and not any(is_a(value, kind) for kind in types_of(schema)):
            raise BadSchema(path, f"enum value {value!r} does not validate against "
                            f"{{'type': {schema['type']!r}}}.")
    if "array" in types_of(schema) and "items" not in schema:
        raise BadSchema(path, "array schema missing items.")
    if "format" in schema and schema["format"] not in FORMATS:
        raise BadSchema(path, f"'{schema['format']}' is not a valid format.")
    if is_object(schema):
        openai_object(path, schema)
    resolves(root, path, schema)


def depth(root, schema, seen=()):
    """Levels of objects and arrays; a schema that holds itself counts once."""
    reference = schema.get("$ref")
    if reference:
        name = reference.rsplit("/", 1)[-1]
        target = root if reference == "#" else root.get("$defs", {}).get(name, {})
        return 0 if reference in seen else depth(root, target, (*seen, reference))
    below = [depth(root, child, seen) for step, child in children(schema) if step[0] != "$defs"]
    own = 1 if is_object(schema) or "array" in types_of(schema) else 0
    return own + max(below, default=0)


def openai(schema):
    nodes = list(walk(schema))
    if "anyOf" in schema or not is_object(schema):
        kind = f"type: {schema.get('type', 'None')!r}".replace("'", '"')
        raise BadSchema((), f"schema must be a JSON Schema of 'type: \"object\"', got '{kind}'.")
    for path, node in nodes:
        openai_node(schema, path, node)
    if sum(len(node.get("properties", {})) for _, node in nodes) > 5000:
        raise BadSchema((), "Expected at most 5000 object properties.")
    if sum(len(node.get("enum", [])) for _, node in nodes) > 1000:
        raise BadSchema((), "Expected at most 1000 enum values in total within a schema.")
    if depth(schema, schema) > 10:
        raise BadSchema((), "schema exceeds the maximum nesting depth of 10.")


# ---- Anthropic ----


def anthropic_node(root, path, schema):
    kind = (types_of(schema) or ["object"])[0]
    only(schema, path, ANTHROPIC, f"For '{kind}' type, property '{{word}}' is not supported")
    if schema.get("minItems", 0) > 1:
        raise BadSchema(path, "For 'array' type, 'minItems' values other than 0 or 1 are not "
                              "supported")
    if "format" in schema and schema["format"] not in FORMATS | {"uri"}:
        raise BadSchema(path, f"For 'string' type, format '{schema['format']}' is not supported")
    if is_object(schema) and schema.get("additionalProperties") is not False:
        raise BadSchema(path, "For 'object' type, 'additionalProperties' must be explicitly set to false")
    resolves(root, path, schema)


def recursive(root, schema, open_references=()):
    reference = schema.get("$ref")
    if reference:
        if reference == "#" or reference in open_references:
            return True
        target = root.get("$defs", {}).get(reference.rsplit("/", 1)[-1], {})
        return recursive(root, target, (*open_references, reference))
    return any(recursive(root, child, open_references)
               for step, child in children(schema) if step[0] not in ("$defs", "definitions"))


def anthropic_unions(schema):
    return sum("anyOf" in node or isinstance(node.get("type"), list) for _, node in walk(schema))


def anthropic(schema):
    for path, node in list(walk(schema)):
        anthropic_node(schema, path, node)
    if recursive(schema, schema):
        raise BadSchema((), "Recursive schemas are not supported")
    unions = anthropic_unions(schema)
    if unions > MOST_UNIONS:
        raise BadSchema((), f"Schemas contains too many parameters with union types ({unions} parameters "
                            "with type arrays or anyOf). This causes exponential compilation cost. "
                            "Reduce the number of nullable or union-typed parameters (limit: 16 "
                            "parameters with unions).")


# ---- Gemini ----


def gemini(schema):
    """`responseJsonSchema`, `parametersJsonSchema`."""
    for path, node in walk(schema):
        only(node, path, GEMINI, "schema has an unsupported keyword: {word}")
        if "$ref" in node and any(not word.startswith("$") for word in node):
            raise BadSchema(path, "$ref allows only siblings that start with '$'")
        resolves(schema, path, node)
    if not types_of(schema) and "$ref" not in schema and "anyOf" not in schema:
        raise BadSchema((), "schema must have a type")


def as_json_schema(schema):
    """Types may be written large, and numbers of 64 bits as text."""
    if not isinstance(schema, dict):
        return [as_json_schema(item) for item in schema] if isinstance(schema, list) else schema
    plain = {word: as_json_schema(value) for word, value in schema.items()}
    if isinstance(plain.get("type"), str):
        plain["type"] = plain["type"].lower()
    for word in ("minItems", "maxItems"):
        if isinstance(plain.get(word), str) and plain[word].isdigit():
            plain[word] = int(plain[word])
    return plain


def gemini_openapi(schema):
    """`responseSchema`, `parameters`."""
    for path, node in walk(as_json_schema(schema)):
        only(node, path, GEMINI_OPENAPI, 'Unknown name "{word}"')
        if isinstance(node.get("type"), list):
            raise BadSchema((*path, "type"), "Proto field is not repeating, cannot start list.")
        if any(not isinstance(word, str) for word in node.get("enum", [])):
            raise BadSchema((*path, "enum"), "Invalid value (TYPE_STRING)")
