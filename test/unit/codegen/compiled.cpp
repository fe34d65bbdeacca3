#include "test/unit/codegen/compiled.h"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cstdlib>
#include <fstream>
#include <sstream>

#include "ir/passes/passes.h"

namespace pflow::test {
namespace {

constexpr uint32_t kLines = 20;

std::string source_text() {
  std::string text;
  for (uint32_t i = 1; i <= kLines; ++i) text += fmt::format("line {}\n", i);
  return text;
}

std::string contents(const std::string& path) {
  std::ostringstream text;
  text << std::ifstream(path).rdbuf();
  return text.str();
}

/// One name per test, so that tests may run at once.
std::string output_path() {
  const auto* test = testing::UnitTest::GetInstance()->current_test_info();
  return fmt::format("{}/{}.{}", CODEGEN_TEST_OUTPUT, test->test_suite_name(), test->name());
}

}  // namespace

Compiled::Compiled() : file(sources.add("flow.pf", source_text())) {}

Span Compiled::line(uint32_t number) const {
  uint32_t begin = sources.line_start(file, number);
  return {file, begin, begin + static_cast<uint32_t>(sources.line(file, number).size())};
}

ir::FunctionId Compiled::add(ir::Builder& builder) {
  module.functions.push_back(builder.take());
  return ir::FunctionId(module.functions.size() - 1);
}

void Compiled::add_entry(ir::Builder& builder) {
  const ir::Function& entry = builder.function();
  for (size_t i = 0; i < entry.param_count; ++i) {
    ir::EntryParam param;
    param.name = entry.slots[i].name;
    param.type = entry.slots[i].type;
    module.entry_params.push_back(param);
  }
  module.entry = add(builder);
}

ir::NodeId Compiled::node(const std::string& module_name, const std::string& name, bool async,
                          std::vector<std::string> actions) {
  ir::Node node;
  node.name = name;
  node.module = module_name;
  node.ports.push_back({"text", types.str});
  if (name != "say") node.outputs.push_back({"text", types.str});
  node.actions = std::move(actions);
  node.async = async;
  module.nodes.push_back(node);
  return ir::NodeId(module.nodes.size() - 1);
}

ir::SiteId Compiled::site(const std::string& node_name, uint32_t line_number) {
  ir::Site made;
  made.id = fmt::format("main:{}", node_name);
  made.node = node_name;
  made.span = line(line_number);
  module.sites.push_back(made);
  return ir::SiteId(module.sites.size() - 1);
}

void Compiled::finish() {
  if (drops_ && !module.ownership_placed) ir::drops(module);
  module.ownership_placed = true;
  EXPECT_EQ(ir::verify(module), std::vector<std::string>{}) << ir::print(module);
}

std::string Compiled::llvm(unsigned level) {
  finish();
  codegen::Code code(module, sources, {.opt_level = level, .whole = true});
  EXPECT_EQ(code.problem(), "");
  code.optimise();
  return code.llvm_text();
}

std::string Compiled::build(unsigned level, bool debug_info) {
  finish();
  codegen::Code code(module, sources, {.opt_level = level, .debug_info = debug_info});
  EXPECT_EQ(code.problem(), "");
  code.optimise();
  std::string path = output_path();
  codegen::LinkRequest request{.objects = code.objects(),
                               .modules = code.modules(),
                               .needs_loop = code.needs_loop(),
                               .needs_cache = code.needs_cache(),
                               .debug_info = debug_info,
                               .library_dir = CODEGEN_TEST_LIB,
                               .output = path};
  if (codegen::link(request, diagnostics)) return path;
  for (const Diagnostic& report : diagnostics.all())
    ADD_FAILURE() << report.message << (report.notes.empty() ? "" : ": " + report.notes.front());
  return {};
}

Ran Compiled::run(unsigned level, const std::string& arguments) {
  std::string path = build(level);
  if (path.empty()) return {};
  std::string command =
      fmt::format("cd {} && PFLOW_VIRTUAL_TIME=1 timeout 60 {} {} > {}.out 2> {}.err",
                  CODEGEN_TEST_OUTPUT, path, arguments, path, path);
  int status = std::system(command.c_str());
  Ran ran{WIFEXITED(status) ? WEXITSTATUS(status) : -1, contents(path + ".out"),
          contents(path + ".err")};
  // In a sanitizer build: a leak, or worse.
  EXPECT_EQ(ran.err.find("Sanitizer"), std::string::npos) << ran.err;
  for (const char* end : {"", ".out", ".err"}) unlink((path + end).c_str());
  return ran;
}

ir::ValueId call(ir::Builder& b, ir::Callee callee, std::vector<ir::ValueId> arguments,
                 ir::TypeId result, ir::SiteId site) {
  ir::Op& op = b.add(ir::Opcode::Call, std::move(arguments), result);
  op.callee = callee;
  op.output = result.valid() ? 0 : -1;
  op.site = site;
  return op.result;
}

ir::Op& invoke(ir::Builder& b, ir::Callee callee, std::vector<ir::ValueId> arguments,
               ir::SlotId slot, ir::BlockId target, ir::SiteId site) {
  ir::Op& op = b.add(ir::Opcode::Invoke, std::move(arguments));
  op.callee = callee;
  op.slots = {slot};
  op.target = target;
  op.site = site;
  return op;
}

}  // namespace pflow::test
