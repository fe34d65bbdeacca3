/// The APIs of batches: what is sent, and what replies mean. They know nothing of HTTP beyond the
/// status.
#pragma once

#include <boost/json/fwd.hpp>
#include <string>
#include <string_view>
#include <vector>

namespace pf_models {

struct ModelFacts;
struct Provider;

/// One request; without a body it is a GET.
struct BatchRequest {
  std::string path;  ///< behind the address of the provider
  std::string body;
  std::string_view content_type = "application/json";
};

/// The questions of one batch: all to one model, by one API. Each is known by its place.
struct BatchContent {
  std::string path;                 ///< where one of them alone would go …
  std::vector<std::string> bodies;  ///< … and its body
};

/// What is told of a batch.
struct BatchState {
  std::string id;  ///< empty: the reply says nothing of a batch
  bool ended = false;
  std::string problem;               ///< of one that has ended: why questions have no answer …
  bool again = false;                ///< … and whether they may be asked again, alone
  std::vector<std::string> results;  ///< the paths where they stand
};

/// The reply to one question, as if it had been asked alone.
struct BatchReply {
  size_t place;
  int status;  ///< 0: it was not asked, `body` says why
  std::string body;
  bool again = false;  ///< of one that was not asked: it may be, alone
};

/// What a list says of a batch.
struct BatchFound {
  std::string id;         ///< empty: it is not there …
  bool in_doubt = false;  ///< … or nobody can know
};

struct BatchForm {
  size_t most_questions;
  size_t most_bytes;  ///< of all of them
  /// The file that holds the questions; null: they stand in the request that makes the batch.
  BatchRequest (*upload)(const BatchContent& content);
  /// `file` is the id that the reply to `upload` has. `token` is what `find` knows it by; it may be
  /// empty.
  BatchRequest (*create)(const BatchContent& content, std::string_view file,
                         std::string_view token);
  /// Where the batches of late are listed, and whether the one with that token is among them.
  std::string_view list_path;
  BatchFound (*find)(const boost::json::value& list, std::string_view token);
  std::string (*state_path)(std::string_view id);
  BatchState (*state)(const boost::json::value& reply);
  std::vector<BatchReply> (*replies)(std::string_view results);
  BatchRequest (*cancel)(std::string_view id);
};

extern const BatchForm kOpenAiBatches;
extern const BatchForm kAnthropicBatches;
extern const BatchForm kGeminiBatches;

/// Null: the provider has none.
const BatchForm* batch_form(const Provider& provider);
/// The model as the provider's batches ask it.
const ModelFacts* batch_facts(const ModelFacts* facts);

/// The word by which replies name the question at that place, and back; no place: `npos`.
std::string batch_word(size_t place);
size_t batch_place(std::string_view word);

}  // namespace pf_models
