/// The `options` of a call: the table model_options.def against what was given.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

#include "pflow/abi.h"

namespace pf_models {

struct Model;

/// An option as a member of a request.
struct SetOption {
  std::string path;   ///< member names, dots between
  std::string value;  ///< JSON
};

/// Adds the options that `given`, a JSON object, names. Else what is wrong: no such option, another
/// type, or one that the model or its API does not take.
std::string read_options(const pf_json& given, const Model& model, std::vector<SetOption>& to);

/// The same of one of them.
std::string read_option(std::string_view name, const pf_json& value, const Model& model,
                        std::vector<SetOption>& to);
/// Whether an option of this name is a number.
bool is_number(std::string_view name);

/// Puts the options into a request.
void add_options(boost::json::object& body, const std::vector<SetOption>& options);

}  // namespace pf_models
