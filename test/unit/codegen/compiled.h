/// A module under test: built with the IR builder, compiled, linked and run.
#pragma once

#include <string>
#include <vector>

#include "codegen/codegen.h"
#include "ir/builder.h"
#include "ir/ir.h"

namespace pflow::test {

struct Ran {
  int exit_code = -1;
  std::string out;
  std::string err;
};

/// A program whose source file `flow.pf` consists of lines `line 1`, `line 2`, ….
class Compiled {
 public:
  Compiled();

  ir::TypeTable types;
  ir::Module module{types};
  SourceMap sources;
  FileId file;

  /// The bytes of a line of the source file.
  [[nodiscard]] Span line(uint32_t number) const;
  /// A builder whose ops stand at line 1.
  [[nodiscard]] ir::Builder function(ir::FunctionKind kind, std::string name) {
    return {types, kind, std::move(name), line(1)};
  }
  ir::FunctionId add(ir::Builder& builder);
  /// Adds it as the entry; its parameters become options.
  void add_entry(ir::Builder& builder);
  /// A node of the test's modules with one text in and one out.
  ir::NodeId node(const std::string& module_name, const std::string& name, bool async = false,
                  std::vector<std::string> actions = {});
  ir::SiteId site(const std::string& node_name, uint32_t line_number);

  /// Releases are the pass's to place from here on, not the test's.
  void place_drops() { drops_ = true; }
  /// LLVM IR, optimised at `level`.
  [[nodiscard]] std::string llvm(unsigned level);
  /// Compiles at `level`, links and runs with `arguments` for the shell.
  Ran run(unsigned level, const std::string& arguments = "");
  /// Compiles and links; the path of the executable, empty after a report.
  std::string build(unsigned level, bool debug_info = false);
  Diagnostics diagnostics;

 private:
  void finish();
  bool drops_ = false;
};

/// A call of a function or node; `result` is the type of its first output.
ir::ValueId call(ir::Builder& b, ir::Callee callee, std::vector<ir::ValueId> arguments,
                 ir::TypeId result, ir::SiteId site = {});
/// An invoke whose only output goes to `slot`.
ir::Op& invoke(ir::Builder& b, ir::Callee callee, std::vector<ir::ValueId> arguments,
               ir::SlotId slot, ir::BlockId target, ir::SiteId site = {});

}  // namespace pflow::test
