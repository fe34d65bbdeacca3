print("flow main() {\n  let x = 1" + " + 1" * 200_000 + "\n  print(x)\n}")
