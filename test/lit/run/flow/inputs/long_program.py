"""A program of more ops than are compiled as one."""
COUNT = 150

print("""node shout(text: str, n: int) -> str = "${text}!${n}"
node down(n: int) -> int = if n == 0 { 0 } else { 1 + down(n - 1) }
""")
for i in range(COUNT):
    print(f"""flow wait_{i}(words: [str]) -> made {{
  words >> each word with (parallel: 2) {{
    sleep(0s)
    shout(word, {i})
  }} -> shouted
  let made = shouted.join(" ")
}}
flow pipe_{i}(numbers: [int]) -> total {{
  numbers >> each n {{ n + {i} }} -> moved
  let total = moved.map(n => n * {i + 1}).fold(0, (all, n) => all + n)
}}
flow both_{i}() -> (left: int, right: int) {{
  let left = 0
  let right = 0
  par {{
    left = {i}
    right = down({i + 1})
  }}
}}
flow fail_{i}() -> text {{
  let text = "x{i}"
  parse_json("[{i}") -> value as reading
  reading - "error" >> {{ text = error.kind }} >> end
  text = "${{value}}"
}}""")
print("flow main() {")
for i in range(COUNT):
    print(f"""  wait_{i}(["a", "b"]) -> waited_{i}
  print("waited {i}: ${{waited_{i}}}")
  pipe_{i}([0, 1]) -> piped_{i}
  print("piped {i}: ${{piped_{i}}}")
  both_{i}() -> {{ left: left_{i}, right: right_{i} }}
  print("both {i}: ${{left_{i}}} ${{right_{i}}}")
  fail_{i}() -> failed_{i}
  print("failed {i}: ${{failed_{i}}}")""")
print("""  print("deep: ${down(200)}")
  ["x"] >> each x with (on_error: skip) { x.len() } -> kept
  print(kept.len())
}""")
