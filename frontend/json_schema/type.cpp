#include "frontend/json_schema/type.h"

namespace pflow::json_schema {

std::string Type::whole() const {
  if (!nullable) return text;
  return text.find(" | ") != text.npos && text.front() == '"' ? '(' + text + ")?" : text + '?';
}

}  // namespace pflow::json_schema
