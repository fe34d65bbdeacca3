#include "codegen/forms/layout.h"

namespace pflow::codegen {

Layout::Layout(const ir::TypeTable& table, const AbiTypes& abi, const llvm::DataLayout& data)
    : table_(table), abi_(abi), data_(data) {}

llvm::Type* Layout::of(ir::TypeId type) {
  if (made_.size() <= type.index) made_.resize(table_.size());
  if (made_[type.index] == nullptr) {
    llvm::Type* made = make(type);
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

llvm::Type* Layout::make(ir::TypeId id) {
  using tables::Form;
  const ir::Type& type = table_.get(id);
  const tables::TypeFacts* facts = ir::facts_of(type.kind);
  if (facts == nullptr) return aggregate({});
  switch (facts->form) {
    case Form::Text: return abi_.str;
    case Form::Int: return abi_.i64;
    case Form::Float: return abi_.f64;
    case Form::Bool: return abi_.i1;
    case Form::Command:
    case Form::Query: return abi_.cmd;
    case Form::Json: return abi_.json;
    case Form::Sum: return abi_.sum;
    case Form::List:
    case Form::Map:
    case Form::Stream:
    case Form::Tool: return abi_.ptr;
    case Form::Opt:
      if (boxed(id)) return abi_.ptr;
      return llvm::StructType::get(abi_.ptr->getContext(), {of(type.element), abi_.i1});
    case Form::Record: break;
  }
  std::vector<ir::TypeId> fields;
  for (const ir::Field& field : type.fields) fields.push_back(field.type);
  return aggregate(fields);
}

uint64_t Layout::size(llvm::Type* type) const { return data_.getTypeAllocSize(type); }
uint64_t Layout::align(llvm::Type* type) const { return data_.getABITypeAlign(type).value(); }
uint64_t Layout::offset(llvm::StructType* type, unsigned field) const {
  return data_.getStructLayout(type)->getElementOffset(field);
}

bool Layout::counted(ir::TypeId type) const {
  if (!table_.holds_reference(type)) return false;
  const ir::Type& full = table_.get(type);
  if (full.kind == ir::TypeKind::Opt) return boxed(type) || counted(full.element);
  if (full.kind != ir::TypeKind::Record) return true;
  for (const ir::Field& field : full.fields)
    if (counted(field.type)) return true;
  return false;
}

bool Layout::boxed(ir::TypeId type) const {
  if (!table_.is(type, ir::TypeKind::Opt)) return false;
  auto [at, fresh] = boxed_.try_emplace(type.index, false);
  if (fresh) at->second = table_.is_boxed(type);
  return at->second;
}

}  // namespace pflow::codegen
