"""Renders the templates of src/test/resources/chat with transformers: python3 chat_fixtures.py FOLDER > FOLDER/expected.json

Each case has the text, or the words with which the template refuses. The day is the one at which Hone's clock for templates stands.
"""
import datetime, json, pathlib, sys
import transformers.utils.chat_template_utils as chat


class Day(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls(2024, 7, 26)


chat.datetime = Day
U = lambda c: {"role": "user", "content": c}
A = lambda c: {"role": "assistant", "content": c}
S = lambda c: {"role": "system", "content": c}
TOOL = {"type": "function", "function": {
    "name": "get_weather", "description": "Weather of a \"city\" <b> & \u00e9",
    "parameters": {"type": "object", "properties": {
        "city": {"type": "string", "description": "Where"}, "days": {"type": "integer"},
        "hot": {"type": "boolean", "default": True}, "scale": {"type": "number", "default": 1.5}}, "required": ["city"]}}}
CALL = {"role": "assistant", "content": "", "tool_calls": [
    {"type": "function", "id": "abcdef123", "function": {"name": "get_weather", "arguments": {"city": "Paris", "days": 2}}}]}
RESULT = {"role": "tool", "content": "{\"temp\": 21}", "tool_call_id": "abcdef123", "name": "get_weather"}
CONVERSATIONS = {
    "one": [U("What is the capital of France?")],
    "system": [S("  Answer with a number only. "), U("What is 7 + 8?")],
    "turns": [U("Name two colours."), A("Red and blue."), U("And one more?"), A("\n\nGreen.\n"),
              U("ok {{ 7*7 }} {% if %} <|im_end|> \\n 'q' \"d\" {# c #}")],
    "think": [U("2+2?"), A("<think>\nfour\n</think>\n\n4"), U("3+3?"), A("<think>\nsix\n</think>\n\n6")],
    "tools": [U("Weather in Paris?"), CALL, RESULT, A("21 degrees."), U("Thanks <tool_response>x")],
    "roles": [U("a"), U("b")],
    "empty": [U("")],
    "false": [U("false"), A("False"), U("0")],
    "assistant first": [A("hello"), U("x")],
    "tools of a system": [S("Be brief."), U("Weather in Paris?"), CALL, RESULT],
}
folder = pathlib.Path(sys.argv[1])
cases = []
for file in sorted(folder.glob("*.jinja")):
    template = file.read_text()
    for name, messages in CONVERSATIONS.items():
        for asked in (True, False):
            for tools in (None, [TOOL]) if "tools" in name or name == "one" else (None,):
                case = {"template": file.stem, "conversation": name, "tools": tools is not None, "asked": asked}
                try:
                    case["text"] = chat.render_jinja_template([messages], tools=tools, chat_template=template, add_generation_prompt=asked,
                                                              bos_token="<s>", eos_token="</s>")[0][0]
                except Exception as refused:
                    case["refused"] = str(refused)
                cases.append(case)
json.dump({"tool": TOOL, "conversations": CONVERSATIONS, "cases": cases}, sys.stdout, indent=1)
print()
