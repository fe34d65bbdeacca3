/// Which written argument goes to which port, by position and by name.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

struct PortNames {
  std::string_view callee;
  std::vector<std::string_view> names;
  int in_port = -1;
  std::vector<bool> takes_type = {};  ///< of each port, or empty: none does
};

/// The expression of each port, null where none is written. A method call's
/// receiver is the `in` port's, else the first's. With a piped value, positional
/// arguments go past the `in` port while there are other ports for them.
/// What fits no port is reported, and checked for its own errors.
struct Assigned {
  std::vector<const ast::Expr*> values;
  std::vector<const ast::Argument*> types;  ///< of the ports that take a type
  bool complete = true;  ///< no argument was left over: a port without one is the user's doing
};
Assigned assign_arguments(Env& env, const ast::CallExpr& call, const PortNames& ports, bool piped);

}  // namespace pflow::sema
