"""What the responses API refuses."""
from .openai_chat_rules import EFFORT, NAME, check_choice, check_image
from .openai_errors import bad, check as check_shape, check_sampling, check_schema
from .shapes import (anything, constant, either, fields, flag, integer, items, nullable, number, obj,
                     tagged, text)

IN_PARTS = {
    "input_text": fields({"type": anything, "text": text()}),
    "input_image": fields({"type": anything}, {"detail": text("auto", "low", "high", "original"),
                                               "image_url": nullable(text()),
                                               "file_id": nullable(text())}),
    "input_file": fields({"type": anything}, {"filename": text(), "file_data": text(),
                                              "file_url": text(), "file_id": nullable(text())}),
}
OUT_PARTS = {
    "output_text": fields({"type": anything, "text": text()},
                          {"annotations": items(obj), "logprobs": items(anything)}),
    "refusal": fields({"type": anything, "refusal": text()}),
}


def message(parts):
    return fields({"role": anything,
                   "content": either(string=anything, array=items(tagged("type", parts)))},
                  {"type": constant("message"), "id": text(), "status": text(),
                   "phase": nullable(text("commentary", "final_answer"))})


STATUS = nullable(text("in_progress", "completed", "incomplete"))
SUMMARY = fields({"type": constant("summary_text"), "text": text()})
ITEMS = {
    "message": tagged("role", {"user": message(IN_PARTS), "system": message(IN_PARTS),
                               "developer": message(IN_PARTS), "assistant": message(OUT_PARTS)}),
    "reasoning": fields({"type": anything, "id": text(pattern="rs_.*"), "summary": items(SUMMARY)},
                        {"encrypted_content": nullable(text()),
                         "content": nullable(items(obj)), "status": STATUS}),
    "function_call": fields({"type": anything, "call_id": text(at_least=1), "name": NAME,
                             "arguments": text()}, {"id": text(pattern="fc_.*"), "status": STATUS,
                                                    "caller": nullable(obj), "async": flag,
                                                    "namespace": text()}),
    "function_call_output": fields({"type": anything, "call_id": text(at_least=1),
                                    "output": either(string=anything,
                                                     array=items(tagged("type", IN_PARTS)))},
                                   {"id": nullable(text()), "status": STATUS}),
}
TOOL = fields({"type": constant("function"), "name": NAME},
              {"description": nullable(text()), "parameters": nullable(obj), "strict": nullable(flag),
               "async": flag})
FORMATS = {
    "text": fields({"type": anything}),
    "json_object": fields({"type": anything}),
    "json_schema": fields({"type": anything, "name": NAME, "schema": obj},
                          {"strict": nullable(flag), "description": text()}),
}
INCLUDE = text("reasoning.encrypted_content", "message.output_text.logprobs",
               "message.input_image.image_url", "file_search_call.results",
               "web_search_call.action.sources", "code_interpreter_call.outputs",
               "computer_call_output.output.image_url")
BODY = fields({"model": text(at_least=1), "input": either(
    string=anything, array=items(tagged("type", ITEMS, default="message"), 1))}, {
        "instructions": nullable(text()), "max_output_tokens": nullable(integer(16)),
        "max_tool_calls": nullable(integer(1)), "metadata": nullable(obj),
        "parallel_tool_calls": nullable(flag), "prompt_cache_key": nullable(text()),
        "prompt_cache_options": obj, "include": nullable(items(INCLUDE)),
        "reasoning": nullable(fields({}, {"effort": nullable(EFFORT), "summary": nullable(
            text("auto", "concise", "detailed")), "mode": text("standard", "pro"),
                                          "context": nullable(text("auto", "current_turn",
                                                                   "all_turns"))})),
        "safety_identifier": nullable(text()), "service_tier": nullable(text()),
        "store": nullable(flag), "stream": nullable(flag),
        "stream_options": nullable(fields({}, {"include_obfuscation": flag})),
        "temperature": nullable(number(0, 2)), "top_p": nullable(number(0, 1)),
        "top_logprobs": nullable(integer(0, 20)),
        "text": fields({}, {"format": tagged("type", FORMATS),
                            "verbosity": nullable(text("low", "medium", "high"))}),
        "tools": items(TOOL, 0, 128), "truncation": nullable(text("auto", "disabled")),
        "tool_choice": either(string=text("none", "auto", "required"), object=fields(
            {"type": constant("function"), "name": NAME})),
        "user": text(),
    })


def check(call):
    body = call.body
    check_shape(BODY, body)
    effort = (body.get("reasoning") or {}).get("effort")
    check_sampling(body, effort, ("temperature", "top_p", "top_logprobs"))
    check_schemas(body)
    if isinstance(body["input"], list):
        check_order(body["input"])
        check_reasoning(call, body["input"])
        check_images(body["input"])


def check_schemas(body):
    form = (body.get("text") or {}).get("format", {})
    if form.get("type") == "json_schema":
        check_schema(form["schema"], f"response_format '{form['name']}'", "text.format.schema",
                     "invalid_json_schema", form.get("strict"))
    for index, tool in enumerate(body.get("tools", [])):
        # here `strict` is meant unless it is refused
        check_schema(tool.get("parameters") or {}, f"function '{tool['name']}'",
                     f"tools[{index}].parameters", "invalid_function_parameters",
                     tool.get("strict", True))
    choice = body.get("tool_choice")
    if isinstance(choice, dict):
        check_choice(choice["name"], [tool["name"] for tool in body.get("tools", [])])


def check_order(given):
    calls, results = set(), set()
    for item in given:
        kind, call = item.get("type"), item.get("call_id")
        if kind == "function_call":
            calls.add(call)
        if kind == "function_call_output":
            if call not in calls:
                raise bad(f"No tool call found for function call output with call_id {call}.",
                          param="input")
            results.add(call)
    for call in calls - results:
        raise bad(f"No tool output found for function call {call}.", param="input")


def check_reasoning(call, given):
    """A call comes back with the thoughts that led to it, unchanged."""
    sent = set()
    for item in given:
        if item.get("type") == "reasoning":
            check_thought(call, item)
            sent.add(item["id"])
        if item.get("type") == "function_call":
            for name in call.issued.missing(item["call_id"], sent):
                raise bad(f"Item '{item.get('id', item['call_id'])}' of type 'function_call' was "
                          f"provided without its required 'reasoning' item: '{name}'.", param="input")


def check_thought(call, item):
    secret = item.get("encrypted_content")
    if item["id"] not in call.issued.thoughts:
        raise bad(f"Item with id '{item['id']}' not found.", param="input")
    if secret is not None and secret != call.issued.thoughts[item["id"]]:
        raise bad(f"The encrypted content for item {item['id']} could not be verified. Reason: "
                  "Encrypted content could not be decrypted or parsed.", "invalid_encrypted_content")
    if secret is None and call.body.get("store") is False:
        raise bad(f"Item with id '{item['id']}' not found. Items are not persisted when `store` is set "
                  "to false.", param="input")


def check_images(given):
    for index, item in enumerate(given):
        content = item.get("content")
        for at, part in enumerate(content if isinstance(content, list) else []):
            if part.get("type") == "input_image" and part.get("image_url"):
                check_image(part["image_url"], f"input[{index}].content[{at}].image_url")

