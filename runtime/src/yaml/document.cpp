#include <yaml.h>

#include "pflow/yaml.hpp"
#include "runtime/src/yaml/syntax_words.h"
#include "runtime/src/yaml/tree_builder.h"

namespace pflow {
namespace {

/// False: `problem` says why.
bool read_events(yaml_parser_t& parser, std::string_view bytes, YamlTreeBuilder& builder,
                 YamlProblem& problem) {
  for (bool at_end = false; !at_end;) {
    yaml_event_t event;
    if (!yaml_parser_parse(&parser, &event)) {
      problem = syntax_problem(parser, bytes);
      return false;
    }
    at_end = event.type == YAML_STREAM_END_EVENT;
    bool taken = builder.take(event);
    yaml_event_delete(&event);
    if (!taken) {
      problem = builder.problem();
      return false;
    }
  }
  return true;
}

}  // namespace

YamlDocument::YamlDocument(std::string_view bytes) {
  rt::Arena arena;
  YamlTreeBuilder builder(arena);
  yaml_parser_t parser;
  if (!yaml_parser_initialize(&parser)) pf_out_of_memory();
  yaml_parser_set_input_string(&parser, reinterpret_cast<const yaml_char_t*>(bytes.data()),
                               bytes.size());
  if (read_events(parser, bytes, builder, problem_)) root_ = builder.root();
  yaml_parser_delete(&parser);
  memory_ = arena.take();
}

YamlDocument::~YamlDocument() {
  rt::Arena::release(memory_);
  pf_str_release(problem_.message);
}

}  // namespace pflow
