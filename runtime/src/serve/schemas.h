/// What flows take and give, as JSON Schema.
#pragma once

#include <boost/json.hpp>

#include "pflow/json_schema.hpp"
#include "pflow/serve.h"

namespace pflow::serve {

// With definitions of their own.

/// The object of arguments.
[[nodiscard]] boost::json::object input_schema(const pf_served& flow);
/// What `result_object` gives.
[[nodiscard]] boost::json::object output_schema(const pf_served& flow);

// Within a document that has the definitions of `writer`, whose types have been noted.

void note_results(SchemaWriter& writer, const pf_served& flow);
[[nodiscard]] boost::json::object input_schema(SchemaWriter& writer, const pf_served& flow);
/// Of the result itself; of a flow without one `null`.
[[nodiscard]] boost::json::object result_schema(SchemaWriter& writer, const pf_served& flow);
/// An object with the result as its member `result`.
[[nodiscard]] boost::json::object wrapped(boost::json::object result);

}  // namespace pflow::serve
