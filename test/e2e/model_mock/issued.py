"""What the mock gave out and wants back unchanged: calls, and the thoughts that led to them."""


class Issued:
    def __init__(self):
        self.thoughts = {}  # by what names one (an id, a signature): what it said
        self.before = {}  # by the id of a call: the names of the thoughts before it

    def remember(self, thoughts, calls):
        self.thoughts.update(thoughts)
        for call in calls:
            self.before[call] = list(thoughts)

    def missing(self, call, sent):
        """The thoughts that must come back with a call and did not."""
        return [name for name in self.before.get(call, []) if name not in sent]
