#include "codegen/forms/constants.h"

namespace pflow::codegen {

llvm::Constant* Constants::c_text(std::string_view text) {
  auto [at, fresh] = texts_.try_emplace(std::string(text));
  if (fresh) {
    llvm::Constant* bytes =
        llvm::ConstantDataArray::getString(module_.getContext(), {text.data(), text.size()});
    llvm::GlobalVariable* made = global(bytes->getType(), bytes);
    made->setAlignment(llvm::Align(1));
    made->setName("text");
    at->second = made;
  }
  return at->second;
}

llvm::Constant* Constants::str(std::string_view text) {
  if (text.empty()) return llvm::Constant::getNullValue(types_.str);
  return llvm::ConstantStruct::get(types_.str,
                                   {c_text(text), i64(static_cast<int64_t>(text.size())), null()});
}

llvm::Constant* Constants::array(llvm::Type* element, llvm::ArrayRef<llvm::Constant*> elements) {
  if (elements.empty()) return null();
  auto* type = llvm::ArrayType::get(element, elements.size());
  return global(type, llvm::ConstantArray::get(type, elements));
}

llvm::GlobalVariable* Constants::global(llvm::Type* type, llvm::Constant* value) {
  auto* made =
      new llvm::GlobalVariable(module_, type, true, llvm::GlobalValue::PrivateLinkage, value);
  made->setUnnamedAddr(llvm::GlobalValue::UnnamedAddr::Global);
  return made;
}

}  // namespace pflow::codegen
