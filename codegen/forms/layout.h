/// How the language's types look in memory and in registers: the forms that
/// pflow/abi.h lays down, as LLVM types.
#pragma once

#include <map>
#include <vector>

#include "codegen/forms/abi_types.h"
#include "ir/types.h"

namespace pflow::codegen {

class Layout {
 public:
  Layout(const ir::TypeTable& table, const AbiTypes& abi, const llvm::DataLayout& data);

  [[nodiscard]] llvm::Type* of(ir::TypeId type);
  /// A struct with these types as fields, in C's layout.
  [[nodiscard]] llvm::StructType* aggregate(const std::vector<ir::TypeId>& types);

  [[nodiscard]] uint64_t size(llvm::Type* type) const;
  [[nodiscard]] uint64_t align(llvm::Type* type) const;
  [[nodiscard]] uint64_t offset(llvm::StructType* type, unsigned field) const;

  [[nodiscard]] const ir::TypeTable& table() const { return table_; }
  /// Whether a value of it may own counted memory.
  [[nodiscard]] bool counted(ir::TypeId type) const;
  /// Whether an optional is a list of one or none, as its record holds itself.
  [[nodiscard]] bool boxed(ir::TypeId type) const;

 private:
  [[nodiscard]] llvm::Type* make(ir::TypeId id);

  const ir::TypeTable& table_;
  const AbiTypes& abi_;
  const llvm::DataLayout& data_;
  std::vector<llvm::Type*> made_;  ///< by TypeId
  mutable std::map<uint32_t, bool> boxed_;
};

}  // namespace pflow::codegen
