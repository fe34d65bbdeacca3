#include "frontend/sema/declare/foreign_owner.h"

#include <filesystem>

#include "frontend/ast/foreign_kinds.h"
#include "frontend/mcp/server_file.h"
#include "frontend/openapi/api_file.h"
#include "frontend/sema/nearest.h"

namespace pflow::sema {

namespace {

OwnerFile parse(const ast::ForeignKind& kind, std::string_view text) {
  OwnerFile made;
  std::vector<std::pair<std::string, std::string>> parts;
  if (kind.owner.ending == mcp::kServerFile) {
    Result<mcp::ServerFile> file = mcp::read_server_file(text);
    if (!file) return {.problem = file.message()};
    made.text = std::move(file->server);
    made.has_address = file->is_remote;
    parts = std::move(file->tools);
  } else {
    Result<openapi::ApiFile> file = openapi::read_api_file(text);
    if (!file) return {.problem = file.message()};
    made.text = std::move(file->api);
    made.needs_part = true;
    parts = std::move(file->operations);
  }
  for (auto& [name, part] : parts) made.parts.insert_or_assign(name, std::move(part));
  return made;
}

/// Read once, however many nodes it tells of.
const OwnerFile& owner_file(Context& ctx, const ast::Foreign& foreign) {
  const std::filesystem::path source(ctx.sources.name(foreign.span.file));
  const std::string name = std::string(foreign.words[0]) + std::string(foreign.kind->owner.ending);
  const std::string path = (source.parent_path() / name).lexically_normal().string();
  auto [known, fresh] = ctx.owner_files.try_emplace(path);
  OwnerFile& file = known->second;
  if (!fresh) return file;
  if (ctx.files.kind(path) != FileKind::File) {
    file.problem = fmt::format("there is no file `{}`", path);
    return file;
  }
  Result<std::string> text = ctx.files.read(path);
  if (!text) {
    file.problem = fmt::format("`{}`: {}", path, text.message());
    return file;
  }
  file = parse(*foreign.kind, *text);
  if (!file.problem.empty()) file.problem = fmt::format("`{}`, {}", path, file.problem);
  return file;
}

/// `a tool`, `an operation`
std::string with_article(std::string_view noun) {
  const bool is_vowel = std::string_view("aeiou").find(noun.front()) != std::string_view::npos;
  return fmt::format("{} {}", is_vowel ? "an" : "a", noun);
}

void report_part(Context& ctx, const ast::Foreign& foreign, const OwnerFile& owner) {
  const ast::ForeignKind& kind = *foreign.kind;
  const std::string part = with_article(kind.owner.part);
  std::vector<std::string_view> names;
  for (const auto& [name, text] : owner.parts) names.push_back(name);
  const std::string_view wanted = foreign.words.size() > 1 ? foreign.words[1] : "";
  auto report = ctx.diagnostics.report(diag::unknown_tool, foreign.span, kind.owner.noun,
                                       foreign.words[0], kind.owner.part, wanted);
  report.label(fmt::format("is to name {} of it", part));
  if (const std::string_view near = nearest_name(wanted, names); !near.empty())
    report.help(fmt::format("{} with a similar name exists: `{}`", part, near));
  else
    report.help(fmt::format("`pflowc {0} show {1}` lists them; `pflowc {0} add` reads them again",
                            kind.word, foreign.words[0]));
}

}  // namespace

void add_owner(Context& ctx, const ast::Foreign& foreign, Callable& callable) {
  if (foreign.words.empty()) return;  // reported
  const ast::ForeignKind& kind = *foreign.kind;
  const OwnerFile& file = owner_file(ctx, foreign);
  if (!file.problem.empty()) {
    ctx.diagnostics
        .report(diag::server_file, foreign.span, kind.owner.noun, foreign.words[0], file.problem)
        .label("named here")
        .help(fmt::format("`pflowc {} add {} {}` or `… URL` makes it", kind.word, foreign.words[0],
                          kind.owner.source));
    return;
  }
  // Without a tool the node gives what the server says of itself.
  const bool has_part = foreign.words.size() > 1;
  auto part = has_part ? file.parts.find(foreign.words[1]) : file.parts.end();
  if ((has_part || file.needs_part) && part == file.parts.end())
    return report_part(ctx, foreign, file);
  callable.foreign.resize(1);
  callable.foreign.emplace_back(has_part ? foreign.words[1] : std::string_view());
  callable.foreign.push_back(file.text);
  callable.foreign.push_back(has_part ? part->second : "");
  if (kind.effects == 0)
    callable.attributes.effects |=
        static_cast<uint16_t>(file.has_address ? ast::Effect::Net : ast::Effect::Process);
  if (file.has_address) callable.module += "_http";
}

}  // namespace pflow::sema
