def pages(pflowc):
    return {}
