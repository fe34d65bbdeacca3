/// Constant type descriptors: one pf_type per type that the runtime gets to see.
#pragma once

#include <map>
#include <utility>
#include <vector>

#include "codegen/forms/constants.h"
#include "codegen/forms/layout.h"

namespace pflow::codegen {

class Descriptors {
 public:
  Descriptors(Constants& constants, Layout& layout, const AbiTypes& types, ir::TypeTable& table)
      : constants_(constants), layout_(layout), types_(types), table_(table) {}

  /// Gives a record's field its default, `bool default_value(void* out)`, before the
  /// record is described.
  void set_default(ir::TypeId record, uint32_t field, llvm::Function* function) {
    defaults_[{record.index, field}] = function;
  }

  /// A pointer to the pf_type of `type`.
  llvm::Constant* of(ir::TypeId type);
  /// A pointer to pf_fields with the layout of `aggregate`, whose fields have these
  /// names and types; `record` is the schema that they are of, if any.
  llvm::Constant* fields(const std::vector<ir::Field>& fields, llvm::StructType* aggregate,
                         ir::TypeId record = {});

 private:
  llvm::Constant* describe(ir::TypeId id, const ir::Type& type);
  llvm::Constant* text_or_null(const std::string& text);
  llvm::Constant* element(ir::TypeId id, const ir::Type& type);
  llvm::Constant* literals(const ir::Type& type);
  llvm::Constant* variants(const ir::Type& type);
  llvm::Constant* default_value(ir::TypeId record, unsigned field);

  Constants& constants_;
  Layout& layout_;
  const AbiTypes& types_;
  ir::TypeTable& table_;
  std::map<std::pair<uint32_t, uint32_t>, llvm::Function*> defaults_;  ///< record and field
  std::vector<llvm::GlobalVariable*> made_;                            ///< by TypeId
};

}  // namespace pflow::codegen
