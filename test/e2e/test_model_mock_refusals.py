"""What the mock of model providers refuses: all that the providers do, with their words."""
import json
import unittest

from mock_client import (CHAT, EMBEDDINGS, GEMINI, INTERACTIONS, MESSAGES, NEWER_MESSAGES, OLLAMA, PNG,
                         RESPONSES, SCHEMA, chat, gemini, image, interaction, messages, ollama, responses,
                         user, without)
from model_mock import ModelMock

OPEN = without(SCHEMA, "additionalProperties")
OPTIONAL = {**SCHEMA, "required": []}
MINIMUM = {**SCHEMA, "properties": {"name": {"type": "string", "minLength": 1}}}
DEFAULT = {**SCHEMA, "properties": {"name": {"type": "string", "default": "x"}}}
MIXED = {**SCHEMA, "properties": {"name": {"type": "string", "enum": ["x", 1]}}}
NO_TYPE = {**SCHEMA, "properties": {"name": {"type": "text"}}}
HOLDS_ITSELF = {**SCHEMA, "properties": {"name": {"$ref": "#"}}}
NOWHERE = {**SCHEMA, "properties": {"name": {"$ref": "#/$defs/None"}}}
BOUNDED = {**SCHEMA, "properties": {"name": {"type": "integer", "minimum": 1}}}
CONSTANT = {**SCHEMA, "properties": {"name": {"const": "x"}}}
MANY_UNIONS = {**SCHEMA, "required": [], "properties": {
    f"p{number}": {"type": ["string", "null"]} for number in range(17)}}
TOOL = {"name": "f", "input_schema": SCHEMA}
DEEP = {"type": "string"}
for _ in range(11):
    DEEP = {**SCHEMA, "properties": {"name": DEEP}}


class Refusals(unittest.TestCase):
    def setUp(self):
        self.mock = ModelMock().__enter__()
        self.addCleanup(self.mock.__exit__)

    def refused(self, wire, body, message, status=400, **options):
        got, headers, text = wire.post(self.mock, body, **options)
        self.assertEqual(got, status, text)
        self.assertEqual(headers["Content-Type"], "application/json")
        self.assertIn(message, text)
        return json.loads(text)

    def accepted(self, wire, body, **options):
        status, _, text = wire.post(self.mock, body, **options)
        self.assertEqual(status, 200, text)
        return text


def strict(schema):
    return chat(response_format={"type": "json_schema", "json_schema": {
        "name": "it", "schema": schema, "strict": True}})


class ChatCompletions(Refusals):
    CALL = {"role": "assistant", "content": None, "tool_calls": [
        {"id": "c1", "type": "function", "function": {"name": "f", "arguments": "{}"}}]}

    def test_shape_of_errors(self):
        error = self.refused(CHAT, without(chat(), "messages"), "")["error"]
        self.assertEqual(error, {"message": "Missing required parameter: 'messages'.",
                                 "type": "invalid_request_error", "param": "messages",
                                 "code": "missing_required_parameter"})

    def test_fields(self):
        self.accepted(CHAT, chat(temperature=0.5, max_tokens=9, stop=["x"], seed=1))
        for body, message in (
            (chat(top_k=3), "Unrecognized request argument supplied: top_k"),
            (chat(temperature="0"), "Invalid type for 'temperature': expected a decimal"),
            (chat(temperature=3), "Invalid value for 'temperature'"),
            (chat(messages=[]), "Invalid value for 'messages'"),
            (chat(messages=[{"role": "bot", "content": "x"}]), "Invalid value for 'messages[0].role'"),
            (chat(messages=[{"role": "user"}]), "'messages[0].content'"),
            (chat(messages=[user([{"type": "text"}])]), "'messages[0].content[0].text'"),
            (chat(stream_options={"include_usage": True}), "only allowed when 'stream' is enabled"),
            (chat(tool_choice="auto"), "only allowed when 'tools' are specified"),
            (chat(response_format={"type": "json_object"}), "must contain the word 'json'"),
        ):
            self.refused(CHAT, body, message)

    def test_images(self):
        def shown(url):
            return chat(messages=[user([{"type": "image_url", "image_url": {"url": url}}])])

        self.accepted(CHAT, shown("data:image/png;base64," + PNG))
        self.refused(CHAT, shown("data:image/png;base64,a"), "Invalid image data")
        self.refused(CHAT, shown("data:image/jpeg;base64," + PNG), "Invalid image data")
        self.refused(CHAT, shown("picture.png"), "Invalid image data")

    def test_calls_and_results(self):
        result = {"role": "tool", "tool_call_id": "c1", "content": "1"}
        self.accepted(CHAT, chat(messages=[user("x"), self.CALL, result]))
        self.refused(CHAT, chat(messages=[user("x"), result]), "must be a response to a preceeding")
        self.refused(CHAT, chat(messages=[user("x"), self.CALL, user("y")]),
                     "did not have response messages: c1")
        self.refused(CHAT, chat(messages=[user("x"), self.CALL]), "did not have response messages: c1")

    def test_models_that_reason(self):
        for name in ("temperature", "top_p"):
            error = self.refused(CHAT, chat(model="gpt-5", **{name: 1}), f"'{name}'")["error"]
            self.assertEqual((error["code"], error["param"]), ("unsupported_value", name))
        error = self.refused(CHAT, chat(model="gpt-6-sol", max_tokens=9), "max_completion_tokens")
        self.assertEqual(error["error"]["code"], "unsupported_parameter")
        self.accepted(CHAT, chat(model="gpt-6-sol", max_completion_tokens=9))
        self.accepted(CHAT, chat(model="gpt-6-sol", temperature=0.5, reasoning_effort="none"))
        self.refused(CHAT, chat(model="gpt-6-astra", reasoning_effort="none"), "does not support 'none'")
        self.refused(CHAT, chat(reasoning_effort="low"), "reasoning_effort")
        tools = [{"type": "function", "function": {"name": "f"}}]
        self.accepted(CHAT, chat(tools=tools))
        forced = {"type": "function", "function": {"name": "g"}}
        self.refused(CHAT, chat(tools=tools, tool_choice=forced), "not found in 'tools' parameter")
        self.refused(CHAT, chat(model="gpt-6-sol", tools=tools), "Please use /v1/responses instead")

    def test_strict_schemas(self):
        self.accepted(CHAT, strict(SCHEMA))
        self.accepted(CHAT, strict(HOLDS_ITSELF))
        self.accepted(CHAT, strict(BOUNDED))
        for schema, message in (
            (OPEN, "'additionalProperties' is required to be supplied and to be false"),
            (OPTIONAL, "Missing 'name'"), (MINIMUM, "'minLength' is not permitted"),
            (DEFAULT, "'default' is not permitted"), (MIXED, "enum value 1 does not validate"),
            (NO_TYPE, "'text' is not one of"), (NOWHERE, "was not found"), (DEEP, "nesting depth"),
            ({"anyOf": [SCHEMA]}, "schema must be a JSON Schema of"),
            ({"type": "array", "items": SCHEMA}, "schema must be a JSON Schema of"),
        ):
            error = self.refused(CHAT, strict(schema), message)["error"]
            self.assertEqual(error["code"], "invalid_json_schema")
        tool = {"type": "function", "function": {"name": "f", "parameters": OPEN, "strict": True}}
        error = self.refused(CHAT, chat(tools=[tool]), "Invalid schema for function 'f'")["error"]
        self.assertEqual(error["param"], "tools[0].function.parameters")

    def test_keys_and_models(self):
        self.refused(CHAT, chat(), "You didn't provide an API key", 401, headers={})
        error = self.refused(CHAT, chat(model="gpt-9"), "`gpt-9` does not exist", 404)["error"]
        self.assertEqual(error["code"], "model_not_found")
        self.refused(CHAT, chat(), "Invalid URL", 404, path="/v1/chat")
        self.refused(CHAT, '{"model"', "could not parse the JSON body")


class Responses(Refusals):
    def test_fields(self):
        self.accepted(RESPONSES, responses(instructions="s", max_output_tokens=16))
        for body, message in (
            (responses(messages=[]), "Unknown parameter: 'messages'"),
            (responses(max_tokens=9), "Unknown parameter: 'max_tokens'"),
            (responses(temperature=1), "'temperature' is not supported with this model"),
            (responses(input=[user([{"type": "text", "text": "x"}])]), "'input[0].content[0].type'"),
            (responses(input=[{"type": "function_call_output", "call_id": "c1", "output": "1"}]),
             "No tool call found for function call output with call_id c1"),
            (responses(input=[{"type": "function_call", "call_id": "c1", "name": "f",
                               "arguments": "{}"}]), "No tool output found for function call c1"),
            (responses(input=[{"type": "reasoning", "id": "rs_1", "summary": []}]), "not found"),
        ):
            self.refused(RESPONSES, body, message)

    def test_strict_is_meant_unless_it_is_refused(self):
        tool = {"type": "function", "name": "f", "parameters": OPEN}
        self.refused(RESPONSES, responses(tools=[tool]), "additionalProperties")
        self.accepted(RESPONSES, responses(tools=[{**tool, "strict": False}]))
        form = {"type": "json_schema", "name": "it", "schema": OPTIONAL, "strict": True}
        self.refused(RESPONSES, responses(text={"format": form}), "Missing 'name'")


class Embeddings(Refusals):
    def test_fields(self):
        body = {"model": "text-embedding-3-small", "input": "x"}
        self.accepted(EMBEDDINGS, body)
        self.refused(EMBEDDINGS, {**body, "dimensions": 9999}, "less than or equal to 1536")
        self.refused(EMBEDDINGS, {**body, "input": []}, "'input'")
        self.refused(EMBEDDINGS, {**body, "model": "gpt-4.1"}, "does not exist", 404)


class AnthropicMessages(Refusals):
    CALL = {"role": "assistant", "content": [{"type": "tool_use", "id": "t1", "name": "f", "input": {}}]}
    RESULT = {"type": "tool_result", "tool_use_id": "t1", "content": "1"}

    def test_shape_of_errors(self):
        body = self.refused(MESSAGES, without(messages(), "max_tokens"), "")
        self.assertEqual(body, {"type": "error", "request_id": "req_mock", "error": {
            "type": "invalid_request_error", "message": "max_tokens: Field required"}})

    def test_fields(self):
        self.accepted(MESSAGES, messages(system="s", stop_sequences=["x"]))
        for body, message in (
            (messages(seed=1), "seed: Extra inputs are not permitted"),
            (messages(max_tokens="1"), "max_tokens: Input should be a valid integer"),
            (messages(max_tokens=999_999), "maximum allowed number of output tokens"),
            (messages(messages=[{"role": "system", "content": "x"}]), "messages.0.role: Input should be"),
            (messages(messages=[{"role": "assistant", "content": "x"}]), "must use the"),
            (messages(messages=[user("")]), "text content blocks must be non-empty"),
            (messages(messages=[user([image("aGk=")])]), "does not match the provided media type"),
            (messages(tools=[TOOL], tool_choice={"type": "tool", "name": "g"}), "Tool 'g' not found"),
            (messages(messages=[user("x"), {"role": "assistant", "content": "y"}]), "prefill"),
            (messages(tool_choice={"type": "auto"}), "while providing tools"),
            (messages(output_format={}), "output_format: Extra inputs are not permitted"),
        ):
            self.refused(MESSAGES, body, message)

    def test_calls_and_results(self):
        asked = [user("x"), self.CALL]
        self.accepted(MESSAGES, messages(messages=[*asked, user([self.RESULT])]))
        text = {"type": "text", "text": "y"}
        self.accepted(MESSAGES, messages(messages=[*asked, user([self.RESULT, text])]))
        for more in ([], [user("y")], [user([text, self.RESULT])]):
            self.refused(MESSAGES, messages(messages=[*asked, *more]), "without `tool_result` blocks")
        self.refused(MESSAGES, messages(messages=[user([self.RESULT])]), "unexpected `tool_use_id`")

    def test_sampling(self):
        older = messages(model="claude-sonnet-4-5", temperature=0.5)
        self.accepted(MESSAGES, older)
        self.refused(NEWER_MESSAGES, older, "temperature: Extra inputs are not permitted")
        self.refused(MESSAGES, messages(temperature=1), "`temperature` is not supported")

    def test_thinking(self):
        enabled = {"type": "enabled", "budget_tokens": 1024}
        older = messages(model="claude-sonnet-4-5", max_tokens=2000)
        self.accepted(MESSAGES, {**older, "thinking": enabled})
        self.refused(MESSAGES, messages(thinking=enabled), "thinking.type: 'enabled'")
        self.refused(MESSAGES, {**older, "max_tokens": 1024, "thinking": enabled}, "must be greater")
        self.refused(MESSAGES, {**older, "temperature": 0.5, "thinking": enabled}, "set to 1")
        made_up = {"role": "assistant", "content": [
            {"type": "thinking", "thinking": "x", "signature": "y"}, {"type": "text", "text": "z"}]}
        self.refused(MESSAGES, messages(messages=[user("x"), made_up, user("y")]), "Invalid `signature`")

    def test_strict_schemas(self):
        def typed(schema):
            return messages(output_config={"format": {"type": "json_schema", "schema": schema}})

        self.accepted(MESSAGES, typed(SCHEMA))
        self.accepted(MESSAGES, typed(OPTIONAL))
        for schema, message in (
            (OPEN, "must be explicitly set to false"), (MINIMUM, "'minLength' is not supported"),
            (BOUNDED, "For 'integer' type, property 'minimum' is not supported"),
            (HOLDS_ITSELF, "Recursive"), (MANY_UNIONS, "too many parameters with union types (17"),
        ):
            self.refused(MESSAGES, typed(schema), message)

    def test_keys_and_models(self):
        version = {"anthropic-version": "2023-06-01"}
        body = self.refused(MESSAGES, messages(), "x-api-key", 401, headers=version)
        self.assertEqual(body["error"]["type"], "authentication_error")
        self.accepted(MESSAGES, messages(), headers={**version, "Authorization": "Bearer k"})
        self.refused(MESSAGES, messages(), "anthropic-version", headers={"x-api-key": "k"})
        body = self.refused(MESSAGES, messages(model="claude-9"), "model: claude-9", 404)
        self.assertEqual(body["error"]["type"], "not_found_error")


class Gemini(Refusals):
    CALL = {"role": "model", "parts": [{"functionCall": {"name": "f", "args": {}}}]}
    RESULT = {"role": "user", "parts": [{"functionResponse": {"name": "f", "response": {"x": 1}}}]}

    def test_shape_of_errors(self):
        error = self.refused(GEMINI, gemini(temperature=1), "")["error"]
        self.assertEqual(error, {"code": 400, "status": "INVALID_ARGUMENT", "message":
                                 'Invalid JSON payload received. Unknown name "temperature": '
                                 "Cannot find field."})

    def test_fields(self):
        config = {"temperature": 0.5, "maxOutputTokens": 9}
        self.accepted(GEMINI, gemini(generationConfig=config))
        self.accepted(GEMINI, gemini(generation_config={"max_output_tokens": 9}))
        for body, message in (
            ({}, "contents is not specified"),
            (gemini(generationConfig={"maxTokens": 9}), "at 'generation_config': Cannot find field"),
            (gemini(contents=[{"role": "assistant", "parts": [{"text": "x"}]}]), "'contents[0].role'"),
            (gemini(contents=[{"role": "user", "parts": [{"inlineData": {
                "mimeType": "image/png", "data": "a"}}]}]), "Base64 decoding failed"),
            (gemini(contents=[{"role": "user", "parts": [{}]}]), "required oneof field 'data'"),
            (gemini(toolConfig={"functionCallingConfig": {"allowedFunctionNames": ["f"]}}), "mode is ANY"),
        ):
            self.refused(GEMINI, body, message)

    def test_calls_and_results(self):
        (asked,) = gemini()["contents"]
        older = "/v1beta/models/gemini-2.5-flash:generateContent"
        self.accepted(GEMINI, gemini(contents=[asked, self.CALL, self.RESULT]), path=older)
        self.refused(GEMINI, gemini(contents=[asked, self.CALL, self.RESULT]), "thought_signature")
        self.refused(GEMINI, gemini(contents=[asked, self.RESULT]), "immediately after a function call")
        self.refused(GEMINI, gemini(contents=[asked, self.CALL, asked]), "equal to the number")
        self.refused(GEMINI, gemini(contents=[self.CALL, self.RESULT]), "immediately after a user turn")

    def test_schemas(self):
        def typed(schema, name="responseJsonSchema", mime="application/json"):
            return gemini(generationConfig={name: schema, "responseMimeType": mime})

        self.accepted(GEMINI, typed(SCHEMA))
        self.accepted(GEMINI, typed(BOUNDED))
        self.refused(GEMINI, typed(SCHEMA, mime="text/plain"), "application/json")
        self.refused(GEMINI, typed(CONSTANT), "unsupported keyword: const")
        self.refused(GEMINI, typed(SCHEMA, "responseSchema"), "additionalProperties")
        self.accepted(GEMINI, typed(OPEN, "responseSchema"))
        large = {"type": "ARRAY", "minItems": "1", "items": {"type": "STRING"}}
        self.accepted(GEMINI, typed(large, "responseSchema"))
        self.refused(GEMINI, typed(large), "'ARRAY' is not one of")

    def test_keys_and_models(self):
        error = self.refused(GEMINI, gemini(), "unregistered callers", 403, headers={})["error"]
        self.assertEqual(error["status"], "PERMISSION_DENIED")
        self.accepted(GEMINI, gemini(), headers={}, path=GEMINI.path + "?key=k")
        error = self.refused(GEMINI, gemini(), "is not found for API version", 404,
                             path="/v1beta/models/gemini-9:generateContent")["error"]
        self.assertEqual(error["status"], "NOT_FOUND")


class Interactions(Refusals):
    CALL = {"type": "function_call", "id": "f1", "name": "f", "arguments": {}}
    RESULT = {"type": "function_result", "call_id": "f1", "result": "1"}

    def test_fields(self):
        self.accepted(INTERACTIONS, interaction(input=[self.CALL, self.RESULT]))
        form = {"type": "text", "mime_type": "application/json", "schema": SCHEMA}
        self.accepted(INTERACTIONS, interaction(response_format=form))
        for body, message in (
            (interaction(contents=[]), "Cannot find field"),
            (interaction(generation_config={"top_k": 4}), "at 'generation_config'"),
            (interaction(input=[self.CALL]), "function_call 'f1' has no function_result"),
            (interaction(input=[self.RESULT]), "unknown call_id 'f1'"),
            (interaction(input=[{"type": "thought", "signature": "x"}]), "signature is not valid"),
            (interaction(input=[{"type": "image", "mime_type": "image/png", "data": "aGk="}]),
             "Unable to process input image"),
            (interaction(response_format={**form, "mime_type": "text/plain"}), "application/json"),
            (interaction(response_format={**form, "schema": CONSTANT}), "unsupported keyword: const"),
        ):
            self.refused(INTERACTIONS, body, message)


class Ollama(Refusals):
    def test_fields(self):
        self.accepted(OLLAMA, ollama(unknown=1, options={"temperature": 0.5}, format=SCHEMA))
        call = {"role": "assistant", "tool_calls": [{"function": {"name": "f", "arguments": "{}"}}]}
        for body, message in (
            (without(ollama(), "model"), "model is required"),
            (ollama(stream="no"), "cannot unmarshal into Go struct field ChatRequest.stream"),
            (ollama(messages=[user("x"), call]), "cannot unmarshal"),
            (ollama(format="yaml"), "invalid format"),
            (ollama(messages=[{**user("x"), "images": ["a"]}]), "illegal base64 data"),
            (ollama(model="llama3.2", think=True), "does not support thinking"),
            (ollama(model="nomic-embed-text"), "does not support chat"),
        ):
            self.assertEqual(list(self.refused(OLLAMA, body, message)), ["error"])
        self.refused(OLLAMA, ollama(model="gpt-oss"), "model 'gpt-oss' not found", 404)


if __name__ == "__main__":
    unittest.main()
