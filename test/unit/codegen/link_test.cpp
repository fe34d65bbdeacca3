#include <gtest/gtest.h>
#include <sys/stat.h>
#include <unistd.h>

#include <array>
#include <cstdio>
#include <filesystem>
#include <fstream>

#include "test/unit/codegen/compiled.h"

namespace pflow::test {
namespace {

using ir::FunctionKind;
using ir::Opcode;

void add_trivial_entry(Compiled& p) {
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  ir::SlotId n = b.param("n", p.types.int_);
  b.function().results = {p.types.int_};
  b.function().result_names = {"result"};
  b.enter(b.block("entry"));
  b.set_span(p.line(3));
  ir::ValueId sum = b.make(Opcode::Add, {b.load(n), b.const_int(2)}, p.types.int_);
  b.set_span(p.line(4));
  b.add(Opcode::Return, {sum});
  p.add_entry(b);
}

std::string shell(const std::string& command) {
  std::string text;
  FILE* pipe = popen(command.c_str(), "r");
  std::array<char, 256> part;
  while (pipe != nullptr && fgets(part.data(), part.size(), pipe) != nullptr) text += part.data();
  if (pipe != nullptr) pclose(pipe);
  return text;
}

codegen::LinkRequest request_for(const std::string& object, const std::string& output) {
  codegen::LinkRequest request;
  request.objects = {object};
  request.library_dir = CODEGEN_TEST_LIB;
  request.output = output;
  return request;
}

std::string object_of(Compiled& p) {
  codegen::Code code(p.module, p.sources, {});
  return code.object();
}

TEST(Link, MissingArchiveIsReported) {
  Compiled p;
  add_trivial_entry(p);
  std::string object = object_of(p);
  codegen::LinkRequest request = request_for(object, CODEGEN_TEST_OUTPUT "/never");
  request.modules = {"absent"};
  EXPECT_FALSE(codegen::link(request, p.diagnostics));
  ASSERT_EQ(p.diagnostics.all().size(), 1U);
  EXPECT_EQ(p.diagnostics.all()[0].info->name, "no_archive");
  EXPECT_FALSE(std::filesystem::exists(request.output));
}

TEST(Link, MissingNodeIsReportedByName) {
  Compiled p;
  p.node("probe", "absent");
  ir::Builder b = p.function(FunctionKind::Flow, "main");
  b.enter(b.block("entry"));
  ir::ValueId made = call(b, {{}, ir::NodeId(0)}, {b.const_text("x", p.types.str)}, p.types.str,
                          p.site("absent", 1));
  b.add(Opcode::Drop, {made});
  b.add(Opcode::Return, {});
  p.add_entry(b);
  std::string object = object_of(p);
  codegen::LinkRequest request = request_for(object, CODEGEN_TEST_OUTPUT "/never");
  request.modules = {"probe"};
  EXPECT_FALSE(codegen::link(request, p.diagnostics));
  ASSERT_EQ(p.diagnostics.all().size(), 1U);
  EXPECT_EQ(p.diagnostics.all()[0].info->name, "link_failed");
  std::string notes;
  for (const std::string& note : p.diagnostics.all()[0].notes) notes += note + "\n";
  EXPECT_NE(notes.find("pfn_probe_absent"), std::string::npos) << notes;
  EXPECT_TRUE(shell("ls " CODEGEN_TEST_OUTPUT "/never* 2>/dev/null").empty());
}

TEST(Link, OutputInAMissingFolderIsReported) {
  Compiled p;
  add_trivial_entry(p);
  std::string object = object_of(p);
  EXPECT_FALSE(codegen::link(request_for(object, "/nonexistent/out"), p.diagnostics));
  ASSERT_EQ(p.diagnostics.all().size(), 1U);
  EXPECT_EQ(p.diagnostics.all()[0].info->name, "cannot_write");
}

TEST(Link, FullDiskLeavesNothing) {
  Compiled p;
  add_trivial_entry(p);
  std::string object = object_of(p);
  codegen::LinkRequest request = request_for(object, "/dev/full/x");
  EXPECT_FALSE(codegen::link(request, p.diagnostics));
  EXPECT_TRUE(p.diagnostics.has_errors());
}

TEST(Link, ExecutableIsStrippedOfDebugSectionsUnlessAsked) {
  Compiled p;
  add_trivial_entry(p);
  std::string plain = shell("readelf -SW " + p.build(2));
  EXPECT_NE(plain.find(".text"), std::string::npos);
  EXPECT_EQ(plain.find(".debug_line"), std::string::npos);
  std::string debug = p.build(0, true);
  EXPECT_NE(shell("readelf -SW " + debug).find(".debug_line"), std::string::npos);
  unlink(debug.c_str());
}

TEST(Debug, LinesOfTheSourceAreInTheLineTable) {
  for (unsigned level : {0U, 2U}) {
    Compiled p;
    add_trivial_entry(p);
    std::string path = p.build(level, true);
    std::string lines = shell("llvm-dwarfdump-19 --debug-line " + path);
    EXPECT_NE(lines.find("flow.pf"), std::string::npos) << lines;
    std::string names = shell("llvm-dwarfdump-19 --debug-info --name=main " + path);
    EXPECT_NE(names.find("DW_AT_decl_line\t(1)"), std::string::npos) << names;
    unlink(path.c_str());
  }
}

TEST(Debug, GdbStopsOnALine) {
  Compiled p;
  add_trivial_entry(p);
  std::string path = p.build(0, true);
  std::string said = shell("gdb -batch -nx -ex 'break flow.pf:4' -ex 'run 1' " + path + " 2>&1");
  EXPECT_NE(said.find("flow.pf:4"), std::string::npos) << said;
  EXPECT_NE(said.find("Breakpoint 1, "), std::string::npos) << said;
  unlink(path.c_str());
}

}  // namespace
}  // namespace pflow::test
