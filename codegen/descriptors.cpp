#include "codegen/descriptors.h"

#include "pflow/abi.h"

namespace pflow::codegen {
namespace {

pf_kind abi_kind(ir::TypeKind kind) {
  using ir::TypeKind;
  switch (kind) {
    case TypeKind::Bytes: return PF_BYTES;
    case TypeKind::Int: return PF_INT;
    case TypeKind::Float: return PF_FLOAT;
    case TypeKind::Bool: return PF_BOOL;
    case TypeKind::Duration: return PF_DURATION;
    case TypeKind::Path: return PF_PATH;
    case TypeKind::Secret: return PF_SECRET;
    case TypeKind::Cmd: return PF_CMD;
    case TypeKind::List: return PF_LIST;
    case TypeKind::Opt: return PF_OPT;
    case TypeKind::Union: return PF_UNION;
    case TypeKind::Record: return PF_RECORD;
    case TypeKind::Str:
    case TypeKind::Error:
    case TypeKind::Void:
    case TypeKind::None:
    case TypeKind::Never: break;
  }
  return PF_STR;
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
  llvm::Constant* element = type.element.valid() ? of(type.element) : constants_.null();
  llvm::Constant* described = constants_.null();
  llvm::Constant* words = constants_.null();
  size_t count = 0;
  if (type.kind == ir::TypeKind::Record) {
    described = fields(type.fields, llvm::cast<llvm::StructType>(form));
    count = type.fields.size();
  } else if (type.kind == ir::TypeKind::Union) {
    words = literals(type);
    count = type.literals.size();
  }
  return llvm::ConstantStruct::get(
      types_.type, {constants_.i32(abi_kind(type.kind)), constants_.i32(layout_.size(form)),
                    constants_.i32(layout_.align(form)), constants_.i32(layout_.counted(id)),
                    constants_.c_text(layout_.table().name(id)), element, constants_.i32(count),
                    described, words});
}

llvm::Constant* Descriptors::fields(const std::vector<ir::Field>& fields,
                                    llvm::StructType* aggregate) {
  std::vector<llvm::Constant*> made;
  for (unsigned i = 0; i < fields.size(); ++i) {
    const ir::Field& field = fields[i];
    made.push_back(llvm::ConstantStruct::get(
        types_.field, {constants_.c_text(field.name),
                       constants_.c_text(field.wire.empty() ? field.name : field.wire),
                       of(field.type), constants_.i32(layout_.offset(aggregate, i))}));
  }
  return constants_.array(types_.field, made);
}

llvm::Constant* Descriptors::literals(const ir::Type& type) {
  std::vector<llvm::Constant*> made;
  for (const std::string& literal : type.literals) made.push_back(constants_.str(literal));
  return constants_.array(types_.str, made);
}

}  // namespace pflow::codegen
