/// The types that a JSON Schema describes, for `--schema-from` and for answers of models.
#pragma once

#include <string>

#include "support/file_system.h"
#include "support/result.h"

namespace pflow::schema {

struct SchemaTypes {
  std::string name;          ///< of the type of the whole
  std::string declarations;  ///< its declaration, and those that it needs
};

/// Of a file, named by the `title` in it, else by its own name. The message of a failure names the
/// file.
[[nodiscard]] Result<SchemaTypes> schema_types(const std::string& path, FileSystem& files);

}  // namespace pflow::schema
