/// Commands, URLs and queries: literal pieces and typed holes, put together by the
/// runtime, which escapes or binds.
#include "codegen/function/function_emitter.h"
#include "codegen/ops/handlers.h"
#include "pflow/abi.h"

namespace pflow::codegen {
namespace {

pf_url_part url_part(ir::UrlPart part) {
  switch (part) {
    case ir::UrlPart::Base: return PF_URL_BASE;
    case ir::UrlPart::Path: break;
    case ir::UrlPart::Query: return PF_URL_QUERY;
    case ir::UrlPart::Fragment: return PF_URL_FRAGMENT;
  }
  return PF_URL_PATH;
}

llvm::Constant* pieces(FunctionEmitter& f, const ir::Op& op) {
  const AbiTypes& types = f.module.types;
  Constants& constants = f.module.constants;
  std::vector<llvm::Constant*> made;
  for (size_t i = 0; i < op.pieces.size(); ++i) {
    const ir::TemplatePiece& piece = op.pieces[i];
    llvm::Constant* hole =
        i < op.operands.size() ? f.module.descriptors.of(f.operand_type(op, i)) : constants.null();
    made.push_back(llvm::ConstantStruct::get(
        types.piece,
        {constants.str(piece.text), hole, constants.i1(piece.begins_word),
         constants.i1(piece.after_dashes), constants.i1(piece.is_parameters),
         llvm::ConstantInt::get(types.i8, static_cast<uint64_t>(url_part(piece.part)))}));
  }
  return constants.array(types.piece, made);
}

/// Pointers to the values of the holes.
llvm::Value* holes(FunctionEmitter& f, const ir::Op& op) {
  auto* pointers = llvm::ArrayType::get(f.module.types.ptr, op.operands.size());
  llvm::Value* made = f.scratch(pointers);
  for (unsigned i = 0; i < op.operands.size(); ++i)
    f.b.CreateStore(f.spill(f.operand(op, i)),
                    f.b.CreateConstInBoundsGEP2_32(pointers, made, 0, i));
  return made;
}

void make_checked(FunctionEmitter& f, const ir::Op& op, Runtime make, llvm::Type* type) {
  llvm::Value* out = f.scratch(type);
  f.fail_when(f.call(make, {out, pieces(f, op), holes(f, op), f.b.getInt64(op.operands.size()),
                            f.module.sites.of(op)}));
  f.define(op, f.b.CreateLoad(type, out));
}

}  // namespace

void emit_CmdMake(FunctionEmitter& f, const ir::Op& op) {
  make_checked(f, op, Runtime::pf_cmd_make, f.module.types.cmd);
}

void emit_UrlMake(FunctionEmitter& f, const ir::Op& op) {
  make_checked(f, op, Runtime::pf_url_make, f.module.types.str);
}

void emit_SqlMake(FunctionEmitter& f, const ir::Op& op) {
  llvm::Value* out = f.scratch(f.module.types.cmd);
  f.call(Runtime::pf_sql_make,
         {out, pieces(f, op), holes(f, op), f.b.getInt64(op.operands.size())});
  f.define(op, f.b.CreateLoad(f.module.types.cmd, out));
}

}  // namespace pflow::codegen
