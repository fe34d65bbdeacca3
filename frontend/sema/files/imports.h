/// Pass 1: the files that the program imports, and those that these import.
/// Needs: the program's tree, at Checked::files[0]. Gives: the imported files behind it,
/// each once however many imports name it, and Context::visible of all of them.
#pragma once

#include "frontend/parse/parse.h"
#include "frontend/sema/context.h"

namespace pflow::sema {

/// False after a report: nothing else can be said of a program that lacks a file.
[[nodiscard]] bool load_imports(Context& ctx, ParseIds& ids);

}  // namespace pflow::sema
