/// The texts that an editor has open.
#pragma once

#include <map>
#include <memory>
#include <string>

#include "tools/lsp/json.h"
#include "tools/lsp/positions.h"

namespace pflow::lsp {

struct Document {
  std::string uri;
  std::string path;
  std::string identity;  ///< FileSystem::identity of the path
  int64_t version = 0;
  std::string text;
};

/// Applies one entry of `contentChanges`: a text for a range, or for all.
void apply_change(std::string& text, const json::value& change, Encoding encoding);

class Documents {
 public:
  Document& open(std::string uri, int64_t version, std::string text);
  void close(const std::string& uri) { by_uri_.erase(uri); }
  /// Null when it is not open.
  [[nodiscard]] Document* find(const std::string& uri);
  [[nodiscard]] const std::map<std::string, Document>& all() const { return by_uri_; }

 private:
  std::map<std::string, Document> by_uri_;
};

}  // namespace pflow::lsp
