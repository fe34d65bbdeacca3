#include "frontend/sema/declare/foreign_server.h"

#include <filesystem>

#include "frontend/mcp/server_file.h"
#include "frontend/sema/nearest.h"

namespace pflow::sema {

namespace {

Result<mcp::ServerFile> read(Context& ctx, const ast::Foreign& foreign) {
  const std::filesystem::path source(ctx.sources.name(foreign.span.file));
  const std::string name = std::string(foreign.words[0]) + std::string(mcp::kServerFile);
  const std::string path = (source.parent_path() / name).lexically_normal().string();
  if (ctx.files.kind(path) != FileKind::File)
    return Failure(fmt::format("there is no file `{}`", path));
  Result<std::string> text = ctx.files.read(path);
  if (!text) return Failure(fmt::format("`{}`: {}", path, text.message()));
  Result<mcp::ServerFile> read = mcp::read_server_file(*text);
  return read ? read : Failure(fmt::format("`{}`, {}", path, read.message()));
}

void report_tool(Context& ctx, const ast::Foreign& foreign, const mcp::ServerFile& file) {
  std::vector<std::string_view> names;
  for (const auto& [name, tool] : file.tools) names.push_back(name);
  auto report =
      ctx.diagnostics.report(diag::unknown_tool, foreign.span, foreign.words[0], foreign.words[1]);
  report.label("is to name a tool of it");
  if (const std::string_view near = nearest_name(foreign.words[1], names); !near.empty())
    report.help(fmt::format("a tool with a similar name exists: `{}`", near));
  else
    report.help(fmt::format("`pflowc mcp show {}` lists them; `pflowc mcp add` reads them again",
                            foreign.words[0]));
}

}  // namespace

void add_server(Context& ctx, const ast::Foreign& foreign, Callable& callable) {
  if (foreign.words.empty()) return;  // reported
  Result<mcp::ServerFile> file = read(ctx, foreign);
  if (!file) {
    ctx.diagnostics.report(diag::server_file, foreign.span, foreign.words[0], file.message())
        .label("named here")
        .help(fmt::format("`pflowc mcp add {} COMMAND …` or `… URL` makes it", foreign.words[0]));
    return;
  }
  // Without a tool the node gives what the server says of itself.
  const bool has_tool = foreign.words.size() > 1;
  const std::string* tool = has_tool ? file->tool(foreign.words[1]) : nullptr;
  if (has_tool && tool == nullptr) return report_tool(ctx, foreign, *file);
  callable.foreign.resize(1);
  callable.foreign.emplace_back(has_tool ? foreign.words[1] : std::string_view());
  callable.foreign.push_back(file->server);
  callable.foreign.push_back(tool != nullptr ? *tool : "");
  callable.attributes.effects |=
      static_cast<uint16_t>(file->is_remote ? ast::Effect::Net : ast::Effect::Process);
  if (file->is_remote) callable.module += "_http";
}

}  // namespace pflow::sema
