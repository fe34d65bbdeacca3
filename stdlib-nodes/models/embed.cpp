// embed: vectors of texts, by a model of a provider or the built-in `echo`.
#include <algorithm>
#include <boost/json.hpp>
#include <memory>
#include <string>
#include <vector>

#include "echo_vector.h"
#include "embedding_form.h"
#include "json_members.h"
#include "models.pf.hpp"
#include "pflow/node.hpp"
#include "provider_check.h"
#include "provider_error.h"
#include "question.h"
#include "recorded_question.h"
#include "reply.h"
#include "stdlib-nodes/models/choice/embedder.h"

namespace {

using pf_models::AnswerResult;
using pf_models::Embedder;
using pf_models::EmbeddingRequest;
using pf_models::Embeddings;
using pflow::view;

/// What one request holds at most, in bytes: a token has at least one, and OpenAI takes 300,000 of
/// them.
constexpr size_t kMostBytes = 256 << 10;

/// Enough for `pf_list_make`.
constexpr pf_type kFloat = {.kind = PF_FLOAT, .size = 8, .align = 8};
constexpr pf_type kVector = {
    .kind = PF_LIST, .size = sizeof(pf_list), .align = alignof(pf_list), .element = &kFloat};

/// All texts of a call, asked for one request after the other.
struct Job {
  const embed_in* in;
  embed_out* out;
  Embedder embedder;
  std::string key;  ///< not to be shown
  std::vector<std::string_view> texts;
  Embeddings got;
  pf_models::RecordedQuestion record;  ///< of the request that is asked now

  /// How many of those that are left go into the next request.
  [[nodiscard]] size_t next_count() const {
    size_t begin = got.vectors.size(), count = 0, bytes = 0;
    size_t most = std::min(texts.size() - begin, embedder.most_texts);
    while (count < most && (count == 0 || bytes + texts[begin + count].size() <= kMostBytes))
      bytes += texts[begin + count++].size();
    return count;
  }
};

pf_list vector_list(const std::vector<std::vector<double>>& vectors) {
  std::vector<pf_list> lists;
  lists.reserve(vectors.size());
  for (const std::vector<double>& each : vectors) {
    void* head = pf_list_make(each.data(), static_cast<int64_t>(each.size()), &kFloat);
    lists.push_back({static_cast<pf_list_head*>(head)});
  }
  void* head = pf_list_make(lists.data(), static_cast<int64_t>(lists.size()), &kVector);
  return {static_cast<pf_list_head*>(head)};
}

pf_status conclude(const Job& job) {
  job.out->vectors = vector_list(job.got.vectors);
  job.out->usage = {job.got.tokens, 0, {0, false}};
  job.out->model = pflow::text(job.got.model.empty() ? job.embedder.id : job.got.model);
  return PF_DONE;
}

pf_status ask_next(pf_call* call, Job job);

/// Waits for the vectors of one request.
class Waiting : public pf_models::Asker {
 public:
  Waiting(Job job, size_t count) : job_(std::move(job)), count_(count) {}

  pf_status take(pf_call* call, int status, std::string_view body) override {
    boost::system::error_code error;
    boost::json::value reply = boost::json::parse(body, error);
    if (status < 200 || status >= 300)
      return fail(call, pf_models::failed_request(status, error ? nullptr : &reply, body));
    if (error)
      return fail(call, PF_E_PARSE,
                  "the answer of the provider is not JSON (" + error.message() +
                      "): " + pf_models::excerpt(body));
    size_t before = job_.got.vectors.size();
    int64_t tokens = job_.got.tokens;
    if (!job_.embedder.facts->form->read(reply, job_.got))
      return fail(
          call, PF_E_MODEL,
          "the answer of the provider holds no vectors: " + pf_models::said_by(&reply, body));
    job_.record.answered(pf_models::Answer{.input_tokens = job_.got.tokens - tokens});
    size_t made = job_.got.vectors.size() - before;
    if (made != count_)
      return fail(call, PF_E_MODEL,
                  "the provider answered with " + std::to_string(made) + " vectors for " +
                      std::to_string(count_) + " texts");
    job_.record.end(PF_DONE);
    if (job_.got.vectors.size() == job_.texts.size()) return conclude(job_);
    return ask_next(call, std::move(job_));
  }
  pf_status failed(pf_call*) override {
    job_.record.end(PF_FAILED);
    return PF_FAILED;
  }

 private:
  pf_status fail(pf_call* call, const AnswerResult& why) {
    std::string who = pf_models::asked_of(job_.embedder.provider(), job_.embedder.id);
    return pf_models::fail_answer(call, who, why, job_.key);
  }
  pf_status fail(pf_call* call, pf_error_kind kind, std::string problem) {
    return fail(call, AnswerResult::none(kind, std::move(problem)));
  }

  Job job_;
  size_t count_;
};

pf_status ask_next(pf_call* call, Job job) {
  size_t count = job.next_count();
  EmbeddingRequest request;
  request.model = job.embedder.id;
  request.texts = std::span(job.texts).subspan(job.got.vectors.size(), count);
  if (job.in->dimensions.has) request.dimensions = job.in->dimensions.value;
  const pf_models::EmbeddingForm& form = *job.embedder.facts->form;
  std::string path = form.path(request), body = form.body(request);
  auto kept = std::make_shared<Job>(std::move(job));
  const pf_models::Provider& provider = kept->embedder.provider();
  pf_models::QuestionFacts facts = {provider.name, kept->embedder.id, body.size(), 1};
  return kept->record.begin(call, std::move(facts), [=, &provider](pf_status status) {
    std::string key = kept->key, who = pf_models::asked_of(provider, kept->embedder.id);
    if (status == PF_DONE)
      pf_models::ask(call, provider, who, path, key, body, new Waiting(std::move(*kept), count));
    return status == PF_DONE ? PF_PENDING : status;
  });
}

/// The texts of the call; false after it was failed.
bool take_texts(pf_call* call, const embed_in* in, std::vector<std::string_view>& texts) {
  for (const pf_str& text : pflow::Elements<pf_str>(in->texts)) {
    if (text.len == 0) {
      pf_fail(call, PF_E_VALUE, "`texts[%zu]` is empty, and has no vector", texts.size());
      return false;
    }
    texts.push_back(view(text));
  }
  return true;
}

/// The name of this call's model; empty after the call was failed.
std::string choose_model(pf_call* call, const embed_in* in) {
  if (in->model.has) {
    if (in->model.value.len == 0) pf_fail(call, PF_E_VALUE, "`model` is empty");
    return std::string(view(in->model.value));
  }
  if (const char* model = pf_models::default_embedder()) return model;
  pf_fail(call, PF_E_CONFIG, "%s", pf_models::kNoModel);
  pf_fail_help(call, "%s", pf_models::kNoEmbedderHelp);
  return "";
}

bool check_dimensions(pf_call* call, const Job& job) {
  if (!job.in->dimensions.has) return true;
  std::string problem = pf_models::dimensions_problem(job.embedder, job.in->dimensions.value);
  if (!problem.empty()) pflow::fail(call, PF_E_VALUE, problem);
  return problem.empty();
}

pf_status embed_by_echo(Job job) {
  bool chosen = job.in->dimensions.has;
  size_t size = chosen ? static_cast<size_t>(job.in->dimensions.value) : pf_models::kEchoDimensions;
  for (std::string_view text : job.texts)
    job.got.vectors.push_back(pf_models::echo_vector(text, size));
  return conclude(job);
}

}  // namespace

pf_status pfn_models_embed(pf_call* call, const embed_in* in, embed_out* out) {
  Job job{in, out, {}, "", {}, {}, {}};
  std::string name = choose_model(call, in);
  if (name.empty() || !take_texts(call, in, job.texts)) return PF_FAILED;
  bool echo = name == pf_models::kEcho;
  job.embedder = echo ? Embedder{.id = name} : pf_models::find_embedder(name);
  if (!echo && !job.embedder.facts) {
    pflow::fail(call, PF_E_CONFIG, job.embedder.problem);
    if (!job.embedder.help.empty()) pf_fail_help(call, "%s", job.embedder.help.c_str());
    return PF_FAILED;
  }
  if (!check_dimensions(call, job)) return PF_FAILED;
  if (echo || job.texts.empty()) return embed_by_echo(std::move(job));
  if (!pf_models::check_provider(call, job.embedder.provider(), job.key)) return PF_FAILED;
  return ask_next(call, std::move(job));
}
