#include "codegen/forms/descriptors.h"

#include "pflow/abi.h"

namespace pflow::codegen {
namespace {

pf_kind abi_kind(ir::TypeKind kind) {
  const tables::TypeFacts* facts = ir::facts_of(kind);
  return facts == nullptr ? PF_STR : static_cast<pf_kind>(facts - tables::kTypes);
}

}  // namespace

llvm::Constant* Descriptors::of(ir::TypeId type) {
  if (made_.size() <= type.index) made_.resize(layout_.table().size());
  if (made_[type.index] == nullptr) {
    // Entered first: a record may hold a list of itself.
    made_[type.index] = constants_.global(types_.type, nullptr);
    made_[type.index]->setName("type." + layout_.table().name(type));
    made_[type.index]->setInitializer(describe(type, layout_.table().get(type)));
  }
  return made_[type.index];
}

llvm::Constant* Descriptors::describe(ir::TypeId id, const ir::Type& type) {
  llvm::Type* form = layout_.of(id);
  llvm::Constant* described = constants_.null();
  llvm::Constant* words = constants_.null();
  llvm::Constant* records = constants_.null();
  size_t count = layout_.boxed(id) ? 1 : 0;
  if (type.kind == ir::TypeKind::Record) {
    described = fields(type.fields, llvm::cast<llvm::StructType>(form), id);
    count = type.fields.size();
  } else if (type.kind == ir::TypeKind::Union) {
    words = literals(type);
    count = type.literals.size();
  } else if (type.kind == ir::TypeKind::Sum) {
    records = variants(type);
    count = type.variants.size();
  }
  return llvm::ConstantStruct::get(
      types_.type, {constants_.i32(abi_kind(type.kind)), constants_.i32(layout_.size(form)),
                    constants_.i32(layout_.align(form)), constants_.i32(layout_.counted(id)),
                    constants_.c_text(table_.name(id)), element(id, type), constants_.i32(count),
                    described, words, records, text_or_null(type.tag), text_or_null(type.doc)});
}

llvm::Constant* Descriptors::text_or_null(const std::string& text) {
  return text.empty() ? constants_.null() : constants_.c_text(text);
}

llvm::Constant* Descriptors::element(ir::TypeId id, const ir::Type& type) {
  if (table_.is(id, ir::TypeKind::Map)) return of(table_.key_value(type.element));
  return type.element.valid() ? of(type.element) : constants_.null();
}

llvm::Constant* Descriptors::fields(const std::vector<ir::Field>& fields,
                                    llvm::StructType* aggregate, ir::TypeId record) {
  std::vector<llvm::Constant*> made;
  for (unsigned i = 0; i < fields.size(); ++i) {
    const ir::Field& field = fields[i];
    made.push_back(llvm::ConstantStruct::get(
        types_.field, {constants_.c_text(field.name),
                       constants_.c_text(field.wire.empty() ? field.name : field.wire),
                       of(field.type), constants_.i32(layout_.offset(aggregate, i)),
                       constants_.c_text(field.doc), default_value(record, i)}));
  }
  return constants_.array(types_.field, made);
}

llvm::Constant* Descriptors::literals(const ir::Type& type) {
  std::vector<llvm::Constant*> made;
  for (const std::string& literal : type.literals) made.push_back(constants_.str(literal));
  return constants_.array(types_.str, made);
}

llvm::Constant* Descriptors::variants(const ir::Type& type) {
  std::vector<llvm::Constant*> made;
  for (ir::TypeId variant : type.variants) made.push_back(of(variant));
  return constants_.array(types_.ptr, made);
}

llvm::Constant* Descriptors::default_value(ir::TypeId record, unsigned field) {
  if (!record.valid()) return constants_.null();
  auto found = defaults_.find({record.index, field});
  return found == defaults_.end() ? constants_.null() : static_cast<llvm::Constant*>(found->second);
}

}  // namespace pflow::codegen
