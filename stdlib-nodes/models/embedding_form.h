/// The APIs that make vectors of texts, as JSON. They know nothing of HTTP beyond the status.
#pragma once

#include <stdint.h>

#include <boost/json/fwd.hpp>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

namespace pf_models {

struct EmbeddingRequest {
  std::string_view model;  ///< as the provider calls it
  std::span<const std::string_view> texts;
  std::optional<int64_t> dimensions;
};

struct Embeddings {
  std::vector<std::vector<double>> vectors;  ///< in the order of the texts
  std::string model;                         ///< may be empty
  int64_t tokens = 0;
};

struct EmbeddingForm {
  /// Behind the address of the provider.
  std::string (*path)(const EmbeddingRequest& request);
  std::string (*body)(const EmbeddingRequest& request);
  /// Adds what is in a reply that is JSON; false when it holds no vectors.
  bool (*read)(const boost::json::value& reply, Embeddings& to);
};

extern const EmbeddingForm kOpenAiEmbeddings;
extern const EmbeddingForm kGeminiEmbeddings;
extern const EmbeddingForm kOllamaEmbed;

/// The numbers of a JSON array; false when it holds something else.
bool read_vector(const boost::json::value* value, std::vector<double>& to);

}  // namespace pf_models
