/// The variants of a sum type, and what tells them apart in JSON.
#pragma once

#include <vector>

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Collects the records of a union. `tag` is the member that tells them apart, empty: `type`.
class Variants {
 public:
  Variants(Context& ctx, const ast::Tag& tag) : ctx_(ctx), tag_(tag) {}
  /// A record, or all of a sum. False after a report: another one cannot be told from it.
  bool add(const ast::TypeExpr& part, ir::TypeId type);
  [[nodiscard]] ir::TypeId sum();

 private:
  bool add_record(const ast::TypeExpr& part, ir::TypeId record);
  [[nodiscard]] std::string_view key() const { return tag_.text.empty() ? "type" : tag_.text; }
  [[nodiscard]] std::string tag_of(ir::TypeId record) const;
  bool check_fields(const ast::TypeExpr& part, ir::TypeId record);
  bool check_tag(const ast::TypeExpr& part, ir::TypeId record);

  Context& ctx_;
  const ast::Tag& tag_;
  std::vector<ir::TypeId> records_;
};

/// The type of `type X = … by "tag"`: what is no sum type is reported.
[[nodiscard]] ir::TypeId tagged_sum(Context& ctx, const ast::AliasDecl& alias, ir::TypeId type);

}  // namespace pflow::sema
