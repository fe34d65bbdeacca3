/// The processes of one command line: kept alive between calls, ended with the program.
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "command.h"
#include "process.h"

namespace pf_exec {

class Pool final : public Process::Owner {
 public:
  /// That of the node's command, which other nodes may have, too. Null: `problem` is set.
  static Pool* of(const pf_foreign& node, CommandProblem* problem);

  /// The one with the fewest calls, or a new one where all are busy and there may be another. Null:
  /// none could be started, and `problem` says why.
  Process* choose(std::string* problem);
  [[nodiscard]] const Command& command() const { return command_; }

  void process_is_gone(Process* process) override;

 private:
  friend class AllPools;
  explicit Pool(Command command) : command_(std::move(command)) {}

  Command command_;
  int64_t most_ = 1;         ///< of all nodes with this command
  int64_t start_limit_ = 0;  ///< so, too
  std::vector<Process*> processes_;
};

}  // namespace pf_exec
