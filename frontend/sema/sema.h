/// The semantic checks: AST to checked program.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "frontend/parse/parse.h"
#include "frontend/sema/checked.h"
#include "support/file_system.h"

namespace pflow::sema {

/// Names that the user has for nodes and flows, and what is wrong with the file of them.
struct NodeAliases {
  std::vector<std::pair<std::string, std::string>> names;
  std::string problem;
};

/// Where nodes come from.
struct NodePath {
  std::string standard;  ///< the interface files of the standard nodes: DIR/MODULE/MODULE.pf
  packages::Places places = {};
  NodeAliases aliases = {};
};

struct Options {
  NodePath nodes;
  std::string entry;    ///< --flow NAME, empty for `main` or the only flow
  bool tests = false;   ///< the program is its tests: no entry is chosen
  bool serves = false;  ///< flows are chosen that others may call
  /// Checks what is there although files cannot be read or parsed. Reports that may follow from
  /// that are not kept.
  bool despite_errors = false;
};

/// Checks a parsed program. Parses the files and packages that it imports, relative to its
/// name in `sources`, and the interface files whose names it uses, all out of `files`. Reports to
/// `diagnostics`; the result is fit for lowering if there is no error.
Checked check(std::unique_ptr<ast::File> file, const Options& options, FileSystem& files,
              SourceMap& sources, Interner& names, ir::TypeTable& types, Diagnostics& diagnostics,
              ParseIds& ids);

}  // namespace pflow::sema
