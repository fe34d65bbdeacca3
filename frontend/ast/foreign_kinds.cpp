#include "frontend/ast/foreign_kinds.h"

#include "frontend/ast/ast.h"

namespace pflow::ast {
namespace {

constexpr int64_t kSecond = 1'000'000'000;

constexpr ForeignOption kExecOptions[] = {{"processes", false, 1}, {"start", true, 60 * kSecond}};

constexpr ForeignOption kMcpOptions[] = {{"start", true, 60 * kSecond},
                                         {"silence", true, 300 * kSecond}};

constexpr ForeignKind kKinds[] = {{"exec",
                                   "the command",
                                   R"(by exec("python3", "embed.py"))",
                                   static_cast<uint16_t>(Effect::Process),
                                   false,
                                   {},
                                   kExecOptions},
                                  {"mcp",
                                   "the server",
                                   R"(by mcp("files", "read_text_file"))",
                                   0,
                                   false,
                                   {"server", "tool", ".mcp.json", "COMMAND …"},
                                   kMcpOptions},
                                  {"openapi",
                                   "the API",
                                   R"(by openapi("petstore", "listPets"))",
                                   static_cast<uint16_t>(Effect::Net),
                                   true,
                                   {"API", "operation", ".openapi.json", "FILE"},
                                   {}}};

}  // namespace

std::span<const ForeignKind> foreign_kinds() { return kKinds; }

}  // namespace pflow::ast
