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

/// The provider's address, as it is set.
std::string base_url();
/// Where a request goes: `path` behind the address, before its query if it has one.
std::string request_url(std::string_view path);
/// What is wrong with it; empty when nothing is.
std::string base_url_problem();
/// The address as it may be shown.
std::string shown_url();

/// The address by which answers are known: one for all ways to write it, and without
/// what is secret in it.
std::string canonical_url();

/// The key of the provider, without blanks around it.
pf_key_state find_key(std::string& key);

/// The text of an error, with the key blotted out and cut to a bearable length.
std::string presentable(std::string text, std::string_view key);

}  // namespace pf_models
