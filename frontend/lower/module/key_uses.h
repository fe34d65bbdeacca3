/// The keys that a part of a program reads and writes: what it takes with it, and
/// gives back, when it runs as a function of its own.
#pragma once

#include <unordered_map>
#include <vector>

#include "frontend/sema/checked.h"

namespace pflow::lowering {

class KeyUses {
 public:
  explicit KeyUses(const sema::Program& program) : program_(program) {}

  void add(const ast::Block& block);
  void add(const ast::Statement& statement);
  void add(const ast::Stage& stage);
  void add(const ast::Expr& expr);
  /// Without its policies and what its outputs go to.
  void add_work(const ast::Stage& stage);
  void add_policies(const ast::Stage& stage);
  void add_writes(const ast::Stage& stage);
  void read(sema::KeyId key) { count(reads_, read_counts_, key); }
  void write(sema::KeyId key) { count(writes_, write_counts_, key); }

  /// Each once, in source order.
  [[nodiscard]] const std::vector<sema::KeyId>& reads() const { return reads_; }
  [[nodiscard]] const std::vector<sema::KeyId>& writes() const { return writes_; }
  [[nodiscard]] int reads_of(sema::KeyId key) const { return times(read_counts_, key); }
  [[nodiscard]] int writes_of(sema::KeyId key) const { return times(write_counts_, key); }

 private:
  using Counts = std::unordered_map<sema::KeyId, int>;
  static void count(std::vector<sema::KeyId>& order, Counts& counts, sema::KeyId key) {
    if (key.valid() && ++counts[key] == 1) order.push_back(key);
  }
  static int times(const Counts& counts, sema::KeyId key) {
    auto found = counts.find(key);
    return found == counts.end() ? 0 : found->second;
  }
  void add(const ast::Chain& chain);
  void add_call(const sema::CallInfo& call);
  void add_bindings(std::span<const ast::Pattern> patterns);

  const sema::Program& program_;
  std::vector<sema::KeyId> reads_, writes_;
  Counts read_counts_, write_counts_;
};

}  // namespace pflow::lowering
