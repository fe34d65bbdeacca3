#include "frontend/sema/depth.h"

#include <utility>
#include <vector>

#include "frontend/sema/tree_walk.h"

namespace pflow::sema {

namespace {

bool check_expr_depth(const ast::Expr& root, Diagnostics& diagnostics) {
  std::vector<std::pair<const ast::Expr*, size_t>> open = {{&root, 1}};
  while (!open.empty()) {
    auto [expr, depth] = open.back();
    open.pop_back();
    if (depth > kMaxDepth) {
      diagnostics.report(diag::too_deep, expr->span, kMaxDepth)
          .label("the innermost part that fits not")
          .help("keep parts of it in keys, with `let`");
      return false;
    }
    for_each_child(*expr, [&](const ast::Expr& child) { open.emplace_back(&child, depth + 1); });
  }
  return true;
}

}  // namespace

bool check_depth(const ast::File& file, Diagnostics& diagnostics) {
  bool fits = true;
  for (const ast::Decl* decl : file.decls)
    for_each_root(*decl, [&](const ast::Expr& root) {
      fits = check_expr_depth(root, diagnostics) && fits;
    });
  return fits;
}

}  // namespace pflow::sema
