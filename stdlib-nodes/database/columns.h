/// The columns of a result as what a row's type makes of them.
#pragma once

#include "pflow/json.hpp"
#include "statements.h"

namespace pf_database {

class Columns {
 public:
  /// Columns that no field of a record names are left out.
  Columns(const std::vector<std::string>& names, const pf_type* row);

  /// Why rows cannot be told apart into fields; empty when they can.
  [[nodiscard]] std::string problem() const;
  /// A row as a JSON object, in `out`; else what is wrong with it.
  [[nodiscard]] std::string row(const std::vector<Cell>& cells, pf_json& out) const;

 private:
  struct Column {
    std::string name;
    const pf_type* type;  ///< null: of no field, and left out
  };
  std::vector<Column> columns_;
};

}  // namespace pf_database
