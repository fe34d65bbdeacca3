/// Who answers: the model of a call, the provider's address, the key.
#pragma once

#include <optional>
#include <string>
#include <string_view>

#include "pflow/abi.h"

namespace pf_models {

/// The built-in model that answers with the prompt.
inline constexpr std::string_view kEcho = "echo";

inline constexpr const char* kNoModel = "no model is chosen";
inline constexpr const char* kNoModelHelp =
    "give `--model NAME`, set PFLOW_MODEL, or write a name to `default_model.txt` in PFLOW_HOME";
inline constexpr const char* kNoKey = "no key for `openai` is set";
inline constexpr const char* kNoKeyHelp =
    "set OPENAI_API_KEY, or add \"openai\" to `keys.json` in PFLOW_HOME";

/// The address before `/chat/completions`, without a slash at its end.
std::string base_url();
/// What is wrong with it; empty when nothing is.
std::string base_url_problem();
/// The address as it may be shown: without what stands for a password.
std::string shown_url();

/// The key of the provider, without blanks around it.
pf_key_state find_key(std::string& key);

/// The text of an error, with the key blotted out and cut to a bearable length.
std::string presentable(std::string text, std::string_view key);

}  // namespace pf_models
