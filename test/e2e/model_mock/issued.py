"""What the mock gave out and wants back unchanged: calls, and the reasoning that led to them."""


class Issued:
    def __init__(self):
        self.reasoning = {}  # opaque data: the text of the thought
        self.leading = {}  # id of a call: the opaque data that came before it

    def remember(self, answer, ids):
        opaque = [thought.opaque for thought in answer.reasoning if thought.opaque]
        for thought in answer.reasoning:
            if thought.opaque:
                self.reasoning[thought.opaque] = thought.text
        for call in ids:
            self.leading[call] = opaque
