/// What the requests share: the open documents, and the programs that they are, checked when
/// something is asked of them and kept until a text of theirs changes.
#pragma once

#include <map>
#include <memory>
#include <set>
#include <stdexcept>
#include <string>
#include <vector>

#include "frontend/query/occurrences.h"
#include "frontend/query/standard_nodes.h"
#include "tools/lsp/documents.h"
#include "tools/lsp/open_files.h"

namespace pflow::lsp {

/// Errors of JSON-RPC and LSP.
enum class ErrorCode : int {
  ParseError = -32700,
  InvalidRequest = -32600,
  MethodNotFound = -32601,
  InvalidParams = -32602,
  InternalError = -32603,
  ServerNotInitialized = -32002,
  RequestFailed = -32803,
  ContentModified = -32801,
  RequestCancelled = -32800,
};

/// Thrown by what answers a request.
class RequestError : public std::runtime_error {
 public:
  RequestError(ErrorCode code, const std::string& message)
      : std::runtime_error(message), code(code) {}
  ErrorCode code;
};

/// The program of one file.
class Analysis {
 public:
  Analysis(const std::string& path, OpenFiles& files, const sema::NodePath& nodes);

  const query::Snapshot snapshot;
  [[nodiscard]] const query::Occurrences& occurrences() const;
  [[nodiscard]] const Lines& lines(FileId file) const;
  /// Whether a change of the file, by its identity, may change the program.
  [[nodiscard]] bool depends_on(const std::string& identity) const {
    return files_.contains(identity);
  }

 private:
  std::set<std::string> files_;
  mutable std::unique_ptr<query::Occurrences> occurrences_;
  mutable std::map<FileId, Lines> lines_;
};

[[nodiscard]] json::object position_json(Position position);

/// A place of a request: the program of the document, and the offset in its text.
struct Place {
  const Analysis& analysis;
  uint32_t offset;
  [[nodiscard]] const query::Snapshot& snapshot() const { return analysis.snapshot; }
};

struct TextPlace {
  const Document& document;
  Lines lines;
  uint32_t offset;
};

class Session {
 public:
  Session(FileSystem& disk, sema::NodePath nodes, std::string pages);

  void open(const json::value& params);
  void change(const json::value& params);
  void close(const json::value& params);
  /// A file of the disk has changed.
  void changed_on_disk(const std::string& path);

  /// An error of the request when it is not open.
  const Document& document(const json::value& params);
  /// The program of the open document; an error of the request when it is not open.
  const Analysis& analysis(const json::value& params);
  /// That of any file, which is kept when it is open.
  const Analysis& analysis_of(const std::string& path);
  Place place(const json::value& params);
  /// A place of a request whose answer does not need the program as it stands.
  TextPlace text_place(const json::value& params);

  [[nodiscard]] json::object range(const Analysis& analysis, Span span) const;
  [[nodiscard]] json::object location(const Analysis& analysis, Span span);
  [[nodiscard]] std::string uri(const query::Snapshot& snapshot, FileId file);
  /// The bytes that a range of the document covers.
  [[nodiscard]] Span span(const Analysis& analysis, const json::value& range) const;

  /// Whether the file is one of the standard nodes.
  [[nodiscard]] bool is_standard(const std::string& path);
  /// Read when something first asks for them.
  const query::StandardNodes& standard();

  /// The documents whose diagnostics are to be sent anew; taken away.
  std::set<std::string> take_stale() { return std::exchange(stale_, {}); }
  [[nodiscard]] bool has_stale() const { return !stale_.empty(); }

  Documents documents;
  OpenFiles files;
  const sema::NodePath nodes;
  const std::string pages;  ///< folder of PFnnnn.md; empty when there is none
  Encoding encoding = Encoding::Utf16;
  std::vector<std::string> folders;  ///< of the workspace
  bool snippets = false;             ///< the client takes snippets in completions

 private:
  void changed(const std::string& path);

  std::map<std::string, std::unique_ptr<Analysis>> analyses_;  ///< by identity
  std::set<std::string> stale_;
  std::unique_ptr<query::StandardNodes> standard_;
};

}  // namespace pflow::lsp
