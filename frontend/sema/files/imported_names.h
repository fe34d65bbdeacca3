/// The names that imports bring.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// An import and the file that it names.
struct ImportLink {
  const ast::Import* import = nullptr;
  const ast::File* file = nullptr;
};

/// Fills Context::visible for one file of the program. A name that would stand for two
/// declarations is reported.
void bring_names(Context& ctx, const ast::File& file, const std::vector<ImportLink>& links);

/// Reports a key, label or parameter that has the name of an import.
void check_not_import(Context& ctx, const ast::Name& name);

/// Whether nothing more is to say of a `name` that was not found: an import keeps it
/// private (reported here), or what it names was reported where it is declared.
[[nodiscard]] bool explain_import(Context& ctx, const ast::Name& name);

/// The import behind which the name was looked for, as second place of a report.
void show_import(DiagnosticBuilder& report, const Context& ctx, const ast::Name& name);

/// Whether the name begins with that of a key, as of one that shadows an import.
[[nodiscard]] bool begins_with_key(const Context& ctx, const Scope* scope, const ast::Name& name);

/// `notes.Entry` as one name; a `module` of none leaves the name as it is.
[[nodiscard]] ast::Name imported_name(const Context& ctx, Symbol module, ast::Name name);

}  // namespace pflow::sema
