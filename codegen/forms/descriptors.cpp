#include "codegen/forms/descriptors.h"

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
    case TypeKind::Url: return PF_URL;
    case TypeKind::Sql: return PF_SQL;
    case TypeKind::Json: return PF_JSON;
    case TypeKind::Map: return PF_MAP;
    case TypeKind::Stream: return PF_STREAM;
    case TypeKind::Sum: return PF_SUM;
    case TypeKind::Str:
    case TypeKind::Error:
    case TypeKind::Void:
    case TypeKind::None:
    case TypeKind::Never:
    case TypeKind::Param: break;
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
                    described, words, records});
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
