// Ollama's own embed.
#include <boost/json.hpp>

#include "stdlib-nodes/models/embedding_form.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const EmbeddingRequest&) { return "/api/embed"; }

std::string write(const EmbeddingRequest& request) {
  json::object body;
  body["model"] = request.model;
  body["input"] = json::array(request.texts.begin(), request.texts.end());
  if (request.dimensions) body["dimensions"] = *request.dimensions;
  return json::serialize(body);
}

bool read(const json::value& reply, Embeddings& to) {
  const json::array* items = array_member(&reply, "embeddings");
  if (!items) return false;
  for (const json::value& item : *items)
    if (!read_vector(&item, to.vectors.emplace_back())) return false;
  to.model = text_member(&reply, "model");
  to.tokens += count_member(&reply, "prompt_eval_count");
  return true;
}

}  // namespace

const EmbeddingForm kOllamaEmbed = {path, write, read};

}  // namespace pf_models
