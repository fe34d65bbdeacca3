"""A request that the real provider would refuse."""


class Refused(Exception):
    def __init__(self, status, message, code=None, param=None, kind=None, retry_after=None):
        super().__init__(message)
        self.status, self.message = status, message
        self.code, self.param, self.kind = code, param, kind
        self.retry_after = retry_after
