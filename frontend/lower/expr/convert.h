/// The implicit conversions of docs/language/types.md, as ops.
#pragma once

#include "ir/builder.h"

namespace pflow::lowering {

/// `value` as `to`: int to float, T to T?, text-like and containers of them by
/// `cast`, `none` and `[]` of any type. An invalid value (of an expression that
/// never ends) becomes an unset one of `to`.
ir::ValueId convert(ir::Builder& builder, ir::TypeTable& types, ir::ValueId value, ir::TypeId to);

/// `value` as the text that an interpolation shows.
ir::ValueId as_text(ir::Builder& builder, ir::TypeTable& types, ir::ValueId value);

/// The type in which two values of these types are compared or added.
ir::TypeId common_type(ir::TypeTable& types, ir::TypeId a, ir::TypeId b);

}  // namespace pflow::lowering
