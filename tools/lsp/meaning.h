/// One thing of a program, found again in other programs by where it is declared.
#pragma once

#include <functional>
#include <optional>

#include "tools/lsp/session.h"

namespace pflow::lsp {

class Meaning {
 public:
  /// What stands at the place; none where no name stands.
  static std::optional<Meaning> at(Session& session, const Place& place);

  [[nodiscard]] const query::Occurrence& occurrence() const { return occurrence_; }
  /// Whether an entity of another program is the same thing.
  [[nodiscard]] bool is(Session& session, const query::Snapshot& snapshot,
                        const query::Entity& entity) const;
  /// Calls `visit` with the program of each file that may name it: the files of the program,
  /// those that are open, and those of the workspace in whose text the name stands.
  void for_each_program(Session& session, const Place& place,
                        const std::function<void(const Analysis&)>& visit) const;

 private:
  Meaning(query::Occurrence occurrence, std::string name)
      : occurrence_(occurrence), name_(std::move(name)) {}

  query::Occurrence occurrence_;
  std::string name_;
  std::string file_;  ///< identity of the file that declares it, or empty
  uint32_t offset_ = 0;
};

}  // namespace pflow::lsp
