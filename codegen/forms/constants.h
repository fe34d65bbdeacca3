/// Constant data that generated code points to; equal ones are made once.
#pragma once

#include <map>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>

#include "codegen/forms/abi_types.h"

namespace pflow::codegen {

class Constants {
 public:
  Constants(llvm::Module& module, const AbiTypes& types) : module_(module), types_(types) {}

  /// A pointer to a NUL-terminated text.
  llvm::Constant* c_text(std::string_view text);
  /// A pf_str without owner.
  llvm::Constant* str(std::string_view text);
  /// A pointer to an array of `elements`; null when there are none.
  llvm::Constant* array(llvm::Type* element, llvm::ArrayRef<llvm::Constant*> elements);
  /// A read-only global; `value` may be set later when null.
  llvm::GlobalVariable* global(llvm::Type* type, llvm::Constant* value);

  [[nodiscard]] llvm::ConstantInt* i32(uint64_t value) const {
    return llvm::ConstantInt::get(types_.i32, value);
  }
  [[nodiscard]] llvm::ConstantInt* i64(int64_t value) const {
    return llvm::ConstantInt::getSigned(types_.i64, value);
  }
  [[nodiscard]] llvm::ConstantInt* i1(bool value) const {
    return llvm::ConstantInt::get(types_.i1, value ? 1 : 0);
  }
  [[nodiscard]] llvm::Constant* null() const { return llvm::ConstantPointerNull::get(types_.ptr); }

 private:
  llvm::Module& module_;
  const AbiTypes& types_;
  std::unordered_map<std::string, llvm::Constant*> texts_;
};

}  // namespace pflow::codegen
