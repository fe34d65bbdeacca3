/// What providers of models hold an answer to in their strict form.
#pragma once

#include <stddef.h>

namespace pflow::tables {

struct SchemaLimits {
  const char* word;  ///< before the `/` of a model
  const char* shown;
  const char* models;  ///< how the ids of its models begin, a blank behind each
  size_t properties, depth, literals, letters;  ///< 0: no bound is known; beyond, it refuses
  size_t unions;                                ///< optionals and sums; 0: no bound is known
  bool recursion;                               ///< a type may hold itself
  bool open;                                    ///< maps and `json` have a form
  const char* otherwise;  ///< what is done beyond the bounds of the last three
};

inline constexpr SchemaLimits kOpenAiLimits = {
    "openai",
    "OpenAI",
    "gpt- chatgpt- o1 o3 o4 ",
    5000,
    10,
    1000,
    120'000,
    0,
    true,
    false,
    "the schema is sent as a hint then, and the answer is checked in any case"};
inline constexpr SchemaLimits kAnthropicLimits = {
    "anthropic",
    "Anthropic",
    "claude- ",
    0,
    0,
    0,
    0,
    16,
    false,
    false,
    "the shape is told in the prompt then, and the answer is checked in any case"};
inline constexpr SchemaLimits kSchemaLimits[] = {kOpenAiLimits, kAnthropicLimits};

}  // namespace pflow::tables
