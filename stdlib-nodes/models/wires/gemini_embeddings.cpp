// Gemini's batchEmbedContents.
#include <boost/json.hpp>

#include "pflow/percent.hpp"
#include "stdlib-nodes/models/embedding_form.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const EmbeddingRequest& request) {
  std::string made = "/v1beta/models/";
  pflow::percent_encode(request.model, [&](std::string_view piece) { made += piece; });
  return made + ":batchEmbedContents";
}

std::string write(const EmbeddingRequest& request) {
  std::string model = "models/" + std::string(request.model);
  json::array requests;
  for (std::string_view text : request.texts) {
    json::object content = {{"role", "user"}, {"parts", json::array{json::object{{"text", text}}}}};
    json::object one = {{"model", model}, {"content", std::move(content)}};
    if (request.dimensions) one["outputDimensionality"] = *request.dimensions;
    requests.push_back(std::move(one));
  }
  return json::serialize(json::object{{"requests", std::move(requests)}});
}

bool read(const json::value& reply, Embeddings& to) {
  const json::array* items = array_member(&reply, "embeddings");
  if (!items) return false;
  for (const json::value& item : *items)
    if (!read_vector(member(&item, "values"), to.vectors.emplace_back())) return false;
  to.tokens += count_member(member(&reply, "usageMetadata"), "promptTokenCount");
  return true;
}

}  // namespace

const EmbeddingForm kGeminiEmbeddings = {path, write, read};

}  // namespace pf_models
