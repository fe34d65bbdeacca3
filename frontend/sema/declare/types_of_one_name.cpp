#include "frontend/sema/declare/types_of_one_name.h"

#include <filesystem>
#include <map>
#include <set>

namespace pflow::sema {
namespace {

/// As the program writes it, whose own schema needs no more than its name.
std::string by_import(const Context& ctx, const ast::SchemaDecl& schema, std::string_view name) {
  FileId file = schema.name.span.file;
  if (file == ctx.checked.files[0]->file) return std::string(name);
  auto found = ctx.import_names.find(file.index);
  if (found != ctx.import_names.end()) return fmt::format("{}.{}", found->second, name);
  std::filesystem::path path = ctx.sources.name(file);
  return fmt::format("{}.{}", path.stem().string(), name);
}

std::string by_file(const Context& ctx, const ast::SchemaDecl& schema, std::string_view name) {
  return fmt::format("{} of {}", name, ctx.sources.name(schema.name.span.file));
}

}  // namespace

void tell_types_apart(Context& ctx) {
  std::map<std::string_view, std::vector<ir::TypeId>> by_name;
  for (const auto& [type, schema] : ctx.program.schemas)
    by_name[ctx.text(schema->name.symbol)].push_back(type);
  for (const auto& [name, types] : by_name) {
    if (types.size() < 2) continue;
    std::set<std::string> shown;
    for (ir::TypeId type : types) shown.insert(by_import(ctx, *ctx.program.schemas[type], name));
    // Two files may be imported under one name by two others.
    bool apart = shown.size() == types.size();
    for (ir::TypeId type : types) {
      const ast::SchemaDecl& schema = *ctx.program.schemas[type];
      ctx.types.tell_apart(type, apart ? by_import(ctx, schema, name) : by_file(ctx, schema, name));
    }
  }
}

}  // namespace pflow::sema
