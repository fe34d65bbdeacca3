/// Folds the events of a stream into the body that the same API answers at once, which is then
/// read as any answer: what an answer may say is known in one place, `WireForm::answer`.
#pragma once

#include <boost/json.hpp>
#include <memory>
#include <string>

namespace pf_models {

class Assembler {
 public:
  Assembler() = default;
  Assembler(const Assembler&) = delete;
  Assembler& operator=(const Assembler&) = delete;
  virtual ~Assembler() = default;

  /// The next event, whatever it holds; adds what the model says in it to `text`.
  virtual void add(boost::json::value&& event, std::string& text) = 0;
  /// The body, of all that has come; asked once.
  virtual boost::json::value body() = 0;

  /// Whether the answer has said how it ended.
  [[nodiscard]] bool ended() const { return ended_; }
  /// Whether nothing that counts can come behind it.
  [[nodiscard]] bool complete() const { return complete_; }

 protected:
  void complete_now() { ended_ = complete_ = true; }

  bool ended_ = false;
  bool complete_ = false;
};

std::unique_ptr<Assembler> assemble_openai_chat();
std::unique_ptr<Assembler> assemble_openai_responses();
std::unique_ptr<Assembler> assemble_anthropic_messages();
std::unique_ptr<Assembler> assemble_gemini_generate();
std::unique_ptr<Assembler> assemble_gemini_interactions();
std::unique_ptr<Assembler> assemble_ollama_chat();

}  // namespace pf_models
