/// The nodes and flows that tests stub or count, and the cells of the program for that.
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/lower/module/key_uses.h"
#include "frontend/sema/checked.h"
#include "ir/ir.h"
#include "support/interner.h"

namespace pflow::lowering {

/// A key of the test that a stub reads, and the cells that hold it from the stub on.
struct CapturedKey {
  sema::KeyId key;
  int64_t cell;
  int64_t flag = -1;  ///< whether it is set, where somebody asks
};

/// One callable. Stubs are known by their number in Program::stubs.
struct Watch {
  std::vector<size_t> stubs;
  bool takes_attempt = false;
  int64_t stub_cell = -1;   ///< an int: 0, or one more than the number of the stub in force
  int64_t count_cell = -1;  ///< an int: its calls so far
};

class Watched {
 public:
  /// Of a program of tests; adds its cells to `module`.
  Watched(const sema::Program& program, const Interner& names, ir::Module& module);

  /// Null when no test asks for it.
  [[nodiscard]] const Watch* find(sema::CallableId callable) const;
  [[nodiscard]] const std::vector<CapturedKey>& captured(size_t stub) const {
    return captured_[stub];
  }

 private:
  Watch& watch(sema::CallableId callable);
  void add(size_t stub);
  int64_t cell(std::string name, ir::TypeId type);

  const sema::Program& program_;
  const Interner& names_;
  ir::Module& module_;
  std::unordered_map<uint32_t, Watch> watches_;  ///< by callable
  std::vector<std::vector<CapturedKey>> captured_;
};

}  // namespace pflow::lowering
