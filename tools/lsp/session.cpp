#include "tools/lsp/session.h"

#include <algorithm>
#include <filesystem>
#include <utility>

#include "tools/lsp/uri.h"

namespace pflow::lsp {

namespace {

Position position_of(const json::value& value) {
  auto number = [&](std::string_view name) {
    return static_cast<uint32_t>(std::clamp<int64_t>(integer_at(value, name), 0, UINT32_MAX));
  };
  return {number("line"), number("character")};
}

}  // namespace

json::object position_json(Position position) {
  return {{"line", position.line}, {"character", position.character}};
}

Analysis::Analysis(const std::string& path, OpenFiles& files, const sema::NodePath& nodes)
    : snapshot(path, files, nodes) {
  for (const auto& file : snapshot.checked.files) {
    std::filesystem::path name(snapshot.sources.name(file->file));
    files_.insert(files.identity(name.string()));
    for (const ast::Import& import : file->imports)
      if (!import.package.symbol.valid())
        files_.insert(
            files.identity((name.parent_path() / import.path).lexically_normal().string()));
  }
}

const query::Occurrences& Analysis::occurrences() const {
  if (occurrences_ == nullptr) occurrences_ = std::make_unique<query::Occurrences>(snapshot);
  return *occurrences_;
}

const Lines& Analysis::lines(FileId file) const {
  auto found = lines_.find(file);
  if (found == lines_.end()) found = lines_.emplace(file, snapshot.sources.text(file)).first;
  return found->second;
}

Session::Session(FileSystem& disk, sema::NodePath node_path, std::string pages_folder)
    : files(disk, node_path.standard),
      nodes(std::move(node_path)),
      pages(std::move(pages_folder)) {}

void Session::open(const json::value& params) {
  Document& document = documents.open(string_at(params, "textDocument.uri"),
                                      integer_at(params, "textDocument.version"),
                                      string_at(params, "textDocument.text"));
  document.identity = files.identity(document.path);
  Result<std::string> before = files.read(document.path);
  files.open(document.path, document.text);
  stale_.insert(document.uri);
  if (!before || *before != document.text) changed(document.path);
}

void Session::change(const json::value& params) {
  Document* document = documents.find(string_at(params, "textDocument.uri"));
  if (document == nullptr) return;
  for (const json::value& change : array_at(params, "contentChanges"))
    apply_change(document->text, change, encoding);
  document->version = integer_at(params, "textDocument.version", document->version);
  files.open(document->path, document->text);
  stale_.insert(document->uri);
  changed(document->path);
}

void Session::close(const json::value& params) {
  const std::string uri = string_at(params, "textDocument.uri");
  Document* document = documents.find(uri);
  if (document == nullptr) return;
  const std::string path = document->path;
  files.close(path);
  documents.close(uri);
  stale_.insert(uri);
  changed(path);
}

void Session::changed_on_disk(const std::string& path) { changed(path); }

/// Programs that have the file are checked anew when something is asked of them.
void Session::changed(const std::string& path) {
  const std::string identity = files.identity(path);
  // A package may be there now, or be another one.
  if (std::filesystem::path(path).extension() == ".toml") {
    for (const auto& [uri, document] : documents.all()) stale_.insert(uri);
    return analyses_.clear();
  }
  for (const auto& [uri, document] : documents.all()) {
    auto found = analyses_.find(document.identity);
    if (found != analyses_.end() && found->second->depends_on(identity)) stale_.insert(uri);
  }
  std::erase_if(analyses_, [&](const auto& entry) {
    return entry.first == identity || entry.second->depends_on(identity);
  });
}

const Document& Session::document(const json::value& params) {
  const std::string uri = string_at(params, "textDocument.uri");
  const Document* document = documents.find(uri);
  if (document == nullptr)
    throw RequestError(ErrorCode::InvalidParams, "the document `" + uri + "` is not open");
  return *document;
}

const Analysis& Session::analysis(const json::value& params) {
  return analysis_of(document(params).path);
}

TextPlace Session::text_place(const json::value& params) {
  const Document& found = document(params);
  const json::value* position = member(params, "position");
  Lines lines(found.text);
  size_t offset =
      lines.offset(position_of(position == nullptr ? json::value() : *position), encoding);
  return {found, std::move(lines), static_cast<uint32_t>(offset)};
}

const Analysis& Session::analysis_of(const std::string& path) {
  std::unique_ptr<Analysis>& found = analyses_[files.identity(path)];
  if (found == nullptr) found = std::make_unique<Analysis>(path, files, nodes);
  return *found;
}

bool Session::is_standard(const std::string& path) {
  return files.identity(path).starts_with(files.identity(nodes.standard) + "/");
}

const query::StandardNodes& Session::standard() {
  if (standard_ == nullptr)
    standard_ = std::make_unique<query::StandardNodes>(files, nodes.standard);
  return *standard_;
}

Place Session::place(const json::value& params) {
  const Analysis& found = analysis(params);
  const json::value* position = member(params, "position");
  FileId file = found.snapshot.file();
  size_t offset = found.lines(file).offset(
      position_of(position == nullptr ? json::value() : *position), encoding);
  return {found, static_cast<uint32_t>(offset)};
}

json::object Session::range(const Analysis& analysis, Span span) const {
  const Lines& lines = analysis.lines(span.file);
  return {{"start", position_json(lines.position(span.begin, encoding))},
          {"end", position_json(lines.position(span.end, encoding))}};
}

json::object Session::location(const Analysis& analysis, Span span) {
  return {{"uri", uri(analysis.snapshot, span.file)}, {"range", range(analysis, span)}};
}

/// As the client calls it, when it is open.
std::string Session::uri(const query::Snapshot& snapshot, FileId file) {
  std::string path(snapshot.sources.name(file));
  const std::string identity = files.identity(path);
  for (const auto& [uri, document] : documents.all())
    if (document.identity == identity) return uri;
  return uri_of(identity);
}

Span Session::span(const Analysis& analysis, const json::value& range) const {
  const Lines& lines = analysis.lines(analysis.snapshot.file());
  auto offset = [&](std::string_view name) {
    const json::value* at = member(range, name);
    return static_cast<uint32_t>(
        lines.offset(position_of(at == nullptr ? json::value() : *at), encoding));
  };
  return {analysis.snapshot.file(), offset("start"), offset("end")};
}

}  // namespace pflow::lsp
