#include "frontend/query/standard_nodes.h"

#include "frontend/sema/files/node_registry.h"

namespace pflow::query {

StandardNodes::StandardNodes(FileSystem& files, const std::string& folder) {
  Diagnostics unheard;
  ParseIds ids;
  sema::NodeRegistry registry(files, folder);
  for (const sema::InterfaceFile& file : registry.files()) {
    FileId id = sources_.add(file.path, file.text);
    files_.push_back(parse_file(id, FileRole::Interface, sources_, names_, unheard, ids));
    for (const ast::Decl* decl : files_.back()->decls) {
      all_.push_back({decl, file.module});
      declared_.insert(decl->name.symbol);
    }
  }
}

}  // namespace pflow::query
