import sys
sys.stdout.buffer.write(b'print("caf\xe9")\n')
