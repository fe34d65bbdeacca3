/// What becomes one flow of the IR: a flow of the program, or a part of one that runs
/// by itself (the body of `each`, a branch of `par`, a stage with policies). What a
/// part reads of its surroundings comes in as parameters, what it sets there goes out
/// as results.
#pragma once

#include <string>
#include <vector>

#include "frontend/lower/module/key_uses.h"
#include "frontend/lower/module/module_context.h"

namespace pflow::lowering {

/// A key as it crosses the border of a part, or the flag beside it that says whether
/// it is set.
struct CarriedKey {
  sema::KeyId key;
  bool flag = false;
};

struct FlowPart {
  std::string name;  ///< of the function
  std::string flow;  ///< the flow of the program, for the ids of sites
  Span span;
  std::vector<CarriedKey> params;
  std::vector<CarriedKey> results;
  std::vector<sema::KeyId> assigned;  ///< of the parameters: those it sets itself
  /// Types of the results where they are not the keys' own.
  std::vector<ir::TypeId> result_types;
  /// The value is `true`: that this point is reached.
  bool marks_end = false;
  ir::TypeId value;      ///< what it gives behind the results; none: nothing
  bool batched = false;  ///< it belongs to an item of an `each` with `batch: true`

  /// A whole flow of the program.
  static FlowPart of(const ModuleContext& module, const sema::Body& body);
};

/// The keys that come into a part which uses `uses`. With `gives_back`, a key that it
/// may leave as it was is one of them.
std::vector<CarriedKey> keys_in(const ModuleContext& module, const KeyUses& uses, bool gives_back,
                                const std::vector<sema::KeyId>& surely_set);
/// The keys of `uses` that somebody reads after the part.
std::vector<CarriedKey> keys_out(const ModuleContext& module, const KeyUses& uses,
                                 const std::vector<CarriedKey>& in);
/// The keys that every run of the statement to its end sets.
std::vector<sema::KeyId> surely_set(const sema::Program& program, const ast::Statement& statement);

}  // namespace pflow::lowering
