"""A mock of model providers for tests: it answers, and refuses, as the real ones do."""
from .answer import Answer, Delivery, Drop, Failure, Hang, Raw, Reasoning, ToolCall, Usage
from .server import ModelMock

__all__ = ["Answer", "Delivery", "Drop", "Failure", "Hang", "ModelMock", "Raw", "Reasoning", "ToolCall",
           "Usage"]
