/// What could stand at a place is asked of the text with a name put there: the front end then
/// says what the name is, which call it is an argument of, and what its place asks for.
#pragma once

#include <memory>
#include <string>

#include "frontend/query/snapshot.h"

namespace pflow::query {

/// A file system in which one file has another text.
class PatchedFiles final : public FileSystem {
 public:
  PatchedFiles(FileSystem& below, const std::string& path, std::string text)
      : below_(below), identity_(below.identity(path)), text_(std::move(text)) {}

  [[nodiscard]] Result<std::string> read(const std::string& path) override {
    if (below_.identity(path) == identity_) return text_;
    return below_.read(path);
  }
  [[nodiscard]] Result<Done> write(const std::string& path, std::string_view bytes) override {
    return below_.write(path, bytes);
  }
  [[nodiscard]] FileKind kind(const std::string& path) override { return below_.kind(path); }
  [[nodiscard]] std::string identity(const std::string& path) override {
    return below_.identity(path);
  }
  [[nodiscard]] std::vector<std::string> names_in(const std::string& folder) override {
    return below_.names_in(folder);
  }

 private:
  FileSystem& below_;
  std::string identity_;
  std::string text_;
};

/// What the cursor stands in.
enum class SpotKind : uint8_t {
  None,    ///< nothing that is known
  Top,     ///< outside of declarations
  Value,   ///< an expression or stage begins
  Member,  ///< behind the `.` of `base`
  Module,  ///< behind the `.` of an import's name `word`
  Type,
  Field,    ///< of the record `record`
  Policy,   ///< of `stage`
  Action,   ///< of the label `word`
  Literal,  ///< a text in quotes; `asked` says which
  Import,   ///< the path `word` of an import
  Package,  ///< its package
  Output,   ///< of `stage`, in `-> { … }`
};

struct Spot {
  SpotKind kind = SpotKind::None;
  bool begins_statement = false;    ///< Value: where statements begin …
  bool begins_stage = false;        ///< … or stages
  const ast::Decl* decl = nullptr;  ///< around it
  const ast::Expr* base = nullptr;
  const ast::CallExpr* call = nullptr;      ///< the innermost one in whose parentheses it stands …
  const ast::Argument* argument = nullptr;  ///< … and the argument in which
  bool names_argument = false;              ///< Value: stands where an argument begins
  const ast::RecordExpr* record = nullptr;
  const ast::Stage* stage = nullptr;
  ir::TypeId asked;  ///< by its place; none when nothing
  std::string word;
};

/// The program with a name at the offset. Null spot where no text that is tried is understood.
class Probe {
 public:
  Probe(const std::string& path, FileSystem& files, const sema::NodePath& nodes, uint32_t offset);

  [[nodiscard]] const Snapshot& snapshot() const { return *snapshot_; }
  [[nodiscard]] const Spot& spot() const { return spot_; }
  /// Of the name in the patched text, without what was put there.
  [[nodiscard]] uint32_t offset() const { return offset_; }

 private:
  std::unique_ptr<Snapshot> snapshot_;
  Spot spot_;
  uint32_t offset_;
};

/// The name that is put into the text.
inline constexpr std::string_view kProbeName = "pflow_cursor";

/// Finds what stands around the offset of a probe's name.
[[nodiscard]] Spot find_spot(const Snapshot& snapshot, uint32_t offset);

}  // namespace pflow::query
