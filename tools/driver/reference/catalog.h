/// All that a flow may name without declaring it, found by name, module or what it is about.
#pragma once

#include <string_view>
#include <vector>

#include "frontend/query/node_doc.h"
#include "support/diagnostics.h"
#include "tools/driver/driver_env.h"

namespace pflow::reference {

class Catalog {
 public:
  explicit Catalog(const DriverEnv& env);

  [[nodiscard]] const std::vector<query::NodeDoc>& all() const { return all_; }
  [[nodiscard]] std::vector<query::NodeDoc> named(std::string_view name) const;
  [[nodiscard]] std::vector<query::NodeDoc> of_module(std::string_view module) const;
  /// Those in which every word stands somewhere, in any case; whose name holds one first.
  [[nodiscard]] std::vector<query::NodeDoc> about(const std::vector<std::string>& words) const;
  /// Names of nodes and modules.
  [[nodiscard]] std::vector<std::string_view> names() const;

 private:
  std::vector<query::NodeDoc> all_;
};

/// "there is no WHAT `name`", with what may have been meant: what another language's word is here,
/// else the nearest of `known`. `command` is what takes it, such as `pflowc nodes`.
void report_unknown(Diagnostics& diagnostics, std::string_view what, std::string_view name,
                    std::string_view command, const std::vector<std::string_view>& known);

}  // namespace pflow::reference
