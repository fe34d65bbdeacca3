#include "codegen/forms/runtime_functions.h"

#include <llvm/ADT/StringSet.h>

namespace pflow::codegen {
namespace {

/// The argument and result types of abi.def, by their names there.
// NOLINTBEGIN(readability-identifier-naming)
enum class Kind : uint8_t {
  void_,
  bool_,
  i32,
  i64,
  f64,
  ptr,
  cptr,
  str_out,
  str_in,
  type,
  site,
  frame,
  call,
  none
};
// NOLINTEND(readability-identifier-naming)

struct Row {
  const char* name;
  Kind result;
  std::array<Kind, 5> arguments;
};

#define PF_ROW(result, name, a, b, c, d, e) \
  {#name, Kind::result, {Kind::a, Kind::b, Kind::c, Kind::d, Kind::e}},
constexpr Row kRows[] = {
#define PF_FN0(result, name) PF_ROW(result, name, none, none, none, none, none)
#define PF_FN1(result, name, a) PF_ROW(result, name, a, none, none, none, none)
#define PF_FN2(result, name, a, b) PF_ROW(result, name, a, b, none, none, none)
#define PF_FN3(result, name, a, b, c) PF_ROW(result, name, a, b, c, none, none)
#define PF_FN4(result, name, a, b, c, d) PF_ROW(result, name, a, b, c, d, none)
#define PF_FN5(result, name, a, b, c, d, e) PF_ROW(result, name, a, b, c, d, e)
#include "pflow/abi.def"
};
#undef PF_ROW

llvm::Type* llvm_type(Kind kind, const AbiTypes& types) {
  switch (kind) {
    case Kind::void_: return llvm::Type::getVoidTy(types.ptr->getContext());
    case Kind::bool_: return types.i1;
    case Kind::i32: return types.i32;
    case Kind::i64: return types.i64;
    case Kind::f64: return types.f64;
    case Kind::ptr:
    case Kind::cptr:
    case Kind::str_out:
    case Kind::str_in:
    case Kind::type:
    case Kind::site:
    case Kind::frame:
    case Kind::call:
    case Kind::none: return types.ptr;
  }
}

/// Reached on failures or when memory is freed: kept off the hot path.
bool is_cold(llvm::StringRef name) {
  return name.starts_with("pf_raise") || name == "pf_owner_free" || name == "pf_list_free";
}

/// Looks at memory and does nothing else.
bool only_reads(llvm::StringRef name) {
  static const llvm::StringSet<> kNames{"pf_str_equal",    "pf_str_compare", "pf_str_len",
                                        "pf_str_contains", "pf_value_equal", "pf_value_compare",
                                        "pf_list_contains"};
  return kNames.contains(name);
}

}  // namespace

RuntimeFunctions::RuntimeFunctions(llvm::Module& module, const AbiTypes& types)
    : module_(module), types_(types) {}

llvm::Function* RuntimeFunctions::get(Runtime function) {
  llvm::Function*& made = made_[static_cast<size_t>(function)];
  if (made == nullptr) made = declare(function);
  return made;
}

llvm::Function* RuntimeFunctions::declare(Runtime function) {
  const Row& row = kRows[static_cast<size_t>(function)];
  std::vector<llvm::Type*> arguments;
  for (Kind kind : row.arguments)
    if (kind != Kind::none) arguments.push_back(llvm_type(kind, types_));
  auto* type = llvm::FunctionType::get(llvm_type(row.result, types_), arguments, false);
  auto* made = llvm::Function::Create(type, llvm::GlobalValue::ExternalLinkage, row.name, module_);
  made->setDoesNotThrow();
  made->setDSOLocal(true);
  if (row.result == Kind::bool_) made->addRetAttr(llvm::Attribute::ZExt);
  for (unsigned i = 0; i < arguments.size(); ++i)
    if (row.arguments[i] == Kind::str_in || row.arguments[i] == Kind::str_out)
      made->addParamAttr(i, llvm::Attribute::NoCapture);
  if (is_cold(row.name)) made->addFnAttr(llvm::Attribute::Cold);
  if (only_reads(row.name)) {
    made->setMemoryEffects(llvm::MemoryEffects::readOnly());
    made->setWillReturn();
  }
  return made;
}

}  // namespace pflow::codegen
