print('print("a\0b")')
