/// Type parameters of extern nodes: what they stand for in one call.
#pragma once

#include <string_view>
#include <vector>

#include "ir/types.h"

namespace pflow::sema {

/// `Pair` of the type `Pair<A, B>`; empty for any other than the built-in records.
[[nodiscard]] std::string_view generic_name(const ir::Type& type);

/// Whether the type holds the type parameter.
[[nodiscard]] bool mentions(const ir::TypeTable& types, ir::TypeId type, ir::TypeId param);

/// What the parameters of one generic node stand for in one call.
///
///   TypeArguments arguments(types, node.type_params);
///   arguments.infer(port_type, argument_type);   // [T] and [int]: T is int
///   arguments.apply(output_type);                // T? is int?
class TypeArguments {
 public:
  TypeArguments(ir::TypeTable& types, const std::vector<ir::TypeId>& params)
      : types_(types), params_(params), bound_(params.size()) {}

  void bind(ir::TypeId param, ir::TypeId type);
  [[nodiscard]] bool is_bound(ir::TypeId param) const;
  /// Binds what is not bound yet where `pattern` has a parameter and `actual` a type.
  void infer(ir::TypeId pattern, ir::TypeId actual);
  /// Whether everything in the type is bound.
  [[nodiscard]] bool closes(ir::TypeId pattern) const;
  /// The type with what is bound put in, the error type for what is not.
  [[nodiscard]] ir::TypeId apply(ir::TypeId pattern) const;
  /// In the order of the parameters.
  [[nodiscard]] const std::vector<ir::TypeId>& all() const { return bound_; }

 private:
  ir::TypeTable& types_;
  std::vector<ir::TypeId> params_;
  std::vector<ir::TypeId> bound_;
};

}  // namespace pflow::sema
