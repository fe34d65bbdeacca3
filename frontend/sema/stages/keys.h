/// Pass 3: the store of a flow. Collects what its statements name, and infers
/// the types of keys when they are first asked for.
#pragma once

#include "frontend/sema/context.h"

namespace pflow::sema {

/// Collects keys, labels and the places of stages of a flow and of the bodies of its
/// `each`, reports names that are taken twice, and builds the flow's graph.
/// Needs: all declarations.
void collect_keys(Context& ctx, Scope& scope);

/// The flow's scope around an `each` body's, or the scope itself.
[[nodiscard]] Scope& root_scope(Scope& scope);
/// The keys of the scope and of those around it, its own first.
[[nodiscard]] std::vector<Symbol> keys_in_sight(const Scope& scope);
/// Where the label that the scope sees stands; none without.
[[nodiscard]] Span label_span(const Scope& scope, Symbol name);
/// `parameter`, `lambda parameter` or `key`.
[[nodiscard]] std::string_view key_kind_text(KeyKind kind);

/// The type of a key of the store, from its annotation or its first setter.
/// `use` is the place that asks. A key that depends on itself is reported.
ir::TypeId key_type(Context& ctx, Scope& scope, Symbol name, Span use);

/// A new key of the scope.
KeyId add_scope_key(Context& ctx, Scope& scope, Key key);

/// Reports a name that a key, parameter or label of the scope has already.
void check_free(Env& env, const ast::Name& name);

/// The key behind output `port` of the stage, for natural names and label.port.
KeyId output_key(Context& ctx, Scope& scope, const ast::Stage& stage, int port, Symbol name,
                 ir::TypeId type);

}  // namespace pflow::sema
