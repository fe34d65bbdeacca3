/// Source text to AST. The only part of the compiler that sees ANTLR.
#pragma once

#include <memory>

#include "frontend/ast/ast.h"
#include "frontend/parse/parse_ids.h"
#include "support/diagnostics.h"
#include "support/interner.h"
#include "support/source.h"

namespace pflow {

/// What kind of file: a program, an interface (`extern node`, schemas), or the file of a package
/// that programs import, which may hold what either does.
enum class FileRole : uint8_t { Program, Interface, Package };

/// Parses one file. Never null, never throws, ends on any input: what could not
/// be parsed is reported and left out, or stands as ErrorExpr.
std::unique_ptr<ast::File> parse_file(FileId file, FileRole role, const SourceMap& sources,
                                      Interner& names, Diagnostics& diagnostics, ParseIds& ids);

}  // namespace pflow
