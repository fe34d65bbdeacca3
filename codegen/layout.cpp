#include "codegen/layout.h"

namespace pflow::codegen {

Layout::Layout(const ir::TypeTable& table, const AbiTypes& abi, const llvm::DataLayout& data)
    : table_(table), abi_(abi), data_(data) {}

llvm::Type* Layout::of(ir::TypeId type) {
  if (made_.size() <= type.index) made_.resize(table_.size());
  if (made_[type.index] == nullptr) {
    llvm::Type* made = make(table_.get(type));
    made_[type.index] = made;
  }
  return made_[type.index];
}

llvm::StructType* Layout::aggregate(const std::vector<ir::TypeId>& types) {
  std::vector<llvm::Type*> fields;
  fields.reserve(types.size());
  for (ir::TypeId type : types) fields.push_back(of(type));
  return llvm::StructType::get(abi_.ptr->getContext(), fields);
}

llvm::Type* Layout::make(const ir::Type& type) {
  using ir::TypeKind;
  switch (type.kind) {
    case TypeKind::Str:
    case TypeKind::Bytes:
    case TypeKind::Path:
    case TypeKind::Secret:
    case TypeKind::Union: return abi_.str;
    case TypeKind::Int:
    case TypeKind::Duration: return abi_.i64;
    case TypeKind::Float: return abi_.f64;
    case TypeKind::Bool: return abi_.i1;
    case TypeKind::Cmd: return abi_.cmd;
    case TypeKind::List: return abi_.ptr;
    case TypeKind::Opt:
      return llvm::StructType::get(abi_.ptr->getContext(), {of(type.element), abi_.i1});
    case TypeKind::Record: {
      std::vector<ir::TypeId> fields;
      for (const ir::Field& field : type.fields) fields.push_back(field.type);
      return aggregate(fields);
    }
    case TypeKind::Error:
    case TypeKind::Void:
    case TypeKind::None:
    case TypeKind::Never: break;
  }
  return llvm::StructType::get(abi_.ptr->getContext(), {});
}

uint64_t Layout::size(llvm::Type* type) const { return data_.getTypeAllocSize(type); }
uint64_t Layout::align(llvm::Type* type) const { return data_.getABITypeAlign(type).value(); }
uint64_t Layout::offset(llvm::StructType* type, unsigned field) const {
  return data_.getStructLayout(type)->getElementOffset(field);
}

bool Layout::counted(ir::TypeId type) const {
  if (!table_.holds_reference(type)) return false;
  const ir::Type& full = table_.get(type);
  if (full.kind == ir::TypeKind::Opt) return counted(full.element);
  if (full.kind != ir::TypeKind::Record) return true;
  for (const ir::Field& field : full.fields)
    if (counted(field.type)) return true;
  return false;
}

}  // namespace pflow::codegen
