#include "runtime/src/yaml/syntax_words.h"

#include "runtime/src/values/buffer.h"

namespace pflow {
namespace {

struct Words {
  const char* context;  ///< of libyaml; null: any
  const char* problem;
  const char* ours;
  bool at_context = false;  ///< where it begins tells more than where it was noticed
};
constexpr Words kWords[] = {
    {"while scanning a quoted scalar", "found unexpected end of stream",
     "the quoted text is not closed", true},
    {"while scanning a quoted scalar", "found unexpected document indicator",
     "the quoted text is not closed", true},
    {nullptr, "found unknown escape character", "an unknown escape in a quoted text"},
    {nullptr, "did not find expected hexdecimal number", "an escape lacks hexadecimal digits"},
    {nullptr, "found invalid Unicode character escape code", "an escape that is no character"},
    {nullptr, "mapping values are not allowed in this context",
     "a `:` cannot stand here: a text that holds `: ` is quoted, a map begins on its own line"},
    {nullptr, "mapping keys are not allowed in this context", "a key cannot stand here"},
    {nullptr, "block sequence entries are not allowed in this context",
     "an item of a list cannot stand here: it begins on its own line"},
    {nullptr, "could not find expected ':'", "a key without its `:`", true},
    {nullptr, "did not find expected key",
     "the indentation fits neither the map that is open here nor one around it"},
    {nullptr, "did not find expected '-' indicator",
     "the indentation fits neither the list that is open here nor one around it"},
    {nullptr, "did not find expected ',' or ']'", "the list is not closed by `]`", true},
    {nullptr, "did not find expected ',' or '}'", "the map is not closed by `}`", true},
    {nullptr, "did not find expected node content", "a value is expected here"},
    {nullptr, "did not find expected <document start>", "nothing may follow the value"},
    {nullptr, "found character that cannot start any token",
     "no value begins like this: quote the text, and indent with blanks, not with tabs"},
    {nullptr, "found a tab character that violates indentation",
     "lines are indented with blanks, not with tabs"},
    {nullptr, "found a tab character where an indentation space is expected",
     "lines are indented with blanks, not with tabs"},
    {nullptr, "found undefined tag handle", "a tag whose handle is not declared"},
    {nullptr, "found incompatible YAML document", "another version of YAML than 1.1 or 1.2"},
    {nullptr, "control characters are not allowed", "a control character; escape it in quotes"},
    {nullptr, "invalid leading UTF-8 octet", "no UTF-8"},
    {nullptr, "invalid trailing UTF-8 octet", "no UTF-8"},
    {nullptr, "incomplete UTF-8 octet sequence", "UTF-8 that is cut"},
    {nullptr, "invalid length of a UTF-8 sequence", "no UTF-8"},
    {nullptr, "invalid Unicode character", "no UTF-8"},
};

bool same(const char* a, const char* b) { return a && b && strcmp(a, b) == 0; }

const Words* words_of(const yaml_parser_t& parser) {
  for (const Words& words : kWords)
    if (same(words.problem, parser.problem) &&
        (!words.context || same(words.context, parser.context)))
      return &words;
  return nullptr;
}

/// What is no text is told by its offset alone.
void set_place(YamlProblem& problem, std::string_view bytes, size_t offset) {
  for (size_t i = 0; i < offset && i < bytes.size(); ++i) {
    if (bytes[i] == '\n') {
      ++problem.line;
      problem.column = 1;
    } else if ((static_cast<unsigned char>(bytes[i]) & 0xc0) != 0x80) {
      ++problem.column;
    }
  }
}

void set_place(YamlProblem& problem, const yaml_mark_t& mark) {
  problem.line = static_cast<uint32_t>(mark.line + 1);
  problem.column = static_cast<uint32_t>(mark.column + 1);
}

}  // namespace

YamlProblem syntax_problem(const yaml_parser_t& parser, std::string_view bytes) {
  if (parser.error == YAML_MEMORY_ERROR) pf_out_of_memory();
  YamlProblem problem;
  const Words* words = words_of(parser);
  if (parser.error == YAML_READER_ERROR)
    set_place(problem, bytes, parser.problem_offset);
  else
    set_place(problem, words && words->at_context ? parser.context_mark : parser.problem_mark);
  rt::Buffer message;
  if (words)
    message.add(words->ours);
  else
    message.format("no YAML: %s", parser.problem ? parser.problem : "it cannot be read");
  problem.message = message.take();
  return problem;
}

}  // namespace pflow
