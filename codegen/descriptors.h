/// Constant type descriptors: one pf_type per type that the runtime gets to see.
#pragma once

#include <vector>

#include "codegen/constants.h"
#include "codegen/layout.h"

namespace pflow::codegen {

class Descriptors {
 public:
  Descriptors(Constants& constants, Layout& layout, const AbiTypes& types)
      : constants_(constants), layout_(layout), types_(types) {}

  /// A pointer to the pf_type of `type`.
  llvm::Constant* of(ir::TypeId type);
  /// A pointer to pf_fields with the layout of `aggregate`, whose fields have these
  /// names and types.
  llvm::Constant* fields(const std::vector<ir::Field>& fields, llvm::StructType* aggregate);

 private:
  llvm::Constant* describe(ir::TypeId id, const ir::Type& type);
  llvm::Constant* literals(const ir::Type& type);

  Constants& constants_;
  Layout& layout_;
  const AbiTypes& types_;
  std::vector<llvm::GlobalVariable*> made_;  ///< by TypeId
};

}  // namespace pflow::codegen
