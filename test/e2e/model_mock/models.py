"""Which models there are, and what the real ones refuse."""
import re
from dataclasses import dataclass

REASONING = ("low", "medium", "high")


@dataclass(frozen=True)
class OpenAiModel:
    """`efforts` is empty for a model that does not reason."""

    efforts: tuple = ()
    default_effort: str = "none"
    chat_tools: bool = True  # false: tools with the Responses API only
    only_responses: bool = False


@dataclass(frozen=True)
class AnthropicModel:
    most_tokens: int = 64_000
    sampling: bool = True
    thinking: tuple = ("enabled", "disabled")
    efforts: tuple = ()
    prefill: bool = True
    forced_tools: bool = True
    structured: bool = True


@dataclass(frozen=True)
class GeminiModel:
    levels: tuple = ()
    budget: bool = False
    signatures: bool = False  # calls are refused without the signature they came with


OPENAI = (
    (r"gpt-6\.2-\w+|gpt-6\.1-sol|gpt-6-astra",
     OpenAiModel(("low", "medium", "high", "xhigh", "max"), "medium", chat_tools=False)),
    (r"gpt-6[\w.-]*",
     OpenAiModel(("none", "low", "medium", "high", "xhigh", "max"), "medium", chat_tools=False)),
    (r"gpt-5\.\d[\w.-]*", OpenAiModel(("none", *REASONING, "xhigh"), "none")),
    (r"gpt-5[\w.-]*", OpenAiModel(("minimal", *REASONING), "medium")),
    (r"o[134](-mini|-pro)?(-\d.*)?", OpenAiModel(REASONING, "medium")),
    (r"gpt-4[\w.-]*|gpt-3\.5[\w.-]*", OpenAiModel()),
)

NEWEST = AnthropicModel(128_000, sampling=False, thinking=("adaptive", "disabled", "between_tools"),
                        efforts=("low", "medium", "high", "xhigh", "max"), prefill=False)
ANTHROPIC = (
    (r"claude-(fable|mythos)-[\w-]+",
     AnthropicModel(128_000, False, ("adaptive", "between_tools"), NEWEST.efforts, False, False)),
    (r"claude-opus-(4-[78]|[5-9])[\w-]*|claude-(sonnet|haiku)-[5-9][\w-]*", NEWEST),
    (r"claude-(opus|sonnet)-4-6[\w-]*",
     AnthropicModel(128_000, True, ("enabled", "adaptive", "disabled"),
                    ("low", "medium", "high", "max"), prefill=False)),
    (r"claude-opus-4-5[\w-]*", AnthropicModel(efforts=REASONING)),
    (r"claude-(sonnet|haiku)-4-5[\w-]*", AnthropicModel()),
    (r"claude-3[\w-]*", AnthropicModel(8_192, thinking=("disabled",), structured=False)),
)

GEMINI = (
    (r"gemini-3[\w.-]*", GeminiModel(("minimal", *REASONING), budget=True, signatures=True)),
    (r"gemini-2\.5[\w.-]*", GeminiModel(budget=True)),
)

OLLAMA = ("llama3.2:latest", "qwen3:latest", "nomic-embed-text:latest")
OPENAI_EMBEDDINGS = {"text-embedding-3-small": 1536, "text-embedding-3-large": 3072,
                     "text-embedding-ada-002": 1536}
GEMINI_EMBEDDINGS = {"gemini-embedding-001": 3072, "gemini-embedding-2": 3072}


def find(table, name):
    """What is known of a model, None when there is none of that name."""
    for pattern, model in table:
        if re.fullmatch(pattern, name):
            return model
    return None
