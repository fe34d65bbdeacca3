/// What `pflowc llm` and `pflowc chat` are asked for.
#pragma once

#include <string>
#include <utility>
#include <vector>

namespace pflow::question {

struct Question {
  std::string system;
  std::vector<std::string> fragments;
  std::vector<std::string> attachments;
  std::string schema;                      ///< fields, `FILE.pf:NAME`, or `FILE.json`
  std::vector<std::string> tools;          ///< `NAME` or `FILE.pf:NAME`
  std::vector<std::string> model_options;  ///< a name and its value, one after the other
  std::string flow;                        ///< of which the prompt is an input
  std::vector<std::string> packages;       ///< that bring what it names
  bool goes_on = false;                    ///< with the conversation before
  bool streams = true;
  bool shows_usage = false;
  bool takes_input = true;
};

}  // namespace pflow::question
