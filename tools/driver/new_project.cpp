#include "tools/driver/new_project.h"

namespace pflow {
namespace {

constexpr std::string_view kFlow = R"(## Explain something in one sentence.
flow main(
  ## What to explain
  topic: str = "tea",
) -> answer {
  explain(topic) -> answer
}

flow explain(topic: str) -> answer {
  llm("Explain ${topic} in one sentence.") with (retries: 2) -> answer
}
)";

constexpr std::string_view kTest = R"(import "NAME.pf"

test "the model is asked for one sentence about the topic" {
  stub llm = (prompt) => "You said: ${prompt}"
  explain("rain") -> answer
  assert answer == "You said: Explain rain in one sentence."
}
)";

constexpr std::string_view kWorkflow = R"(name: test
on: [push, pull_request]
jobs:
  test:
    runs-on: ubuntu-latest
    steps:
      - uses: actions/checkout@v4
      # pflowc has to be on the PATH: of the runner's image, or by a step here. No key is needed:
      # tests ask no model.
      - run: pflowc test --junit results.xml
      - run: pflowc check -Werror NAME.pf
)";

constexpr std::string_view kIgnored = R"(/NAME
/results.xml
)";

std::string filled(std::string_view text, std::string_view name) {
  std::string result(text);
  for (size_t at; (at = result.find("NAME")) != std::string::npos;) result.replace(at, 4, name);
  return result;
}

}  // namespace

std::vector<ProjectFile> new_project(std::string_view name) {
  const std::string stem(name);
  return {{stem + ".pf", std::string(kFlow)},
          {stem + "_test.pf", filled(kTest, name)},
          {".github/workflows/test.yml", filled(kWorkflow, name)},
          {".gitignore", filled(kIgnored, name)}};
}

}  // namespace pflow
