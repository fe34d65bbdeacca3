/// Scalars as YAML that every reader of version 1.1 and 1.2 takes for the same text. ASCII alone is
/// written, as PyYAML does: who opens the file need not know its encoding.
#pragma once

#include <string_view>

#include "runtime/src/values/buffer.h"

namespace pflow {

/// Adds a text as the value of a key or an item, without the line's end. Lines of a text that has
/// several are indented by `indent` blanks.
void add_yaml_text(rt::Buffer& out, std::string_view text, size_t indent);
/// The same of bytes that are no UTF-8: `!!binary`, in lines of 76 digits.
void add_yaml_bytes(rt::Buffer& out, std::string_view bytes, size_t indent);

}  // namespace pflow
