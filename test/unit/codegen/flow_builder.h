/// Small flows for tests of flows that start others; releases are the pass's to place.
#pragma once

#include "test/unit/codegen/compiled.h"

namespace pflow::test {

class FlowBuilder {
 public:
  FlowBuilder(Compiled& program, const char* name)
      : p(program), b(program.function(ir::FunctionKind::Flow, name)) {
    p.place_drops();
  }

  /// After the parameters.
  void begin(std::vector<ir::TypeId> results) {
    for (ir::TypeId type : results) {
      b.function().results.push_back(type);
      b.function().result_names.push_back("result" +
                                          std::to_string(b.function().result_names.size()));
    }
    b.enter(b.block("entry"));
  }
  ir::ValueId text(std::string_view value) { return b.const_text(value, p.types.str); }
  ir::ValueId join(std::vector<ir::ValueId> parts) {
    return b.make(ir::Opcode::Template, std::move(parts), p.types.str);
  }
  /// The words as a list.
  ir::ValueId list(std::vector<std::string_view> words) {
    std::vector<ir::ValueId> values;
    for (std::string_view word : words) values.push_back(text(word));
    return b.make(ir::Opcode::ListMake, values, p.types.list(p.types.str));
  }
  /// Adds a terminator that goes on in a new block, which is entered. The builder of
  /// the op gets it before.
  template <typename Fill>
  void then(ir::Opcode opcode, std::vector<ir::ValueId> operands, const Fill& fill) {
    ir::BlockId next = b.block("next");
    ir::Op& op = b.add(opcode, std::move(operands));
    op.target = next;
    fill(op);
    b.enter(next);
  }
  void invoke(ir::Callee callee, std::vector<ir::ValueId> operands, ir::SlotId out) {
    then(ir::Opcode::Invoke, std::move(operands), [&](ir::Op& op) {
      op.callee = callee;
      op.slots = {out};
    });
  }
  void give(std::vector<ir::ValueId> values) { b.add(ir::Opcode::Return, std::move(values)); }
  ir::FunctionId add() { return p.add(b); }
  void add_entry() { p.add_entry(b); }

  Compiled& p;
  ir::Builder b;
};

}  // namespace pflow::test
