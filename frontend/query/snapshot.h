/// A program as its text stands now: parsed and checked by what compiles it, as far as the
/// text allows, with all that keeps the result alive.
#pragma once

#include <string>

#include "frontend/sema/sema.h"

namespace pflow::query {

class Snapshot {
 public:
  /// The program of the file `path`, read through `files`. A file in the folder of the standard
  /// nodes is an interface, of which there is the tree alone.
  Snapshot(const std::string& path, FileSystem& files, const sema::NodePath& nodes);
  /// The tree alone of such a text.
  Snapshot(const std::string& path, std::string text);
  Snapshot(const Snapshot&) = delete;
  Snapshot& operator=(const Snapshot&) = delete;

  [[nodiscard]] const sema::Program& program() const { return checked.program; }
  /// The tree of the file itself.
  [[nodiscard]] const ast::File& tree() const { return *checked.files.front(); }
  [[nodiscard]] FileId file() const { return tree().file; }
  [[nodiscard]] std::string_view text(Span span) const { return sources.text(span); }
  [[nodiscard]] std::string_view text(Symbol name) const { return names.text(name); }
  /// The type of an expression; the error type where nothing is known.
  [[nodiscard]] ir::TypeId type_of(const ast::Expr& expr) const;
  /// What the expression's place asks for, or none.
  [[nodiscard]] ir::TypeId asked_of(const ast::Expr& expr) const;

  SourceMap sources;
  Interner names;
  ir::TypeTable types;
  Diagnostics diagnostics;  ///< those that the compiler reports
  sema::Checked checked;
  bool is_interface = false;
};

}  // namespace pflow::query
