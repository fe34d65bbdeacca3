import difflib

from pflow_node import Failure, node, serve


@node
def nearest(word, known):
    if not word:
        raise Failure("value", "the word is empty")
    near = difflib.get_close_matches(word, known, n=1, cutoff=0.5)
    share = difflib.SequenceMatcher(None, word, near[0]).ratio() if near else 0.0
    return {"near": near[0] if near else None, "share": round(share, 2)}


serve()
