/// One request of a batch after the other, each tried again while its server cannot answer.
#pragma once

#include <functional>
#include <string>
#include <string_view>

#include "batch_form.h"
#include "pflow/http.hpp"
#include "pflow/timer.h"

namespace pf_models {

/// How often a request is sent.
enum class Tries : unsigned char {
  Once,
  Unanswered,  ///< again when the server says that it has not done it
  Harmless,    ///< again whenever there is no answer, since doing it twice does no harm
};

class BatchExchange {
 public:
  /// `text` is the body, which is UTF-8.
  using Done = std::function<void(const pflow::HttpResponse& response, std::string_view text)>;

  BatchExchange(const Provider& provider, std::string key)
      : provider_(provider), key_(std::move(key)) {}
  BatchExchange(const BatchExchange&) = delete;
  BatchExchange& operator=(const BatchExchange&) = delete;
  ~BatchExchange() { cancel(); }

  /// `done` may destroy this.
  void send(BatchRequest request, Tries tries, Done done);
  /// Calls `then` after so many nanoseconds.
  void pause(int64_t nanoseconds, std::function<void()> then);
  /// Of what is under way nothing is heard any more.
  void cancel();

 private:
  /// First its timer, by whose address it is found.
  struct Pause {
    pf_timer timer;
    BatchExchange* exchange;
  };

  void start();
  void take(const pflow::HttpResponse& response);
  [[nodiscard]] bool is_tried_again(const pflow::HttpResponse& response) const;

  const Provider& provider_;
  std::string key_;  ///< not to be shown
  BatchRequest request_;
  Tries tries_ = Tries::Once;
  int failures_ = 0;
  Done done_;
  pflow::HttpExchange* under_way_ = nullptr;
  Pause pause_{{}, this};
  std::function<void()> then_;
};

}  // namespace pf_models
