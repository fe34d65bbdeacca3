// OpenAI's embeddings, which many servers speak.
#include <boost/json.hpp>

#include "stdlib-nodes/models/embedding_form.h"
#include "stdlib-nodes/models/json_members.h"

namespace pf_models {
namespace {

namespace json = boost::json;

std::string path(const EmbeddingRequest&) { return "/embeddings"; }

std::string write(const EmbeddingRequest& request) {
  json::object body;
  body["model"] = request.model;
  body["input"] = json::array(request.texts.begin(), request.texts.end());
  if (request.dimensions) body["dimensions"] = *request.dimensions;
  body["encoding_format"] = "float";
  return json::serialize(body);
}

/// Each says which text it is of; servers may leave that out.
bool read(const json::value& reply, Embeddings& to) {
  const json::array* items = array_member(&reply, "data");
  if (!items) return false;
  size_t first = to.vectors.size();
  to.vectors.resize(first + items->size());
  for (size_t i = 0; i < items->size(); ++i) {
    const json::value& item = (*items)[i];
    size_t at = member(&item, "index") ? static_cast<size_t>(count_member(&item, "index")) : i;
    if (at >= items->size() || !to.vectors[first + at].empty()) return false;
    if (!read_vector(member(&item, "embedding"), to.vectors[first + at])) return false;
  }
  to.model = text_member(&reply, "model");
  to.tokens += count_member(member(&reply, "usage"), "prompt_tokens");
  return true;
}

}  // namespace

const EmbeddingForm kOpenAiEmbeddings = {path, write, read};

}  // namespace pf_models
