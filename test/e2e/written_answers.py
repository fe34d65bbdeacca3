"""Answers as models write them: what was wanted, what came, the value that is meant, what is told.

The kinds are those of the program in test_typed_answers.py. An answer that may mean two things, or
none, has the kind of its error and its message in place of a value.
"""


class Wrong:
    """The answer cannot be read: with this kind of failure and message."""

    def __init__(self, kind, message):
        self.kind = kind
        self.message = message


def item(name="Tea", price=4.5, count=1, note=None):
    return {"name": name, "price": price, "count": count, "note": note}


TEA = '{"name": "Tea", "price": 4.5}'
PROSE = "$: the text around the JSON was left out"
FENCE = "$: the code fence around it was left out"
QUOTES = "$.name: other quotes than `\"`"
BARE_KEYS = "$: a key without quotes"
COMMA = "$: a comma too many"
CUT = "$: the text ends within the JSON"
ONE = "$: one value read as a list of one"

ROWS = [
    # Exact JSON: nothing is told.
    ("item", TEA, item()),
    ("item", "\n\t" + TEA + "\n", item()),
    ("item", '{"note": "n", "count": 2, "price": 3, "name": "Tea", "more": [1]}',
     item(price=3.0, count=2, note="n")),
    ("items", "[]", []),
    ("number", "42", 42),
    ("word", '"spam"', "spam"),
    ("pet", '{"name": "Tom", "type": "Cat", "lives": 9}', {"type": "Cat", "name": "Tom", "lives": 9}),

    # Around the JSON.
    ("item", f"```json\n{TEA}\n```", item(), FENCE),
    ("item", f"```\n{TEA}\n```\n", item(), FENCE),
    ("item", f"```JSON5\n{TEA}\n```", item(), FENCE),
    ("item", f"~Here~ you are:\n\n```json\n{TEA}\n```\n\nAnything else?", item(), PROSE),
    ("item", f"Sure! {TEA}", item(), PROSE),
    ("item", f"{TEA}\n\nLet me know if you need more {{details}}.", item(), PROSE),
    ("item", f"A set {{a, b}} and a [note](http://x.org), then {TEA}", item(), PROSE),
    ("item", f"```python\nprint('x')\n```\nThe result:\n```json\n{TEA}\n```", item(), PROSE),
    ("item", f"```json\n{TEA}\n```\nwhich is the same as\n```json\n{TEA}\n```", item(), PROSE),
    ("item", f"<think>{{\"name\": \"x\", \"price\": 1}}?</think>\n{TEA}", item(),
     "$: the thoughts in front were left out"),
    ("item", f"\ufeff{TEA};", item(), PROSE),
    ("item", "Answer: {\"name\": \"a```b\", \"price\": 1}", item("a```b", 1.0), PROSE),
    ("item", TEA + "}", item(), PROSE),

    # Quotes.
    ("item", "{'name': 'Tea', 'price': 4.5}", item(), "$: other quotes than `\"` (and 1 more)"),
    ("item", "{\"name\": 'It's tea', \"price\": 4.5}", item("It's tea"), QUOTES,
     "$.name: a quote within a text that is not escaped"),
    ("item", "{“name”: “Tea”, “price”: 4.5}", item(), "$: other quotes than `\"` (and 1 more)"),
    ("item", '{"name": "Der „Tee“ ist da", "price": 4.5}', item("Der „Tee“ ist da")),
    ("item", '{"name": «Thé», "price": 4.5}', item("Thé"), QUOTES),
    ("item", '{"name": `Tea`, "price": 4.5}', item(), QUOTES),
    ("item", '{"name": """Tea\n"hot" one""", "price": 4.5}', item('Tea\n"hot" one'), QUOTES,
     "$.name: a line end or tab within a text that is not escaped"),
    ("item", '{"name": "He said "hi", then left", "price": 4.5}', item('He said "hi", then left'),
     "$.name: a quote within a text that is not escaped"),
    ("item", '{"name": "5" nails", "price": 4.5}', item('5" nails'),
     "$.name: a quote within a text that is not escaped"),
    ("texts", '["a "b" c", "d"]', ['a "b" c', "d"],
     "$[0]: a quote within a text that is not escaped"),
    ("item", '{"name": "two\nlines", "price": 4.5}', item("two\nlines"),
     "$.name: a line end or tab within a text that is not escaped"),
    ("item", r'{"name": "C:\dir\new \u00e9", "price": 4.5}', item("C:\\dir\new é"),
     "$.name: an escape that JSON does not have"),
    ("item", r'{"name": "it\'s", "price": 4.5}', item("it's"),
     "$.name: an escape that JSON does not have"),
    ("item", r'{"name": "\ud83d\ude00 \ud83d", "price": 4.5}', item("😀 \ufffd"),
     "$.name: an escape that JSON does not have"),

    # Keys, commas, comments.
    ("item", '{name: "Tea", price: 4.5}', item(), BARE_KEYS),
    ("item", '{"name": "Tea", "price": 4.5,}', item(), COMMA),
    ("items", f"[{TEA}, ]", [item()], COMMA),
    ("item", '{"name": "Tea",, "price": 4.5}', item(), COMMA),
    ("item", '{"name": "Tea"\n "price": 4.5}', item(), "$: a comma is missing"),
    ("item", '{"name": "Tea" "price": 4.5}', item(), "$: a comma is missing"),
    ("items", f"[{TEA} {TEA}]", [item(), item()], "$: a comma is missing"),
    ("texts", '["a"\n"b"]', ["a", "b"], "$: a comma is missing"),
    ("counts", "{a: 1 b: 2}", {"a": 1, "b": 2}, BARE_KEYS, "$: a comma is missing"),
    ("item", '{"name": "Tea", // hot\n "price": 4.5 /* euros */}', item(),
     "$: a comment was left out"),
    ("item", '{"name": "Tea",\n # the price\n "price": 4.5}', item(), "$: a comment was left out"),
    ("item", '{"name" = "Tea", "price" => 4.5}', item(), "$: another sign than `:` behind a key"),
    ("item", '{"name": "http://x.org/#a", "price": 4.5}', item("http://x.org/#a")),
    ("item", '{name: Green tea, price: 4.5}', item("Green tea"), BARE_KEYS,
     "$.name: a text without quotes"),

    # Cut off.
    ("items", '[{"name": "Tea", "price": 4.5}, {"name": "Cup", "pri', [item()],
     CUT + " (and 1 more)", "$: what was cut off at its end was left out"),
    ("item", '{"name": "Tea", "price": 4.5, "note": "hot a', item(note="hot a"),
     CUT + " (and 1 more)"),
    ("item", '{"name": "Tea", "price": 4.5, "count": 1', item(), CUT + " (and 1 more)",
     "$: what was cut off at its end was left out"),
    ("item", '{"name": "Tea", "price": 4.5', Wrong(
        "schema", "$.price: expected float, found 4.5; the text ends within the JSON")),
    ("item", '```json\n{"name": "Tea", "price": 4.5,\n```', item(), FENCE, CUT),
    ("item", '{"name": "Tea"', Wrong(
        "schema", "$.price: expected float, found nothing; the text ends within the JSON")),
    ("order", '{"id": 7, "items": [{"name": "Tea", "price": 4.5}, "paid": true, "status": "open"}',
     {"id": 7, "items": [item()], "paid": True, "status": "open"}, "$: a comma is missing",
     "$.items: a closing bracket is missing"),
    ("order", '{"id": 7, "paid": true, "status": "open", "items": [{"name": "Tea", "price": 4.5}}',
     {"id": 7, "items": [item()], "paid": True, "status": "open"},
     "$.items: a closing bracket is missing"),

    # Words of other languages.
    ("order", "{'id': 7, 'items': [], 'paid': True, 'status': 'open'}",
     {"id": 7, "items": [], "paid": True, "status": "open"},
     "$: other quotes than `\"` (and 1 more)",
     "$.paid: a word of another language, as `None` or `True`"),
    ("item", '{"name": "Tea", "price": 4.5, "note": None}', item(),
     "$.note: a word of another language, as `None` or `True`"),
    ("item", '{"name": "Tea", "price": 4.5, "note": undefined}', item(),
     "$.note: a word of another language, as `None` or `True`"),
    ("item", '{"name": "Tea", "price": NaN}', Wrong("schema", "$.price: expected float, found null")),

    # Numbers.
    ("item", '{"name": "Tea", "price": "$1,234.50"}', item(price=1234.5),
     '$.price: "$1,234.50" read as 1234.5'),
    ("item", '{"name": "Tea", "price": $1,234.50}', item(price=1234.5),
     "$.price: a text without quotes", '$.price: "$1,234.50" read as 1234.5'),
    ("item", '{"name": "Tea", "price": "12 %"}', item(price=12.0), '$.price: "12 %" read as 12'),
    ("item", '{"name": "Tea", "price": "-1 234.5 EUR"}', item(price=-1234.5),
     '$.price: "-1 234.5 EUR" read as -1234.5'),
    ("item", '{"name": "Tea", "price": "€ 4.50"}', item(), '$.price: "€ 4.50" read as 4.5'),
    ("item", '{"name": "Tea", "price": +.5}', item(price=0.5), "$.price: a text without quotes",
     '$.price: "+.5" read as 0.5'),
    ("item", '{"name": "Tea", "price": "1e3", "count": 0x1F}', item(price=1000.0, count=31),
     "$.count: a text without quotes", '$.price: "1e3" read as 1e3', '$.count: "0x1F" read as 31'),
    ("item", '{"name": "Tea", "price": 4.5, "count": 3.0}', item(count=3), "$.count: 3.0 read as 3"),
    ("item", '{"name": "Tea", "price": 4.5, "count": 007}', item(count=7),
     "$.count: a text without quotes", '$.count: "007" read as 7'),
    ("item", '{"name": "Tea", "price": "1.234,5"}', Wrong(
        "schema", '$.price: "1.234,5" may be 1234.5 or 1.2345')),
    ("item", '{"name": "Tea", "price": "4,50 €"}', Wrong(
        "schema", '$.price: "4,50 €" may be 4.5 or 450')),
    ("item", '{"name": "Tea", "price": 4.5, "count": 3.7}', Wrong(
        "schema", "$.count: expected int, found 3.7")),
    ("item", '{"name": "Tea", "price": "much"}', Wrong(
        "schema", '$.price: expected float, found "much"')),
    ("number", "The answer is 42.", 42, '$: "The answer is 42." read as 42'),
    ("number", "**1,024**", 1024, FENCE, '$: "1,024" read as 1024'),
    ("number", "Between 3 and 5.", Wrong("schema", '$: expected int, found "Between 3 and 5."')),
    ("number", '{"value": 42}', 42, '$: what stands in "value" was read'),
    ("number", "[42]", 42, "$: a list of one read as its item"),

    # Texts, bools, none.
    ("item", '{"name": 404, "price": "4.5"}', item("404"), '$.name: 404 read as "404"',
     '$.price: "4.5" read as 4.5'),
    ("item", '{"name": true, "price": 4.5}', item("true"), '$.name: true read as "true"'),
    ("item", '{"name": null, "price": 4.5}', Wrong("schema", "$.name: expected str, found null")),
    ("order", '{"id": "7", "items": [], "paid": "No", "status": "open"}',
     {"id": 7, "items": [], "paid": False, "status": "open"}, '$.id: "7" read as 7',
     '$.paid: "No" read as false'),
    ("order", '{"id": 7, "items": [], "paid": 1, "status": "open"}',
     {"id": 7, "items": [], "paid": True, "status": "open"}, "$.paid: 1 read as true"),
    ("order", '{"id": 7, "items": [], "paid": "perhaps", "status": "open"}',
     Wrong("schema", '$.paid: expected bool, found "perhaps"')),
    ("truth", "Yes, because the price is known.", True,
     '$: "Yes, because the price is known." read as true'),
    ("some", '"N/A"', None, '$: "N/A" read as none'),
    ("item", '{"name": "Tea", "price": 4.5, "count": null}', item(), "$.count: null read as the default"),

    # Literals.
    ("word", "Spam.", "spam", '$: "Spam." read as "spam"'),
    ("word", "NOT_SPAM", "not spam", '$: "NOT_SPAM" read as "not spam"'),
    ("word", '"`Not-Spam`"', "not spam", '$: "`Not-Spam`" read as "not spam"'),
    ("word", "Category: Spam", "spam", '$: "Category: Spam" read as "spam"'),
    ("word", "**Category:** not spam", "not spam",
     '$: "**Category:** not spam" read as "not spam"'),
    ("word", "It is spam or unsure.", Wrong(
        "schema", '$: "It is spam or unsure." may be "spam" or "unsure"')),
    ("word", "This isn't spam.", Wrong(
        "schema", '$: expected "not spam" | "spam" | "unsure", found "This isn\'t spam."')),
    ("order", '{"id": 7, "items": [], "paid": true, "status": "ON-HOLD"}',
     {"id": 7, "items": [], "paid": True, "status": "on hold"},
     '$.status: "ON-HOLD" read as "on hold"'),
    ("order", '{"id": 7, "items": [], "paid": true, "status": "lost"}',
     Wrong("schema", '$.status: expected "on hold" | "open" | "shipped", found "lost"')),

    # Keys in another spelling.
    ("item", '{"Name": "Tea", "PRICE": 4.5}', item(), '$.name: the key "Name" stands for it',
     '$.price: the key "PRICE" stands for it'),
    ("place", '{"streetName": "Elm", "house-number": 5}', {"street_name": "Elm", "houseNumber": 5},
     '$.street_name: the key "streetName" stands for it',
     '$.houseNumber: the key "house-number" stands for it'),
    ("place", '{"streetName": "Elm", "StreetName": "Oak", "houseNumber": 5}',
     Wrong("schema", '$: "streetName" and "StreetName" may both be `street_name`')),
    ("place", '{"street_name": "Elm", "StreetName": "Oak", "houseNumber": 5}',
     {"street_name": "Elm", "houseNumber": 5}),

    # More around it, or less.
    ("items", TEA, [item()], ONE),
    ("items", f'{{"items": [{TEA}]}}', [item()], '$: what stands in "items" was read'),
    ("items", f'{{"status": "ok", "data": [{TEA}]}}', [item()], '$: what stands in "data" was read'),
    ("items", f"{TEA}\n{TEA}", [item(), item()],
     "$: values one behind the other read as a list"),
    ("item", f"[{TEA}]", item(), "$: a list of one read as its item"),
    ("item", f'{{"item": {TEA}}}', item(), '$: what stands in "item" was read'),
    ("item", f'{{"before": {TEA}, "after": {TEA}}}', Wrong(
        "schema", '$: expected Item, found two: under "before" and under "after"')),
    ("item", f"[{TEA}, {TEA}]", Wrong("schema", "$: expected Item, found list")),
    ("item", '"' + TEA.replace('"', '\\"') + '"', item(),
     "$: JSON in a text read as what it says"),
    ("order", '{"id": 7, "items": "[{\\"name\\": \\"Tea\\", \\"price\\": 4.5}]", "paid": true, '
     '"status": "open"}', {"id": 7, "items": [item()], "paid": True, "status": "open"},
     "$.items: JSON in a text read as what it says"),
    ("order", f'{{"id": 7, "items": {TEA}, "paid": [true], "status": "open"}}',
     {"id": 7, "items": [item()], "paid": True, "status": "open"},
     "$.items: one value read as a list of one", "$.paid: a list of one read as its item"),
    ("texts", '"a"', ["a"], ONE),
    ("words", "spam", ["spam"], ONE, '$[0]: "spam" read as "spam"'),

    # Sums.
    ("pet", '{"name": "Tom", "lives": 9}', {"type": "Cat", "name": "Tom", "lives": 9},
     "$: read as Cat, which alone fits"),
    ("pet", '{"Dog": {"name": "Rex", "barks": "yes"}}', {"type": "Dog", "name": "Rex", "barks": True},
     '$: read as the variant that is its key, "Dog"', '$.barks: "yes" read as true'),
    ("pet", '{"Type": "dog", "name": "Rex", "barks": true}',
     {"type": "Dog", "name": "Rex", "barks": True}, '$.type: the key "Type" stands for it',
     '$.type: "dog" read as "Dog"'),
    ("pet", '{"type": "Bird", "name": "Tweety"}', Wrong(
        "schema", '$.type: expected "Cat" | "Dog", found "Bird"')),
    ("pet", '{"name": "Tom", "lives": 9, "barks": true}', Wrong(
        "schema", '$: expected Cat | Dog, found no "type", and Cat and Dog both fit')),
    ("pet", '{"name": "Tom"}', Wrong("schema", '$: expected Cat | Dog, found no "type"')),
    ("shape", '{"shape_kind": "circle", "r": 1}', {"shape_kind": "circle", "r": 1.0}),
    ("shape", '{"ShapeKind": "SQUARE", "type": "x"}', {"shape_kind": "square", "type": "x"},
     '$.shape_kind: the key "ShapeKind" stands for it', '$.shape_kind: "SQUARE" read as "square"'),
    ("shape", '{"r": 1}', {"shape_kind": "circle", "r": 1.0}, "$: read as Circle, which alone fits"),
    ("shape", '{"circle": {"r": 1}}', {"shape_kind": "circle", "r": 1.0},
     '$: read as the variant that is its key, "circle"'),
    ("shape", '{"shape_kind": "ring"}', Wrong(
        "schema", '$.shape_kind: expected "circle" | "square", found "ring"')),

    # Two things, or none.
    ("item", 'First {"name": "Tea", "price": 4.5}, then {"name": "Cup", "price": 2}.', Wrong(
        "schema", '$: the answer holds 2 pieces of JSON that fit and differ: '
        r'"{\"name\": \"Tea\", \"price\": 4.5}" and "{\"name\": \"Cup\", \"price\": 2}"')),
    ("item", "I cannot help with that.", Wrong(
        "parse", "the answer is no JSON: there is no JSON in it")),
    ("item", "", Wrong("parse", "the answer is no JSON: there is no JSON in it")),
    ("item", '{"name": "Tea", "price" 4.5}', Wrong(
        "schema", "$.price: expected float, found nothing; the text ends within the JSON")),
    ("item", '{"price": 4.5, "name" "Tea"}', Wrong(
        "parse", "the answer is no JSON: expected `:` at line 1, column 23")),
    ("item", "{" * 5000, Wrong("schema", "$.name: expected str, found nothing; the text ends within the JSON")),
    ("items", "[", Wrong("schema", "$: expected [Item], found its beginning; the text ends within the JSON")),
    ("items", "[" * 5000, Wrong(
        "parse", "the answer is no JSON: it is nested too deeply at line 1, column 1001")),
    ("item", '{"name": "Tea", "price": 1, "name": "Cup"}', Wrong(
        "schema", "$.name: the key stands there twice")),
]
