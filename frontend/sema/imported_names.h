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

/// Whether `name` stands for something that an import keeps private: reported.
[[nodiscard]] bool report_private(Context& ctx, const ast::Name& name);

/// `notes.Entry` as one name; a `module` of none leaves the name as it is.
[[nodiscard]] ast::Name imported_name(const Context& ctx, Symbol module, ast::Name name);

}  // namespace pflow::sema
